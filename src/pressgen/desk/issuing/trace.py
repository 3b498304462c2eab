"""Whose copy a file is: by its bytes, by the mark hidden in it, by the line on its pages, or by that line alone."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from pressgen.errors import Place, Problem, Refused, WrongUse
from pressgen.model.event import Sent
from pressgen.model.mark import found, mark_of, strange

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pressgen.ledger.ledger import Ledger
    from pressgen.model.event import Stamp

LARGEST = 128 * 1024 * 1024
HEAD = 1024
ZIP = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class Whose:
    """Somebody whose copy a file is.

    Attributes:
        sent: the sending of it.
        stamp: the ledger's entry of that.
        mark: of the copy.
        by: how it was known: `its bytes`, `the mark hidden in it`, `the line on it`.
    """

    sent: Sent
    stamp: Stamp
    mark: str
    by: str


def trace(ledger: Ledger, path: Path) -> list[Whose]:
    """Those whose copy the file at `path` is: one, or more where copies were put together.

    Raises:
        Refused: it carries no mark of this ledger, or cannot be read.
        WrongUse: there is no such file.
    """
    data = _read(path)
    copies = {
        mark_of(stamp.event.key): (stamp.event, stamp)
        for stamp in ledger.entries()
        if isinstance(stamp.event, Sent) and stamp.event.recipient
    }
    whose: dict[str, Whose] = {}
    for by, marks in _known(data, str(path), copies).items():
        for mark in marks:
            whose.setdefault(mark, Whose(*copies[mark], mark, by))
    if not whose:
        raise Refused([_unknown(data, str(path))])
    return list(whose.values())


def _known(data: bytes, shown: str, copies: Mapping[str, tuple[Sent, Stamp]]) -> dict[str, list[str]]:
    """The marks found, by how they were."""
    digest = sha256(data).hexdigest()
    same = [mark for mark, (sent, _) in copies.items() if digest in sent.files.values()]
    inside, printed = _texts(data, shown)
    return {
        "its bytes": same if len({copies[mark][0].address for mark in same}) == 1 else [],
        "the mark hidden in it": found(inside, copies),
        "the line on it": found(printed, copies),
    }


def _texts(data: bytes, shown: str) -> tuple[str, str]:
    """What is hidden in a file, and what can be read in it."""
    if b"%PDF-" in data[:HEAD]:
        from pressgen.pdf.stamp import hidden  # noqa: PLC0415 - each kind's libraries come with it
        from pressgen.pdf.text import NotAPdf, read_text  # noqa: PLC0415

        try:
            return hidden(data), "\n".join(read_text(data))
        except NotAPdf:
            return hidden(data), ""
    if data.startswith(ZIP):
        from pressgen.ooxml.stamp import lines, marks  # noqa: PLC0415

        return marks(data, shown), lines(data, shown)
    return "", data.decode("utf-8", "replace")


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise WrongUse(f"{path}: cannot be read ({error.strerror})") from None
    if len(data) > LARGEST:
        message = f"is larger than {LARGEST // 1024 // 1024} MB: no release of ours is"
        raise Refused([Problem(code="D01", message=message, place=Place(str(path)))])
    return data


def _unknown(data: bytes, shown: str) -> Problem:
    inside, printed = _texts(data, shown)
    other = strange(printed) or strange(inside)
    message = (
        f"carries the mark {other}, which is not in this ledger: mistyped, or another office's"
        if other
        else "carries no mark: it is the common file that everybody got, or the line was taken off"
    )
    return Problem(code="D02", message=message, place=Place(shown))
