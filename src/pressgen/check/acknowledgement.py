"""Apply the acknowledgements of warnings that somebody has looked at.

An acknowledgement settles a warning for as long as the words do not change.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pressgen.errors import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from pressgen.check.run import CheckProblem
    from pressgen.errors import Locate
    from pressgen.model.acknowledgement import Acknowledgement

UNKNOWN, UNUSED, LAPSED, WIDE = "A01", "A02", "A03", "A04"


@dataclass(frozen=True, slots=True)
class AcknowledgementResult:
    """The result of applying the acknowledgements of a release.

    Attributes:
        standing: the problems nobody answered, with what is wrong with the acknowledgements themselves.
        settled: how many were answered.
        prints: the fingerprint of the words at each acknowledgement that is in force, by its key.
    """

    standing: list[CheckProblem]
    about: list[Problem]
    settled: int
    prints: Mapping[str, str] = field(default_factory=dict)


def apply_acknowledgements(
    caught: Sequence[CheckProblem],
    accept: Sequence[Acknowledgement],
    codes: Collection[str],
    typed: Mapping[str, str],
    remembered: Mapping[str, str],
    locate: Locate,
) -> AcknowledgementResult:
    """Apply acknowledgements, and return the problems that remain.

    Args:
        caught: what the rules found.
        accept: the release's acknowledgements.
        codes: the codes of all rules.
        typed: the release's texts by path.
        remembered: the fingerprints of acknowledgements without one of their own, from when they were first met, by
            `build_acknowledgement_key`.
        locate: the place of a path of the data.
    """
    standing, about, prints = list(caught), list[Problem](), dict[str, str]()
    for index, each in enumerate(accept):
        path = f"accept[{index}]"
        print_now = compute_fingerprint(typed, each.where)
        covered = [one for one in standing if _can_settle(each, one)]
        bound = each.seen or remembered.get(build_acknowledgement_key(each))
        if each.rule not in codes:
            about.append(
                _build_problem(UNKNOWN, f"there is no rule {each.rule}; to see them: pressgen rules", path, locate)
            )
        elif not covered:
            about.append(_build_problem(UNUSED, _explain_unused(each, accept, caught), path, locate))
        elif bound not in (None, print_now):
            again = f"seen: {print_now}" if each.seen else "another reason"
            message = (
                f"the words at {each.where} changed since {each.rule} was accepted: look again, then write {again}"
            )
            about.append(_build_problem(LAPSED, message, path, locate))
        else:
            if each.seen is None and len(covered) > 1:
                about.append(_describe_wide(each, covered, print_now, path, locate))
            prints[build_acknowledgement_key(each)] = print_now
            standing = [one for one in standing if one not in covered]
    settled = len(caught) - len(standing)
    standing = [replace(one, problem=_add_fingerprint(one.problem, typed)) for one in standing]
    return AcknowledgementResult(standing, about, settled, prints)


def _add_fingerprint(problem: Problem, typed: Mapping[str, str]) -> Problem:
    """Add to a warning what binds its acknowledgement to these words."""
    if problem.severity is not Severity.WARNING or not problem.path:
        return problem
    return replace(problem, seen=compute_fingerprint(typed, problem.path))


def _describe_wide(
    each: Acknowledgement, covered: Sequence[CheckProblem], print_now: str, path: str, locate: Locate
) -> Problem:
    """Return a note on an acknowledgement of several warnings without `seen`."""
    message = f"this accepts {len(covered)} warnings of {each.rule} at once: look at each, then add seen: {print_now}"
    return replace(_build_problem(WIDE, message, path, locate), severity=Severity.STYLE)


def _explain_unused(each: Acknowledgement, accept: Sequence[Acknowledgement], caught: Sequence[CheckProblem]) -> str:
    """Explain why an acknowledgement settles nothing, and what to do."""
    alike = [one.problem for one in caught if one.problem.code == each.rule]
    here = [one for one in alike if is_within(one.path, each.where)]
    if any(one.severity is Severity.ERROR for one in here):
        return f"{each.rule} at {each.where} is an error, and errors cannot be accepted: correct it, and delete this"
    if any(one.severity is Severity.STYLE for one in here):
        return f"{each.rule} at {each.where} is only advice on style, which blocks nothing: delete this"
    open_ = [one for one in caught if one.problem in alike and not any(_can_settle(other, one) for other in accept)]
    elsewhere = dict.fromkeys(one.problem.path for one in open_ if one.problem.severity is Severity.WARNING)
    other = f", or write where it warns: {', '.join(elsewhere)}" if elsewhere else ""
    return f"{each.rule} finds nothing at {each.where}: delete this acknowledgement{other}"


def build_acknowledgement_key(each: Acknowledgement) -> str:
    """Return the key of an acknowledgement within its release.

    A new reason makes a new key.
    """
    return f"{each.rule} {each.where} {each.because}"


def compute_fingerprint(typed: Mapping[str, str], where: str) -> str:
    """Return eight hexadecimal digits for the words at a path and below."""
    words = "\0".join(f"{path}\1{text}" for path, text in _find_texts_below(typed, where))
    return hashlib.sha256(words.encode()).hexdigest()[:8]


def _find_texts_below(typed: Mapping[str, str], where: str) -> Iterator[tuple[str, str]]:
    """Yield the texts at a path and below it, with their paths."""
    for path, text in typed.items():
        if is_within(path, where):
            yield path, text


def _can_settle(each: Acknowledgement, caught: CheckProblem) -> bool:
    """Return whether an acknowledgement settles a problem.

    Errors must be corrected, and style notes block nothing: only warnings are settled.
    """
    problem = caught.problem
    return problem.severity is Severity.WARNING and problem.code == each.rule and is_within(problem.path, each.where)


def is_within(path: str, where: str) -> bool:
    """Return whether a path of the data is `where`, or below it."""
    return path == where or (path.startswith(where) and path[len(where)] in ".[")


def _build_problem(code: str, message: str, path: str, locate: Locate) -> Problem:
    """Return a warning about an acknowledgement."""
    return Problem(code=code, message=message, place=locate(path, 0), path=path, severity=Severity.WARNING)
