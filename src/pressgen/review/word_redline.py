"""Write a Word file with tracked changes from one version to another.

With all changes accepted it gives the new version, with all rejected the old one. LibreOffice loses the content of
content controls, and deleted text within inserted text, so there are none of either here. Nothing is marked as moved:
it is deleted in one place and inserted in the other.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lxml import etree

from pressgen.review.copied_parts import PartCopier, number_drawings
from pressgen.review.styled_characters import FIELD, build_runs, get_text, is_content, iter_characters
from pressgen.review.version_pairing import pair_texts
from pressgen.text.word_diff import diff_words, split_into_tokens
from pressgen.word.archive import ZipEntry, write_zip
from pressgen.word.names import BODY, END, LINK, PPR, RPR, TBL, TC, TR, Element, P, W, serialise_xml
from pressgen.word.package import Package

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pressgen.review.styled_characters import StyledCharacter


def build_redline(old: bytes, new: bytes, author: str, date: str) -> bytes:
    """Return a Word file with tracked changes between two versions.

    The changes are by `author` at `date` (ISO 8601, UTC). pressgen made both files with one house's template. Headers
    and footers are compared as well. The pictures and addresses that only the old one has are copied.
    """
    before, after = Package.of(old, "the old version"), Package.of(new, "the new version")
    parts, marker = dict(after.parts), _ChangeMarker(author, date)
    for name in after.titles:
        if name in before.titles:
            root, copier = after.xml(name), PartCopier(before, replace(after, parts=parts), name)
            gone, come = _body(copier.read_old_part(root)), _body(root)
            _Redline(marker, copier).blocks(come, _texts(gone), _texts(come))
            number_drawings(root)
            parts |= {name: serialise_xml(root), **copier.parts}
    return write_zip({name: ZipEntry.of(part) for name, part in parts.items()})


def _body(root: Element) -> Element:
    body = root.find(BODY)
    return root if body is None else body


def _texts(body: Element) -> list[Element]:
    return [each for each in body if each.tag in {P, TBL}]


@dataclass(slots=True)
class _ChangeMarker:
    """A maker of tracked-change marks, numbered over the whole file."""

    author: str
    date: str
    count: int = 9000

    def mark(self, change: str) -> Element:
        self.count += 1
        return etree.Element(W + change, {W + "id": str(self.count), W + "author": self.author, W + "date": self.date})


@dataclass(frozen=True, slots=True)
class _Redline:
    marker: _ChangeMarker
    copier: PartCopier

    def blocks(self, home: Element, gone: Sequence[Element], come: Sequence[Element]) -> None:
        """Track every difference between two rows of paragraphs and tables.

        `home` holds the new ones.
        """
        at = home.index(come[0]) if come else 0
        pairs = list(pair_texts([_make_key(each) for each in gone], [_make_key(each) for each in come]))
        for one, other in pairs:
            if one is not None and other is not None:
                self.copier.match_lists(gone[one], come[other])
        for one, other in pairs:
            if other is not None:
                node = come[other]
                self._change(None if one is None else gone[one], node)
                at = home.index(node) + 1
            elif one is not None and _has_text(gone[one]):
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
        elif _has_text(new):
            self._put_in(new)

    def _rows(self, old: Element, new: Element) -> None:
        gone, come = old.findall(TR), new.findall(TR)
        at = new.index(come[0]) if come else len(new)
        for one, other in pair_texts([get_text(each) for each in gone], [get_text(each) for each in come]):
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
        """Track the words that differ between two paragraphs.

        The new paragraph receives the changes.
        """
        before, after = list(iter_characters(old)), list(iter_characters(new))
        one, other = (
            split_into_tokens("".join(each.text for each in before)),
            split_into_tokens("".join(each.text for each in after)),
        )
        if one == other:
            return
        changed: list[tuple[str, list[StyledCharacter]]] = []
        a, b = iter(before), iter(after)
        for was, is_, same in diff_words(one, other):
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
        properties.append(self.marker.mark(change))
        for paragraph in row.iter(P):
            self._whole(paragraph, change)

    def _whole(self, paragraph: Element, change: str) -> None:
        if change == "del":
            self.copier.assign_list(paragraph)
        self._fill(paragraph, [(change, list(iter_characters(paragraph)))])
        properties = paragraph.find(PPR)
        if properties is None:
            properties = etree.Element(PPR)
            paragraph.insert(0, properties)
        formatting = properties.find(RPR)
        if formatting is None:
            formatting = etree.Element(RPR)
            section = properties.find(W + "sectPr")
            properties.insert(len(properties) if section is None else properties.index(section), formatting)
        formatting.insert(0, self.marker.mark(change))

    def _fill(self, paragraph: Element, changed: list[tuple[str, list[StyledCharacter]]]) -> None:
        """Replace the text of a paragraph by new runs.

        What is not text, such as a watermark, stays before them.
        """
        ends = [node for node in paragraph if node.tag == END]
        for node in [*ends, *filter(is_content, list(paragraph))]:
            paragraph.remove(node)
        for change, row in changed:
            for link, run in build_runs(row, struck=change == "del"):
                tracked = run
                if run.tag == FIELD and change == "del":
                    continue  # a field cannot be tracked by itself
                if change and run.tag != FIELD:
                    tracked = self.marker.mark(change)
                    tracked.append(run)
                if link is not None and link.attrib:
                    linked = etree.SubElement(paragraph, LINK)
                    linked.attrib.update(link.attrib)
                    linked.append(tracked)
                else:
                    paragraph.append(tracked)
        paragraph.extend(ends)


def _make_key(node: Element) -> str:
    return ("\t" if node.tag == TBL else "") + get_text(node)


def _has_text(node: Element) -> bool:
    return bool(get_text(node).strip())


def _columns(table: Element) -> int:
    return max((len(row.findall(TC)) for row in table.findall(TR)), default=0)
