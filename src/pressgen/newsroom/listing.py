"""The front page and the pages of the years."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING
from urllib.parse import quote

from pressgen.model.direction import direction
from pressgen.newsroom.item import page_of
from pressgen.newsroom.typeset import filled, named
from pressgen.newsroom.wording import day, month, words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pressgen.newsroom.item import Item
    from pressgen.newsroom.room import Newsroom

RECENT = 20
"""Releases on the front page; the others are under their year."""


def front(room: Newsroom) -> bytes:
    """The front page: the newest releases."""
    said = words(room.language)
    bodies = {each.original.publisher for each in room.shown}
    intro = bodies.pop() if len(bodies) == 1 else said.releases
    values: dict[str, object] = {
        "title": f"{said.newsroom} – {room.about.name}",
        "heading": said.newsroom,
        "intro": intro,
        "months": (),
    }
    older = room.shown[RECENT : RECENT + 1]
    values |= {"releases": _lines(room, room.shown[:RECENT])}
    values |= {"older": [{"path": f"{each.year:04}/", "name": said.year.format(year=each.year)} for each in older]}
    return filled("listing.html", room.frame("", said) | values).encode()


def year(room: Newsroom, number: int) -> bytes:
    """The page of a year: its releases by month, the latest first."""
    said = words(room.language)
    heading = said.year.format(year=number)
    held = [each for each in room.shown if each.year == number]
    held.sort(key=lambda each: each.moment(each.lifted).local.date(), reverse=True)  # of several zones, each by its own
    months = [
        (month(run[0].moment(run[0].lifted), said.language), _lines(room, run))
        for run in (list(run) for _, run in groupby(held, key=lambda each: each.moment(each.lifted).local.month))
    ]
    values: dict[str, object] = {
        "title": f"{heading} – {room.about.name}",
        "heading": heading,
        "intro": "",
        "months": months,
    }
    values |= {"releases": (), "older": (), "current": number}
    return filled("listing.html", room.frame(f"{number:04}/", said) | values).encode()


def notice(room: Newsroom, item: Item, suffix: str) -> bytes:
    """The page in the place of a release that was withdrawn; `suffix` is the edition's.

    Raises:
        ValueError: it was not withdrawn.
    """
    if item.withdrawn is None:
        raise ValueError(f"{item.reference} was not withdrawn")
    edition = next(each for each in item.editions if each.suffix == suffix)
    said = words(edition.language)
    when = day(item.moment(item.withdrawn.at), said.language)
    published = day(item.moment(item.lifted), said.language)
    values = {
        "title": said.withdrawn,
        "told": said.withdrawal.format(reference=item.reference, published=published, when=when),
        "reason": said.reason.format(reason=item.withdrawn.reason),
    }
    path = page_of(room.places[item.reference], edition)
    return filled("notice.html", room.frame(path, said) | values).encode()


def _lines(room: Newsroom, items: Iterable[Item]) -> list[dict[str, object]]:
    """Releases as the listing prints them."""
    mixed = len({each.original.publisher for each in room.shown}) > 1
    said = words(room.language)
    lines: list[dict[str, object]] = []
    for item in items:
        place, edition, lifted = room.places[item.reference], item.original, item.moment(item.lifted)
        lines.append(
            {
                "path": quote(page_of(place, edition)),
                "language": edition.language,
                "direction": direction(edition.language),
                "headline": edition.headline,
                "summary": edition.summary,
                "publisher": edition.publisher if mixed else "",
                "instant": item.stamp(item.lifted),
                "day": day(lifted, said.language),
                "corrected": bool(item.corrections),
                "others": [named(each, page_of(place, each)) for each in item.editions[1:]],
            }
        )
    return lines
