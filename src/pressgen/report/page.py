"""The page of figures.

It is one complete file without scripts, for screens, screen readers and paper.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from pressgen.report import counts
from pressgen.report.counts import format_duration, format_share
from pressgen.report.plots import draw_plot
from pressgen.report.sections import build_sections
from pressgen.text.page_templates import load_page_templates

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from jinja2 import Environment

    from pressgen.report.counts import ArchiveSummary


def render_page(archive: ArchiveSummary, office: str, period: tuple[date | None, date | None], now: datetime) -> bytes:
    """Render the statistics page as HTML.

    The same archive at the same time always gives the same bytes.

    Args:
        archive: what is counted.
        office: the name of the office; empty where nobody has given it.
        period: the first and the last day of the period.
        now: the instant that decides what is public.

    Raises:
        EnvironmentFailureError: matplotlib is not installed.
    """
    shown = [
        (each, draw_plot(each.plot, each.title, each.told) if each.plot else "") for each in build_sections(archive)
    ]
    values = {
        "title": f"The archive in figures{f' – {office}' if office else ''}",
        "office": office,
        "period": _format_period(*period),
        "now": f"{now.day} {now:%B %Y, %H:%M %Z}",
        "key": list(_list_key_figures(archive)),
        "sections": shown,
        "left_out": list(_describe_omissions(archive)),
    }
    return _load_templates().get_template("page.html").render(values).encode()


def _list_key_figures(archive: ArchiveSummary) -> Iterator[tuple[str, str]]:
    """List the most important figures."""
    published, total = archive.published, len(archive.published)
    yield f"{total:,}", "release" if total == 1 else "releases"
    if not total:
        return
    yield format_share(sum(each.embargoed for each in published), total), "had been under embargo"
    if findings := sum(len(each.ratings) for each in published):
        yield f"{findings:,}", "finding" if findings == 1 else "findings"
    if (half := counts.compute_wait_quantile(published, 0.5)) is not None:
        yield format_duration(half), "from approval to lift, at the median"
    corrected = sum(bool(each.corrections) for each in published)
    withdrawn = sum(each.withdrawn for each in published)
    yield f"{corrected:,}", f"corrected, {format_share(corrected, total)} of all"
    yield f"{withdrawn:,}", f"withdrawn, {format_share(withdrawn, total)} of all"


def _describe_omissions(archive: ArchiveSummary) -> Iterator[str]:
    """Describe the releases that the figures leave out."""
    if archive.ahead:
        one = archive.ahead == 1
        yield (
            f"{archive.ahead:,} {'release is' if one else 'releases are'} not public yet;"
            f" nothing of {'it' if one else 'them'} is told here"
        )
    if archive.undated:
        yield f"{archive.undated:,} without a time, of which the ledger has no lift"
    if archive.faulty:
        yield f"{archive.faulty:,} whose file cannot be read; see: pressgen check"


def _format_period(first: date | None, last: date | None) -> str:
    """Format the period that the page covers."""

    def spell(day: date) -> str:
        return f"{day.day} {day:%B %Y}"

    if first and last:
        return f"from {spell(first)} to {spell(last)}"
    return f"from {spell(first)} on" if first else f"until {spell(last)}" if last else ""


@cache
def _load_templates() -> Environment:
    """Load the templates of the page."""
    return load_page_templates("pressgen.report", "page.css")
