"""The XML names of WordprocessingML, and helpers for its nodes and attributes.

Source: ECMA-376 part 1 (transitional), with Microsoft's [MS-DOCX] for `w14`.
"""

from __future__ import annotations

import re

from lxml import etree

Element = etree._Element  # noqa: SLF001 - lxml's own name for the type of every node

WML = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
REL = f"{OFFICE}/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
WORD_2010 = "http://schemas.microsoft.com/office/word/2010/wordml"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"

W = f"{{{WML}}}"
R_ID = f"{{{REL}}}id"
RELATIONSHIP = f"{{{PACKAGE}/relationships}}Relationship"
TYPES = f"{{{PACKAGE}/content-types}}"
IGNORABLE, FALLBACK = f"{{{COMPATIBILITY}}}Ignorable", f"{{{COMPATIBILITY}}}Fallback"
W14 = f"{{{WORD_2010}}}"
MATH_RUN = f"{{{OFFICE}/math}}r"
DOC_PR = f"{{{DRAWING}/wordprocessingDrawing}}docPr"
VML = "{urn:schemas-microsoft-com:vml}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
VAL, ID, NAME, TYPE = W + "val", W + "id", W + "name", W + "type"
P, PPR, R, RPR, T, TAB, BR = (W + name for name in ("p", "pPr", "r", "rPr", "t", "tab", "br"))
TBL, TR, TC, LINK, BODY = (W + name for name in ("tbl", "tr", "tc", "hyperlink", "body"))
SECTION, STYLE = f"{PPR}/{W}sectPr", f"{PPR}/{W}pStyle"
START, END = W + "bookmarkStart", W + "bookmarkEnd"
OFF = frozenset({"0", "false", "off"})
"""The values of an attribute that switch something off."""
PREFIXES: dict[str | None, str] = {
    "w": WML,
    "r": REL,
    "mc": COMPATIBILITY,
    "w14": WORD_2010,
    "wp": f"{DRAWING}/wordprocessingDrawing",
    "a": f"{DRAWING}/main",
    "pic": f"{DRAWING}/picture",
}
"""Word's own prefixes for the namespaces of added elements."""

PARSER = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)


class NotXmlError(ValueError):
    """A part that is not XML, or XML that may do harm.

    The message says which.
    """


def parse_xml(data: bytes) -> Element:
    """Parse XML without entities, comments or white space between elements.

    Raises:
        NotXmlError: it is not well-formed, too deep, or declares a document type.
    """
    try:
        root = etree.fromstring(data, PARSER)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise NotXmlError(f"is not XML ({error})") from error
    if root.getroottree().docinfo.doctype:  # type: ignore[union-attr]  # unknown to the stubs
        raise NotXmlError("declares a document type, which Word files do not have")
    for node in root.iter():
        node.tail = None
    return root


def serialise_xml(root: Element) -> bytes:
    """Write XML the way Word does."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def add_element(parent: Element, name: str, **attributes: object) -> Element:
    """Append a `w:` element with `w:` attributes."""
    return etree.SubElement(parent, W + name, {W + key: str(value) for key, value in attributes.items()})


def remove_node(node: Element) -> None:
    """Remove a node from its parent."""
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)


def get_child_value(node: Element, path: str) -> str:
    """Return the `w:val` of a `w:` element below a node, or nothing."""
    found = node.find("/".join(W + step for step in path.split("/")))
    return "" if found is None else str(found.get(VAL) or "")


NUMBER = re.compile(r"\s*([+-]?[0-9]{1,9})\s*")
"""A decimal number (ECMA-376 part 1, 17.18.10), no larger than real files have."""


def parse_int(text: str | None) -> int | None:
    """Return the number that an attribute's text says, or None."""
    match = NUMBER.fullmatch(text or "")
    return int(match[1]) if match else None


MEASURE = re.compile(r"\s*([+-]?[0-9]{1,9}(?:\.[0-9]{1,9})?)(mm|cm|in|pt|pc|pi)?\s*")
TWIPS = {"mm": 1440 / 25.4, "cm": 1440 / 2.54, "in": 1440.0, "pt": 20.0, "pc": 240.0, "pi": 240.0, None: 1.0}


def parse_twips(text: str | None) -> int | None:
    """Return a measure in twentieths of a point, or None.

    A number without a unit is in them already (ECMA-376 part 1, 22.9.2.14 and 22.9.2.15); Google Docs writes 1440.0.
    """
    match = MEASURE.fullmatch(text or "")
    return round(float(match[1]) * TWIPS[match[2]]) if match else None


def read_twips(node: Element | None, name: str) -> int | None:
    """Return the measure in an attribute in twentieths of a point."""
    return None if node is None else parse_twips(node.get(name))


def read_int(node: Element | None, name: str) -> int | None:
    """Return the number in an attribute of a node, or None."""
    return None if node is None else parse_int(node.get(name))
