"""Locks that end with their process, and the clock of leases.

Each kind of database has its own.
"""

from __future__ import annotations

import fcntl
import os
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol
from uuid import uuid4

from sqlalchemy import NullPool, create_engine, text

from pressgen.files.atomic import open_lock_file

if TYPE_CHECKING:
    from sqlalchemy import URL, Connection

CLOCK: Final = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
"""The clock of this machine that nobody can set; all its processes read the same."""
KEEPALIVES: Final = {"keepalives_idle": "5", "keepalives_interval": "2", "keepalives_count": "3"}
SESSION: Final = {
    "connect_timeout": "10", "tcp_user_timeout": "10000", **KEEPALIVES,
    "options": " ".join(f"-c tcp_{name}={value}" for name, value in KEEPALIVES.items()),
}  # fmt: skip
"""After some ten seconds the database notices that a machine has gone, and frees its locks."""
HELD: Final = text(
    "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 1 AND granted"
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    " AND ((classid::bigint << 32) | objid::bigint) = :key"
)


class ProcessLock(Protocol):
    """A lock that ends with this process; its unique name identifies it."""

    name: str

    def release(self) -> None:
        """Release the lock."""


class ProcessLockProvider(Protocol):
    """The locks and the clock that all users of a database share.

    A lock shows whether the process that holds it still lives.
    """

    def hold(self) -> ProcessLock:
        """Take a new lock, which ends with this process at the latest."""

    def is_held(self, connection: Connection, name: str) -> bool:
        """Return whether the process with the lock `name` still lives."""

    def now(self, connection: Connection) -> float:
        """Return seconds on a clock that all users of the database share."""


class FileLocks:
    """Locks on files next to a SQLite database, by `flock`.

    The kernel releases each when its process ends.
    """

    def __init__(self, database: str) -> None:
        self._folder = Path(database).parent

    def hold(self) -> ProcessLock:
        """Take a new lock."""
        return _FileLock(self._folder)

    def is_held(self, _: Connection, name: str) -> bool:
        """Return whether the lock is held.

        The file of a lock is deleted if its holder died.
        """
        file = _get_lock_path(self._folder, name)
        try:
            handle = os.open(file, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
        except FileNotFoundError:
            return False
        try:
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
            with suppress(FileNotFoundError):  # another process did the same
                os.remove(file)  # noqa: PTH107 - as `os.open` above
        except BlockingIOError:
            return True
        finally:
            os.close(handle)
        return False

    def now(self, _: Connection) -> float:
        """Return the seconds since this machine started.

        Nobody can set that clock.
        """
        return time.clock_gettime(CLOCK)


class _FileLock:
    def __init__(self, folder: Path) -> None:
        self.name = uuid4().hex
        self._path = _get_lock_path(folder, self.name)
        self._handle = open_lock_file(self._path)
        fcntl.flock(self._handle, fcntl.LOCK_EX)

    def release(self) -> None:
        with suppress(FileNotFoundError):
            os.remove(self._path)  # noqa: PTH107 - as `os.open` above
        os.close(self._handle)


def _get_lock_path(folder: Path, name: str) -> Path:
    return folder / f"lease-{name}.lock"


class AdvisoryLocks:
    """Advisory locks of PostgreSQL, and the clock of its server.

    Each lock has a session of its own.
    """

    def __init__(self, address: URL) -> None:
        self._engine = create_engine(
            address, poolclass=NullPool, connect_args=dict(SESSION), isolation_level="AUTOCOMMIT"
        )

    def hold(self) -> ProcessLock:
        """Take a new lock."""
        return _SessionLock(self._engine.connect())

    def is_held(self, connection: Connection, name: str) -> bool:
        """Return whether the session with the lock still lives."""
        return bool(connection.scalar(HELD, {"key": _compute_lock_key(name)}))

    def now(self, connection: Connection) -> float:
        """Return the seconds since 1970 by the server's clock."""
        return float(connection.scalar(text("SELECT extract(epoch FROM clock_timestamp())")) or 0)


class _SessionLock:
    def __init__(self, session: Connection) -> None:
        self.name = uuid4().hex
        self._session = session
        session.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _compute_lock_key(self.name)})

    def release(self) -> None:
        self._session.close()


def _compute_lock_key(name: str) -> int:
    return int.from_bytes(bytes.fromhex(name)[:8], signed=True)
