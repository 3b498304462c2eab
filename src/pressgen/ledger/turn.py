"""A release's turn in the ledger: decide on where it stands, and record; nobody else records anything meanwhile."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert

from pressgen.errors import StateForbids
from pressgen.ledger.chain import FIRST, Link, digest_of, seal
from pressgen.ledger.rows import last_link, stamp_of, standing_at
from pressgen.ledger.tables import ENTRIES, STANDINGS
from pressgen.model.advance import advance
from pressgen.model.event import ClockSet, Event, Stamp
from pressgen.model.standing import Standing

if TYPE_CHECKING:
    from sqlalchemy import Connection

SLACK = timedelta(minutes=2)
"""How far two clocks may differ, and how long ago a command may have looked at one before it records something."""


class Turn:
    """A release's turn in the ledger."""

    def __init__(self, connection: Connection, reference: str, slug: str) -> None:
        self._connection = connection
        self._reference, self._slug = reference, slug
        self.standing = standing_at(connection, reference) or Standing(reference=reference, slug=slug)

    def append(self, event: Event, *, actor: str, at: datetime) -> Stamp:
        """Record an event, once the turn ends well; the standing is then the one after it.

        Raises:
            StateForbids: the clock is before the last entry.
            Refused: the last entry was changed.
        """
        previous, number = FIRST, 1
        if last := last_link(self._connection):
            previous, number = last.digest, last.number + 1
            if not isinstance(event, ClockSet):
                _check_clock(stamp_of(last).at, at)
        stamp = Stamp(
            number=number, at=at.astimezone(UTC), actor=actor, reference=self._reference, slug=self._slug, event=event
        )
        entry = stamp.to_json().decode()
        link = Link(number, self._reference, entry, previous, digest_of(previous, entry))
        self._connection.execute(insert(ENTRIES).values(asdict(link)))
        self.standing = advance(self.standing, stamp)
        text = self.standing.to_json().decode()
        self._connection.execute(delete(STANDINGS).where(STANDINGS.c.reference == self._reference))
        self._connection.execute(
            insert(STANDINGS).values([self._reference, self._slug, text, seal(self._reference, text)])
        )
        return stamp


def _check_clock(last: datetime, now: datetime) -> None:
    if now < last - SLACK:
        raise StateForbids(
            f"the clock says {now:%Y-%m-%d %H:%M:%S %Z}, but the ledger has an entry of"
            f" {last.astimezone(now.tzinfo):%Y-%m-%d %H:%M:%S %Z}: see which is wrong (timedatectl status); set the"
            " clock right, or if it is right now, say so: pressgen clock --because REASON"
        )
