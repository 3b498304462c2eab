"""Carry a ledger over into another database, entry for entry, such as from SQLite to PostgreSQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert, select

from pressgen.errors import Refused, StateForbids
from pressgen.ledger.ledger import Ledger
from pressgen.ledger.rows import problem
from pressgen.ledger.store import open_store
from pressgen.ledger.tables import ENTRIES, METADATA

if TYPE_CHECKING:
    from sqlalchemy import Connection, Table

PORTION = 50
"""Rows that are carried at a time; a kept file may have megabytes."""


def carry(source: str, target: str) -> int:
    """Carry everything in the ledger at the address `source` over to the one at `target`; how many entries.

    The chain is proved before and after; the source stays as it is.

    Raises:
        StateForbids: the target has entries already.
        Refused: the chain of either does not hold; then nothing is carried.
        WrongUse, MachineLacks: as opening a ledger.
    """
    _prove(source)
    taken, given = open_store(source), open_store(target)
    try:
        with taken.reading() as reading, given.writing() as writing:
            if writing.execute(select(ENTRIES).limit(1)).first():
                raise StateForbids("the database that it would be carried to has a ledger already; give an empty one")
            for table in METADATA.sorted_tables:
                _rows(table, reading, writing)
            count = len(writing.execute(select(ENTRIES.c.number)).all())
    finally:
        taken.close()
        given.close()
    _prove(target)
    return count


def _rows(table: Table, reading: Connection, writing: Connection) -> None:
    result = reading.execution_options(yield_per=PORTION).execute(select(table))
    for portion in result.mappings().partitions():
        writing.execute(insert(table), [dict(row) for row in portion])


def _prove(url: str) -> None:
    with Ledger.open(url) as ledger:
        if breach := ledger.verify():
            raise Refused([problem("G01", f"{breach}; nothing was carried over")])
