"""Show what a file changed in a release, and ask about conflicts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pressgen.cli.options import format_path
from pressgen.cli.terminal import echo, echo_styled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pressgen.actions.review.rebase_changes import RebaseConflict
    from pressgen.actions.write.merge_models import KeptSide, ModelChange
    from pressgen.actions.write.reimport import UpdatedRelease

SHOWN = 72
"""The most characters of a text in a line."""


def print_update(updated: UpdatedRelease, *, whole: bool) -> None:
    """Print what a release took in from its file.

    With `whole`, print each change; else only how many there are.
    """
    count = len(updated.changes)
    said = (
        f"{count} {'change' if count == 1 else 'changes'} taken in"
        if count
        else "nothing has changed since it was read"
    )
    echo(f"{format_path(updated.path)}: {said}")
    if whole:
        print_changes(updated.changes)
    for each in updated.unclear:
        echo_styled(f"  left alone: {each}; change `links` yourself if that is meant", fg="yellow")
    if updated.merged:
        message = "was saved by somebody else in the meantime; it now has both changes: read it once more"
        echo_styled(f"{format_path(updated.path)}: {message}", err=True, fg="yellow")


def print_changes(changes: Sequence[ModelChange]) -> None:
    """Print a line for each change."""
    for each in changes:
        words = " → ".join(f"“{_shorten(text)}”" for text in (each.before, each.after) if text)
        echo(f"  {each.kind:<8} {each.path}: {words}")


def ask_which_side(conflict: RebaseConflict) -> KeptSide | None:
    """Ask which side of a conflict to keep; None for later."""
    from pressgen.actions.write.merge_models import KeptSide

    echo(f"{conflict.place}: both the file and the release changed this; it was {conflict.before}")
    echo(f"  release: {conflict.now}")
    echo(f"  word:    {conflict.wanted}")
    answer = click.prompt("Keep", type=click.Choice([*map(str, KeptSide), "later"]), default="later")
    return None if answer == "later" else KeptSide(answer)


def _shorten(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"
