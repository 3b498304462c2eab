"""Scrub a PNG by its chunks.

Source: Portable Network Graphics (W3C, third edition), 5 and 11.
"""

from __future__ import annotations

import zlib

from pressgen.pictures.exif import UPRIGHT, make_orientation_block, read_orientation

SIGNATURE = b"\x89PNG\r\n\x1a\n"
KEPT = frozenset(
    b"IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs acTL fcTL fdAT".split()
)
"""Chunks that decide how the picture looks."""
EXIF, LAST = b"eXIf", b"IEND"
FRAME = 12
"""Bytes of a chunk in addition to its data: length, name, checksum."""


def is_png(data: bytes) -> bool:
    """Return whether the data are a PNG."""
    return data.startswith(SIGNATURE)


def scrub_png(data: bytes) -> bytes:
    """Return a PNG with only the chunks that decide its appearance.

    Raises:
        ValueError: it is damaged.
    """
    made, at, name = [SIGNATURE], len(SIGNATURE), b""
    while name != LAST:
        size, name = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8]
        whole = data[at : at + size + FRAME]
        if len(whole) != size + FRAME:
            raise ValueError("it ends too early")
        at += len(whole)
        if name in KEPT:
            made.append(whole)
        elif name == EXIF and (orientation := read_orientation(whole[8:-4])) != UPRIGHT:
            made.append(_make_chunk(EXIF, make_orientation_block(orientation)))
    return b"".join(made)


def _make_chunk(name: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4) + name + body + zlib.crc32(name + body).to_bytes(4)
