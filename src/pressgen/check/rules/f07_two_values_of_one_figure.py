"""A figure in prose that a fact has otherwise.

The number comes right before what the fact counts (its `unit`), and is neither the fact's value, nor another fact's
with the same unit, nor a rounding of it that says so. A fact is typed once and used as `{{ facts.ID }}`, which cannot
go wrong; this finds the figure that was typed beside it. Two things may share a unit, so it is a warning, and an error
where the digits are the fact's in another order or one is another.

Wrong: `All 178 officers came.` where `staff: {value: 187, unit: officers}`

Right: `All {{ facts.staff }} officers came.`
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from pressgen.check.rule import rule
from pressgen.errors import Severity
from pressgen.model.record import read_number
from pressgen.text.number_words import find_numbers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.check.finding import Finding
    from pressgen.check.subject import Subject
    from pressgen.text.number_words import PrintedNumber

PERCENT = re.compile(r"\s?(?:%|per\s?cent\b)")
VAGUE = {"people", "cases", "per cent", "percent", "%", "years", "days", "months", "weeks", "hours", "pounds", "£"}
"""Units of so many things that another figure of them need not be the fact."""
ROUNDING = re.compile(
    r"\b(?:about|around|some|nearly|almost|over|under|more\sthan|fewer\sthan|less\sthan|roughly|approximately|up\sto|at\sleast"
    r"|another|other|extra|further|additional|next|first|last|remaining)\s$",
    re.IGNORECASE,
)
SMALL = 10
NEAR = Decimal("0.2")
"""How far from the fact a rounded figure may be."""
SMALL_WORDS = "of|and|or|to|in|from|for|a|an|the|with|per|by|on|at|is|are|was|were|had|have|has|that|who|which|than|as"


@rule("F07", "two-values-of-one-figure", Severity.WARNING, languages=("en",))
def check(subject: Subject) -> Iterator[Finding]:
    """Find figures that contradict a fact."""
    units: dict[str, list[Decimal]] = {}
    for fact in subject.release.facts.values():
        value = read_number(fact.value)
        if fact.unit and value is not None:
            units.setdefault(fact.unit.lower(), []).append(value)
    for passage in subject.own if units else []:
        for each in find_numbers(passage.text):
            if passage.is_made(each.start) or each.value < SMALL:
                continue
            rest = passage.text[each.end : each.end + 60].lower()
            for unit in [unit for unit in units if re.match(_build_unit_pattern(unit), rest)][:1]:
                rounded = ROUNDING.search(passage.before(each.start)) is not None
                adjoining = re.match(rf"\s{re.escape(unit)}\b", rest) is not None
                message, severity = _describe_fault(each, unit, units[unit], rounded=rounded, adjoining=adjoining)
                if message:
                    yield passage.finding(each.start, each.end, message, severity=severity)


@lru_cache(maxsize=256)
def _build_unit_pattern(unit: str) -> str:
    """Return a pattern for a unit, as `prison officers` or `-year`."""
    return rf"(?:\s(?:(?!(?:{SMALL_WORDS})\b)[a-z][\w’'-]*\s){{0,2}}{re.escape(unit)}|-{re.escape(unit.rstrip('s'))})\b"


def _describe_fault(
    count: PrintedNumber, unit: str, values: list[Decimal], *, rounded: bool, adjoining: bool
) -> tuple[str, Severity | None]:
    """Return message and severity for a figure; empty if it is right.

    A figure that is said to be rounded, or is not next to its unit, counts only if it was mistyped.
    """
    if count.value in values:
        return "", None
    slip = next((value for value in values if _is_mistyped(count.value, value)), None)
    if slip is not None and not (rounded and abs(slip - count.value) <= slip * NEAR):
        return f"{count.text} {unit} here, {slip} among the facts", Severity.ERROR
    if unit in VAGUE or len(values) > 1 or rounded or not adjoining:
        return "", None
    return f"{count.text} {unit} here, {values[0]} among the facts", None


def _is_mistyped(one: Decimal, other: Decimal) -> bool:
    """Return whether two numbers differ as a typing error would make them.

    They have the same digits in another order, or differ in one digit of three or more.
    """
    first, second = str(one), str(other)
    if len(first) != len(second) or len(first) < 2:  # noqa: PLR2004 - of one digit each is another number
        return False
    differ = sum(a != b for a, b in zip(first, second, strict=True))
    return sorted(first) == sorted(second) or (differ == 1 and len(first) > 2)  # noqa: PLR2004 - 41 and 42 are two years
