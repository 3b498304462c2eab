"""The feeds: Atom (RFC 4287) and JSON Feed 1.1, of the newest releases; what was withdrawn is said to be gone."""

from __future__ import annotations

import json
from datetime import UTC
from typing import TYPE_CHECKING, Any

from lxml import etree

from pressgen.newsroom.content import content, markup
from pressgen.newsroom.elements import root, written
from pressgen.newsroom.item import page_of, urn

if TYPE_CHECKING:
    from datetime import datetime

    from pressgen.newsroom.item import Item
    from pressgen.newsroom.room import Newsroom

ATOM = "http://www.w3.org/2005/Atom"
GONE = "http://purl.org/atompub/tombstones/1.0"
"""Atom's own way to say that an entry is gone (RFC 6721)."""
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
RECENT = 30
"""Releases in a feed."""


def atom(room: Newsroom) -> bytes:
    """`feed.atom`."""
    feed = root("feed", ATOM, at=GONE)
    feed.set(LANG, room.language)
    _say(feed, "id", room.about.id)
    _say(feed, "title", room.about.name)
    _say(feed, "updated", _instant(room.changed))
    _say(_say(feed, "author"), "name", room.about.name)
    _link(feed, "self", room.about.link("feed.atom"), type="application/atom+xml")
    _link(feed, "alternate", room.about.link(), type="text/html")
    for item in room.withdrawn[:RECENT]:
        if item.withdrawn:
            gone = {"ref": urn(item, item.original, room.about), "when": _instant(item.withdrawn.at)}
            etree.SubElement(feed, f"{{{GONE}}}deleted-entry", gone)
    for item in room.shown[:RECENT]:
        _entry(feed, room, item)
    return written(feed)


def _entry(feed: etree._Element, room: Newsroom, item: Item) -> None:
    entry = _say(feed, "entry")
    edition, place = item.original, room.places[item.reference]
    entry.set(LANG, edition.language)
    _say(entry, "id", urn(item, edition, room.about))
    _say(entry, "title", edition.headline)
    _say(entry, "published", _instant(item.lifted))
    _say(entry, "updated", _instant(item.changed))
    _say(_say(entry, "author"), "name", edition.publisher or room.about.name)
    for each in item.editions:
        _link(entry, "alternate", room.about.link(page_of(place, each)), type="text/html", hreflang=each.language)
    _say(entry, "summary", edition.summary)
    if "html" in edition.files:
        _say(entry, "content").set("type", "xhtml")
        entry[-1].append(content(edition))


def address_in(feed: bytes) -> str:
    """The newsroom's address that a `feed.atom` of ours is known by; empty where it is none of ours."""
    try:
        found = etree.fromstring(feed, etree.XMLParser(resolve_entities=False)).findtext(f"{{{ATOM}}}id") or ""
    except etree.XMLSyntaxError:
        return ""
    return found if found.startswith(("https://", "http://")) else ""


def json_feed(room: Newsroom) -> bytes:
    """`feed.json`."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": room.about.name,
        "home_page_url": room.about.link(),
        "feed_url": room.about.link("feed.json"),
        "language": room.language,
        "items": [_json_item(room, item) for item in room.shown[:RECENT]],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1).encode()


def _json_item(room: Newsroom, item: Item) -> dict[str, Any]:
    edition, place = item.original, room.places[item.reference]
    made: dict[str, Any] = {
        "id": urn(item, edition, room.about),
        "url": room.about.link(page_of(place, edition)),
        "title": edition.headline,
        "summary": edition.summary,
        "language": edition.language,
        "authors": [{"name": edition.publisher or room.about.name}],
        "date_published": _instant(item.lifted),
        "date_modified": _instant(item.changed),
    }
    if "html" in edition.files:
        made["content_html"] = markup(edition)
    else:
        made["content_text"] = edition.summary or edition.headline
    return made


def _say(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    made = etree.SubElement(parent, f"{{{ATOM}}}{name}")
    made.text = text
    return made


def _link(parent: etree._Element, rel: str, href: str, **said: str) -> None:
    etree.SubElement(parent, f"{{{ATOM}}}link", {"rel": rel, "href": href, **said})


def _instant(instant: datetime) -> str:
    """An aware instant in UTC, as RFC 3339 has it."""
    return instant.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
