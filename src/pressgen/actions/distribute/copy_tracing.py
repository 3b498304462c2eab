"""Find out whose copy a file is.

The evidence is its bytes, the mark hidden in it, or the line on its pages.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from pressgen.errors import InputError, Place, Problem, UsageError, guard_file
from pressgen.model.event import Sent
from pressgen.model.issue_order import ProofSent
from pressgen.model.mark import find_any_mark, find_marks, make_mark

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pressgen.ledger.ledger import Ledger
    from pressgen.model.event import Stamp

LARGEST = 128 * 1024 * 1024
HEAD = 1024
ZIP = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class CopyHolder:
    """A person who received this copy, and the evidence for that.

    Attributes:
        sent: the delivery of it.
        stamp: the ledger's entry of the delivery.
        mark: of the copy.
        by: the evidence: `its bytes`, `the mark hidden in it`, `the line on it`.
    """

    sent: Sent | ProofSent
    stamp: Stamp
    mark: str
    by: str


def trace_copy(ledger: Ledger, path: Path) -> list[CopyHolder]:
    """List the people who received the copy at `path`.

    There are several where copies were combined.

    Raises:
        InputError: it carries no mark of this ledger, or cannot be read.
        UsageError: there is no such file.
    """
    data = _read_file(path)
    with guard_file(str(path)):
        texts = _read_texts(data, str(path))
    copies = {
        make_mark(stamp.event.key): (stamp.event, stamp)
        for stamp in ledger.entries()
        if isinstance(stamp.event, Sent | ProofSent) and stamp.event.recipient
    }
    whose: dict[str, CopyHolder] = {}
    for by, marks in _find_marks(data, texts, copies).items():
        for mark in marks:
            whose.setdefault(mark, CopyHolder(*copies[mark], mark, by))
    if not whose:
        raise InputError([_describe_unmarked_file(texts, str(path))])
    return list(whose.values())


@dataclass(frozen=True, slots=True)
class _FileTexts:
    """The hidden and the printed text of a file.

    Attributes:
        hidden: what no reader sees.
        printed: the text on its pages.
        unread: why not all of it could be read; empty if it could.
    """

    hidden: str
    printed: str
    unread: str = ""


def _find_marks(
    data: bytes, texts: _FileTexts, copies: Mapping[str, tuple[Sent | ProofSent, Stamp]]
) -> dict[str, list[str]]:
    """Return the marks found in a file, by kind of evidence."""
    digest = sha256(data).hexdigest()
    same = [mark for mark, (sent, _) in copies.items() if digest in sent.files.values()]
    return {
        "its bytes": same if len({copies[mark][0].address for mark in same}) == 1 else [],
        "the mark hidden in it": find_marks(texts.hidden, copies),
        "the line on it": find_marks(texts.printed, copies),
    }


def _read_texts(data: bytes, shown: str) -> _FileTexts:
    """Read the hidden and the printed text of a file.

    Raises:
        InputError: it is a damaged Word file.
    """
    if b"%PDF-" in data[:HEAD]:
        from pressgen.pdf.stamp import read_identifiers_and_metadata

        return _FileTexts(read_identifiers_and_metadata(data), *_read_printed_text(data))
    if data.startswith(ZIP):
        from pressgen.word.text import read_all_text, read_bookmarks_and_properties

        return _FileTexts(read_bookmarks_and_properties(data, shown), read_all_text(data, shown))
    return _FileTexts("", data.decode("utf-8", "replace"))


def _read_printed_text(data: bytes) -> tuple[str, str]:
    """Read the printed text of a PDF, or why it is unreadable.

    One of the two is empty.
    """
    import pikepdf

    from pressgen.pdf.drawing_size import check_drawing_size
    from pressgen.pdf.objects import DAMAGED, PdfTooLargeError, describe_damage, open_bounded
    from pressgen.pdf.text import NotAPdfError, read_text

    try:
        with open_bounded(data) as pdf:
            check_drawing_size(pdf)
        return "\n".join(read_text(data)), ""
    except pikepdf.PasswordError:
        return "", "it has a password"
    except PdfTooLargeError as error:
        return "", f"{error} is more than any release has"
    except (NotAPdfError, *DAMAGED) as error:
        return "", f"it is damaged: {describe_damage(error)}"


def _read_file(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror})") from None
    if len(data) > LARGEST:
        message = f"is larger than {LARGEST // 1024 // 1024} MB, which no release is; give the file that you were sent"
        raise InputError([Problem(code="D01", message=message, place=Place(str(path)))])
    return data


def _describe_unmarked_file(texts: _FileTexts, shown: str) -> Problem:
    if other := find_any_mark(texts.printed) or find_any_mark(texts.hidden):
        message = f"has the mark {other}, which is not in this ledger: it was mistyped, or another office sent the file"
    elif texts.unread:
        message = (
            f"has no mark, and its pages cannot be read ({texts.unread}); open it in a PDF reader,"
            " look for the line at the foot of its pages, and give trace a text file with that line"
        )
    else:
        message = "has no mark: it is the file that everybody got, or somebody removed the mark"
    return Problem(code="D02", message=message, place=Place(shown))
