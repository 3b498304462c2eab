"""Builds of many releases.

Unchanged ones are skipped at once, the others are built on all cores.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from pressgen.actions.build.incremental import BuildResult, rebuild_release
from pressgen.actions.build.staleness import find_rebuild_reasons
from pressgen.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence
    from pathlib import Path

    from pressgen.actions.build.session import BuildSession


def rebuild_changed(
    run: BuildSession, files: Sequence[Path], jobs: int | None = None
) -> Generator[tuple[Path, BuildResult | InputError]]:
    """Rebuild many releases that changed, and yield each result when ready.

    Unchanged releases are skipped at once; the others are built on all cores.

    Args:
        run: has the request.
        files: the files of the releases.
        jobs: how many processes to use; None for one a core.

    Raises:
        EnvironmentFailureError: a library for PDF is missing on this machine.
    """
    tasks: list[tuple[Path, list[str]]] = []
    for file in files:
        try:
            why = find_rebuild_reasons(run, file)
        except InputError as refusal:
            yield file, refusal
            continue
        if why:
            tasks.append((file, why))
        else:
            yield file, BuildResult()
    workers = min(jobs or os.cpu_count() or 1, len(tasks))
    if workers > 1:
        from pressgen.actions.build.pool import rebuild_in_parallel  # noqa: PLC0415 - one release needs no other process

        yield from rebuild_in_parallel(run, tasks, workers)
        return
    for file, why in tasks:
        try:
            yield file, rebuild_release(run, file, why)
        except InputError as refusal:
            yield file, refusal
