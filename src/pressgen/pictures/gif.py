"""Scrub a GIF by its blocks.

Source: Graphics Interchange Format 89a, 18 to 26.
"""

from __future__ import annotations

IMAGE, EXTENSION, TRAILER, CONTROL, APPLICATION = 0x2C, 0x21, 0x3B, 0xF9, 0xFF
LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")
"""Application blocks that say how often an animation is played."""
SCREEN, IMAGE_SIZE, HAS_TABLE, TABLE_SIZE = 13, 10, 0x80, 0x07


def is_gif(data: bytes) -> bool:
    """Return whether the data are a GIF."""
    return data.startswith((b"GIF87a", b"GIF89a"))


def scrub_gif(data: bytes) -> bytes:
    """Return a GIF without comments, plain text and application blocks.

    Raises:
        ValueError, IndexError: it is damaged.
    """
    at = SCREEN + _measure_colour_table(data[10])
    made = [data[:at]]
    while data[at] != TRAILER:
        start = at
        if data[at] == IMAGE:
            at = _skip_blocks(data, at + IMAGE_SIZE + _measure_colour_table(data[at + 9]) + 1)
            kept = True
        elif data[at] == EXTENSION:
            kept = data[at + 1] == CONTROL or (data[at + 1] == APPLICATION and data[at + 3 : at + 14] in LOOPS)
            at = _skip_blocks(data, at + 2)
        else:
            raise ValueError("a block of no kind")
        made += [data[start:at]] if kept else []
    return b"".join([*made, b";"])


def _measure_colour_table(flags: int) -> int:
    """Return the bytes of the colour table that the flags announce."""
    return 3 << ((flags & TABLE_SIZE) + 1) if flags & HAS_TABLE else 0


def _skip_blocks(data: bytes, at: int) -> int:
    while data[at]:
        at += data[at] + 1
    return at + 1
