"""Make one person's copy of a finished PDF.

It gets a line on every page and a mark in its metadata; nothing is laid out again. The line is an artifact (ISO
32000-1, 14.8.2.2), so the file stays PDF/UA-1 and PDF/A-3a. With a password it is no longer PDF/A-3a (ISO 19005-3,
6.1.3), and does not claim to be.
"""

from __future__ import annotations

import io
import re
import threading
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

import pikepdf
import pypdfium2
from pikepdf import Array, Name

from pressgen.model.mark import format_mark_line
from pressgen.pdf.objects import (
    LARGEST_TABLE,
    UNREADABLE,
    get_value,
    list_items,
    open_bounded,
    read_stream,
    read_string_bytes,
)
from pressgen.pdf.stamp_font import NAME, load_stamp_font

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pikepdf import Page

    from pressgen.pdf.stamp_font import StampFont

SIZE, EDGE, HEIGHT = 7.0, 17.0, 11.0
"""Points: the size of the line's type, its distance from the paper's edge (printers reach 12), its height."""
SIDE = 30.0
"""Free points to the left and to the right of the line."""
QUIET = b"0.349 g"
"""A grey with a contrast of 7 to 1 on white."""
ARTIFACT = b"/Artifact <</Type /Pagination /Subtype /Footer>> BDC"
KNOWN = b"pressgen-copy-"
"""The text before the mark in the file's first identifier, which a password does not hide (ISO 32000-1, 7.6.1)."""
INSTANCE, CLAIM = "xmpMM:InstanceID", ("pdfaid:part", "pdfaid:conformance")
URN = "urn:pressgen:copy:"
NOBODY = "pressgen-nobody-yet-0000"
"""The placeholder of the mark in a blank copy."""
TURN = threading.Lock()
"""The lock for filling a blank copy: threads share it, and pdfium serves one at a time."""
PACKED = pikepdf.ObjectStreamMode.generate
IDENTIFIER = re.compile(rb"/ID\s*\[\s*<([0-9A-Fa-f]{2,200})>")
LONGEST_PASSWORD = 127
"""Bytes of a password that count (ISO 32000-2, 7.6.4.3.3)."""


def make_personal_copy(data: bytes, mark: str, holder: str, password: str = "") -> bytes:
    """Return the copy of a PDF that belongs to one person.

    Args:
        data: a PDF.
        mark: of the copy, such as `7K3F-9QXM-4T2C`.
        holder: who gets it; left out of the line if the font lacks a letter of the name.
        password: to open it with, by AES-256; empty for none. The bytes then differ each time.
    """
    font, made = load_stamp_font(), io.BytesIO()
    text = format_mark_line(mark, holder)
    if not font.sets(text):
        text = format_mark_line(mark, "").removesuffix(" · ")
    with TURN:
        blank = _BlankCopy.of(data, archival=False) if password else _get_blank_copy(data)
        blank.fill(mark, text, font)
        if password:
            lock = pikepdf.Encryption(user=password, owner=password, R=6, aes=True, metadata=True)
            blank.pdf.save(made, encryption=lock, fix_metadata_version=False, object_stream_mode=PACKED)
        else:
            blank.pdf.save(made, deterministic_id=True, fix_metadata_version=False, object_stream_mode=PACKED)
    return made.getvalue()


@dataclass(frozen=True, slots=True)
class _BlankCopy:
    """A copy without a holder, opened once for all copies.

    Attributes:
        feet: for each page, the stream that prints the line, the font's name there, and where the line goes.
        metadata: the stream that contains the mark.
        around: what it says before the mark, and after it.
        last: the second identifier of the PDF that is copied.
    """

    pdf: pikepdf.Pdf
    feet: Sequence[tuple[pikepdf.Object, bytes, tuple[float, float, float]]]
    metadata: pikepdf.Object
    around: tuple[bytes, bytes]
    last: pikepdf.Object

    @classmethod
    def of(cls, data: bytes, *, archival: bool) -> _BlankCopy:
        """Open a PDF; add the font and a mark in its metadata.

        With `archival`, it still claims PDF/A.
        """
        pdf = pikepdf.open(io.BytesIO(data))
        put = load_stamp_font().put_into(pdf)
        feet = [
            (*_add_line_stream(pdf, page, put), place)
            for page, place in zip(pdf.pages, _find_line_places(data), strict=True)
        ]
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
            xmp[INSTANCE] = URN + NOBODY
            for each in () if archival else CLAIM:
                xmp.pop(each, None)
        metadata = pdf.Root.Metadata
        before, _, after = metadata.read_bytes().partition(NOBODY.encode())
        return cls(pdf, feet, metadata, (before, after), pdf.trailer.get("/ID", Array([b"", b""]))[1])

    def fill(self, mark: str, text: str, font: StampFont) -> None:
        """Print `text` on each page, and set the `mark`.

        The mark goes into the metadata (XMP part 2, 3.3).
        """
        for stream, name, (left, base, room) in self.feet:
            shown = font.shown(_shorten_text(text, font, room))
            line = b"BT %s %.1f Tf %.2f %.2f Td %s Tj ET" % (name, SIZE, left, base, shown)
            stream.write(b"\nQ q %s %s %s EMC Q\n" % (ARTIFACT, QUIET, line))
        before, after = self.around
        self.metadata.write(before + escape(mark).encode() + after)
        self.pdf.trailer.ID = Array([pikepdf.String(KNOWN + mark.encode()), self.last])


@lru_cache(maxsize=2)
def _get_blank_copy(data: bytes) -> _BlankCopy:
    """Return the blank copy of a PDF."""
    return _BlankCopy.of(data, archival=True)


def _add_line_stream(pdf: pikepdf.Pdf, page: Page, put: pikepdf.Object) -> tuple[pikepdf.Object, bytes]:
    """Add the stream that prints the line to a page.

    Return it with the name of the font on that page.
    """
    name = page.add_resource(put, Name.Font, Name(NAME))
    stream = pdf.make_stream(b"")
    page.contents_add(b"q\n", prepend=True)
    page.contents_add(stream)
    return stream, bytes(name)


@lru_cache(maxsize=4)
def _find_line_places(data: bytes) -> tuple[tuple[float, float, float], ...]:
    """Return where the line begins on each page, and its room."""
    with closing(pypdfium2.PdfDocument(data)) as document:
        return tuple(_find_line_place(page) for page in document)


def _find_line_place(page: pypdfium2.PdfPage) -> tuple[float, float, float]:
    """Return a free place at a page's foot or head."""
    left, bottom, right, top = page.get_mediabox()
    foot, head = bottom + EDGE, top - EDGE - SIZE
    with closing(page.get_textpage()) as text:
        free = [
            base for base in (foot, head) if not text.get_text_bounded(left, base - 2, right, base + HEIGHT).strip()
        ]
    return left + SIDE, (free or [foot])[0], right - left - 2 * SIDE


def _shorten_text(text: str, font: StampFont, room: float) -> str:
    """Shorten a text to a width."""
    if font.width(text, SIZE) <= room:
        return text
    while text and font.width(text + "…", SIZE) > room:
        text = text[:-1]
    return text + "…"


def read_identifiers_and_metadata(data: bytes) -> str:
    """Return the identifiers and metadata of a PDF as text.

    A mark may be hidden there. For a file with a password, or a damaged one, only the identifiers are returned; for
    other data, nothing.
    """
    try:
        with open_bounded(data) as pdf:
            identifiers = [read_string_bytes(each) for each in list_items(get_value(pdf.trailer, "/ID"))]
            packet = read_stream(get_value(pdf.Root, "/Metadata"), "its metadata", LARGEST_TABLE)
    except UNREADABLE:
        identifiers = [bytes.fromhex(each[: len(each) // 2 * 2].decode()) for each in IDENTIFIER.findall(data)]
        packet = b""
    return "\n".join(each.decode("utf-8", "replace") for each in (*identifiers, packet))
