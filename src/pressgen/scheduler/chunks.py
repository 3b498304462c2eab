"""The queue of the archive: chunks of many releases, each made by one service at a time, on any machine.

A chunk is handed out under a token that PostgreSQL gives with it. When a service dies, or is cut off for some ten
seconds, its name becomes free and another hands its chunk on: that has a new token then, and the old one is worth
nothing. So a service that comes back asks before it writes anything, and DBOS refuses what it would record.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol

from dbos import DBOS

from pressgen.scheduler.dbos_abi import Claim
from pressgen.scheduler.service import Duty

if TYPE_CHECKING:
    from collections.abc import Mapping

QUEUE, NAME = "archive", "chunk"
APPLICATION, VERSION = "pressgen-archive", "archive-1"
"""Of its own, so that a service of the archive never makes one of lifts an older version that gets no work."""
RECOVERIES: Final = 100
POLL: Final = 0.5
"""Seconds between two looks into the queue."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """What one service makes in one go. No word of any release stands in it, so that none gets into the engine.

    Attributes:
        batch: what it is part of.
        number: its place there, from 1.
        chunks: how many chunks the batch has.
        releases: how many releases it has.
        order: what is made of each, as one text.
        depot: where its parcels lie, and its results go.
        parcel: the SHA-256 of the parcel with its releases.
        houses: the SHA-256 of the parcel with the houses.
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
        return f"{prefix(self.batch)}{self.number:05}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What became of a chunk: how many of its releases were made, were there already, were refused; and the time.

    Attributes:
        seconds: from its beginning to its end.
    """

    made: int
    same: int
    refused: int
    seconds: float


class Maker(Protocol):
    """The side of the desk; each may be called again after a crash."""

    def make(self, chunk: Chunk, claim: Claim) -> Tally:
        """Make a chunk; `claim.check()` stands before whatever is written where others look.

        Any exception is taken for a fault that no second attempt mends: the chunk has failed.
        """

    def tidy(self, chunk: Chunk) -> None:
        """Take away what a chunk that was made needs no more."""


def prefix(batch: str = "") -> str:
    """How the names of a batch's workflows begin, or of all."""
    return f"archive:{batch}:" if batch else "archive:"


def duty(maker: Maker) -> Duty:
    """What a service of the archive does: a chunk at a time, on as many cores as `maker` uses."""
    return Duty(APPLICATION, VERSION, {QUEUE: POLL}, 1, lambda: _register(maker))


def _register(maker: Maker) -> None:
    @DBOS.step(name="make")
    def make(given: dict[str, Any]) -> Mapping[str, Any]:
        return asdict(maker.make(Chunk(**given), Claim()))

    @DBOS.workflow(name=NAME, max_recovery_attempts=RECOVERIES)
    def chunk(given: dict[str, Any]) -> Mapping[str, Any]:
        tally = make(given)
        maker.tidy(Chunk(**given))
        return tally
