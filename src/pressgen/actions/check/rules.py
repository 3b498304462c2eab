"""The rules of `pressgen check`: a list, the page of one, and the chapter of the manual made from all pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressgen.check.found import rules
from pressgen.errors import MachineLacks, WrongUse
from pressgen.text.expression import near

if TYPE_CHECKING:
    from pressgen.check.rule import Rule
    from pressgen.errors import Severity

INTRODUCTION = """\
# The rules

Made by `pressgen rules --manual` from the rules themselves; do not edit.

`pressgen check` holds every release against these. An **error** blocks approval and issue. A **warning** blocks them
until somebody acknowledges it in the release, with a reason, under `accept`; when the words there change, the
acknowledgement lapses. A **style** note is free. Rules on English wording leave other languages alone.
"""


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the list."""

    code: str
    severity: Severity
    title: str


def listed() -> list[Listed]:
    """Every rule, by code."""
    return [Listed(each.code, each.severity, _title(each)) for each in _all()]


def names() -> dict[str, str]:
    """The name of each rule by its code, such as `weekday-not-of-date`."""
    return {each.code: each.name for each in _all()}


def page(code: str) -> str:
    """The page of one rule.

    Raises:
        WrongUse: there is no such rule.
    """
    found = {each.code: each for each in _all()}
    rule = found.get(code.upper())
    if rule is None:
        raise WrongUse(f"there is no rule {code} (pressgen rules lists them){near(code.upper(), found)}")
    return f"{rule.code} {rule.name} ({rule.severity.value})\n\n{rule.page}"


def manual() -> str:
    """The chapter of the manual, Markdown."""
    pages = [f"## {each.code} {each.name} ({each.severity.value})\n\n{each.page}\n" for each in _all()]
    return "\n".join([INTRODUCTION, *pages])


def _title(rule: Rule) -> str:
    return rule.page.partition("\n")[0].rstrip(".")


def _all() -> tuple[Rule, ...]:
    usable, unusable = rules()
    if unusable:
        raise MachineLacks("\n".join(f"the rule {each.name} cannot be used: {each.why}" for each in unusable))
    return usable
