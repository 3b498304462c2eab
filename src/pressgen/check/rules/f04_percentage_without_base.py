"""A percentage among the facts that does not say of what, or where it comes from.

“32 per cent” of whom? The Office for Statistics Regulation wants base and source of every figure, published by the
time it is used. A fact without either is a warning; one that lacks only one of them is a note on style, and a warning
in houses with `style.percent_bases: true`.

Wrong: `short: {value: 40, unit: per cent}`

Right: `short: {value: 40, unit: per cent, of: inspected cases, source: note fieldwork}`
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressgen.check.finding import Finding
from pressgen.check.rule import rule
from pressgen.errors import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.check.subject import Subject

PERCENT = re.compile(r"%|per\s?cent|percentage(?:\spoints?)?|percent", re.IGNORECASE)


@rule("F04", "percentage-without-base", Severity.WARNING)
def check(subject: Subject) -> Iterator[Finding]:
    """Find percentages without `of` and `source`."""
    wanted = Severity.WARNING if subject.house.style.percent_bases else Severity.STYLE
    for key, fact in subject.release.facts.items():
        if fact.unit is None or not PERCENT.fullmatch(fact.unit.strip()):
            continue
        lacks = [name for name, value in (("base", fact.of), ("source", fact.source)) if value is None]
        if lacks:
            fields = " and ".join({"base": "`of`", "source": "`source`"}[each] for each in lacks)
            message = f"{fact.value} {fact.unit} has no {' and no '.join(lacks)}: add {fields}"
            severity = Severity.WARNING if len(lacks) > 1 else wanted
            yield Finding(f"facts.{key}.value", message, 0, len(fact.value), severity=severity)
