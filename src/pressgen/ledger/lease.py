"""A lease on the sending for one release.

One thread of one process on one machine has it at a time.

It is stored in the ledger's own database. Another can take it over when its term has ended on the clock that all share,
or as soon as the process that held it has ended. Each acquisition has a higher token. A holder of an earlier token gets
an error before the next mail, in the transaction that would record that mail.

Each sending is recorded before it begins. If nobody records its result, the next holder of the lease records that it
may have gone: it is not sent again unless somebody asks for it.
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

from pressgen.errors import EnvironmentFailureError, PressgenError, StateError
from pressgen.ledger.tables import LEASES
from pressgen.ledger.transaction import LedgerTransaction
from pressgen.model.event import Stamp

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from sqlalchemy import Connection, Row

    from pressgen.ledger.store import LedgerDatabase
    from pressgen.model.event import Event

TERM: Final = 60.0
"""Seconds for which a lease is valid after each renewal."""
SHORTEST, LONGEST = 0.05, 0.5
"""Seconds between two checks of a lease that another holds."""

CHANGE: Final = update(LEASES).where((LEASES.c.name == bindparam("about")) & (LEASES.c.token == bindparam("mine")))
"""Built once: it runs twice with each mail."""


class LeaseLostError(StateError):
    """Somebody else holds the lease now, so nothing more may be sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaseRequest:
    """A request for the lease of a release, and who makes it.

    Attributes:
        reference, slug: of the release, and of its folder.
        holder: who sends, on which machine, as others read it.
        clock: gives the present instant, aware.
        wait: seconds to wait while another holds the lease.
        term: seconds for which it is valid after each renewal.
    """

    reference: str
    slug: str
    holder: str
    clock: Callable[[], datetime]
    wait: float
    term: float = TERM


class Lease:
    """A lease; several threads may renew it, one sends."""

    def __init__(self, store: LedgerDatabase, claim: LeaseRequest, token: int) -> None:
        self._store, self._claim, self._token = store, claim, token

    def renew(self) -> None:
        """Renew the lease for another term.

        Raises:
            LeaseLostError: another holder has it.
        """
        with self._store.writing() as connection:
            self._extend(connection)

    def intend(self, doubt: Event, *, actor: str, at: datetime) -> None:
        """Record that a sending is about to begin, and renew the lease.

        Args:
            doubt: the event to record if nobody ever records the result: that it may have gone.
            actor: who sends it.
            at: the present instant.

        Raises:
            LeaseLostError: another holder has the lease; nothing may be sent.
        """
        about = self._claim
        stamp = Stamp(
            number=0, at=at.astimezone(UTC), actor=actor, reference=about.reference, slug=about.slug, event=doubt
        )
        with self._store.writing() as connection:
            self._extend(connection, in_hand=stamp.to_json().decode())

    def drop(self) -> None:
        """Delete the record of a sending that certainly did not happen."""
        with self._store.writing() as connection:
            self._update(connection, in_hand="")

    def settle(self, event: Event, *, actor: str, at: datetime) -> Stamp:
        """Record the result of a sending, even if the lease was lost.

        The result is true, and others need it.
        """
        with self._store.writing() as connection:
            self._update(connection, in_hand="")
            return LedgerTransaction(connection, self._claim.reference, self._claim.slug).append(
                event, actor=actor, at=at
            )

    def release(self) -> None:
        """Release the lease.

        If a sending has no result, record that it may have gone.
        """
        with self._store.writing() as connection:
            row = _read_lease_row(connection, self._claim.reference)
            if row is not None and row.token == self._token:
                _record_uncertain_delivery(connection, row, self._claim)
                self._update(connection, holder="", hold="", expires=0.0, in_hand="")

    def _extend(self, connection: Connection, **values: str) -> None:
        expires = self._store.liveness.now(connection) + self._claim.term
        if not self._update(connection, expires=expires, **values):
            row = _read_lease_row(connection, self._claim.reference)
            other = f"{row.holder} has" if row is not None and row.holder else "somebody else had"
            raise LeaseLostError(
                f"{self._claim.reference}: this command took too long, and {other} taken over its sending;"
                f" this command sends nothing more; see: pressgen status {self._claim.slug}"
            )

    def _update(self, connection: Connection, **values: object) -> bool:
        mine = {"about": self._claim.reference, "mine": self._token}
        return connection.execute(CHANGE, mine | values).rowcount == 1


@contextmanager
def hold_lease(store: LedgerDatabase, claim: LeaseRequest) -> Iterator[Lease]:
    """Hold the lease of a release for a `with` block.

    A separate thread renews it in the meantime.

    Raises:
        StateError: another holder kept it; the message says who, and since when.
        EnvironmentFailureError: the database does not answer.
    """
    hold = store.hold()
    ended = threading.Event()
    try:
        lease = Lease(store, claim, _wait_for_token(store, claim, hold.name))
        renewing = threading.Thread(target=_keep_renewing, args=(lease, claim.term / 3, ended), daemon=True)
        renewing.start()
        try:
            yield lease
        finally:
            ended.set()
            renewing.join()
            with suppress(PressgenError):  # the next holder sees the release, and does the rest
                lease.release()
    finally:
        hold.release()


def _keep_renewing(lease: Lease, pause: float, ended: threading.Event) -> None:
    """Renew a lease until it `ended`, or is lost.

    The sender learns of a loss before the next mail.
    """
    while not ended.wait(pause):
        try:
            lease.renew()
        except LeaseLostError:
            return
        except EnvironmentFailureError:
            continue


def _wait_for_token(store: LedgerDatabase, claim: LeaseRequest, hold: str) -> int:
    """Wait for the lease, and return its token."""
    ends = time.monotonic() + claim.wait
    pause = SHORTEST
    while True:
        with store.reading() as connection:
            taken = _find_other_holder(connection, store, claim)
        if taken is None:
            token, taken = _take_lease(store, claim, hold)
            if taken is None:
                return token
        if time.monotonic() > ends:
            raise StateError(
                f"{claim.reference} is being sent by {taken.holder}, since {taken.since}: wait until that is finished,"
                " then run the command again"
            )
        time.sleep(pause * random.uniform(0.5, 1))  # noqa: S311 - so that those who wait do not all ask at once
        pause = min(LONGEST, pause * 1.5)


def _take_lease(store: LedgerDatabase, claim: LeaseRequest, hold: str) -> tuple[int, Row[Any] | None]:
    """Take the lease; return its token, or a quicker holder's row."""
    with store.writing() as connection:
        if (taken := _find_other_holder(connection, store, claim)) is not None:
            return 0, taken
        row = _read_lease_row(connection, claim.reference)
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
            _record_uncertain_delivery(connection, row, claim)
            connection.execute(update(LEASES).where(LEASES.c.name == claim.reference).values(**values))
    return int(values["token"]), None


def _find_other_holder(connection: Connection, store: LedgerDatabase, claim: LeaseRequest) -> Row[Any] | None:
    """Return the row of a living holder with an unexpired lease."""
    row = _read_lease_row(connection, claim.reference)
    if row is None or not row.holder or not store.liveness.is_held(connection, row.hold):
        return None
    return row if row.expires > store.liveness.now(connection) else None


def _read_lease_row(connection: Connection, name: str) -> Row[Any] | None:
    return connection.execute(select(LEASES).where(LEASES.c.name == name)).first()


def _record_uncertain_delivery(connection: Connection, row: Row[Any], claim: LeaseRequest) -> None:
    """Record that the delivery a holder had begun may have gone out."""
    if row.in_hand:
        stamp = Stamp.from_json(row.in_hand)
        transaction = LedgerTransaction(connection, claim.reference, stamp.slug)
        transaction.append(stamp.event, actor=stamp.actor, at=claim.clock())
