"""`pressgen check --fix`: show what would change, ask, and change it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from pressgen.cli.terminal import echo, echo_styled
from pressgen.errors import InputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pressgen.actions.check.check import Fix
    from pressgen.actions.workspace.folder import Workspace

COLOURS = {"+": "green", "-": "red", "@": "cyan"}


def offer_fixes(workspace: Workspace, mends: Sequence[Fix], *, ask: bool) -> None:
    """Show the safe fixes as a diff, and apply them if agreed.

    Raises:
        UsageError: it has to ask, and nobody is at the terminal.
        InputError: a file cannot be saved; it and the other files of its release are unchanged.
    """
    from pressgen.actions.check.fix import apply_fixes, format_diff, save_fixes  # noqa: PLC0415 - only with --fix

    files = apply_fixes(mends)
    if not files:
        echo("nothing that is safe to mend", err=True)
        return
    for line in format_diff(files):
        echo_styled(line, fg=COLOURS.get(line[:1]))
    if ask and not sys.stdin.isatty():
        raise UsageError("nothing was changed: say --yes to make these changes without being asked")
    if ask and not click.confirm("Make these changes?"):
        echo("nothing was changed", err=True)
        return
    outcome = save_fixes(workspace, files)
    if outcome.saved:
        echo(f"mended {', '.join(outcome.saved)}", err=True)
    for each in outcome.merged:
        message = "was saved by somebody else meanwhile; both changes are in it: check it again"
        echo_styled(f"{each}: {message}", err=True, fg="yellow")
    if outcome.problems:
        raise InputError(outcome.problems)
