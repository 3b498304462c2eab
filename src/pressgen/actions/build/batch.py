"""Many releases: those that are as they were are passed over at once, the others made on all cores."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from pressgen.actions.build.incremental import Renewed, renew
from pressgen.actions.build.staleness import reasons
from pressgen.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence
    from pathlib import Path

    from pressgen.actions.build.session import Run


def renew_all(run: Run, files: Sequence[Path], jobs: int | None = None) -> Generator[tuple[Path, Renewed | Refused]]:
    """What becomes of the releases that `files` hold, each as soon as it is known.

    Args:
        run: what is ordered.
        files: the files of the releases.
        jobs: how many processes to use; None for one a core.

    Raises:
        MachineLacks: a library that PDF needs is not on this machine.
    """
    tasks: list[tuple[Path, list[str]]] = []
    for file in files:
        try:
            why = reasons(run, file)
        except Refused as refusal:
            yield file, refusal
            continue
        if why:
            tasks.append((file, why))
        else:
            yield file, Renewed()
    workers = min(jobs or os.cpu_count() or 1, len(tasks))
    if workers > 1:
        from pressgen.actions.build.pool import shared  # noqa: PLC0415 - one release needs no other process

        yield from shared(run, tasks, workers)
        return
    for file, why in tasks:
        try:
            yield file, renew(run, file, why)
        except Refused as refusal:
            yield file, refusal
