"""One name, one process: the lock that a worker holds for life, and by which others see that it has died."""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, Protocol

from pressgen.errors import StateForbids, WrongUse
from pressgen.files.writing import open_lock

if TYPE_CHECKING:
    from collections.abc import Iterator

    import psycopg

    from pressgen.scheduler.store import Store

NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,62}")
KEEPALIVES: Final = {"keepalives_idle": "5", "keepalives_interval": "2", "keepalives_count": "3"}
"""Seconds after which we notice that the database is gone; the same holds for the database's own end, in `options`.

A question that is under way is given up after `tcp_user_timeout`, in milliseconds.
"""
SESSION: Final = {
    "connect_timeout": "5",
    "tcp_user_timeout": "10000",
    **KEEPALIVES,
    "options": " ".join(f"-c tcp_{name}={value}" for name, value in KEEPALIVES.items()),
}


class Seat(Protocol):
    """A name that this process alone holds."""

    def keep(self) -> None:
        """See that it is still held.

        Raises:
            StateForbids: another process has it now.
        """

    def release(self) -> None:
        """Give it back."""


def take(store: Store, name: str) -> Seat | None:
    """Hold the worker's name `name`; None where a living process holds it.

    Raises:
        WrongUse: it cannot name a worker.
    """
    if not NAME.fullmatch(name):
        raise WrongUse(f"“{name}” cannot name a worker: letters, digits, dots, hyphens, at most 63")
    seat: FileSeat | DatabaseSeat = DatabaseSeat(store.url, name) if store.database else FileSeat(store, name)
    return seat if seat.take() else None


@contextmanager
def vacant(store: Store, name: str) -> Iterator[bool]:
    """Whether the worker `name` is dead; its name is held meanwhile, so that it cannot come back in between."""
    seat = take(store, name)
    try:
        yield seat is not None
    finally:
        if seat is not None:
            seat.release()


class FileSeat:
    """A lock on a file, for the workers of one machine; the kernel lets go of it when the process ends."""

    def __init__(self, store: Store, name: str) -> None:
        self._file = open_lock(store.folder / f"worker-{name}.lock")

    def take(self) -> bool:
        """Hold it, unless another does."""
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(self._file)
            return False
        return True

    def keep(self) -> None:
        """Nothing can take it from a living process."""

    def release(self) -> None:
        """Let go; the file stays, as removing it would let two hold the name."""
        os.close(self._file)


class DatabaseSeat:
    """An advisory lock on a PostgreSQL session of its own, for the workers of several machines."""

    def __init__(self, url: str, name: str) -> None:
        self._url, self._name = url, name
        self._key = int.from_bytes(hashlib.sha256(f"pressgen worker {name}".encode()).digest()[:8], signed=True)
        self._session: psycopg.Connection | None = None

    def take(self) -> bool:
        """Hold it, unless another session does."""
        import psycopg  # noqa: PLC0415 - only where there is a PostgreSQL
        from psycopg.conninfo import make_conninfo  # noqa: PLC0415

        session = psycopg.connect(make_conninfo(self._url, **SESSION), autocommit=True)
        row = session.execute("SELECT pg_try_advisory_lock(%s)", [self._key]).fetchone()
        if row is None or not row[0]:
            session.close()
            return False
        self._session = session
        return True

    def keep(self) -> None:
        """Ask the session whether it lives; after a restart of the database take the lock again.

        Raises:
            StateForbids: another worker was quicker.
        """
        import psycopg  # noqa: PLC0415 - as above

        try:
            if self._session is not None:
                self._session.execute("SELECT 1")
                return
        except psycopg.OperationalError:
            self.release()
        try:
            held = self.take()
        except psycopg.OperationalError:
            return  # while the database is away nobody can take the name
        if not held:
            raise StateForbids(f"the worker “{self._name}” lost its name to another while the database was away")

    def release(self) -> None:
        """End the session, and with it the lock."""
        if self._session is not None:
            self._session.close()
            self._session = None
