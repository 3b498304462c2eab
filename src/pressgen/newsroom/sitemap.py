"""The sitemap (sitemaps.org 0.9): every page of a release with its translations, and when it last changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from pressgen.newsroom.elements import root, written
from pressgen.newsroom.item import page_of

if TYPE_CHECKING:
    from pressgen.newsroom.room import Newsroom

MAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"
LONGEST = 50_000
"""Addresses in one sitemap, which its format allows."""


def sitemap(room: Newsroom) -> bytes:
    """`sitemap.xml`."""
    made = root("urlset", MAP, xhtml=XHTML)
    _page(made, room.about.link(), room.changed.isoformat(timespec="seconds"))
    for item in room.shown:
        place = room.places[item.reference]
        for edition in item.editions:
            url = _page(made, room.about.link(page_of(place, edition)), item.stamp(item.changed))
            for each in item.editions if len(item.editions) > 1 else ():
                said = {"rel": "alternate", "hreflang": each.language, "href": room.about.link(page_of(place, each))}
                etree.SubElement(url, f"{{{XHTML}}}link", said)
    del made[LONGEST:]
    return written(made)


def _page(parent: etree._Element, address: str, changed: str) -> etree._Element:
    url = etree.SubElement(parent, f"{{{MAP}}}url")
    etree.SubElement(url, f"{{{MAP}}}loc").text = address
    etree.SubElement(url, f"{{{MAP}}}lastmod").text = changed
    return url
