"""Replace several files, all or none, and lose nothing that another program saves meanwhile."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from secrets import token_hex
from typing import TYPE_CHECKING

from pressgen.desk.workspace.bundle import digest
from pressgen.desk.workspace.exchange import OLD, create, exchange, read_settled, sync_folder, write_beside
from pressgen.errors import Place, Problem, Refused

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

PART, SWAP = ".part", ".swap"
"""Ends the name of a file that is being written, and of one that is whole and ready to be swapped."""
SHORT = 16
"""Digits of a digest in the name of a file that is ready to be swapped."""


@dataclass(slots=True)
class Replacement:
    """A file that is to be written: `expected` should stand at `target` (None: nothing), and gives way to `content`.

    Attributes:
        aside: the new file before the swap, the old one after it.
        swapped: whether the swap was made.
    """

    target: Path
    expected: bytes | None
    content: bytes
    aside: Path | None = None
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
            for folder in {step.target.parent for step in steps}:
                sync_folder(folder)
    except BaseException:
        _put_back(steps)
        raise
    if not done:
        _put_back(steps)
    for step in steps:
        if step.aside:
            step.aside.unlink(missing_ok=True)
    return done


def _lay_ready(step: Replacement) -> None:
    """Write the new file beside the old one, and name it so that a later save knows what a kill left behind."""
    name = step.target.name
    step.aside = write_beside(step.target, step.content, f".{name}.{token_hex(8)}{PART}")
    if step.expected is not None:
        both = ".".join(digest(each)[:SHORT] for each in (step.expected, step.content))
        step.aside = step.aside.replace(step.target.with_name(f".{name}.{both}{SWAP}"))


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
    """Take the new files out again; a save that came on top of them stays."""
    for step in reversed(steps):
        if not step.swapped:
            pass
        elif step.expected is None:
            with suppress(FileNotFoundError):
                if step.target.read_bytes() == step.content:
                    step.target.unlink()
        elif step.aside:
            _restore(step.aside, step)
        step.swapped = False
        if step.aside:
            step.aside.unlink(missing_ok=True)


def _restore(old: Path, step: Replacement) -> None:
    try:
        exchange(old, step.target)
        if read_settled(old) != step.content:
            exchange(old, step.target)
    except FileNotFoundError:  # somebody deleted the new file; the old one may hold a save
        with suppress(FileExistsError):
            create(old, step.target)


def recover(target: Path, shown: str) -> None:
    """Clear away what killed saves left beside `target`; call it under the lock.

    A save of somebody's that a swap took out, and that nobody compared before the kill, goes back in its place.

    Raises:
        Refused: the file was saved since, so that a person has to look at both.
        OSError: something cannot be read or deleted.
    """
    for left in target.parent.glob(f".{target.name}.*"):
        if left.name.endswith(PART):
            left.unlink(missing_ok=True)
        elif left.name.endswith((SWAP, SWAP + OLD)):
            content = digest(read_settled(left))[:SHORT]
            expected, new = left.name.removeprefix(f".{target.name}.").split(".")[:2]
            if content not in {expected, new}:
                if not target.exists() or digest(target.read_bytes())[:SHORT] != new:
                    message = "holds what somebody saved when a command was killed; see what of it"
                    message += f" {shown} lacks, delete it, and run the command again"
                    raise Refused([Problem(code="F03", message=message, place=Place(str(left)))])
                exchange(left, target)
            left.unlink(missing_ok=True)
