"""A progress bar for long work, on a terminal only."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def show_progress(total: int) -> Iterator[Callable[[str], None]]:
    """Show a progress bar on a terminal, for more than one release.

    It gives the rate and the time left. Elsewhere nothing is printed.
    """
    if total < 2 or not sys.stderr.isatty():  # noqa: PLR2004 - one release is done before a bar is drawn
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total, completed=-1, rate="")

        def advance(name: str) -> None:
            speed = next(each.speed for each in bar.tasks if each.id == task)
            bar.update(task, description=name, advance=1, rate=f"{speed:.1f}/s" if speed else "")

        yield advance
