"""Replace several files, all or none.

Nothing is lost that another program saves meanwhile.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass, field
from secrets import token_hex
from typing import TYPE_CHECKING

from pressgen.actions.workspace.bundle import hash_content
from pressgen.actions.workspace.file_exchange import (
    OLD,
    DirectoryEntry,
    exchange_files,
    read_when_idle,
    rename_to_unused_name,
    write_beside,
)
from pressgen.actions.workspace.text_merge import merge_texts
from pressgen.errors import InputError, Place, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PART, SWAP = ".part", ".swap"
"""The endings of the name of a file that is being written, and of one that is complete and ready to be swapped."""
SHORT = 16
"""Digits of a digest in the name of a file that is ready to be swapped."""
ATTEMPTS = 10
"""How often to begin again because another program saved in between."""


@dataclass(slots=True)
class Replacement:
    """A file to be replaced, if it still has the expected content.

    `expected` is the old content of `target` (None: no file), and `content` the new one.

    Attributes:
        aside: the new file before the swap, the old one after it.
        swapped: whether the swap was made.
    """

    target: DirectoryEntry
    expected: bytes | None
    content: bytes
    aside: DirectoryEntry | None = None
    swapped: bool = field(default=False)


def replace_files(steps: Sequence[Replacement]) -> bool:
    """Replace all files, or restore them and return False.

    False means that another program saved one of them in between.

    Raises:
        OSError: one cannot be written; all files were restored.
    """
    try:
        for step in steps:
            _stage_file(step)
        done = all(_swap_file(step) for step in steps)
        if done:
            for folder in {step.target.folder for step in steps}:
                os.fsync(folder)
    except BaseException:
        _roll_back(steps)
        raise
    if not done:
        _roll_back(steps)
    for step in steps:
        if step.aside:
            step.aside.unlink()
    return done


def _stage_file(step: Replacement) -> None:
    """Write the new file under a temporary name.

    It is in the folder of the old one.

    From the name, a later save knows what a killed command left behind.
    """
    name = step.target.name
    step.aside = write_beside(step.target, step.content, f".{name}.{token_hex(8)}{PART}")
    if step.expected is not None:
        both = ".".join(compute_short_digest(each) for each in (step.expected, step.content))
        ready = step.target.beside(f".{name}.{both}{SWAP}")
        step.aside.rename(ready)
        step.aside = ready


def _swap_file(step: Replacement) -> bool:
    """Swap in the new file; return whether the old was as expected."""
    if step.aside is None:
        return False
    try:
        if step.expected is None:
            rename_to_unused_name(step.aside, step.target)
            step.aside, step.swapped = None, True
            return True
        exchange_files(step.aside, step.target)
    except (FileExistsError, FileNotFoundError):
        return False
    step.swapped = True
    return read_when_idle(step.aside) == step.expected


def _roll_back(steps: Sequence[Replacement]) -> None:
    """Restore the old files, keeping any save made by another program."""
    for step in reversed(steps):
        if not step.swapped:
            pass
        elif step.expected is None:
            with suppress(FileNotFoundError):
                if step.target.read() == step.content:
                    step.target.unlink()
        elif step.aside and not _restore_file(step.aside, step):
            step.aside = None  # `recover_interrupted_save` finds it
        step.swapped = False
        if step.aside:
            step.aside.unlink()


def _restore_file(old: DirectoryEntry, step: Replacement) -> bool:
    """Restore the old file; return False if two saves need merging."""
    try:
        exchange_files(old, step.target)
        if read_when_idle(old) == step.content:
            return True
        exchange_files(old, step.target)
    except FileNotFoundError:  # somebody deleted the new file; the old one may hold a save
        with suppress(FileExistsError):
            rename_to_unused_name(old, step.target)
            return True
    return read_when_idle(old) in {step.expected, step.content}


def recover_interrupted_save(target: DirectoryEntry, shown: str, bases: Mapping[str, bytes]) -> None:
    """Clean up what earlier saves left next to a file.

    Call it under the lock. If an earlier save removed another person's save and did not restore it, that save is
    restored, or merged with the present file.

    Args:
        target: the file.
        shown: the same, for messages.
        bases: earlier contents of `target`, by the beginning of their digests (`compute_short_digest`).

    Raises:
        InputError: the file was saved since, so that a person has to look at both.
        OSError: something cannot be read or deleted.
    """
    for left in target.neighbours(f".{target.name}."):
        if left.name.endswith(PART):
            left.unlink()
        elif left.name.endswith((SWAP, SWAP + OLD)):
            save = read_when_idle(left)
            expected, new = left.name.removeprefix(f".{target.name}.").split(".")[:2]
            if compute_short_digest(save) not in {expected, new} and not _restore_save(
                save, target, bases.get(expected), new
            ):
                message = "contains what somebody saved while a command was saving; copy whatever"
                message += f" {shown} does not have, delete it, and run the command again"
                raise InputError(
                    [Problem(code="K03", message=message, place=Place(_format_sibling_path(shown, left.name)))]
                )
            left.unlink()


def compute_short_digest(content: bytes) -> str:
    """Compute the shortened digest that temporary file names contain."""
    return hash_content(content)[:SHORT]


def _format_sibling_path(shown: str, name: str) -> str:
    """Format the path of a neighbouring file, for messages."""
    return f"{shown.rpartition('/')[0]}/{name}".removeprefix("/") if "/" in shown else name


def _restore_save(save: bytes, target: DirectoryEntry, base: bytes | None, new: str) -> bool:
    """Restore another person's save; return False if it cannot be merged."""
    for _ in range(ATTEMPTS):
        there = read_when_idle(target) if target.exists() else None
        if there == save:
            return True
        wanted = (
            save if there is not None and compute_short_digest(there) == new else _merge_contents(base, there, save)
        )
        if there is None or wanted is None:
            return False
        if wanted == there or replace_files([Replacement(target, there, wanted)]):
            return True
    return False


def _merge_contents(base: bytes | None, there: bytes | None, save: bytes) -> bytes | None:
    """Merge two contents with their base; return None on a conflict."""
    if base is None or there is None:
        return None
    try:
        found = merge_texts(base.decode(), there.decode(), save.decode())
    except UnicodeDecodeError:
        return None
    return found.encode() if isinstance(found, str) else None
