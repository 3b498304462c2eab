"""Scrub a WebP by its chunks.

Source: RFC 9649, 2.3 to 2.7.
"""

from __future__ import annotations

KEPT = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"))
EXTENDED, HAS_EXIF_OR_XMP = b"VP8X", 0x0C


def is_webp(data: bytes) -> bool:
    """Return whether the data are a WebP."""
    return data.startswith(b"RIFF") and data[8:12] == b"WEBP"


def scrub_webp(data: bytes) -> bytes:
    """Return a WebP with only pixels, colour profile and animation.

    Raises:
        ValueError: it is damaged.
    """
    end, at, made = 8 + int.from_bytes(data[4:8], "little"), 12, [b"WEBP"]
    while at < end:
        name, size = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        whole = bytearray(data[at : at + 8 + size + size % 2])
        if len(whole) < 8 + size:
            raise ValueError("it ends too early")
        if name == EXTENDED:
            whole[8] &= ~HAS_EXIF_OR_XMP & 0xFF
        made += [bytes(whole)] if name in KEPT else []
        at += len(whole)
    inside = b"".join(made)
    return b"RIFF" + len(inside).to_bytes(4, "little") + inside
