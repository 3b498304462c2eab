"""One person's copy of a finished PDF: a line on every page, a mark in its metadata; nothing is laid out again.

The line is an artifact (ISO 32000-1, 14.8.2.2), so the file stays PDF/UA-1 and PDF/A-3a. A password takes the second
away (ISO 19005-3, 6.1.3), and the claim with it.
"""

from __future__ import annotations

import io
import re
from contextlib import closing
from functools import lru_cache
from typing import TYPE_CHECKING

import pikepdf
import pypdfium2
from pikepdf import Array, Name

from pressgen.model.mark import visible
from pressgen.pdf.stamp_font import NAME, stamp_font

if TYPE_CHECKING:
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
    font, places = stamp_font(), _places(data)
    text = visible(mark, holder)
    if not font.sets(text):
        text = visible(mark, "").removesuffix(" · ")
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        put = font.put_into(pdf)
        for page, (left, base, room) in zip(pdf.pages, places, strict=True):
            _print(page, put, font, _cut(text, font, room), (left, base))
        first = pdf.trailer.get("/ID", Array([b"", b""]))[1]
        pdf.trailer.ID = Array([pikepdf.String(KNOWN + mark.encode()), first])
        _say(pdf, mark, archival=not password)
        if password:
            locks = pikepdf.Encryption(user=password, owner=password, R=6, aes=True, metadata=True)
            pdf.save(made, encryption=locks, fix_metadata_version=False, object_stream_mode=PACKED)
        else:
            pdf.save(made, deterministic_id=True, fix_metadata_version=False, object_stream_mode=PACKED)
    return made.getvalue()


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


def _print(page: Page, put: pikepdf.Object, font: StampFont, text: str, at: tuple[float, float]) -> None:
    name = page.add_resource(put, Name.Font, Name(NAME))
    shown = b"%s %s BT %s %.1f Tf %.2f %.2f Td %s Tj ET EMC" % (
        ARTIFACT, QUIET, bytes(name), SIZE, *at, font.shown(text)
    )  # fmt: skip
    page.contents_add(b"q\n", prepend=True)
    page.contents_add(b"\nQ q " + shown + b" Q\n")


def _say(pdf: pikepdf.Pdf, mark: str, *, archival: bool) -> None:
    """Put the mark into the metadata (XMP part 2, 3.3), and take out the claim of a standard that a password breaks."""
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as said:
        said[INSTANCE] = URN + mark
        for each in () if archival else CLAIM:
            said.pop(each, None)


def hidden(data: bytes) -> str:
    """Everything of a PDF in which a mark may be hidden: its identifiers and its metadata, as text.

    A file with a password gives its identifiers; what is no PDF gives nothing.
    """
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            identifiers = [bytes(each) for each in pdf.trailer.get("/ID", Array([]))]
            metadata = pdf.Root.get("/Metadata")
            packet = metadata.read_bytes() if isinstance(metadata, pikepdf.Stream) else b""
    except (pikepdf.PdfError, pikepdf.PasswordError, ValueError, TypeError):
        identifiers = [bytes.fromhex(each[: len(each) // 2 * 2].decode()) for each in IDENTIFIER.findall(data)]
        packet = b""
    return "\n".join(each.decode("utf-8", "replace") for each in (*identifiers, packet))
