"""Releases counted: by month, rating, weekday and hour, by how long they waited, and by what became of them."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from pressgen.report.published import Published

Scale = tuple[str, ...]
"""The words of a scale, best first; small letters or capitals make no other scale."""

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
"""How long releases waited: up to each of these, which itself belongs to the next."""


def months(published: Iterable[Published]) -> dict[tuple[int, int], int]:
    """Releases by year and month, from the first month that has any to the last, without a gap."""
    counted = Counter((each.since.year, each.since.month) for each in published)
    if not counted:
        return {}
    (year, month), last = min(counted), max(counted)
    found = {}
    while (year, month) <= last:
        found[year, month] = counted[year, month]
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)  # noqa: PLR2004 - months of a year
    return found


def years(published: Iterable[Published]) -> list[int]:
    """The years from the first to the last that has any."""
    found = {each.since.year for each in published}
    return list(range(min(found), max(found) + 1)) if found else []


def by_year(published: Sequence[Published], count: Callable[[Published], int]) -> list[int]:
    """What `count` gives for the releases of each year, in all."""
    counted: Counter[int] = Counter()
    for each in published:
        counted[each.since.year] += count(each)
    return [counted[year] for year in years(published)]


def weekdays(published: Iterable[Published]) -> list[int]:
    """Releases by weekday, Monday first, on the clock of each."""
    counted = Counter(each.since.weekday() for each in published)
    return [counted[day] for day in range(7)]


def hours(published: Iterable[Published]) -> list[int]:
    """Releases by hour of the day, on the clock of each."""
    counted = Counter(each.since.hour for each in published)
    return [counted[hour] for hour in range(24)]


def waits(published: Iterable[Published]) -> list[int]:
    """Releases by how long they waited from approval to lift, in the steps of `WAITS`."""
    found = [0] * len(WAITS)
    for each in published:
        if each.waited is not None:
            found[next(at for at, (end, _) in enumerate(WAITS) if each.waited < end)] += 1
    return found


def within(published: Iterable[Published], share: float) -> timedelta | None:
    """The time within which that share of the releases was lifted; None where none is known."""
    known = sorted(each.waited for each in published if each.waited is not None)
    return known[max(0, -int(-len(known) * share // 1) - 1)] if known else None


def scales(published: Iterable[Published]) -> list[Scale]:
    """The scales that findings were made on, those with the most findings first."""
    counted: Counter[Scale] = Counter()
    shown: dict[Scale, Scale] = {}
    for each in published:
        if each.ratings:
            key = _key(each)
            counted[key] += len(each.ratings)
            shown.setdefault(key, tuple(each.scale))
    return [shown[key] for key, _ in sorted(counted.items(), key=lambda item: (-item[1], item[0]))]


def ratings(published: Iterable[Published], scale: Scale, group: Callable[[Published], str]) -> dict[str, list[int]]:
    """Findings on a scale by group: for each word of the scale how many, and last those of any other word."""
    words = [word.casefold() for word in scale]
    found: dict[str, list[int]] = {}
    for each in published:
        if each.ratings and _key(each) == tuple(words):
            row = found.setdefault(group(each), [0] * (len(words) + 1))
            for rating in each.ratings:
                row[words.index(rating.casefold()) if rating.casefold() in words else -1] += 1
    return found


def classes(published: Iterable[Published]) -> Counter[str]:
    """Corrections by their class."""
    return Counter(kind for each in published for kind in each.corrections)


def _key(published: Published) -> Scale:
    return tuple(word.casefold() for word in published.scale)
