"""Batches as the engine holds them: send their chunks, and see how far each has come."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from dbos import DBOSClient, DBOSPortableJSONSerializer

from pressgen.scheduler.chunks import APPLICATION, NAME, QUEUE, VERSION, Chunk, Tally, prefix
from pressgen.scheduler.client import STATES, State

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import TracebackType
    from typing import Self

    from dbos import EnqueueOptions, WorkflowStatus

    from pressgen.scheduler.store import Store

LATEST: Final = 50
"""How many chunks are looked back on for how long a release takes."""
PRIORITY: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A chunk as the engine has it.

    Attributes:
        worker: who has it in hand, or had; empty while nobody has.
        tally: what became of it; None until it has ended well.
        detail: why it failed, else empty.
        at: when it was sent.
    """

    chunk: Chunk
    state: State
    worker: str
    tally: Tally | None
    detail: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch: its chunks by number."""

    name: str
    sent: Sequence[Sent] = field(default_factory=list)

    @property
    def depot(self) -> str:
        """Where its results go."""
        return self.sent[0].chunk.depot

    @property
    def under_way(self) -> bool:
        """Whether anything of it is still to be made."""
        return any(each.state in {State.WAITING, State.RUNNING} for each in self.sent)

    @property
    def at(self) -> datetime:
        """When the last of it was sent."""
        return max(each.at for each in self.sent)

    @property
    def releases(self) -> int:
        """How many releases it has."""
        return sum(each.chunk.releases for each in self.sent)

    @property
    def failed(self) -> list[Sent]:
        """Chunks that were not made; what of their releases was, the next batch finds."""
        return [each for each in self.sent if each.state in {State.FAILED, State.WITHDRAWN}]

    def counted(self) -> dict[str, int]:
        """Releases by what became of them; those of failed chunks are `not made`."""
        tallies = [each.tally for each in self.sent if each.tally]
        return {
            "made": sum(each.made for each in tallies),
            "as before": sum(each.same for each in tallies),
            "refused": sum(each.refused for each in tallies),
            "not made": sum(each.chunk.releases for each in self.failed),
        }


class Batches:
    """The engine's record from outside. A context manager; `store` is prepared."""

    def __init__(self, store: Store) -> None:
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
        """Have a chunk made; once more is the same as once."""
        options: EnqueueOptions = {
            "workflow_name": NAME,
            "queue_name": QUEUE,
            "workflow_id": chunk.id,
            "app_version": VERSION,
            "priority": PRIORITY,
        }
        self._client.enqueue(options, asdict(chunk))

    def batch(self, name: str) -> Batch | None:
        """A batch by its name, None where there is none."""
        return next(iter(self._found(prefix(name))), None)

    def batches(self) -> list[Batch]:
        """All of them, the latest last."""
        return self._found(prefix())

    def cancel(self, batch: Batch) -> None:
        """Have nothing more made of it; who has a chunk of it in hand stops at the next release."""
        for each in batch.sent:
            if each.state in {State.WAITING, State.RUNNING}:
                self._client.cancel_workflow(each.chunk.id)

    def forget(self, batch: Batch) -> None:
        """Have the engine hold nothing of it any more; it is not under way."""
        self._client.delete_workflows([each.chunk.id for each in batch.sent])

    def seconds(self, order: str) -> float | None:
        """Seconds that a service lately took for a release that was made to this order; None where none was."""
        latest = self._client.list_workflows(name=NAME, status="SUCCESS", limit=LATEST, sort_desc=True)
        tallies = [each.tally for each in map(_sent, latest) if each.chunk.order == order]
        took = [each.seconds / each.made for each in tallies if each and each.made]
        return median(took) if took else None

    def _found(self, beginning: str) -> list[Batch]:
        by_name: defaultdict[str, list[Sent]] = defaultdict(list)
        for each in map(_sent, self._client.list_workflows(workflow_id_prefix=beginning)):
            by_name[each.chunk.batch].append(each)
        return [Batch(name, sorted(sent, key=lambda each: each.chunk.number)) for name, sent in sorted(by_name.items())]


def _sent(workflow: WorkflowStatus) -> Sent:
    given: Any = workflow.input or {}
    tally: Mapping[str, Any] | None = workflow.output if workflow.status == "SUCCESS" else None
    return Sent(
        chunk=Chunk(**given["args"][0]),
        state=STATES[workflow.status],
        worker=workflow.executor_id or "",
        tally=Tally(**tally) if tally else None,
        detail=str(workflow.error or ""),
        at=datetime.fromtimestamp((workflow.created_at or 0) / 1000, UTC),
    )
