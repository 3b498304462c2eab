"""`pressgen review`: send copies, and reply to what came back."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from pressgen.cli.deliveries import build_delivery_problem
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
from pressgen.cli.refusal_advice import explain_refusal
from pressgen.cli.review_receive import receive
from pressgen.cli.terminal import echo
from pressgen.errors import InputError

if TYPE_CHECKING:
    from pressgen.actions.review.mail_copies import ReviewMailOptions
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
3 a password or a server is not available; 4 the release is not for somebody named."""
)
@click.argument("release", type=click.Path(path_type=Path), shell_complete=complete_release)
@click.option(
    "--to", "to", multiple=True, metavar="ID", shell_complete=complete_reader, help="Whom the copies are for."
)
@click.option(
    "--by",
    metavar="CHANNEL",
    shell_complete=complete_channel,
    help="Mail them by this channel of releases/pressgen.yaml, one mail to each person.",
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
    from pressgen.actions.review.send import ReviewRequest, send_for_review

    found = resolve_workspace(workspace, [release])
    posted: list[Posted] = []
    request = ReviewRequest(to, who, out or found.root / "dist", _make_mail_options(by, posted) if by else None)
    with explain_refusal("No copies were made or sent", found, release):
        made = send_for_review(found, release, request, datetime.now(UTC))
    for path in made:
        echo(format_path(path))
    whom = f" for {', '.join(to)}" if to else ""
    later = "when a file comes back: pressgen review receive FILE"
    echo(
        f"Made the review copies of {made[0].parent.parent.name}{whom}, listed above. Next: "
        + (later if by else f"give the files to the editors, since nothing was mailed without --by; {later}"),
        err=True,
    )
    for each in posted:
        if each.outcome == "ok":
            echo(f"{each.address}: {each.channel}, {each.detail}")
    if by and not posted:
        echo("everybody named already has these copies")
    if problems := [build_delivery_problem(each) for each in posted if each.outcome != "ok"]:
        raise InputError(problems)


def _make_mail_options(channel: str, posted: list[Posted]) -> ReviewMailOptions:
    from pressgen.actions.review.mail_copies import ReviewMailOptions

    return ReviewMailOptions(channel=channel, clock=lambda: datetime.now(UTC), tell=posted.append)


review.add_command(receive)


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
    from pressgen.actions.review.reply import compose_reply, save_reply

    found = resolve_workspace(workspace, [file.parent])
    with explain_refusal("No reply was written", found):
        made = compose_reply(found, file.resolve(), shape, datetime.now(UTC))
    if made.shape == "text" and out is None:
        echo(made.content.decode(), nl=False)
        return
    path = out or file.with_name(f"{file.stem}-reply.docx")
    save_reply(made, path.resolve())
    accepted, refused, left = made.counts
    echo(f"{format_path(path)}: {accepted} accepted, {refused} refused, {left} open")
