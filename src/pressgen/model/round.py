"""What the ledger holds of a round of review: copies that went out and came back, and what was decided on them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pressgen.model.outcome import Outcome  # noqa: TC001 - pydantic reads the annotations


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """Copies were made for review: of which round, of which state of the data, for whom, and their SHA-256 by name."""

    round: int
    digest: str
    to: tuple[str, ...]
    files: dict[str, str]
    kind: Literal["exported"] = "exported"


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """The copies of a round went to somebody by mail, or failed to.

    Attributes:
        recipient: the id of the reader.
        address: where it went.
        key: by which a second sending of the same is known.
        bounce_key: as that of `Sent`.
    """

    round: int
    recipient: str
    address: str
    channel: str
    outcome: Outcome
    detail: str
    key: str
    bounce_key: str = ""
    kind: Literal["posted"] = "posted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """A copy came back.

    Attributes:
        round: that it is of, 0 for a copy of none.
        file: the SHA-256 of the editor's file.
        by: the editors whose names stand in it.
        proposals: how many of them want a decision.
    """

    round: int
    file: str
    by: tuple[str, ...]
    proposals: int
    kind: Literal["returned"] = "returned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What an editor proposed was put into the release, or was not.

    Attributes:
        file: the SHA-256 of the editor's file.
        accepted, refused: the proposals, in words: number, path, words before and after, whose.
        reason: why, if somebody said so.
        open: how many proposals of the file still wait for a decision.
    """

    round: int
    file: str
    accepted: tuple[str, ...]
    refused: tuple[str, ...]
    reason: str
    open: int = 0
    kind: Literal["decided"] = "decided"


Review = Exported | Posted | Returned | Decided
"""Whatever happens in a round of review."""
