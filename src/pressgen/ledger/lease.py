"""A lease: the right to send for one release, which one thread of one process on one machine has at a time.

It lies in the ledger's own database. It can be taken over when its term is over on the clock that all share, or as soon
as the process that held it has ended. Each acquisition has a higher token; whoever had an earlier one is told before
the next mail, in the transaction in which that mail would be put on record.

What is about to be handed in is put on record first. If nobody records what became of it, the next one to hold the
lease records that it may have gone: it is not sent again unless somebody asks for it.
"""

from __future__ import annotations

import random
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import bindparam, insert, select, update

from pressgen.errors import MachineLacks, PressgenError, StateForbids
from pressgen.ledger.tables import LEASES
from pressgen.ledger.transaction import Turn
from pressgen.model.event import Stamp

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from sqlalchemy import Connection, Row

    from pressgen.ledger.store import Store
    from pressgen.model.event import Event

TERM: Final = 60.0
"""Seconds for which a lease is good after each renewal."""
SHORTEST, LONGEST = 0.05, 0.5
"""Seconds between two looks at a lease that another holds."""

CHANGE: Final = update(LEASES).where((LEASES.c.name == bindparam("about")) & (LEASES.c.token == bindparam("mine")))
"""Made once: it is carried out twice with each mail."""


class LeaseLostError(StateForbids):
    """Somebody else holds the lease now: whoever meets this sends nothing more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Who wants the lease of which release.

    Attributes:
        reference, slug: of the release, and of its folder.
        holder: who sends, on which machine, as others are told.
        clock: gives the present instant, aware.
        wait: seconds to wait while another holds it.
        term: seconds for which it is good after each renewal.
    """

    reference: str
    slug: str
    holder: str
    clock: Callable[[], datetime]
    wait: float
    term: float = TERM


class Lease:
    """A lease that is held; several threads may renew it, one sends."""

    def __init__(self, store: Store, claim: Claim, token: int) -> None:
        self._store, self._claim, self._token = store, claim, token

    def renew(self) -> None:
        """Hold it for another term.

        Raises:
            LeaseLostError: another has it.
        """
        with self._store.writing() as connection:
            self._extend(connection)

    def intend(self, doubt: Event, *, actor: str, at: datetime) -> None:
        """Put on record that something is about to be handed in, and renew the lease.

        Args:
            doubt: what is recorded if nobody ever records what became of it: that it may have gone.
            actor: who sends it.
            at: the present instant.

        Raises:
            LeaseLostError: another has the lease; nothing may be handed in.
        """
        about = self._claim
        stamp = Stamp(
            number=0, at=at.astimezone(UTC), actor=actor, reference=about.reference, slug=about.slug, event=doubt
        )
        with self._store.writing() as connection:
            self._extend(connection, in_hand=stamp.to_json().decode())

    def drop(self) -> None:
        """Take the intention back: it was not handed in, for certain."""
        with self._store.writing() as connection:
            self._update(connection, in_hand="")

    def settle(self, event: Event, *, actor: str, at: datetime) -> Stamp:
        """Record what became of it, even if the lease was lost meanwhile: it is the truth, and others need it."""
        with self._store.writing() as connection:
            self._update(connection, in_hand="")
            return Turn(connection, self._claim.reference, self._claim.slug).append(event, actor=actor, at=at)

    def release(self) -> None:
        """Let others have it; if something is in hand, record that it may have gone."""
        with self._store.writing() as connection:
            row = _row(connection, self._claim.reference)
            if row is not None and row.token == self._token:
                _settle_doubt(connection, row, self._claim)
                self._update(connection, holder="", hold="", expires=0.0, in_hand="")

    def _extend(self, connection: Connection, **values: str) -> None:
        expires = self._store.liveness.now(connection) + self._claim.term
        if not self._update(connection, expires=expires, **values):
            row = _row(connection, self._claim.reference)
            other = f"{row.holder} has" if row is not None and row.holder else "somebody else had"
            raise LeaseLostError(
                f"{self._claim.reference}: this command was held up, and {other} taken over its sending meanwhile;"
                f" nothing more is sent here; see: pressgen status {self._claim.slug}"
            )

    def _update(self, connection: Connection, **values: object) -> bool:
        mine = {"about": self._claim.reference, "mine": self._token}
        return connection.execute(CHANGE, mine | values).rowcount == 1


@contextmanager
def hold_lease(store: Store, claim: Claim) -> Iterator[Lease]:
    """Hold the lease of a release, renewed by a thread of its own for as long as the `with` lasts.

    Raises:
        StateForbids: another held it all the while; the message says who, and since when.
        MachineLacks: the database does not answer.
    """
    hold = store.hold()
    ended = threading.Event()
    try:
        lease = Lease(store, claim, _wait_for(store, claim, hold.name))
        renewing = threading.Thread(target=_keep, args=(lease, claim.term / 3, ended), daemon=True)
        renewing.start()
        try:
            yield lease
        finally:
            ended.set()
            renewing.join()
            with suppress(PressgenError):  # whoever comes next sees that we let go, and does what was left
                lease.release()
    finally:
        hold.release()


def _keep(lease: Lease, pause: float, ended: threading.Event) -> None:
    """Renew a lease until it `ended`, or is lost: whoever sends is told so before the next mail."""
    while not ended.wait(pause):
        try:
            lease.renew()
        except LeaseLostError:
            return
        except MachineLacks:
            continue


def _wait_for(store: Store, claim: Claim, hold: str) -> int:
    """The token of the lease, once it is ours."""
    ends = time.monotonic() + claim.wait
    pause = SHORTEST
    while True:
        with store.reading() as connection:
            taken = _holder(connection, store, claim)
        if taken is None:
            token, taken = _take(store, claim, hold)
            if taken is None:
                return token
        if time.monotonic() > ends:
            raise StateForbids(
                f"{claim.reference} is being sent by {taken.holder}, since {taken.since}: wait until that has ended,"
                " then run the command again"
            )
        time.sleep(pause * random.uniform(0.5, 1))  # noqa: S311 - so that those who wait do not all ask at once
        pause = min(LONGEST, pause * 1.5)


def _take(store: Store, claim: Claim, hold: str) -> tuple[int, Row[Any] | None]:
    """Take the lease: its token, or the row of another who was quicker."""
    with store.writing() as connection:
        if (taken := _holder(connection, store, claim)) is not None:
            return 0, taken
        row = _row(connection, claim.reference)
        values = {
            "token": row.token + 1 if row else 1,
            "holder": claim.holder,
            "since": claim.clock().astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S UTC"),
            "hold": hold,
            "expires": store.liveness.now(connection) + claim.term,
            "in_hand": "",
        }
        if row is None:
            connection.execute(insert(LEASES).values(name=claim.reference, **values))
        else:
            _settle_doubt(connection, row, claim)
            connection.execute(update(LEASES).where(LEASES.c.name == claim.reference).values(**values))
    return int(values["token"]), None


def _holder(connection: Connection, store: Store, claim: Claim) -> Row[Any] | None:
    """The row of another who holds the lease: its term is not over, and its process lives."""
    row = _row(connection, claim.reference)
    if row is None or not row.holder or not store.liveness.is_held(connection, row.hold):
        return None
    return row if row.expires > store.liveness.now(connection) else None


def _row(connection: Connection, name: str) -> Row[Any] | None:
    return connection.execute(select(LEASES).where(LEASES.c.name == name)).first()


def _settle_doubt(connection: Connection, row: Row[Any], claim: Claim) -> None:
    """Record that what a holder had in hand may have gone."""
    if row.in_hand:
        stamp = Stamp.from_json(row.in_hand)
        turn = Turn(connection, claim.reference, stamp.slug)
        turn.append(stamp.event, actor=stamp.actor, at=claim.clock())
