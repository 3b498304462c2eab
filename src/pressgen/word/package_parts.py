"""The parts that a Word file needs around its text.

These are the list of its parts, its properties and the record of the export.
"""

from __future__ import annotations

import posixpath
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from pressgen.word.names import PACKAGE, REL, RELATIONSHIP, TYPES, parse_xml, serialise_xml
from pressgen.word.package import CONTENT_TYPES, NO_RELS, NO_TYPES, ROOT_RELS, get_rels_name
from pressgen.word.properties import (
    write_app_properties,
    write_core_properties,
    write_custom_properties,
    write_export_record,
    write_export_schema,
)

if TYPE_CHECKING:
    from pressgen.word.names import Element
    from pressgen.word.package import Package
    from pressgen.word.properties import DocumentProperties

CORE_PART, APP_PART, CUSTOM_PART = "docProps/core.xml", "docProps/app.xml", "docProps/custom.xml"
RELATED = {
    CORE_PART: f"{PACKAGE}/relationships/metadata/core-properties",
    APP_PART: f"{REL}/extended-properties",
    CUSTOM_PART: f"{REL}/custom-properties",
}
OFFICE_XML = "application/vnd.openxmlformats-officedocument"
OVERRIDES = {
    CORE_PART: "application/vnd.openxmlformats-package.core-properties+xml",
    APP_PART: f"{OFFICE_XML}.extended-properties+xml",
    CUSTOM_PART: f"{OFFICE_XML}.custom-properties+xml",
}
RECORD_TYPE = f"{OFFICE_XML}.customXmlProperties+xml"
DEFAULTS = {
    "rels": "application/vnd.openxmlformats-package.relationships+xml",
    "xml": "application/xml",
    "png": "image/png",
    "jpeg": "image/jpeg",
}


@dataclass(frozen=True, slots=True)
class PackageParts:
    """The parts that a Word file needs around its text.

    These are the content types, the properties and the record of the export.

    Attributes:
        types: the content types of its parts.
        root_rels: what the file as a whole is related to.
        record: the name of the part for the record of an export, one that the template does not use.
    """

    types: Element
    root_rels: bytes
    record: str

    @classmethod
    def of(cls, package: Package) -> PackageParts:
        """Return the surrounding parts for a template with only its copied parts."""
        number = next(n for n in range(1, len(package.parts) + 2) if f"customXml/item{n}.xml" not in package.parts)
        return cls(_list_content_types(package), _write_root_relationships(package.body), f"customXml/item{number}.xml")

    def parts(self, properties: DocumentProperties) -> dict[str, bytes]:
        """Return the contents of the surrounding parts by name."""
        made = {
            ROOT_RELS: self.root_rels,
            CONTENT_TYPES: serialise_xml(self.types),
            CORE_PART: write_core_properties(properties),
            APP_PART: write_app_properties(properties),
            CUSTOM_PART: write_custom_properties(properties),
        }
        if properties.record is None:
            return made
        stem, types = self.record.removesuffix(".xml"), deepcopy(self.types)
        schema = stem.replace("item", "itemProps") + ".xml"
        etree.SubElement(types, TYPES + "Override", {"PartName": f"/{schema}", "ContentType": RECORD_TYPE})
        rels = parse_xml(NO_RELS)
        target = {"Id": "pg1", "Type": f"{REL}/customXmlProps", "Target": posixpath.basename(schema)}
        etree.SubElement(rels, RELATIONSHIP, target)
        return made | {
            CONTENT_TYPES: serialise_xml(types),
            self.record: write_export_record(properties.urn, properties.record),
            schema: write_export_schema(properties.urn),
            get_rels_name(self.record): serialise_xml(rels),
        }


def _list_content_types(package: Package) -> Element:
    """Return the content types of the parts that every file has."""
    types = package.xml(CONTENT_TYPES, NO_TYPES)
    used = {name.rpartition(".")[2].lower() for name in package.parts} | DEFAULTS.keys()
    for node in list(types.iter(TYPES + "Default")):
        if str(node.get("Extension")).lower() not in used:
            types.remove(node)
    known = {str(node.get("Extension")).lower() for node in types.iter(TYPES + "Default")}
    for node in list(types.iter(TYPES + "Override")):
        name = (node.get("PartName") or "").lstrip("/")
        if name not in package.parts or name in OVERRIDES:
            types.remove(node)
    for extension in sorted(DEFAULTS.keys() - known):
        types.insert(0, etree.Element(TYPES + "Default", {"Extension": extension, "ContentType": DEFAULTS[extension]}))
    for name, kind in OVERRIDES.items():
        etree.SubElement(types, TYPES + "Override", {"PartName": f"/{name}", "ContentType": kind})
    return types


def _write_root_relationships(body: str) -> bytes:
    rels = parse_xml(NO_RELS)
    for number, (name, kind) in enumerate({body: f"{REL}/officeDocument", **RELATED}.items(), 1):
        etree.SubElement(rels, RELATIONSHIP, {"Id": f"rId{number}", "Type": kind, "Target": name})
    return serialise_xml(rels)
