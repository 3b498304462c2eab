"""Lines joined to the paragraphs that a typewriter, a mail program or a scanner broke them from.

A line runs on into the next where the next line's first word would not have fitted into it, or where the next begins
in the middle of a sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from pressgen.importer.manuscript import Kind, Para
from pressgen.importer.markers import Marked, depth, marked

WIDEST, NARROWEST = 130, 50
"""Columns of what is taken for wrapped lines."""
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
"""Characters of a line that holds a whole release, its paragraphs set apart by runs of spaces."""
SET_IN = 2


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the source with what stands at its beginning."""

    number: int
    raw: str
    apart: bool
    mark: Marked | None

    @property
    def text(self) -> str:
        """Its words, one space between them, without the marker."""
        return SPACES.sub(" ", self.mark.text if self.mark else self.raw).strip()


def paragraphs(text: str) -> list[Para]:
    """The paragraphs of a plain text."""
    lines = _lines(text)
    width = _width(lines)
    edge = _edge(lines)
    groups: list[list[Line]] = []
    for line in lines:
        if groups and _runs_on(groups[-1], line, width):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_para(group, edge) for group in groups]


def _lines(text: str) -> list[Line]:
    found: list[Line] = []
    apart, within = True, False
    for number, raw in enumerate(text.split("\n"), 1):
        if not raw.strip():
            apart = True
            continue
        for part in _uncollapsed(raw.expandtabs(8)):
            mark = marked(part, within_list=within)
            within = mark is not None
            found.append(Line(number, part.rstrip(), apart, mark))
            apart = part is not raw and len(raw) > COLLAPSED
        apart = False
    return found


def _uncollapsed(raw: str) -> list[str]:
    """The paragraphs of a line that holds them all; any other line as it is."""
    if len(raw) <= COLLAPSED or len(GAPS.findall(raw.strip())) < SET_IN:
        return [raw]
    return [part for part in GAPS.split(raw) if part.strip()]


def _width(lines: list[Line]) -> int:
    """The column at which lines were broken; 0 where they were not: where the next word would mostly have fitted."""
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


def _is_full(line: Line, following: Line, width: int) -> bool:
    """Whether the first word of the following line would not have fitted into a line."""
    return len(line.raw) + 1 + len(following.raw.split(maxsplit=1)[0]) > width - SLACK


def _edge(lines: list[Line]) -> int:
    """The indent that most lines have: what stands further in is set in."""
    indents = [depth(line.raw) for line in lines if line.mark is None]
    return max(set(indents), key=indents.count) if indents else 0


def _runs_on(group: list[Line], line: Line, width: int) -> bool:
    """Whether `line` goes on where the paragraph `group` has stopped."""
    last = group[-1]
    if line.mark or RULE.fullmatch(last.raw) or RULE.fullmatch(line.raw) or HASHES.match(line.raw):
        return False
    open_end = not ENDED.search(last.text)
    if line.apart:
        return open_end and len(last.text) > NARROWEST and LOWER.match(line.text) is not None
    if group[0].mark and depth(line.raw) > depth(group[0].raw):
        return True
    if HANGING.search(last.text):
        return True
    if LOWER.match(line.text) and (open_end or line.text[0] in ".,;)"):
        return True
    return bool(width) and _is_full(last, line, width)


def _para(group: list[Line], edge: int) -> Para:
    first = group[0]
    text = " ".join(line.text for line in group)
    if match := HASHES.match(first.raw):
        return Para(
            line=first.number, text=text[match.end() :], kind=Kind.HEADING, depth=len(match[1]), apart=first.apart
        )
    if first.mark:
        return Para(
            line=first.number, text=text, kind=Kind.ITEM, marker=first.mark.marker, ordered=first.mark.ordered,
            depth=depth(first.raw), apart=first.apart,
        )  # fmt: skip
    set_in = depth(first.raw) >= edge + SET_IN
    return Para(line=first.number, text=text, kind=Kind.BLOCK if set_in else Kind.TEXT, apart=first.apart)
