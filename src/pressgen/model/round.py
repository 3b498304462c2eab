"""What the ledger holds of a round of review: copies that went out, and what was decided on those that came back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """Copies went out for review: of which round, of which state of the data, for whom, and their SHA-256 by name."""

    round: int
    digest: str
    to: tuple[str, ...]
    files: dict[str, str]
    kind: Literal["exported"] = "exported"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What an editor proposed was put into the release, or was not.

    Attributes:
        file: the SHA-256 of the editor's file.
        accepted, refused: the proposals, in words: path, words before and after, whose.
        reason: why, if somebody said so.
    """

    round: int
    file: str
    accepted: tuple[str, ...]
    refused: tuple[str, ...]
    reason: str
    kind: Literal["decided"] = "decided"
