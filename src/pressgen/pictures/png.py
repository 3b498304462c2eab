"""A PNG by its chunks. Source: Portable Network Graphics (W3C, third edition), 5 and 11."""

from __future__ import annotations

import zlib

from pressgen.pictures.exif import UPRIGHT, orientation, orientation_only

SIGNATURE = b"\x89PNG\r\n\x1a\n"
KEPT = frozenset(
    b"IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs acTL fcTL fdAT".split()
)
"""What decides how the picture looks."""
EXIF, LAST = b"eXIf", b"IEND"
FRAME = 12
"""Bytes of a chunk beside its data: length, name, checksum."""


def is_one(data: bytes) -> bool:
    """Whether this is a PNG."""
    return data.startswith(SIGNATURE)


def scrub(data: bytes) -> bytes:
    """The PNG up to its end, with the chunks that decide how it looks, and which way up it is.

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
        elif name == EXIF and (turn := orientation(whole[8:-4])) != UPRIGHT:
            made.append(_chunk(EXIF, orientation_only(turn)))
    return b"".join(made)


def _chunk(name: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4) + name + body + zlib.crc32(name + body).to_bytes(4)
