"""The rows of the tables as entries and standings.

Rows that somebody changed are refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import bindparam, select

from pressgen.errors import InputError, Place, Problem
from pressgen.ledger.chain import ChainedEntry, compute_entry_digest, compute_standing_seal
from pressgen.ledger.tables import ENTRIES, STANDINGS
from pressgen.model.event import Stamp
from pressgen.model.standing import Standing

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row


LAST: Final = select(ENTRIES).order_by(ENTRIES.c.number.desc()).limit(1)
STANDING: Final = select(STANDINGS).where(STANDINGS.c.reference == bindparam("about"))
"""Built once: they run with each mail."""


def read_last_entry(connection: Connection) -> ChainedEntry | None:
    """Read the last entry of the ledger; None where it is empty.

    Raises:
        InputError: it was changed.
    """
    row = connection.execute(LAST).first()
    if row is None:
        return None
    last = ChainedEntry(*row)
    if compute_entry_digest(last.previous, last.entry) != last.digest:
        raise InputError([create_altered_entry_problem(last.number)])
    return last


def read_standing(connection: Connection, reference: str) -> Standing | None:
    """Return the standing of a release; None if it has no entries."""
    row = read_standing_row(connection, reference)
    return parse_standing(row) if row else None


def read_standing_row(connection: Connection, reference: str) -> Row[Any] | None:
    """Return the row with a release's standing; None if there is none."""
    return connection.execute(STANDING, {"about": reference}).first()


def parse_standing(row: Row[Any]) -> Standing:
    """Return the standing in a row, if its seal is intact.

    Raises:
        InputError: it was changed.
    """
    if not is_sealed(row):
        message = f"the standing of {row.reference} was changed by hand; put back a backup of the ledger"
        raise InputError([create_ledger_problem("G01", message)])
    return Standing.from_json(row.standing)


def is_sealed(row: Row[Any]) -> bool:
    """Return whether a standing is unchanged since it was written."""
    return bool(compute_standing_seal(row.reference, row.standing) == row.seal)


def parse_entry(link: ChainedEntry) -> Stamp:
    """Return the content of a stored entry.

    Raises:
        InputError: it cannot be read.
    """
    try:
        return Stamp.from_json(link.entry)
    except ValueError:
        raise InputError([create_altered_entry_problem(link.number)]) from None


def create_altered_entry_problem(number: int) -> Problem:
    """Return the problem of an entry that was changed by hand."""
    message = f"entry {number} was changed by hand, or written by a later pressgen; see: pressgen history --verify"
    return create_ledger_problem("G01", message)


def create_ledger_problem(code: str, message: str) -> Problem:
    """Return a problem of the ledger."""
    return Problem(code=code, message=message, place=Place("ledger"))
