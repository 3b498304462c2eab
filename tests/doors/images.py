"""Damage of pictures and fonts: the fields that say how large they are, and the pieces that they consist of."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

from doors.hostile import COMMON

if TYPE_CHECKING:
    from random import Random

SIZES = (0, 1, 65535, 40_000, 0x7FFFFFFF, 0xFFFFFFFF)


def _chunks(data: bytes) -> list[tuple[bytes, bytes]]:
    at, found = 8, []
    while at + 8 <= len(data):
        size = int.from_bytes(data[at : at + 4])
        found.append((data[at + 4 : at + 8], data[at + 8 : at + 8 + size]))
        at += 12 + size
    return found


def spoil_png(chance: Random, data: bytes) -> tuple[str, bytes]:
    """Change, lose, double or move a chunk of a PNG, whose sums stay right."""
    chunks = _chunks(data)
    here, there = chance.randrange(len(chunks)), chance.randrange(len(chunks))
    kind, body = chunks[here]
    match chance.randrange(6):
        case 0:
            chunks[0] = b"IHDR", struct.pack(">II", chance.choice(SIZES), chance.choice(SIZES)) + chunks[0][1][8:]
        case 1:
            chunks[here] = kind, chance.choice(COMMON)(chance, body)
        case 2:
            del chunks[here]
        case 3:
            chunks.insert(there, chunks[here])
        case 4:
            chunks[0] = b"IHDR", chunks[0][1][:8] + chance.randbytes(5)
        case _:
            bomb = zlib.compress(bytes(30_000_000), 9)
            chunks.insert(
                1,
                chance.choice(
                    (
                        (b"iCCP", b"x\0\0" + bomb),
                        (b"zTXt", b"x\0\0" + bomb),
                        (b"IDAT", bomb),
                        (b"eXIf", b"MM\0*" + chance.randbytes(60)),
                    )
                ),
            )
    packed = (
        struct.pack(">I", len(each)) + name + each + struct.pack(">I", zlib.crc32(name + each)) for name, each in chunks
    )
    return "png chunks", data[:8] + b"".join(packed)


def spoil_segments(chance: Random, data: bytes) -> tuple[str, bytes]:
    """Put other numbers into the head of a picture or a font, where lengths and sizes stand."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 3))):
        at = chance.randrange(max(1, min(len(changed), chance.choice((64, 400, len(changed))))))
        changed[at : at + 2] = chance.choice(
            (b"\0\0", b"\xff\xff", b"\0\1", b"\x7f\xff", b"\xff\xd9", chance.randbytes(2))
        )
    return "head", bytes(changed)
