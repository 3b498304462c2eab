"""Where a made file says that it comes from: the name in Word's properties, in a PDF's XMP, in a page's head."""

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
"""Characters of a page in which its name stands."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a file comes from.

    Attributes:
        urn: the file's name, which changes with any word of what it was made of.
        reference: the release's own, which the data and the file share for good.
        language: BCP 47, as the file says it; empty where it does not.
    """

    urn: str
    format: Format
    reference: str
    variant: Variant
    language: str


def origin(data: bytes) -> Origin | None:
    """What the PDF, Word file or page in `data` says of its origin; None for a file that is not ours, or unreadable."""
    for mark, format_, read in KINDS:
        if mark in data[:1024]:
            urn, language = read(data)
            match = URN.fullmatch(urn)
            return Origin(urn, format_, match[1], Variant(match[2]), language) if match else None
    return None


def _of_pdf(data: bytes) -> tuple[str, str]:
    from pressgen.validate.pdf.identity import called  # noqa: PLC0415 - each kind's libraries come with it

    return called(data)


def _of_word(data: bytes) -> tuple[str, str]:
    from pressgen.validate.word.properties import called  # noqa: PLC0415 - as above

    return called(data)


def _of_page(data: bytes) -> tuple[str, str]:
    head = data[:HEAD].decode(errors="replace")
    name = re.search(r'<meta name="dcterms\.identifier" content="([^"]*)"', head)
    language = re.search(r'<html[^>]* lang="([^"]*)"', head)
    return unescape(name[1]) if name else "", language[1] if language else ""


KINDS: tuple[tuple[bytes, Format, Callable[[bytes], tuple[str, str]]], ...] = (
    (b"%PDF-", Format.PDF, _of_pdf),
    (b"PK\x03\x04", Format.DOCX, _of_word),
    (b"<html", Format.HTML, _of_page),
)
"""What files of each format begin with, and how their name and language are read."""
