"""Read and write the orientation of a picture, as cameras note it.

Source: Exif 2.32 (CIPA DC-008), 4.6.4; TIFF 6.0.
"""

from __future__ import annotations

import struct

ORIENTATION, SHORT, UPRIGHT, MOST = 0x0112, 3, 1, 8
ENTRY = 12


def read_orientation(data: bytes) -> int:
    """Return the orientation (1 to 8) of an Exif block.

    It is 1, upright, if the block has none.
    """
    order = {b"II": "<", b"MM": ">"}.get(data[:2])
    if order is None or len(data) < 8:
        return UPRIGHT
    (first,) = struct.unpack_from(f"{order}I", data, 4)
    if first + 2 > len(data):
        return UPRIGHT
    (count,) = struct.unpack_from(f"{order}H", data, first)
    for at in range(first + 2, min(first + 2 + count * ENTRY, len(data) - ENTRY + 1), ENTRY):
        tag, kind, _, value = struct.unpack_from(f"{order}HHIH", data, at)
        if tag == ORIENTATION and kind == SHORT and UPRIGHT <= value <= MOST:
            return int(value)
    return UPRIGHT


def make_orientation_block(orientation: int) -> bytes:
    """Make an Exif block that holds only an orientation."""
    return struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, ORIENTATION, SHORT, 1, orientation, 0, 0)
