"""A client of the scheduler's timetable.

It can schedule, move, withdraw, list, retry and resync jobs.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, Literal

from dbos import DBOSClient, DBOSPortableJSONSerializer

from pressgen.scheduler.handlers import DueJob
from pressgen.scheduler.workflows import CHANNELS, ISSUES, LIFTS, format_issue_id, format_lift_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from types import TracebackType
    from typing import Self

    from dbos import EnqueueOptions, WorkflowStatus

    from pressgen.scheduler.store import SchedulerDatabase

LEAD: Final = 60.0
"""Seconds before the hour at which a worker takes a lift, so that hundreds can be prepared for the same hour."""


class JobState(StrEnum):
    """The state of a job in the scheduler."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"


STATES: Final = {
    "DELAYED": JobState.WAITING, "ENQUEUED": JobState.WAITING, "PENDING": JobState.RUNNING, "SUCCESS": JobState.DONE,
    "ERROR": JobState.FAILED, "MAX_RECOVERY_ATTEMPTS_EXCEEDED": JobState.FAILED, "CANCELLED": JobState.WITHDRAWN,
}  # fmt: skip
KINDS: Final = ["lift", "channel", "issue"]
"""The workflows of the timetable; the archive has its own."""
DEAD: Final = [name for name, state in STATES.items() if state is JobState.FAILED]


@dataclass(frozen=True, slots=True)
class Job:
    """A scheduled lift, one channel of it, or a scheduled issue.

    Attributes:
        revision: of a lift; the number of an order to issue.
        channel: empty for the lift itself, and for an issue.
        due: the hour of a lift or an issue; None for a channel.
        worker: the last worker that took it; empty if none did.
        detail: why it failed, else empty.
    """

    id: str
    reference: str
    revision: int
    channel: str
    state: JobState
    due: datetime | None
    worker: str
    detail: str
    kind: Literal["lift", "issue"] = "lift"


class SchedulerClient:
    """A client that schedules and watches jobs from outside.

    It is a context manager without threads or workers; `store` is prepared.
    """

    def __init__(self, store: SchedulerDatabase) -> None:
        self._client = DBOSClient(
            system_database_url=store.url, serializer=DBOSPortableJSONSerializer(), retry_connection_errors=False
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._client.destroy()

    def schedule(self, due: DueJob, now: datetime) -> None:
        """Schedule a lift or an issue at its hour.

        Calling it again changes nothing.
        """
        options: EnqueueOptions = {
            "workflow_name": due.kind,
            "queue_name": LIFTS if due.kind == "lift" else ISSUES,
            "workflow_id": _format_job_id(due),
            "delay_seconds": max(0.0, (due.at - now).total_seconds() - LEAD),
        }
        self._client.enqueue(options, due.reference, due.revision, _convert_to_milliseconds(due.at))

    def move(self, due: DueJob, was: int, now: datetime) -> None:
        """Move a lift to another hour.

        The ledger must have the new hour already; revision `was` is superseded.
        """
        self.withdraw(due.reference, was)
        self.schedule(due, now)

    def withdraw(self, reference: str, revision: int) -> None:
        """Withdraw a lift.

        The ledger must say so already: a lift that is under way will read it there.
        """
        self._client.cancel_workflow(format_lift_id(reference, revision))

    def status(self, *, finished: bool = False) -> list[Job]:
        """Return every job, by its hour.

        Jobs that ended well are left out unless `finished`.
        """
        wanted = [name for name, state in STATES.items() if finished or state is not JobState.DONE]
        return sorted(
            map(_parse_job, self._client.list_workflows(status=wanted, name=KINDS)),
            key=lambda job: (job.id, job.channel),
        )

    def retry(self, now: datetime) -> list[Job]:
        """Restart what has failed permanently, and return it.

        Nothing is published or announced twice.
        """
        jobs = [_parse_job(each) for each in self._client.list_workflows(status=DEAD, name=KINDS)]
        self._client.delete_workflows([job.id for job in jobs])
        for job in jobs:
            if job.due is not None:
                self.schedule(DueJob(job.due, job.reference, job.revision, job.kind), now)
            else:
                options: EnqueueOptions = {"workflow_name": "channel", "queue_name": CHANNELS, "workflow_id": job.id}
                self._client.enqueue(options, job.reference, job.revision, job.channel)
        return jobs

    def resync(self, owed: Iterable[DueJob], now: datetime) -> list[DueJob]:
        """Schedule what the ledger owes and the scheduler does not hold.

        Needed after a crash, a restore or a move of databases.

        Returns:
            the jobs that were missing, or had ended.
        """
        wanted = {_format_job_id(each): each for each in owed}
        missing: list[DueJob] = []
        for name, due in wanted.items():
            found = self._family(name)
            if any(STATES[each.status] in {JobState.WAITING, JobState.RUNNING} for each in found):
                continue
            self._client.delete_workflows([each.workflow_id for each in found])
            self.schedule(due, now)
            missing.append(due)
        return missing

    def _family(self, name: str) -> Sequence[WorkflowStatus]:
        """Return a lift's workflow with those of its channels."""
        found = self._client.list_workflows(workflow_id_prefix=name, load_input=False, load_output=False)
        return [each for each in found if each.workflow_id == name or each.workflow_id.startswith(f"{name}:")]


def _format_job_id(due: DueJob) -> str:
    if due.kind == "lift":
        return format_lift_id(due.reference, due.revision)
    return format_issue_id(due.reference, due.revision, _convert_to_milliseconds(due.at))


def _convert_to_milliseconds(at: datetime) -> int:
    return round(at.timestamp() * 1000)


def _parse_job(workflow: WorkflowStatus) -> Job:
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
