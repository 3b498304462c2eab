"""The clock that a lift is held to: never before the hour, whatever somebody does to the machine's clock."""

from __future__ import annotations

import threading
import time
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

DOUBTED: Final = 30.0
"""Seconds by which the wall clock may jump and still be believed; NTP slews, and steps by less."""
LONGEST_NAP: Final = 0.25
"""Seconds after which a waiting lift reads the clock again."""
APART: Final = 0.005
"""Seconds between two threads that held for the same instant."""


def readings() -> tuple[float, float]:
    """The wall clock and the time since the machine was started, suspension included, in seconds."""
    return time.time(), time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


class Clock:
    """The wall clock, less every jump forward that nobody has vouched for.

    A wrong clock is an early lift, and no later check sees it: so each jump of the wall clock against the time since
    the machine's start is remembered. After a jump forward the old reading holds on, after one back the wall clock
    rules: in doubt it is the later lift. Who starts the worker anew vouches for the clock.
    """

    def __init__(
        self, read: Callable[[], tuple[float, float]] = readings, tell: Callable[[str], None] = lambda _: None
    ) -> None:
        self._read, self._tell = read, tell
        self._wall, self._running = read()
        self._jumped = 0.0
        self._holding: Counter[int] = Counter()
        self._lock = threading.Lock()

    def now(self) -> float:
        """Seconds since 1970, never ahead of what the clock showed before it jumped; call it at least every minute."""
        with self._lock:
            wall, running = self._read()
            jump = (wall - self._wall) - (running - self._running)
            self._wall, self._running = wall, running
            if abs(jump) > DOUBTED:
                self._jumped += jump
        if abs(jump) > DOUBTED:
            self._tell(_told(jump, wall))
        return wall - max(self._jumped, 0.0)

    def hold_until(self, at_ms: int, sleep: Callable[[float], None] = time.sleep) -> None:
        """Return at or after the instant `at_ms`, in milliseconds since 1970, and never before it.

        Of many threads that hold for one instant the first returns at it and the others one by one behind it: hundreds
        that wake together would take the processor from the first, which may do the work of all.
        """
        with self._lock:
            behind = self._holding[at_ms]
            self._holding[at_ms] += 1
        try:
            self._hold(at_ms, sleep)
            if behind:
                sleep(behind * APART)
        finally:
            with self._lock:
                self._holding[at_ms] -= 1
                if not self._holding[at_ms]:
                    del self._holding[at_ms]

    def _hold(self, at_ms: int, sleep: Callable[[float], None]) -> None:
        while (left := at_ms / 1000 - self.now()) > 0:
            sleep(min(left, LONGEST_NAP))


def _told(jump: float, wall: float) -> str:
    direction = "forward" if jump > 0 else "back"
    shown = datetime.fromtimestamp(wall, UTC).isoformat(" ", "seconds")
    return (
        f"the clock was set {direction} by {abs(jump):.0f} seconds, to {shown}: lifts wait for whichever reading is the"
        " later; if the clock is right now, start the worker again"
    )
