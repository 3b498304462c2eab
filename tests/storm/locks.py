"""Locks and threads: a process that is killed lets go of its own, and whoever waits lets others run."""

from __future__ import annotations

import fcntl
import os
import struct
import threading
from contextlib import suppress
from typing import Any
from weakref import WeakKeyDictionary

from storm.scheduler import REAL_LOCK, Actor, Process, actor_here
from storm.world import world

FOR_EVER = 1e9
_GRANTED: dict[tuple[int, int], str] = {}
_LOCKED: dict[int, Process | None] = {}
"""The files that are locked, or were, and by whom: of a process that is killed the kernel lets go of them."""
_THREADS: WeakKeyDictionary[threading.Thread, Actor] = WeakKeyDictionary()
_RealEvent, _RealThread = threading.Event, threading.Thread
_real_lockf, _real_flock = fcntl.lockf, fcntl.flock
_real_start, _real_join, _real_is_alive = _RealThread.start, _RealThread.join, _RealThread.is_alive


def meet_locks() -> None:
    """Meet every lock and thread of this process, for as long as it lives."""
    fcntl.lockf, fcntl.flock = _lockf, _flock
    threading.Lock = _Lock  # type: ignore[assignment]
    threading.Event = _Event  # type: ignore[misc]
    for name, met in (("start", _start), ("join", _join), ("is_alive", _is_alive)):
        setattr(_RealThread, name, met)


def _lockf(file: Any, what: int, length: int = 0, start: int = 0, whence: int = 0) -> None:  # noqa: ANN401
    """Of two processes one holds it; two threads of one process both do."""
    here, actor = world(), actor_here()
    if here is None or actor is None:
        _real_lockf(file, what, length, start, whence)
        return
    handle = file if isinstance(file, int) else file.fileno()
    at = (os.fstat(handle).st_ino, start)
    kind = fcntl.F_UNLCK if what & fcntl.LOCK_UN else fcntl.F_RDLCK if what & fcntl.LOCK_SH else fcntl.F_WRLCK
    wanted = _flock_of(kind, whence, start, length)
    here.scheduler.cross(f"lock {start}")

    def granted() -> bool:
        try:
            fcntl.fcntl(handle, fcntl.F_OFD_SETLK, wanted)
        except BlockingIOError:
            return _GRANTED.get(at) == actor.process.name
        _GRANTED[at] = actor.process.name
        return True

    if not here.scheduler.wait_for(granted, 0.0 if what & fcntl.LOCK_NB else FOR_EVER):
        raise BlockingIOError(11, "locked")


def _flock_of(kind: int, whence: int, start: int, length: int) -> bytes:
    return struct.pack("hhqqi4x", kind, whence, start, length, 0)


def _flock(file: Any, what: int) -> None:  # noqa: ANN401
    here = world()
    if here is None:
        _real_flock(file, what)
        return
    here.scheduler.cross("flock")

    handle, actor = file if isinstance(file, int) else file.fileno(), actor_here()

    def granted() -> bool:
        try:
            _real_flock(handle, what | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        _LOCKED[handle] = actor.process if actor else None
        return True

    if not here.scheduler.wait_for(granted, 0.0 if what & fcntl.LOCK_NB else FOR_EVER):
        raise BlockingIOError(11, "locked")


def let_go(process: Process) -> None:
    """Let go of what a killed process had locked."""
    for handle in [each for each, by in _LOCKED.items() if by is process]:
        with suppress(OSError):  # it was closed
            _real_flock(handle, fcntl.LOCK_UN)
        del _LOCKED[handle]


class _Lock:
    """A lock between the threads of a process; whoever waits for it lets others run."""

    def __init__(self) -> None:
        self._real = REAL_LOCK()

    def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:  # noqa: FBT001, FBT002 - as Python's own
        here = world()
        if here is None or not blocking:
            return self._real.acquire(blocking, timeout)
        return here.scheduler.wait_for(lambda: self._real.acquire(blocking=False), FOR_EVER if timeout < 0 else timeout)

    def release(self) -> None:
        self._real.release()

    def locked(self) -> bool:
        return self._real.locked()

    def _at_fork_reinit(self) -> None:
        self._real = REAL_LOCK()

    def __enter__(self) -> bool:
        return self.acquire()

    def __exit__(self, *_: object) -> None:
        self.release()


class _Event(_RealEvent):
    """An event between the threads of a process; whoever waits for it lets others run."""

    def wait(self, timeout: float | None = None) -> bool:
        here = world()
        if here is None:
            return super().wait(timeout)
        return here.scheduler.wait_for(self.is_set, FOR_EVER if timeout is None else timeout)


def _start(thread: threading.Thread) -> None:
    """A thread that an actor starts is one of the same process."""
    here, actor = world(), actor_here()
    if here is None or actor is None:
        _real_start(thread)
    else:
        _THREADS[thread] = here.scheduler.spawn(f"{actor.name}/thread", actor.process, thread.run)


def _join(thread: threading.Thread, timeout: float | None = None) -> None:
    here, actor = world(), _THREADS.get(thread)
    if here is None or actor is None:
        _real_join(thread, timeout)
    else:
        here.scheduler.wait_for(lambda: actor.done, FOR_EVER if timeout is None else timeout)


def _is_alive(thread: threading.Thread) -> bool:
    actor = _THREADS.get(thread)
    return not actor.done if actor else _real_is_alive(thread)
