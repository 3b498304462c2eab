"""Threads that stand for processes, of which one alone runs at a time, on a clock of their own.

An actor stops at each crossing to the outside, before it has an effect. A seed decides who goes on, how much time
passes, which process is killed there, and when the machine's clock jumps. So a seed is an interleaving, and the same
seed is the same interleaving.
"""

from __future__ import annotations

import random
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

STEPS = 60_000
"""So many crossings are no interleaving any more, but a loop without end."""
POLL = 0.05
"""Seconds between two looks of an actor that waits for a lock."""
REAL_LOCK = threading.Lock
HERE = threading.local()


class Killed(BaseException):
    """The process ends at this crossing: nothing that its code does afterwards has any effect."""


class StuckError(Exception):
    """The actors wait for each other, or go round for ever."""


@dataclass
class Clock:
    """The true time of the world, in seconds since 1970, and how far the machine's clock is ahead of it."""

    true: float
    ahead: float = 0.0

    @property
    def wall(self) -> float:
        return self.true + self.ahead


@dataclass
class Process:
    """A process: it is killed as a whole."""

    name: str
    killed: bool = False
    immortal: bool = False
    connections: list[object] = field(default_factory=list)


class Actor:
    """A thread of a process."""

    def __init__(self, name: str, process: Process, work: Callable[[], object]) -> None:
        self.name, self.process, self.work = name, process, work
        self.baton = REAL_LOCK()
        self.baton.acquire()
        self.wakes = 0.0
        self.done = False
        self.outside = False
        self.rank = 0.0
        self.fault: BaseException | None = None


class Scheduler:
    """Runs actors to their end; `seed` decides everything.

    Attributes:
        looked: called after each crossing that had an effect on the disk or the ledger.
        kills: how many processes may still be killed.
        jumps: how often the clock may still jump.
    """

    def __init__(self, seed: int, start: float, kills: int = 0, jumps: int = 0) -> None:
        self.chance = random.Random(seed)  # noqa: S311
        self.clock = Clock(start)
        self.start = start
        self.kills, self.jumps = kills, jumps
        self.kill_chance = 1 / self.chance.choice([15, 60, 200])
        self.orderly = self.chance.random() < 0.5
        self.switch = self.chance.choice([0.02, 0.1, 0.4, 1.0])
        self.trace: list[str] = []
        self.looked: Callable[[], None] = lambda: None
        self.died: Callable[[Process, str], None] = lambda _process, _where: None
        self.again: dict[str, Callable[[], None]] = {}
        self._actors: list[Actor] = []
        self._main = REAL_LOCK()
        self._main.acquire()
        self._righted = 0.0
        self._turns = 0
        self._dirty = False
        self.stuck: str | None = None

    def spawn(self, name: str, process: Process, work: Callable[[], object], after: float = 0.0) -> Actor:
        """Another thread of a process, which begins to run when it is chosen."""
        actor = Actor(name, process, work)
        actor.wakes = self.clock.true + after
        actor.rank = self.chance.random()
        self._actors.append(actor)
        thread = threading.Thread(target=self._live, args=(actor,), daemon=True)
        with unseen(actor_here()):
            thread.start()
        return actor

    def run(self) -> None:
        """Let all actors run to their end.

        Raises:
            StuckError: they do not come to one.
        """
        first = self._choose(None)
        if first:
            first.baton.release()
            self._main.acquire()
        if self.stuck:
            raise StuckError(self.stuck)

    def cross(self, what: str, *, effect: bool = True) -> None:
        """The actor that runs is about to cross to the outside; returns when it does.

        Raises:
            Killed: it does not get there.
        """
        actor = actor_here()
        if actor is None:
            return
        if actor.process.killed:
            raise Killed
        with unseen(actor):
            self._settle(actor, what)
        if not actor.process.immortal and self.kills and self.chance.random() < self.kill_chance:
            self.kills -= 1
            self.kill(actor.process, what)
            raise Killed
        if self._lets_go(actor):
            self._hand_on(actor)
        self._dirty = effect

    def sleep(self, seconds: float) -> None:
        """The actor that runs sleeps."""
        actor = actor_here()
        assert actor
        if actor.process.killed:
            raise Killed
        with unseen(actor):
            self._settle(actor, f"sleep {seconds:.3f}")
        actor.wakes = self.clock.true + max(seconds, 0.0)
        self._hand_on(actor)

    def wait_for(self, ready: Callable[[], bool], seconds: float) -> bool:
        """The actor that runs waits until something is so, at most so many seconds; whether it is."""
        actor = actor_here()
        assert actor
        ends = self.clock.true + seconds
        while not self._true(actor, ready):
            if self.clock.true >= ends:
                return False
            actor.wakes = self.clock.true + POLL
            self._hand_on(actor)
        return True

    @staticmethod
    def _true(actor: Actor, ready: Callable[[], bool]) -> bool:
        if actor.process.killed:
            raise Killed
        with unseen(actor):
            return ready()

    def kill(self, process: Process, where: str = "") -> None:
        """Kill a process, by another's hand or in the middle of its own work."""
        process.killed = True
        self.trace.append(f"{self.stamp} KILL {process.name} at {where}")
        self.died(process, where)

    def strange(self) -> list[str]:
        """The faults with which actors ended that pressgen should have met itself."""
        return [f"traceback: {each.name}: {each.fault!r}" for each in self._actors if each.fault]

    @property
    def stamp(self) -> str:
        return f"{self.clock.true - self.start:9.3f}"

    def _settle(self, actor: Actor, what: str) -> None:
        """See what the last crossing did, and let a little time pass."""
        if self._dirty:
            self._dirty = False
            self.looked()
        self.trace.append(f"{self.stamp} {actor.name}: {what}")
        self.clock.true += self.chance.expovariate(1 / 0.004)
        if self.clock.ahead and self.clock.true >= self._righted:
            self.clock.ahead = 0.0
            self.trace.append(f"{self.stamp} clock set right")
        elif self.jumps and not self.clock.ahead and self.chance.random() < 1 / 80:
            self.jumps -= 1
            self.clock.ahead = self.chance.choice([-100.0, -45.0, 45.0, 100.0])
            self._righted = self.clock.true + self.chance.uniform(5, 60)
            self.trace.append(f"{self.stamp} clock jumps by {self.clock.ahead}")

    def _lets_go(self, actor: Actor) -> bool:
        """Whether another may go on now: by ranks that seldom change, or by lot."""
        if self.orderly:
            if self.chance.random() < 1 / 40:
                actor.rank = self.chance.random() - 1
            return True
        return self.chance.random() < self.switch

    def _hand_on(self, actor: Actor) -> None:
        """Let the next one run, and come back when it is this one's turn."""
        self._turns += 1
        if self._turns > STEPS:
            self._end(f"no end; {actor.name} goes on")
            actor.baton.acquire()
        following = self._choose(actor)
        if following is actor:
            return
        if following is None:
            self._end("all wait for each other")
        else:
            following.baton.release()
        actor.baton.acquire()
        if actor.process.killed:
            raise Killed

    def _choose(self, actor: Actor | None) -> Actor | None:
        """Who goes on: first whoever was killed, so that what the kernel lets go of is let go of at once."""
        living = [each for each in self._actors if not each.done]
        if dead := [each for each in living if each.process.killed]:
            return actor if actor in dead else dead[0]
        if not living:
            return None
        ready = [each for each in living if each.wakes <= self.clock.true]
        while not ready:
            later = [each.wakes for each in living if each.wakes > self.clock.true]
            if not later:
                return None
            self.clock.true = min(later)
            ready = [each for each in living if each.wakes <= self.clock.true]
        if self.orderly:
            return max(ready, key=lambda each: each.rank)
        return self.chance.choice(ready)

    def _live(self, actor: Actor) -> None:
        actor.baton.acquire()
        HERE.actor = actor
        try:
            if not actor.process.killed:
                actor.work()
        except Killed:
            pass
        except BaseException as fault:  # noqa: BLE001 - whatever an actor meets is looked at afterwards
            actor.fault = fault
            self.trace.append(f"{self.stamp} {actor.name} FAULT {''.join(traceback.format_exception(fault))}")
        HERE.actor = None
        actor.done = True
        if self._dirty:
            self._dirty = False
            self.looked()
        if actor.process.killed and all(each.done for each in self._actors if each.process is actor.process):
            for connection in actor.process.connections:
                connection.close()  # type: ignore[attr-defined] # as the kernel does
        following = self._choose(None)
        if following is None:
            self._end("" if all(each.done for each in self._actors) else "all wait for each other")
        else:
            following.baton.release()

    def _end(self, why: str) -> None:
        self.stuck = self.stuck or why or None
        self._main.release()


def actor_here() -> Actor | None:
    """The actor whose thread this is, unless it does what no process does."""
    actor: Actor | None = getattr(HERE, "actor", None)
    return None if actor is None or actor.outside else actor


@contextmanager
def unseen(actor: Actor | None) -> Iterator[None]:
    """What the test itself does in an actor's thread crosses nothing."""
    if actor is None:
        yield
        return
    before, actor.outside = actor.outside, True
    try:
        yield
    finally:
        actor.outside = before
