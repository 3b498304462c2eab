"""A release's turn in the ledger: decide on where it stands, and record; nobody else records anything meanwhile."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, insert, update

from pressgen.errors import StateForbids
from pressgen.ledger.chain import FIRST, Link, digest_of, seal
from pressgen.ledger.index import index_again, index_entry
from pressgen.ledger.rows import last_link, stamp_of, standing_of, standing_row
from pressgen.ledger.tables import ENTRIES, STANDINGS
from pressgen.model.advance import advance
from pressgen.model.event import Announced, Event, Lifted, LiftFailed, Sent, Stamp
from pressgen.model.fold import with_counts
from pressgen.model.issue_order import ProofSent
from pressgen.model.readers import Bounced
from pressgen.model.round import Posted
from pressgen.model.standing import Standing, is_earlier_form
from pressgen.model.upkeep import ClockSet

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from pressgen.model.index import Kind

SLACK = timedelta(minutes=2)
"""How far two clocks may differ, and how long ago a command may have looked at one before it records something."""

HAPPENED = (Lifted, LiftFailed, Announced, Sent, Posted, ProofSent, Bounced)
"""What is recorded after it was done: it is true whatever the clock says. All else is decided by recording it."""

ADD_ENTRY, ADD_STANDING = insert(ENTRIES), insert(STANDINGS)
CHANGE_STANDING = update(STANDINGS).where(STANDINGS.c.reference == bindparam("about"))
"""Made once: they are carried out with each mail."""


class Turn:
    """A release's turn in the ledger."""

    def __init__(self, connection: Connection, reference: str, slug: str) -> None:
        self._connection = connection
        self._reference, self._slug = reference, slug
        row = standing_row(connection, reference)
        self._is_earlier = row is not None and is_earlier_form(row.standing)
        self.standing = standing_of(row) if row is not None else Standing(reference=reference, slug=slug)

    def append(self, event: Event, *, actor: str, at: datetime) -> Stamp:
        """Record an event, once the turn ends well; the standing is then the one after it.

        Raises:
            StateForbids: the clock is before the last entry, and it is no event that has happened already.
            Refused: the last entry was changed.
        """
        previous, number, ahead = FIRST, 1, None
        if last := last_link(self._connection):
            previous, number = last.digest, last.number + 1
            ahead = None if isinstance(event, ClockSet) else _see_clock(stamp_of(last), event, at)
        stamp = Stamp(
            number=number,
            at=at.astimezone(UTC),
            actor=actor,
            reference=self._reference,
            slug=self._slug,
            event=event,
            ahead=ahead,
        )
        entry = stamp.to_json().decode()
        link = Link(number, self._reference, entry, previous, digest_of(previous, entry))
        self._connection.execute(ADD_ENTRY, asdict(link))
        self.standing = with_counts(advance(self.standing, stamp), self._index(stamp))
        text = self.standing.to_json().decode()
        values = {"slug": self._slug, "standing": text, "seal": seal(self._reference, text)}
        if not self._connection.execute(CHANGE_STANDING, {"about": self._reference, **values}).rowcount:
            self._connection.execute(ADD_STANDING, {"reference": self._reference, **values})
        return stamp

    def _index(self, stamp: Stamp) -> dict[Kind, int]:
        """Index an entry; of a release that was last written by the version before, which had no index, all of them."""
        if not self._is_earlier:
            return index_entry(self._connection, stamp, self.standing)
        self._is_earlier = False
        return index_again(self._connection, self._reference)


def clock_doubt(last: Stamp | None, now: datetime) -> str:
    """What is to be said of a clock that is before the last entry, and what to do; empty where it is not."""
    if last is None or now >= last.latest - SLACK:
        return ""
    return (
        f"the clock says {now:%Y-%m-%d %H:%M:%S %Z}, but the ledger has an entry of"
        f" {last.latest.astimezone(now.tzinfo):%Y-%m-%d %H:%M:%S %Z}: see which is wrong (timedatectl status); set the"
        " clock right, or if it is right now, say so: pressgen clock --because REASON"
    )


def _see_clock(last: Stamp, event: Event, now: datetime) -> datetime | None:
    """The time of an earlier entry that is ahead of the clock, if what has happened is recorded all the same.

    A clock that is behind makes a lift late, never early; not to record a lift or a mail would have it done again.
    """
    doubt = clock_doubt(last, now)
    if doubt and not isinstance(event, HAPPENED):
        raise StateForbids(doubt)
    return last.latest if doubt else None
