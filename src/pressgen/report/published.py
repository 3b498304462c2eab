"""A public release, with what the statistics count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedRelease:
    """A public release, with what the statistics count about it.

    Attributes:
        since: when it became public, on the clock of its own zone.
        embargoed: whether it had been under embargo until then.
        scale: the words of its findings' scale, best first.
        ratings: the rating of each finding.
        waited: from the approval of what became public to its lift; None where the ledger does not know it.
        corrections: the class of each correction.
        withdrawn: whether it was withdrawn afterwards.
    """

    since: datetime
    house: str
    embargoed: bool
    scale: Sequence[str] = ()
    ratings: Sequence[str] = ()
    waited: timedelta | None = None
    corrections: Sequence[str] = ()
    withdrawn: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveSummary:
    """The public releases to count, and how many others there are.

    Attributes:
        published: what is public, and became so within the period.
        ahead: how many are not public yet; nothing else about them is shown.
        undated: how many state no time and were never lifted.
        faulty: how many files cannot be read.
    """

    published: Sequence[PublishedRelease]
    ahead: int = 0
    undated: int = 0
    faulty: int = 0
