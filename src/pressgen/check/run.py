"""Run rules over a release: findings become problems with their places."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from pressgen.errors import Place, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pressgen.check.finding import Finding
    from pressgen.check.found import Unusable
    from pressgen.check.rule import Rule
    from pressgen.check.subject import Subject
    from pressgen.errors import Locate

FAILED = "C00"
"""The code of a rule that crashed or cannot be loaded."""

MOST = 100
"""How many findings of one rule are told at once: whoever has more begins with these."""


@dataclass(frozen=True, slots=True)
class Caught:
    """A problem, with the finding that it tells of; None where the rule itself failed."""

    problem: Problem
    finding: Finding | None = None


def run(subject: Subject, rules: Sequence[Rule], unusable: Sequence[Unusable], locate: Locate) -> list[Caught]:
    """What `rules` find in a release, by place.

    A rule that crashes, and one that cannot be used, is an error of its own: nobody knows what it would have found.
    """
    caught = [_failed(locate("", 0), each.name, each.why) for each in unusable]
    for rule in rules:
        caught += _run(rule, subject, locate)
    return sorted(dict.fromkeys(caught), key=lambda each: (each.problem.place, each.problem.code, each.problem.message))


def _run(rule: Rule, subject: Subject, locate: Locate) -> Iterator[Caught]:
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
            yield Caught(problem, finding)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever a rule does wrong, the others are still run
        yield _failed(locate("", 0), f"{rule.code} {rule.name}", f"it failed: {type(error).__name__}: {error}")


def _failed(place: Place, name: str, why: str) -> Caught:
    message = f"the rule {name} cannot judge this release: {why}; nothing is known of what it would have found"
    return Caught(Problem(code=FAILED, message=message, place=Place(place.file), severity=Severity.ERROR))
