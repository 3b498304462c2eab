"""One person's copy of a finished PDF: a line on every page, a mark in its metadata; nothing is laid out again.

The line is an artifact (ISO 32000-1, 14.8.2.2), so the file stays PDF/UA-1 and PDF/A-3a. A password takes the second
away (ISO 19005-3, 6.1.3), and the claim with it.
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

from pressgen.model.mark import visible
from pressgen.pdf.objects import LARGEST_TABLE, UNREADABLE, content, items, open_bounded, raw, value
from pressgen.pdf.stamp_font import NAME, stamp_font

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pikepdf import Page

    from pressgen.pdf.stamp_font import StampFont

SIZE, EDGE, HEIGHT = 7.0, 17.0, 11.0
"""Points: the line's type, how far it stands from the paper's edge (printers reach 12), the room it needs."""
SIDE = 30.0
"""Points to the left and to the right of it."""
QUIET = b"0.349 g"
"""A grey with a contrast of 7 to 1 on white."""
ARTIFACT = b"/Artifact <</Type /Pagination /Subtype /Footer>> BDC"
KNOWN = b"pressgen-copy-"
"""Before the mark, in the file's first identifier: what a password does not hide (ISO 32000-1, 7.6.1)."""
INSTANCE, CLAIM = "xmpMM:InstanceID", ("pdfaid:part", "pdfaid:conformance")
URN = "urn:pressgen:copy:"
NOBODY = "pressgen-nobody-yet-0000"
"""Stands for the mark until it is somebody's."""
TURN = threading.Lock()
"""Held by whoever fills a blank: threads share it, and pdfium serves one at a time."""
PACKED = pikepdf.ObjectStreamMode.generate
IDENTIFIER = re.compile(rb"/ID\s*\[\s*<([0-9A-Fa-f]{2,200})>")
LONGEST_PASSWORD = 127
"""Bytes of a password that count (ISO 32000-2, 7.6.4.3.3)."""


def stamp(data: bytes, mark: str, holder: str, password: str = "") -> bytes:
    """The copy of the PDF `data` that belongs to `holder`.

    Args:
        data: a PDF.
        mark: of the copy, such as `7K3F-9QXM-4T2C`.
        holder: who gets it; left out of the line where the font lacks a letter of the name.
        password: to open it with, by AES-256; empty for none. The bytes then differ each time.
    """
    font, made = stamp_font(), io.BytesIO()
    text = visible(mark, holder)
    if not font.sets(text):
        text = visible(mark, "").removesuffix(" · ")
    with TURN:
        blank = _Blank.of(data, archival=False) if password else _blank(data)
        blank.fill(mark, text, font)
        if password:
            lock = pikepdf.Encryption(user=password, owner=password, R=6, aes=True, metadata=True)
            blank.pdf.save(made, encryption=lock, fix_metadata_version=False, object_stream_mode=PACKED)
        else:
            blank.pdf.save(made, deterministic_id=True, fix_metadata_version=False, object_stream_mode=PACKED)
    return made.getvalue()


@dataclass(frozen=True, slots=True)
class _Blank:
    """A copy that is nobody's yet, opened once for all of them.

    Attributes:
        feet: for each page, the stream that prints the line, the font's name there, and where the line goes.
        metadata: the stream that tells the mark.
        around: what it says before the mark, and after it.
        last: the second identifier of the PDF that is copied.
    """

    pdf: pikepdf.Pdf
    feet: Sequence[tuple[pikepdf.Object, bytes, tuple[float, float, float]]]
    metadata: pikepdf.Object
    around: tuple[bytes, bytes]
    last: pikepdf.Object

    @classmethod
    def of(cls, data: bytes, *, archival: bool) -> _Blank:
        """A PDF with the font in it and a mark in its metadata; `archival` leaves its claim of PDF/A in."""
        pdf = pikepdf.open(io.BytesIO(data))
        put = stamp_font().put_into(pdf)
        feet = [(*_foot(pdf, page, put), place) for page, place in zip(pdf.pages, _places(data), strict=True)]
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as said:
            said[INSTANCE] = URN + NOBODY
            for each in () if archival else CLAIM:
                said.pop(each, None)
        metadata = pdf.Root.Metadata
        before, _, after = metadata.read_bytes().partition(NOBODY.encode())
        return cls(pdf, feet, metadata, (before, after), pdf.trailer.get("/ID", Array([b"", b""]))[1])

    def fill(self, mark: str, text: str, font: StampFont) -> None:
        """Make it somebody's: print `text` on each page, and tell the `mark` (XMP part 2, 3.3)."""
        for stream, name, (left, base, room) in self.feet:
            shown = font.shown(_cut(text, font, room))
            line = b"BT %s %.1f Tf %.2f %.2f Td %s Tj ET" % (name, SIZE, left, base, shown)
            stream.write(b"\nQ q %s %s %s EMC Q\n" % (ARTIFACT, QUIET, line))
        before, after = self.around
        self.metadata.write(before + escape(mark).encode() + after)
        self.pdf.trailer.ID = Array([pikepdf.String(KNOWN + mark.encode()), self.last])


@lru_cache(maxsize=2)
def _blank(data: bytes) -> _Blank:
    """The blank of `data`, for one copy after the other."""
    return _Blank.of(data, archival=True)


def _foot(pdf: pikepdf.Pdf, page: Page, put: pikepdf.Object) -> tuple[pikepdf.Object, bytes]:
    """The stream of a page that will print the line, over whatever it has drawn; and what the font is called there."""
    name = page.add_resource(put, Name.Font, Name(NAME))
    stream = pdf.make_stream(b"")
    page.contents_add(b"q\n", prepend=True)
    page.contents_add(stream)
    return stream, bytes(name)


@lru_cache(maxsize=4)
def _places(data: bytes) -> tuple[tuple[float, float, float], ...]:
    """Where the line begins on each page, left and base, and how long it may be; one answer for all copies of a PDF."""
    with closing(pypdfium2.PdfDocument(data)) as document:
        return tuple(_place(page) for page in document)


def _place(page: pypdfium2.PdfPage) -> tuple[float, float, float]:
    """At the foot, else at the head, where no text stands."""
    left, bottom, right, top = page.get_mediabox()
    foot, head = bottom + EDGE, top - EDGE - SIZE
    with closing(page.get_textpage()) as text:
        free = [
            base for base in (foot, head) if not text.get_text_bounded(left, base - 2, right, base + HEIGHT).strip()
        ]
    return left + SIDE, (free or [foot])[0], right - left - 2 * SIDE


def _cut(text: str, font: StampFont, room: float) -> str:
    """`text`, its end left out where it is wider than `room`."""
    if font.width(text, SIZE) <= room:
        return text
    while text and font.width(text + "…", SIZE) > room:
        text = text[:-1]
    return text + "…"


def hidden(data: bytes) -> str:
    """Everything of a PDF in which a mark may be hidden: its identifiers and its metadata, as text.

    A file with a password, or a damaged one, gives its identifiers; what is no PDF gives nothing.
    """
    try:
        with open_bounded(data) as pdf:
            identifiers = [raw(each) for each in items(value(pdf.trailer, "/ID"))]
            packet = content(value(pdf.Root, "/Metadata"), "its metadata", LARGEST_TABLE)
    except UNREADABLE:
        identifiers = [bytes.fromhex(each[: len(each) // 2 * 2].decode()) for each in IDENTIFIER.findall(data)]
        packet = b""
    return "\n".join(each.decode("utf-8", "replace") for each in (*identifiers, packet))
