"""Locks that end with the process that holds them, and the clock by which a lease expires, for each database."""

from __future__ import annotations

import fcntl
import os
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol
from uuid import uuid4

from sqlalchemy import NullPool, create_engine, text

from pressgen.files.writing import open_lock

if TYPE_CHECKING:
    from sqlalchemy import URL, Connection

CLOCK: Final = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
"""The clock of this machine that nobody sets; all its processes read the same."""
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


class Hold(Protocol):
    """A lock that this process holds; `name` is unique, and tells others which one to ask about."""

    name: str

    def release(self) -> None:
        """Give it back."""


class Liveness(Protocol):
    """How the users of one database see whether one of them still lives, and what time it is for all of them."""

    def hold(self) -> Hold:
        """Take a new lock, which ends with this process at the latest."""

    def is_held(self, connection: Connection, name: str) -> bool:
        """Whether the process that took the lock `name` still holds it."""

    def now(self, connection: Connection) -> float:
        """Seconds on a clock that all users of the database share."""


class FileLocks:
    """For SQLite: `flock` on a file beside the database, which the kernel gives back when its process ends."""

    def __init__(self, database: str) -> None:
        self._folder = Path(database).parent

    def hold(self) -> Hold:
        """Take a new lock."""
        return _FileHold(self._folder)

    def is_held(self, _: Connection, name: str) -> bool:
        """Whether it is still held; the file of one whose holder died is taken away."""
        file = _file(self._folder, name)
        try:
            handle = os.open(file, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
        except FileNotFoundError:
            return False
        try:
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
            with suppress(FileNotFoundError):  # somebody else looked at the same moment
                os.remove(file)  # noqa: PTH107 - as `os.open` above
        except BlockingIOError:
            return True
        finally:
            os.close(handle)
        return False

    def now(self, _: Connection) -> float:
        """Seconds since this machine started: nobody sets that clock."""
        return time.clock_gettime(CLOCK)


class _FileHold:
    def __init__(self, folder: Path) -> None:
        self.name = uuid4().hex
        self._path = _file(folder, self.name)
        self._handle = open_lock(self._path)
        fcntl.flock(self._handle, fcntl.LOCK_EX)

    def release(self) -> None:
        with suppress(FileNotFoundError):
            os.remove(self._path)  # noqa: PTH107 - as `os.open` above
        os.close(self._handle)


def _file(folder: Path, name: str) -> Path:
    return folder / f"lease-{name}.lock"


class AdvisoryLocks:
    """For PostgreSQL: an advisory lock on a session of its own, and the clock of the server."""

    def __init__(self, address: URL) -> None:
        self._engine = create_engine(
            address, poolclass=NullPool, connect_args=dict(SESSION), isolation_level="AUTOCOMMIT"
        )

    def hold(self) -> Hold:
        """Take a new lock."""
        return _SessionHold(self._engine.connect())

    def is_held(self, connection: Connection, name: str) -> bool:
        """Whether its session still lives."""
        return bool(connection.scalar(HELD, {"key": _key(name)}))

    def now(self, connection: Connection) -> float:
        """Seconds since 1970 by the clock of the server."""
        return float(connection.scalar(text("SELECT extract(epoch FROM clock_timestamp())")) or 0)


class _SessionHold:
    def __init__(self, session: Connection) -> None:
        self.name = uuid4().hex
        self._session = session
        session.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _key(self.name)})

    def release(self) -> None:
        self._session.close()


def _key(name: str) -> int:
    return int.from_bytes(bytes.fromhex(name)[:8], signed=True)
