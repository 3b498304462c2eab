"""Wait for files to change: `--watch`."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from pressgen.cli.terminal import echo

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pressgen.actions.workspace.folder import Workspace


BEGUN = 1000
"""Milliseconds after which it is said that watching has begun."""
WATCHING = "watching for changes; press Ctrl-C to stop"
"""What is said once watching has begun and what came before it is done."""


@contextmanager
def stop_on_interrupt() -> Iterator[Event]:
    """An event that the first Ctrl-C sets; the second breaks off, as always.

    Python raises KeyboardInterrupt wherever it is at that moment. In the middle of an import, libraries lose it, or
    the process ends by the signal though it was caught. A Ctrl-C that is ignored (in a shell's background job) stays
    ignored.
    """
    stopped, before = Event(), signal.getsignal(signal.SIGINT)

    def stop(*_: object) -> None:
        stopped.set()
        signal.signal(signal.SIGINT, before)

    if before != signal.SIG_IGN:
        signal.signal(signal.SIGINT, stop)
    try:
        yield stopped
    finally:
        signal.signal(signal.SIGINT, before)


def changes(workspace: Workspace, paths: Sequence[Path], stopped: Event) -> Iterator[set[Path]]:
    """What has changed of the releases at `paths` (or of all), or of a house, each time that something has.

    The first may be empty: what changed before was not seen, and whoever cares looks now; then it is said that watching
    has begun. Ends when `stopped` is set.
    """
    from watchfiles import watch  # noqa: PLC0415 - only with --watch

    folders = {each if each.is_dir() else each.parent for each in paths} or {workspace.root / "releases"}
    folders.add(workspace.root / "templates")
    begun = False
    for found in watch(*folders, debounce=50, step=10, rust_timeout=BEGUN, yield_on_timeout=True, stop_event=stopped):
        if found or not begun:
            yield {Path(path).absolute() for _, path in found}
        if not begun:
            echo(WATCHING, err=True)
        begun = True
