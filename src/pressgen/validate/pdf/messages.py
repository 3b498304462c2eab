"""What a PDF tells beside its pages: properties, remarks, files within it, and what its photographs keep."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pikepdf

from pressgen.pdf.objects import UNREADABLE, entries, text, value, word
from pressgen.validate.pdf.metadata import packet
from pressgen.validate.pdf.paper import opened
from pressgen.validate.pictures import PATH, untold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.errors import Problem
    from pressgen.validate.pdf.paper import Paper

KEPT = frozenset(
    "/Title /Author /Subject /Keywords /Creator /Producer /CreationDate /ModDate /Trapped /GTS_PDFXVersion".split()
)
"""The properties that ISO 32000-1 names (14.3.3), all of which readers may see."""
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
NEUTRAL = (
    "http://purl.org/dc/elements/1.1/", "http://ns.adobe.com/pdf/1.3/", "http://ns.adobe.com/xap/1.0/rights/",
    "http://www.aiim.org/pdfa/ns/", "http://www.aiim.org/pdfua/ns/", "http://www.w3.org/",
)  # fmt: skip
"""How the name spaces begin of which any property may stand in metadata: what a file is called, and what it claims."""
XAP = "{http://ns.adobe.com/xap/1.0/"
PLAIN = frozenset(
    [f"{XAP}}}{name}" for name in "CreateDate ModifyDate MetadataDate CreatorTool Identifier".split()]
    + [f"{XAP}mm/}}{name}" for name in "DocumentID InstanceID OriginalDocumentID VersionID RenditionClass".split()]
)
"""Properties of other name spaces that may stand there (XMP specification, part 1, 8)."""
QUIET = frozenset("Link Widget Popup PrinterMark Screen".split())
"""Kinds of annotation that nobody writes to anybody."""
FOLLOWED = ("http://", "https://", "mailto:", "tel:")
DUBLIN = "{http://purl.org/dc/elements/1.1/}"
LISTED = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}li"
PHOTOGRAPH = "/DCTDecode"
MOST = 2000
"""Pictures that are looked into."""


def properties(paper: Paper) -> Iterator[Problem]:
    """No property of a program's own, and no path in one."""
    for name in (info := value(paper.pdf.trailer, "/Info")) or ():
        said = text(value(info, name))
        if name not in KEPT and said:
            yield paper.fault("X01", f"keeps the property {name[1:]} (“{said}”); take it out", "properties")
        elif PATH.search(said):
            yield paper.fault("X01", f"tells where it lay ({name[1:]}: {said}); take it out", "properties")


def metadata_properties(paper: Paper) -> Iterator[Problem]:
    """No property in the metadata but those that any reader may see: no history, no label, no earlier picture."""
    root = packet(paper)
    for node in [] if root is None else root.iterfind(f".//{RDF}RDF/{RDF}Description"):
        said = {str(name): str(text_) for name, text_ in node.attrib.items()}
        said |= {str(each.tag): " ".join("".join(map(str, each.itertext())).split()) for each in node}
        for name, words in said.items():
            space, _, local = name.lstrip("{").rpartition("}")
            if not name.startswith("{") or (not space.startswith(NEUTRAL) and name not in PLAIN):
                message = f"keeps the property {local} of {space or 'no name space'} (“{words[:80]}”); take it out"
                yield paper.fault("X01", message, "metadata")
            elif PATH.search(words):
                yield paper.fault("X01", f"tells where it lay ({local}: {words[:80]}); take it out", "metadata")


def remarks(paper: Paper) -> Iterator[Problem]:
    """No remark of an editor, and no link that runs or fetches something."""
    for number, _, node in paper.annotations():
        kind, address = word(value(node, "/Subtype")), text(value(value(node, "/A"), "/URI"))
        if kind not in QUIET:
            who = text(value(node, "/T"))
            by = f" by {who}" if who else ""
            yield paper.fault("X01", f"a remark{by} ({kind or 'of no kind'}); delete it", f"page {number}")
        if address and not address.lower().startswith(FOLLOWED):
            message = f"a link leads to {address}; a reader can follow http, https, mailto and tel"
            yield paper.fault("X01", message, f"page {number}")


def files(paper: Paper) -> Iterator[Problem]:
    """No file within the file: whoever has the one has the other."""
    for name, _ in entries(value(value(paper.root, "/Names"), "/EmbeddedFiles"), "/Names"):
        yield paper.fault("X01", "holds another file; take it out, or publish it by itself", f"attachment {text(name)}")


def photographs(paper: Paper) -> Iterator[Problem]:
    """No camera's data in a photograph."""
    found = 0
    for node in paper.pdf.objects:
        if not isinstance(node, pikepdf.Stream) or str(value(node, "/Filter")) != PHOTOGRAPH:
            continue
        found += 1
        told = untold(node.read_raw_bytes()) if found <= MOST else []
        if told:
            yield paper.fault(
                "X01", f"a photograph keeps {' and '.join(told)}; save it without its metadata", "pictures"
            )


CHECKS = (properties, metadata_properties, remarks, files, photographs)


def authors(data: bytes) -> list[str]:
    """Whom a PDF names as its author, in its properties and its metadata; nobody where it cannot be read."""
    try:
        with opened(data, "") as paper:
            names = [text(value(value(paper.pdf.trailer, "/Info"), "/Author"))]
            root = packet(paper)
            names += [
                str(each.text or "")
                for each in ([] if root is None else root.iterfind(f".//{DUBLIN}creator//{LISTED}"))
            ]
    except UNREADABLE:
        return []
    return list(dict.fromkeys(name.strip() for name in names if name.strip()))
