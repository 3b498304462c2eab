"""`pressgen review receive`: list what editors propose, ask about it, or apply it."""

from __future__ import annotations

import json
import re
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pressgen.cli.options import as_option, format_path, resolve_workspace, workspace_option
from pressgen.cli.refusal_advice import explain_refusal
from pressgen.cli.review_proposals import print_proposals, print_unapplied_proposals, to_json_object
from pressgen.cli.terminal import echo, echo_json, echo_styled
from pressgen.errors import InputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from pressgen.actions.review.accept import AppliedProposals
    from pressgen.actions.review.decisions import ProposalVerdict, ReviewDecision
    from pressgen.actions.review.receive import ReceivedCopy
    from pressgen.actions.workspace.folder import Workspace
    from pressgen.errors import Problem

NUMBERS = re.compile(r"(\d+)(?:-(\d+))?")


class ReceiveMode(Enum):
    """What to do with the proposals of a file that came back."""

    ASK = "ask"
    """Ask a person about each."""
    DECIDE = "decide"
    """Accept and refuse them as the options say."""
    LIST = "list"
    """Only list them."""


@dataclass(frozen=True, slots=True)
class DecisionOptions:
    """The decision on the proposals of a file, as typed in options.

    Attributes:
        everything: whether to accept every change of words that is not refused.
        accept: the numbers to accept, as `1-4,7`.
        everywhere: the accepted numbers that may change a value in every place that prints it.
        refuse: the numbers to refuse.
        reason: why; of what is refused, where anything is, else of what is accepted.
    """

    everything: bool
    accept: tuple[str, ...]
    everywhere: tuple[str, ...]
    refuse: tuple[str, ...]
    reason: str

    @property
    def has_numbers(self) -> bool:
        """Whether proposals are named by number."""
        return bool(self.accept or self.everywhere or self.refuse)

    def decision_on(self, one: ReceivedCopy, who: str | None) -> ReviewDecision:
        """Return the decision on the proposals of a file.

        Raises:
            UsageError: an item is not a number, or no proposal has that number.
        """
        from pressgen.actions.review.decisions import ReviewDecision, is_accepted_with_others

        everywhere, refused = _parse_numbers(self.everywhere), _parse_numbers(self.refuse)
        whole = {each.number for each in one.proposals if is_accepted_with_others(each.proposal)}
        chosen = (whole if self.everything else set()) | _parse_numbers(self.accept) | everywhere
        if unknown := sorted((chosen | refused) - {each.number for each in one.proposals}):
            raise UsageError(f"there is no proposal {unknown[0]}; they are numbered 1 to {len(one.proposals)}")
        why = "" if refused else self.reason  # with a refusal, the reason belongs to it
        return ReviewDecision(
            dict.fromkeys(chosen - refused, why), dict.fromkeys(refused, self.reason), who,
            frozenset(everywhere - refused),
        )  # fmt: skip


def choose_mode(
    options: DecisionOptions, ask: bool | None, shape: str, files: int, *, interactive: bool
) -> ReceiveMode:
    """Choose what to do with the proposals of the files.

    Args:
        options: the decision, as typed.
        ask: `--ask`, `--no-ask`, or None where neither is typed.
        shape: `text` or `json`.
        files: the number of files.
        interactive: whether a person sits at a terminal.

    Raises:
        UsageError: the options contradict each other.
    """
    decided = options.everything or options.has_numbers
    if ask and (decided or shape == "json"):
        raise UsageError(
            "--ask asks about each change; leave out --apply, --accept, --everywhere, --refuse and --format json"
        )
    if options.has_numbers and files > 1:
        raise UsageError(
            "--accept, --everywhere and --refuse work with a single FILE, because the numbers are counted per file"
        )
    if decided:
        return ReceiveMode.DECIDE
    return ReceiveMode.ASK if ask or (ask is None and shape == "text" and interactive) else ReceiveMode.LIST


@click.command(
    epilog="""\b
Examples:
  pressgen review receive marked-up.docx --as writer             asks about each, on a terminal
  pressgen review receive reply.eml --as writer                  reads the changes typed into a mail
  pressgen review receive marked-up.docx --format json
  pressgen review receive marked-up.docx --apply --refuse 3 --reason "Legal has the last word"
  pressgen review receive marked-up.docx --accept 1-4,7"""
)
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--apply", "everything", is_flag=True, help="Put every change of words into the release.")
@click.option("--accept", multiple=True, metavar="N", help="Put these into the release: 3, 1-4 or 1-4,7.")
@click.option(
    "--everywhere",
    multiple=True,
    metavar="N",
    help="Accept these, and change the fact or name in every place that prints it, as far as the copy shows or not.",
)
@click.option("--refuse", multiple=True, metavar="N", help="Refuse these; with --apply, all others go in.")
@click.option("--reason", default="", help="Why, for the ledger and the reply: of what is refused, else of all.")
@click.option(
    "--ask/--no-ask", default=None, help="Ask about each; otherwise only on a terminal, where nothing else decides."
)
@click.option("--format", "shape", type=click.Choice(["text", "json"]), default="text", help="How to tell them.")
@as_option
@workspace_option
def receive(  # noqa: PLR0913, PLR0917 - one option each
    files: tuple[Path, ...], everything: bool, accept: tuple[str, ...], everywhere: tuple[str, ...],
    refuse: tuple[str, ...], reason: str, ask: bool | None, shape: str, who: str | None, workspace: Path | None,
) -> None:  # fmt: skip
    """List what editors changed in the FILES that they sent back.

    FILES are Word files, PDFs and mails (.eml). Each change has its place in the release: tracked or untracked changes,
    comments, paragraphs that were moved, split, joined, added or removed, even if all our marks in a file are gone.
    What cannot be placed is listed. On a PDF, strike-outs, replacements and insertions are changes, other marks are
    remarks. In a mail, what is typed into the quoted text is a change, what stands outside it a remark. Nothing is
    written to the release unless you accept it; what is neither accepted nor refused waits.
    """
    options = DecisionOptions(everything, accept, everywhere, refuse, reason)
    interactive = sys.stdin.isatty() and sys.stdout.isatty()
    mode = choose_mode(options, ask, shape, len(files), interactive=interactive)
    found = resolve_workspace(workspace, [file.parent for file in files])
    results, problems = _read_files(found, files)
    if shape == "json":
        objects = [to_json_object(each) for one in results for each in one.proposals]
        echo_json(json.dumps(objects, indent=2, ensure_ascii=False))
    for one in results:
        if mode is ReceiveMode.ASK:
            _ask(found, one, who)
        elif mode is ReceiveMode.DECIDE:
            if shape == "text":
                print_proposals(one)
            _apply(found, one, options.decision_on(one, who), quiet=shape == "json")
        else:
            if shape == "text":
                print_proposals(one, _find_shared_values(found, one), _find_decided(found, one))
            _record_receipt(found, one, who)
    if problems:
        raise InputError(problems)


def _read_files(workspace: Workspace, files: Collection[Path]) -> tuple[list[ReceivedCopy], list[Problem]]:
    """Return what the files propose, and the problems of unreadable ones."""
    from pressgen.actions.review.receive import read_returned_copies

    problems: list[Problem] = []
    results: list[ReceivedCopy] = []
    for file in files:
        try:
            copies, unreadable = read_returned_copies(workspace, file.resolve())
            results += copies
            problems += unreadable
        except InputError as refusal:
            problems += refusal.problems
    return results, problems


def _ask(workspace: Workspace, one: ReceivedCopy, who: str | None) -> None:
    """Ask about undecided proposals, and accepted ones missing from the release."""
    from pressgen.actions.review.accept import find_missing
    from pressgen.actions.review.copy_records import identify_reviewer
    from pressgen.actions.review.decisions import ReviewDecision, list_open_proposals, read_verdicts
    from pressgen.cli.review_dialog import ask_about_proposals

    identify_reviewer(workspace, who)  # check first: do not ask a hundred questions in vain
    _record_receipt(workspace, one, who)
    decided = read_verdicts(workspace, one)
    missing = find_missing(workspace, one, {number for number, each in decided.items() if each.accepted})
    for number in missing:
        who_did = decided[number].actor
        echo_styled(f"{number}: {who_did} accepted it, but the release no longer says it: decide again", fg="yellow")
    open_ = list_open_proposals(one, decided.keys() - set(missing))
    if not open_:
        echo(f"{one.file}: everything in it has been decided on, and the accepted changes are in the release")
        return
    answers = ask_about_proposals(one, open_, _find_shared_values(workspace, one))
    if answers.accepted or answers.refused:
        decision = ReviewDecision(answers.accepted, answers.refused, who, frozenset(answers.everywhere))
        _apply(workspace, one, decision, quiet=False)


def _find_decided(workspace: Workspace, one: ReceivedCopy) -> dict[int, ProposalVerdict]:
    """Return the verdicts that still hold, by number.

    An accepted change that the release does not say now needs a decision again.
    """
    from pressgen.actions.review.accept import find_missing
    from pressgen.actions.review.decisions import read_verdicts

    if not (decided := read_verdicts(workspace, one)):
        return {}
    try:
        missing = find_missing(workspace, one, {number for number, each in decided.items() if each.accepted})
    except InputError:  # the release cannot be read, which --apply reports
        return {}
    return {number: each for number, each in decided.items() if number not in missing}


def _find_shared_values(workspace: Workspace, one: ReceivedCopy) -> dict[int, str]:
    """Return why proposals are not applied on their own, by number.

    It is empty if the release cannot be read, which --apply reports.
    """
    from pressgen.actions.review.accept import find_shared_changes

    try:
        return find_shared_changes(workspace, one)
    except InputError:
        return {}


def _record_receipt(workspace: Workspace, one: ReceivedCopy, who: str | None) -> None:
    """Record in the ledger that a file came back, if somebody acts."""
    from pressgen.actions.review.copy_records import identify_reviewer
    from pressgen.actions.review.decisions import record_return

    if who and (actor := identify_reviewer(workspace, who)):
        record_return(workspace, one, actor, datetime.now(UTC))


def _apply(workspace: Workspace, one: ReceivedCopy, decision: ReviewDecision, *, quiet: bool) -> None:
    from pressgen.actions.review.accept import apply_decision

    with explain_refusal(f"Nothing of {one.file} was put into the release", workspace):
        applied = apply_decision(workspace, one, decision, datetime.now(UTC))
    print_unapplied_proposals(one, applied.left)
    if not quiet:
        echo(_summarise(workspace, one, decision, applied))
    if applied.file and applied.merged:
        message = "was saved by somebody else in the meantime; it now has both changes: read it once more"
        echo_styled(f"{format_path(applied.file)}: {message}", err=True, fg="yellow")


def _summarise(workspace: Workspace, one: ReceivedCopy, decision: ReviewDecision, applied: AppliedProposals) -> str:
    """Return a line that says what was put in and refused, and what waits."""
    from pressgen.actions.review.decisions import list_open_proposals, read_verdicts

    said = []
    if applied.file:
        name = format_path(applied.file)
        said.append(f"{len(applied.done) - len(applied.had)} of {len(decision.accepted) - len(applied.had)} put in")
        said += [f"{len(applied.had)} needed no change"] if applied.had else []
    else:
        name = f"{one.export.slug}/{one.export.name}"
        said.append(f"{'already says it, so ' if applied.done else ''}nothing was changed")
    said += [f"{len(decision.refused)} refused"] if decision.refused else []
    settled = {*read_verdicts(workspace, one), *applied.done, *decision.refused}
    if waiting := list_open_proposals(one, settled):
        said.append(f"{_count(waiting, 'waits', 'wait')} for a decision: {', '.join(map(str, waiting))}")
    return f"{name}{' ' if applied.done and not applied.file else ': '}{', '.join(said)}"


def _count(numbers: Sequence[int], one: str, several: str) -> str:
    return f"{len(numbers)} {one if len(numbers) == 1 else several}"


def _parse_numbers(given: Collection[str]) -> set[int]:
    found: set[int] = set()
    for each in (part.strip() for one in given for part in one.split(",")):
        match = NUMBERS.fullmatch(each)
        if match is None:
            raise UsageError(f"“{each}” is not a number; write 3, 1-4 or 1-4,7")
        found.update(range(int(match[1]), min(int(match[2] or match[1]), 1_000_000) + 1))
    return found
