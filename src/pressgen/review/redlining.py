"""A Word file with true tracked changes from one version to another: accepted they give the new, rejected the old one.

LibreOffice loses what stands in content controls, and struck text within text put in: there are none of either here.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from lxml import etree

from pressgen.ooxml.archive import Entry, write
from pressgen.ooxml.names import BODY, LINK, PPR, RPR, SPACE, TBL, TR, Element, P, R, T, W, serialise
from pressgen.ooxml.package import Package
from pressgen.review.likeness import tokens
from pressgen.review.pairing import paired
from pressgen.review.reading import SIGNS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MARKED = {each: name for name, each in SIGNS.items() if name != W + "cr"}
CELL = W + "tc"


@dataclass(frozen=True, slots=True)
class _Glyph:
    """A character with its dress, and the link that it stands in."""

    text: str
    dress: Element | None
    link: Element | None


def redlined(old: bytes, new: bytes, author: str, date: str) -> bytes:
    """The file `new` with every difference from `old` as a tracked change by `author` at `date` (ISO 8601, UTC).

    Both are files that pressgen has made; headers, footers and pictures are those of `new`.
    """
    before, after = Package.of(old, "the old version"), Package.of(new, "the new version")
    root = after.xml(after.body)
    _Redline(author, date).bodies(_body(before.xml(before.body)), _body(root))
    parts = dict(after.parts) | {after.body: serialise(root)}
    return write({name: Entry.of(part) for name, part in parts.items()})


def _body(root: Element) -> Element:
    body = root.find(BODY)
    return root if body is None else body


@dataclass(slots=True)
class _Redline:
    author: str
    date: str
    _count: int = field(default=9000)

    def bodies(self, old: Element, new: Element) -> None:
        """Track every difference between two bodies in the new one."""
        self._blocks(
            new, [each for each in old if each.tag in {P, TBL}], [each for each in new if each.tag in {P, TBL}]
        )

    def _blocks(self, home: Element, gone: Sequence[Element], come: Sequence[Element]) -> None:
        at = 0
        for one, other in paired([_key(each) for each in gone], [_key(each) for each in come]):
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
        for one, other in paired([_text(each) for each in gone], [_text(each) for each in come]):
            if other is None and one is not None:
                new.insert(at, self._struck_row(deepcopy(gone[one])))
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
        before, after = list(_glyphs(old)), list(_glyphs(new))
        one, other = tokens("".join(each.text for each in before)), tokens("".join(each.text for each in after))
        if one == other:
            return
        stretches: list[tuple[str, list[_Glyph]]] = []
        a, b = iter(before), iter(after)
        for _, i, j, k, m in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
            gone = [next(a) for _ in "".join(one[i:j])]
            come = [next(b) for _ in "".join(other[k:m])]
            if one[i:j] == other[k:m]:
                stretches.append(("", come))
            else:
                stretches += [("del", gone), ("ins", come)]
        self._fill(new, stretches)

    def _put_in(self, node: Element) -> None:
        for row in node.iter(TR):
            self._row(row, "ins")
        for paragraph in [node] if node.tag == P else []:
            self._fill(paragraph, [("ins", list(_glyphs(paragraph)))])
            self._mark(paragraph, "ins")

    def _struck(self, node: Element) -> Element:
        """A paragraph or a table of the old version, struck."""
        copy = deepcopy(node)
        for row in copy.iter(TR):
            self._struck_row(row)
        if copy.tag == P:
            self._fill(copy, [("del", list(_glyphs(copy)))])
            self._mark(copy, "del")
        return copy

    def _struck_row(self, row: Element) -> Element:
        self._row(row, "del")
        return row

    def _row(self, row: Element, change: str) -> None:
        properties = row.find(W + "trPr")
        if properties is None:
            properties = etree.Element(W + "trPr")
            row.insert(1 if row.find(W + "tblPrEx") is not None else 0, properties)
        properties.append(self._tracked(change))
        for paragraph in row.iter(P):
            self._fill(paragraph, [(change, list(_glyphs(paragraph)))])
            self._mark(paragraph, change)

    def _mark(self, paragraph: Element, change: str) -> None:
        """Track the end of a paragraph."""
        properties = paragraph.find(PPR)
        if properties is None:
            properties = etree.Element(PPR)
            paragraph.insert(0, properties)
        dress = properties.find(RPR)
        if dress is None:
            dress = etree.Element(RPR)
            section = properties.find(W + "sectPr")
            properties.insert(len(properties) if section is None else properties.index(section), dress)
        dress.insert(0, self._tracked(change))

    def _fill(self, paragraph: Element, stretches: list[tuple[str, list[_Glyph]]]) -> None:
        """Give a paragraph new runs in place of its text; what is no text, such as a picture, stays before them."""
        for node in list(paragraph):
            if (
                node.tag == LINK
                or (node.tag == R and _is_text(node))
                or node.tag in {W + "bookmarkStart", W + "bookmarkEnd"}
            ):
                paragraph.remove(node)
        for change, glyphs in stretches:
            for dress, link, text in _dressed(glyphs):
                run = _run(text, dress, struck=change == "del")
                if change:
                    around = self._tracked(change)
                    around.append(run)
                    run = around
                if link is not None and change != "del":  # whose address is no part of this file
                    linked = etree.SubElement(paragraph, LINK)
                    linked.attrib.update(link.attrib)
                    linked.append(run)
                else:
                    paragraph.append(run)

    def _tracked(self, change: str) -> Element:
        self._count += 1
        about = {W + "id": str(self._count), W + "author": self.author, W + "date": self.date}
        return etree.Element(W + change, about)


def _glyphs(paragraph: Element) -> Iterator[_Glyph]:
    for node in paragraph:
        link = node if node.tag == LINK else None
        for run in [node] if node.tag == R else node.iterchildren(R) if link is not None else ():
            for child in run:
                text = child.text or "" if child.tag == T else SIGNS.get(str(child.tag), "")
                yield from (_Glyph(each, run.find(RPR), link) for each in text)


def _is_text(run: Element) -> bool:
    return all(child.tag in {T, RPR} or child.tag in SIGNS for child in run)


def _dressed(glyphs: Sequence[_Glyph]) -> Iterator[tuple[Element | None, Element | None, str]]:
    """Stretches of one dress in one link."""
    start = 0
    for at in range(1, len(glyphs) + 1):
        last = glyphs[start]
        if at == len(glyphs) or glyphs[at].dress is not last.dress or glyphs[at].link is not last.link:
            yield last.dress, last.link, "".join(each.text for each in glyphs[start:at])
            start = at


def _run(text: str, dress: Element | None, *, struck: bool) -> Element:
    run = etree.Element(R)
    if dress is not None:
        run.append(deepcopy(dress))
    held = ""
    for each in [*text, ""]:
        if each and each not in MARKED:
            held += each
            continue
        if held:
            node = etree.SubElement(run, W + "delText" if struck else T, {SPACE: "preserve"})
            node.text, held = held, ""
        if each:
            etree.SubElement(run, MARKED[each])
    return run


def _text(node: Element) -> str:
    return "\n".join("".join(each.text for each in _glyphs(paragraph)) for paragraph in node.iter(P))


def _key(node: Element) -> str:
    """What a paragraph or a table says, so that the one is never taken for the other."""
    return ("\t" if node.tag == TBL else "") + _text(node)


def _says(node: Element) -> bool:
    return bool(_text(node).strip())


def _columns(table: Element) -> int:
    return max((len(row.findall(CELL)) for row in table.findall(TR)), default=0)
