"""Read where a built file says that it comes from.

The name is in Word's properties, in a PDF's XMP, and in a web page's head.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING

from pressgen.errors import InputError
from pressgen.model.artifact import Format, Variant

if TYPE_CHECKING:
    from collections.abc import Callable

URN = re.compile(r"urn:pressgen:([A-Za-z0-9._/-]{1,60}):(embargoed|public|review):r\d+:[0-9a-f]{12}")
DUBLIN = "{http://purl.org/dc/elements/1.1/}"
HEAD = 65_536
"""The first characters of a page, which contain its name."""


@dataclass(frozen=True, slots=True)
class FileOrigin:
    """The release, variant and format that a file says it comes from.

    Attributes:
        urn: the file's URN, which changes with any word of its sources.
        reference: the release's own, which the data and the file always share.
        language: BCP 47, as the file says it; empty where it does not.
    """

    urn: str
    format: Format
    reference: str
    variant: Variant
    language: str


def read_origin(data: bytes) -> FileOrigin | None:
    """Return what a file says about its origin.

    Return None if it was made elsewhere, or cannot be read.
    """
    for mark, format_, read in KINDS:
        if mark in data[:1024]:
            urn, language = read(data)
            match = URN.fullmatch(urn)
            return FileOrigin(urn, format_, match[1], Variant(match[2]), language) if match else None
    return None


def _read_pdf_identity(data: bytes) -> tuple[str, str]:
    from pressgen.pdf.objects import UNREADABLE, get_value, read_string
    from pressgen.validate.pdf.metadata import read_xmp
    from pressgen.validate.pdf.paper import open_pdf_file

    try:
        with open_pdf_file(data, "") as paper:
            root = read_xmp(paper)
            found = None if root is None else next(root.iter(f"{DUBLIN}identifier"), None)
            return "" if found is None else str(found.text or "").strip(), read_string(get_value(paper.root, "/Lang"))
    except UNREADABLE:
        return "", ""


def _read_word_identity(data: bytes) -> tuple[str, str]:
    from pressgen.word.package import Package

    try:
        package = Package.unpack(data, "")
        root = package.xml(package.related("").get("core-properties", ""), b"<none/>")
    except InputError:
        return "", ""
    identifier, language = (str(root.findtext(f"{DUBLIN}{name}") or "").strip() for name in ("identifier", "language"))
    return identifier, language


def _read_page_identity(data: bytes) -> tuple[str, str]:
    head = data[:HEAD].decode(errors="replace")
    name = re.search(r'<meta name="dcterms\.identifier" content="([^"]*)"', head)
    language = re.search(r'<html[^>]* lang="([^"]*)"', head)
    return unescape(name[1]) if name else "", language[1] if language else ""


KINDS: tuple[tuple[bytes, Format, Callable[[bytes], tuple[str, str]]], ...] = (
    (b"%PDF-", Format.PDF, _read_pdf_identity),
    (b"PK\x03\x04", Format.DOCX, _read_word_identity),
    (b"<html", Format.HTML, _read_page_identity),
)
"""The first bytes of each format, and how its name and language are read."""
