"""Batches in the scheduler.

Send their chunks, build each by one service at a time, on any machine, and see how far each batch has come.

PostgreSQL gives a token with each chunk. When a service dies, or is cut off for some ten seconds, its name becomes free
and another service puts its chunk back into the queue: the chunk gets a new token, and the old one is no longer valid.
So a service that comes back checks its token before it writes anything, and DBOS rejects what it would record.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from statistics import median
from typing import TYPE_CHECKING, Any, Final, Protocol

from dbos import DBOS, DBOSClient, DBOSPortableJSONSerializer

from pressgen.scheduler.client import STATES, JobState
from pressgen.scheduler.dbos_abi import WorkflowClaim
from pressgen.scheduler.service import ServiceDefinition

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import TracebackType
    from typing import Self

    from dbos import EnqueueOptions, WorkflowStatus

    from pressgen.scheduler.store import SchedulerDatabase


QUEUE, NAME = "archive", "chunk"
APPLICATION, VERSION = "pressgen-archive", "archive-1"
"""Names of its own, so that DBOS does not treat a lift service as an outdated version because of an archive service."""
RECOVERIES: Final = 100
POLL: Final = 0.5
"""Seconds between two checks of the queue."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """A part of a batch that one service builds in one go.

    It contains no words of any release, so that none gets into the scheduler's database.

    Attributes:
        batch: the batch that it is part of.
        number: its place in the batch, from 1.
        chunks: how many chunks the batch has.
        releases: how many releases it has.
        order: what to build of each, as one text.
        depot: where its work packages are, and where its results go.
        parcel: the SHA-256 of the work package with its releases.
        houses: the SHA-256 of the work package with the houses.
    """

    batch: str
    number: int
    chunks: int
    releases: int
    order: str
    depot: str
    parcel: str
    houses: str

    @property
    def id(self) -> str:
        """The name of its workflow."""
        return f"{format_workflow_prefix(self.batch)}{self.number:05}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChunkResult:
    """How many releases of a chunk were built, unchanged or refused.

    Attributes:
        seconds: how long the chunk took.
    """

    made: int
    same: int
    refused: int
    seconds: float


class ChunkBuilder(Protocol):
    """The builder of chunks, as a protocol.

    Each method may be called again after a crash.
    """

    def make(self, chunk: Chunk, claim: WorkflowClaim) -> ChunkResult:
        """Build a chunk.

        Call `claim.check()` before writing anything where others look.

        Any exception counts as permanent: the chunk has failed.
        """

    def tidy(self, chunk: Chunk) -> None:
        """Delete what a finished chunk needs no more."""


def format_workflow_prefix(batch: str = "") -> str:
    """Return how the ids of a batch's workflows begin, or of all."""
    return f"archive:{batch}:" if batch else "archive:"


def define_batch_service(maker: ChunkBuilder) -> ServiceDefinition:
    """Define the service that builds batches chunk by chunk.

    It uses as many cores as `maker` does.
    """
    return ServiceDefinition(APPLICATION, VERSION, {QUEUE: POLL}, 1, lambda: _register_workflow(maker))


def _register_workflow(maker: ChunkBuilder) -> None:
    @DBOS.step(name="make")
    def make(given: dict[str, Any]) -> Mapping[str, Any]:
        return asdict(maker.make(Chunk(**given), WorkflowClaim()))

    @DBOS.workflow(name=NAME, max_recovery_attempts=RECOVERIES)
    def chunk(given: dict[str, Any]) -> Mapping[str, Any]:
        tally = make(given)
        maker.tidy(Chunk(**given))
        return tally


LATEST: Final = 50
"""The number of latest chunks from which the time for a release is estimated."""
PRIORITY: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class ChunkStatus:
    """The status of a chunk in the scheduler.

    Attributes:
        worker: the last worker that took it; empty if none did.
        tally: its result; None until it has ended well.
        detail: why it failed, else empty.
        at: when it was sent.
    """

    chunk: Chunk
    state: JobState
    worker: str
    tally: ChunkResult | None
    detail: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch with its chunks, sorted by number."""

    name: str
    sent: Sequence[ChunkStatus] = field(default_factory=list)

    @property
    def depot(self) -> str:
        """The folder or bucket for its results."""
        return self.sent[0].chunk.depot

    @property
    def under_way(self) -> bool:
        """Whether any of its chunks is still to be built."""
        return any(each.state in {JobState.WAITING, JobState.RUNNING} for each in self.sent)

    @property
    def at(self) -> datetime:
        """When its last chunk was sent."""
        return max(each.at for each in self.sent)

    @property
    def releases(self) -> int:
        """The number of its releases."""
        return sum(each.chunk.releases for each in self.sent)

    @property
    def failed(self) -> list[ChunkStatus]:
        """The chunks that were not built.

        The next batch finds the releases that they had finished.
        """
        return [each for each in self.sent if each.state in {JobState.FAILED, JobState.WITHDRAWN}]

    def counted(self) -> dict[str, int]:
        """Return the number of releases for each result.

        Those of failed chunks are `not made`.
        """
        tallies = [each.tally for each in self.sent if each.tally]
        return {
            "made": sum(each.made for each in tallies),
            "unchanged": sum(each.same for each in tallies),
            "refused": sum(each.refused for each in tallies),
            "not made": sum(each.chunk.releases for each in self.failed),
        }


class BatchClient:
    """A client that sends and watches batches from outside.

    It is a context manager; `store` is prepared.
    """

    def __init__(self, store: SchedulerDatabase) -> None:
        self._client = DBOSClient(
            system_database_url=store.url,
            serializer=DBOSPortableJSONSerializer(),
            application_name=APPLICATION,
            retry_connection_errors=False,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._client.destroy()

    def send(self, chunk: Chunk) -> None:
        """Send a chunk to be built; sending again changes nothing."""
        options: EnqueueOptions = {
            "workflow_name": NAME,
            "queue_name": QUEUE,
            "workflow_id": chunk.id,
            "app_version": VERSION,
            "priority": PRIORITY,
        }
        self._client.enqueue(options, asdict(chunk))

    def batch(self, name: str) -> Batch | None:
        """Return a batch by its name; None where there is none."""
        return next(iter(self._found(format_workflow_prefix(name))), None)

    def batches(self) -> list[Batch]:
        """Return all batches, the latest last."""
        return self._found(format_workflow_prefix())

    def cancel(self, batch: Batch) -> None:
        """Stop building a batch.

        A worker that is building a chunk of it stops at the next release.
        """
        for each in batch.sent:
            if each.state in {JobState.WAITING, JobState.RUNNING}:
                self._client.cancel_workflow(each.chunk.id)

    def forget(self, batch: Batch) -> None:
        """Remove a finished batch from the scheduler."""
        self._client.delete_workflows([each.chunk.id for each in batch.sent])

    def seconds(self, order: str) -> float | None:
        """Return the seconds that a recent release with this order took.

        It is None where there was none.
        """
        latest = self._client.list_workflows(name=NAME, status="SUCCESS", limit=LATEST, sort_desc=True)
        tallies = [each.tally for each in map(_parse_chunk_status, latest) if each.chunk.order == order]
        took = [each.seconds / each.made for each in tallies if each and each.made]
        return median(took) if took else None

    def _found(self, beginning: str) -> list[Batch]:
        by_name: defaultdict[str, list[ChunkStatus]] = defaultdict(list)
        for each in map(_parse_chunk_status, self._client.list_workflows(workflow_id_prefix=beginning)):
            by_name[each.chunk.batch].append(each)
        return [Batch(name, sorted(sent, key=lambda each: each.chunk.number)) for name, sent in sorted(by_name.items())]


def _parse_chunk_status(workflow: WorkflowStatus) -> ChunkStatus:
    given: Any = workflow.input or {}
    tally: Mapping[str, Any] | None = workflow.output if workflow.status == "SUCCESS" else None
    return ChunkStatus(
        chunk=Chunk(**given["args"][0]),
        state=STATES[workflow.status],
        worker=workflow.executor_id or "",
        tally=ChunkResult(**tally) if tally else None,
        detail=str(workflow.error or ""),
        at=datetime.fromtimestamp((workflow.created_at or 0) / 1000, UTC),
    )
