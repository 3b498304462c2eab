"""One person's copy of a finished Word file: a line at the foot of every page, a mark in its properties and its text.

The text itself is not touched: bookmark and property stay when somebody saves the file under another name, the line
also when it is printed.
"""

from __future__ import annotations

import posixpath
from functools import lru_cache
from typing import TYPE_CHECKING

from lxml import etree

from pressgen.model.mark import visible
from pressgen.word.archive import Entry, write
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
    add,
    serialise,
)
from pressgen.word.package import CONTENT_TYPES, NO_RELS, Package, rels_of
from pressgen.word.package_parts import CUSTOM_PART
from pressgen.word.properties import CUSTOM, FIRST_PID, USER_DEFINED, VARIANTS, no_custom_properties

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.word.names import Element

BOOKMARK, PROPERTY = "_pgcopy_", "pressgen copy"
FOOTER = "footerReference"
FOOTER_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"
NEW = "footer_copy.xml"
QUIET, SIZE = "595959", 14
"""A grey with a contrast of 7 to 1 on white; half points."""
PHOTOGRAPHS = (".png", ".jpg", ".jpeg", ".gif")
SETTINGS_EVEN = "evenAndOddHeaders"


def stamp(data: bytes, mark: str, holder: str) -> bytes:
    """The copy of the Word file `data` that belongs to `holder`: the same bytes each time.

    Raises:
        Refused: it is no Word file.
    """
    package = _unpacked(data)
    body, line = package.xml(package.body), visible(mark, holder)
    for name in _footers(package, body):
        footer = package.xml(name)
        _print(footer, line)
        package.parts[name] = serialise(footer)
    _bookmark(body, mark)
    package.parts[package.body] = serialise(body)
    custom = package.xml(CUSTOM_PART) if CUSTOM_PART in package.parts else no_custom_properties()
    _property(custom, mark)
    package.parts[CUSTOM_PART] = serialise(custom)
    return write({name: _packed(name, content) for name, content in package.parts.items()})


def _unpacked(data: bytes) -> Package:
    """The file's parts, unpacked once for all copies of it."""
    blank = _blank(data)
    return Package(dict(blank.parts), blank.shown)


@lru_cache(maxsize=2)
def _blank(data: bytes) -> Package:
    return Package.of(data, "the Word file")


def lines(data: bytes, shown: str) -> str:
    """What can be read in a Word file, feet and all, a paragraph a line; `shown` is what messages call it.

    Raises:
        Refused: it is no Word file.
    """
    package = Package.of(data, shown)
    parts = [package.xml(name) for name in sorted(package.titles)]
    paragraphs = [paragraph for root in parts for paragraph in root.iter(P)]
    return "\n".join("".join(str(node.text or "") for node in each.iter(T)) for each in paragraphs)


def marks(data: bytes, shown: str) -> str:
    """Where a mark hides in a Word file: the names of its bookmarks, and its own properties; a line each.

    Raises:
        Refused: it is no Word file.
    """
    package = Package.of(data, shown)
    names = [str(node.get(NAME)) for name in sorted(package.titles) for node in package.xml(name).iter(START)]
    custom = package.xml(CUSTOM_PART, serialise(no_custom_properties()))
    return "\n".join([*names, *(str(node.text or "") for node in custom.iter())])


def _footers(package: Package, body: Element) -> Iterator[str]:
    """The parts with the feet of all pages; a first section that lacks one is given it, later ones inherit."""
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
                held[kind] = _new_footer(package, section, kind)
        told.update(name for name in held.values() if name in package.parts)
    yield from sorted(told)


def _new_footer(package: Package, section: Element, kind: str) -> str:
    """An empty footer for pages of a kind in a section."""
    name = posixpath.join(posixpath.dirname(package.body), f"{kind}_{NEW}")
    package.parts[name] = serialise(etree.Element(W + "ftr", {}, {"w": PREFIXES["w"], "r": PREFIXES["r"]}))
    rels, types = package.xml(rels_of(package.body), NO_RELS), package.xml(CONTENT_TYPES)
    ident = f"pgCopy_{kind}"
    target = {"Id": ident, "Type": f"{REL}/footer", "Target": posixpath.basename(name)}
    etree.SubElement(rels, RELATIONSHIP, target)
    etree.SubElement(types, TYPES + "Override", {"PartName": f"/{name}", "ContentType": FOOTER_TYPE})
    package.parts[rels_of(package.body)], package.parts[CONTENT_TYPES] = serialise(rels), serialise(types)
    section.insert(0, etree.Element(W + FOOTER, {TYPE: kind, R_ID: ident}))
    return name


def _print(footer: Element, line: str) -> None:
    paragraph = add(footer, "p")
    properties = add(paragraph, "pPr")
    add(properties, "spacing", before=60, after=0, line=240, lineRule="auto")
    add(properties, "ind", left=0, right=0, firstLine=0)
    run = add(paragraph, "r")
    looks = add(run, "rPr")
    add(looks, "color", val=QUIET)
    add(looks, "sz", val=SIZE)
    add(looks, "szCs", val=SIZE)
    add(run, "t").text = line


def _bookmark(body: Element, mark: str) -> None:
    """Hide the mark round the first paragraph: names that begin with a low line are hidden in Word's lists."""
    first = next(body.iter(P), None)
    if first is None:
        return
    number = str(1 + max((ident for node in body.iter(START) if (ident := read_int(node, ID)) is not None), default=0))
    name = BOOKMARK + mark.replace("-", "")
    properties = 1 if len(first) and first[0].tag == W + "pPr" else 0
    first.insert(properties, etree.Element(START, {ID: number, NAME: name}))
    first.append(etree.Element(END, {ID: number}))


def _property(custom: Element, mark: str) -> None:
    tag = f"{{{CUSTOM}}}property"
    used = [pid for node in custom.findall(tag) if (pid := read_int(node, "pid")) is not None]
    number = str(max(used, default=FIRST_PID - 1) + 1)
    node = etree.SubElement(custom, tag, {"fmtid": USER_DEFINED, "pid": number, "name": PROPERTY})
    etree.SubElement(node, f"{{{VARIANTS}}}lpwstr").text = mark


@lru_cache(maxsize=64)
def _packed(name: str, content: bytes) -> Entry:
    """A part as the zip holds it; most are the same in every copy."""
    return Entry.as_it_is(content) if name.lower().endswith(PHOTOGRAPHS) else Entry.of(content)
