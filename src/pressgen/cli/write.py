"""`pressgen write`: write a release in Word."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pressgen.cli.findings import print_findings
from pressgen.cli.model_changes import print_changes
from pressgen.cli.options import complete_release, format_path, resolve_workspace, workspace_option
from pressgen.cli.terminal import echo, echo_styled
from pressgen.errors import InputError
from pressgen.text.plural import format_count

if TYPE_CHECKING:
    from pressgen.actions.write.session import TakenSave, WritingSession


@click.command(
    epilog="""\b
Examples:
  pressgen write releases/river-survey
  pressgen write releases/river-survey --comments
  pressgen write releases/river-survey --no-open --once      takes in what was saved, and ends"""
)
@click.argument("release", type=click.Path(path_type=Path), shell_complete=complete_release)
@click.option("--open/--no-open", "opens", default=True, help="Open the copy in the machine's program for Word files.")
@click.option(
    "--comments", is_flag=True, help="After each save, write NAME-comments.docx with the findings as comments."
)
@click.option("--once", is_flag=True, help="Make the copy, or take in what was saved, and end.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Where to write; otherwise dist/.")
@workspace_option
def write(release: Path, opens: bool, comments: bool, once: bool, out: Path | None, workspace: Path | None) -> None:
    """Write RELEASE in Word: each save goes into its release.yaml.

    Makes dist/NAME/writing/NAME.docx in the styles of the house, with prompts for what is empty, opens it, and takes
    every save into the release until Ctrl-C. Type, move and add as you like: a new paragraph “…,” said Dr X becomes a
    quotation. The findings of `pressgen check` follow each save. What has no certain place is named and left alone; so
    is a place that somebody changed in the release too.
    """
    from pressgen.actions.write.session import start_writing

    found = resolve_workspace(workspace, [release])
    session = start_writing(found, release, out or found.root / "dist")
    echo(format_path(session.copy))
    reporter = _SaveReporter(session, comments=comments)
    reporter.take()
    if opens and not once and click.launch(str(session.copy)):
        echo_styled(f"No program opens {format_path(session.copy)} here; open it yourself", err=True, fg="yellow")
    if not once:
        _watch(session, reporter)
        reporter.end()


def _watch(session: WritingSession, reporter: _SaveReporter) -> None:
    """Take in each save until Ctrl-C, and the last one after it."""
    from pressgen.cli.watch_files import stop_on_interrupt, watch_changes

    with stop_on_interrupt() as stopped:
        for changed in watch_changes(session.workspace, [session.copy.parent], stopped):
            if session.copy.absolute() in changed or not changed:
                reporter.take()
        reporter.take(last=True)


class _SaveReporter:
    """A reporter that takes in saves and prints what became of them."""

    def __init__(self, session: WritingSession, *, comments: bool) -> None:
        self._session, self._comments = session, comments
        self._saves = self._changes = 0
        self._told: set[str] = set()
        self._waiting = 0

    def take(self, *, last: bool = False) -> None:
        """Take in the copy as it is now, if it was saved.

        A program may still be writing it: only the last look reports that it cannot be read.
        """
        if not last and not self._session.is_whole():
            return
        try:
            taken = self._session.take_save()
        except InputError as refusal:
            for line in refusal.lines():
                echo_styled(line, err=True, fg="red")
            return
        if taken is not None:
            self._saves += 1
            self._changes += len(taken.changes)
            self._report(taken)

    def _report(self, taken: TakenSave) -> None:
        session = self._session
        echo(f"{session.workspace.shown(session.folder)}: {format_count(len(taken.changes), 'change')} taken in")
        print_changes(taken.changes)
        if taken.merged:
            message = "was saved by somebody else in the meantime; it now has both changes: read it once more"
            echo_styled(f"{session.workspace.shown(session.folder)}: {message}", fg="yellow")
        for each, reason in taken.left:
            line = f"  left alone: “{each.after or each.before}” {reason}"
            if line not in self._told:
                echo_styled(line, fg="yellow")
            self._told.add(line)
        for conflict in taken.waiting:
            echo_styled(f"{conflict.place}: copy and release both changed this; it was {conflict.before}", fg="yellow")
            echo_styled(f"  release: {conflict.now}", fg="yellow")
            echo_styled(f"  copy:    {conflict.wanted}; make both say the same", fg="yellow")
        self._waiting = len(taken.waiting)
        print_findings(session.workspace, [session.folder])
        if self._comments:
            from pressgen.actions.write.comment_copy import write_comment_copy

            echo(format_path(write_comment_copy(session, datetime.now(UTC))))

    def end(self) -> None:
        """Print what the session took in, and what waits."""
        waits = f"; {format_count(self._waiting, 'place')} in conflict" if self._waiting else ""
        echo(f"Took in {format_count(self._changes, 'change')} of {format_count(self._saves, 'save')}{waits}.")
