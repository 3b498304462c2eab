"""Copy a ledger into another database, entry for entry.

An example is from SQLite to PostgreSQL.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert, select

from pressgen.errors import InputError, StateError
from pressgen.ledger.index import create_ledger_problem
from pressgen.ledger.ledger import Ledger
from pressgen.ledger.store import open_ledger_database
from pressgen.ledger.tables import ENTRIES, METADATA

if TYPE_CHECKING:
    from sqlalchemy import Connection, Table

PORTION = 50
"""Rows that are copied at a time; a kept file may have megabytes."""


def migrate_ledger(source: str, target: str) -> int:
    """Copy a ledger into another, empty database; return the number of entries.

    Both are given by their addresses. The chain is verified before and after; the source is not changed.

    Raises:
        StateError: the target has entries already.
        InputError: the chain of either is broken; then nothing is copied.
        UsageError, EnvironmentFailureError: as opening a ledger.
    """
    _verify_chain(source)
    taken, given = open_ledger_database(source), open_ledger_database(target)
    try:
        with taken.reading() as reading, given.writing() as writing:
            if writing.execute(select(ENTRIES).limit(1)).first():
                raise StateError("the new database already has a ledger; give an empty database")
            for table in METADATA.sorted_tables:
                _copy_rows(table, reading, writing)
            count = len(writing.execute(select(ENTRIES.c.number)).all())
    finally:
        taken.close()
        given.close()
    _verify_chain(target)
    return count


def _copy_rows(table: Table, reading: Connection, writing: Connection) -> None:
    result = reading.execution_options(yield_per=PORTION).execute(select(table))
    for portion in result.mappings().partitions():
        writing.execute(insert(table), [dict(row) for row in portion])


def _verify_chain(url: str) -> None:
    with Ledger.open(url) as ledger:
        if breach := ledger.verify():
            raise InputError([create_ledger_problem("G01", f"{breach}; nothing was copied")])
