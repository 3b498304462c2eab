"""Which characters the codes of a font stand for.

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
"""Codes told: three times all that two bytes can say."""
LONGEST = 256
"""Digits of the text of one code: a ligature has sixteen."""


def read_unicode(data: bytes) -> dict[int, str]:
    """The characters of each code that the table in `data` names; a broken entry is left out."""
    known: dict[int, str] = {}
    tokens: Iterator[Token] = ((match[1], match[2], match[3]) for match in TOKEN.finditer(data))
    told = 0
    for _, _, keyword in tokens:
        if keyword in (b"beginbfchar", b"beginbfrange"):
            entries = takewhile(lambda token: not token[2], tokens)
            for codes, texts in (_single if keyword == b"beginbfchar" else _ranges)(entries):
                known |= dict(zip(codes, texts, strict=False))
                told += len(codes)
                if told > MOST:
                    return known
    return known


def _single(tokens: Iterator[Token]) -> Iterator[tuple[range, list[str]]]:
    for (code, _, _), (text, _, _) in zip(tokens, tokens, strict=False):
        yield range(_code(code), _code(code) + 1), [_text(text)]


def _ranges(tokens: Iterator[Token]) -> Iterator[tuple[range, list[str]]]:
    for (first, _, _), (last, _, _), (start, sign, _) in zip(tokens, tokens, tokens, strict=False):
        codes = range(_code(first), min(_code(last), 0xFFFF) + 1)
        if sign:
            yield codes, [_text(text) for text, _, _ in takewhile(lambda token: not token[1], tokens)]
        elif begun := _text(start):
            final = ord(begun[-1])
            yield codes, [begun[:-1] + chr(min(final + step, 0x10FFFF)) for step in range(len(codes))]


def _code(digits: bytes | None) -> int:
    return int(b"".join((digits or b"").split())[:8] or b"0", 16)


def _text(digits: bytes | None) -> str:
    clean = b"".join((digits or b"").split())[:LONGEST].decode()
    return bytes.fromhex(clean + "0" * (len(clean) % 2)).decode("utf-16-be", "replace")
