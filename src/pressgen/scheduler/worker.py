"""A process that lifts: a service of the engine that is held to the clock, and to what the ledger owes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from pressgen.scheduler.client import Timetable
from pressgen.scheduler.service import ROUND, Duty, Service
from pressgen.scheduler.workflows import CHANNELS, ISSUES, LIFTS, VERSION, register

if TYPE_CHECKING:
    from pressgen.scheduler.clock import Clock
    from pressgen.scheduler.handlers import Acts
    from pressgen.scheduler.store import Store
    from pressgen.scheduler.worker_lock import Seat

__all__ = ["ROUND", "Worker"]

AHEAD: Final = timedelta(minutes=2)
"""How far ahead a round looks for lifts that the ledger owes and the engine does not hold."""
COMPARED: Final = 15
"""Every how many rounds the ledger and the engine are compared."""


class Worker(Service):
    """A worker in this process; a context manager.

    Attributes:
        store: the engine's record, prepared.
        name: the worker's, held in `seat`.
    """

    def __init__(self, store: Store, acts: Acts, clock: Clock, name: str, seat: Seat) -> None:
        queues = {LIFTS: 1.0, ISSUES: 1.0, CHANNELS: 0.25}
        super().__init__(store, name, seat, Duty("pressgen", VERSION, queues, None, lambda: register(acts, clock)))
        self._acts, self._clock = acts, clock
        self._rounds = 0

    def round(self) -> None:
        """Look after the clock, the name, and the work that dead workers, or threads of this one, left lying.

        Raises:
            StateForbids: the name is another's now; this process must end.
        """
        self._clock.now()
        super().round()
        if self._rounds % COMPARED == 0:
            self._compare()
        self._rounds += 1

    def _compare(self) -> None:
        now = datetime.fromtimestamp(self._clock.now(), UTC)
        if owed := self._acts.due(now + AHEAD):
            with Timetable(self._store) as timetable:
                timetable.resync(owed, now)
