"""Scrub a Windows drawing (EMF or WMF) by its records.

Source: Microsoft [MS-EMF], 2.3.3 and 2.3.4.2; [MS-WMF], 2.3.2 and 2.3.6.
"""

from __future__ import annotations

import struct

HEADER, COMMENT, LAST = 1, 70, 14
SIGNATURE, AT_SIGNATURE, AT_DESCRIPTION = b" EMF", 40, 60
PLUS = b"EMF+"
"""Comments that draw."""

PLACEABLE, PLACEABLE_SIZE, WMF_HEADER = b"\xd7\xcd\xc6\x9a", 22, struct.Struct("<HHH")
ESCAPE, END = 0x0626, 0
DRAWING_ESCAPES = frozenset({0x0001, 0x0002, 0x000B, 0x0015, 0x0016, 0x001C, 0x0024})
"""Escapes of a WMF that only set how to draw; all others may hold a text or another drawing."""


def is_emf(data: bytes) -> bool:
    """Return whether the data are an EMF."""
    return data.startswith(b"\x01\x00\x00\x00") and data[AT_SIGNATURE : AT_SIGNATURE + 4] == SIGNATURE


def scrub_emf(data: bytes) -> bytes:
    """Return an EMF with its description and comments blanked.

    Comments that draw are kept.

    Raises:
        ValueError: it is damaged.
    """
    made, at, kind = bytearray(data), 0, HEADER
    while kind != LAST:
        if at + 8 > len(data):
            raise ValueError("it ends too early")
        kind, size = struct.unpack_from("<II", data, at)
        if size < 8 or size % 4 or at + size > len(data):
            raise ValueError("a record has no end")
        if kind == COMMENT and data[at + 12 : at + 16] != PLUS:
            made[at + 12 : at + size] = bytes(size - 12)
        at += size
    letters, offset = struct.unpack_from("<II", data, AT_DESCRIPTION)
    if offset + 2 * letters > len(data):
        raise ValueError("its description lies outside")
    made[offset : offset + 2 * letters] = bytes(2 * letters)
    return bytes(made[:at])


def is_wmf(data: bytes) -> bool:
    """Return whether the data are a WMF."""
    at = PLACEABLE_SIZE if data.startswith(PLACEABLE) else 0
    if len(data) < at + 18:
        return False
    kind, words, version = WMF_HEADER.unpack_from(data, at)
    return kind in {1, 2} and words == 9 and version in {0x0100, 0x0300}


def scrub_wmf(data: bytes) -> bytes:
    """Return a WMF with its comments blanked, and nothing after its end.

    Raises:
        ValueError: it is damaged.
    """
    made = bytearray(data)
    at = (PLACEABLE_SIZE if data.startswith(PLACEABLE) else 0) + 18
    while True:
        if at + 6 > len(data):
            raise ValueError("it ends too early")
        words, function = struct.unpack_from("<IH", data, at)
        if words < 3 or at + 2 * words > len(data):
            raise ValueError("a record has no end")
        if function == ESCAPE and words > 4 and struct.unpack_from("<H", data, at + 6)[0] not in DRAWING_ESCAPES:
            made[at + 10 : at + 2 * words] = bytes(2 * words - 10)
        at += 2 * words
        if function == END:
            return bytes(made[:at])
