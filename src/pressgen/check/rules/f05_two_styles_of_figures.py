"""Per cent written in more than one way.

GOV.UK writes 40%, inspectorates 40 per cent, American papers 40 percent. The house says which under `style.percent`;
without it, the way that comes first in the release counts. Tables and quotations are left alone.

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
    from collections.abc import Iterator

    from pressgen.check.finding import Finding
    from pressgen.check.subject import Subject

WAYS = re.compile(r"(?<=[\d})])\s?%|(?<=[\w})])\sper\scent\b|(?<=[\w})])\spercent\b")
APART = {Kind.CELL, Kind.QUOTATION, Kind.PULL, Kind.ALT, Kind.CAPTION}


@rule("F05", "two-styles-of-figures", Severity.STYLE, languages=("en",))
def check(subject: Subject) -> Iterator[Finding]:
    """Find percentages that are not written as the others are."""
    wanted: str | None = subject.house.style.percent
    source = "house style" if wanted else "first used"
    for passage in subject.own:
        if passage.kind in APART:
            continue
        for match in WAYS.finditer(passage.text):
            if passage.text[match.start() - 1] == "<" or _in_brackets(passage.text, match.end()):
                continue
            way = match[0].strip()
            wanted = wanted or way
            if way != wanted:
                mend = wanted if wanted == "%" else f" {wanted}"
                message = f"“{way}” here; {source}: {wanted}"
                yield passage.finding(*match.span(), message, mend=mend)


def _in_brackets(text: str, at: int) -> bool:
    """Whether a bracket closes at once: `(<5%)`, where a sign is everybody's way."""
    return text[at : at + 1] == ")"
