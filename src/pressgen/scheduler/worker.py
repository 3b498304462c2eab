"""A worker process that lifts releases.

It is a service of the scheduler with a trusted clock, and lifts what the ledger owes.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from pressgen.scheduler.client import SchedulerClient
from pressgen.scheduler.service import ROUND, SchedulerService, ServiceDefinition
from pressgen.scheduler.workflows import CHANNELS, ISSUES, LIFTS, VERSION, register_workflows

if TYPE_CHECKING:
    from pressgen.scheduler.clock import TrustedClock
    from pressgen.scheduler.handlers import SchedulerHandlers
    from pressgen.scheduler.store import SchedulerDatabase
    from pressgen.scheduler.worker_lock import WorkerLock

__all__ = ["ROUND", "LiftWorker"]

AHEAD: Final = timedelta(minutes=2)
"""How far ahead a round looks for lifts that the ledger owes and the scheduler does not hold."""
COMPARED: Final = 15
"""The number of rounds between two comparisons of the ledger with the scheduler."""


class LiftWorker(SchedulerService):
    """A worker that lifts and issues in this process; a context manager.

    Attributes:
        store: the scheduler's database, prepared.
        name: the worker's name, locked by `lock`.
    """

    def __init__(
        self, store: SchedulerDatabase, handlers: SchedulerHandlers, clock: TrustedClock, name: str, lock: WorkerLock
    ) -> None:
        queues = {LIFTS: 1.0, ISSUES: 1.0, CHANNELS: 0.25}
        super().__init__(
            store,
            name,
            lock,
            ServiceDefinition("pressgen", VERSION, queues, None, lambda: register_workflows(handlers, clock)),
        )
        self._handlers, self._clock = handlers, clock
        self._rounds = 0

    def round(self) -> None:
        """Check the clock, renew the worker's name, requeue abandoned work.

        Dead workers, or threads of this one, may have abandoned it.

        Raises:
            StateError: another process has the name now; this process must end.
        """
        self._clock.now()
        super().round()
        if self._rounds % COMPARED == 0:
            self._compare()
        self._rounds += 1

    def _compare(self) -> None:
        now = datetime.fromtimestamp(self._clock.now(), UTC)
        if jobs := self._handlers.due(now + AHEAD):
            with SchedulerClient(self._store) as client:
                client.resync(jobs, now)
