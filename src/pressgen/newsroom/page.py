"""A release's page in the newsroom: the approved page, with what only a newsroom knows added to it.

The additions stand between two comments, so that whoever takes them out has the approved bytes again.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import quote

from markupsafe import Markup

from pressgen.model.direction import direction
from pressgen.newsroom.article import article
from pressgen.newsroom.item import OFFERED, file_of, page_of
from pressgen.newsroom.reading import read_page
from pressgen.newsroom.typeset import filled, named, way_up
from pressgen.newsroom.wording import minute, words

if TYPE_CHECKING:
    from pressgen.newsroom.item import Edition, Item
    from pressgen.newsroom.room import Newsroom

KILO = 1000


def page(room: Newsroom, item: Item, edition: Edition) -> bytes:
    """The page of one edition."""
    approved = edition.files["html"].decode()
    read = read_page(approved)
    added = [
        (read.head_at, _head(room, item, edition)),
        (read.body_at, _bar(room, item, edition)),
        (read.main_at, _corrections(item, edition)),
    ]
    made, done = "", 0
    for at, addition in added:
        made += approved[done:at] + addition
        done = at
    return (made + approved[done:]).encode()


def _head(room: Newsroom, item: Item, edition: Edition) -> str:
    place = room.places[item.reference]
    path = page_of(place, edition)
    alternates = [
        {"language": each.language, "address": room.about.link(page_of(place, each))} for each in item.editions
    ]
    values = {
        "about": room.about,
        "edition": edition,
        "address": room.about.link(path),
        "alternates": alternates if len(alternates) > 1 else (),
        "root": way_up(path),
        "article": inert(article(room, item, edition)),
    }
    return filled("page_head.html", values)


def inert(data: object) -> Markup:
    """JSON that may stand within a script element: no text of it can end the element or begin a comment."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)  # noqa: S704 - made harmless in the lines above


def _bar(room: Newsroom, item: Item, edition: Edition) -> str:
    said = words(edition.language)
    place = room.places[item.reference]
    files = [
        {
            "path": quote(file_of(place, item, edition, ending)),
            "type": kind,
            "name": said.word if ending == "docx" else ending.upper(),
            "size": size(len(edition.files[ending])),
        }
        for ending, kind in OFFERED.items()
        if ending in edition.files
    ]
    others = [named(each, page_of(place, each)) for each in item.editions if each is not edition]
    values = {
        "words": said,
        "direction": direction(said.language),
        "root": way_up(page_of(place, edition)),
        "files": files,
    }
    return filled("page_bar.html", values | {"others": others})


def _corrections(item: Item, edition: Edition) -> str:
    if not item.corrections:
        return ""
    said = words(edition.language)
    lines = [
        said.corrected.format(when=minute(item.moment(each.at), said.language), line=each.line)
        for each in item.corrections
    ]
    values = {"words": said, "direction": direction(said.language), "lines": lines}
    return filled("page_corrections.html", values)


def size(count: int) -> str:
    """A number of bytes as readers know it: `84 kB`, `1.2 MB`."""
    kilo = max(1, round(count / KILO))
    return f"{kilo} kB" if kilo < KILO else f"{count / KILO / KILO:.1f} MB"
