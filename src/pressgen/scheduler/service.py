"""A process of the engine: DBOS, the name it holds, and a round every other second over what others left lying."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dbos import DBOS, DBOSPortableJSONSerializer

from pressgen.errors import StateForbids
from pressgen.scheduler import worker_lock as seats
from pressgen.scheduler.dbos_abi import begun, hand_on, running_here

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import TracebackType
    from typing import Self

    from dbos import DBOSConfig

    from pressgen.scheduler.store import Store
    from pressgen.scheduler.worker_lock import Seat

ROUND: Final = 2.0
"""Seconds between two rounds."""
LOST: Final = 10.0
"""Seconds after which work of this process that no thread of it does is lost, such as over a full disk."""


@dataclass(frozen=True, slots=True)
class Duty:
    """What a process does.

    Attributes:
        application: whose versions count: a service of one is not told outdated by one of another.
        version: bumped only when the order of steps changes.
        queues: the seconds between two looks into each queue that it serves, by name.
        at_a_time: how many jobs of a queue this process does at a time; None for all.
        register: tells DBOS the workflows.
    """

    application: str
    version: str
    queues: Mapping[str, float]
    at_a_time: int | None
    register: Callable[[], object]


class Service:
    """A service in this process; a context manager. At most one in a process, as DBOS knows only one."""

    def __init__(self, store: Store, name: str, seat: Seat, duty: Duty) -> None:
        self._store, self._name, self._seat, self._duty = store, name, seat, duty
        self._lost: dict[str, float] = {}

    def __enter__(self) -> Self:
        config: DBOSConfig = {
            "name": self._duty.application,
            "system_database_url": self._store.lasting_url,
            "application_version": self._duty.version,
            "executor_id": self._name,
            "serializer": DBOSPortableJSONSerializer(),
            "log_level": "CRITICAL",
            "enable_otlp": False,
            "run_migrations": False,
        }
        DBOS(config=config)
        self._duty.register()
        DBOS.listen_queues(list(self._duty.queues))
        DBOS.launch()
        for queue, seconds in self._duty.queues.items():
            DBOS.register_queue(queue, worker_concurrency=self._duty.at_a_time, polling_interval_sec=seconds)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        DBOS.destroy(destroy_registry=True)
        self._seat.release()

    def round(self) -> None:
        """Look after the name, and the work that dead services, or threads of this one, left lying.

        Raises:
            StateForbids: the name is another's now; this process must end.
        """
        self._seat.keep()
        left = begun()
        own = set(left.pop(self._name, [])) - running_here()
        now = time.monotonic()
        self._lost = {each: self._lost.get(each, now) for each in own}
        for workflow in [each for each, since in self._lost.items() if now - since > LOST]:
            hand_on(workflow, self._name)
        for other, workflows in left.items():
            with seats.vacant(self._store, other) as dead:
                for workflow in workflows if dead else []:
                    hand_on(workflow, other)

    def look_after(self, tell: Callable[[str], None]) -> None:
        """A round; what is away for a while, such as the database, ends no service.

        Raises:
            StateForbids: as `round`.
        """
        try:
            self.round()
        except StateForbids:
            raise
        except Exception as fault:  # noqa: BLE001 - whatever a database raises
            tell(f"cannot look after the engine: {str(fault).partition(chr(10))[0]}")

    def idle(self) -> bool:
        """Whether nothing is in hand here."""
        return not running_here()
