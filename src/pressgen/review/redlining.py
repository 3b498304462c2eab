"""A Word file with true tracked changes from one version to another: accepted they give the new, rejected the old one.

LibreOffice loses what stands in content controls, and struck text within text put in: there are none of either here,
and nothing is told as moved: what moved is struck in one place and put in at the other.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lxml import etree

from pressgen.review.copied_parts import Carrying, renumbered
from pressgen.review.glyphs import FIELD, filled, glyphs, is_content, text
from pressgen.review.pairing import paired
from pressgen.text.differing import stretches, tokens
from pressgen.word.archive import Entry, write
from pressgen.word.names import BODY, END, LINK, PPR, RPR, TBL, TC, TR, Element, P, W, serialise
from pressgen.word.package import Package

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pressgen.review.glyphs import Glyph


def redlined(old: bytes, new: bytes, author: str, date: str) -> bytes:
    """The file `new` with every difference from `old` as a tracked change by `author` at `date` (ISO 8601, UTC).

    Both are files that pressgen has made with one house's template. Headers and footers are compared as well; the
    pictures and addresses that only the old one has come along.
    """
    before, after = Package.of(old, "the old version"), Package.of(new, "the new version")
    parts, tracks = dict(after.parts), _Tracks(author, date)
    for name in after.titles:
        if name in before.titles:
            root, carrying = after.xml(name), Carrying(before, replace(after, parts=parts), name)
            gone, come = _body(carrying.old(root)), _body(root)
            _Redline(tracks, carrying).blocks(come, _texts(gone), _texts(come))
            renumbered(root)
            parts |= {name: serialise(root), **carrying.parts}
    return write({name: Entry.of(part) for name, part in parts.items()})


def _body(root: Element) -> Element:
    body = root.find(BODY)
    return root if body is None else body


def _texts(body: Element) -> list[Element]:
    return [each for each in body if each.tag in {P, TBL}]


@dataclass(slots=True)
class _Tracks:
    """The marks of tracked changes, numbered over the whole file."""

    author: str
    date: str
    count: int = 9000

    def mark(self, change: str) -> Element:
        self.count += 1
        return etree.Element(W + change, {W + "id": str(self.count), W + "author": self.author, W + "date": self.date})


@dataclass(frozen=True, slots=True)
class _Redline:
    """The changes of one part."""

    tracks: _Tracks
    carrying: Carrying

    def blocks(self, home: Element, gone: Sequence[Element], come: Sequence[Element]) -> None:
        """Track every difference between two rows of paragraphs and tables in `home`, which holds the new ones."""
        at = home.index(come[0]) if come else 0
        pairs = list(paired([_key(each) for each in gone], [_key(each) for each in come]))
        for one, other in pairs:
            if one is not None and other is not None:
                self.carrying.same_list(gone[one], come[other])
        for one, other in pairs:
            if other is not None:
                node = come[other]
                self._change(None if one is None else gone[one], node)
                at = home.index(node) + 1
            elif one is not None and _says(gone[one]):
                home.insert(at, self._struck(gone[one]))
                at += 1

    def _change(self, old: Element | None, new: Element) -> None:
        if old is not None and old.tag == new.tag == P:
            self._paragraph(old, new)
        elif old is not None and old.tag == new.tag == TBL and _columns(old) == _columns(new):
            self._rows(old, new)
        elif old is not None:
            new.addprevious(self._struck(old))
            self._put_in(new)
        elif _says(new):
            self._put_in(new)

    def _rows(self, old: Element, new: Element) -> None:
        gone, come = old.findall(TR), new.findall(TR)
        at = new.index(come[0]) if come else len(new)
        for one, other in paired([text(each) for each in gone], [text(each) for each in come]):
            if other is None and one is not None:
                row = deepcopy(gone[one])
                self._row(row, "del")
                new.insert(at, row)
                at += 1
            elif other is not None:
                if one is None:
                    self._row(come[other], "ins")
                else:
                    for cells in zip(gone[one].iter(P), come[other].iter(P), strict=False):
                        self._paragraph(*cells)
                at = new.index(come[other]) + 1

    def _paragraph(self, old: Element, new: Element) -> None:
        """Track the words that differ between two paragraphs in the new one."""
        before, after = list(glyphs(old)), list(glyphs(new))
        one, other = tokens("".join(each.text for each in before)), tokens("".join(each.text for each in after))
        if one == other:
            return
        changed: list[tuple[str, list[Glyph]]] = []
        a, b = iter(before), iter(after)
        for was, is_, same in stretches(one, other):
            gone = [next(a) for at in was for _ in one[at]]
            come = [next(b) for at in is_ for _ in other[at]]
            changed += [("", come)] if same else [("del", gone), ("ins", come)]
        self._fill(new, changed)

    def _put_in(self, node: Element) -> None:
        for row in node.iter(TR):
            self._row(row, "ins")
        if node.tag == P:
            self._whole(node, "ins")

    def _struck(self, node: Element) -> Element:
        """A paragraph or a table of the old version, struck."""
        copy = deepcopy(node)
        for row in copy.iter(TR):
            self._row(row, "del")
        if copy.tag == P:
            self._whole(copy, "del")
        return copy

    def _row(self, row: Element, change: str) -> None:
        properties = row.find(W + "trPr")
        if properties is None:
            properties = etree.Element(W + "trPr")
            row.insert(1 if row.find(W + "tblPrEx") is not None else 0, properties)
        properties.append(self.tracks.mark(change))
        for paragraph in row.iter(P):
            self._whole(paragraph, change)

    def _whole(self, paragraph: Element, change: str) -> None:
        """Track a paragraph with its end."""
        if change == "del":
            self.carrying.enlist(paragraph)
        self._fill(paragraph, [(change, list(glyphs(paragraph)))])
        properties = paragraph.find(PPR)
        if properties is None:
            properties = etree.Element(PPR)
            paragraph.insert(0, properties)
        dress = properties.find(RPR)
        if dress is None:
            dress = etree.Element(RPR)
            section = properties.find(W + "sectPr")
            properties.insert(len(properties) if section is None else properties.index(section), dress)
        dress.insert(0, self.tracks.mark(change))

    def _fill(self, paragraph: Element, changed: list[tuple[str, list[Glyph]]]) -> None:
        """Give a paragraph new runs in place of its text; what is no text, such as a watermark, stays before them."""
        ends = [node for node in paragraph if node.tag == END]
        for node in [*ends, *filter(is_content, list(paragraph))]:
            paragraph.remove(node)
        for change, row in changed:
            for link, run in filled(row, struck=change == "del"):
                tracked = run
                if run.tag == FIELD and change == "del":
                    continue  # a field cannot be tracked by itself
                if change and run.tag != FIELD:
                    tracked = self.tracks.mark(change)
                    tracked.append(run)
                if link is not None and link.attrib:
                    linked = etree.SubElement(paragraph, LINK)
                    linked.attrib.update(link.attrib)
                    linked.append(tracked)
                else:
                    paragraph.append(tracked)
        paragraph.extend(ends)


def _key(node: Element) -> str:
    """What a paragraph or a table says, so that the one is never taken for the other."""
    return ("\t" if node.tag == TBL else "") + text(node)


def _says(node: Element) -> bool:
    return bool(text(node).strip())


def _columns(table: Element) -> int:
    return max((len(row.findall(TC)) for row in table.findall(TR)), default=0)
