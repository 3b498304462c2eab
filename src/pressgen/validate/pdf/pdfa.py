"""Check a file that claims PDF/A as a whole.

The checks are about syntax, metadata, forms and attachments. Source: ISO 19005-3 (PDF/A-3); part 2 shares its clauses,
and files that claim either are checked. What both PDF/A and PDF/UA ask of structure and fonts is reported by the codes
of PDF/UA.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from pressgen.pdf.objects import get_value, iterate_tree, list_items, read_name, read_string
from pressgen.validate.pdf import archive_parts, colours
from pressgen.validate.pdf.metadata import read_xmp

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lxml import etree

    from pressgen.errors import Problem
    from pressgen.validate.pdf.paper import PdfFile

ID = "{http://www.aiim.org/pdfa/ns/id/}"
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
DESCRIBED = "{http://www.aiim.org/pdfa/ns/schema#}namespaceURI"
LEVELS = {"1": "AB", "2": "ABU", "3": "ABU", "4": "EF"}
"""The parts of ISO 19005 with their levels; part 4 needs none."""
READ = {"2", "3"}
"""The parts that share these clauses."""
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
"""Schemas of properties that need no description (6.6.2.3.1)."""
SMALLEST, LARGEST = 3, 14_400
"""The smallest and largest width and height of a page, in points."""


def read_pdfa_claim(paper: PdfFile) -> tuple[str, str] | None:
    """Return the PDF/A part and level that a file claims.

    Return None if it claims none.
    """
    root = read_xmp(paper)
    part = None if root is None else _read_claim_property(root, "part")
    return None if root is None or part is None else (part, _read_claim_property(root, "conformance") or "")


def list_pdfa_checks(paper: PdfFile) -> Iterator[Callable[[PdfFile], Iterator[Problem]]]:
    """Yield the checks that apply to the PDF/A claim of a file."""
    if claim := read_pdfa_claim(paper):
        yield check_identification
        if claim[0] in READ:
            yield from CHECKS


def check_identification(paper: PdfFile) -> Iterator[Problem]:
    """Check the PDF/A claim and the metadata schemas (6.6.2.1, 6.6.2.3.1, 6.6.4)."""
    part, level = read_pdfa_claim(paper) or ("", "")
    if part not in LEVELS or (level not in LEVELS[part] and (part, level) != ("4", "")) or len(level) > 1:
        yield paper.fault("A3-6.6.4", f"claims PDF/A-{part}{level.lower()}, which does not exist", "metadata")
    stream = get_value(paper.root, "/Metadata")
    if (read_name(get_value(stream, "/Type")), read_name(get_value(stream, "/Subtype"))) != ("Metadata", "XML"):
        yield paper.fault("A3-6.6.2.1", "has metadata that do not identify themselves as XMP", "metadata")
    root = read_xmp(paper)
    if root is None:
        return
    known = PREDEFINED | {str(node.text) for node in root.iter(DESCRIBED)}
    for node in root.iterfind(f".//{RDF}RDF/{RDF}Description"):
        for name in map(str, (*node.attrib, *(child.tag for child in node))):
            space = name.partition("}")[0][1:]
            if name.startswith("{") and space not in known:
                yield paper.fault("A3-6.6.2.3", f"a property of {space} is not described in the file", "metadata")


def check_syntax(paper: PdfFile) -> Iterator[Problem]:
    """Check the header, trailer, end and encryption (6.1.2, 6.1.3)."""
    if not HEADER.match(paper.data):
        yield paper.fault("A3-6.1.2", "does not begin as an archive requires: %PDF-1.7, then a line of bytes", "header")
    if get_value(paper.pdf.trailer, "/Encrypt") is not None:
        yield paper.fault("A3-6.1.3", "is encrypted; an archive must always be able to open it", "trailer")
    if get_value(paper.pdf.trailer, "/ID") is None:
        yield paper.fault("A3-6.1.3", "has no identifier", "trailer")
    if not END.search(paper.data[-64:]):
        yield paper.fault("A3-6.1.3", "continues after its end", "trailer")


def check_pages(paper: PdfFile) -> Iterator[Problem]:
    """Check page sizes, page actions and slide shows (6.1.13, 6.5.2, 6.10)."""
    for number, page in enumerate(paper.pages, 1):
        box = [float(each) for each in list_items(get_value(page, "/MediaBox"))]
        sides = (abs(box[2] - box[0]), abs(box[3] - box[1])) if len(box) == 4 else ()
        if any(not SMALLEST <= side <= LARGEST for side in sides):
            yield paper.fault("A3-6.1.13", "is smaller than 3 points or larger than 14,400", f"page {number}")
        if get_value(page, "/AA") is not None:
            yield paper.fault("A3-6.5.2", "runs an action when it is opened or closed", f"page {number}")
        if get_value(page, "/PresSteps") is not None:
            yield paper.fault("A3-6.10", "is part of a slide show", f"page {number}")


def check_catalogue(paper: PdfFile) -> Iterator[Problem]:
    """Check the catalogue for features that PDF/A forbids.

    These are ISO 19005-3, 6.1.12, 6.4, 6.5.2, 6.10 and 6.11.
    """
    form = get_value(paper.root, "/AcroForm")
    permissions = get_value(paper.root, "/Perms")
    wrong = {
        ("A3-6.1.12", "has permissions of an unknown kind"): permissions is not None
        and bool({str(name) for name in permissions.keys()} - PERMITTED),  # noqa: SIM118 - pikepdf's dictionary
        ("A3-6.4.1", "has a form with fields without a fixed appearance"): get_value(form, "/NeedAppearances") is True,
        ("A3-6.4.2", "contains an XFA form"): get_value(form, "/XFA") is not None
        or get_value(paper.root, "/NeedsRendering") is not None,
        ("A3-6.5.2", "runs an action when it is opened or closed"): get_value(paper.root, "/AA") is not None,
        ("A3-6.10", "contains an alternate presentation"): get_value(
            get_value(paper.root, "/Names"), "/AlternatePresentations"
        ) is not None,
        ("A3-6.11", "asks for a reader with certain abilities"): get_value(paper.root, "/Requirements") is not None,
    }  # fmt: skip
    for (code, message), is_so in wrong.items():
        if is_so:
            yield paper.fault(code, message, "catalogue")


def check_attachments(paper: PdfFile) -> Iterator[Problem]:
    """Check that each attachment states its type and relationship (6.8)."""
    associated = [each for node in (paper.root, *paper.pages) for each in list_items(get_value(node, "/AF"))]
    for name, node in iterate_tree(get_value(get_value(paper.root, "/Names"), "/EmbeddedFiles"), "/Names"):
        inside = f"attachment {read_string(name)}"
        if not read_name(get_value(get_value(get_value(node, "/EF"), "/F"), "/Subtype")):
            yield paper.fault("A3-6.8", "does not say which kind of file it is", inside)
        if not read_name(get_value(node, "/AFRelationship")):
            yield paper.fault("A3-6.8", "does not say how it belongs to the document", inside)
        elif not any(each == node for each in associated):
            yield paper.fault("A3-6.8", "belongs to no part of the document", inside)


def check_layer_names(paper: PdfFile) -> Iterator[Problem]:
    """Check that every layer configuration has a unique name (6.9)."""
    layers = get_value(paper.root, "/OCProperties")
    names = [
        read_string(get_value(each, "/Name"))
        for each in [*list_items(get_value(layers, "/D")), *list_items(get_value(layers, "/Configs"))]
    ]
    if not all(names) or len(set(names)) < len(names):
        yield paper.fault("A3-6.9", "has sets of layers without a name, or two with the same name", "layers")


def check_private_characters(paper: PdfFile) -> Iterator[Problem]:
    """Check for private-use characters without replacement text (6.2.11.7.3)."""
    if any(get_value(element.node, "/ActualText") is not None for element in paper.elements):
        return
    for font in paper.drawing.fonts.values():
        if any(unicodedata.category(char) == "Co" for code in font.codes for char in font.characters.get(code, "")):
            yield paper.fault("A3-6.2.11.7.3", "a private-use character, which nobody can read", f"page {font.page}")


def _read_claim_property(root: etree._Element, name: str) -> str | None:
    """Return a property of the PDF/A claim, or None."""
    for node in root.iter():
        if (found := node.get(ID + name)) is not None:
            return str(found)
        if node.tag == ID + name:
            return str(node.text or "").strip()
    return None


CHECKS = (
    check_syntax, check_pages, check_catalogue, check_attachments, check_layer_names, check_private_characters,
    *archive_parts.CHECKS, *colours.CHECKS,
)  # fmt: skip
