"""The rules of `pressgen check`.

A list, the page of one rule, and the manual's chapter on all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressgen.check.run import load_rules
from pressgen.errors import EnvironmentFailureError, UsageError
from pressgen.text.expression import suggest_name

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
class RuleSummary:
    """The code, severity and title of a rule."""

    code: str
    severity: Severity
    title: str


def list_rules() -> list[RuleSummary]:
    """List a summary of every rule, by code."""
    return [RuleSummary(each.code, each.severity, _get_title(each)) for each in _load_rules()]


def list_rule_names() -> dict[str, str]:
    """List the name of each rule by its code.

    An example of a name is `weekday-not-of-date`.
    """
    return {each.code: each.name for each in _load_rules()}


def format_rule_page(code: str) -> str:
    """Format the page of one rule.

    Raises:
        UsageError: there is no such rule.
    """
    found = {each.code: each for each in _load_rules()}
    rule = found.get(code.upper())
    if rule is None:
        raise UsageError(f"there is no rule {code} (pressgen rules lists them){suggest_name(code.upper(), found)}")
    return f"{rule.code} {rule.name} ({rule.severity.value})\n\n{rule.page}"


def format_rule_manual() -> str:
    """Format the manual's chapter on all rules, as Markdown."""
    pages = [f"## {each.code} {each.name} ({each.severity.value})\n\n{each.page}\n" for each in _load_rules()]
    return "\n".join([INTRODUCTION, *pages])


def _get_title(rule: Rule) -> str:
    """Return the first line of a rule's page."""
    return rule.page.partition("\n")[0].rstrip(".")


def _load_rules() -> tuple[Rule, ...]:
    """Load every rule, or fail if one is unusable."""
    usable, unusable = load_rules()
    if unusable:
        raise EnvironmentFailureError(
            "\n".join(f"the rule {each.name} cannot be used: {each.why}" for each in unusable)
        )
    return usable
