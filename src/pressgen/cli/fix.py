"""`pressgen check --fix`: show what would change, ask, and change it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from pressgen.cli.terminal import echo, secho
from pressgen.errors import Refused, WrongUse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pressgen.actions.check.check import Mend
    from pressgen.actions.workspace.folder import Workspace

COLOURS = {"+": "green", "-": "red", "@": "cyan"}


def offer(workspace: Workspace, mends: Sequence[Mend], *, ask: bool) -> None:
    """Show the safe mends as a difference of the files, and make them if that is agreed.

    Raises:
        WrongUse: it would have to ask, and there is nobody at the terminal.
        Refused: a file cannot be saved; it is as it was, with the others of its release.
    """
    from pressgen.actions.check.fix import difference, mended, save  # noqa: PLC0415 - only with --fix

    files = mended(mends)
    if not files:
        echo("nothing that is safe to mend", err=True)
        return
    for line in difference(files):
        secho(line, fg=COLOURS.get(line[:1]))
    if ask and not sys.stdin.isatty():
        raise WrongUse("nothing was changed: say --yes to make these changes without being asked")
    if ask and not click.confirm("Make these changes?"):
        echo("nothing was changed", err=True)
        return
    outcome = save(workspace, files)
    if outcome.saved:
        echo(f"mended {', '.join(outcome.saved)}", err=True)
    for each in outcome.merged:
        message = "was saved by somebody else meanwhile; both changes are in it: check it again"
        secho(f"{each}: {message}", err=True, fg="yellow")
    if outcome.problems:
        raise Refused(outcome.problems)
