"""Wait for files to change: `--watch`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pressgen.desk.workspace.folder import Workspace


BEGUN = 1000
"""Milliseconds after which it is said that watching has begun."""


def changes(workspace: Workspace, paths: Sequence[Path]) -> Iterator[set[Path]]:
    """What has changed of the releases at `paths` (or of all), or of a house, each time that something has.

    The first may be empty: what changed before was not seen, and whoever cares looks now. Ends with Ctrl-C.
    """
    from watchfiles import watch  # noqa: PLC0415 - only with --watch

    folders = {each if each.is_dir() else each.parent for each in paths} or {workspace.root / "releases"}
    folders.add(workspace.root / "templates")
    begun = False
    try:
        for found in watch(
            *folders, debounce=50, step=10, rust_timeout=BEGUN, yield_on_timeout=True, raise_interrupt=True
        ):
            if found or not begun:
                yield {Path(path).absolute() for _, path in found}
            begun = True
    except KeyboardInterrupt:
        return
