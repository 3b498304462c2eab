"""A release as a newsItem of NewsML-G2 (IPTC, 2.35).

It has power conformance, with elements in the order of the schema.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from pressgen.model.direction import get_direction
from pressgen.newsroom.content import XHTML, extract_content
from pressgen.newsroom.editor_notes import list_editor_notes
from pressgen.newsroom.public_release import OFFERED, make_file_path, make_page_path, make_urn
from pressgen.newsroom.xml_elements import make_root, serialise

if TYPE_CHECKING:
    from pressgen.newsroom.newsroom import Newsroom
    from pressgen.newsroom.public_release import LanguageEdition, PublicRelease

NAR = "http://iptc.org/std/nar/2006-10-01/"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
CATALOG = "http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_41.xml"


def build_news_item(room: Newsroom, item: PublicRelease, edition: LanguageEdition) -> bytes:
    """Build the NewsML-G2 newsItem of an edition.

    A withdrawn one is `stat:canceled` and has no words of the release.
    """
    made = make_root("newsItem", NAR)
    made.set("guid", make_urn(item, edition, room.about))
    made.set("version", str(item.version))
    made.set("standard", "NewsML-G2")
    made.set("standardversion", "2.35")
    made.set("conformance", "power")
    made.set(LANG, edition.language)
    made.set("dir", get_direction(edition.language))
    _add(made, "catalogRef", href=CATALOG)
    _management(_add(made, "itemMeta"), room, item, edition)
    if not item.withdrawn:
        _description(_add(made, "contentMeta"), item, edition)
        _add_content(_add(made, "contentSet"), room, item, edition)
    return serialise(made)


def _management(meta: etree._Element, room: Newsroom, item: PublicRelease, edition: LanguageEdition) -> None:
    _add(meta, "itemClass", qcode="ninat:text")
    _add(_add(meta, "provider", uri=room.about.link()), "name", edition.publisher or room.about.name)
    _add(meta, "versionCreated", item.stamp(item.changed))
    _add(meta, "firstCreated", item.stamp(item.lifted))
    if item.embargo and not item.withdrawn:
        _add(meta, "embargoed", item.stamp(item.embargo))
    _add(meta, "pubStatus", qcode="stat:canceled" if item.withdrawn else "stat:usable")
    if not item.withdrawn:
        _add(meta, "title", edition.headline)
    for note in list_editor_notes(item):
        _add(meta, "edNote", note)
    if item.corrections and not item.withdrawn:
        _add(meta, "signal", qcode="sig:correction")
    for each in item.editions:
        if each is not edition:
            _add(meta, "link", rel="irel:seeAlso", residref=make_urn(item, each, room.about))


def _description(meta: etree._Element, item: PublicRelease, edition: LanguageEdition) -> None:
    _add(meta, "contentCreated", item.stamp(item.lifted))
    _add(meta, "language", tag=edition.language)
    _add(_add(meta, "genre", literal="press release"), "name", "Press Release")
    _add(meta, "headline", edition.headline)
    _add(meta, "description", edition.summary, role="drol:summary")


def _add_content(parent: etree._Element, room: Newsroom, item: PublicRelease, edition: LanguageEdition) -> None:
    """Add the content in several renditions, all with the same words."""
    place = room.places[item.reference]
    page = make_root("html", XHTML)
    _add(parent, "inlineXML", contenttype="application/xhtml+xml").append(page)
    page.set(LANG, edition.language)
    etree.SubElement(etree.SubElement(page, f"{{{XHTML}}}head"), f"{{{XHTML}}}title").text = edition.headline
    body = etree.SubElement(page, f"{{{XHTML}}}body")
    etree.SubElement(body, f"{{{XHTML}}}h1").text = edition.headline
    body.append(extract_content(edition))
    _add(parent, "remoteContent", href=room.about.link(make_page_path(place, edition)), contenttype="text/html")
    for ending, kind in OFFERED.items():
        if ending in edition.files:
            href = room.about.link(make_file_path(place, item, edition, ending))
            _add(parent, "remoteContent", href=href, contenttype=kind, size=str(len(edition.files[ending])))


def _add(parent: etree._Element, name: str, text: str | None = None, **said: str) -> etree._Element:
    made = etree.SubElement(parent, f"{{{NAR}}}{name}", said)
    made.text = text
    return made
