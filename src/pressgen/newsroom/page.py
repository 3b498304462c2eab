"""A release's page in the newsroom: the approved page with additions.

The additions are between two comments. Without them, the page has exactly the approved bytes.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import quote

from markupsafe import Markup

from pressgen.model.direction import get_direction
from pressgen.newsroom.approved_page import read_page
from pressgen.newsroom.article import build_article
from pressgen.newsroom.public_release import OFFERED, make_file_path, make_page_path
from pressgen.newsroom.templates import fill_template, make_edition_link, make_path_to_front
from pressgen.newsroom.wording import format_minute, get_wording

if TYPE_CHECKING:
    from pressgen.newsroom.newsroom import Newsroom
    from pressgen.newsroom.public_release import LanguageEdition, PublicRelease

KILO = 1000


def render_release_page(room: Newsroom, item: PublicRelease, edition: LanguageEdition) -> bytes:
    """Render the newsroom page of one edition."""
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


def _head(room: Newsroom, item: PublicRelease, edition: LanguageEdition) -> str:
    place = room.places[item.reference]
    path = make_page_path(place, edition)
    alternates = [
        {"language": each.language, "address": room.about.link(make_page_path(place, each))} for each in item.editions
    ]
    values = {
        "about": room.about,
        "edition": edition,
        "address": room.about.link(path),
        "alternates": alternates if len(alternates) > 1 else (),
        "root": make_path_to_front(path),
        "article": escape_json(build_article(room, item, edition)),
    }
    return fill_template("page_head.html", values)


def escape_json(data: object) -> Markup:
    """Return JSON that is safe inside a script element.

    No text of it can end the element or begin a comment.
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)  # noqa: S704 - made harmless in the lines above


def _bar(room: Newsroom, item: PublicRelease, edition: LanguageEdition) -> str:
    said = get_wording(edition.language)
    place = room.places[item.reference]
    files = [
        {
            "path": quote(make_file_path(place, item, edition, ending)),
            "type": kind,
            "name": said.word if ending == "docx" else ending.upper(),
            "size": format_size(len(edition.files[ending])),
        }
        for ending, kind in OFFERED.items()
        if ending in edition.files
    ]
    others = [make_edition_link(each, make_page_path(place, each)) for each in item.editions if each is not edition]
    values = {
        "words": said,
        "direction": get_direction(said.language),
        "root": make_path_to_front(make_page_path(place, edition)),
        "files": files,
    }
    return fill_template("page_bar.html", values | {"others": others})


def _corrections(item: PublicRelease, edition: LanguageEdition) -> str:
    if not item.corrections:
        return ""
    said = get_wording(edition.language)
    lines = [
        said.corrected.format(when=format_minute(item.moment(each.at), said.language), line=each.line)
        for each in item.corrections
    ]
    values = {"words": said, "direction": get_direction(said.language), "lines": lines}
    return fill_template("page_corrections.html", values)


def format_size(count: int) -> str:
    """Format a number of bytes, such as `84 kB` or `1.2 MB`."""
    kilo = max(1, round(count / KILO))
    return f"{kilo} kB" if kilo < KILO else f"{count / KILO / KILO:.1f} MB"
