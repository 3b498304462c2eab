"""Read which characters the codes of a font stand for.

Source: ISO 32000-1, 9.10.3 (ToUnicode CMaps).
"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

Token = tuple[bytes | None, bytes | None, bytes | None]
"""Digits, a bracket or a keyword."""
TOKEN = re.compile(rb"<([0-9A-Fa-f\s]*)>|([\[\]])|(beginbfchar|beginbfrange|endbfchar|endbfrange)")
MOST = 200_000
"""The most codes in a map: three times as many as two bytes can number."""
LONGEST = 256
"""The most digits of the text of one code: a ligature has sixteen."""


def read_character_map(data: bytes) -> dict[int, str]:
    """Return the characters of each code in a ToUnicode CMap.

    Broken entries are left out.
    """
    known: dict[int, str] = {}
    tokens: Iterator[Token] = ((match[1], match[2], match[3]) for match in TOKEN.finditer(data))
    count = 0
    for _, _, keyword in tokens:
        if keyword in (b"beginbfchar", b"beginbfrange"):
            entries = takewhile(lambda token: not token[2], tokens)
            for codes, texts in (_read_single_codes if keyword == b"beginbfchar" else _read_code_ranges)(entries):
                known |= dict(zip(codes, texts, strict=False))
                count += len(codes)
                if count > MOST:
                    return known
    return known


def _read_single_codes(tokens: Iterator[Token]) -> Iterator[tuple[range, list[str]]]:
    for (code, _, _), (text, _, _) in zip(tokens, tokens, strict=False):
        yield range(_parse_code(code), _parse_code(code) + 1), [_parse_text(text)]


def _read_code_ranges(tokens: Iterator[Token]) -> Iterator[tuple[range, list[str]]]:
    for (first, _, _), (last, _, _), (start, sign, _) in zip(tokens, tokens, tokens, strict=False):
        codes = range(_parse_code(first), min(_parse_code(last), 0xFFFF) + 1)
        if sign:
            yield codes, [_parse_text(text) for text, _, _ in takewhile(lambda token: not token[1], tokens)]
        elif begun := _parse_text(start):
            final = ord(begun[-1])
            yield codes, [begun[:-1] + chr(min(final + step, 0x10FFFF)) for step in range(len(codes))]


def _parse_code(digits: bytes | None) -> int:
    return int(b"".join((digits or b"").split())[:8] or b"0", 16)


def _parse_text(digits: bytes | None) -> str:
    clean = b"".join((digits or b"").split())[:LONGEST].decode()
    return bytes.fromhex(clean + "0" * (len(clean) % 2)).decode("utf-16-be", "replace")
