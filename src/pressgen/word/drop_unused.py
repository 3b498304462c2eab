"""Remove notes, pictures and addresses that a filled file no longer shows.

A condition may have taken them from the page; they must not leave the house in the file.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from lxml import etree

from pressgen.word.faults import FaultCode, make_problem
from pressgen.word.names import ID, REL, TYPE, W
from pressgen.word.package import resolve_target

if TYPE_CHECKING:
    from pressgen.errors import Place, Problem
    from pressgen.word.names import Element

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
    message = f"a {kind} stands in a loop that runs more than once; move it out of the loop"
    return root, [make_problem(FaultCode.MISPLACED, message, file)]
