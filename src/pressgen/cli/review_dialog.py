"""Ask about proposals one by one.

Each is shown as a redline, and a key decides.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import click

from pressgen.actions.review.decisions import is_accepted_with_others
from pressgen.actions.workspace.permissions import require_one_line
from pressgen.cli.review_proposals import print_notices, print_proposal, print_unapplied_proposals
from pressgen.cli.terminal import echo
from pressgen.errors import UsageError
from pressgen.model.proposal import ProposalKind

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from pressgen.actions.review.receive import NumberedProposal, ReceivedCopy

KEYS = "a accept, r refuse, l later, A accept all that remain, R refuse them, q stop here"
KEYS_OF_A_SHARED_VALUE = f"e accept, and change it everywhere, {KEYS}"
KEYS_OF_A_REMARK = "a answer, r refuse, l later, A accept all changes that remain, R refuse them, q stop here"
HELP = (
    "q keeps what you have decided so far and leaves the rest for later; Ctrl-C leaves everything as it was. A and R"
    " leave remarks and changes with a question, which want an answer each."
)


@dataclass(slots=True)
class ProposalAnswers:
    """What a person decided on the proposals of one file.

    Each number of a proposal has the reason or the answer; it may be empty.

    Attributes:
        everywhere: the accepted ones that may change a value in every place that prints it.
    """

    accepted: dict[int, str] = field(default_factory=dict)
    refused: dict[int, str] = field(default_factory=dict)
    everywhere: set[int] = field(default_factory=set)


def ask_about_proposals(one: ReceivedCopy, waiting: Collection[int], shared: Mapping[int, str]) -> ProposalAnswers:
    """Ask for a decision on each waiting proposal of a file.

    The others are decided already, or need no decision.

    Args:
        one: the file.
        waiting: the numbers of the proposals.
        shared: why proposals are not applied on their own, by number: other places print the same value.

    Raises:
        click.Abort: somebody broke off; nothing is decided.
    """
    print_notices(one)
    answers = ProposalAnswers()
    if one.is_doubtful and not click.confirm(f"{one.file} has nearly none of the text. Is it the right file?"):
        echo(f"{one.file}: nothing was decided; ask for the file again")
        return answers
    left = [each for each in one.proposals if each.number in waiting]
    for at, each in enumerate(left, 1):
        print_proposal(one, each, around=True)
        if reason := shared.get(each.number):
            print_unapplied_proposals(one, [(each.number, reason)], "cannot be made automatically")
        remaining = [each for each in left[at - 1 :] if is_accepted_with_others(each.proposal)]
        key = _ask_for_key(_list_keys(each, shared), f"{at} of {len(left)}", len(remaining))
        if key in {"A", "R"}:
            _answer_all(key, remaining, answers)
        if key in {"A", "R", "q"}:
            break
        _record_answer(key, each, answers)
    accepted, refused = len(answers.accepted), len(answers.refused)
    echo(f"{one.file}: {accepted} accepted, {refused} refused, {len(left) - accepted - refused} for later")
    return answers


def _record_answer(key: str, each: NumberedProposal, answers: ProposalAnswers) -> None:
    """Record the answer that a key gives to one proposal."""
    if key == "e":
        answers.accepted[each.number] = ""
        answers.everywhere.add(each.number)
    elif key == "a":
        answers.accepted[each.number] = (
            _ask_for_text("Your answer") if each.proposal.kind is ProposalKind.COMMENT else ""
        )
    elif key == "r":
        answers.refused[each.number] = _ask_for_text("Why")


def _answer_all(key: str, remaining: list[NumberedProposal], answers: ProposalAnswers) -> None:
    """Accept or refuse all remaining proposals."""
    numbers = [each.number for each in remaining]
    if key == "A":
        answers.accepted |= dict.fromkeys(numbers, "")
    else:
        answers.refused |= dict.fromkeys(numbers, _ask_for_text("Why"))


def _list_keys(each: NumberedProposal, shared: Collection[int]) -> str:
    """Return the help line of the keys that a proposal allows."""
    if each.proposal.kind is ProposalKind.COMMENT:
        return KEYS_OF_A_REMARK
    return KEYS_OF_A_SHARED_VALUE if each.number in shared else KEYS


def _ask_for_key(keys: str, where: str, remaining: int) -> str:
    """Ask until a valid key is chosen.

    A key that decides on all that remain must be confirmed.
    """
    while True:
        echo(f"{where}: {keys}, ? help: ", nl=False)
        key = _read_key()
        echo(key)
        if key in {"a", "r", "l", "q"} or (key == "e" and keys == KEYS_OF_A_SHARED_VALUE):
            return key
        if key not in {"A", "R"}:
            echo(HELP)
        elif click.confirm(f"{'Accept' if key == 'A' else 'Refuse'} {remaining} changes?"):
            return key


def _read_key() -> str:
    """Read a key from a terminal, else a line's first letter.

    Raises:
        click.Abort: there is nothing more to read.
    """
    if sys.stdin.isatty():
        return click.getchar()
    if not (line := sys.stdin.readline()):
        raise click.Abort
    return line.strip()[:1]


def _ask_for_text(question: str) -> str:
    """Ask for one line of text, which may be empty."""
    return str(click.prompt(f"{question} (or nothing)", default="", show_default=False, value_proc=_parse_line))


def _parse_line(typed: str) -> str:
    try:
        return require_one_line(typed, "This") if typed.strip() else ""
    except UsageError as wrong:
        raise click.UsageError(str(wrong)) from None
