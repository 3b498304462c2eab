"""Translate Strict Open XML into Transitional, which all readers know.

Word saves “Strict Open XML Document” with other namespaces, other relationship types and a few other values. All are
translated here, in front of every reader. Content types are the same in both. Source: ISO/IEC 29500, part 1 (Strict)
and part 4 (Transitional), 2016.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from pressgen.word.names import PACKAGE, PARSER, WML

if TYPE_CHECKING:
    from collections.abc import Callable

    from pressgen.word.names import Element

STRICT, TRANSITIONAL = "http://purl.oclc.org/ooxml/", "http://schemas.openxmlformats.org/"
SIGNS = tuple("purl.oclc.org/ooxml/".encode(each) for each in ("utf-8", "utf-16-le", "utf-16-be"))
RENAMED = {"extendedProperties": "extended-properties", "customProperties": "custom-properties"}
RELATED = "officeDocument/relationships/"
OF_THE_PACKAGE = {f"{RELATED}metadata/{name}" for name in ("core-properties", "thumbnail")}
LOGICAL = {"start": "left", "end": "right", "startChars": "leftChars", "endChars": "rightChars"}
"""Sides of Strict. Transitional writes them `left` and `right` and means the same."""
SIDED_ATTRIBUTES = frozenset({"ind"})
SIDED_VALUES = frozenset({"jc", "lvlJc", "tab"})
SIDED_CHILDREN = frozenset({"tblBorders", "tcBorders", "tblCellMar", "tcMar"})
DIRECTIONS = {"tb": "lrTb", "rl": "tbRl", "lr": "btLr", "tbV": "lrTbV", "rlV": "tbRlV", "lrV": "tbLrV"}
MEASURE = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?)(mm|cm|in|pt|pc|pi)")
PERCENTAGE = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?)%")
POINTS = {"mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72, "pt": 1, "pc": 12, "pi": 12}
HALF_POINTS = frozenset("sz szCs kern position hps hpsRaise hpsBaseText".split())
TWIPS = frozenset(
    "ind spacing pgSz pgMar tab tblW tblInd tcW gridCol trHeight cols col defaultTabStop framePr tblCellSpacing"
    " wBefore wAfter tblpPr top left bottom right start end drawingGridHorizontalSpacing drawingGridVerticalSpacing"
    " drawingGridHorizontalOrigin drawingGridVerticalOrigin lnNumType hyphenationZone fitText legacy".split()
)
FIFTIETHS = frozenset("tblW tblInd tcW tblCellSpacing wBefore wAfter top left bottom right start end".split())
WHOLE_PERCENT = frozenset({"w", "zoom"})
EMU = frozenset(
    "x y cx cy w h l t r b distT distB distL distR lIns tIns rIns bIns marL marR marT marB indent defTabSz dist"
    " blurRad rad".split()
)
THOUSANDTHS = frozenset(
    "val l t r b pos sx sy amt stA endA stPos endPos fontScale lnSpcReduction bright contrast".split()
)


def translate_strict(parts: dict[str, bytes], most_tags: int) -> dict[str, bytes]:
    """Return the parts of a file, translated where they are Strict.

    A part that is not XML, or has more than `most_tags` tags, stays as it is: its reader refuses it.
    """
    return {name: _translate_part(part) if _is_strict(part, most_tags) else part for name, part in parts.items()}


def _is_strict(part: bytes, most_tags: int) -> bool:
    return any(sign in part for sign in SIGNS) and part.count(b"<") <= most_tags


def _translate_part(part: bytes) -> bytes:
    try:
        root = etree.fromstring(part, PARSER)
    except (etree.XMLSyntaxError, ValueError):
        return part
    if root.getroottree().docinfo.doctype:  # type: ignore[union-attr]  # unknown to the stubs
        return part
    return etree.tostring(_translate_node(root), xml_declaration=True, encoding="UTF-8", standalone=True)


def _translate_node(node: Element) -> Element:
    """Return a copy of a node under the names of Transitional."""
    name = etree.QName(node)
    local = name.localname
    if _is_wordprocessing(node.getparent(), SIDED_CHILDREN):
        local = LOGICAL.get(local, local)
    nsmap = {prefix: _translate_uri(uri) for prefix, uri in node.nsmap.items()}
    made = etree.Element(_qualify(name.namespace, local), nsmap=nsmap)  # type: ignore[arg-type]  # None is allowed
    for key, value in node.attrib.items():
        about = etree.QName(str(key))
        if about.localname != "conformance":
            label = LOGICAL.get(about.localname, about.localname) if name.localname in SIDED_ATTRIBUTES else ""
            made.set(_qualify(about.namespace, label or about.localname), _translate_value(name, about, str(value)))
    made.text, made.tail = node.text, node.tail
    for child in node:
        made.append(_translate_node(child))
    return made


def _is_wordprocessing(node: Element | None, names: frozenset[str]) -> bool:
    if node is None:
        return False
    name = etree.QName(node)
    return name.localname in names and name.namespace in {f"{STRICT}wordprocessingml/main", WML}


def _qualify(namespace: str | None, local: str) -> str:
    return f"{{{_translate_uri(namespace)}}}{local}" if namespace else local


def _translate_uri(uri: str) -> str:
    """Return the Transitional name of a namespace or kind of relationship."""
    if not uri.startswith(STRICT):
        return uri
    rest = uri.removeprefix(STRICT)
    if rest in OF_THE_PACKAGE:
        return f"{PACKAGE}/relationships/{rest.removeprefix(RELATED)}"
    family, _, leaf = rest.partition("/")
    folder, slash, last = leaf.rpartition("/")
    return f"{TRANSITIONAL}{family}/2006/{folder}{slash}{RENAMED.get(last, last)}"


def _translate_value(element: etree.QName, attribute: etree.QName, value: str) -> str:
    """Return the value of an attribute as Transitional writes it."""
    local, key = element.localname, attribute.localname
    if key in {"Type", "uri"}:
        return _translate_uri(value)
    if element.namespace == f"{STRICT}wordprocessingml/main":
        if local in SIDED_VALUES and key == "val":
            return LOGICAL.get(value, value)
        if local == "textDirection" and key == "val":
            return DIRECTIONS.get(value, value)
        if local in TWIPS | HALF_POINTS:
            value = MEASURE.sub(_multiply(2 if local in HALF_POINTS else 20), value)
        if local in FIFTIETHS | WHOLE_PERCENT:
            value = PERCENTAGE.sub(_multiply(50 if local in FIFTIETHS else 1), value)
    elif (element.namespace or "").startswith(f"{STRICT}drawingml/"):
        value = MEASURE.sub(_multiply(12_700), value) if key in EMU else value
        value = PERCENTAGE.sub(_multiply(1000), value) if key in THOUSANDTHS else value
    return value


def _multiply(factor: int) -> Callable[[re.Match[str]], str]:
    """Return what turns a measure into a number of a smaller unit."""

    def count(match: re.Match[str]) -> str:
        unit = match[2] if match.re is MEASURE else "pt"
        return str(round(float(match[1]) * POINTS[unit] * factor))

    return count
