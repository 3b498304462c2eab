"""A .docx as a package of related parts.

Relationships say which part is the body, a header, the styles. Source: ECMA-376 part 2 (Open Packaging Conventions).
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from lxml import etree

from pressgen.errors import InputError, Place
from pressgen.word.archive import read_zip
from pressgen.word.faults import FaultCode, make_problem
from pressgen.word.names import (
    PACKAGE,
    R_ID,
    REL,
    RELATIONSHIP,
    TYPE,
    TYPES,
    NotXmlError,
    W,
    parse_xml,
    serialise_xml,
)
from pressgen.word.strict import translate_strict

if TYPE_CHECKING:
    from pressgen.errors import Problem
    from pressgen.word.names import Element

CONTENT_TYPES, ROOT_RELS = "[Content_Types].xml", "_rels/.rels"
NO_RELS = f'<Relationships xmlns="{PACKAGE}/relationships"/>'.encode()
NO_TYPES = f'<Types xmlns="{PACKAGE}/content-types"/>'.encode()
DOTX, DOCX = b"wordprocessingml.template.main+xml", b"wordprocessingml.document.main+xml"
TEXT_PART = re.compile(r"wordprocessingml\.(?:document|(header|footer|footnotes|endnotes))(?:\.main)?\+xml$")
MARGINS = (W + "headerReference", W + "footerReference")
PAGES = {"first": "first-page ", "even": "even-page "}
NOT_A_TEMPLATE = (
    "is not a Word document that pressgen can fill (it has macros, or is of another kind); save it in Word as “Word"
    " Document (.docx)”"
)


def get_rels_name(name: str) -> str:
    """Return the name of the part with a part's relationships."""
    folder, _, leaf = name.rpartition("/")
    return f"{folder}/_rels/{leaf}.rels" if folder else f"_rels/{leaf}.rels"


def resolve_target(rel: Element, name: str) -> str:
    """Return the part that a relationship leads to.

    The result is empty if it leads out of the file.
    """
    if rel.get("TargetMode") == "External":
        return ""
    folder = posixpath.dirname(name)
    return posixpath.normpath(posixpath.join("/", folder, rel.get("Target") or "")).lstrip("/")


MOST_TAGS = 600_000
"""The most tags of a part: a release of 200 pages with a change in every line has a third of them."""


@dataclass(frozen=True)
class Package:
    """The parts of a .docx.

    Attributes:
        parts: the bytes of each part by name.
        shown: what messages call the file.
    """

    parts: dict[str, bytes] = field(repr=False)
    shown: str

    @classmethod
    def unpack(cls, data: bytes, shown: str) -> Package:
        """Unpack a file that may be a .docx.

        Strict Open XML is translated.

        Raises:
            InputError: it is not a zip, protected by a password, or unpacks to too much.
        """
        return cls(translate_strict(read_zip(data, shown), MOST_TAGS), shown)

    @classmethod
    def of(cls, data: bytes, shown: str) -> Package:
        """Unpack a .docx or .dotx.

        Raises:
            InputError: it is not one, or its main part is not a Word document.
        """
        parts = cls.unpack(data, shown).parts
        for name, part in parts.items():
            if name.endswith((".xml", ".rels")) and part.count(b"<") > MOST_TAGS:
                message = (
                    f"is too large to be a release: its part {name} is larger than 200 pages need; make a shorter file"
                )
                raise InputError([make_problem(FaultCode.BROKEN, message, Place(shown))])
        parts[CONTENT_TYPES] = parts.get(CONTENT_TYPES, NO_TYPES).replace(DOTX, DOCX)
        package = cls(parts, shown)
        if package.body not in package.titles or package.main.tag != W + "document":
            raise InputError([make_problem(FaultCode.NOT_WORD, NOT_A_TEMPLATE, Place(shown))])
        return package

    def xml(self, name: str, default: bytes = b"") -> Element:
        """Return the root of a part, or of `default` without one.

        Raises:
            InputError: the part is not XML, or has a document type.
        """
        try:
            return parse_xml(self.parts.get(name, default))
        except NotXmlError as error:
            raise InputError([self._broken(name, str(error))]) from error

    def related(self, name: str) -> dict[str, str]:
        """Return the parts that a part relates to.

        Each is there twice: by relationship id, and by the last word of its kind.
        """
        found: dict[str, str] = {}
        for rel in self.xml(get_rels_name(name) if name else ROOT_RELS, NO_RELS):
            if target := resolve_target(rel, name):
                found |= {rel.get("Id") or "": target, (rel.get("Type") or "").rpartition("/")[2]: target}
        return found

    @cached_property
    def body(self) -> str:
        """The name of the main part."""
        return self.related("").get("officeDocument", "")

    @cached_property
    def main(self) -> Element:
        """The root of the main part, for reading only.

        `xml` gives a copy to change.

        Raises:
            InputError: as `xml` does.
        """
        return self.xml(self.body)

    @cached_property
    def titles(self) -> dict[str, str]:
        """Word's own name for each part that may hold tags."""
        titles: dict[str, str] = {}
        for override in self.xml(CONTENT_TYPES).iter(TYPES + "Override"):
            name = (override.get("PartName") or "").lstrip("/")
            if name in self.parts and (kind := TEXT_PART.search(override.get("ContentType") or "")):
                titles[name] = kind[1] or "body"
        targets = self.related(self.body) if self.body in titles else {}
        for reference in self.main.iter(*MARGINS) if targets else ():
            margin, page = targets.get(reference.get(R_ID) or "", ""), PAGES.get(reference.get(TYPE) or "", "")
            if margin in titles and not titles[margin].startswith(page or "/"):
                titles[margin] = page + titles[margin]
        return titles

    def _broken(self, name: str, message: str) -> Problem:
        return make_problem(
            FaultCode.BROKEN, f"the part {name} {message}; save the file again in Word", Place(self.shown)
        )


def add_part(package: Package, kind: str, content: bytes) -> Package:
    """Return a package with a further part that the body relates to.

    Args:
        package: a package without a part of that kind.
        kind: the last word of its relationship, such as `numbering`.
        content: its XML.
    """
    folder = package.body.rpartition("/")[0]
    name = f"{folder}/{kind}.xml".lstrip("/")
    rels, types = package.xml(get_rels_name(package.body), NO_RELS), package.xml(CONTENT_TYPES)
    about = {"Id": f"pressgen-{kind}", "Type": f"{REL}/{kind}", "Target": f"{kind}.xml"}
    etree.SubElement(rels, RELATIONSHIP, about)
    made = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"
    etree.SubElement(types, TYPES + "Override", {"PartName": f"/{name}", "ContentType": made})
    changed = {name: content, CONTENT_TYPES: serialise_xml(types), get_rels_name(package.body): serialise_xml(rels)}
    return Package(package.parts | changed, package.shown)
