"""`pressgen issue` and `trace`: send copies, and find out whose one is."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pressgen.cli.deliveries import make_send_options, report_deliveries
from pressgen.cli.options import (
    as_option,
    complete_list,
    complete_release,
    resolve_workspace,
    suggest_actor,
    workspace_option,
)
from pressgen.cli.refusal_advice import explain_refusal, format_rerun_command
from pressgen.cli.terminal import echo, echo_styled
from pressgen.errors import InputError, Place, Problem, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pressgen.actions.distribute.issue_plan import IssueRequest
    from pressgen.actions.distribute.reader_copies import CopyOptions
    from pressgen.actions.workspace.folder import Workspace
    from pressgen.model.event import Sent
    from pressgen.model.standing import Bounce, Standing

copies_option = click.option(
    "--copies", is_flag=True, help="Mark each copy as its reader's: a line on every page, a hidden mark. See trace."
)
password_option = click.option(
    "--password-env", metavar="NAME",
    help="Lock each PDF with the password in this environment variable; nothing else goes along then.",
)  # fmt: skip
release_argument = click.argument("release", type=click.Path(path_type=Path), shell_complete=complete_release)


@click.command(
    epilog="""\b
Examples:
  pressgen issue releases/river-survey --list national --as head
  pressgen issue releases/river-survey --list national --copies --as head
  pressgen issue releases/river-survey --list national --again daily --because "Deleted by mistake" --as head
  COPY_WORD=… pressgen issue releases/river-survey --list ministers --password-env COPY_WORD --as head
  pressgen issue releases/river-survey --list national --preview --as head   the mails as files; nothing is sent
  pressgen issue releases/river-survey --list national --to-me --as head
  pressgen issue releases/river-survey --list national --at-issue-time --as head

\b
Exit codes: 0 everybody on the list was sent it, and no mail is known to have come back; 1 somebody has not got it, or
may not have; 2 wrong use;
3 a password or a server is not available; 4 it is not approved, not for these people, or its embargo has ended."""
)
@release_argument
@click.option("--list", "list_", required=True, metavar="NAME", shell_complete=complete_list, help="To whom.")
@click.option("--note", metavar="TEXT", help="Say this above the release; @FILE: what the file says; '': no note.")
@click.option("--again", metavar="ID", help="Send it once more to this one reader of the list, with --because.")
@click.option("--because", metavar="TEXT", help="With --again: why, for the ledger.")
@click.option(
    "--preview", is_flag=False, flag_value="", metavar="[DIR]", type=click.Path(file_okay=False),
    help="Write the mails as files, for you alone, into DIR or a folder below dist/; send and record nothing.",
)  # fmt: skip
@click.option("--at-issue-time", is_flag=True, help="Have a worker send it at the release's own time of issue.")
@click.option("--to-me", is_flag=True, help="Send one mail of it to yourself, as a proof, and nobody else.")
@copies_option
@password_option
@as_option
@workspace_option
def issue(  # noqa: PLR0913, PLR0917 - one option each
    release: Path, list_: str, note: str | None, again: str | None, because: str | None, preview: str | None,
    to_me: bool, at_issue_time: bool, copies: bool, password_env: str | None, who: str | None, workspace: Path | None,
) -> None:  # fmt: skip
    """Send the approved RELEASE to the people on a mailing list.

    Each person on the list, in releases/pressgen.yaml, gets a mail of their own with the whole text, PDF and Word; the
    embargo is in its subject and first line. Nobody gets it twice: run the command again after a failure, and it goes
    to those who have not had it. The release's `audience` decides who may get it, and not the embargo banner.
    """
    from pressgen.actions.distribute import issue as action
    from pressgen.actions.distribute.issue_plan import IssueRequest

    if (again is None) != (because is None):
        raise UsageError("--again ID and --because TEXT go together")
    found = resolve_workspace(workspace, [release])
    marking = read_copy_options(password_env, marked=copies)
    order = IssueRequest(list_, marking, note=_read_note(note), again=again or "", because=because or "")
    if sum([preview is not None, to_me, at_issue_time, again is not None]) > 1:
        raise UsageError("--preview, --to-me, --at-issue-time and --again each go alone")
    if at_issue_time:
        _order_issue(found, release, order, who)
        return
    if early := action.describe_early_issue(found, release, datetime.now(UTC)):
        echo_styled(f"{early}; --at-issue-time has a worker send it then", err=True, fg="yellow")
    if preview is not None or to_me:
        _preview_issue(found, release, order, who, preview)
        return
    with explain_refusal("Not issued, and nothing was sent", found, release):
        done = action.issue_release(found, release, order, who, make_send_options())
    standing = action.read_standing(found, release)
    if done and standing.issued_at is None:
        echo(f"Not issued: nothing arrived. {len(done)} failed; {release} is still approved.")
    back = [] if again else action.find_bounced_mails(found, release, list_)
    came_back = [_build_bounce_problem(each, release, list_) for each in back]
    report_deliveries(done, partial(_once_more, again), nobody=_explain_nobody_left(list_, back), also=came_back)
    if done and not again:
        echo(f"{standing.reference} is issued to “{list_}”.{_suggest_lift(found, standing, who)}")


def _suggest_lift(workspace: Workspace, standing: Standing, who: str | None) -> str:
    """Say how an issued release becomes public, where that is open."""
    from pressgen.model.standing import PUBLIC_STATES

    if standing.state in PUBLIC_STATES:
        return ""
    by = suggest_actor(workspace, "head", who=who)
    if standing.version is None or standing.version.hour is None:
        return f" Next: pressgen lift {standing.slug}{by} publishes it"
    if standing.scheduled:
        return " Its lift is scheduled."
    return f" Next: pressgen schedule {standing.slug}{by} publishes it when its embargo ends"


def _once_more(again: str | None, sent: Sent) -> str:
    """Return the command that sends an uncertain mail once more."""
    return f"with: {format_rerun_command()}" + ("" if again else f" --again {sent.recipient} --because TEXT")


def _explain_nobody_left(name: str, back: Sequence[Bounce]) -> str:
    """Return the message that nobody on a list is left."""
    return f"everybody on “{name}” {'had already been sent it' if back else 'has it already'}"


def _build_bounce_problem(bounce: Bounce, release: Path, name: str) -> Problem:
    """Return the problem that a mail came back, or is delayed."""
    why = bounce.reason or "no reason was given"
    if not bounce.final:
        message = f"may not have it: when last known, on {bounce.at:%Y-%m-%d}, a server was still trying: {why}"
        return Problem(code="D03", message=message, place=Place(bounce.address))
    message = (
        f"did not get it: the mail was returned: {why}; put the address right (pressgen lists replace), or send it once"
        f" more: pressgen issue {release} --list {name} --again {bounce.recipient} --because TEXT"
    )
    return Problem(code="D03", message=message, place=Place(bounce.address))


def _order_issue(workspace: Workspace, release: Path, order: IssueRequest, who: str | None) -> None:
    """Order a worker to issue the release at its time of issue."""
    from pressgen.actions.approve.standing_checks import find_time_zone, format_instant
    from pressgen.actions.publish.scheduled_issues import schedule_issue

    with explain_refusal("Not ordered: it will not be issued at its time of issue", workspace, release):
        standing = schedule_issue(workspace, release, order, who, datetime.now(UTC))
    if standing.issue_at is not None:
        at = format_instant(standing.issue_at, find_time_zone(standing))
        echo(
            f"{standing.reference} will be issued to “{order.list}” on {at}, if a worker is running then"
            " (pressgen worker);"
            f" to cancel: pressgen unschedule {standing.slug} --list {order.list} --because TEXT"
            f"{suggest_actor(workspace, 'head', who=who)}"
        )


def cancel_order(workspace: Workspace, release: Path, name: str, who: str | None, because: str) -> None:
    """Cancel the order to issue a release to a list."""
    from pressgen.actions.publish.scheduled_issues import cancel_scheduled_issue

    with explain_refusal("Not cancelled: it will still be issued at its time of issue", workspace, release):
        standing = cancel_scheduled_issue(workspace, release, name, who, because, datetime.now(UTC))
    echo(f"{standing.reference} is not issued to “{name}” at its time of issue; its lift does not change")


def _preview_issue(
    workspace: Workspace, release: Path, order: IssueRequest, who: str | None, folder: str | None
) -> None:
    """Write the mails to a folder, or send a proof.

    The proof goes to the person who acts.

    Raises:
        InputError: the proof did not arrive.
    """
    from pressgen.actions.distribute import preview as action
    from pressgen.actions.distribute.issue import find_bounced_mails

    now = datetime.now(UTC)
    if folder is None:
        with explain_refusal("No proof was sent", workspace, release):
            proof = action.send_proof(workspace, release, order, who, now)
        if proof.outcome != "ok":
            raise InputError([Problem(code="D03", message=f"no proof: {proof.detail}", place=Place(proof.address))])
        echo(f"{proof.address}: proof of the mail to “{order.list}”, {proof.detail}; it was sent to nobody else")
        return
    with explain_refusal("No preview was written, and nothing was sent", workspace, release):
        made = action.preview_issue(workspace, release, order, who, now, folder=Path(folder) if folder else None)
    for file in made.files:
        echo(file)
    for channel in made.channels:
        echo(f"The channel “{channel}” would get the files as well; a preview has mails only.", err=True)
    if made.files:
        echo("Nothing was sent. Only the Date will differ, and PDFs that are locked with a password.", err=True)
    elif made.channels:
        echo("Nothing was sent. No mail would be sent.", err=True)
    else:
        back = find_bounced_mails(workspace, release, order.list)
        echo(f"{_explain_nobody_left(order.list, back)}: nothing would be sent")


@click.command(
    epilog="""\b
Examples:
  pressgen trace leaked.pdf
  pressgen trace quoted.txt

\b
Exit codes: 0 told; 1 it carries no mark of this office; 2 there is no such file."""
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@workspace_option
def trace(file: Path, workspace: Path | None) -> None:
    """Find out whose copy FILE is: a PDF, a Word file, or text.

    The reader is known by the mark hidden in the file or by the line on its pages, `Copy 7K3F-9QXM-4T2C`. A PDF may be
    a page that was printed to PDF; in a text file, that line alone is enough. pressgen does not read a picture of a
    page: type the line into a text file.
    """
    from pressgen.actions.distribute.copy_tracing import trace_copy
    from pressgen.actions.workspace.office import open_ledger

    with open_ledger(resolve_workspace(workspace, [file])) as ledger:
        for each in trace_copy(ledger, file):
            echo(
                f"{file}: the copy {each.mark} of {each.sent.recipient} ({each.sent.address}),"
                f" {each.stamp.reference}, sent {each.stamp.at:%Y-%m-%d %H:%M} UTC; identified by {each.by}"
            )


def read_copy_options(password_env: str | None, *, marked: bool) -> CopyOptions:
    """Return how to mark and lock copies.

    The password is read from the environment.
    """
    import os

    from pressgen.actions.distribute.reader_copies import CopyOptions, check_password
    from pressgen.channels.credentials import read_secret_from_environment

    if password_env is None:
        return CopyOptions(marked=marked)
    return CopyOptions(
        marked=True, password=check_password(read_secret_from_environment(password_env, os.environ, "the copies"))
    )


def _read_note(text: str | None) -> str | None:
    """Return the covering note, from its file if one is named."""
    from pressgen.actions.distribute.covering_note import FILE, check_note
    from pressgen.actions.workspace.read_files import LARGEST
    from pressgen.files.within import read_user_file

    if text is None or not text.startswith(FILE):
        return None if text is None else check_note(text)
    try:
        return check_note(read_user_file(Path(text.removeprefix(FILE)), LARGEST).decode("utf-8-sig"))
    except (OSError, UnicodeDecodeError) as fault:
        why = fault.strerror if isinstance(fault, OSError) else "it is not UTF-8"
        raise UsageError(f"--note: {text.removeprefix(FILE)} cannot be read: {why}") from None
