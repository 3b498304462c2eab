"""`pressgen move`, `correct` and `withdraw`.

They change a release that people already have, and tell those people.
"""

from __future__ import annotations

import shlex
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pressgen.cli.deliveries import make_send_options, report_deliveries
from pressgen.cli.issue_trace import copies_option, password_option, read_copy_options, release_argument
from pressgen.cli.options import as_option, format_path, resolve_workspace, workspace_option
from pressgen.cli.refusal_advice import explain_refusal
from pressgen.cli.terminal import echo
from pressgen.errors import PressgenError
from pressgen.text.plural import format_count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pressgen.actions.workspace.folder import Workspace
    from pressgen.model.event import Sent

because_option = click.option("--because", required=True, metavar="TEXT", help="The reason, which everybody is told.")


@click.command(
    epilog="""\b
Examples:
  pressgen move releases/river-survey --to "2027-03-12 00:01" --because "The minister is late" --as head

\b
Exit codes: 0 moved, and everybody told; 1 the new time contradicts the release, or somebody could not be reached: run
it again; 2 wrong use; 3 the machine lacks something; 4 it has no embargo, or the embargo has ended."""
)
@release_argument
@click.option("--to", required=True, metavar="TIME", help="The new end of the embargo, as 2027-03-12 00:01.")
@click.option(
    "--keep-dates", is_flag=True, help="The dates in the text, and “today”, are right at the new time as well."
)
@because_option
@copies_option
@password_option
@as_option
@workspace_option
def move(  # noqa: PLR0913, PLR0917 - one option each
    release: Path,
    to: str,
    keep_dates: bool,
    because: str,
    copies: bool,
    password_env: str | None,
    who: str | None,
    workspace: Path | None,
) -> None:
    """Move the embargo of RELEASE to an earlier or later time.

    The time is one on the clock that the release's `times` name. pressgen types it into release.yaml, makes every file
    again and approves it in the name of the person who moves it, moves a scheduled lift along, and sends everybody who
    has the release a numbered advisory with the new files. If the text itself says the old time or the old day, or
    “today”, pressgen refuses and changes nothing.
    """
    from pressgen.actions.amend.move import MoveRequest, move_embargo

    found = resolve_workspace(workspace, [release])
    copying = read_copy_options(password_env, marked=copies)
    order = MoveRequest(to=to, because=because, copying=copying, keep_dates=keep_dates)
    with explain_refusal("Not moved, and nobody was told", found, release):
        done = move_embargo(found, release, order, who, make_send_options())
    _finish(found, release, done)


@click.command(
    epilog="""\b
Examples:
  pressgen submit river-survey --as writer && pressgen approve river-survey --as head
  pressgen correct river-survey --preview --as head    what would be mailed, and with which line; nothing is sent
  pressgen correct river-survey --as head
  pressgen correct river-survey --as head --class corrected --line "The survey covered 41 rivers, not 40"

\b
Exit codes: 0 corrected, and everybody told; 1 somebody could not be reached: run it again; 2 wrong use;
3 the newsroom or the machine lacks something; 4 nobody has it, or no correction is approved."""
)
@release_argument
@click.option(
    "--class", "label", type=click.Choice(["corrected", "refile", "repeat"]),
    help="The class of the correction; otherwise what follows from the difference.",
)  # fmt: skip
@click.option("--line", metavar="TEXT", help="The correction line; otherwise it quotes what differs.")
@click.option(
    "--preview", is_flag=False, flag_value="", metavar="[DIR]", type=click.Path(file_okay=False),
    help="Write the mails as files, into DIR or dist/SLUG/preview-correction, and send nothing.",
)  # fmt: skip
@copies_option
@password_option
@as_option
@workspace_option
def correct(  # noqa: PLR0913, PLR0917 - one option each
    release: Path,
    label: str | None,
    line: str | None,
    preview: str | None,
    copies: bool,
    password_env: str | None,
    who: str | None,
    workspace: Path | None,
) -> None:
    """Replace RELEASE with its corrected version, and tell readers.

    First submit and approve the new version. Everybody who has the release gets it with a correction line, made from
    what differs: CORRECTED if a fact does, REFILE for a slip of the pen, REPEAT if no word does. The line names the
    files that are no longer valid. A release that is public is corrected in the newsroom and its feeds, where the line
    stays.
    """
    from pressgen.actions.amend.correct import CorrectionRequest, correct_release, preview_correction
    from pressgen.text.correction import CorrectionClass

    found = resolve_workspace(workspace, [release])
    order = CorrectionRequest(
        label=CorrectionClass(label) if label else None,
        line=line,
        copying=read_copy_options(password_env, marked=copies),
    )
    if preview is not None:
        folder = Path(preview) if preview else None
        with explain_refusal("No preview was written, and nothing was sent", found, release):
            label_, line_, files = preview_correction(found, release, order, who, datetime.now(UTC), folder=folder)
        echo(f"Would be sent as {label_}: {line_}")
        for each in files:
            echo(format_path(each))
        echo(f"{format_count(len(files), 'mail')} written. Nothing was sent, and nothing recorded.")
        return
    with explain_refusal("Not corrected, and nobody was told", found, release):
        done = correct_release(found, release, order, who, make_send_options())
    _finish(found, release, done)


@click.command(
    epilog="""\b
Examples:
  pressgen withdraw releases/river-survey --because "The figures are another survey's" --as head

\b
Exit codes: 0 withdrawn, and everybody told; 1 somebody could not be reached: run it again; 2 wrong use;
3 the newsroom or the machine lacks something; 4 it was never approved."""
)
@release_argument
@because_option
@as_option
@workspace_option
def withdraw(release: Path, because: str, who: str | None, workspace: Path | None) -> None:
    """Withdraw RELEASE for good, and tell everybody who has it.

    pressgen cancels its lift, puts a notice in its place in the newsroom and the feeds, and sends a kill notice to
    everybody who has any version of it, even if they have left the list. The reference cannot be used again.
    """
    from pressgen.actions.amend.withdraw import withdraw_release

    found = resolve_workspace(workspace, [release])
    with explain_refusal("Not withdrawn, and nobody was told", found, release):
        done = withdraw_release(found, release, because, who, make_send_options())
    _finish(found, release, done)


def _finish(workspace: Workspace, release: Path, done: Sequence[Sent]) -> None:
    """Print what was done and what comes next.

    Raises:
        InputError: something did not arrive, or may not have.
    """
    from pressgen.actions.amend.change_report import describe_change

    for line in describe_change(workspace, release, done):
        echo(line)
    report_deliveries(done, partial(_once_more, workspace, release))


def _once_more(workspace: Workspace, release: Path, sent: Sent) -> str:
    """Return the command that sends an uncertain mail once more.

    There is none for a notice alone.
    """
    from pressgen.actions.workspace.office import load_office

    if not sent.files:
        return "by hand"
    lists = {}
    with suppress(PressgenError):  # it was sound a moment ago; report failures in any case
        lists = load_office(workspace).lists
    on = next((name for name, each in lists.items() if sent.recipient in {one.id for one in each.recipients}), "NAME")
    path = shlex.quote(str(release))
    return f"with: pressgen issue {path} --list {on} --again {sent.recipient} --because TEXT"
