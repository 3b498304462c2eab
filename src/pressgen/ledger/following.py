"""Read what happens to a release while it goes on, each entry once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from pressgen.ledger.chain import Link
from pressgen.ledger.rows import stamp_of
from pressgen.ledger.tables import ENTRIES

if TYPE_CHECKING:
    from pressgen.ledger.store import Store
    from pressgen.model.event import Stamp


class Following:
    """The entries of one release, each read once, at a cost that does not grow with those read before."""

    def __init__(self, store: Store, reference: str) -> None:
        self._store, self._reference = store, reference
        self._seen = 0

    def read(self) -> list[Stamp]:
        """The entries that were not read before, first to last."""
        newer = (ENTRIES.c.number > self._seen) if self._seen else (ENTRIES.c.reference == self._reference)
        with self._store.reading() as connection:
            last = connection.scalar(select(func.max(ENTRIES.c.number))) or 0
            if last == self._seen:
                return []
            rows = connection.execute(select(ENTRIES).where(newer).order_by(ENTRIES.c.number)).all()
        self._seen = last
        return [stamp_of(Link(*row)) for row in rows if row.reference == self._reference]
