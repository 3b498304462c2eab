"""The rows of the tables as entries and standings, or refused where somebody has touched them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import bindparam, select

from pressgen.errors import Place, Problem, Refused
from pressgen.ledger.chain import Link, digest_of, seal
from pressgen.ledger.tables import ENTRIES, STANDINGS
from pressgen.model.event import Stamp
from pressgen.model.standing import Standing

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row


LAST: Final = select(ENTRIES).order_by(ENTRIES.c.number.desc()).limit(1)
STANDING: Final = select(STANDINGS).where(STANDINGS.c.reference == bindparam("about"))
"""Made once: they are asked for with each mail."""


def last_link(connection: Connection) -> Link | None:
    """The last entry of all, as it was written; None where there is none.

    Raises:
        Refused: it was changed.
    """
    row = connection.execute(LAST).first()
    if row is None:
        return None
    last = Link(*row)
    if digest_of(last.previous, last.entry) != last.digest:
        raise Refused([edited(last.number)])
    return last


def standing_at(connection: Connection, reference: str) -> Standing | None:
    """Where a release stands, None if nothing happened to it."""
    row = standing_row(connection, reference)
    return standing_of(row) if row else None


def standing_row(connection: Connection, reference: str) -> Row[Any] | None:
    """The row that says where a release stands, None if nothing happened to it."""
    return connection.execute(STANDING, {"about": reference}).first()


def standing_of(row: Row[Any]) -> Standing:
    """The standing in a row, whose seal says that nobody else wrote it.

    Raises:
        Refused: it was changed.
    """
    if not is_sealed(row):
        message = f"the standing of {row.reference} was changed by hand; put back a backup of the ledger"
        raise Refused([problem("G01", message)])
    return Standing.from_json(row.standing)


def is_sealed(row: Row[Any]) -> bool:
    """Whether a standing is as it was written."""
    return bool(seal(row.reference, row.standing) == row.seal)


def stamp_of(link: Link) -> Stamp:
    """The entry in a link.

    Raises:
        Refused: it cannot be read.
    """
    try:
        return Stamp.from_json(link.entry)
    except ValueError:
        raise Refused([edited(link.number)]) from None


def edited(number: int) -> Problem:
    """What to say of an entry that is not as it was written."""
    message = f"entry {number} was changed by hand, or written by a later pressgen; see: pressgen history --verify"
    return problem("G01", message)


def problem(code: str, message: str) -> Problem:
    """What to say of the ledger."""
    return Problem(code=code, message=message, place=Place("ledger"))
