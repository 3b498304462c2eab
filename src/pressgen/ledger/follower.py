"""Read what happens to a release while it goes on, each entry once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func, select

from pressgen.ledger.chain import Link
from pressgen.ledger.rows import stamp_of
from pressgen.ledger.tables import ENTRIES

if TYPE_CHECKING:
    from pressgen.ledger.store import Store
    from pressgen.model.event import Stamp

ALL = select(ENTRIES).where(ENTRIES.c.reference == bindparam("about")).order_by(ENTRIES.c.number)
NEWER = select(ENTRIES).where(ENTRIES.c.number > bindparam("seen")).order_by(ENTRIES.c.number)


class EntryFollower:
    """The entries of one release, each read once, at a cost that does not grow with those read before."""

    def __init__(self, store: Store, reference: str) -> None:
        self._store, self._reference = store, reference
        self._seen = 0

    def read(self) -> list[Stamp]:
        """The entries that were not read before, first to last."""
        with self._store.reading() as connection:
            if not self._seen:
                rows = connection.execute(ALL, {"about": self._reference}).all()
                self._seen = connection.scalar(select(func.max(ENTRIES.c.number))) or 0
            elif rows := connection.execute(NEWER, {"seen": self._seen}).all():
                self._seen = rows[-1].number
        return [stamp_of(Link(*row)) for row in rows if row.reference == self._reference]
