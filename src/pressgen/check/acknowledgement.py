"""Warnings that somebody looked at: an acknowledgement settles them for as long as the words stay as they were."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pressgen.errors import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from pressgen.check.run import Caught
    from pressgen.errors import Locate
    from pressgen.model.acknowledgement import Acknowledgement

UNKNOWN, UNUSED, LAPSED = "A01", "A02", "A03"


@dataclass(frozen=True, slots=True)
class Answer:
    """What is left after the acknowledgements.

    Attributes:
        standing: the problems nobody answered, with what is wrong with the acknowledgements themselves.
        settled: how many were answered.
        prints: the fingerprint of the words at each acknowledgement that is in force, by its key.
    """

    standing: list[Caught]
    about: list[Problem]
    settled: int
    prints: Mapping[str, str] = field(default_factory=dict)


def answered(
    caught: Sequence[Caught],
    accept: Sequence[Acknowledgement],
    codes: Collection[str],
    typed: Mapping[str, str],
    remembered: Mapping[str, str],
    locate: Locate,
) -> Answer:
    """What stands once every acknowledgement has settled its warnings.

    Args:
        caught: what the rules found.
        accept: the release's acknowledgements.
        codes: the codes of the rules there are.
        typed: the release's texts by path.
        remembered: the fingerprints that acknowledgements without one of their own had when first met, by `key`.
        locate: the place of a path of the data.
    """
    standing, about, prints = list(caught), list[Problem](), dict[str, str]()
    for index, each in enumerate(accept):
        path = f"accept[{index}]"
        print_now = fingerprint(typed, each.where)
        covered = [one for one in standing if _covers(each, one)]
        bound = each.seen or remembered.get(key(each))
        if each.rule not in codes:
            about.append(_about(UNKNOWN, f"there is no rule {each.rule}; see pressgen rules", path, locate))
        elif not covered:
            about.append(_about(UNUSED, _unused(each, accept, caught), path, locate))
        elif bound not in (None, print_now):
            again = f"seen: {print_now}" if each.seen else "another reason"
            message = (
                f"the words at {each.where} changed since {each.rule} was accepted: look again, then write {again}"
            )
            about.append(_about(LAPSED, message, path, locate))
        else:
            prints[key(each)] = print_now
            standing = [one for one in standing if one not in covered]
    return Answer(standing, about, len(caught) - len(standing), prints)


def _unused(each: Acknowledgement, accept: Sequence[Acknowledgement], caught: Sequence[Caught]) -> str:
    """Say why an acknowledgement settles nothing, and what to do."""
    alike = [one.problem for one in caught if one.problem.code == each.rule]
    here = [one for one in alike if is_within(one.path, each.where)]
    if any(one.severity is Severity.ERROR for one in here):
        return f"{each.rule} at {each.where} is an error, which nobody can accept: mend it, and take this out"
    if any(one.severity is Severity.STYLE for one in here):
        return f"{each.rule} at {each.where} is a note on style, which blocks nothing: take this out"
    open_ = [one for one in caught if one.problem in alike and not any(_covers(other, one) for other in accept)]
    elsewhere = dict.fromkeys(one.problem.path for one in open_ if one.problem.severity is Severity.WARNING)
    other = f", or write where it warns: {', '.join(elsewhere)}" if elsewhere else ""
    return f"{each.rule} finds nothing at {each.where}: take this acknowledgement out{other}"


def key(each: Acknowledgement) -> str:
    """What tells an acknowledgement from others of its release; a new reason makes it a new one."""
    return f"{each.rule} {each.where} {each.because}"


def fingerprint(typed: Mapping[str, str], where: str) -> str:
    """Eight hexadecimal digits of the words at a path and below it."""
    words = "\0".join(f"{path}\1{text}" for path, text in _below(typed, where))
    return hashlib.sha256(words.encode()).hexdigest()[:8]


def _below(typed: Mapping[str, str], where: str) -> Iterator[tuple[str, str]]:
    for path, text in typed.items():
        if is_within(path, where):
            yield path, text


def _covers(each: Acknowledgement, caught: Caught) -> bool:
    """Errors and style notes are not for accepting: the one must be mended, the other is free."""
    problem = caught.problem
    return problem.severity is Severity.WARNING and problem.code == each.rule and is_within(problem.path, each.where)


def is_within(path: str, where: str) -> bool:
    """Whether a path of the data is `where`, or below it."""
    return path == where or (path.startswith(where) and path[len(where)] in ".[")


def _about(code: str, message: str, path: str, locate: Locate) -> Problem:
    return Problem(code=code, message=message, place=locate(path, 0), path=path, severity=Severity.WARNING)
