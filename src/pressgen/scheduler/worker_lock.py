"""The lock on a worker's name.

A worker holds it for life, so that others can see that it has died.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, Protocol

from pressgen.errors import StateError, UsageError
from pressgen.files.atomic import open_lock_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    import psycopg

    from pressgen.scheduler.store import SchedulerDatabase

NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,62}")
KEEPALIVES: Final = {"keepalives_idle": "5", "keepalives_interval": "2", "keepalives_count": "3"}
"""Seconds after which this process notices that the database is gone.

`options` has the same for the database's own end. A query is given up after `tcp_user_timeout`, in milliseconds.
"""
SESSION: Final = {
    "connect_timeout": "5",
    "tcp_user_timeout": "10000",
    **KEEPALIVES,
    "options": " ".join(f"-c tcp_{name}={value}" for name, value in KEEPALIVES.items()),
}


class WorkerLock(Protocol):
    """A lock on a worker's name, held by this process alone."""

    def renew(self) -> None:
        """Check that this process still holds the lock.

        Raises:
            StateError: another process has it now.
        """

    def release(self) -> None:
        """Release the lock."""


def acquire_worker_lock(store: SchedulerDatabase, name: str) -> WorkerLock | None:
    """Lock the worker's name; return None where a living process holds it.

    Raises:
        UsageError: the name is not allowed for a worker.
    """
    if not NAME.fullmatch(name):
        raise UsageError(f"“{name}” cannot be the name of a worker: use letters, digits, dots and hyphens, at most 63")
    lock: FileWorkerLock | DatabaseWorkerLock = (
        DatabaseWorkerLock(store.url, name) if store.database else FileWorkerLock(store, name)
    )
    return lock if lock.acquire() else None


@contextmanager
def lock_if_worker_is_dead(store: SchedulerDatabase, name: str) -> Iterator[bool]:
    """Lock a worker's name for a `with` block, if it is dead.

    Yield whether it is dead; it cannot come back meanwhile.
    """
    lock = acquire_worker_lock(store, name)
    try:
        yield lock is not None
    finally:
        if lock is not None:
            lock.release()


class FileWorkerLock:
    """A lock on a file, for the workers of one machine.

    The kernel releases it when the process ends.
    """

    def __init__(self, store: SchedulerDatabase, name: str) -> None:
        self._file = open_lock_file(store.folder / f"worker-{name}.lock")

    def acquire(self) -> bool:
        """Acquire the lock, unless another process holds it."""
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(self._file)
            return False
        return True

    def renew(self) -> None:
        """Do nothing: no other process can take this lock."""

    def release(self) -> None:
        """Release the lock.

        The file stays, as removing it would let two processes hold the name.
        """
        os.close(self._file)


class DatabaseWorkerLock:
    """A PostgreSQL advisory lock, for the workers of several machines.

    It has a session of its own.
    """

    def __init__(self, url: str, name: str) -> None:
        self._url, self._name = url, name
        self._key = int.from_bytes(hashlib.sha256(f"pressgen worker {name}".encode()).digest()[:8], signed=True)
        self._session: psycopg.Connection | None = None

    def acquire(self) -> bool:
        """Acquire the lock, unless another session holds it."""
        import psycopg
        from psycopg.conninfo import make_conninfo

        session = psycopg.connect(make_conninfo(self._url, **SESSION), autocommit=True)
        row = session.execute("SELECT pg_try_advisory_lock(%s)", [self._key]).fetchone()
        if row is None or not row[0]:
            session.close()
            return False
        self._session = session
        return True

    def renew(self) -> None:
        """Check the session; after a restart of the database lock again.

        Raises:
            StateError: another worker was quicker.
        """
        import psycopg

        try:
            if self._session is not None:
                self._session.execute("SELECT 1")
                return
        except psycopg.OperationalError:
            self.release()
        try:
            acquired = self.acquire()
        except psycopg.OperationalError:
            return  # while the database is away nobody can take the name
        if not acquired:
            raise StateError(
                f"the worker “{self._name}” stopped, because another worker took its name while"
                " the database was unavailable"
            )

    def release(self) -> None:
        """End the session, and with it the lock."""
        if self._session is not None:
            self._session.close()
            self._session = None
