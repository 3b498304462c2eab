"""The sitemap (sitemaps.org 0.9) of all release pages.

It lists their translations, and when they last changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from pressgen.newsroom.elements import make_root, serialise
from pressgen.newsroom.item import make_page_path

if TYPE_CHECKING:
    from pressgen.newsroom.room import Newsroom

MAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"
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
