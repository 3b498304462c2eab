"""Wait for files to change: `--watch`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from pressgen.desk.workspace import Workspace


def changes(workspace: Workspace, paths: Sequence[Path]) -> Iterator[None]:
    """Returns each time that something of the releases at `paths` (or of all), or of a house, has changed.

    Ends with Ctrl-C.
    """
    from watchfiles import watch  # noqa: PLC0415 - only with --watch

    folders = {each if each.is_dir() else each.parent for each in paths} or {workspace.root / "releases"}
    try:
        for _ in watch(*folders, workspace.root / "templates", debounce=50, step=25, raise_interrupt=True):
            yield
    except KeyboardInterrupt:
        return
