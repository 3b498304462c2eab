"""Files of a lift that wait on the disk, hidden from readers.

At the time of the lift they are only renamed.
"""

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
    capture_outcome,
    empty_folder,
    flush_to_disk,
    has_content,
    make_locked_folder,
    move_into_place,
    remove_stale_folders,
    split_path,
    write_private_file,
)
from pressgen.files.atomic import close_on_exit, make_folder

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from pressgen.channels.outcome import DeliveryOutcome


@dataclass(frozen=True, slots=True)
class StagedFiles:
    """Files on the disk, outside the folder where they will appear.

    Attributes:
        staging: the folder that holds them, under numbers.
        folder: the folder where they belong.
        paths: the path of each in that folder, in the order of the numbers.
    """

    staging: Path
    folder: Path
    paths: tuple[str, ...]


class StagingFolder:
    """A folder of this process in which files are staged.

    Folders of dead processes are removed. Close it after use. Its lock shows that we live: the kernel releases it when
    the process ends, however it ends.
    """

    def __init__(self, folder: Path) -> None:
        """Make the staging folder below `folder`.

        `folder` is created for its owner only where it is missing; nobody else reads it.
        """
        self._folder = folder
        self._own: tuple[Path, int] | None = None
        self._opening = threading.Lock()

    def stage(self, folder: Path, files: Mapping[str, bytes]) -> StagedFiles | None:
        """Write `files` to the disk, so that publishing only renames them.

        Args:
            folder: created where it is missing.
            files: as in `publish_files`.

        Returns: the staged files, or None where the two folders are on different disks.

        Raises:
            OSError: they cannot be written; nothing is left.
        """
        for path in files:
            split_path(path)
        make_folder(folder, mode=Access.ALL.folder)
        own = self._open()
        if own.stat().st_dev != folder.stat().st_dev:
            return None
        staged = StagedFiles(own / token_hex(8), folder, tuple(files))
        staged.staging.mkdir(mode=0o700)
        with close_on_exit(os.open(staged.staging, FOLDER)) as handle:
            try:
                for number, content in enumerate(files.values()):
                    write_private_file(handle, str(number), content)
            except OSError:
                remove_staged_files(staged)
                raise
        return staged

    def tidy(self) -> None:
        """Remove what killed processes have left.

        Raises:
            OSError: it cannot be read or written.
        """
        with suppress(FileNotFoundError), close_on_exit(os.open(self._folder, FOLDER)) as handle:
            remove_stale_folders(handle)

    def close(self) -> None:
        """Remove our own folder."""
        with self._opening:
            if self._own is not None:
                with suppress(OSError):  # the next process that tidies removes what is left in it
                    self._own[0].rmdir()
                os.close(self._own[1])
                self._own = None

    def _open(self) -> Path:
        with self._opening:
            if self._own is None:
                make_folder(self._folder, own=True)
                with close_on_exit(os.open(self._folder, FOLDER)) as handle:
                    remove_stale_folders(handle)
                    name, lock = make_locked_folder(handle, INCOMING)
                self._own = self._folder / name, lock
            return self._own[0]


def publish_staged_files(staged: Sequence[StagedFiles]) -> list[DeliveryOutcome]:
    """Rename staged files into place, and return the outcomes.

    Hundreds may wait for one instant: all are renamed before any is flushed to disk.
    """
    outcomes = [_move_into_place(each) for each in staged]
    renamed = [each for each, outcome in zip(staged, outcomes, strict=True) if outcome.ok]
    flushed = {folder: _flush_names(folder, renamed) for folder in {each.folder for each in staged}}
    for each in staged:
        remove_staged_files(each)
    return [outcome if not outcome.ok else flushed[each.folder] for each, outcome in zip(staged, outcomes, strict=True)]


def _move_into_place(staged: StagedFiles) -> DeliveryOutcome:
    ways = [split_path(path) for path in staged.paths]
    with (
        capture_outcome(staged.folder, len(staged.paths)) as outcome,
        close_on_exit(os.open(staged.folder, os.O_RDONLY | os.O_DIRECTORY)) as root,
        close_on_exit(os.open(staged.staging, FOLDER)) as staging,
    ):
        for steps in ways:
            has_content(root, steps, b"", Access.ALL)
        move_into_place(staging, root, ways, Access.ALL)
    return outcome[0]


def _flush_names(folder: Path, staged: Sequence[StagedFiles]) -> DeliveryOutcome:
    ways = [split_path(path) for each in staged if each.folder == folder for path in each.paths]
    with (
        capture_outcome(folder, len(ways)) as outcome,
        close_on_exit(os.open(folder, os.O_RDONLY | os.O_DIRECTORY)) as root,
    ):
        flush_to_disk(root, ways)
    return outcome[0]


def remove_staged_files(staged: StagedFiles) -> None:
    """Remove staged files that are no longer needed."""
    with suppress(FileNotFoundError):
        with close_on_exit(os.open(staged.staging, FOLDER)) as staging:
            empty_folder(staging)
        staged.staging.rmdir()
