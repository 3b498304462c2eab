"""Entries of the search index, and its matches."""

from __future__ import annotations

from collections.abc import Sequence  # noqa: TC003 - pydantic reads it
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from pydantic import TypeAdapter

if TYPE_CHECKING:
    from collections.abc import Mapping

FIELDS = ("headline", "people", "findings", "notes", "quotes", "body", "about")
"""The parts of a release that can be searched separately; `about` holds its reference, house and dates."""

BREAK = "ꙮꙮ"
"""A separator of passages, so that no phrase runs from one into the next: a letter of one Slavonic psalter."""


class IndexUnusableError(Exception):
    """An index file that is damaged, or is not an index.

    The file can be deleted.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class FileMetadata:
    """The metadata of a release file in the index.

    Attributes:
        slug: the release's folder.
        digest: the SHA-256 of the file.
        day: the day of the embargo, else of publication, else of issue, as typed; empty where there is none.
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

    def embargoed(self, now: datetime) -> bool:
        """Return whether the release is under embargo at `now`.

        An embargo that cannot be read counts.
        """
        return self.open or ((lift := self.lifts) is not None and lift > now)

    @property
    def lifts(self) -> datetime | None:
        """When the embargo ends; None without an embargo that can be read."""
        return datetime.fromisoformat(self.embargo).astimezone(UTC) if self.embargo else None


METADATA: Final = TypeAdapter(FileMetadata)
"""Reads and writes the metadata as JSON."""


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A file in the index, with its words by field.

    Passages are separated by `BREAK`.
    """

    facts: FileMetadata
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MatchingFiles:
    """The best matches of a search, and the total."""

    found: Sequence[FileMetadata]
    total: int
