"""Proposals one by one: each is shown as a redline, and a key decides."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import click

from pressgen.actions.review.decisions import CHANGES
from pressgen.actions.workspace.permissions import one_line
from pressgen.cli.proposals import tell_left, tell_notices, tell_one
from pressgen.cli.terminal import echo
from pressgen.errors import WrongUse
from pressgen.model.proposal import Kind

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from pressgen.actions.review.receive import Received, Told

KEYS = "a accept, r refuse, l later, A accept all that remain, R refuse them, q stop here"
KEYS_OF_A_SHARED_VALUE = f"e accept, and change it everywhere, {KEYS}"
KEYS_OF_A_REMARK = "a answer, r refuse, l later, A accept all changes that remain, R refuse them, q stop here"
HELP = (
    "q keeps what you have decided so far and leaves the rest for later; Ctrl-C leaves everything as it was. A and R"
    " leave remarks, which want an answer each."
)


@dataclass(slots=True)
class Answers:
    """What somebody said to the proposals of a file: by number, the reason or the answer, or nothing.

    Attributes:
        everywhere: the accepted ones whose value is to change in every place that prints it.
    """

    accepted: dict[int, str] = field(default_factory=dict)
    refused: dict[int, str] = field(default_factory=dict)
    everywhere: set[int] = field(default_factory=set)


def ask(one: Received, waiting: Collection[int], shared: Mapping[int, str]) -> Answers:
    """Ask about the `waiting` proposals of a file; the others have been decided on, or nobody must.

    Args:
        one: the file.
        waiting: the numbers of the proposals.
        shared: why proposals are not put in on their own, by number: other places print the same value.

    Raises:
        click.Abort: somebody broke off; nothing is decided.
    """
    tell_notices(one)
    answers = Answers()
    left = [each for each in one.told if each.number in waiting]
    for at, each in enumerate(left, 1):
        tell_one(one, each, around=True)
        if reason := shared.get(each.number):
            tell_left(one, [(each.number, reason)], "will not be put in on its own")
        remaining = [each for each in left[at - 1 :] if each.proposal.kind in CHANGES]
        key = _key(_keys(each, shared), f"{at} of {len(left)}", len(remaining))
        if key in {"A", "R"}:
            _all(key, remaining, answers)
        if key in {"A", "R", "q"}:
            break
        _decide(key, each, answers)
    accepted, refused = len(answers.accepted), len(answers.refused)
    echo(f"{one.file}: {accepted} accepted, {refused} refused, {len(left) - accepted - refused} for later")
    return answers


def _decide(key: str, each: Told, answers: Answers) -> None:
    if key == "e":
        answers.accepted[each.number] = ""
        answers.everywhere.add(each.number)
    elif key == "a":
        answers.accepted[each.number] = _words("Your answer") if each.proposal.kind is Kind.COMMENT else ""
    elif key == "r":
        answers.refused[each.number] = _words("Why")


def _all(key: str, remaining: list[Told], answers: Answers) -> None:
    numbers = [each.number for each in remaining]
    if key == "A":
        answers.accepted |= dict.fromkeys(numbers, "")
    else:
        answers.refused |= dict.fromkeys(numbers, _words("Why"))


def _keys(each: Told, shared: Collection[int]) -> str:
    if each.proposal.kind is Kind.COMMENT:
        return KEYS_OF_A_REMARK
    return KEYS_OF_A_SHARED_VALUE if each.number in shared else KEYS


def _key(keys: str, where: str, remaining: int) -> str:
    """The key that somebody chooses; one that decides on all that remain, only after they have said so twice."""
    while True:
        echo(f"{where}: {keys}, ? help: ", nl=False)
        key = _typed()
        echo(key)
        if key in {"a", "r", "l", "q"} or (key == "e" and keys == KEYS_OF_A_SHARED_VALUE):
            return key
        if key not in {"A", "R"}:
            echo(HELP)
        elif click.confirm(f"{'Accept' if key == 'A' else 'Refuse'} {remaining} changes?"):
            return key


def _typed() -> str:
    """A key from a terminal, or the first letter of a line where there is none.

    Raises:
        click.Abort: there is nothing more to read.
    """
    if sys.stdin.isatty():
        return click.getchar()
    if not (line := sys.stdin.readline()):
        raise click.Abort
    return line.strip()[:1]


def _words(question: str) -> str:
    """A line that somebody types, or nothing."""
    return str(click.prompt(f"{question} (or nothing)", default="", show_default=False, value_proc=_line))


def _line(typed: str) -> str:
    try:
        return one_line(typed, "This") if typed.strip() else ""
    except WrongUse as wrong:
        raise click.UsageError(str(wrong)) from None
