"""`pressgen review`: send copies, receive them, and reply."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from pressgen.cli.choosing import DecisionOptions
from pressgen.cli.issuing import build_delivery_problem
from pressgen.cli.lazy import SummaryGroup
from pressgen.cli.options import (
    as_option,
    complete_channel,
    complete_reader,
    complete_release,
    format_path,
    resolve_workspace,
    workspace_option,
)
from pressgen.cli.proposals import print_proposals, print_unapplied_proposals, to_json_object
from pressgen.cli.refusing import explain_refusal
from pressgen.cli.terminal import echo, echo_json, echo_styled
from pressgen.errors import InputError, Problem, UsageError

if TYPE_CHECKING:
    from collections.abc import Collection

    from pressgen.actions.review.decisions import ProposalVerdict, ReviewDecision
    from pressgen.actions.review.mail_copies import ReviewMailOptions
    from pressgen.actions.review.receive import ReceivedCopy
    from pressgen.actions.workspace.folder import Workspace
    from pressgen.model.round import Posted


@click.group(
    cls=SummaryGroup,
    epilog="""\b
Example:
  pressgen review send releases/river-survey --to legal
  pressgen review receive river-survey.docx --accept 1-4,7
  pressgen review reply river-survey.docx""",
)
def review() -> None:
    """Send a release to editors, and take in what they changed."""


@review.command(
    epilog="""\b
Examples:
  pressgen review send releases/river-survey
  pressgen review send releases/river-survey --to legal --to minister --out /tmp/copies
  pressgen review send releases/river-survey --to legal --to minister --by mail --as writer

\b
Exit codes: 0 written, and sent; 1 the release is at fault, or a mail did not arrive: run it again; 2 wrong use;
3 a password or a server is not to be had; 4 the release is not for somebody named."""
)
@click.argument("release", type=click.Path(path_type=Path), shell_complete=complete_release)
@click.option(
    "--to", "to", multiple=True, metavar="ID", shell_complete=complete_reader, help="Whom the copies are for."
)
@click.option(
    "--by",
    metavar="CHANNEL",
    shell_complete=complete_channel,
    help="Mail them by this channel of releases/pressgen.yaml, to each a mail of their own.",
)
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), help="Where to write; otherwise dist/ in the workspace."
)
@as_option
@workspace_option
def send(
    release: Path, to: tuple[str, ...], by: str | None, out: Path | None, who: str | None, workspace: Path | None
) -> None:
    """Make review copies of RELEASE as Word and PDF, and mail them.

    Word records changes, and the PDF has the path of each text in the margin. The copies carry the number of the round;
    a release that has changed since the last copy begins a new round. With --by they are mailed to people of the office
    and of its lists of named people, never to a list of the press; a release that is for nobody before its lift goes
    only to the office. Nobody gets a round twice: run the command again after a failure or a crash.
    """
    from pressgen.actions.review.send import ReviewRequest  # noqa: PLC0415 - slow to import
    from pressgen.actions.review.send import send_for_review as make_copies  # noqa: PLC0415 - as above

    found = resolve_workspace(workspace, [release])
    posted: list[Posted] = []
    errand = ReviewRequest(to, who, out or found.root / "dist", _make_mail_options(by, posted) if by else None)
    with explain_refusal("No copies were made or sent", found, release):
        made = make_copies(found, release, errand, datetime.now(UTC))
    for path in made:
        echo(format_path(path))
    for each in posted:
        if each.outcome == "ok":
            echo(f"{each.address}: {each.channel}, {each.detail}")
    if by and not posted:
        echo("everybody named has these copies already")
    if problems := [build_delivery_problem(each) for each in posted if each.outcome != "ok"]:
        raise InputError(problems)


def _make_mail_options(channel: str, posted: list[Posted]) -> ReviewMailOptions:
    from pressgen.actions.review.mail_copies import ReviewMailOptions  # noqa: PLC0415 - slow to import

    return ReviewMailOptions(channel=channel, clock=lambda: datetime.now(UTC), tell=posted.append)


@review.command(
    epilog="""\b
Examples:
  pressgen review receive marked-up.docx --as writer             asks about each, on a terminal
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

    FILES are Word files and PDFs. Each change has its place in the release: tracked or untracked changes, comments,
    paragraphs that were moved, split, joined, added or removed, in files from Word and other programs, even if all our
    marks in them are gone. Every changed word is reported; anything that pressgen cannot place is listed separately. On
    a PDF, strike-outs, replacements and insertions are changes, any other mark is a remark. Nothing is written to the
    release unless you accept it; what is neither accepted nor refused waits, and pressgen status shows it.
    """
    choosing = everything or bool(accept or everywhere or refuse)
    if ask and (choosing or shape == "json"):
        raise UsageError("--ask asks about each; leave out --apply, --accept, --everywhere, --refuse and --format json")
    if (accept or everywhere or refuse) and len(files) > 1:
        raise UsageError("numbers are of one file; give --accept, --everywhere and --refuse with a single FILE")
    if ask is None:
        ask = not choosing and shape == "text" and sys.stdin.isatty() and sys.stdout.isatty()
    found = resolve_workspace(workspace, [file.parent for file in files])
    results, problems = _read_files(found, files)
    if shape == "json":
        echo_json(
            json.dumps([to_json_object(each) for one in results for each in one.told], indent=2, ensure_ascii=False)
        )
    for one in results:
        if ask:
            _ask(found, one, who)
            continue
        if shape == "text":
            open_only = (None, None) if choosing else (_find_shared_values(found, one), _find_decided(found, one))
            print_proposals(one, *open_only)
        if choosing:
            typed = DecisionOptions(everything, accept, everywhere, refuse, reason)
            _apply(found, one, typed.decision_on(one, who), quiet=shape == "json")
        else:
            _record_receipt(found, one, who)
    if problems:
        raise InputError(problems)


@review.command(
    epilog="""\b
Examples:
  pressgen review reply marked-up.docx                  writes marked-up-reply.docx
  pressgen review reply marked-up.pdf                   prints a letter
  pressgen review reply marked-up.docx --format text --out letter.txt"""
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--format", "shape", type=click.Choice(["docx", "text"]), help="The editor's own Word file, or a letter.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Where to write; otherwise beside FILE.")
@workspace_option
def reply(file: Path, shape: Literal["docx", "text"] | None, out: Path | None, workspace: Path | None) -> None:
    """Write an answer to the editor who sent FILE.

    It says what became of each change and remark, and why. In Word, accepted changes are text, refused ones stay with a
    remark that says why, and remarks have an answer in their thread. A PDF is answered by a letter. What nobody has
    decided yet is marked as open. The decisions come from the ledger, where pressgen review receive records them.
    """
    from pressgen.actions.review.reply import compose_reply as answer  # noqa: PLC0415 - slow to import
    from pressgen.actions.review.reply import save_reply  # noqa: PLC0415 - as above

    found = resolve_workspace(workspace, [file.parent])
    with explain_refusal("No reply was written", found):
        made = answer(found, file.resolve(), shape, datetime.now(UTC))
    if made.shape == "text" and out is None:
        echo(made.content.decode(), nl=False)
        return
    path = out or file.with_name(f"{file.stem}-reply.docx")
    save_reply(made, path.resolve())
    accepted, refused, left = made.counts
    echo(f"{format_path(path)}: {accepted} accepted, {refused} refused, {left} open")


def _read_files(workspace: Workspace, files: Collection[Path]) -> tuple[list[ReceivedCopy], list[Problem]]:
    """Return what the files propose, and the problems of unreadable ones."""
    from pressgen.actions.review.receive import read_returned_copy  # noqa: PLC0415 - slow to import

    problems: list[Problem] = []
    results: list[ReceivedCopy] = []
    for file in files:
        try:
            results.append(read_returned_copy(workspace, file.resolve()))
        except InputError as refusal:
            problems += refusal.problems
    return results, problems


def _ask(workspace: Workspace, one: ReceivedCopy, who: str | None) -> None:
    """Ask about undecided proposals, and accepted ones missing from the release."""
    from pressgen.actions.review.accept import find_missing  # noqa: PLC0415 - slow to import
    from pressgen.actions.review.copy_records import identify_reviewer  # noqa: PLC0415
    from pressgen.actions.review.decisions import ReviewDecision, list_open_proposals, read_verdicts  # noqa: PLC0415 - slow to import
    from pressgen.cli.asking import ask_about_proposals  # noqa: PLC0415 - only a person who is asked wants it

    identify_reviewer(workspace, who)  # check first: do not ask a hundred questions in vain
    _record_receipt(workspace, one, who)
    decided = read_verdicts(workspace, one)
    missing = find_missing(workspace, one, {number for number, each in decided.items() if each.accepted})
    for number in missing:
        who_did = decided[number].actor
        echo_styled(f"{number}: {who_did} accepted it, but the release does not say it now: decide again", fg="yellow")
    open_ = list_open_proposals(one, decided.keys() - set(missing))
    if not open_:
        echo(f"{one.file}: everything in it has been decided on, and what was accepted stands in the release")
        return
    answers = ask_about_proposals(one, open_, _find_shared_values(workspace, one))
    if answers.accepted or answers.refused:
        decision = ReviewDecision(answers.accepted, answers.refused, who, frozenset(answers.everywhere))
        _apply(workspace, one, decision, quiet=False)


def _find_decided(workspace: Workspace, one: ReceivedCopy) -> dict[int, ProposalVerdict]:
    """Return the verdicts that still hold, by number.

    An accepted change that the release does not say now needs a decision again.
    """
    from pressgen.actions.review.accept import find_missing  # noqa: PLC0415 - slow to import
    from pressgen.actions.review.decisions import read_verdicts  # noqa: PLC0415

    decided = read_verdicts(workspace, one)
    try:
        missing = find_missing(workspace, one, {number for number, each in decided.items() if each.accepted})
    except InputError:  # the release cannot be read, which --apply reports
        return {}
    return {number: each for number, each in decided.items() if number not in missing}


def _find_shared_values(workspace: Workspace, one: ReceivedCopy) -> dict[int, str]:
    """Return why proposals are not applied on their own, by number.

    It is empty if the release cannot be read, which --apply reports.
    """
    from pressgen.actions.review.accept import find_shared_changes  # noqa: PLC0415 - slow to import

    try:
        return find_shared_changes(workspace, one)
    except InputError:
        return {}


def _record_receipt(workspace: Workspace, one: ReceivedCopy, who: str | None) -> None:
    """Record in the ledger that a file came back, if somebody acts."""
    from pressgen.actions.review.copy_records import identify_reviewer  # noqa: PLC0415
    from pressgen.actions.review.decisions import record_return  # noqa: PLC0415 - slow to import

    if who and (actor := identify_reviewer(workspace, who)):
        record_return(workspace, one, actor, datetime.now(UTC))


def _apply(workspace: Workspace, one: ReceivedCopy, decision: ReviewDecision, *, quiet: bool) -> None:
    from pressgen.actions.review.accept import apply_decision  # noqa: PLC0415 - slow to import

    with explain_refusal(f"Nothing of {one.file} was put into the release", workspace):
        applied = apply_decision(workspace, one, decision, datetime.now(UTC))
    print_unapplied_proposals(one, applied.left)
    if applied.file and not quiet:
        echo(f"{format_path(applied.file)}: {len(applied.done)} of {len(decision.accepted)} put in")
    elif applied.done and not quiet:
        echo(f"{one.export.slug}/{one.export.name} says it already: nothing was put in twice")
    if applied.file and applied.merged:
        message = "was saved by somebody else meanwhile; both changes are in it: read it once more"
        echo_styled(f"{format_path(applied.file)}: {message}", err=True, fg="yellow")
