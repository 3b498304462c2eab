"""A process that lifts: DBOS, the name it holds, and a round every other second over what others left lying."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from dbos import DBOS, DBOSPortableJSONSerializer

from pressgen.engine import seat as seats
from pressgen.engine.dbos_abi import begun, hand_on, running_here
from pressgen.engine.flow import CHANNELS, LIFTS, VERSION, register
from pressgen.engine.timetable import Timetable

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

    from dbos import DBOSConfig

    from pressgen.engine.acts import Acts
    from pressgen.engine.clock import Clock
    from pressgen.engine.seat import Seat
    from pressgen.engine.store import Store

ROUND: Final = 2.0
"""Seconds between two rounds."""
AHEAD: Final = timedelta(minutes=2)
"""How far ahead a round looks for lifts that the ledger owes and the engine does not hold."""
LOST: Final = 10.0
"""Seconds after which work of this process that no thread of it does is lost, such as over a full disk."""
COMPARED: Final = 15
"""Every how many rounds the ledger and the engine are compared."""


class Worker:
    """A worker in this process; a context manager. At most one in a process, as DBOS knows only one.

    Attributes:
        store: the engine's record, prepared.
        name: the worker's, held in `seat`.
    """

    def __init__(self, store: Store, acts: Acts, clock: Clock, name: str, seat: Seat) -> None:
        self._store, self._acts, self._clock, self._name, self._seat = store, acts, clock, name, seat
        self._rounds = 0
        self._lost: dict[str, float] = {}

    def __enter__(self) -> Self:
        config: DBOSConfig = {
            "name": "pressgen",
            "system_database_url": self._store.url,
            "application_version": VERSION,
            "executor_id": self._name,
            "serializer": DBOSPortableJSONSerializer(),
            "log_level": "CRITICAL",
            "enable_otlp": False,
            "run_migrations": False,
        }
        DBOS(config=config)
        register(self._acts, self._clock)
        DBOS.listen_queues([LIFTS, CHANNELS])
        DBOS.launch()
        DBOS.register_queue(LIFTS)
        DBOS.register_queue(CHANNELS, polling_interval_sec=0.25)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        DBOS.destroy(destroy_registry=True)
        self._seat.release()

    def round(self) -> None:
        """Look after the clock, the name, and the work that dead workers, or threads of this one, left lying.

        Raises:
            StateForbids: the name is another's now; this process must end.
        """
        self._clock.now()
        self._seat.keep()
        left = begun()
        own = set(left.pop(self._name, [])) - running_here()
        now = time.monotonic()
        self._lost = {each: self._lost.get(each, now) for each in own}
        for workflow in [each for each, since in self._lost.items() if now - since > LOST]:
            hand_on(workflow, self._name)
        for worker, workflows in left.items():
            with seats.vacant(self._store, worker) as dead:
                for workflow in workflows if dead else []:
                    hand_on(workflow, worker)
        if self._rounds % COMPARED == 0:
            self._compare()
        self._rounds += 1

    def idle(self) -> bool:
        """Whether nothing is in hand here."""
        return not running_here()

    def _compare(self) -> None:
        now = datetime.fromtimestamp(self._clock.now(), UTC)
        if owed := self._acts.due(now + AHEAD):
            with Timetable(self._store) as timetable:
                timetable.resync(owed, now)
