"""Read the parts of a Word file into paragraphs of characters.

Nothing is decided here, and nothing is dropped silently. Source: ECMA-376 part 1, 17.13.5 (revisions), 17.13.4
(comments), 17.13.6 (bookmarks); [MS-DOCX] for comment threads.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from pressgen.review.comment_reader import read_comments
from pressgen.review.word_model import Character, FormatChange, TrackedChange, WordDocument, WordParagraph
from pressgen.review.word_open import open_word_file
from pressgen.word.names import COMPATIBILITY, ID, PPR, RPR, VAL, W14, P, R, T, W

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.review.word_model import Spot
    from pressgen.review.word_open import WordParts
    from pressgen.word.names import Element

INSERTED = {W + "ins": "insert", W + "moveTo": "move here"}
STRUCK = {W + "del": "delete", W + "moveFrom": "move away"}
FORMAT_CHANGES = {
    W + "rPrChange": "look of the words",
    W + "pPrChange": "layout of the paragraph",
    W + "numberingChange": "number of the paragraph",
    W + "tblPrChange": "layout of the table",
    W + "tblGridChange": "widths of the columns",
    W + "trPrChange": "layout of the row",
    W + "tblPrExChange": "layout of the row",
    W + "tcPrChange": "layout of the cell",
    W + "cellIns": "cell added",
    W + "cellDel": "cell removed",
    W + "cellMerge": "cells merged",
    W + "sectPrChange": "layout of the page",
}
"""What a change of formatting concerns, in an editor's words."""
THROUGH = frozenset(W + name for name in "hyperlink smartTag customXml dir bdo sdtContent".split())
LINE = "\u2028"
"""The end of a line within a paragraph; a line feed means the end of a paragraph."""
SIGNS = {W + "tab": "\t", W + "br": LINE, W + "cr": LINE, W + "noBreakHyphen": "\u2011", W + "softHyphen": "\u00ad"}
UNREAD = frozenset(W + name for name in "drawing pict object sym".split())
CITATIONS = frozenset({W + "footnoteReference", W + "endnoteReference"})
CHOICE = f"{{{COMPATIBILITY}}}Choice"
COUNTED = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES)\b")
"""Fields with text that every program computes again."""


def read_word_document(data: bytes, shown: str) -> WordDocument:
    """Read a Word file into paragraphs of characters.

    `shown` is the name of the file in messages.

    Raises:
        InputError: it is not a Word file, or exceeds the limits for an editor's file.
    """
    file, _ = read_with_nodes(open_word_file(data, shown))
    return file


@dataclass(frozen=True, slots=True)
class WordNodes:
    """The XML elements that a Word file was read from.

    They are tracked changes by number, and paragraphs in order.
    """

    revisions: dict[int, Element]
    paragraphs: list[Element]


def read_with_nodes(file: WordParts) -> tuple[WordDocument, WordNodes]:
    """Read an open Word file, with the elements that it came from."""
    walk = _WordReader()
    for part, root in file.texts:
        walk.part(part, root)
    found = list(read_comments(file.comments, file.threads, walk.starts, walk.ends))
    read = WordDocument(
        walk.paragraphs,
        found,
        walk.format_changes,
        walk.revisions,
        file.names,
        walk.unread,
        file.notices,
        walk.citations,
    )
    return read, walk.nodes


class _WordReader:
    def __init__(self) -> None:
        self.paragraphs: list[WordParagraph] = []
        self.format_changes: list[FormatChange] = []
        self.revisions: dict[int, TrackedChange] = {}
        self.nodes = WordNodes({}, [])
        self.starts: dict[str, Spot] = {}
        self.ends: dict[str, Spot] = {}
        self.unread: list[str] = []
        self._waiting: list[tuple[str, str]] = []  # bookmarks between paragraphs
        self._open: dict[str, str] = {}
        self._move = ""
        self._cells = self._rows = self._tables = 0
        self._row_now = (0, 0)
        self._note = ""
        self.citations: dict[str, Spot] = {}
        self._fields: list[bool | None] = []  # None before its result, then whether the result counts as text
        self._margins: set[str] = set()

    def part(self, part: str, root: Element) -> None:
        """Read one part; of equal headers and footers, only the first."""
        first = len(self.paragraphs)
        for node in [root.find(W + "body")] if part == "body" else list(root) if part == "notes" else [root]:
            if node is not None:
                self._note = f"{_get_kind(node)} {node.get(ID)}" if part == "notes" else ""
                self._blocks(node, part, None, None)
        if part in {"header", "footer"}:
            said = ["".join(each.text for each in one.characters).strip() for one in self.paragraphs[first:]]
            text = "\n".join(filter(None, said))
            if text in self._margins or not text:
                del self.paragraphs[first:], self.nodes.paragraphs[first:]
            self._margins.add(text)

    def _revision(self, node: Element, kind: str) -> TrackedChange:
        name = self._move if kind.startswith("move") else ""
        number = len(self.revisions) + 1
        author, date = str(node.get(W + "author") or ""), str(node.get(W + "date") or "")
        revision = TrackedChange(number, kind, author, date, name)  # type: ignore[arg-type]  # one of the five by its table
        self.revisions[number], self.nodes.revisions[number] = revision, node
        return revision

    def _at(self) -> Spot:
        return len(self.paragraphs) - 1, len(self.paragraphs[-1].characters) if self.paragraphs else 0

    def _blocks(
        self, parent: Element, place: str, inserted: TrackedChange | None, struck: TrackedChange | None
    ) -> None:
        for node in parent:
            tag = str(node.tag)
            if tag == P:
                self._paragraph(node, place, inserted, struck)
            elif tag == W + "tr":
                self._row(node, place, inserted, struck)
            elif tag == W + "tc":
                self._cells += 1
                self._blocks(node, f"{place.partition('#')[0]}#{self._cells}", inserted, struck)
            elif tag in INSERTED:
                self._blocks(node, place, self._revision(node, INSERTED[tag]), struck)
            elif tag in STRUCK:
                self._blocks(node, place, inserted, self._revision(node, STRUCK[tag]))
            elif tag == W + "tbl":
                outer, self._tables = self._row_now, self._tables + 1
                self._row_now = (self._tables, 0)
                self._blocks(node, place, inserted, struck)
                self._row_now = outer
            elif tag in THROUGH or tag == W + "sdt":
                self._blocks(node, place, inserted, struck)
            elif not self._range(node):
                self._changes_of_layout(node)

    def _row(self, row: Element, place: str, inserted: TrackedChange | None, struck: TrackedChange | None) -> None:
        put, gone = row.find(f"{W}trPr/{W}ins"), row.find(f"{W}trPr/{W}del")
        inserted = inserted if put is None else self._revision(put, "insert")
        struck = struck if gone is None else self._revision(gone, "delete")
        outer, self._rows = self._row_now, self._rows + 1
        self._row_now = (outer[0], self._rows)
        self._blocks(row, place, inserted, struck)
        self._row_now = outer

    def _range(self, node: Element) -> bool:
        """Record the begin or end of a bookmark, comment or move.

        Return False for anything else.
        """
        tag, ident = str(node.tag), str(node.get(ID) or "")
        if tag == W + "bookmarkStart":
            self._open[ident] = str(node.get(W + "name") or "")
            self._waiting.append(("bookmark", self._open[ident]))
        elif tag == W + "bookmarkEnd":
            self._open.pop(ident, None)
        elif tag == W + "commentRangeStart":
            self.starts[ident] = self._at()
        elif tag == W + "commentRangeEnd":
            self.ends[ident] = self._at()
        elif tag in {W + "moveFromRangeStart", W + "moveToRangeStart"}:
            self._move = str(node.get(W + "name") or ident)
        elif tag in {W + "moveFromRangeEnd", W + "moveToRangeEnd"}:
            self._move = ""
        else:
            return False
        return True

    def _changes_of_layout(self, node: Element, start: Spot | None = None) -> None:
        """Record tracked changes of formatting and layout.

        They concern paragraphs, rows, tables and sections.
        """
        for change in node.iter(*FORMAT_CHANGES):
            what = FORMAT_CHANGES[str(change.tag)]
            self.format_changes.append(
                FormatChange(self._revision(change, "format"), what, start or self._at(), self._at())
            )

    def _paragraph(
        self, node: Element, place: str, inserted: TrackedChange | None, struck: TrackedChange | None
    ) -> None:
        names = [*self._waiting, *(("running", name) for name in self._open.values())]
        one = WordParagraph(place, names=names, row=self._row_now, note=self._note)
        self._waiting = []
        self.paragraphs.append(one)
        self.nodes.paragraphs.append(node)
        if ident := node.get(W14 + "paraId"):
            one.names.append(("id", str(ident)))
        if (properties := node.find(PPR)) is not None:
            style = properties.find(W + "pStyle")
            one.style = "" if style is None else str(style.get(VAL) or "")
            for mark in properties.iterfind(f"{RPR}/*"):
                if mark.tag in INSERTED:
                    one.inserted = self._revision(mark, INSERTED[str(mark.tag)])
                elif mark.tag in STRUCK:
                    one.struck = self._revision(mark, STRUCK[str(mark.tag)])
            self._changes_of_layout(properties)
        self._inline(node, inserted, struck)
        one.names += [("bookmark", name) for _, name in self._waiting]
        self._waiting = []

    def _inline(self, parent: Element, inserted: TrackedChange | None, struck: TrackedChange | None) -> None:
        for node in parent:
            tag = str(node.tag)
            if tag == R:
                self._run(node, inserted, struck)
            elif tag in INSERTED:
                self._inline(node, self._revision(node, INSERTED[tag]), struck)
            elif tag in STRUCK:
                self._inline(node, inserted, self._revision(node, STRUCK[tag]))
            elif tag in THROUGH or tag == W + "sdt":
                self._inline(node, inserted, struck)
            elif tag == W + "fldSimple":
                if not COUNTED.match(str(node.get(W + "instr") or "")):
                    self._inline(node, inserted, struck)
            elif not self._range(node):
                for choice in node.iterfind(CHOICE):
                    self._inline(choice, inserted, struck)

    def _run(self, run: Element, inserted: TrackedChange | None, struck: TrackedChange | None) -> None:
        characters, start = self.paragraphs[-1].characters, self._at()
        for node in run:
            for text in self._texts(node):
                characters += [Character(each, inserted, struck) for each in text]
        if (properties := run.find(RPR)) is not None:
            self._changes_of_layout(properties, start)

    def _texts(self, node: Element) -> Iterator[str]:
        tag = str(node.tag)
        if tag == W + "fldChar":
            self._field(str(node.get(W + "fldCharType") or ""))
        elif tag == W + "instrText" and self._fields:
            self._fields[-1] = False if COUNTED.match(node.text or "") else self._fields[-1]
        elif all(counts is not False for counts in self._fields):
            if tag in {T, W + "delText"}:
                yield node.text or ""
            elif tag in SIGNS:
                yield SIGNS[tag]
            elif tag in CITATIONS:
                self.citations[f"{_get_kind(node).removesuffix('Reference')} {node.get(ID)}"] = self._at()
            elif tag in UNREAD:
                self.unread.append(f"{_get_kind(node)} in paragraph {len(self.paragraphs)}")

    def _field(self, what: str) -> None:
        if what == "begin":
            self._fields.append(None)
        elif what == "end" and self._fields:
            self._fields.pop()


def _get_kind(node: Element) -> str:
    """Return the name of a node without its namespace."""
    return etree.QName(node).localname
