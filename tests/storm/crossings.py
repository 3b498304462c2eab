"""Where pressgen crosses to the outside: disk, database, mail and clock, met from outside by the scheduler.

What is met: every opening, renaming, swapping, making, linking and taking away of files (Python's audit events), every
write to a file, BEGIN and COMMIT of the ledger's database, calls to the mail server, sleeping; locks and threads are
in `locks.py`. What is not: a disk after a power cut, a network between machines that breaks, DBOS, threads within
libraries. A killed actor's Python goes on to its end, but none of its crossings has an effect any more. Real kills of
real processes are in `tests/soak`.
"""

from __future__ import annotations

import builtins
import io
import os
import secrets
import socket
import sqlite3
import ssl
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import datetime, tzinfo
from functools import cache
from typing import Any
from unittest import mock

from sqlalchemy import Engine, event

from storm.locks import FOR_EVER, meet_locks
from storm.outside import Line
from storm.scheduler import actor_here
from storm.world import World, world

DISK = {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.listdir"}
READING = {"open", "os.listdir"}
DATABASE_WAIT = 30.0
_real_open, _real_sleep = io.open, time.sleep
_real_gettime, _real_time = time.clock_gettime, time.time


def meet_crossings() -> None:
    """Meet all crossings of this process, for as long as it lives."""
    sys.addaudithook(_audit)
    io.open = builtins.open = _open  # type: ignore[assignment]
    os.fsync = lambda _: None
    os.fstat = _aged(os.fstat)
    time.sleep = _sleep
    socket.create_connection = _call  # type: ignore[assignment]
    ssl.create_default_context = cache(ssl.create_default_context)
    meet_locks()
    for name, ahead in (("time", True), ("monotonic", False)):
        setattr(time, name, _seconds(getattr(time, name), wall=ahead))
    time.clock_gettime = _gettime
    secrets.token_bytes = _token
    tempfile._get_candidate_names = _names  # type: ignore[attr-defined]
    for module in [each for name, each in sys.modules.items() if name.partition(".")[0] == "pressgen"]:
        if getattr(module, "datetime", None) is datetime:
            mock.patch.object(module, "datetime", Now).start()
    event.listen(Engine, "connect", _connected)
    event.listen(Engine, "begin", _begun)
    event.listen(Engine, "commit", _committed)
    event.listen(Engine, "before_cursor_execute", _asked, retval=True)


def _aged(real: Callable[..., os.stat_result]) -> Callable[..., os.stat_result]:
    """Files as old on the world's clock as they are on the machine's; what is compared exactly stays as it is."""

    def look(*arguments: Any, **named: Any) -> os.stat_result:  # noqa: ANN401
        found, here = real(*arguments, **named), world()
        if here is None:
            return found
        names = [each for each in dir(found) if each.startswith("st_")]
        told = {name: getattr(found, name) for name in names}
        told["st_mtime"] += here.scheduler.clock.wall - _real_time()
        return os.stat_result(tuple(found), told)

    return look


class _Kind(type):
    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, datetime)


class Now(datetime, metaclass=_Kind):
    """The class `datetime`, on the machine's clock of the world."""

    def __new__(cls, *arguments: Any, **more: Any) -> datetime:  # type: ignore[misc] # noqa: ANN401
        return datetime(*arguments, **more)  # noqa: DTZ001

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        here = world()
        return datetime.fromtimestamp(here.scheduler.clock.wall, tz) if here else datetime.now(tz)

    @classmethod
    def fromtimestamp(cls, seconds: float, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        return datetime.fromtimestamp(seconds, tz)

    @classmethod
    def fromisoformat(cls, text: str) -> datetime:  # type: ignore[override]
        return datetime.fromisoformat(text)

    @classmethod
    def combine(cls, *arguments: Any, **more: Any) -> datetime:  # type: ignore[override] # noqa: ANN401
        return datetime.combine(*arguments, **more)

    @classmethod
    def strptime(cls, text: str, shape: str) -> datetime:  # type: ignore[override]
        return datetime.strptime(text, shape)  # noqa: DTZ007


def _seconds(real: Callable[[], float], *, wall: bool) -> Callable[[], float]:
    def read() -> float:
        here = world()
        if here is None:
            return real()
        return here.scheduler.clock.wall if wall else here.scheduler.clock.true

    return read


def _gettime(clock: int) -> float:
    here = world()
    return here.scheduler.clock.true if here else _real_gettime(clock)


def _sleep(seconds: float) -> None:
    here = world()
    if here:
        here.scheduler.sleep(seconds)
    else:
        _real_sleep(seconds)


def _token(count: int | None = None) -> bytes:
    here = world()
    return bytes.fromhex(next(here.names))[-(count or 32) :] if here else os.urandom(count or 32)


def _names() -> Iterator[str]:
    here = world()
    return here.names if here else tempfile._RandomNameSequence()  # type: ignore[attr-defined,no-any-return]


def _audit(what: str, arguments: tuple[Any, ...]) -> None:
    if what not in DISK and (what != "ctypes.dlsym" or arguments[1] != "renameat2"):
        return
    here = world()
    if here is None:
        return
    if what == "ctypes.dlsym":
        here.scheduler.cross("swap two names")
        return
    path = arguments[0]
    if what == "open" and (isinstance(path, int) or arguments[2] & os.O_DIRECTORY):
        return
    text = os.fspath(path) if not isinstance(path, int) else "."
    if not isinstance(text, str) or (text.startswith("/") and not _watched(here, text)):
        return
    writing = what not in READING or (what == "open" and arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))
    shown = text.removeprefix(f"{here.root}/")
    if what == "os.rename":
        shown += f" → {str(arguments[1]).removeprefix(f'{here.root}/')}"
    here.scheduler.cross(f"{what} {shown}", effect=bool(writing))


def _watched(here: World, path: str) -> bool:
    return path.startswith(f"{here.root}/") and not path.startswith(f"{here.root}/templates")


class _Raw(io.FileIO):
    """A file to which each write crosses; one that is killed there may have written a part."""

    def write(self, content: Any) -> int:  # type: ignore[override] # noqa: ANN401
        here = world()
        if here:
            here.scheduler.cross(f"write {len(content)} bytes")
        return super().write(content)


def _open(file: Any, mode: str = "r", buffering: int = -1, *more: Any, **named: Any) -> Any:  # noqa: ANN401
    here = world()
    if here is None or not set(mode) & set("wax+") or not (isinstance(file, int) or _watched(here, os.fspath(file))):
        return _real_open(file, mode, buffering, *more, **named)
    raw = _Raw(file, mode.replace("b", "").replace("t", ""), opener=named.pop("opener", None))
    buffered = io.BufferedRandom(raw) if "+" in mode else io.BufferedWriter(raw)
    return buffered if "b" in mode else io.TextIOWrapper(buffered, *more, **named)


def _call(address: tuple[str, int], *_: object, **__: object) -> Line:
    """A call to the mail server of the world."""
    here, actor = world(), actor_here()
    if here is None or actor is None:
        raise AssertionError(f"a call to {address} from outside of the storm")
    here.scheduler.cross("mail: call", effect=False)
    if here.mail.fails():
        raise ConnectionRefusedError(111, "Connection refused")
    return Line(here.mail, actor.process, lambda what: here.scheduler.cross(what, effect=False))


def _connected(connection: Any, _: object) -> None:  # noqa: ANN401
    actor = actor_here()
    if actor is None:
        return
    actor.process.connections.append(connection)
    if type(connection).__module__.startswith("sqlite3"):
        connection.execute("PRAGMA busy_timeout = 0")


def _begun(connection: Any) -> None:  # noqa: ANN401
    here = world()
    if here and connection.dialect.name == "postgresql":
        here.scheduler.cross("ledger: begin", effect=False)


def _committed(connection: Any) -> None:  # noqa: ANN401
    here = world()
    if here:
        writing = connection.get_execution_options().get("writing")
        if writing:
            here.scheduler.cross("ledger: commit")


def _asked(_: Any, cursor: Any, statement: str, values: Any, *__: object) -> tuple[str, Any]:  # noqa: ANN401
    """Wait for the ledger's turn as a process does, but let others run meanwhile."""
    here = world()
    if here is None:
        return statement, values
    if statement == "BEGIN":
        here.scheduler.cross("ledger: read", effect=False)
    if statement == "BEGIN IMMEDIATE":
        here.scheduler.cross("ledger: take turn", effect=False)
        if here.scheduler.wait_for(lambda: _tried(cursor), DATABASE_WAIT):
            return "SELECT 1", ()
    if "pg_advisory_xact_lock(" in statement:
        here.scheduler.cross("ledger: take turn", effect=False)
        asked = statement.replace("pg_advisory_xact_lock(", "pg_try_advisory_xact_lock(")
        here.scheduler.wait_for(lambda: bool(cursor.execute(asked, values).fetchone()[0]), FOR_EVER)
    return statement, values


def _tried(cursor: Any) -> bool:  # noqa: ANN401
    try:
        cursor.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if "locked" not in str(error):
            raise
        return False
    return True
