"""Run rules over a release, and turn findings into located problems."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from pressgen.errors import Place, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pressgen.check.finding import Finding
    from pressgen.check.found import UnusableRule
    from pressgen.check.rule import Rule
    from pressgen.check.subject import Subject
    from pressgen.errors import Locate

FAILED = "C00"
"""The code of a rule that crashed or cannot be loaded."""

MOST = 100
"""How many findings of one rule are reported at once; with more, begin with these."""


@dataclass(frozen=True, slots=True)
class CheckProblem:
    """A problem, with the finding that it reports.

    The finding is None where the rule itself failed.
    """

    problem: Problem
    finding: Finding | None = None


def run_rules(
    subject: Subject, rules: Sequence[Rule], unusable: Sequence[UnusableRule], locate: Locate
) -> list[CheckProblem]:
    """Run the rules over a release, and return the problems by place.

    A rule that crashes or cannot be loaded is an error of its own: nobody knows what it would have found.
    """
    caught = [_build_failure(locate("", 0), each.name, each.why) for each in unusable]
    for rule in rules:
        caught += _run_rule(rule, subject, locate)
    return sorted(dict.fromkeys(caught), key=lambda each: (each.problem.place, each.problem.code, each.problem.message))


def _run_rule(rule: Rule, subject: Subject, locate: Locate) -> Iterator[CheckProblem]:
    """Yield the problems that one rule finds."""
    try:
        for finding in islice(rule.findings(subject), MOST):
            place = locate(finding.path, finding.start)
            severity = finding.severity or rule.severity
            extent = finding.end - finding.start
            problem = Problem(
                code=rule.code,
                message=finding.message,
                place=place,
                path=finding.path,
                severity=severity,
                extent=extent,
            )
            yield CheckProblem(problem, finding)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever a rule does wrong, the others are still run
        yield _build_failure(locate("", 0), f"{rule.code} {rule.name}", f"it failed: {type(error).__name__}: {error}")


def _build_failure(place: Place, name: str, why: str) -> CheckProblem:
    """Return the error that a rule failed."""
    message = f"the rule {name} cannot judge this release: {why}; nothing is known of what it would have found"
    return CheckProblem(Problem(code=FAILED, message=message, place=Place(place.file), severity=Severity.ERROR))
