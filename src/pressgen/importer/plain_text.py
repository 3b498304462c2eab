"""Read a plain text into paragraphs.

It joins lines that a typewriter, mail program or scanner broke. A line continues in the next one if the first word of
that would not have fitted, or if it begins in the middle of a sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from pressgen.importer.list_markers import LineMarker, find_marker, measure_indent
from pressgen.importer.manuscript import LONGEST, Manuscript, ManuscriptTooLongError, ParagraphKind, SourceParagraph
from pressgen.text.text_decoding import decode_text

BLANKS = 5
"""How many times longer than its words a text may be, because of blanks and line ends."""
WIDEST, NARROWEST = 130, 50
"""Columns of lines that count as wrapped."""
SLACK = 4
FULL_SHARE, FEWEST = 0.6, 2
ENDED = re.compile(r"[.!?:;…][\"'”’»“)\]]*$|[”»]$")
LOWER = re.compile(r"[a-zà-öø-ÿ](?![A-Z])|[,;.]|[(–]\s?[a-zà-öø-ÿ]")
RULE = re.compile(r"[-–—=_*~#·.\s]{4,}")
HASHES = re.compile(r"(#{1,6})\s+(?=[^\s#])")
HANGING = re.compile(r"\b(?:the|and|of|a|an|to|for|in|with|on|at|by|from|de|la|der|die|und|et|y|i|o)$")
SPACES = re.compile(r"\s{2,}|[ \t]")
GAPS = re.compile(
    r"""[ \u00a0]{3,} | (?<=[.!?”"])[ \u00a0]{2}(?=[“"]|Notes?\s+to\s|About\s+[A-Z]|For\s+(?:further|more)\s
        |(?:Media|Press)\s+[Cc]ontact|ENDS)""",
    re.VERBOSE,
)
COLLAPSED = 900
"""Characters of a line that holds a whole release, with its paragraphs separated by runs of spaces."""
SET_IN = 2


def read_plain_text(data: bytes) -> Manuscript:
    """Read a text file in any encoding into paragraphs.

    Raises:
        ManuscriptTooLongError: it has far more characters than a release.
    """
    text, doubts = decode_text(data)
    if len(text) > BLANKS * LONGEST:
        raise ManuscriptTooLongError(
            f"has {len(text):,} characters, but a release can have at most {LONGEST:,}; import its parts one by one"
        )
    return Manuscript(tuple(join_wrapped_lines(text)), doubts=doubts)


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line of the source, with its marker."""

    number: int
    raw: str
    apart: bool
    mark: LineMarker | None

    @property
    def text(self) -> str:
        """Its words, one space between them, without the marker."""
        return SPACES.sub(" ", self.mark.text if self.mark else self.raw).strip()


def join_wrapped_lines(text: str) -> list[SourceParagraph]:
    """Join the wrapped lines of a plain text into paragraphs."""
    lines = _lines(text)
    edge = _measure_edge(lines)
    return [_para(group, edge) for group in _group_lines(lines)]


def find_wrapped_lines(text: str) -> frozenset[int]:
    """Return the numbers of the lines that continue the one before."""
    return frozenset(line.number for group in _group_lines(_lines(text)) for line in group[1:])


def _group_lines(lines: list[SourceLine]) -> list[list[SourceLine]]:
    width = _measure_width(lines)
    groups: list[list[SourceLine]] = []
    for line in lines:
        if groups and _is_continuation(groups[-1], line, width):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _lines(text: str) -> list[SourceLine]:
    found: list[SourceLine] = []
    apart, within = True, False
    for number, raw in enumerate(text.split("\n"), 1):
        if not raw.strip():
            apart = True
            continue
        for part in _split_collapsed(raw.expandtabs(8)):
            mark = find_marker(part, within_list=within)
            within = mark is not None
            found.append(SourceLine(number, part.rstrip(), apart, mark))
            apart = part is not raw and len(raw) > COLLAPSED
        apart = False
    return found


def _split_collapsed(raw: str) -> list[str]:
    """Split a line that holds several paragraphs into these.

    Any other line is returned unchanged.
    """
    if len(raw) <= COLLAPSED or len(GAPS.findall(raw.strip())) < SET_IN:
        return [raw]
    return [part for part in GAPS.split(raw) if part.strip()]


def _measure_width(lines: list[SourceLine]) -> int:
    """Return the column at which lines were broken; 0 if unbroken."""
    pairs = [
        (line, following) for line, following in pairwise(lines)
        if not following.apart and not following.mark and len(line.raw) <= WIDEST
    ]  # fmt: skip
    lengths = sorted(len(line.raw) for line, _ in pairs)
    if len(lengths) < FEWEST:
        return 0
    width = lengths[min(len(lengths) - 1, int(len(lengths) * 0.97))]
    full = sum(_is_full(line, following, width) for line, following in pairs)
    return width if width >= NARROWEST and full >= FULL_SHARE * len(pairs) else 0


def _is_full(line: SourceLine, following: SourceLine, width: int) -> bool:
    """Return whether the next line's first word would not fit."""
    return len(line.raw) + 1 + len(following.raw.split(maxsplit=1)[0]) > width - SLACK


def _measure_edge(lines: list[SourceLine]) -> int:
    """Return the indent that most lines have.

    A line with a larger indent is indented.
    """
    indents = [measure_indent(line.raw) for line in lines if line.mark is None]
    return max(set(indents), key=indents.count) if indents else 0


def _is_continuation(group: list[SourceLine], line: SourceLine, width: int) -> bool:
    last = group[-1]
    if line.mark or RULE.fullmatch(last.raw) or RULE.fullmatch(line.raw) or HASHES.match(line.raw):
        return False
    open_end = not ENDED.search(last.text)
    if line.apart:
        return open_end and len(last.text) > NARROWEST and LOWER.match(line.text) is not None
    if group[0].mark and measure_indent(line.raw) > measure_indent(group[0].raw):
        return True
    if HANGING.search(last.text):
        return True
    if LOWER.match(line.text) and (open_end or line.text[0] in ".,;)"):
        return True
    return bool(width) and _is_full(last, line, width)


def _para(group: list[SourceLine], edge: int) -> SourceParagraph:
    first = group[0]
    text = " ".join(line.text for line in group)
    if match := HASHES.match(first.raw):
        return SourceParagraph(
            line=first.number,
            text=text[match.end() :],
            kind=ParagraphKind.HEADING,
            depth=len(match[1]),
            apart=first.apart,
        )
    if first.mark:
        return SourceParagraph(
            line=first.number, text=text, kind=ParagraphKind.ITEM, marker=first.mark.marker, ordered=first.mark.ordered,
            depth=measure_indent(first.raw), apart=first.apart,
        )  # fmt: skip
    set_in = measure_indent(first.raw) >= edge + SET_IN
    return SourceParagraph(
        line=first.number, text=text, kind=ParagraphKind.BLOCK if set_in else ParagraphKind.TEXT, apart=first.apart
    )
