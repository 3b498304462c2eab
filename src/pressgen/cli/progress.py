"""A progress bar for work that takes more than a moment: on a terminal, and nowhere else."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def progress(total: int) -> Iterator[Callable[[str], None]]:
    """A bar on a terminal, where there is more than one release, with rate and time left; says nothing elsewhere."""
    if total < 2 or not sys.stderr.isatty():  # noqa: PLR2004 - one release is done before a bar is drawn
        yield lambda _: None
        return
    from rich.console import Console  # noqa: PLC0415 - slow to import
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

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
