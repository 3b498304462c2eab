"""What the index holds of a file, and what it gives back."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FIELDS = ("headline", "people", "findings", "notes", "quotes", "body", "about")
"""The parts of a release that can be asked by themselves; `about` holds its reference, house and dates."""

WEIGHTS = {"headline": 8.0, "people": 4.0, "findings": 4.0, "quotes": 2.0, "notes": 1.0, "body": 2.0, "about": 4.0}
"""How much a word counts there, when the best hits are shown first."""

BREAK = "ꙮꙮ"
"""Stands between two passages, so that no phrase runs from one into the next: a letter of one Slavonic psalter."""


class NoIndex(Exception):
    """The file in which the index should lie holds something else, or is damaged; it can be thrown away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of a file beside its words.

    Attributes:
        slug: of the release's folder.
        digest: the SHA-256 of the file.
        day: of the embargo, else of publication, else of issue, as typed; empty where there is none.
        embargo, public: when its embargo ends, and when it becomes public: ISO 8601, UTC; empty where no time says so.
        zone: the IANA zone in which its times are stated.
        open: whether an embargo is typed that names no instant.
        scale: the words of its findings' scale, best first.
        ratings: the rating of each finding.
        problem: why the file cannot be read; empty where it can.
    """

    file: str
    slug: str
    digest: str
    reference: str = ""
    house: str = ""
    language: str = ""
    headline: str = ""
    day: str = ""
    zone: str = ""
    embargo: str = ""
    public: str = ""
    open: bool = False
    translation: bool = False
    scale: Sequence[str] = ()
    ratings: Sequence[str] = ()
    problem: str = ""

    def packed(self) -> str:
        """As JSON."""
        return json.dumps(asdict(self), ensure_ascii=False)

    def embargoed(self, now: datetime) -> bool:
        """Whether it may not be used yet at `now`; an embargo that cannot be read holds."""
        return self.open or ((lift := self.lifts) is not None and lift > now)

    @property
    def lifts(self) -> datetime | None:
        """When its embargo ends, None where it has none that can be read."""
        return datetime.fromisoformat(self.embargo).astimezone(UTC) if self.embargo else None


def unpacked(kept: str) -> Facts:
    """What `Facts.packed` gave."""
    return Facts(**json.loads(kept))


@dataclass(frozen=True, slots=True)
class Entry:
    """A file as it goes into the index: its words by field, passages parted by `BREAK`."""

    facts: Facts
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """The files that answer a question best, and how many do in all."""

    found: Sequence[Facts]
    total: int
