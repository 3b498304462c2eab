"""The front page and the pages of the years."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING
from urllib.parse import quote

from pressgen.model.direction import get_direction
from pressgen.newsroom.public_release import make_page_path
from pressgen.newsroom.templates import fill_template, make_edition_link
from pressgen.newsroom.wording import format_day, format_month, get_wording

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pressgen.newsroom.newsroom import Newsroom
    from pressgen.newsroom.public_release import PublicRelease

RECENT = 20
"""Releases on the front page; the others are under their year."""


def render_front_page(room: Newsroom) -> bytes:
    """Render the front page with the newest releases."""
    said = get_wording(room.language)
    bodies = {each.original.publisher for each in room.shown}
    intro = bodies.pop() if len(bodies) == 1 else said.releases
    older = room.shown[RECENT : RECENT + 1]
    values: dict[str, object] = {
        "title": f"{said.newsroom} – {room.about.name}",
        "heading": said.newsroom,
        "intro": intro,
        "months": (),
        "releases": _list_entries(room, room.shown[:RECENT]),
        "older": [{"path": f"{each.year:04}/", "name": said.year.format(year=each.year)} for each in older],
    }
    return fill_template("listing.html", room.frame("", said) | values).encode()


def render_year_page(room: Newsroom, number: int) -> bytes:
    """Render the page of a year, with its releases by month.

    The latest come first.
    """
    said = get_wording(room.language)
    heading = said.year.format(year=number)
    releases = [each for each in room.shown if each.year == number]
    releases.sort(key=lambda each: each.moment(each.lifted).local.date(), reverse=True)  # each in its own zone
    months = [
        (format_month(run[0].moment(run[0].lifted), said.language), _list_entries(room, run))
        for run in (list(run) for _, run in groupby(releases, key=lambda each: each.moment(each.lifted).local.month))
    ]
    values: dict[str, object] = {
        "title": f"{heading} – {room.about.name}",
        "heading": heading,
        "intro": "",
        "months": months,
        "releases": (),
        "older": (),
        "current": number,
    }
    return fill_template("listing.html", room.frame(f"{number:04}/", said) | values).encode()


def render_withdrawal_notice(room: Newsroom, item: PublicRelease, suffix: str) -> bytes:
    """Render the page that replaces a withdrawn release.

    `suffix` is that of the edition.

    Raises:
        ValueError: it was not withdrawn.
    """
    if item.withdrawn is None:
        raise ValueError(f"{item.reference} was not withdrawn")
    edition = next(each for each in item.editions if each.suffix == suffix)
    said = get_wording(edition.language)
    when = format_day(item.moment(item.withdrawn.at), said.language)
    published = format_day(item.moment(item.lifted), said.language)
    values = {
        "title": said.withdrawn,
        "told": said.withdrawal.format(reference=item.reference, published=published, when=when),
        "reason": said.reason.format(reason=item.withdrawn.reason),
    }
    path = make_page_path(room.places[item.reference], edition)
    return fill_template("notice.html", room.frame(path, said) | values).encode()


def _list_entries(room: Newsroom, items: Iterable[PublicRelease]) -> list[dict[str, object]]:
    """Return releases as the listing prints them."""
    mixed = len({each.original.publisher for each in room.shown}) > 1
    said = get_wording(room.language)
    lines: list[dict[str, object]] = []
    for item in items:
        place, edition, lifted = room.places[item.reference], item.original, item.moment(item.lifted)
        lines.append(
            {
                "path": quote(make_page_path(place, edition)),
                "language": edition.language,
                "direction": get_direction(edition.language),
                "headline": edition.headline,
                "summary": edition.summary,
                "publisher": edition.publisher if mixed else "",
                "instant": item.stamp(item.lifted),
                "day": format_day(lifted, said.language),
                "corrected": bool(item.corrections),
                "others": [make_edition_link(each, make_page_path(place, each)) for each in item.editions[1:]],
            }
        )
    return lines
