"""The page of figures as a program reads it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from lxml import html

from pressgen.report.counts import ArchiveSummary, PublishedRelease
from pressgen.report.page import render_page

NOW = datetime(2031, 4, 1, 12, tzinfo=UTC)
LONDON = ZoneInfo("Europe/London")
SCALE = ("Good", "Fair", "Poor")


def published(day: str, hour: int = 0, **changes: object) -> PublishedRelease:
    """A release that became public at an hour of a day in London."""
    since = datetime.fromisoformat(day).replace(hour=hour, tzinfo=LONDON)
    return PublishedRelease(**{"since": since, "house": "inspectorate", "embargoed": True} | changes)  # type: ignore[arg-type]


def some() -> list[PublishedRelease]:
    """Releases with everything that can be counted."""
    return [
        published("2029-11-05", 9, scale=SCALE, ratings=("Good", "Poor"), waited=timedelta(hours=3)),
        published("2029-11-30", 23, embargoed=False, waited=timedelta(hours=30), corrections=("figure", "wording")),
        published("2030-01-06", 0, house="university", scale=SCALE, ratings=("fair",), waited=timedelta(days=20)),
        published("2031-03-31", 0, scale=("Yes", "No"), ratings=("No", "No", "Perhaps"), withdrawn=True),
    ]


def made(*releases: PublishedRelease, **counts: int) -> bytes:
    """The page of these releases."""
    return render_page(ArchiveSummary(published=releases, **counts), "Press office", (None, None), NOW)


def tables(content: bytes) -> dict[str, list[list[str]]]:
    """Every table by its caption: its header, and its rows."""
    found = {}
    for table in html.fromstring(content.decode()).iter("table"):
        caption = table.findtext("caption") or ""
        found[caption] = [[cell.text_content() for cell in row] for row in table.iter("tr")]
    return found
