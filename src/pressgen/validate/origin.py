"""Read where a built file says that it comes from.

The name is in Word's properties, in a PDF's XMP, and in a web page's head.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING

from pressgen.model.artifact import Format, Variant

if TYPE_CHECKING:
    from collections.abc import Callable

URN = re.compile(r"urn:pressgen:([A-Za-z0-9._/-]{1,60}):(embargoed|public|review):r\d+:[0-9a-f]{12}")
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
    from pressgen.validate.pdf.identity import read_pdf_identity

    return read_pdf_identity(data)


def _read_word_identity(data: bytes) -> tuple[str, str]:
    from pressgen.validate.word.properties import read_word_identity

    return read_word_identity(data)


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
