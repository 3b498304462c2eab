"""What goes round the text of a Word file: the list of its parts, its properties, the record of the export."""

from __future__ import annotations

import posixpath
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from pressgen.word.names import PACKAGE, REL, RELATIONSHIP, TYPES, parse, serialise
from pressgen.word.package import CONTENT_TYPES, NO_RELS, NO_TYPES, ROOT_RELS, rels_of
from pressgen.word.properties import (
    app_properties,
    core_properties,
    custom_properties,
    export_record,
    export_schema,
)

if TYPE_CHECKING:
    from pressgen.word.names import Element
    from pressgen.word.package import Package
    from pressgen.word.properties import Imprint

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
class Cover:
    """The cover of the files made from one template.

    Attributes:
        types: the content types of its parts.
        root_rels: what the file as a whole is related to.
        record: the name of the part for the record of an export, one that the template does not use.
    """

    types: Element
    root_rels: bytes
    record: str

    @classmethod
    def of(cls, package: Package) -> Cover:
        """The cover of a template, of which only the parts that are carried are left."""
        number = next(n for n in range(1, len(package.parts) + 2) if f"customXml/item{n}.xml" not in package.parts)
        return cls(_types(package), _root_rels(package.body), f"customXml/item{number}.xml")

    def parts(self, imprint: Imprint) -> dict[str, bytes]:
        """The parts of the cover."""
        made = {
            ROOT_RELS: self.root_rels,
            CONTENT_TYPES: serialise(self.types),
            CORE_PART: core_properties(imprint),
            APP_PART: app_properties(imprint),
            CUSTOM_PART: custom_properties(imprint),
        }
        if imprint.record is None:
            return made
        stem, types = self.record.removesuffix(".xml"), deepcopy(self.types)
        schema = stem.replace("item", "itemProps") + ".xml"
        etree.SubElement(types, TYPES + "Override", {"PartName": f"/{schema}", "ContentType": RECORD_TYPE})
        rels = parse(NO_RELS)
        target = {"Id": "pg1", "Type": f"{REL}/customXmlProps", "Target": posixpath.basename(schema)}
        etree.SubElement(rels, RELATIONSHIP, target)
        return made | {
            CONTENT_TYPES: serialise(types),
            self.record: export_record(imprint.urn, imprint.record),
            schema: export_schema(imprint.urn),
            rels_of(self.record): serialise(rels),
        }


def _types(package: Package) -> Element:
    """The content types of the parts that are there, and of those that every file gets."""
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


def _root_rels(body: str) -> bytes:
    rels = parse(NO_RELS)
    for number, (name, kind) in enumerate({body: f"{REL}/officeDocument", **RELATED}.items(), 1):
        etree.SubElement(rels, RELATIONSHIP, {"Id": f"rId{number}", "Type": kind, "Target": name})
    return serialise(rels)
