"""Join the lines of a PDF into paragraphs.

A line goes on in the next one if the first word of that would not have fitted into it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pressgen.importer.list_markers import find_marker
from pressgen.importer.manuscript import ParagraphKind, SourceParagraph
from pressgen.importer.pdf_glyphs import LINE_HYPHEN
from pressgen.text.text_decoding import drop_forbidden

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pressgen.importer.pdf_layout import PageLine

LARGER, SMALLER, SAME_SIZE = 1.15, 0.92, 0.06
"""Shares of the size of the text: headings, footnotes, the least difference that means anything."""
APART, NEAR = 1.35, 0.6
"""Shares of the distance between lines: where a paragraph ends, and where another column begins."""
INDENT = 0.7
SLACK = 0.5
FEWEST_WORDS, LONGEST_HEADING = 4, 200
ENDED = re.compile(r"[.!?:;…][\"'”’»“)\]⁰¹²³⁴⁵⁶⁷⁸⁹]*$|[”»]$")
LOWER = re.compile(r"(?!\S+@|https?:|www\.)[a-zà-öø-ÿ]")
WORD = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*")
CUT = re.compile(rf"([^\W\d_]+)([-‐\u00ad{LINE_HYPHEN}])$")
SOFT = "\u00ad"
FOOTNOTE = re.compile(r"([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}|[*†‡])\s*(?=\S)")
LOWERED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


@dataclass(slots=True)
class _Block:
    """Lines that may be one paragraph."""

    lines: list[PageLine]
    apart: bool = True

    @property
    def words(self) -> list[str]:
        """Its words; what a line's end cuts counts as two."""
        return [word for line in self.lines for word in line.text.split()]


@dataclass
class ParagraphBuilder:
    """A builder of the paragraphs of a PDF, page by page.

    Attributes:
        size: of the letters of its running text.
        leading: the usual distance of its lines.
        words: how often the text has each word, also with a hyphen.
        cut: the words whose hyphen at a line's end was taken out or kept, where nothing else says which is right.
    """

    size: float
    leading: float
    words: dict[str, int]
    cut: list[str] = field(default_factory=list)
    _title: float = 0
    _titled: bool = False
    _notes: list[_Block] = field(default_factory=list)
    _blocks: list[_Block] = field(default_factory=list)

    def add_page(self, lines: Sequence[PageLine]) -> None:
        """Add the lines of a page, in reading order."""
        body, notes = self._split_footnotes(lines)
        for chosen, blocks in ((body, self._blocks), (notes, self._notes)):
            for index, line in enumerate(chosen):
                last = blocks[-1].lines[-1] if blocks else None
                if last is not None and self._continues(blocks[-1], line, turned=index == 0):
                    blocks[-1].lines.append(line)
                else:
                    blocks.append(_Block([line], apart=last is None or self._is_apart(last, line)))

    def paragraphs(self) -> Iterator[SourceParagraph]:
        """Yield the paragraphs; footnotes come last."""
        titles = [each for each in self._blocks if self._is_heading(each.lines[0]) and len(each.words) >= FEWEST_WORDS]
        self._title = max((each.lines[0].size for each in titles), default=0)
        for number, block in enumerate([*self._blocks, *self._notes], 1):
            if para := self._paragraph(block, number, noted=number > len(self._blocks)):
                yield para

    def _split_footnotes(self, lines: Sequence[PageLine]) -> tuple[list[PageLine], list[PageLine]]:
        """Split a page where small text with a raised number begins."""
        for index, line in enumerate(lines):
            rest = lines[index:]
            if FOOTNOTE.match(line.text) and all(each.size < SMALLER * self.size for each in rest if not each.rows):
                return list(lines[:index]), list(rest)
        return list(lines), []

    def _continues(self, block: _Block, line: PageLine, *, turned: bool) -> bool:
        """Return whether a line continues a block."""
        last = block.lines[-1]
        if last.rows or line.rows or abs(last.size - line.size) > SAME_SIZE * self.size + 0.2:
            return False
        if find_marker(line.text) is not None or (FOOTNOTE.match(line.text) and line.size < SMALLER * self.size):
            return False
        down = last.y - line.y
        if turned or down < NEAR * min(self.leading, last.size):  # another page or column
            return self._goes_on(last, line)
        if self._is_apart(last, line):
            return False
        if self._is_heading(last) and self._is_heading(line):
            return True
        marked = find_marker(block.lines[0].text) is not None
        if not marked and line.x0 > line.start + INDENT * line.size and line.x0 > last.x0 + INDENT * line.size:
            return _is_cut(last) or _is_open(last, line)
        if last.bold != line.bold and ENDED.search(last.text):
            return False
        return _is_cut(last) or _is_full(last, line) or _is_open(last, line)

    def _goes_on(self, last: PageLine, line: PageLine) -> bool:
        """Return whether a paragraph goes on in another column or page."""
        if self._is_heading(last) or self._is_heading(line):
            return False
        if _is_cut(last) or _is_open(last, line):
            return True
        return last.running and not ENDED.search(last.text) and last.x1 > last.edge - 6 * last.size and not line.bold

    def _is_apart(self, last: PageLine, line: PageLine) -> bool:
        usual = max(self.leading * max(line.size / self.size, 1), line.size)
        return last.y - line.y > APART * usual or line.y > last.y

    def _is_heading(self, line: PageLine) -> bool:
        return line.size > LARGER * self.size

    def _paragraph(self, block: _Block, number: int, *, noted: bool) -> SourceParagraph | None:
        first = block.lines[0]
        if first.rows:
            rows = tuple(tuple(_plain(cell) for cell in row) for row in first.rows)
            return SourceParagraph(line=number, text=_plain(first.text), kind=ParagraphKind.TABLE, rows=rows)
        text = _plain(self._join(block.lines))
        if not text:
            return None
        if noted and (match := FOOTNOTE.match(text)):
            marker = match[1].translate(LOWERED)
            return SourceParagraph(
                line=number, text=text[match.end() :], kind=ParagraphKind.ITEM,
                marker=f"{marker}." if marker.isdigit() else marker, ordered=marker.isdigit(),
            )  # fmt: skip
        if mark := find_marker(text):
            depth = max(0, round((first.x0 - first.start) / max(first.size, 1)))
            return SourceParagraph(
                line=number, text=mark.text, kind=ParagraphKind.ITEM, marker=mark.marker, ordered=mark.ordered,
                depth=depth, apart=block.apart,
            )  # fmt: skip
        self._titled = self._titled or first.size > self._title * (1 - SAME_SIZE) > 0
        heading = self._is_heading(first) and len(text.split()) >= FEWEST_WORDS and len(text) < LONGEST_HEADING
        if heading and self._titled:
            return SourceParagraph(line=number, text=text, kind=ParagraphKind.HEADING, depth=1, apart=block.apart)
        return SourceParagraph(line=number, text=text, apart=block.apart)

    def _join(self, lines: Sequence[PageLine]) -> str:
        text = ""
        for line in lines:
            text = self._join_word(text, line.text) if CUT.search(text) else f"{text} {line.text}"
        return text.replace(LINE_HYPHEN, "-").replace(SOFT, "")

    def _join_word(self, text: str, following: str) -> str:
        """Join two halves of a word, with or without their hyphen.

        Without it where the text has the word so elsewhere, or the hyphen was put in by a program; with it where the
        text has that.
        """
        cut, begun = CUT.search(text), WORD.match(following)
        if cut is None or begun is None:
            return text + following if cut else f"{text} {following}"
        whole, hyphened = (cut[1] + begun[0]).lower(), f"{cut[1]}-{begun[0]}".lower()
        bare = text[: cut.start(2)]
        if cut[2] == SOFT or self.words.get(whole):
            return bare + following
        if self.words.get(hyphened) or not LOWER.match(following):
            return f"{bare}-{following}"
        self.cut.append(f"{cut[1]}-{begun[0]}")
        return f"{bare}-{following}"


def count_words(texts: Iterable[str]) -> dict[str, int]:
    """Count the words of lines, without those that a line's end cuts."""
    found: dict[str, int] = {}
    for text in texts:
        for match in WORD.finditer(CUT.sub(" ", text)):
            word = match[0].lower().replace("‐", "-")
            found[word] = found.get(word, 0) + 1
    return found


def _is_cut(line: PageLine) -> bool:
    return CUT.search(line.text) is not None


def _is_open(line: PageLine, following: PageLine) -> bool:
    """Return whether the next line begins within a sentence."""
    return line.running and LOWER.match(following.text) is not None and not ENDED.search(line.text)


def _is_full(line: PageLine, following: PageLine) -> bool:
    """Return whether the next line's first word would not fit."""
    word = following.text.split(maxsplit=1)[0] if following.text.strip() else ""
    width = (following.x1 - following.x0) * len(word) / max(len(following.text), 1)
    return line.running and line.x1 + width + SLACK * line.size > line.edge - SLACK


def _plain(text: str) -> str:
    return " ".join(drop_forbidden(text).split())
