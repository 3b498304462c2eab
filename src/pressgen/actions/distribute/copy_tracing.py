"""Whose copy a file is: by its bytes, by the mark hidden in it, by the line on its pages, or by that line alone."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from pressgen.errors import Place, Problem, Refused, WrongUse, guard_file
from pressgen.model.event import Sent
from pressgen.model.issue_order import ProofSent
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

    sent: Sent | ProofSent
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
    with guard_file(str(path)):
        texts = _texts(data, str(path))
    copies = {
        mark_of(stamp.event.key): (stamp.event, stamp)
        for stamp in ledger.entries()
        if isinstance(stamp.event, Sent | ProofSent) and stamp.event.recipient
    }
    whose: dict[str, Whose] = {}
    for by, marks in _known(data, texts, copies).items():
        for mark in marks:
            whose.setdefault(mark, Whose(*copies[mark], mark, by))
    if not whose:
        raise Refused([_unknown(texts, str(path))])
    return list(whose.values())


@dataclass(frozen=True, slots=True)
class _Texts:
    """What can be read in a file.

    Attributes:
        hidden: what no reader sees.
        printed: what stands on its pages.
        unread: why not all of it could be read; empty if it could.
    """

    hidden: str
    printed: str
    unread: str = ""


def _known(data: bytes, texts: _Texts, copies: Mapping[str, tuple[Sent | ProofSent, Stamp]]) -> dict[str, list[str]]:
    """The marks found, by how they were."""
    digest = sha256(data).hexdigest()
    same = [mark for mark, (sent, _) in copies.items() if digest in sent.files.values()]
    return {
        "its bytes": same if len({copies[mark][0].address for mark in same}) == 1 else [],
        "the mark hidden in it": found(texts.hidden, copies),
        "the line on it": found(texts.printed, copies),
    }


def _texts(data: bytes, shown: str) -> _Texts:
    """What is hidden in a file, and what can be read in it.

    Raises:
        Refused: it is a damaged Word file.
    """
    if b"%PDF-" in data[:HEAD]:
        from pressgen.pdf.stamp import hidden  # noqa: PLC0415 - each kind's libraries come with it

        return _Texts(hidden(data), *_printed(data))
    if data.startswith(ZIP):
        from pressgen.word.personal_copy import lines, marks  # noqa: PLC0415

        return _Texts(marks(data, shown), lines(data, shown))
    return _Texts("", data.decode("utf-8", "replace"))


def _printed(data: bytes) -> tuple[str, str]:
    """What stands on the pages of a PDF, and why that cannot be read; one of the two is empty."""
    import pikepdf  # noqa: PLC0415 - as in _texts

    from pressgen.pdf.drawing_size import refuse_too_much_drawing  # noqa: PLC0415
    from pressgen.pdf.objects import DAMAGED, TooMuch, describe_damage, open_bounded  # noqa: PLC0415
    from pressgen.pdf.text import NotAPdf, read_text  # noqa: PLC0415

    try:
        with open_bounded(data) as pdf:
            refuse_too_much_drawing(pdf)
        return "\n".join(read_text(data)), ""
    except pikepdf.PasswordError:
        return "", "it has a password"
    except TooMuch as error:
        return "", f"{error} is beyond any release"
    except (NotAPdf, *DAMAGED) as error:
        return "", f"it is damaged: {describe_damage(error)}"


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


def _unknown(texts: _Texts, shown: str) -> Problem:
    if other := strange(texts.printed) or strange(texts.hidden):
        message = f"carries the mark {other}, which is not in this ledger: mistyped, or another office's"
    elif texts.unread:
        message = (
            f"shows no mark, and its pages cannot be read ({texts.unread}); open it in a PDF reader,"
            " look for the line at the foot of its pages, and give trace a text file with that line"
        )
    else:
        message = "carries no mark: it is the common file that everybody got, or the line was taken off"
    return Problem(code="D02", message=message, place=Place(shown))
