"""Press releases as NITF, for wire services."""

from collections.abc import Mapping
from xml.etree import ElementTree as ET

from pressgen.model.document import Document, iter_leaves
from pressgen.model.house import HouseFolder

media_type = "application/nitf+xml"


def render(document: Document, house: HouseFolder, media: Mapping[str, bytes]) -> bytes:
    """Render a release as an NITF document: each of its texts, in order."""
    nitf = ET.Element("nitf")
    head = ET.SubElement(nitf, "head")
    ET.SubElement(head, "docdata").append(ET.Element("doc-id", {"id-string": document.reference}))
    content = ET.SubElement(ET.SubElement(nitf, "body"), "body.content")
    for leaf in iter_leaves(document.blocks):
        tag = "hl1" if leaf is document.headline else "p"
        ET.SubElement(content, tag).text = str(leaf)
    return bytes(ET.tostring(nitf, encoding="utf-8", xml_declaration=True))


def read_text(content: bytes) -> str | None:
    """Read the words back."""
    return "\n".join(ET.fromstring(content).itertext())
