"""Load all rules, and run them over a release.

Rules of other packages are loaded like pressgen's own. Findings become problems with a place.
"""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points
from itertools import islice
from typing import TYPE_CHECKING

from pressgen.check.rule import Rule
from pressgen.errors import Place, Problem, Severity, describe_fault

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import ModuleType

    from pressgen.check.finding import Finding
    from pressgen.check.subject import Subject
    from pressgen.errors import Locate

ENTRY_POINTS = "pressgen.rules"

FAILED = "C00"
"""The code of a rule that crashed or cannot be loaded."""

MOST = 100
"""How many findings of one rule are reported at once; with more, begin with these."""


@dataclass(frozen=True, slots=True)
class UnusableRule:
    """A rule, or a package of rules, that cannot be loaded."""

    name: str
    why: str


@cache
def load_rules() -> tuple[tuple[Rule, ...], tuple[UnusableRule, ...]]:
    """Return every rule by its code, and the unusable rules.

    A rule that failed to load in silence would give a false all-clear.
    """
    found: dict[str, Rule] = {}
    unusable: list[UnusableRule] = []
    for each in _load_entry_points():
        if isinstance(each, UnusableRule):
            unusable.append(each)
        elif each.code in found:
            unusable.append(UnusableRule(each.name, f"its code {each.code} belongs to {found[each.code].name}"))
        else:
            found[each.code] = each
    return tuple(found[code] for code in sorted(found)), tuple(unusable)


def _load_entry_points() -> Iterator[Rule | UnusableRule]:
    """Yield the rules of every package that the entry point names."""
    for entry in sorted(entry_points(group=ENTRY_POINTS), key=lambda each: (each.name != "pressgen", each.name)):
        try:
            package = entry.load()
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001 - the code of others may fail in any way
            yield UnusableRule(entry.value, f"it cannot be loaded: {describe_fault(error)}")
            continue
        yield from _load_package(package)


def _load_package(package: ModuleType) -> Iterator[Rule | UnusableRule]:
    """Yield the rule of each module in a package."""
    names = sorted(each.name for each in pkgutil.iter_modules(package.__path__))
    for name in (f"{package.__name__}.{each}" for each in names):
        try:
            module = importlib.import_module(name)
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001 - as above
            yield UnusableRule(name, f"it cannot be loaded: {describe_fault(error)}")
            continue
        rules = [each for each in vars(module).values() if isinstance(each, Rule)]
        yield rules[0] if len(rules) == 1 else UnusableRule(name, f"it contains {len(rules)} rules instead of one")


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
        yield _build_failure(locate("", 0), f"{rule.code} {rule.name}", f"it failed: {describe_fault(error)}")


def _build_failure(place: Place, name: str, why: str) -> CheckProblem:
    """Return the error that a rule failed."""
    message = f"the rule {name} could not check this release: {why}; whether it would find something is not known"
    return CheckProblem(Problem(code=FAILED, message=message, place=Place(place.file), severity=Severity.ERROR))
