"""The feeds of the newest releases, and the sitemap.

The feeds are Atom (RFC 4287) and JSON Feed 1.1.

Withdrawn releases are listed as withdrawn.
"""

from __future__ import annotations

import json
from datetime import UTC
from typing import TYPE_CHECKING, Any

from lxml import etree

from pressgen.newsroom.content import XHTML, extract_content, extract_markup
from pressgen.newsroom.public_release import make_page_path, make_urn
from pressgen.newsroom.xml_elements import make_root, serialise

if TYPE_CHECKING:
    from datetime import datetime

    from pressgen.newsroom.newsroom import Newsroom
    from pressgen.newsroom.public_release import PublicRelease


ATOM = "http://www.w3.org/2005/Atom"
GONE = "http://purl.org/atompub/tombstones/1.0"
"""Atom's namespace for deleted entries (RFC 6721)."""
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
RECENT = 30
"""Releases in a feed."""


def build_atom_feed(room: Newsroom) -> bytes:
    """Build `feed.atom`."""
    feed = make_root("feed", ATOM, at=GONE)
    feed.set(LANG, room.language)
    _add_element(feed, "id", room.about.id)
    _add_element(feed, "title", room.about.name)
    _add_element(feed, "updated", _format_instant(room.changed))
    _add_element(_add_element(feed, "author"), "name", room.about.name)
    _add_link(feed, "self", room.about.link("feed.atom"), type="application/atom+xml")
    _add_link(feed, "alternate", room.about.link(), type="text/html")
    for item in room.withdrawn[:RECENT]:
        if item.withdrawn:
            gone = {"ref": make_urn(item, item.original, room.about), "when": _format_instant(item.withdrawn.at)}
            etree.SubElement(feed, f"{{{GONE}}}deleted-entry", gone)
    for item in room.shown[:RECENT]:
        _entry(feed, room, item)
    return serialise(feed)


def _entry(feed: etree._Element, room: Newsroom, item: PublicRelease) -> None:
    entry = _add_element(feed, "entry")
    edition, place = item.original, room.places[item.reference]
    entry.set(LANG, edition.language)
    _add_element(entry, "id", make_urn(item, edition, room.about))
    _add_element(entry, "title", edition.headline)
    _add_element(entry, "published", _format_instant(item.lifted))
    _add_element(entry, "updated", _format_instant(item.changed))
    _add_element(_add_element(entry, "author"), "name", edition.publisher or room.about.name)
    for each in item.editions:
        _add_link(
            entry, "alternate", room.about.link(make_page_path(place, each)), type="text/html", hreflang=each.language
        )
    _add_element(entry, "summary", edition.summary)
    if "html" in edition.files:
        _add_element(entry, "content").set("type", "xhtml")
        entry[-1].append(extract_content(edition))


def read_feed_address(feed: bytes) -> str:
    """Read the newsroom's address from a `feed.atom`.

    It is empty where the feed is not from pressgen.
    """
    try:
        found = etree.fromstring(feed, etree.XMLParser(resolve_entities=False)).findtext(f"{{{ATOM}}}id") or ""
    except etree.XMLSyntaxError:
        return ""
    return found if found.startswith(("https://", "http://")) else ""


def build_json_feed(room: Newsroom) -> bytes:
    """Build `feed.json`."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": room.about.name,
        "home_page_url": room.about.link(),
        "feed_url": room.about.link("feed.json"),
        "language": room.language,
        "items": [_json_item(room, item) for item in room.shown[:RECENT]],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1).encode()


def _json_item(room: Newsroom, item: PublicRelease) -> dict[str, Any]:
    edition, place = item.original, room.places[item.reference]
    made: dict[str, Any] = {
        "id": make_urn(item, edition, room.about),
        "url": room.about.link(make_page_path(place, edition)),
        "title": edition.headline,
        "summary": edition.summary,
        "language": edition.language,
        "authors": [{"name": edition.publisher or room.about.name}],
        "date_published": _format_instant(item.lifted),
        "date_modified": _format_instant(item.changed),
    }
    if "html" in edition.files:
        made["content_html"] = extract_markup(edition)
    else:
        made["content_text"] = edition.summary or edition.headline
    return made


def _add_element(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    made = etree.SubElement(parent, f"{{{ATOM}}}{name}")
    made.text = text
    return made


def _add_link(parent: etree._Element, rel: str, href: str, **said: str) -> None:
    etree.SubElement(parent, f"{{{ATOM}}}link", {"rel": rel, "href": href, **said})


def _format_instant(instant: datetime) -> str:
    """Return an aware instant in UTC, as in RFC 3339."""
    return instant.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


MAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
LONGEST = 50_000
"""The most addresses in one sitemap that its format allows."""


def build_sitemap(room: Newsroom) -> bytes:
    """Build `sitemap.xml`."""
    made = make_root("urlset", MAP, xhtml=XHTML)
    _add_page(made, room.about.link(), room.changed.isoformat(timespec="seconds"))
    for item in room.shown:
        place = room.places[item.reference]
        for edition in item.editions:
            url = _add_page(made, room.about.link(make_page_path(place, edition)), item.stamp(item.changed))
            for each in item.editions if len(item.editions) > 1 else ():
                said = {
                    "rel": "alternate",
                    "hreflang": each.language,
                    "href": room.about.link(make_page_path(place, each)),
                }
                etree.SubElement(url, f"{{{XHTML}}}link", said)
    del made[LONGEST:]
    return serialise(made)


def _add_page(parent: etree._Element, address: str, changed: str) -> etree._Element:
    url = etree.SubElement(parent, f"{{{MAP}}}url")
    etree.SubElement(url, f"{{{MAP}}}loc").text = address
    etree.SubElement(url, f"{{{MAP}}}lastmod").text = changed
    return url
