"""What is to be lifted when, as the engine holds it: schedule, move, withdraw, status, retry, resync."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, Literal

from dbos import DBOSClient, DBOSPortableJSONSerializer

from pressgen.scheduler.handlers import Due
from pressgen.scheduler.workflows import CHANNELS, ISSUES, LIFTS, issue_id, lift_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from types import TracebackType
    from typing import Self

    from dbos import EnqueueOptions, WorkflowStatus

    from pressgen.scheduler.store import Store

LEAD: Final = 60.0
"""Seconds before the hour at which a worker takes a lift, so that hundreds can be made ready for the same hour."""


class State(StrEnum):
    """How a job stands with the engine."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"


STATES: Final = {
    "DELAYED": State.WAITING, "ENQUEUED": State.WAITING, "PENDING": State.RUNNING, "SUCCESS": State.DONE,
    "ERROR": State.FAILED, "MAX_RECOVERY_ATTEMPTS_EXCEEDED": State.FAILED, "CANCELLED": State.WITHDRAWN,
}  # fmt: skip
KINDS: Final = ["lift", "channel", "issue"]
"""The workflows that are of the timetable; the archive has its own."""
DEAD: Final = [name for name, state in STATES.items() if state is State.FAILED]


@dataclass(frozen=True, slots=True)
class Job:
    """A lift, one channel of it, or an issue, as the engine has it.

    Attributes:
        revision: of a lift; the number of an order to issue.
        channel: empty for the lift itself, and for an issue.
        due: the hour of a lift or an issue; None for a channel.
        worker: who has it in hand, or had; empty while nobody has.
        detail: why it failed, else empty.
    """

    id: str
    reference: str
    revision: int
    channel: str
    state: State
    due: datetime | None
    worker: str
    detail: str
    kind: Literal["lift", "issue"] = "lift"


class Timetable:
    """The engine's record from outside: no thread, no worker. A context manager; `store` is prepared."""

    def __init__(self, store: Store) -> None:
        self._client = DBOSClient(
            system_database_url=store.url, serializer=DBOSPortableJSONSerializer(), retry_connection_errors=False
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._client.destroy()

    def schedule(self, due: Due, now: datetime) -> None:
        """Have `due` lifted, or issued, at its hour; once more is the same as once."""
        options: EnqueueOptions = {
            "workflow_name": due.kind,
            "queue_name": LIFTS if due.kind == "lift" else ISSUES,
            "workflow_id": _id_of(due),
            "delay_seconds": max(0.0, (due.at - now).total_seconds() - LEAD),
        }
        self._client.enqueue(options, due.reference, due.revision, _milliseconds(due.at))

    def move(self, due: Due, was: int, now: datetime) -> None:
        """Have it lifted at another hour; the ledger says so already, and revision `was` is superseded."""
        self.withdraw(due.reference, was)
        self.schedule(due, now)

    def withdraw(self, reference: str, revision: int) -> None:
        """Have it lifted no more; the ledger says so already, and one that is in hand will read it there."""
        self._client.cancel_workflow(lift_id(reference, revision))

    def status(self, *, finished: bool = False) -> list[Job]:
        """Every job, by its hour; without those that ended well unless `finished`."""
        wanted = [name for name, state in STATES.items() if finished or state is not State.DONE]
        return sorted(
            map(_job, self._client.list_workflows(status=wanted, name=KINDS)), key=lambda job: (job.id, job.channel)
        )

    def retry(self, now: datetime) -> list[Job]:
        """Begin anew what has failed for good; what was begun anew. What is published or announced is not so twice."""
        jobs = [_job(each) for each in self._client.list_workflows(status=DEAD, name=KINDS)]
        self._client.delete_workflows([job.id for job in jobs])
        for job in jobs:
            if job.due is not None:
                self.schedule(Due(job.due, job.reference, job.revision, job.kind), now)
            else:
                options: EnqueueOptions = {"workflow_name": "channel", "queue_name": CHANNELS, "workflow_id": job.id}
                self._client.enqueue(options, job.reference, job.revision, job.channel)
        return jobs

    def resync(self, owed: Iterable[Due], now: datetime) -> list[Due]:
        """See that the engine holds what the ledger owes, after a crash, a restore or a move of databases.

        Returns: those that it did not hold, or held as ended.
        """
        wanted = {_id_of(each): each for each in owed}
        missing: list[Due] = []
        for name, due in wanted.items():
            found = self._family(name)
            if any(STATES[each.status] in {State.WAITING, State.RUNNING} for each in found):
                continue
            self._client.delete_workflows([each.workflow_id for each in found])
            self.schedule(due, now)
            missing.append(due)
        return missing

    def _family(self, name: str) -> Sequence[WorkflowStatus]:
        """A lift's workflow with those of its channels."""
        found = self._client.list_workflows(workflow_id_prefix=name, load_input=False, load_output=False)
        return [each for each in found if each.workflow_id == name or each.workflow_id.startswith(f"{name}:")]


def _id_of(due: Due) -> str:
    if due.kind == "lift":
        return lift_id(due.reference, due.revision)
    return issue_id(due.reference, due.revision, _milliseconds(due.at))


def _milliseconds(at: datetime) -> int:
    return round(at.timestamp() * 1000)


def _job(workflow: WorkflowStatus) -> Job:
    given: Any = workflow.input or {}
    reference, revision, last = given["args"]
    timed = workflow.name != "channel"
    return Job(
        workflow.workflow_id,
        reference,
        revision,
        "" if timed else last,
        STATES[workflow.status],
        datetime.fromtimestamp(last / 1000, UTC) if timed else None,
        workflow.executor_id or "",
        str(workflow.error or ""),
        "issue" if workflow.name == "issue" else "lift",
    )
