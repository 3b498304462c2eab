"""A transaction on one release in the ledger.

Decide by its standing, and record; nobody else records anything meanwhile.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, insert, update

from pressgen.errors import StateError
from pressgen.ledger.chain import FIRST, ChainedEntry, compute_entry_digest, compute_standing_seal
from pressgen.ledger.index import (
    index_entry,
    parse_entry,
    parse_standing,
    read_last_entry,
    read_standing_row,
    rebuild_index,
)
from pressgen.ledger.tables import ENTRIES, STANDINGS
from pressgen.model.advance import apply_event
from pressgen.model.event import Announced, Event, Lifted, LiftFailed, Sent, Stamp
from pressgen.model.issue_order import ProofSent
from pressgen.model.readers import Bounced
from pressgen.model.release_projection import set_counts
from pressgen.model.round import Posted
from pressgen.model.standing import Standing, is_earlier_form
from pressgen.model.upkeep import ClockSet

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from pressgen.model.index import IndexKind

SLACK = timedelta(minutes=2)
"""How far two clocks may differ, and how long before recording a command may have read its clock."""

HAPPENED = (Lifted, LiftFailed, Announced, Sent, Posted, ProofSent, Bounced)
"""Events that are recorded after they were done.

They are true whatever the clock says. All others are decided by recording them.
"""

ADD_ENTRY, ADD_STANDING = insert(ENTRIES), insert(STANDINGS)
CHANGE_STANDING = update(STANDINGS).where(STANDINGS.c.reference == bindparam("about"))
"""Built once: they run with each mail."""


class LedgerTransaction:
    """A transaction on one release in the ledger."""

    def __init__(self, connection: Connection, reference: str, slug: str) -> None:
        self._connection = connection
        self._reference, self._slug = reference, slug
        row = read_standing_row(connection, reference)
        self._is_earlier = row is not None and is_earlier_form(row.standing)
        self.standing = parse_standing(row) if row is not None else Standing(reference=reference, slug=slug)

    def append(self, event: Event, *, actor: str, at: datetime) -> Stamp:
        """Record an event when the transaction ends without an error.

        The standing is then the one after it.

        Raises:
            StateError: the clock is before the last entry, and the event has not happened already.
            InputError: the last entry was changed.
        """
        previous, number, ahead = FIRST, 1, None
        if last := read_last_entry(self._connection):
            previous, number = last.digest, last.number + 1
            ahead = None if isinstance(event, ClockSet) else _check_clock(parse_entry(last), event, at)
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
        link = ChainedEntry(number, self._reference, entry, previous, compute_entry_digest(previous, entry))
        self._connection.execute(ADD_ENTRY, asdict(link))
        self.standing = set_counts(apply_event(self.standing, stamp), self._index(stamp))
        text = self.standing.to_json().decode()
        values = {"slug": self._slug, "standing": text, "seal": compute_standing_seal(self._reference, text)}
        if not self._connection.execute(CHANGE_STANDING, {"about": self._reference, **values}).rowcount:
            self._connection.execute(ADD_STANDING, {"reference": self._reference, **values})
        return stamp

    def _index(self, stamp: Stamp) -> dict[IndexKind, int]:
        """Index an entry.

        If the previous version, which had no index, wrote the release last, index all its entries.
        """
        if not self._is_earlier:
            return index_entry(self._connection, stamp, self.standing)
        self._is_earlier = False
        return rebuild_index(self._connection, self._reference)


def describe_clock_conflict(last: Stamp | None, now: datetime) -> str:
    """Describe a clock that is behind the last entry, or return "".

    The text says what to do.
    """
    if last is None or now >= last.latest - SLACK:
        return ""
    return (
        f"the clock says {now:%Y-%m-%d %H:%M:%S %Z}, but the ledger has an entry of"
        f" {last.latest.astimezone(now.tzinfo):%Y-%m-%d %H:%M:%S %Z}: check which is wrong (timedatectl"
        " status); set the"
        " clock right, or if it is right now, confirm that: pressgen clock --because REASON"
    )


def _check_clock(last: Stamp, event: Event, now: datetime) -> datetime | None:
    """Return the time of an entry that is ahead of the clock.

    An event that has happened is recorded all the same; any other is refused.

    A clock that is behind makes a lift late, never early; without a record, a lift or a mail would be repeated.
    """
    doubt = describe_clock_conflict(last, now)
    if doubt and not isinstance(event, HAPPENED):
        raise StateError(doubt)
    return last.latest if doubt else None
