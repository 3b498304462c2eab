"""A percentage that is not that of the two numbers beside it.

`20 of the 40 files (45 per cent)`: the reader has a calculator. Half a percentage point of rounding is allowed, one
where the percentage is a whole number.

Wrong: `20 of the 40 files (45 per cent)`

Right: `20 of the 40 files (50 per cent)`
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from pressgen.check.rule import rule
from pressgen.errors import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.check.finding import Finding
    from pressgen.check.subject import Subject

NUMBER = r"(\d{1,3}(?:,\d{3})+|\d{1,9})"
PERCENT = r"(\d{1,3}(?:\.\d{1,3})?)\s?(?:%|per\scent|percent)"
BETWEEN = r"(?:\s[a-z’'-]+){0,4}?"
SHARE = re.compile(
    rf"(?<![\w.,]){NUMBER}{BETWEEN}\s(?:out\s)?of\s(?:the\s|all\s|its\s|their\s)?{NUMBER}(?![\d.,]*\d){BETWEEN}\s?[(,–—-]\s?(?:or\s)?{PERCENT}"
)
AHEAD = re.compile(
    rf"\b[Oo]f\s(?:the\s|all\s|its\s|their\s)?{NUMBER}(?![\d.,]*\d){BETWEEN},\s"
    rf"{NUMBER}{BETWEEN}\s?[(,–—-]\s?(?:or\s)?{PERCENT}"
)
BEFORE = re.compile(rf"(?<![\w.,]){PERCENT}\s\({NUMBER}\s(?:out\s)?of\s(?:the\s|all\s)?{NUMBER}\)")
WHOLE, TENTHS = Decimal("0.5"), Decimal("0.05")


@rule("F09", "percentage-miscounted", Severity.ERROR, languages=("en",))
def check(subject: Subject) -> Iterator[Finding]:
    """Find percentages that do not match the two numbers next to them."""
    for passage in subject.own:
        for match in SHARE.finditer(passage.text):
            if message := _explain_fault(match[1], match[2], match[3]):
                yield passage.finding(match.start(3), match.end(), message)
        for match in AHEAD.finditer(passage.text):
            if message := _explain_fault(match[2], match[1], match[3]):
                yield passage.finding(match.start(3), match.end(), message)
        for match in BEFORE.finditer(passage.text):
            if message := _explain_fault(match[2], match[3], match[1]):
                yield passage.finding(match.start(1), match.end(1), message)


def _explain_fault(part: str, whole: str, percent: str) -> str:
    share, base = (Decimal(each.replace(",", "")) for each in (part, whole))
    if not base or share > base:
        return ""
    exact = share * 100 / base
    slack = TENTHS if "." in percent else WHOLE
    if abs(exact - Decimal(percent)) <= slack + Decimal("0.001"):
        return ""
    return f"{part} of {whole} is {exact:.1f} per cent, not {percent}"
