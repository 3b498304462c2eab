"""Find what a PDF reveals besides its pages.

These are properties, comments, embedded files, and the metadata of photographs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pikepdf

from pressgen.pdf.objects import UNREADABLE, get_value, iterate_tree, read_name, read_string
from pressgen.validate.pdf.metadata import read_xmp
from pressgen.validate.pdf.paper import open_pdf_file
from pressgen.validate.pictures import PATH, find_picture_metadata

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.errors import Problem
    from pressgen.validate.pdf.paper import PdfFile

KEPT = frozenset(
    "/Title /Author /Subject /Keywords /Creator /Producer /CreationDate /ModDate /Trapped /GTS_PDFXVersion".split()
)
"""The properties that ISO 32000-1 names (14.3.3), all of which readers may see."""
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
NEUTRAL = (
    "http://purl.org/dc/elements/1.1/", "http://ns.adobe.com/pdf/1.3/", "http://ns.adobe.com/xap/1.0/rights/",
    "http://www.aiim.org/pdfa/ns/", "http://www.aiim.org/pdfua/ns/", "http://www.w3.org/",
)  # fmt: skip
"""The beginnings of namespaces in which any property is allowed: what a file is called, and what it claims."""
XAP = "{http://ns.adobe.com/xap/1.0/"
PLAIN = frozenset(
    [f"{XAP}}}{name}" for name in "CreateDate ModifyDate MetadataDate CreatorTool Identifier".split()]
    + [f"{XAP}mm/}}{name}" for name in "DocumentID InstanceID OriginalDocumentID VersionID RenditionClass".split()]
)
"""Properties of other namespaces that are allowed (XMP specification, part 1, 8)."""
QUIET = frozenset("Link Widget Popup PrinterMark Screen".split())
"""Kinds of annotation that carry no message."""
FOLLOWED = ("http://", "https://", "mailto:", "tel:")
DUBLIN = "{http://purl.org/dc/elements/1.1/}"
LISTED = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}li"
PHOTOGRAPH = "/DCTDecode"
MOST = 2000
"""The most pictures that are examined."""


def check_properties(paper: PdfFile) -> Iterator[Problem]:
    """Check the properties for private entries and file paths."""
    for name in (info := get_value(paper.pdf.trailer, "/Info")) or ():
        value = read_string(get_value(info, name))
        if name not in KEPT and value:
            yield paper.fault("X01", f"keeps the property {name[1:]} (“{value}”); delete it", "properties")
        elif PATH.search(value):
            yield paper.fault("X01", f"reveals where it was stored ({name[1:]}: {value}); delete it", "properties")


def check_xmp_properties(paper: PdfFile) -> Iterator[Problem]:
    """Check the XMP for histories, labels, thumbnails and file paths."""
    root = read_xmp(paper)
    for node in [] if root is None else root.iterfind(f".//{RDF}RDF/{RDF}Description"):
        values = {str(name): str(text_) for name, text_ in node.attrib.items()}
        values |= {str(each.tag): " ".join("".join(map(str, each.itertext())).split()) for each in node}
        for name, words in values.items():
            space, _, local = name.lstrip("{").rpartition("}")
            if not name.startswith("{") or (not space.startswith(NEUTRAL) and name not in PLAIN):
                message = f"keeps the property {local} of {space or 'no namespace'} (“{words[:80]}”); delete it"
                yield paper.fault("X01", message, "metadata")
            elif PATH.search(words):
                yield paper.fault("X01", f"reveals where it was stored ({local}: {words[:80]}); delete it", "metadata")


def check_remarks(paper: PdfFile) -> Iterator[Problem]:
    """Check for comments, and for links that run or fetch something."""
    for number, _, node in paper.annotations():
        kind, address = read_name(get_value(node, "/Subtype")), read_string(get_value(get_value(node, "/A"), "/URI"))
        if kind not in QUIET:
            who = read_string(get_value(node, "/T"))
            by = f" by {who}" if who else ""
            yield paper.fault("X01", f"a comment{by} ({kind or 'of no kind'}); delete it", f"page {number}")
        if address and not address.lower().startswith(FOLLOWED):
            message = f"a link leads to {address}; a reader can follow http, https, mailto and tel"
            yield paper.fault("X01", message, f"page {number}")


def check_embedded_files(paper: PdfFile) -> Iterator[Problem]:
    """Check for embedded files."""
    for name, _ in iterate_tree(get_value(get_value(paper.root, "/Names"), "/EmbeddedFiles"), "/Names"):
        yield paper.fault(
            "X01", "contains another file; delete it, or publish it separately", f"attachment {read_string(name)}"
        )


def check_photographs(paper: PdfFile) -> Iterator[Problem]:
    """Check for camera data in photographs."""
    found = 0
    for node in paper.pdf.objects:
        if not isinstance(node, pikepdf.Stream) or str(get_value(node, "/Filter")) != PHOTOGRAPH:
            continue
        found += 1
        metadata = find_picture_metadata(node.read_raw_bytes()) if found <= MOST else []
        if metadata:
            yield paper.fault(
                "X01", f"a photograph keeps {' and '.join(metadata)}; save it without its metadata", "pictures"
            )


CHECKS = (check_properties, check_xmp_properties, check_remarks, check_embedded_files, check_photographs)


def list_authors(data: bytes) -> list[str]:
    """List the authors that a PDF names; nobody if it is unreadable."""
    try:
        with open_pdf_file(data, "") as paper:
            names = [read_string(get_value(get_value(paper.pdf.trailer, "/Info"), "/Author"))]
            root = read_xmp(paper)
            names += [
                str(each.text or "")
                for each in ([] if root is None else root.iterfind(f".//{DUBLIN}creator//{LISTED}"))
            ]
    except UNREADABLE:
        return []
    return list(dict.fromkeys(name.strip() for name in names if name.strip()))
