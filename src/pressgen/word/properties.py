"""Write the properties of a Word file and its export record.

The properties are title, publisher, date and language. Source: ECMA-376 part 2 annex D (core properties), part 1, 22.3
(custom properties), 22.5 (custom XML).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from lxml import etree

from pressgen.word.names import OFFICE, PACKAGE, serialise_xml

if TYPE_CHECKING:
    from pressgen.word.names import Element

CORE, DUBLIN, TERMS = (
    f"{PACKAGE}/metadata/core-properties",
    "http://purl.org/dc/elements/1.1/",
    "http://purl.org/dc/terms/",
)
XSI = "http://www.w3.org/2001/XMLSchema-instance"
APP, CUSTOM = f"{OFFICE}/extended-properties", f"{OFFICE}/custom-properties"
VARIANTS = f"{OFFICE}/docPropsVTypes"
DATA_STORE = f"{OFFICE}/customXml"
EXPORT = "urn:pressgen:export:1"
USER_DEFINED = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""The format id of properties that are the user's own."""
FIRST_PID = 2
PROPERTY = "pressgen"
UNDATED = datetime(1980, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class DocumentProperties:
    """The properties of a Word file.

    Attributes:
        urn: the URN of the export.
        dated: the moment of the release, None for no date.
        record: the id and the text's hash of every leaf, None where the file must not carry them.
    """

    title: str
    subject: str
    publisher: str
    language: str
    urn: str
    dated: datetime | None
    record: tuple[tuple[str, str], ...] | None


def write_core_properties(properties: DocumentProperties) -> bytes:
    """Return the part with title, author and dates."""
    root = etree.Element(f"{{{CORE}}}coreProperties", {}, {"cp": CORE, "dc": DUBLIN, "dcterms": TERMS, "xsi": XSI})
    moment = f"{(properties.dated or UNDATED).astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    for name, text in (
        (f"{{{DUBLIN}}}title", properties.title),
        (f"{{{DUBLIN}}}subject", properties.subject),
        (f"{{{DUBLIN}}}creator", properties.publisher),
        (f"{{{DUBLIN}}}identifier", properties.urn),
        (f"{{{DUBLIN}}}language", properties.language),
        (f"{{{CORE}}}lastModifiedBy", properties.publisher),
        (f"{{{CORE}}}revision", "1"),
        (f"{{{TERMS}}}created", moment),
        (f"{{{TERMS}}}modified", moment),
    ):
        node = etree.SubElement(root, name)
        node.text = text
        if name.startswith(f"{{{TERMS}}}"):
            node.set(f"{{{XSI}}}type", "dcterms:W3CDTF")
    return serialise_xml(root)


def write_app_properties(properties: DocumentProperties) -> bytes:
    """Return the part with the publisher.

    It does not repeat what Word counted in the template.
    """
    root = etree.Element(f"{{{APP}}}Properties", {}, {None: APP})  # type: ignore[dict-item]  # a default name space
    etree.SubElement(root, f"{{{APP}}}Company").text = properties.publisher
    return serialise_xml(root)


def write_custom_properties(properties: DocumentProperties) -> bytes:
    """Return the part with the URN as its only custom property.

    The template's own properties are left out: labels name their owner and the owner's address.
    """
    root = make_empty_custom_properties()
    about = {"fmtid": USER_DEFINED, "pid": str(FIRST_PID), "name": PROPERTY}
    node = etree.SubElement(root, f"{{{CUSTOM}}}property", about)
    etree.SubElement(node, f"{{{VARIANTS}}}lpwstr").text = properties.urn
    return serialise_xml(root)


def make_empty_custom_properties() -> Element:
    """Return a part of custom properties without any."""
    spaces = {None: CUSTOM, "vt": VARIANTS}
    return etree.Element(f"{{{CUSTOM}}}Properties", {}, spaces)  # type: ignore[arg-type]  # a default name space


def write_export_record(urn: str, record: tuple[tuple[str, str], ...]) -> bytes:
    """Return the custom XML by which a returned file is recognised.

    It has ids and hashes, no text and no names.
    """
    root = etree.Element(f"{{{EXPORT}}}export", {"urn": urn}, {None: EXPORT})  # type: ignore[dict-item]  # as above
    for ident, digest in record:
        etree.SubElement(root, f"{{{EXPORT}}}block", {"id": ident, "text": digest})
    return serialise_xml(root)


def write_export_schema(urn: str) -> bytes:
    """Return the properties of the custom XML part.

    These are an id made from the URN, and the namespace.
    """
    store, ident = f"{{{DATA_STORE}}}", f"{{{str(uuid5(NAMESPACE_URL, urn)).upper()}}}"
    root = etree.Element(store + "datastoreItem", {store + "itemID": ident}, {"ds": DATA_STORE})
    etree.SubElement(etree.SubElement(root, store + "schemaRefs"), store + "schemaRef", {store + "uri": EXPORT})
    return serialise_xml(root)
