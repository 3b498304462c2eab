"""Set the properties of structure elements, and declare the standards.

These are language, scope of headers, numbering of lists, places and links (ISO 32000-1, 14.8.5 and 14.9.2); WeasyPrint
leaves them out or gets them wrong. The XMP metadata (ISO 16684-1) name the standards and the release: WeasyPrint claims
one standard a file. PDF/A asks that every property beyond its own list be described within the file (ISO 19005-3,
6.6.2.3), so the claim of PDF/UA (ISO 14289-1, 5) brings its description along.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

import pydyf

from pressgen.pdf.origins import get_box
from pressgen.pdf.structure import get_structure_type, is_annotation

if TYPE_CHECKING:
    from pressgen.pdf.structure import Element, PdfStructure


POINTS = 0.75
"""Points in a pixel of CSS."""
NUMBERINGS = {
    "none": "/None",
    "disc": "/Disc",
    "circle": "/Circle",
    "square": "/Square",
    "decimal": "/Decimal",
    "lower-roman": "/LowerRoman",
    "upper-roman": "/UpperRoman",
    "lower-alpha": "/LowerAlpha",
    "lower-latin": "/LowerAlpha",
    "upper-alpha": "/UpperAlpha",
    "upper-latin": "/UpperAlpha",
}
LINES = {"gone": "/LineThrough", "away": "/LineThrough"} | dict.fromkeys(("come", "here", "restyled"), "/Underline")


def set_element_properties(structure: PdfStructure) -> None:
    """Set the properties of each structure element from the page."""
    for element in structure.elements():
        if language := _get_attribute(element, "lang"):
            element["Lang"] = pydyf.String(language)
        match get_structure_type(element):
            case "/TH":
                element["A"]["Scope"] = "/Row" if _get_attribute(element, "scope") == "row" else "/Column"
            case "/L":
                element["A"] = pydyf.Dictionary({"O": "/List", "ListNumbering": _get_list_numbering(element)})
            case "/Figure":
                element["A"]["BBox"] = _convert_to_points(element["A"]["BBox"], structure.at(element["Pg"]))
            case "/Link":
                _describe_link(element, structure)
                _describe_change(element)
            case "/Span":
                _describe_change(element)
            case _:
                pass


def _get_attribute(element: Element, name: str) -> str:
    """Return an attribute of the page element, or an empty text."""
    made_of = get_box(element)
    if made_of is None or made_of.element is None:
        return ""
    return str(made_of.element.get(name, ""))


def _get_list_numbering(element: Element) -> str:
    made_of = get_box(element)
    fallback = "/Decimal" if made_of.element_tag == "ol" else "/Disc"
    style = made_of.style["list_style_type"]
    return NUMBERINGS.get(style, fallback) if isinstance(style, str) else fallback


def _convert_to_points(corners: list[float], page: Element) -> pydyf.Array:
    """Return a box in points from the foot of the page."""
    left, top, right, bottom = (POINTS * each for each in corners)
    foot, height = page["MediaBox"][1], page["MediaBox"][3]
    return pydyf.Array([left, height - bottom + foot, right, height - top + foot])


def _describe_link(link: Element, structure: PdfStructure) -> None:
    """Copy the text of a link to its annotations.

    Some readers go through annotations alone (ISO 14289-1, 7.18.5).
    """
    words = " ".join("".join(get_box(link).element.itertext()).split())
    words = words or " ".join(filter(None, (each.get("alt") for each in get_box(link).element.iter("img"))))
    for child in filter(is_annotation, link["K"]):
        if words:
            structure.at(child["Obj"])["Contents"] = pydyf.String(words)


def _describe_change(element: Element) -> None:
    """Describe deleted and inserted words of a redline for screen readers.

    Others see a line through or under the words. PDF 1.7 has no element for deleted or inserted text. The line itself
    is stated as the attribute that the format has for it (ISO 32000-1, 14.8.5.4.4, TextDecorationType). Few programs
    read that out. So the first and the last word of each change have a replacement text that says where it begins and
    ends (14.9.4, ActualText), as pages do with hidden words around `del` and `ins`.
    """
    if line := LINES.get(_get_attribute(element, "data-fate")):
        element["A"] = pydyf.Dictionary({"O": "/Layout", "TextDecorationType": line})
    if replacement := _get_attribute(element, "data-said"):
        element["ActualText"] = pydyf.String(replacement)


END = b"</rdf:RDF>"
CLAIMS = """\
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"\
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 that the file keeps</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">\
<dc:identifier>{urn}</dc:identifier></rdf:Description>
"""


def declare_standards(pdf: pydyf.PDF, urn: str) -> None:
    """Declare PDF/UA-1 and the URN in the metadata of a PDF.

    The metadata are left uncompressed, so that archives find them in files that they cannot take apart.
    """
    stream = pdf.objects[int(pdf.catalog["Metadata"].partition(b" ")[0])]
    (packet,) = stream.stream
    stream.stream = [packet.replace(END, CLAIMS.format(urn=escape(urn)).encode() + END)]
    stream.compress = False
