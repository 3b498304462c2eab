"""Events of a round of review: copies sent, returned, and decided on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pressgen.model.outcome import Outcome  # noqa: TC001 - pydantic reads the annotations


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """The making of copies for a round of review.

    It names the round, the state of the data, the recipients, and the copies' SHA-256 by name.
    """

    round: int
    digest: str
    to: tuple[str, ...]
    files: dict[str, str]
    kind: Literal["exported"] = "exported"


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """The outcome of mailing a round's copies to a reader.

    Attributes:
        recipient: the id of the reader.
        address: where it was sent.
        key: identifies a second sending of the same.
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
    """The return of a copy.

    Attributes:
        round: the round that it belongs to, 0 for none.
        file: the SHA-256 of the editor's file.
        by: the editors named in it.
        proposals: how many of them need a decision.
    """

    round: int
    file: str
    by: tuple[str, ...]
    proposals: int
    kind: Literal["returned"] = "returned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """The decision on the proposals of an editor.

    They were applied to the release, or refused.

    Attributes:
        file: the SHA-256 of the editor's file.
        accepted, refused: the proposals, in words: number, path, words before and after, author.
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
"""All events of a round of review."""
