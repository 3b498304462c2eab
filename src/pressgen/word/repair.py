"""Repair what conditions and loops of a template have broken.

These are pairs of bookmarks, links into the text, and numbers that must be unique; and notes, pictures and addresses
that the page no longer shows, which must not leave the house in the file.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from lxml import etree

from pressgen.word.blocks import keep_with_next
from pressgen.word.faults import FaultCode, make_problem
from pressgen.word.marks import OURS
from pressgen.word.names import (
    DOC_PR,
    END,
    ID,
    LINK,
    NAME,
    REL,
    START,
    STYLE,
    TBL,
    TR,
    TYPE,
    VAL,
    VML,
    P,
    W,
    remove_node,
)
from pressgen.word.package import resolve_target

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from pressgen.errors import Place, Problem
    from pressgen.word.names import Element


def repair_parts(roots: Collection[Element], closing: Collection[str]) -> None:
    """Repair the parts of a filled file, the body first.

    Paragraphs in a `closing` style never begin a page alone.
    """
    names: dict[str, str] = {}
    numbers = iter(range(1, 1 << 31))
    for root in roots:
        _number_bookmarks(root, names)
        _number_drawings(root, numbers)
        for paragraph in root.iter(P):
            style = paragraph.find(STYLE)
            if style is not None and style.get(VAL) in closing:
                _keep_previous(paragraph)
    for root in roots:
        for link in list(root.iter(LINK)):
            anchor = link.get(W + "anchor") or ""
            if anchor.startswith(OURS) and anchor not in names:
                for child in [each for each in link if next(each.iter(DOC_PR), None) is None]:  # drop the arrow
                    link.addprevious(child)
                remove_node(link)


def _number_bookmarks(root: Element, names: dict[str, str]) -> None:
    """Give each bookmark a number, and remove halves and repeated names."""
    open_: dict[str, Element] = {}
    for node in list(root.iter(START, END)):
        given, name = node.get(ID) or "", node.get(NAME) or ""
        if node.tag == START and name not in names:
            names[name] = str(len(names) + 1)
            open_[given] = node
        elif node.tag == END and given in open_:
            number = names[open_.pop(given).get(NAME) or ""]
            node.set(ID, number)
        else:
            remove_node(node)
    for node in open_.values():
        remove_node(node)
    for node in root.iter(START):
        node.set(ID, names[node.get(NAME) or ""])


def _number_drawings(root: Element, numbers: Iterator[int]) -> None:
    """Give each drawing a unique number.

    Each shape of the older kind gets a unique id.
    """
    for node in root.iter(DOC_PR):
        node.set("id", str(next(numbers)))
    used: set[str] = set()
    for node in list(root.iter(VML + "*")):
        ident = node.get("id")
        if ident in used and node.tag == VML + "shapetype":
            remove_node(node)
            continue
        while ident is not None and ident in used:
            ident += "_"
        if ident is not None:
            node.set("id", ident)
            used.add(ident)


def _keep_previous(paragraph: Element) -> None:
    """Keep the block before a paragraph on the same page."""
    before = paragraph.getprevious()
    if before is None:
        return
    if before.tag == P:
        keep_with_next(before)
    elif before.tag == TBL:
        for each in [] if not (rows := list(before.iter(TR))) else rows[-1].iter(P):
            keep_with_next(each)


SEEN_BY_ID = ("/image", "/hyperlink", "/oleObject", "/package", "/chart")
"""Kinds of relationship that show something on the page, wherever their id is."""
IDS = etree.XPath("//@r:*", namespaces={"r": REL}, smart_strings=False)


def drop_unused_relationships(name: str, root: Element, rels: Element) -> list[str]:
    """Remove the relationships that nothing uses.

    Return the parts that they led to.
    """
    seen = [rel for rel in rels if (rel.get("Type") or "").endswith(SEEN_BY_ID)]
    used = _list_ids(root) if seen else set()
    gone = [rel for rel in seen if rel.get("Id") not in used]
    for rel in gone:
        rels.remove(rel)
    return [target for rel in gone if (target := resolve_target(rel, name))]


def _list_ids(root: Element) -> set[str]:
    found = IDS(root)
    return {str(each) for each in found} if isinstance(found, list) else set()


def drop_unused_notes(body: Element, notes: Element, file: Place) -> tuple[Element, list[Problem]]:
    """Return the notes that the body cites, and their problems."""
    kind = "endnote" if notes.tag == W + "endnotes" else "footnote"
    used = [node.get(ID) for node in body.iter(f"{W}{kind}Reference")]
    root = deepcopy(notes)
    for note in root.findall(W + kind):
        if note.get(TYPE) is None and note.get(ID) not in used:
            root.remove(note)
    if len(set(used)) == len(used):
        return root, []
    message = f"a {kind} is in a loop that runs more than once; move it out of the loop"
    return root, [make_problem(FaultCode.MISPLACED, message, file)]
