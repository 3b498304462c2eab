"""A reader of a release's entries while more are added."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func, select

from pressgen.ledger.chain import ChainedEntry
from pressgen.ledger.index import parse_entry
from pressgen.ledger.tables import ENTRIES

if TYPE_CHECKING:
    from pressgen.ledger.store import LedgerDatabase
    from pressgen.model.event import Stamp

ALL = select(ENTRIES).where(ENTRIES.c.reference == bindparam("about")).order_by(ENTRIES.c.number)
NEWER = select(ENTRIES).where(ENTRIES.c.number > bindparam("seen")).order_by(ENTRIES.c.number)


class EntryFollower:
    """A reader of one release's entries that reads each once.

    Its cost does not grow with the entries read before.
    """

    def __init__(self, store: LedgerDatabase, reference: str) -> None:
        self._store, self._reference = store, reference
        self._seen = 0

    def read(self) -> list[Stamp]:
        """Return the entries that were not read before, first to last."""
        with self._store.reading() as connection:
            if not self._seen:
                rows = connection.execute(ALL, {"about": self._reference}).all()
                self._seen = connection.scalar(select(func.max(ENTRIES.c.number))) or 0
            elif rows := connection.execute(NEWER, {"seen": self._seen}).all():
                self._seen = rows[-1].number
        return [parse_entry(ChainedEntry(*row)) for row in rows if row.reference == self._reference]
