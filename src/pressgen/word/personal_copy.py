"""Make one person's copy of a finished Word file.

The copy has a line at the foot of every page, and a mark in its properties and its text. The text itself is not
touched. Bookmark and property stay when somebody saves the file under another name; the line stays also when it is
printed.
"""

from __future__ import annotations

import posixpath
from functools import lru_cache
from typing import TYPE_CHECKING

from lxml import etree

from pressgen.model.mark import format_mark_line
from pressgen.word.archive import ZipEntry, write_zip
from pressgen.word.attributes import read_int
from pressgen.word.names import (
    END,
    ID,
    NAME,
    PREFIXES,
    R_ID,
    REL,
    RELATIONSHIP,
    START,
    TYPE,
    TYPES,
    P,
    T,
    W,
    add_element,
    serialise_xml,
)
from pressgen.word.package import CONTENT_TYPES, NO_RELS, Package, get_rels_name
from pressgen.word.package_parts import CUSTOM_PART
from pressgen.word.properties import CUSTOM, FIRST_PID, USER_DEFINED, VARIANTS, make_empty_custom_properties

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.word.names import Element

BOOKMARK, PROPERTY = "_pgcopy_", "pressgen copy"
FOOTER = "footerReference"
FOOTER_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"
NEW = "footer_copy.xml"
QUIET, SIZE = "595959", 14
"""A grey with a contrast of 7 to 1 on white; the size in half points."""
PHOTOGRAPHS = (".png", ".jpg", ".jpeg", ".gif")
SETTINGS_EVEN = "evenAndOddHeaders"


def make_personal_copy(data: bytes, mark: str, holder: str) -> bytes:
    """Return the copy of a Word file that belongs to one person.

    The same mark and holder give the same bytes each time.

    Raises:
        InputError: it is no Word file.
    """
    package = _copy_package(data)
    body, line = package.xml(package.body), format_mark_line(mark, holder)
    for name in _find_footers(package, body):
        footer = package.xml(name)
        _add_line(footer, line)
        package.parts[name] = serialise_xml(footer)
    _add_bookmark(body, mark)
    package.parts[package.body] = serialise_xml(body)
    custom = package.xml(CUSTOM_PART) if CUSTOM_PART in package.parts else make_empty_custom_properties()
    _add_property(custom, mark)
    package.parts[CUSTOM_PART] = serialise_xml(custom)
    return write_zip({name: _pack(name, content) for name, content in package.parts.items()})


def _copy_package(data: bytes) -> Package:
    """Return a fresh package of the file's parts.

    They are unpacked once for all copies.
    """
    blank = _open_package(data)
    return Package(dict(blank.parts), blank.shown)


@lru_cache(maxsize=2)
def _open_package(data: bytes) -> Package:
    return Package.of(data, "the Word file")


def read_all_text(data: bytes, shown: str) -> str:
    """Return all text of a Word file, a paragraph a line.

    Footers are included. `shown` is what messages call the file.

    Raises:
        InputError: it is no Word file.
    """
    package = Package.of(data, shown)
    parts = [package.xml(name) for name in sorted(package.titles)]
    paragraphs = [paragraph for root in parts for paragraph in root.iter(P)]
    return "\n".join("".join(str(node.text or "") for node in each.iter(T)) for each in paragraphs)


def read_bookmarks_and_properties(data: bytes, shown: str) -> str:
    """Return the bookmark names and custom properties, a line each.

    A mark may be hidden there.

    Raises:
        InputError: it is no Word file.
    """
    package = Package.of(data, shown)
    names = [str(node.get(NAME)) for name in sorted(package.titles) for node in package.xml(name).iter(START)]
    custom = package.xml(CUSTOM_PART, serialise_xml(make_empty_custom_properties()))
    return "\n".join([*names, *(str(node.text or "") for node in custom.iter())])


def _find_footers(package: Package, body: Element) -> Iterator[str]:
    """Yield the footers of all pages.

    A first section that lacks one is given it; later ones inherit.
    """
    related = package.related(package.body)
    even = package.xml(related.get("settings", ""), b"<none/>").find(W + SETTINGS_EVEN) is not None
    told: set[str] = set()
    for number, section in enumerate(body.iter(W + "sectPr")):
        held = {str(node.get(TYPE)): related.get(str(node.get(R_ID)), "") for node in section.iterfind(W + FOOTER)}
        shown = [
            "default",
            *(["first"] if section.find(W + "titlePg") is not None else []),
            *(["even"] if even else []),
        ]
        for kind in shown:
            if kind not in held and not number:
                held[kind] = _add_footer(package, section, kind)
        told.update(name for name in held.values() if name in package.parts)
    yield from sorted(told)


def _add_footer(package: Package, section: Element, kind: str) -> str:
    """Add an empty footer for the pages of a kind."""
    name = posixpath.join(posixpath.dirname(package.body), f"{kind}_{NEW}")
    package.parts[name] = serialise_xml(etree.Element(W + "ftr", {}, {"w": PREFIXES["w"], "r": PREFIXES["r"]}))
    rels, types = package.xml(get_rels_name(package.body), NO_RELS), package.xml(CONTENT_TYPES)
    ident = f"pgCopy_{kind}"
    target = {"Id": ident, "Type": f"{REL}/footer", "Target": posixpath.basename(name)}
    etree.SubElement(rels, RELATIONSHIP, target)
    etree.SubElement(types, TYPES + "Override", {"PartName": f"/{name}", "ContentType": FOOTER_TYPE})
    package.parts[get_rels_name(package.body)], package.parts[CONTENT_TYPES] = serialise_xml(rels), serialise_xml(types)
    section.insert(0, etree.Element(W + FOOTER, {TYPE: kind, R_ID: ident}))
    return name


def _add_line(footer: Element, line: str) -> None:
    paragraph = add_element(footer, "p")
    properties = add_element(paragraph, "pPr")
    add_element(properties, "spacing", before=60, after=0, line=240, lineRule="auto")
    add_element(properties, "ind", left=0, right=0, firstLine=0)
    run = add_element(paragraph, "r")
    looks = add_element(run, "rPr")
    add_element(looks, "color", val=QUIET)
    add_element(looks, "sz", val=SIZE)
    add_element(looks, "szCs", val=SIZE)
    add_element(run, "t").text = line


def _add_bookmark(body: Element, mark: str) -> None:
    """Hide the mark in a bookmark around the first paragraph.

    Word's lists hide names that begin with a low line.
    """
    first = next(body.iter(P), None)
    if first is None:
        return
    number = str(1 + max((ident for node in body.iter(START) if (ident := read_int(node, ID)) is not None), default=0))
    name = BOOKMARK + mark.replace("-", "")
    properties = 1 if len(first) and first[0].tag == W + "pPr" else 0
    first.insert(properties, etree.Element(START, {ID: number, NAME: name}))
    first.append(etree.Element(END, {ID: number}))


def _add_property(custom: Element, mark: str) -> None:
    tag = f"{{{CUSTOM}}}property"
    used = [pid for node in custom.findall(tag) if (pid := read_int(node, "pid")) is not None]
    number = str(max(used, default=FIRST_PID - 1) + 1)
    node = etree.SubElement(custom, tag, {"fmtid": USER_DEFINED, "pid": number, "name": PROPERTY})
    etree.SubElement(node, f"{{{VARIANTS}}}lpwstr").text = mark


@lru_cache(maxsize=64)
def _pack(name: str, content: bytes) -> ZipEntry:
    """Return a part as an entry of the zip archive.

    Most parts are the same in every copy.
    """
    return ZipEntry.as_it_is(content) if name.lower().endswith(PHOTOGRAPHS) else ZipEntry.of(content)
