"""The mark of one person's copy: twelve characters.

They are printed on it and hidden in it, and lead back to the ledger.
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no character is mistaken for another when somebody types it from paper."""
LENGTH, GROUP = 12, 4
MISREAD = str.maketrans("OIL", "011")
LIKE_ONE = re.compile(r"\bCopy ([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})\b")


def make_mark(key: str) -> str:
    """Return the mark of the copy sent under a key.

    Such as `7K3F-9QXM-4T2C`; it does not reveal the key.
    """
    number = int.from_bytes(sha256(f"pressgen copy {key}".encode()).digest(), "big")
    signs = "".join(SIGNS[number >> 5 * at & 31] for at in range(LENGTH))
    return "-".join(signs[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def format_mark_line(mark: str, holder: str) -> str:
    """Return the line that is printed on a person's copy."""
    return f"Copy {mark} · {holder}"


def find_marks(text: str, marks: Iterable[str]) -> list[str]:
    """Return the given marks that appear in a text.

    They are found however the text was wrapped, spaced or retyped.
    """
    bare = _normalise(text)
    return [mark for mark in marks if _normalise(mark) in bare]


def find_any_mark(text: str) -> str:
    """Return the first mark in a text; empty if none.

    It may be anybody's.
    """
    match = LIKE_ONE.search(text)
    return match[1] if match else ""


def _normalise(text: str) -> str:
    return "".join(char for char in text.upper() if char.isalnum()).translate(MISREAD)
