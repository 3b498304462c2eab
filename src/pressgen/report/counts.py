"""Public releases, as the report counts them.

They are counted by month, rating, weekday and hour, by their wait, and by their later changes.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime


def format_share(part: int, whole: int) -> str:
    """Format a part of a whole as a full percentage.

    Less than half a percent is `under 1%`, so that a few do not look like none.
    """
    if 0 < part * 200 < whole:
        return "under 1%"
    return f"{round(100 * part / whole) if whole else 0}%"


def format_duration(time: timedelta) -> str:
    """Format a duration in the largest unit that fits twice.

    Examples are `28 hours` and `3 days`.
    """
    minutes = round(time.total_seconds() / 60)
    for unit, size in (("day", 24 * 60), ("hour", 60), ("minute", 1)):
        if minutes >= 2 * size or size == 1:
            return format_count(round(minutes / size), unit)
    raise AssertionError(time)


def format_count(count: int, what: str) -> str:
    """Format a count with its noun."""
    return f"{count:,} {what}{'s' * (count != 1)}"


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


Scale = tuple[str, ...]
"""The words of a scale, best first; case makes no difference."""

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WAITS = (
    (HOUR, "under 1 hour"),
    (6 * HOUR, "1 to 6 hours"),
    (12 * HOUR, "6 to 12 hours"),
    (DAY, "12 to 24 hours"),
    (2 * DAY, "1 to 2 days"),
    (4 * DAY, "2 to 4 days"),
    (7 * DAY, "4 to 7 days"),
    (14 * DAY, "1 to 2 weeks"),
    (timedelta.max, "2 weeks or more"),
)
"""The groups of waits; each upper limit itself belongs to the next group."""


def count_by_month(published: Iterable[PublishedRelease]) -> dict[tuple[int, int], int]:
    """Count releases by year and month, without gaps."""
    counted = Counter((each.since.year, each.since.month) for each in published)
    if not counted:
        return {}
    (year, month), last = min(counted), max(counted)
    found = {}
    while (year, month) <= last:
        found[year, month] = counted[year, month]
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)  # noqa: PLR2004 - months of a year
    return found


def list_years(published: Iterable[PublishedRelease]) -> list[int]:
    """List the years from the first to the last release."""
    found = {each.since.year for each in published}
    return list(range(min(found), max(found) + 1)) if found else []


def count_by_year(published: Sequence[PublishedRelease], count: Callable[[PublishedRelease], int]) -> list[int]:
    """Sum what `count` returns for the releases of each year."""
    counted: Counter[int] = Counter()
    for each in published:
        counted[each.since.year] += count(each)
    return [counted[year] for year in list_years(published)]


def count_by_weekday(published: Iterable[PublishedRelease]) -> list[int]:
    """Count releases by weekday, Monday first, on each release's clock."""
    counted = Counter(each.since.weekday() for each in published)
    return [counted[day] for day in range(7)]


def count_by_hour(published: Iterable[PublishedRelease]) -> list[int]:
    """Count releases by hour of the day, on each release's clock."""
    counted = Counter(each.since.hour for each in published)
    return [counted[hour] for hour in range(24)]


def count_by_wait(published: Iterable[PublishedRelease]) -> list[int]:
    """Count releases by their wait from approval to lift.

    The groups are those of `WAITS`.
    """
    found = [0] * len(WAITS)
    for each in published:
        if each.waited is not None:
            found[next(at for at, (end, _) in enumerate(WAITS) if each.waited < end)] += 1
    return found


def compute_wait_quantile(published: Iterable[PublishedRelease], share: float) -> timedelta | None:
    """Compute the wait that a share of the releases did not exceed.

    Returns None where no wait is known.
    """
    known = sorted(each.waited for each in published if each.waited is not None)
    return known[max(0, -int(-len(known) * share // 1) - 1)] if known else None


def list_scales(published: Iterable[PublishedRelease]) -> list[Scale]:
    """List the scales of findings, most used first."""
    counted: Counter[Scale] = Counter()
    shown: dict[Scale, Scale] = {}
    for each in published:
        if each.ratings:
            key = _normalise_scale(each)
            counted[key] += len(each.ratings)
            shown.setdefault(key, tuple(each.scale))
    return [shown[key] for key, _ in sorted(counted.items(), key=lambda item: (-item[1], item[0]))]


def count_ratings(
    published: Iterable[PublishedRelease], scale: Scale, group: Callable[[PublishedRelease], str]
) -> dict[str, list[int]]:
    """Count the findings on a scale by group and rating.

    Each group has a count for each word of the scale, and last one for any other word.
    """
    words = [word.casefold() for word in scale]
    found: dict[str, list[int]] = {}
    for each in published:
        if each.ratings and _normalise_scale(each) == tuple(words):
            row = found.setdefault(group(each), [0] * (len(words) + 1))
            for rating in each.ratings:
                row[words.index(rating.casefold()) if rating.casefold() in words else -1] += 1
    return found


def count_corrections(published: Iterable[PublishedRelease]) -> Counter[str]:
    """Count corrections by their class."""
    return Counter(kind for each in published for kind in each.corrections)


def _normalise_scale(published: PublishedRelease) -> Scale:
    """Normalise the words of a scale for comparison."""
    return tuple(word.casefold() for word in published.scale)
