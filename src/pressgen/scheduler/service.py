"""A process of the scheduler.

It runs DBOS, holds a worker's name, and looks every other second for abandoned work.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dbos import DBOS, DBOSPortableJSONSerializer

from pressgen.errors import StateError
from pressgen.scheduler.dbos_abi import list_active_workflows, list_unfinished_workflows, requeue_workflow
from pressgen.scheduler.worker_lock import lock_if_worker_is_dead

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import TracebackType
    from typing import Self

    from dbos import DBOSConfig

    from pressgen.scheduler.store import SchedulerDatabase
    from pressgen.scheduler.worker_lock import WorkerLock

ROUND: Final = 2.0
"""Seconds between two rounds."""
LOST: Final = 10.0
"""Seconds after which work of this process without a thread counts as lost, for example after a full disk."""


@dataclass(frozen=True, slots=True)
class ServiceDefinition:
    """The queues and workflows that a service process runs.

    Attributes:
        application: its versions are compared: a service of one application does not count as outdated because of
            another.
        version: raised only when the order of steps changes.
        queues: the seconds between two looks into each queue that it serves, by name.
        at_a_time: how many jobs of a queue this process does at a time; None for all.
        register: registers the workflows with DBOS.
    """

    application: str
    version: str
    queues: Mapping[str, float]
    at_a_time: int | None
    register: Callable[[], object]


class SchedulerService:
    """A scheduler service in this process; a context manager.

    A process has at most one, as DBOS allows no more.
    """

    def __init__(self, store: SchedulerDatabase, name: str, lock: WorkerLock, definition: ServiceDefinition) -> None:
        self._store, self._name, self._lock, self._definition = store, name, lock, definition
        self._lost: dict[str, float] = {}

    def __enter__(self) -> Self:
        config: DBOSConfig = {
            "name": self._definition.application,
            "system_database_url": self._store.lasting_url,
            "application_version": self._definition.version,
            "executor_id": self._name,
            "serializer": DBOSPortableJSONSerializer(),
            "log_level": "CRITICAL",
            "enable_otlp": False,
            "run_migrations": False,
        }
        DBOS(config=config)
        self._definition.register()
        DBOS.listen_queues(list(self._definition.queues))
        DBOS.launch()
        for queue, seconds in self._definition.queues.items():
            DBOS.register_queue(queue, worker_concurrency=self._definition.at_a_time, polling_interval_sec=seconds)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        DBOS.destroy(destroy_registry=True)
        self._lock.release()

    def round(self) -> None:
        """Renew the worker's name and requeue abandoned work.

        Dead services, or threads of this one, may have abandoned it.

        Raises:
            StateError: another process has the name now; this process must end.
        """
        self._lock.renew()
        unfinished = list_unfinished_workflows()
        own = set(unfinished.pop(self._name, [])) - list_active_workflows()
        now = time.monotonic()
        self._lost = {each: self._lost.get(each, now) for each in own}
        for workflow in [each for each, since in self._lost.items() if now - since > LOST]:
            requeue_workflow(workflow, self._name)
        for other, workflows in unfinished.items():
            with lock_if_worker_is_dead(self._store, other) as dead:
                for workflow in workflows if dead else []:
                    requeue_workflow(workflow, other)

    def look_after(self, tell: Callable[[str], None]) -> None:
        """Do a round; a temporary outage does not end the service.

        The database may be away, for example.

        Raises:
            StateError: as `round`.
        """
        try:
            self.round()
        except StateError:
            raise
        except Exception as fault:  # noqa: BLE001 - whatever a database raises
            tell(f"cannot check the scheduler: {str(fault).partition(chr(10))[0]}")

    def idle(self) -> bool:
        """Return whether this process has no work."""
        return not list_active_workflows()
