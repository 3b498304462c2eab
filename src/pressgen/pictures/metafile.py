"""Scrub a Windows drawing (EMF) by its records.

Source: Microsoft [MS-EMF], 2.3.3 and 2.3.4.2.
"""

from __future__ import annotations

import struct

HEADER, COMMENT, LAST = 1, 70, 14
SIGNATURE, AT_SIGNATURE, AT_DESCRIPTION = b" EMF", 40, 60
PLUS = b"EMF+"
"""Comments that draw."""


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
