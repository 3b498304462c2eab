"""Copy what the old version of a Word file refers to.

Pictures, addresses and lists go into the new version.
"""

from __future__ import annotations

import posixpath
from copy import deepcopy
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING

from pressgen.review.styled_characters import BLIP, EMBED
from pressgen.word.names import (
    DOC_PR,
    END,
    LINK,
    NAME,
    R_ID,
    START,
    VAL,
    W14,
    Element,
    W,
    read_int,
    remove_node,
    serialise_xml,
)
from pressgen.word.package import NO_RELS, Package, get_rels_name, resolve_target

if TYPE_CHECKING:
    from collections.abc import Iterator

ANCHOR, NUM, NUM_ID = W + "anchor", W + "num", W + "numId"
NUMBERED = f"{W}pPr/{W}numPr/{NUM_ID}"


@dataclass(slots=True)
class PartCopier:
    """Copier of the files, links and lists that one part needs.

    They come from the old version and go into the new one.

    Attributes:
        name: of the part.
        parts: the changed parts of the new file, by name.
    """

    before: Package
    after: Package
    name: str
    parts: dict[str, bytes] = field(default_factory=dict)
    _lists: dict[str, str] = field(default_factory=dict)

    def read_old_part(self, new: Element) -> Element:
        """Return the old part, made to fit into the new file.

        It refers to nothing that is missing there, and repeats no name.

        Args:
            new: the new part.
        """
        root = self.before.xml(self.name)
        for node in list(root.iter(START, END)):
            remove_node(node)
        anchors = {str(each.get(NAME)) for each in new.iter(START)}
        carried = dict(self._related())
        for node in root.iter():
            node.attrib.pop(W14 + "paraId", "")
            for key in (R_ID, EMBED) if node.tag in {LINK, BLIP} else ():
                if (ident := node.get(key)) is not None:
                    node.set(key, carried.get(ident, ident))
            if node.tag == LINK and node.get(ANCHOR) not in anchors | {None}:
                node.attrib.pop(ANCHOR)
        return root

    def list_addresses(self) -> dict[str, str]:
        """Return the addresses of the new part's links, by relationship id."""
        name = get_rels_name(self.name)
        package = (
            self.after if name not in self.parts else Package({**self.after.parts, **self.parts}, self.after.shown)
        )
        return {
            str(rel.get("Id")): str(rel.get("Target"))
            for rel in package.xml(name, NO_RELS)
            if rel.get("TargetMode") == "External"
        }

    def _related(self) -> Iterator[tuple[str, str]]:
        """Yield each relationship's old id with its id in the new file.

        Relationships that the new file lacks are added.
        """
        rels = self.after.xml(get_rels_name(self.name), NO_RELS)
        there = {_find_target(self.after, self.name, each): str(each.get("Id")) for each in rels}
        count = len(rels)
        for rel in self.before.xml(get_rels_name(self.name), NO_RELS):
            what = _find_target(self.before, self.name, rel)
            kind = str(rel.get("Type")).rpartition("/")[2]
            if what not in there and kind in {"image", "hyperlink"}:
                there[what] = f"pgOld{len(rels)}"
                rels.append(self._moved(rel, there[what]))
            if what in there:
                yield str(rel.get("Id")), there[what]
        if len(rels) > count:
            self.parts[get_rels_name(self.name)] = serialise_xml(rels)

    def _moved(self, rel: Element, ident: str) -> Element:
        """Return an old relationship for the new file, and copy its target."""
        made = deepcopy(rel)
        made.set("Id", ident)
        if target := resolve_target(rel, self.name):
            stem, ending = posixpath.splitext(target)
            name = f"{stem}-old{ending}" if target in self.after.parts else target
            self.parts[name] = self.before.parts[target]
            made.set("Target", posixpath.relpath(name, posixpath.dirname(self.name)))
        return made

    def match_lists(self, old: Element, new: Element) -> None:
        """Record that two paragraphs, and so their lists, are the same."""
        one, other = old.find(NUMBERED), new.find(NUMBERED)
        if one is not None and other is not None:
            self._lists.setdefault(str(one.get(VAL)), str(other.get(VAL)))

    def assign_list(self, paragraph: Element) -> None:
        """Give an old paragraph its list in the new file.

        The list is created where the new file lacks it.
        """
        number = paragraph.find(NUMBERED)
        if number is None:
            return
        ident = str(number.get(VAL))
        if ident not in self._lists:
            self._lists[ident] = self._list(ident)
        number.set(VAL, self._lists[ident])

    def _list(self, ident: str) -> str:
        """Return the number of the new list that matches an old one."""
        name = self.after.related(self.after.body).get("numbering", "")
        there = self.after if name not in self.parts else Package({**self.after.parts, **self.parts}, self.after.shown)
        numbering = there.xml(name)
        old = next((each for each in self.before.xml(name).iter(NUM) if each.get(NUM_ID) == ident), None)
        last = numbering.find(f"{NUM}[last()]")
        if old is None or last is None:
            return ident  # the old file refers to a list that it lacks; every program ignores that
        made = deepcopy(old)
        used = [number for each in numbering.iter(NUM) if (number := read_int(each, NUM_ID)) is not None]
        made.set(NUM_ID, str(max(used, default=0) + 1))
        last.addnext(made)
        self.parts[name] = serialise_xml(numbering)
        return str(made.get(NUM_ID))


def number_drawings(root: Element) -> None:
    """Give each drawing of a part a unique number.

    Drawings of the old and the new version may share numbers.
    """
    first = 1 + max((number for each in root.iter(DOC_PR) if (number := read_int(each, "id")) is not None), default=0)
    seen: set[str] = set()
    for at, each in enumerate(root.iter(DOC_PR), first):
        if (ident := str(each.get("id"))) in seen:
            each.set("id", str(at))
        seen.add(ident)


def _find_target(package: Package, name: str, rel: Element) -> tuple[str, str]:
    """Return the address or the part that a relationship points to."""
    target = resolve_target(rel, name)
    content = sha256(package.parts.get(target, b"")).hexdigest() if target else str(rel.get("Target"))
    return str(rel.get("Type")), content
