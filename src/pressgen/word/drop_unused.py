"""Nothing that a condition has taken from the page may leave in the file: notes, pictures, addresses."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from lxml import etree

from pressgen.word.faults import Fault, fault
from pressgen.word.names import ID, REL, TYPE, W
from pressgen.word.package import target_of

if TYPE_CHECKING:
    from pressgen.errors import Place, Problem
    from pressgen.word.names import Element

SEEN_BY_ID = ("/image", "/hyperlink", "/oleObject", "/package", "/chart")
"""Kinds of relationship that stand for something on the page, wherever their id stands."""
IDS = etree.XPath("//@r:*", namespaces={"r": REL}, smart_strings=False)


def drop_relations(name: str, root: Element, rels: Element) -> list[str]:
    """Take out the relationships of the part `name` that nothing on its pages uses; return the parts they led to."""
    seen = [rel for rel in rels if (rel.get("Type") or "").endswith(SEEN_BY_ID)]
    used = _ids(root) if seen else set()
    gone = [rel for rel in seen if rel.get("Id") not in used]
    for rel in gone:
        rels.remove(rel)
    return [target for rel in gone if (target := target_of(rel, name))]


def _ids(root: Element) -> set[str]:
    found = IDS(root)
    return {str(each) for each in found} if isinstance(found, list) else set()


def settle_notes(body: Element, notes: Element, file: Place) -> tuple[Element, list[Problem]]:
    """The footnotes or endnotes that the body still points to, and what is wrong with them."""
    kind = "endnote" if notes.tag == W + "endnotes" else "footnote"
    used = [node.get(ID) for node in body.iter(f"{W}{kind}Reference")]
    root = deepcopy(notes)
    for note in root.findall(W + kind):
        if note.get(TYPE) is None and note.get(ID) not in used:
            root.remove(note)
    if len(set(used)) == len(used):
        return root, []
    message = f"a {kind} stands in a loop that runs more than once; move it out of the loop"
    return root, [fault(Fault.MISPLACED, message, file)]
