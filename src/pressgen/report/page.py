"""The page of figures: whole in one file, without scripts, for eyes, ears and paper."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from pressgen.report import counts
from pressgen.report.plots import drawn
from pressgen.report.sections import sections, share, spelled
from pressgen.text.pages import own_templates

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from jinja2 import Environment

    from pressgen.report.published import Archive


def page(archive: Archive, office: str, period: tuple[date | None, date | None], now: datetime) -> bytes:
    """The page as HTML, the same bytes for the same archive at the same instant.

    Args:
        archive: what is counted.
        office: whose it is; empty where nobody has said.
        period: the first and the last day that were asked for.
        now: the instant at which it was public or not.

    Raises:
        MachineLacks: matplotlib is not installed.
    """
    shown = [(each, drawn(each.plot, each.title, each.told) if each.plot else "") for each in sections(archive)]
    values = {
        "title": f"The archive in figures{f' – {office}' if office else ''}",
        "office": office,
        "period": _period(*period),
        "now": f"{now.day} {now:%B %Y, %H:%M %Z}",
        "key": list(_key(archive)),
        "sections": shown,
        "left_out": list(_left_out(archive)),
    }
    return _templates().get_template("page.html").render(values).encode()


def _key(archive: Archive) -> Iterator[tuple[str, str]]:
    """The figures that somebody wants who has a minute."""
    published = archive.published
    total = len(published)
    yield f"{total:,}", "release" if total == 1 else "releases"
    if not total:
        return
    yield share(sum(each.embargoed for each in published), total), "had been under embargo"
    if findings := sum(len(each.ratings) for each in published):
        yield f"{findings:,}", "finding" if findings == 1 else "findings"
    if (half := counts.within(published, 0.5)) is not None:
        yield spelled(half), "from approval to lift, at the median"
    corrected = sum(bool(each.corrections) for each in published)
    withdrawn = sum(each.withdrawn for each in published)
    yield f"{corrected:,}", f"corrected, {share(corrected, total)} of all"
    yield f"{withdrawn:,}", f"withdrawn, {share(withdrawn, total)} of all"


def _left_out(archive: Archive) -> Iterator[str]:
    """What is not among the figures."""
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


def _period(first: date | None, last: date | None) -> str:
    def spell(day: date) -> str:
        return f"{day.day} {day:%B %Y}"

    if first and last:
        return f"from {spell(first)} to {spell(last)}"
    return f"from {spell(first)} on" if first else f"until {spell(last)}" if last else ""


@cache
def _templates() -> Environment:
    return own_templates("pressgen.report", "page.css")
