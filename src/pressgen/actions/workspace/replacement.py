"""Replace several files, all or none, and lose nothing that another program saves meanwhile."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass, field
from secrets import token_hex
from typing import TYPE_CHECKING

from pressgen.actions.workspace.bundle import digest
from pressgen.actions.workspace.exchange import OLD, Slot, create, exchange, read_settled, write_beside
from pressgen.actions.workspace.merge import merge_texts
from pressgen.errors import Place, Problem, Refused

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PART, SWAP = ".part", ".swap"
"""Ends the name of a file that is being written, and of one that is whole and ready to be swapped."""
SHORT = 16
"""Digits of a digest in the name of a file that is ready to be swapped."""
ATTEMPTS = 10
"""How often something begins again because a save came in between."""


@dataclass(slots=True)
class Replacement:
    """A file that is to be written: `expected` should stand at `target` (None: nothing), and gives way to `content`.

    Attributes:
        aside: the new file before the swap, the old one after it.
        swapped: whether the swap was made.
    """

    target: Slot
    expected: bytes | None
    content: bytes
    aside: Slot | None = None
    swapped: bool = field(default=False)


def replace_files(steps: Sequence[Replacement]) -> bool:
    """Write the files; False where a save came in between, and everything was put back.

    Raises:
        OSError: one cannot be written; everything was put back.
    """
    try:
        for step in steps:
            _lay_ready(step)
        done = all(_swap(step) for step in steps)
        if done:
            for folder in {step.target.folder for step in steps}:
                os.fsync(folder)
    except BaseException:
        _put_back(steps)
        raise
    if not done:
        _put_back(steps)
    for step in steps:
        if step.aside:
            step.aside.unlink()
    return done


def _lay_ready(step: Replacement) -> None:
    """Write the new file beside the old one, and name it so that a later save knows what a kill left behind."""
    name = step.target.name
    step.aside = write_beside(step.target, step.content, f".{name}.{token_hex(8)}{PART}")
    if step.expected is not None:
        both = ".".join(short_digest(each) for each in (step.expected, step.content))
        ready = step.target.beside(f".{name}.{both}{SWAP}")
        step.aside.rename(ready)
        step.aside = ready


def _swap(step: Replacement) -> bool:
    """Put the new file in place; whether what came out is what was expected."""
    if step.aside is None:
        return False
    try:
        if step.expected is None:
            create(step.aside, step.target)
            step.aside, step.swapped = None, True
            return True
        exchange(step.aside, step.target)
    except (FileExistsError, FileNotFoundError):
        return False
    step.swapped = True
    return read_settled(step.aside) == step.expected


def _put_back(steps: Sequence[Replacement]) -> None:
    """Take the new files out again; a save that came on top of them stays, and so does one that came before."""
    for step in reversed(steps):
        if not step.swapped:
            pass
        elif step.expected is None:
            with suppress(FileNotFoundError):
                if step.target.read() == step.content:
                    step.target.unlink()
        elif step.aside and not _restore(step.aside, step):
            step.aside = None  # `recover` finds it
        step.swapped = False
        if step.aside:
            step.aside.unlink()


def _restore(old: Slot, step: Replacement) -> bool:
    """Put the old file back; False where it holds a save, and another one was made from the new file meanwhile."""
    try:
        exchange(old, step.target)
        if read_settled(old) == step.content:
            return True
        exchange(old, step.target)
    except FileNotFoundError:  # somebody deleted the new file; the old one may hold a save
        with suppress(FileExistsError):
            create(old, step.target)
            return True
    return read_settled(old) in {step.expected, step.content}


def recover(target: Slot, shown: str, bases: Mapping[str, bytes]) -> None:
    """Clear away what earlier saves left beside `target`; call it under the lock.

    A save of somebody's that a swap took out, and that was not put back, is put back, or merged with what stands there.

    Args:
        target: the file.
        shown: the same, as messages show it.
        bases: contents that `target` had before, by the beginning of their digests (`short_digest`).

    Raises:
        Refused: the file was saved since, so that a person has to look at both.
        OSError: something cannot be read or deleted.
    """
    for left in target.neighbours(f".{target.name}."):
        if left.name.endswith(PART):
            left.unlink()
        elif left.name.endswith((SWAP, SWAP + OLD)):
            save = read_settled(left)
            expected, new = left.name.removeprefix(f".{target.name}.").split(".")[:2]
            if short_digest(save) not in {expected, new} and not _bring_back(save, target, bases.get(expected), new):
                message = "holds what somebody saved while a command was saving; see what of it"
                message += f" {shown} lacks, delete it, and run the command again"
                raise Refused([Problem(code="K03", message=message, place=Place(_beside(shown, left.name)))])
            left.unlink()


def short_digest(content: bytes) -> str:
    """The beginning of the digest of a file, as it stands in the name of one that is ready to be swapped."""
    return digest(content)[:SHORT]


def _beside(shown: str, name: str) -> str:
    """The path of a file beside the one that messages call `shown`."""
    return f"{shown.rpartition('/')[0]}/{name}".removeprefix("/") if "/" in shown else name


def _bring_back(save: bytes, target: Slot, base: bytes | None, new: str) -> bool:
    """Have `target` say what somebody saved; False where it was saved since, and the two cannot be merged."""
    for _ in range(ATTEMPTS):
        there = read_settled(target) if target.exists() else None
        if there == save:
            return True
        wanted = save if there is not None and short_digest(there) == new else _merged(base, there, save)
        if there is None or wanted is None:
            return False
        if wanted == there or replace_files([Replacement(target, there, wanted)]):
            return True
    return False


def _merged(base: bytes | None, there: bytes | None, save: bytes) -> bytes | None:
    if base is None or there is None:
        return None
    try:
        found = merge_texts(base.decode(), there.decode(), save.decode())
    except UnicodeDecodeError:
        return None
    return found.encode() if isinstance(found, str) else None
