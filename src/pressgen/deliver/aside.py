"""Files of a lift that wait on the disk, out of sight, so that at the hour they are only renamed."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from secrets import token_hex
from typing import TYPE_CHECKING

from pressgen.deliver.held import FOLDER, INCOMING, clear, empty, force, held, rename, steps_of, there, told, write

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from pressgen.deliver.outcome import Outcome


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


def set_aside(aside: Path, folder: Path, files: Mapping[str, bytes]) -> Waiting | None:
    """Write `files` for `folder` to the disk under `aside`, so that to publish them is only to rename them.

    Args:
        aside: a folder that nobody else reads; made where it is missing, for its owner only.
        folder: made where it is missing.
        files: as in `publish`.

    Returns: what waits, or None where the two are on different disks.

    Raises:
        OSError: they cannot be written; nothing is left.
    """
    for path in files:
        steps_of(path)
    folder.mkdir(parents=True, exist_ok=True)
    aside.mkdir(mode=0o700, parents=True, exist_ok=True)
    if aside.stat().st_dev != folder.stat().st_dev:
        return None
    with held(os.open(aside, FOLDER)) as handle:
        clear(handle)
    waiting = Waiting(aside / (INCOMING + token_hex(8)), folder, tuple(files))
    waiting.aside.mkdir(mode=0o700)
    with held(os.open(waiting.aside, FOLDER)) as handle:
        try:
            for number, content in enumerate(files.values()):
                write(handle, str(number), content)
        except OSError:
            clear_away(waiting)
            raise
    return waiting


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
        held(os.open(waiting.folder, os.O_RDONLY | os.O_DIRECTORY)) as root,
        held(os.open(waiting.aside, FOLDER)) as aside,
    ):
        for steps in ways:
            there(root, steps, b"")
        rename(aside, root, ways)
    return outcome[0]


def _forced(folder: Path, waiting: Sequence[Waiting]) -> Outcome:
    ways = [steps_of(path) for each in waiting if each.folder == folder for path in each.paths]
    with told(folder, len(ways)) as outcome, held(os.open(folder, os.O_RDONLY | os.O_DIRECTORY)) as root:
        force(root, ways)
    return outcome[0]


def clear_away(waiting: Waiting) -> None:
    """Take away files that wait no more."""
    with suppress(FileNotFoundError):
        with held(os.open(waiting.aside, FOLDER)) as aside:
            empty(aside)
        waiting.aside.rmdir()
