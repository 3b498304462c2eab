"""`pressgen submit`, `clear` and `approve`.

They tie a person's approval to exact files and words.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pressgen.cli.options import as_option, complete_release, resolve_workspace, suggest_actor, workspace_option
from pressgen.cli.refusal_advice import explain_refusal
from pressgen.cli.terminal import echo, echo_styled
from pressgen.errors import UsageError
from pressgen.text.plural import format_count

if TYPE_CHECKING:
    from pressgen.model.standing import Standing

release_argument = click.argument("release", type=click.Path(path_type=Path), shell_complete=complete_release)


@click.command(
    epilog="""\b
Examples:
  pressgen submit releases/river-survey --as writer
  PRESSGEN_AS=writer pressgen submit river-survey

\b
Exit codes: 0 submitted; 1 the checks or the build refuse it; 2 wrong use; 4 it may not change now."""
)
@release_argument
@as_option
@workspace_option
def submit(release: Path, who: str | None, workspace: Path | None) -> None:
    """Submit RELEASE for approval.

    pressgen checks the release and makes it in all formats. The ledger keeps its data, its house and every file by
    their SHA-256, so that exactly what was submitted is approved, issued and published.
    """
    from pressgen.actions.approve.submit import submit_release

    found = resolve_workspace(workspace, [release])
    with explain_refusal("Not submitted", found, release):
        standing = submit_release(found, release, who, datetime.now(UTC))
    files = len(standing.proposed.files) if standing.proposed else 0
    command = _format_command("approve", standing.slug)
    echo(
        f"{standing.reference} is submitted with {format_count(files, 'file')}; somebody else must approve it. Next:"
        f" {command}{suggest_actor(found, 'approver', besides=who)}"
    )


@click.command(
    epilog="""\b
Examples:
  pressgen clear releases/river-survey --speaker okafor --how "by telephone, 14:02" --as writer

\b
Exit codes: 0 recorded; 1 the release cannot be read; 2 wrong use; 4 it may not change now."""
)
@release_argument
@click.option("--speaker", required=True, metavar="ID", help="Whose words: the id of the person in the release.")
@click.option("--how", default="", metavar="TEXT", help="In what way, such as “by mail”.")
@as_option
@workspace_option
def clear(release: Path, speaker: str, how: str, who: str | None, workspace: Path | None) -> None:
    """Record that a speaker has cleared their words in RELEASE.

    What is cleared is the words as printed, figures and all. A word that changes is no longer cleared; a quotation may
    move to another place. `pressgen status RELEASE` shows what is cleared, and what has changed since.
    """
    from pressgen.actions.approve.speaker_clearances import record_clearance

    found = resolve_workspace(workspace, [release])
    with explain_refusal("Not recorded", found, release):
        cleared = record_clearance(found, release, speaker, who, how, datetime.now(UTC))
    for each in cleared:
        echo(f"{speaker} cleared {each.path}: {each.words}")
    echo(f"Recorded in the ledger. See what else is open: {_format_command('status', str(release))}", err=True)


@click.command(
    epilog="""\b
Examples:
  pressgen approve releases/river-survey --as head
  pressgen approve releases/river-survey --as writer --urgent --because "Flood warning, nobody else in reach"
  pressgen approve releases/river-survey --as head --second-look

\b
Exit codes: 0 approved; 1 the checks or the build refuse it; 2 wrong use;
4 it is not submitted, has changed since, or is not yours to approve."""
)
@release_argument
@as_option
@click.option("--urgent", is_flag=True, help="Without a second person, or a submission; somebody else must look later.")
@click.option("--because", metavar="TEXT", help="With --urgent: the reason, for the ledger.")
@click.option("--second-look", is_flag=True, help="Look at what was approved urgently, and stand by it.")
@workspace_option
def approve(
    release: Path, who: str | None, urgent: bool, because: str | None, second_look: bool, workspace: Path | None
) -> None:
    """Approve RELEASE, which somebody else submitted.

    pressgen makes the release again and compares every hash with what was submitted. If anything differs, it names the
    words, the files of the house or the programs that changed, and approves nothing. From then on, `pressgen issue`
    and `pressgen schedule` send and publish exactly those files.
    """
    from pressgen.actions.approve import approve as action

    if urgent != (because is not None):
        raise UsageError("--urgent and --because TEXT go together, because the reason is recorded")
    if urgent and second_look:
        raise UsageError("a second look is not urgent: leave out --urgent")
    found, now = resolve_workspace(workspace, [release]), datetime.now(UTC)
    if second_look:
        with explain_refusal("The second look is not recorded", found, release):
            standing = action.give_second_look(found, release, who, now)
        echo(f"{standing.reference}: the second look is recorded, and nothing else is needed")
        return
    with explain_refusal("Not approved", found, release):
        approval = action.approve_release(found, release, who, now, urgent=because)
    standing = approval.standing
    by = suggest_actor(found, who=who) if approval.unclear else ""
    for each in approval.unclear:
        echo_styled(
            f"{each.called}: words {each.state}; see {_format_command('status', standing.slug)}; once they are cleared:"
            f" pressgen clear {standing.slug} --speaker {each.speaker} --how TEXT{by}",
            err=True,
            fg="yellow",
        )
    owes = f"; it needs a second look: {approval.second_look}" if approval.second_look else ""
    echo(f"{standing.reference} is approved{owes}")
    echo(f"Next: {_suggest_next_commands(standing, now, suggest_actor(found, 'head', who=who))}")


def _suggest_next_commands(standing: Standing, now: datetime, by: str) -> str:
    """Return the commands that send or publish an approved release."""
    slug, version = standing.slug, standing.version
    if standing.correction is not None:
        return f"pressgen correct {slug} --preview{by} shows what would be mailed, then pressgen correct {slug}{by}"
    issue, lift = f"pressgen issue {slug} --list NAME{by}", f"pressgen lift {slug}{by}"
    if version is None or version.hour is None:
        return f"{lift} publishes it, {issue} mails it"
    if version.hour <= now:
        return f"{lift} publishes it: its time has come"
    return f"{issue} mails it under its embargo; pressgen schedule {slug}{by} publishes it when its embargo ends"


def _format_command(command: str, slug: str) -> str:
    return f"pressgen {command} {slug}"
