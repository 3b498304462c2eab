"""The queue of the archive.

It holds chunks of many releases, each built by one service at a time, on any machine.

PostgreSQL gives a token with each chunk. When a service dies, or is cut off for some ten seconds, its name becomes free
and another service puts its chunk back into the queue: the chunk gets a new token, and the old one is no longer valid.
So a service that comes back checks its token before it writes anything, and DBOS rejects what it would record.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol

from dbos import DBOS

from pressgen.scheduler.dbos_abi import WorkflowClaim
from pressgen.scheduler.service import ServiceDefinition

if TYPE_CHECKING:
    from collections.abc import Mapping

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
