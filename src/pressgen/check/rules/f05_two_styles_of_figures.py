"""Figures written in more than one way: per cent, thousands, millions.

GOV.UK writes 40%, inspectorates 40 per cent, American papers 40 percent. The house says which under `style.percent`;
without it, the way that comes first in the release counts. A release that writes 7,852 does not write 3517, and one
that writes 4 million not 4 Million. Tables and quotations are left alone.

Wrong: `Some 40% of cases, and 12 per cent of visits`

Right: `Some 40 per cent of cases, and 12 per cent of visits`
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressgen.check.passage import Kind
from pressgen.check.rule import rule
from pressgen.errors import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pressgen.check.finding import Finding
    from pressgen.check.passage import Passage
    from pressgen.check.subject import Subject

WAYS = re.compile(r"(?<=[\d})])\s?%|(?<=[\w})])\sper\scent\b|(?<=[\w})])\spercent\b")
SEPARATED = re.compile(r"(?<![\w.,/:-])\d{1,3}(?:,\d{3})+(?![\d,]|\.\d)")
BARE = re.compile(r"(?<![\w.,:/£$€#+-])(?<!\d\s)(?<!\bNo\s)\d{4,6}(?=\s(?!hours\b|hrs\b|and\b|to\b|or\b)[a-z]{3})")
YEARS = (1000, 2199)
"""Four digits that are a year, or may be."""
SMALL, LARGE = re.compile(r"\d\s[mb]illion\b"), re.compile(r"(?<=\d\s)(?:Million|Billion)\b")
APART = {Kind.CELL, Kind.QUOTATION, Kind.PULL, Kind.ALT, Kind.CAPTION}


@rule("F05", "two-styles-of-figures", Severity.STYLE, languages=("en",))
def check(subject: Subject) -> Iterator[Finding]:
    """Find figures that are written in more than one style."""
    texts = [each for each in subject.own if each.kind not in APART]
    yield from _check_percentages(subject, texts)
    separated = next((match[0] for each in texts if (match := SEPARATED.search(each.text))), "")
    small = any(SMALL.search(each.text) for each in texts)
    for passage in texts:
        for match in BARE.finditer(passage.text) if separated else ():
            if len(match[0]) > len("2199") or not YEARS[0] <= int(match[0]) <= YEARS[1]:
                message = f"{match[0]} here, but {separated} elsewhere: write thousands one way"
                yield passage.finding(*match.span(), message, mend=f"{int(match[0]):,}")
        for match in LARGE.finditer(passage.text) if small and passage.kind is not Kind.HEADLINE else ():
            message = f"“{match[0]}” here, but with a small letter elsewhere"
            yield passage.finding(*match.span(), message, mend=match[0].lower())


def _check_percentages(subject: Subject, texts: Sequence[Passage]) -> Iterator[Finding]:
    wanted: str | None = subject.house.style.percent
    source = "house style" if wanted else "first used"
    for passage in texts:
        for match in WAYS.finditer(passage.text):
            if passage.text[match.start() - 1] == "<" or _is_in_brackets(passage.text, match.end()):
                continue
            way = match[0].strip()
            wanted = wanted or way
            if way != wanted:
                mend = wanted if wanted == "%" else f" {wanted}"
                message = f"“{way}” here; {source}: {wanted}"
                yield passage.finding(*match.span(), message, mend=mend)


def _is_in_brackets(text: str, at: int) -> bool:
    """Return whether a bracket closes at once, as in `(<5%)`.

    Everybody writes the sign there.
    """
    return text[at : at + 1] == ")"
