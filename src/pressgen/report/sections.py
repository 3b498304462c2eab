"""The sections of the statistics page.

Each has a sentence that says what is notable, a plot, and the same figures as a table.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from pressgen.report import counts
from pressgen.report.counts import format_count, format_duration, format_share
from pressgen.report.plots import Plot

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pressgen.report.counts import ArchiveSummary, PublishedRelease, Scale

MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
LONG_MONTHS = "January February March April May June July August September October November December".split()
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MOST_SCALES = 4
"""Scales that have plots of their own; most offices use one."""
OTHER = "Other"
"""The heading of ratings that are not on their scale."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatisticsTable:
    """A table of figures; the first cell of each row names it."""

    caption: str
    header: Sequence[str]
    rows: Sequence[Sequence[str | int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatisticsSection:
    """A section of the page, with a sentence, a plot and tables.

    `plot` is None where there is nothing to draw.
    """

    name: str
    title: str
    told: str
    plot: Plot | None = None
    tables: Sequence[StatisticsTable] = ()
    wide: bool = False


def build_sections(archive: ArchiveSummary) -> list[StatisticsSection]:
    """Build the sections of the page, leaving out those without figures."""
    published = archive.published
    if not published:
        return []
    found = [_build_months(published), *_build_ratings(published)]
    found += [_build_waits(published)] if any(counts.count_by_wait(published)) else []
    return [
        *found,
        _build_weekdays(published),
        _build_hours(published),
        _build_embargoes(published),
        _build_corrections(published),
    ]


def _build_months(published: Sequence[PublishedRelease]) -> StatisticsSection:
    """Build the section on releases by month."""
    counted = counts.count_by_month(published)
    (first, last), most = (min(counted), max(counted)), max(counted.values())
    busiest = [month for month, count in counted.items() if count == most]
    named = " and ".join(_format_month(each) for each in busiest[:2])
    told = (
        f"{format_count(len(published), 'release')} became public from {_format_month(first)} to"
        f" {_format_month(last)}."
        f" The busiest {'month was' if len(busiest) == 1 else 'months were'} {named}, with {most:,}."
        if len(busiest) < 3  # noqa: PLR2004 - more are no news
        else f"{format_count(len(published), 'release')} became public from {_format_month(first)} to"
        f" {_format_month(last)};"
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
        for year in counts.list_years(published)
    ]
    return StatisticsSection(
        name="months",
        title="Releases a month",
        told=told,
        plot=Plot(
            name="months", labels=[_format_month(each) for each in keys], series=[("Releases", values)], ticks=ticks
        ),
        tables=[
            StatisticsTable(caption="Releases by year and month", header=["Year", *MONTHS, "Year in all"], rows=rows)
        ],
        wide=True,
    )


def _format_month(month: tuple[int, int]) -> str:
    """Format a month and year."""
    return f"{LONG_MONTHS[month[1] - 1]} {month[0]}"


def _build_ratings(published: Sequence[PublishedRelease]) -> Iterator[StatisticsSection]:
    """Build a section for each scale of findings.

    It shows the ratings by year, and by house where there are several.
    """
    every = counts.list_scales(published)
    for number, scale in enumerate(every[:MOST_SCALES]):
        yield _build_rating_section(published, scale, number, several=len(every) > 1)
    if left := every[MOST_SCALES:]:
        found = [
            (" – ".join(scale), sum(map(sum, _count_ratings_by_house(published, scale).values()))) for scale in left
        ]
        table = StatisticsTable(caption="Findings on other scales", header=["Scale", "Findings"], rows=found)
        told = f"{format_count(sum(count for _, count in found), 'finding')} on scales that are seldom used."
        yield StatisticsSection(name="scales", title="Findings on other scales", told=told, tables=[table])


def _build_rating_section(
    published: Sequence[PublishedRelease], scale: Scale, number: int, *, several: bool
) -> StatisticsSection:
    """Build the section for one scale of findings."""
    by_year = counts.count_ratings(published, scale, lambda each: str(each.since.year))
    years = [str(year) for year in range(int(min(by_year)), int(max(by_year)) + 1)]
    of_year = [(year, by_year.get(year, [0] * (len(scale) + 1))) for year in years]
    houses = sorted(_count_ratings_by_house(published, scale).items())
    drawn = houses if len(of_year) == 1 and len(houses) > 1 else of_year
    sums = [sum(column) for column in zip(*by_year.values(), strict=True)]
    words = [*scale, *([OTHER] if sums[-1] else [])]
    total = sum(sums)
    parts = [f"{format_share(count, total)} {word}" for word, count in zip(words, sums, strict=False)]
    table = partial(_build_rating_table, words)
    ends = f", {scale[0]} to {scale[-1]}" if several else ""
    tables = [table(f"Findings by year{ends}", "Year", of_year)]
    if len(houses) > 1:
        tables.append(table(f"Findings by house{ends}", "House", houses))
    return StatisticsSection(
        name=f"ratings{number}",
        title=f"Findings by rating: {scale[0]} to {scale[-1]}" if several else "Findings by rating",
        told=f"Of {format_count(total, 'finding')}, {', '.join(parts)}.",
        plot=Plot(
            name=f"ratings{number}",
            labels=[group for group, _ in drawn],
            series=[(word, [row[at] for _, row in drawn]) for at, word in enumerate(words)],
            lying=True,
        ),
        tables=tables,
    )


def _count_ratings_by_house(published: Sequence[PublishedRelease], scale: Scale) -> dict[str, list[int]]:
    """Count the findings on a scale by house."""
    return counts.count_ratings(published, scale, lambda each: each.house)


def _build_rating_table(
    words: Sequence[str], caption: str, first: str, rows: Sequence[tuple[str, Sequence[int]]]
) -> StatisticsTable:
    """Build a table of findings by rating."""
    shown: list[list[str | int]] = [[name, *row[: len(words)], sum(row)] for name, row in rows]
    return StatisticsTable(caption=caption, header=[first, *words, "In all"], rows=shown)


def _build_waits(published: Sequence[PublishedRelease]) -> StatisticsSection:
    """Build the section on the wait from approval to lift."""
    values = counts.count_by_wait(published)
    half, most = counts.compute_wait_quantile(published, 0.5), counts.compute_wait_quantile(published, 0.9)
    told = f"Of {format_count(sum(values), 'release')} whose approval and lift are in the ledger"
    if half is not None and most is not None:
        told += (
            f", half waited {format_duration(half)} or less from approval to lift, and nine in ten"
            f" {format_duration(most)} or less."
        )
    labels = [label for _, label in counts.WAITS]
    return _build_simple_section(
        "waits", "From approval to lift", told, "Releases by their time from approval to lift", ("Time", labels, values)
    )


def _build_weekdays(published: Sequence[PublishedRelease]) -> StatisticsSection:
    """Build the section on weekdays."""
    values = counts.count_by_weekday(published)
    top = WEEKDAYS[values.index(max(values))]
    told = f"Most became public on a {top}: {format_share(max(values), sum(values))}."
    told += f" At weekends: {format_share(sum(values[5:]), sum(values))}."
    return _build_simple_section(
        "weekdays",
        "Weekday of the lift",
        told,
        "Releases by weekday, each on its own clock",
        ("Weekday", WEEKDAYS, values),
    )


def _build_hours(published: Sequence[PublishedRelease]) -> StatisticsSection:
    """Build the section on hours of the day."""
    values = counts.count_by_hour(published)
    top = values.index(max(values))
    told = (
        f"Most became public from {top:02}:00 to {(top + 1) % 24:02}:00: {format_share(max(values), sum(values))}."
        f" In office hours, from 09:00 to 17:00: {format_share(sum(values[9:17]), sum(values))}."
    )
    labels = [f"{hour:02}:00" for hour in range(24)]
    return _build_simple_section(
        "hours", "Hour of the lift", told, "Releases by hour, each on its own clock", ("From", labels, values)
    )


def _build_embargoes(published: Sequence[PublishedRelease]) -> StatisticsSection:
    """Build the section on embargoed and immediate releases."""
    held = counts.count_by_year(published, lambda each: each.embargoed)
    free = counts.count_by_year(published, lambda each: not each.embargoed)
    told = f"{format_share(sum(held), len(published))} had been under embargo, the others were for immediate release."
    return _build_yearly_section(
        "embargoes", "Under embargo or at once", told, published, [("Under embargo", held), ("At once", free)]
    )


def _build_corrections(published: Sequence[PublishedRelease]) -> StatisticsSection:
    """Build the section on corrections and withdrawals."""
    mended = counts.count_by_year(published, lambda each: len(each.corrections))
    killed = counts.count_by_year(published, lambda each: each.withdrawn)
    told = (
        f"{format_count(sum(mended), 'correction')} and {format_count(sum(killed), 'withdrawal')} among"
        f" {format_count(len(published), 'release')}, by the year in which the release became public."
    )
    if not any((*mended, *killed)):
        return StatisticsSection(name="mended", title="Corrections and withdrawals", told=told)
    found = _build_yearly_section(
        "mended", "Corrections and withdrawals", told, published, [("Corrections", mended), ("Withdrawals", killed)]
    )
    kinds = sorted(counts.count_corrections(published).items(), key=lambda each: (-each[1], each[0]))
    if not kinds:
        return found
    by_kind = StatisticsTable(
        caption="Corrections by kind", header=["Kind", "Corrections"], rows=[[kind, count] for kind, count in kinds]
    )
    return StatisticsSection(
        name=found.name, title=found.title, told=told, plot=found.plot, tables=[*found.tables, by_kind]
    )


def _build_simple_section(
    name: str, title: str, told: str, caption: str, held: tuple[str, Sequence[str], Sequence[int]]
) -> StatisticsSection:
    """Build a section with one series of bars and its table."""
    first, labels, values = held
    rows: list[list[str | int]] = [
        [label, value, format_share(value, sum(values))] for label, value in zip(labels, values, strict=True)
    ]
    plot = Plot(name=name, labels=labels, series=[("Releases", values)], lying=True)
    table = StatisticsTable(caption=caption, header=[first, "Releases", "Share"], rows=rows)
    return StatisticsSection(name=name, title=title, told=told, plot=plot, tables=[table])


def _build_yearly_section(
    name: str, title: str, told: str, published: Sequence[PublishedRelease], series: Sequence[tuple[str, Sequence[int]]]
) -> StatisticsSection:
    """Build a section with bars by year and their table."""
    years = [str(year) for year in counts.list_years(published)]
    rows: list[list[str | int]] = [[year, *(values[at] for _, values in series)] for at, year in enumerate(years)]
    plot = Plot(name=name, labels=years, series=series, lying=True)
    table = StatisticsTable(
        caption=f"{title}, by year", header=["Year", *(heading for heading, _ in series)], rows=rows
    )
    return StatisticsSection(name=name, title=title, told=told, plot=plot, tables=[table])
