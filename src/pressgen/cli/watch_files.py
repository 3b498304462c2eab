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
"""Milliseconds after which the message that watching has begun is printed."""
WATCHING = "watching for changes; press Ctrl-C to stop"
"""The message once watching has begun and earlier changes are handled."""


@contextmanager
def stop_on_interrupt() -> Iterator[Event]:
    """Yield an event that the first Ctrl-C sets.

    The second Ctrl-C interrupts as usual.

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


def watch_changes(workspace: Workspace, paths: Sequence[Path], stopped: Event) -> Iterator[set[Path]]:
    """Yield the changed files of releases and houses at each change.

    Without `paths`, all releases are watched.

    The first set may be empty: earlier changes were not seen, so the caller looks once itself; then it prints that
    watching has begun. The iterator ends when `stopped` is set.
    """
    from watchfiles import watch

    folders = {each if each.is_dir() else each.parent for each in paths} or {workspace.root / "releases"}
    folders.add(workspace.root / "templates")
    begun = False
    for found in watch(*folders, debounce=50, step=10, rust_timeout=BEGUN, yield_on_timeout=True, stop_event=stopped):
        if found or not begun:
            yield {Path(path).absolute() for _, path in found}
        if not begun:
            echo(WATCHING, err=True)
        begun = True
