"""`pressgen review`."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pressgen.cli.options import as_option, complete_release, shown_path, workspace_of, workspace_option
from pressgen.errors import Problem, Refused, WrongUse

if TYPE_CHECKING:
    from collections.abc import Collection

    from pressgen.desk.reviewing.accept import Decision
    from pressgen.desk.reviewing.receive import Received, Told
    from pressgen.desk.workspace.folder import Workspace

NUMBERS = re.compile(r"(\d+)(?:-(\d+))?")


@click.group(
    epilog="""\b
Example:
  pressgen review send releases/river-survey --to legal
  pressgen review receive river-survey.docx
  pressgen review receive river-survey.docx --accept 1-4 --accept 7"""
)
def review() -> None:
    """Send a release to editors, and bring back what they did to it."""


@review.command(
    epilog="""\b
Examples:
  pressgen review send releases/river-survey
  pressgen review send releases/river-survey --to legal --to minister --out /tmp/copies"""
)
@click.argument("release", type=click.Path(path_type=Path), shell_complete=complete_release)
@click.option("--to", "to", multiple=True, metavar="ID", help="Whom the copy is for; kept in the round's record.")
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), help="Where to write; otherwise dist/ in the workspace."
)
@as_option
@workspace_option
def send(release: Path, to: tuple[str, ...], out: Path | None, who: str | None, workspace: Path | None) -> None:
    """Make review copies of RELEASE: Word that records changes, and PDF with the path of each text in the margin.

    They bear the number of the round; a release that has changed since the last copy begins a new one.
    """
    from pressgen.desk.reviewing.send import Errand  # noqa: PLC0415 - slow to import
    from pressgen.desk.reviewing.send import send as make_copies  # noqa: PLC0415 - as above

    found = workspace_of(workspace, [release])
    errand = Errand(to, who, out or found.root / "dist")
    for path in make_copies(found, release, errand, datetime.now(UTC)):
        click.echo(shown_path(path))


@review.command(
    epilog="""\b
Examples:
  pressgen review receive marked-up.docx
  pressgen review receive marked-up.docx --format json
  pressgen review receive marked-up.docx --apply --refuse 3
  pressgen review receive marked-up.docx --accept 1-4,7"""
)
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--apply", "everything", is_flag=True, help="Put every change of words into the release.")
@click.option("--accept", multiple=True, metavar="N", help="Put only these into the release: 3, 1-4 or 1-4,7.")
@click.option("--refuse", multiple=True, metavar="N", help="With --apply: all but these.")
@click.option("--reason", default="", help="Why, for the ledger.")
@click.option("--format", "shape", type=click.Choice(["text", "json"]), default="text", help="How to tell them.")
@as_option
@workspace_option
def receive(  # noqa: PLR0913, PLR0917 - one option each
    files: tuple[Path, ...], everything: bool, accept: tuple[str, ...], refuse: tuple[str, ...], reason: str,
    shape: str, who: str | None, workspace: Path | None,
) -> None:  # fmt: skip
    """Tell what editors propose in FILES, Word files and PDFs that have come back, each at its place in the release.

    Tracked changes, changes without tracking, comments, paragraphs moved, split, joined, added and taken out are told
    from Word's files and those of other programs, even where all marks in them are gone. What cannot be led back to
    the data is listed with its words; nothing is left out. On a PDF, what strikes, replaces or inserts is a change, any
    other mark a remark. Nothing is written without --apply or --accept.
    """
    from pressgen.desk.reviewing.accept import Decision  # noqa: PLC0415 - slow to import
    from pressgen.desk.reviewing.receive import received  # noqa: PLC0415 - as above

    if refuse and not everything:
        raise WrongUse("--refuse goes with --apply: it takes away from all")
    if (accept or refuse) and len(files) > 1:
        raise WrongUse("numbers are of one file; give --accept and --refuse with a single FILE")
    found = workspace_of(workspace, [file.parent for file in files])
    problems: list[Problem] = []
    results: list[Received] = []
    for file in files:
        try:
            results.append(received(found, file.resolve()))
        except Refused as refusal:
            problems += refusal.problems
    if shape == "json":
        click.echo(json.dumps([_as_data(each) for one in results for each in one.told], indent=2, ensure_ascii=False))
    for one in results:
        if shape == "text":
            _tell(one)
        if everything or accept:
            chosen = _chosen(one, everything=everything, accept=accept, refuse=refuse)
            _apply(found, one, Decision(chosen, who, reason), quiet=shape == "json")
    if problems:
        raise Refused(problems)


def _chosen(one: Received, *, everything: bool, accept: tuple[str, ...], refuse: tuple[str, ...]) -> set[int]:
    """The numbers of the accepted proposals."""
    from pressgen.model.proposal import Kind  # noqa: PLC0415 - slow to import

    changes = {Kind.EDIT, Kind.SPLIT, Kind.JOIN, Kind.MOVE, Kind.DELETE, Kind.ADD}
    whole = {each.number for each in one.told if each.proposal.kind in changes}
    chosen = (whole if everything else set()) | _numbers(accept)
    if unknown := sorted((chosen | _numbers(refuse)) - {each.number for each in one.told}):
        raise WrongUse(f"there is no proposal {unknown[0]}; they are numbered 1 to {len(one.told)}")
    return chosen - _numbers(refuse)


def _numbers(given: Collection[str]) -> set[int]:
    found: set[int] = set()
    for each in (part.strip() for one in given for part in one.split(",")):
        match = NUMBERS.fullmatch(each)
        if match is None:
            raise WrongUse(f"“{each}” is no number; write 3, 1-4 or 1-4,7")
        found.update(range(int(match[1]), min(int(match[2] or match[1]), 1_000_000) + 1))
    return found


def _apply(workspace: Workspace, one: Received, decision: Decision, *, quiet: bool) -> None:
    from pressgen.desk.reviewing.accept import apply  # noqa: PLC0415 - slow to import

    applied = apply(workspace, one, decision, datetime.now(UTC))
    for number, reason in applied.left:
        click.secho(f"{number}: not put in: {reason}", err=True, fg="yellow")
    if applied.file and not quiet:
        click.echo(f"{shown_path(applied.file)}: {len(applied.done)} of {len(decision.accepted)} put in")


def _tell(one: Received) -> None:
    apart = [each for each in one.told if each.proposal.kind.value == "typography"]
    for each in one.told:
        if each not in apart:
            _tell_one(each)
    for notice in one.notices:
        click.secho(f"{one.file}: {notice}", err=True, fg="yellow")
    if apart:
        numbers = ", ".join(str(each.number) for each in apart)
        click.echo(f"{len(apart)} change only quotation marks, dashes or spaces, which pressgen sets itself: {numbers}")
    if not one.told:
        click.echo(f"{one.file}: says what was sent, word for word")


def _tell_one(each: Told) -> None:
    proposal = each.proposal
    by = f"{proposal.author or 'somebody'}, {proposal.date[:16].replace('T', ' ')}" if proposal.tracked else "untracked"
    fields = f" ({', '.join(proposal.fields)})" if proposal.fields else ""
    kind = proposal.mark or proposal.kind.value
    click.echo(f"{each.number:4}  {each.place}  {kind}  {each.path}{fields}  {by}")
    before, after = proposal.before.replace("\n", "¶"), proposal.after.replace("\n", "¶")
    struck = click.style(f"[-{before}-]", fg="red", strikethrough=True) if before else ""
    put = click.style(f"{{+{after}+}}", fg="green", underline=True) if after else ""
    if proposal.kind.value == "comment":
        struck = f"“{before}”: " if before else ""
        put = after
    if struck or put:
        click.echo(f"      {struck}{put}")
    if each.speaker:
        click.echo(f"      words of {each.speaker}: where they were cleared, they must be cleared again")


def _as_data(each: Told) -> dict[str, object]:
    proposal = each.proposal
    return {
        "number": each.number, "kind": proposal.kind.value, "path": each.path, "file": each.place.file,
        "line": each.place.line, "before": proposal.before, "after": proposal.after, "author": proposal.author,
        "date": proposal.date, "tracked": proposal.tracked, "fields": list(proposal.fields),
        "comment": proposal.name if proposal.kind.value == "comment" else "", "answers": proposal.answers,
        "mark": proposal.mark, "speaker": each.speaker,
    }  # fmt: skip
