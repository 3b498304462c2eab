"""Make whole what conditions and loops have torn: pairs of bookmarks, links into the text, numbers that must differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.word.blocks import keep_with_next
from pressgen.word.marks import OURS
from pressgen.word.names import DOC_PR, END, ID, LINK, NAME, START, STYLE, TBL, TR, VAL, VML, P, W, remove

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from pressgen.word.names import Element


def tidy(roots: Collection[Element], closing: Collection[str]) -> None:
    """Tidy the parts of a file, the body first; `closing` are the styles of what never stands alone on a page."""
    names: dict[str, str] = {}
    numbers = iter(range(1, 1 << 31))
    for root in roots:
        _pair_bookmarks(root, names)
        _number_drawings(root, numbers)
        for paragraph in root.iter(P):
            style = paragraph.find(STYLE)
            if style is not None and style.get(VAL) in closing:
                _keep_before(paragraph)
    for root in roots:
        for link in list(root.iter(LINK)):
            anchor = link.get(W + "anchor") or ""
            if anchor.startswith(OURS) and anchor not in names:
                for child in [each for each in link if next(each.iter(DOC_PR), None) is None]:  # no arrow to nowhere
                    link.addprevious(child)
                remove(link)


def _pair_bookmarks(root: Element, names: dict[str, str]) -> None:
    """Number bookmarks in the order of the file; drop halves of pairs, and names that `names` holds already."""
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
            remove(node)
    for node in open_.values():
        remove(node)
    for node in root.iter(START):
        node.set(ID, names[node.get(NAME) or ""])


def _number_drawings(root: Element, numbers: Iterator[int]) -> None:
    """Give each drawing a number of its own, and each shape of the older kind an id of its own."""
    for node in root.iter(DOC_PR):
        node.set("id", str(next(numbers)))
    used: set[str] = set()
    for node in list(root.iter(VML + "*")):
        ident = node.get("id")
        if ident in used and node.tag == VML + "shapetype":
            remove(node)
            continue
        while ident is not None and ident in used:
            ident += "_"
        if ident is not None:
            node.set("id", ident)
            used.add(ident)


def _keep_before(paragraph: Element) -> None:
    """Keep what stands before a paragraph on its page."""
    before = paragraph.getprevious()
    if before is None:
        return
    if before.tag == P:
        keep_with_next(before)
    elif before.tag == TBL:
        for each in [] if not (rows := list(before.iter(TR))) else rows[-1].iter(P):
            keep_with_next(each)
