"""What the old version of a Word file refers to, taken along into the new one: pictures, addresses, lists."""

from __future__ import annotations

import posixpath
from copy import deepcopy
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING

from pressgen.review.glyphs import BLIP, EMBED
from pressgen.word.attributes import read_int
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
    remove,
    serialise,
)
from pressgen.word.package import NO_RELS, Package, rels_of, target_of

if TYPE_CHECKING:
    from collections.abc import Iterator

ANCHOR, NUM, NUM_ID = W + "anchor", W + "num", W + "numId"
NUMBERED = f"{W}pPr/{W}numPr/{NUM_ID}"


@dataclass(slots=True)
class Carrying:
    """One part in two versions.

    Attributes:
        name: of the part.
        parts: what changes in the new file, by name.
    """

    before: Package
    after: Package
    name: str
    parts: dict[str, bytes] = field(default_factory=dict)
    _lists: dict[str, str] = field(default_factory=dict)

    def old(self, new: Element) -> Element:
        """The old part, fit to stand in the new file: it refers to nothing that is not there, and names nothing twice.

        Args:
            new: the new part.
        """
        root = self.before.xml(self.name)
        for node in list(root.iter(START, END)):
            remove(node)
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

    def _related(self) -> Iterator[tuple[str, str]]:
        """The id of each relationship of the old part, and its id in the new file, where it is put in if need be."""
        rels = self.after.xml(rels_of(self.name), NO_RELS)
        there = {_what(self.after, self.name, each): str(each.get("Id")) for each in rels}
        count = len(rels)
        for rel in self.before.xml(rels_of(self.name), NO_RELS):
            what = _what(self.before, self.name, rel)
            kind = str(rel.get("Type")).rpartition("/")[2]
            if what not in there and kind in {"image", "hyperlink"}:
                there[what] = f"pgOld{len(rels)}"
                rels.append(self._moved(rel, there[what]))
            if what in there:
                yield str(rel.get("Id")), there[what]
        if len(rels) > count:
            self.parts[rels_of(self.name)] = serialise(rels)

    def _moved(self, rel: Element, ident: str) -> Element:
        """A relationship of the old part as one of the new one, with what it leads to."""
        made = deepcopy(rel)
        made.set("Id", ident)
        if target := target_of(rel, self.name):
            stem, ending = posixpath.splitext(target)
            name = f"{stem}-old{ending}" if target in self.after.parts else target
            self.parts[name] = self.before.parts[target]
            made.set("Target", posixpath.relpath(name, posixpath.dirname(self.name)))
        return made

    def same_list(self, old: Element, new: Element) -> None:
        """Take note that two paragraphs are one, and so is the list that they stand in."""
        one, other = old.find(NUMBERED), new.find(NUMBERED)
        if one is not None and other is not None:
            self._lists.setdefault(str(one.get(VAL)), str(other.get(VAL)))

    def enlist(self, paragraph: Element) -> None:
        """Let an old paragraph stand in the list that it stood in, which is made anew where the new file lacks it."""
        number = paragraph.find(NUMBERED)
        if number is None:
            return
        ident = str(number.get(VAL))
        if ident not in self._lists:
            self._lists[ident] = self._list(ident)
        number.set(VAL, self._lists[ident])

    def _list(self, ident: str) -> str:
        """The number of a list in the new file that begins as that of the old one did."""
        name = self.after.related(self.after.body).get("numbering", "")
        there = self.after if name not in self.parts else Package({**self.after.parts, **self.parts}, self.after.shown)
        numbering = there.xml(name)
        old = next((each for each in self.before.xml(name).iter(NUM) if each.get(NUM_ID) == ident), None)
        last = numbering.find(f"{NUM}[last()]")
        if old is None or last is None:
            return ident  # the old file numbers by a list that it lacks, which every program passes over
        made = deepcopy(old)
        used = [number for each in numbering.iter(NUM) if (number := read_int(each, NUM_ID)) is not None]
        made.set(NUM_ID, str(max(used, default=0) + 1))
        last.addnext(made)
        self.parts[name] = serialise(numbering)
        return str(made.get(NUM_ID))


def renumbered(root: Element) -> None:
    """Give each drawing of a part a number of its own, as its old ones and new ones may share theirs."""
    first = 1 + max((number for each in root.iter(DOC_PR) if (number := read_int(each, "id")) is not None), default=0)
    seen: set[str] = set()
    for at, each in enumerate(root.iter(DOC_PR), first):
        if (ident := str(each.get("id"))) in seen:
            each.set("id", str(at))
        seen.add(ident)


def _what(package: Package, name: str, rel: Element) -> tuple[str, str]:
    """What a relationship leads to: an address, or the content of a part."""
    target = target_of(rel, name)
    content = sha256(package.parts.get(target, b"")).hexdigest() if target else str(rel.get("Target"))
    return str(rel.get("Type")), content
