"""Files of a lift that wait on the disk, out of sight, so that at the hour they are only renamed."""

from __future__ import annotations

import os
import threading
from contextlib import suppress
from dataclasses import dataclass
from secrets import token_hex
from typing import TYPE_CHECKING

from pressgen.channels.safe_folder import (
    FOLDER,
    INCOMING,
    Access,
    clear,
    empty,
    force,
    make_own_folder,
    rename,
    steps_of,
    there,
    told,
    write,
)
from pressgen.files.modes import closing_fd, make_folder

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from pressgen.channels.outcome import Outcome


@dataclass(frozen=True, slots=True)
class Waiting:
    """Files that are on the disk, outside the folder where they will appear.

    Attributes:
        aside: the folder that holds them, under numbers.
        folder: where they belong.
        paths: where each belongs there, in the order of the numbers.
    """

    aside: Path
    folder: Path
    paths: tuple[str, ...]


class Aside:
    """A folder of this process in which files wait; those of processes that died are taken away. Close it.

    Its lock is what says that we live: the kernel lets go of it when the process ends, however it ends.
    """

    def __init__(self, folder: Path) -> None:
        """Have files wait below `folder`, which nobody else reads: made where it is missing, for its owner only."""
        self._folder = folder
        self._own: tuple[Path, int] | None = None
        self._opening = threading.Lock()

    def set_aside(self, folder: Path, files: Mapping[str, bytes]) -> Waiting | None:
        """Write `files` for `folder` to the disk, so that to publish them is only to rename them.

        Args:
            folder: made where it is missing.
            files: as in `publish`.

        Returns: what waits, or None where the two are on different disks.

        Raises:
            OSError: they cannot be written; nothing is left.
        """
        for path in files:
            steps_of(path)
        make_folder(folder, mode=Access.ALL.folder)
        own = self._opened()
        if own.stat().st_dev != folder.stat().st_dev:
            return None
        waiting = Waiting(own / token_hex(8), folder, tuple(files))
        waiting.aside.mkdir(mode=0o700)
        with closing_fd(os.open(waiting.aside, FOLDER)) as handle:
            try:
                for number, content in enumerate(files.values()):
                    write(handle, str(number), content)
            except OSError:
                clear_away(waiting)
                raise
        return waiting

    def tidy(self) -> None:
        """Take away what processes that were killed have left.

        Raises:
            OSError: it cannot be read or written.
        """
        with suppress(FileNotFoundError), closing_fd(os.open(self._folder, FOLDER)) as handle:
            clear(handle)

    def close(self) -> None:
        """Take our own folder away."""
        with self._opening:
            if self._own is not None:
                with suppress(OSError):  # what still waits in it is taken away by the next process that tidies
                    self._own[0].rmdir()
                os.close(self._own[1])
                self._own = None

    def _opened(self) -> Path:
        with self._opening:
            if self._own is None:
                make_folder(self._folder, own=True)
                with closing_fd(os.open(self._folder, FOLDER)) as handle:
                    clear(handle)
                    name, lock = make_own_folder(handle, INCOMING)
                self._own = self._folder / name, lock
            return self._own[0]


def reveal(waiting: Sequence[Waiting]) -> list[Outcome]:
    """Rename the files of each to where they belong, in their order; what became of each.

    Hundreds may wait for one instant: all are renamed before the disk is waited for.
    """
    outcomes = [_renamed(each) for each in waiting]
    there_now = [each for each, outcome in zip(waiting, outcomes, strict=True) if outcome.ok]
    forced = {folder: _forced(folder, there_now) for folder in {each.folder for each in waiting}}
    for each in waiting:
        clear_away(each)
    return [outcome if not outcome.ok else forced[each.folder] for each, outcome in zip(waiting, outcomes, strict=True)]


def _renamed(waiting: Waiting) -> Outcome:
    ways = [steps_of(path) for path in waiting.paths]
    with (
        told(waiting.folder, len(waiting.paths)) as outcome,
        closing_fd(os.open(waiting.folder, os.O_RDONLY | os.O_DIRECTORY)) as root,
        closing_fd(os.open(waiting.aside, FOLDER)) as aside,
    ):
        for steps in ways:
            there(root, steps, b"", Access.ALL)
        rename(aside, root, ways, Access.ALL)
    return outcome[0]


def _forced(folder: Path, waiting: Sequence[Waiting]) -> Outcome:
    ways = [steps_of(path) for each in waiting if each.folder == folder for path in each.paths]
    with told(folder, len(ways)) as outcome, closing_fd(os.open(folder, os.O_RDONLY | os.O_DIRECTORY)) as root:
        force(root, ways)
    return outcome[0]


def clear_away(waiting: Waiting) -> None:
    """Take away files that wait no more."""
    with suppress(FileNotFoundError):
        with closing_fd(os.open(waiting.aside, FOLDER)) as aside:
            empty(aside)
        waiting.aside.rmdir()
