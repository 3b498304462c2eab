"""The sections of the page: each a sentence that says what stands out, a plot, and the same figures as a table."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from pressgen.report import counts
from pressgen.report.plots import Plot

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import timedelta

    from pressgen.report.counts import Scale
    from pressgen.report.published import Archive, Published

MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
LONG_MONTHS = "January February March April May June July August September October November December".split()
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MOST_SCALES = 4
"""Scales that have plots of their own; most offices use one."""
OTHER = "Other"
"""Heads ratings that are no word of their scale."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Figures in rows; the first cell of each row names it."""

    caption: str
    header: Sequence[str]
    rows: Sequence[Sequence[str | int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A section of the page; `plot` is None where there is nothing to draw."""

    name: str
    title: str
    told: str
    plot: Plot | None = None
    tables: Sequence[Table] = ()
    wide: bool = False


def sections(archive: Archive) -> list[Section]:
    """Everything that can be said of an archive; what has no figures is left out."""
    published = archive.published
    if not published:
        return []
    found = [_months(published), *_ratings(published)]
    found += [_waits(published)] if any(counts.waits(published)) else []
    return [*found, _weekdays(published), _hours(published), _embargoes(published), _mended(published)]


def share(part: int, whole: int) -> str:
    """A part of a whole in full hundredths, or `under 1%`, so that a few are not told as none."""
    if 0 < part * 200 < whole:
        return "under 1%"
    return f"{round(100 * part / whole) if whole else 0}%"


def spelled(time: timedelta) -> str:
    """A time in the largest unit that it has two of: `28 hours`, `3 days`."""
    minutes = round(time.total_seconds() / 60)
    for unit, size in (("day", 24 * 60), ("hour", 60), ("minute", 1)):
        if minutes >= 2 * size or size == 1:
            return _many(round(minutes / size), unit)
    raise AssertionError(time)


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}{'s' * (count != 1)}"


def _months(published: Sequence[Published]) -> Section:
    counted = counts.months(published)
    (first, last), most = (min(counted), max(counted)), max(counted.values())
    busiest = [month for month, count in counted.items() if count == most]
    named = " and ".join(_month(each) for each in busiest[:2])
    told = (
        f"{_many(len(published), 'release')} became public from {_month(first)} to {_month(last)}."
        f" The busiest {'month was' if len(busiest) == 1 else 'months were'} {named}, with {most:,}."
        if len(busiest) < 3  # noqa: PLR2004 - more are no news
        else f"{_many(len(published), 'release')} became public from {_month(first)} to {_month(last)};"
        f" no month had more than {most:,}."
    )
    keys = list(counted)
    every = max(1, -(-len(keys) // 14))
    step = every if every <= 1 else 12 * -(-every // 12)
    ticks = [
        (at, f"{MONTHS[month - 1]}\n{year}" if step == 1 else str(year))
        for at, (year, month) in enumerate(keys)
        if (step == 1 or (month == 1 and (year - keys[0][0]) % (step // 12) == 0))
    ]
    values = list(counted.values())
    rows = [
        [
            year,
            *(counted.get((year, month), "–") for month in range(1, 13)),
            sum(v for (y, _), v in counted.items() if y == year),
        ]
        for year in counts.years(published)
    ]
    return Section(
        name="months",
        title="Releases a month",
        told=told,
        plot=Plot(name="months", labels=[_month(each) for each in keys], series=[("Releases", values)], ticks=ticks),
        tables=[Table(caption="Releases by year and month", header=["Year", *MONTHS, "Year in all"], rows=rows)],
        wide=True,
    )


def _month(month: tuple[int, int]) -> str:
    return f"{LONG_MONTHS[month[1] - 1]} {month[0]}"


def _ratings(published: Sequence[Published]) -> Iterator[Section]:
    """The findings on each scale, by year, and by house where there are several."""
    every = counts.scales(published)
    for number, scale in enumerate(every[:MOST_SCALES]):
        yield _rated(published, scale, number, several=len(every) > 1)
    if left := every[MOST_SCALES:]:
        found = [(" – ".join(scale), sum(map(sum, _by_house(published, scale).values()))) for scale in left]
        table = Table(caption="Findings on other scales", header=["Scale", "Findings"], rows=found)
        told = f"{_many(sum(count for _, count in found), 'finding')} on scales that are seldom used."
        yield Section(name="scales", title="Findings on other scales", told=told, tables=[table])


def _rated(published: Sequence[Published], scale: Scale, number: int, *, several: bool) -> Section:
    by_year = counts.ratings(published, scale, lambda each: str(each.since.year))
    years = [str(year) for year in range(int(min(by_year)), int(max(by_year)) + 1)]
    of_year = [(year, by_year.get(year, [0] * (len(scale) + 1))) for year in years]
    houses = sorted(_by_house(published, scale).items())
    drawn = houses if len(of_year) == 1 and len(houses) > 1 else of_year
    sums = [sum(column) for column in zip(*by_year.values(), strict=True)]
    words = [*scale, *([OTHER] if sums[-1] else [])]
    total = sum(sums)
    parts = [f"{share(count, total)} {word}" for word, count in zip(words, sums, strict=False)]
    table = partial(_rating_table, words)
    ends = f", {scale[0]} to {scale[-1]}" if several else ""
    tables = [table(f"Findings by year{ends}", "Year", of_year)]
    if len(houses) > 1:
        tables.append(table(f"Findings by house{ends}", "House", houses))
    return Section(
        name=f"ratings{number}",
        title=f"Findings by rating: {scale[0]} to {scale[-1]}" if several else "Findings by rating",
        told=f"Of {_many(total, 'finding')}, {', '.join(parts)}.",
        plot=Plot(
            name=f"ratings{number}",
            labels=[group for group, _ in drawn],
            series=[(word, [row[at] for _, row in drawn]) for at, word in enumerate(words)],
            lying=True,
        ),
        tables=tables,
    )


def _by_house(published: Sequence[Published], scale: Scale) -> dict[str, list[int]]:
    return counts.ratings(published, scale, lambda each: each.house)


def _rating_table(words: Sequence[str], caption: str, first: str, rows: Sequence[tuple[str, Sequence[int]]]) -> Table:
    shown: list[list[str | int]] = [[name, *row[: len(words)], sum(row)] for name, row in rows]
    return Table(caption=caption, header=[first, *words, "In all"], rows=shown)


def _waits(published: Sequence[Published]) -> Section:
    values = counts.waits(published)
    half, most = counts.within(published, 0.5), counts.within(published, 0.9)
    told = f"Of {_many(sum(values), 'release')} whose approval and lift are in the ledger"
    if half is not None and most is not None:
        told += f", half waited {spelled(half)} or less from approval to lift, and nine in ten {spelled(most)} or less."
    labels = [label for _, label in counts.WAITS]
    return _simple(
        "waits", "From approval to lift", told, "Releases by their time from approval to lift", ("Time", labels, values)
    )


def _weekdays(published: Sequence[Published]) -> Section:
    values = counts.weekdays(published)
    top = WEEKDAYS[values.index(max(values))]
    told = f"Most became public on a {top}: {share(max(values), sum(values))}."
    told += f" At weekends: {share(sum(values[5:]), sum(values))}."
    return _simple(
        "weekdays",
        "Weekday of the lift",
        told,
        "Releases by weekday, each on its own clock",
        ("Weekday", WEEKDAYS, values),
    )


def _hours(published: Sequence[Published]) -> Section:
    values = counts.hours(published)
    top = values.index(max(values))
    told = (
        f"Most became public from {top:02}:00 to {(top + 1) % 24:02}:00: {share(max(values), sum(values))}."
        f" In office hours, from 09:00 to 17:00: {share(sum(values[9:17]), sum(values))}."
    )
    labels = [f"{hour:02}:00" for hour in range(24)]
    return _simple(
        "hours", "Hour of the lift", told, "Releases by hour, each on its own clock", ("From", labels, values)
    )


def _embargoes(published: Sequence[Published]) -> Section:
    held = counts.by_year(published, lambda each: each.embargoed)
    free = counts.by_year(published, lambda each: not each.embargoed)
    told = f"{share(sum(held), len(published))} had been under embargo, the others were for immediate release."
    return _yearly(
        "embargoes", "Under embargo or at once", told, published, [("Under embargo", held), ("At once", free)]
    )


def _mended(published: Sequence[Published]) -> Section:
    """Corrections and withdrawals."""
    mended = counts.by_year(published, lambda each: len(each.corrections))
    killed = counts.by_year(published, lambda each: each.withdrawn)
    told = (
        f"{_many(sum(mended), 'correction')} and {_many(sum(killed), 'withdrawal')} among"
        f" {_many(len(published), 'release')}, by the year in which the release became public."
    )
    if not any((*mended, *killed)):
        return Section(name="mended", title="Corrections and withdrawals", told=told)
    found = _yearly(
        "mended", "Corrections and withdrawals", told, published, [("Corrections", mended), ("Withdrawals", killed)]
    )
    kinds = sorted(counts.classes(published).items(), key=lambda each: (-each[1], each[0]))
    if not kinds:
        return found
    by_kind = Table(
        caption="Corrections by kind", header=["Kind", "Corrections"], rows=[[kind, count] for kind, count in kinds]
    )
    return Section(name=found.name, title=found.title, told=told, plot=found.plot, tables=[*found.tables, by_kind])


def _simple(name: str, title: str, told: str, caption: str, held: tuple[str, Sequence[str], Sequence[int]]) -> Section:
    """One series of bars, with its table."""
    first, labels, values = held
    rows: list[list[str | int]] = [
        [label, value, share(value, sum(values))] for label, value in zip(labels, values, strict=True)
    ]
    plot = Plot(name=name, labels=labels, series=[("Releases", values)], lying=True)
    table = Table(caption=caption, header=[first, "Releases", "Share"], rows=rows)
    return Section(name=name, title=title, told=told, plot=plot, tables=[table])


def _yearly(
    name: str, title: str, told: str, published: Sequence[Published], series: Sequence[tuple[str, Sequence[int]]]
) -> Section:
    """Bars of several series for each year, with their table."""
    years = [str(year) for year in counts.years(published)]
    rows: list[list[str | int]] = [[year, *(values[at] for _, values in series)] for at, year in enumerate(years)]
    plot = Plot(name=name, labels=years, series=series, lying=True)
    table = Table(caption=f"{title}, by year", header=["Year", *(heading for heading, _ in series)], rows=rows)
    return Section(name=name, title=title, told=told, plot=plot, tables=[table])
