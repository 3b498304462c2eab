"""What a file that claims PDF/A keeps of it, as a whole: syntax, metadata, forms, attachments.

Source: ISO 19005-3 (PDF/A-3), whose clauses part 2 shares; read for files that claim either. What both PDF/A and PDF/UA
ask of structure and fonts is told by the codes of PDF/UA.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from pressgen.pdf.objects import entries, items, text, value, word
from pressgen.validate.pdf import archive_parts, colours
from pressgen.validate.pdf.metadata import packet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lxml import etree

    from pressgen.errors import Problem
    from pressgen.validate.pdf.paper import Paper

ID = "{http://www.aiim.org/pdfa/ns/id/}"
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
DESCRIBED = "{http://www.aiim.org/pdfa/ns/schema#}namespaceURI"
LEVELS = {"1": "AB", "2": "ABU", "3": "ABU", "4": "EF"}
"""The parts of ISO 19005 with their levels; part 4 needs none."""
READ = {"2", "3"}
"""The parts whose clauses are these."""
HEADER = re.compile(rb"%PDF-1\.[0-7](?:\r\n|\r|\n)%[\x80-\xff]{4}")
END = re.compile(rb"%%EOF(?:\r\n|\r|\n)?\Z")
PERMITTED = {"/UR3", "/DocMDP"}
PREDEFINED = {
    "http://purl.org/dc/elements/1.1/", "http://ns.adobe.com/xap/1.0/", "http://ns.adobe.com/xap/1.0/rights/",
    "http://ns.adobe.com/xap/1.0/mm/", "http://ns.adobe.com/xap/1.0/bj/", "http://ns.adobe.com/xap/1.0/t/pg/",
    "http://ns.adobe.com/xmp/1.0/DynamicMedia/", "http://ns.adobe.com/pdf/1.3/", "http://ns.adobe.com/photoshop/1.0/",
    "http://ns.adobe.com/camera-raw-settings/1.0/", "http://ns.adobe.com/tiff/1.0/", "http://ns.adobe.com/exif/1.0/",
    "http://www.aiim.org/pdfa/ns/id/", "http://www.aiim.org/pdfa/ns/extension/",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://www.w3.org/XML/1998/namespace",
}  # fmt: skip
"""Schemas whose properties need no description (6.6.2.3.1)."""
SMALLEST, LARGEST = 3, 14_400
"""Points that a page may be wide and high."""


def claimed(paper: Paper) -> tuple[str, str] | None:
    """The part of ISO 19005 and the level that a file says it keeps; None where it does not say."""
    root = packet(paper)
    part = None if root is None else _said(root, "part")
    return None if root is None or part is None else (part, _said(root, "conformance") or "")


def asked(paper: Paper) -> Iterator[Callable[[Paper], Iterator[Problem]]]:
    """The checks that a file is to stand for what it claims."""
    if claim := claimed(paper):
        yield identification
        if claim[0] in READ:
            yield from CHECKS


def identification(paper: Paper) -> Iterator[Problem]:
    """The claim is one that there is; every property is described (6.6.2.1, 6.6.2.3.1, 6.6.4)."""
    part, level = claimed(paper) or ("", "")
    if part not in LEVELS or (level not in LEVELS[part] and (part, level) != ("4", "")) or len(level) > 1:
        yield paper.fault("A3-6.6.4", f"claims PDF/A-{part}{level.lower()}, which there is not", "metadata")
    stream = value(paper.root, "/Metadata")
    if (word(value(stream, "/Type")), word(value(stream, "/Subtype"))) != ("Metadata", "XML"):
        yield paper.fault("A3-6.6.2.1", "has metadata that do not say that they are", "metadata")
    root = packet(paper)
    if root is None:
        return
    known = PREDEFINED | {str(node.text) for node in root.iter(DESCRIBED)}
    for node in root.iterfind(f".//{RDF}RDF/{RDF}Description"):
        for name in map(str, (*node.attrib, *(child.tag for child in node))):
            space = name.partition("}")[0][1:]
            if name.startswith("{") and space not in known:
                yield paper.fault("A3-6.6.2.3", f"a property of {space} is not described in the file", "metadata")


def syntax(paper: Paper) -> Iterator[Problem]:
    """Header, trailer and end of the file; protection (6.1.2, 6.1.3)."""
    if not HEADER.match(paper.data):
        yield paper.fault("A3-6.1.2", "does not begin as an archive wants it: %PDF-1.7, then a line of bytes", "header")
    if value(paper.pdf.trailer, "/Encrypt") is not None:
        yield paper.fault("A3-6.1.3", "is encrypted; an archive must be able to open it for ever", "trailer")
    if value(paper.pdf.trailer, "/ID") is None:
        yield paper.fault("A3-6.1.3", "has no identifier", "trailer")
    if not END.search(paper.data[-64:]):
        yield paper.fault("A3-6.1.3", "goes on after its end", "trailer")


def pages(paper: Paper) -> Iterator[Problem]:
    """Pages of a size that can be, without actions and slide shows (6.1.13, 6.5.2, 6.10)."""
    for number, page in enumerate(paper.pages, 1):
        box = [float(each) for each in items(value(page, "/MediaBox"))]
        sides = (abs(box[2] - box[0]), abs(box[3] - box[1])) if len(box) == 4 else ()  # noqa: PLR2004 - the corners
        if any(not SMALLEST <= side <= LARGEST for side in sides):
            yield paper.fault("A3-6.1.13", "is smaller than 3 points or larger than 14,400", f"page {number}")
        if value(page, "/AA") is not None:
            yield paper.fault("A3-6.5.2", "does something when it is opened or closed", f"page {number}")
        if value(page, "/PresSteps") is not None:
            yield paper.fault("A3-6.10", "is part of a slide show", f"page {number}")


def catalogue(paper: Paper) -> Iterator[Problem]:
    """Nothing that runs, waits for data, or asks for more than a reader has (6.1.12, 6.4, 6.5.2, 6.10, 6.11)."""
    form = value(paper.root, "/AcroForm")
    permissions = value(paper.root, "/Perms")
    wrong = {
        ("A3-6.1.12", "has permissions of an unknown kind"): permissions is not None
        and bool({str(name) for name in permissions.keys()} - PERMITTED),  # noqa: SIM118 - pikepdf's dictionary
        ("A3-6.4.1", "has a form whose fields look as the reader likes"): value(form, "/NeedAppearances") is True,
        ("A3-6.4.2", "holds an XFA form"): value(form, "/XFA") is not None
        or value(paper.root, "/NeedsRendering") is not None,
        ("A3-6.5.2", "does something when it is opened or closed"): value(paper.root, "/AA") is not None,
        ("A3-6.10", "holds another presentation of itself"): value(
            value(paper.root, "/Names"), "/AlternatePresentations"
        ) is not None,
        ("A3-6.11", "asks for a reader with certain abilities"): value(paper.root, "/Requirements") is not None,
    }  # fmt: skip
    for (code, message), is_so in wrong.items():
        if is_so:
            yield paper.fault(code, message, "catalogue")


def attached(paper: Paper) -> Iterator[Problem]:
    """Each attached file says its kind and how it belongs to the document, which names it (6.8)."""
    associated = [each for node in (paper.root, *paper.pages) for each in items(value(node, "/AF"))]
    for name, node in entries(value(value(paper.root, "/Names"), "/EmbeddedFiles"), "/Names"):
        inside = f"attachment {text(name)}"
        if not word(value(value(value(node, "/EF"), "/F"), "/Subtype")):
            yield paper.fault("A3-6.8", "does not say which kind of file it is", inside)
        if not word(value(node, "/AFRelationship")):
            yield paper.fault("A3-6.8", "does not say how it belongs to the document", inside)
        elif not any(each == node for each in associated):
            yield paper.fault("A3-6.8", "belongs to no part of the document", inside)


def layer_names(paper: Paper) -> Iterator[Problem]:
    """Each set of layers has a name of its own (6.9)."""
    layers = value(paper.root, "/OCProperties")
    names = [text(value(each, "/Name")) for each in [*items(value(layers, "/D")), *items(value(layers, "/Configs"))]]
    if not all(names) or len(set(names)) < len(names):
        yield paper.fault("A3-6.9", "has sets of layers without a name, or two of one name", "layers")


def private(paper: Paper) -> Iterator[Problem]:
    """No character that only its maker knows, unless the structure says in words what it is (6.2.11.7.3)."""
    if any(value(element.node, "/ActualText") is not None for element in paper.elements):
        return
    for font in paper.drawing.fonts.values():
        if any(unicodedata.category(char) == "Co" for code in font.codes for char in font.characters.get(code, "")):
            yield paper.fault("A3-6.2.11.7.3", "a character of private use, which nobody can read", f"page {font.page}")


def _said(root: etree._Element, name: str) -> str | None:
    """A property of the claim: an attribute or an element of its own."""
    for node in root.iter():
        if (found := node.get(ID + name)) is not None:
            return str(found)
        if node.tag == ID + name:
            return str(node.text or "").strip()
    return None


CHECKS = (
    syntax, pages, catalogue, attached, layer_names, private,
    *archive_parts.CHECKS, *colours.CHECKS,
)  # fmt: skip
