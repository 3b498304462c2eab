"""The clock that lifts wait for.

It is never early, whatever somebody does to the machine's clock.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from pressgen.text.durations import format_duration

if TYPE_CHECKING:
    from collections.abc import Callable

DOUBTED: Final = 30.0
"""Seconds by which the wall clock may jump and still be trusted; NTP slews, and steps by less."""
LONGEST_NAP: Final = 0.25
"""Seconds after which a waiting lift reads the clock again."""
APART: Final = 0.005
"""Seconds between two threads that waited for the same instant."""


def read_clocks() -> tuple[float, float]:
    """Read the wall clock and the seconds since this machine started.

    Time in which the machine was suspended counts.
    """
    return time.time(), time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


class TrustedClock:
    """The wall clock, without forward jumps that nobody has confirmed.

    A wrong clock makes a lift early, and no later check notices. So each jump of the wall clock against the time since
    the machine's start is remembered. After a jump forward the old reading continues; after a jump back the wall clock
    counts: in doubt, the lift is later. A person who restarts the worker confirms the clock.
    """

    def __init__(
        self, read: Callable[[], tuple[float, float]] = read_clocks, tell: Callable[[str], None] = lambda _: None
    ) -> None:
        self._read, self._tell = read, tell
        self._wall, self._running = read()
        self._jumped = 0.0
        self._holding: Counter[int] = Counter()
        self._lock = threading.Lock()

    def now(self) -> float:
        """Return the seconds since 1970, ignoring unconfirmed jumps forward.

        Call it at least every minute.
        """
        with self._lock:
            wall, running = self._read()
            jump = (wall - self._wall) - (running - self._running)
            self._wall, self._running = wall, running
            if abs(jump) > DOUBTED:
                self._jumped += jump
        if abs(jump) > DOUBTED:
            self._tell(_describe_jump(jump, wall))
        return wall - max(self._jumped, 0.0)

    def hold_until(self, at_ms: int, sleep: Callable[[float], None] = time.sleep) -> None:
        """Wait until `at_ms`, in milliseconds since 1970, never less.

        Of many threads that wait for one instant, the first returns at it and the others one by one after it: hundreds
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


def _describe_jump(jump: float, wall: float) -> str:
    direction = "forward" if jump > 0 else "back"
    shown = datetime.fromtimestamp(wall, UTC).isoformat(" ", "seconds")
    by = format_duration(timedelta(seconds=round(jump)))
    return (
        f"the clock was set {direction} by {by}, to {shown}: lifts wait until both the old and the new time say so;"
        " if the clock is right now, start the worker again"
    )
