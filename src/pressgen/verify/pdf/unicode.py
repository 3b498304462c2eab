"""Which characters the codes of a font stand for.

Source: ISO 32000-1, 9.10.3 (ToUnicode CMaps).
"""

from __future__ import annotations

import re
from itertools import islice

BLOCK = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
TOKEN = re.compile(rb"<([0-9A-Fa-f\s]*)>|([\[\]])")
MOST = 70_000
"""Codes: all that two bytes can say, and some."""


def read_unicode(data: bytes) -> dict[int, str]:
    """The characters of each code that the table in `data` names; a broken entry is left out."""
    known: dict[int, str] = {}
    for kind, block in BLOCK.findall(data):
        tokens = [(hexed, sign) for hexed, sign in TOKEN.findall(block)]
        if kind == b"bfchar":
            codes = [hexed for hexed, _ in tokens]
            known |= {_code(a): _text(b) for a, b in zip(codes[::2], codes[1::2], strict=False)}
        else:
            _read_ranges(tokens, known)
        if len(known) > MOST:
            break
    return known


def _read_ranges(tokens: list[tuple[bytes, bytes]], known: dict[int, str]) -> None:
    at = iter(tokens)
    for (first, _), (last, _), (start, sign) in zip(at, at, at, strict=False):
        codes = range(_code(first), min(_code(last), _code(first) + MOST) + 1)
        if sign == b"[":
            texts = []
            for hexed, closing in at:
                if closing:
                    break
                texts.append(_text(hexed))
            known |= dict(zip(codes, texts, strict=False))
        elif begun := _text(start):
            last_char = ord(begun[-1])
            shifted = (begun[:-1] + chr(min(last_char + step, 0x10FFFF)) for step in range(len(codes)))
            known |= dict(zip(codes, islice(shifted, MOST), strict=False))


def _code(hexed: bytes) -> int:
    return int(b"".join(hexed.split())[:8] or b"0", 16)


def _text(hexed: bytes) -> str:
    digits = b"".join(hexed.split()).decode()
    return bytes.fromhex(digits + "0" * (len(digits) % 2)).decode("utf-16-be", "replace")
