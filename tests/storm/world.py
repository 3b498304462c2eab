"""What is outside of the actors: one world at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from storm.outside import Mail, Wakings
from storm.scheduler import Scheduler, actor_here

_NOW: list[World] = []


class World:
    """What is outside of the actors.

    Attributes:
        names: what chance gives, the same each time.
    """

    def __init__(self, scheduler: Scheduler, root: Path, mail: Mail, wakings: Wakings) -> None:
        self.scheduler, self.root, self.mail, self.wakings = scheduler, root, mail, wakings
        self.names = (f"{number:016x}" for number in count())


def world() -> World | None:
    """The world, where this thread is one of its actors'."""
    return _NOW[0] if _NOW and actor_here() else None


@contextmanager
def storm(made: World) -> Iterator[None]:
    """Let the world be the one that crossings lead to."""
    _NOW[:] = [made]
    try:
        yield
    finally:
        _NOW.clear()
