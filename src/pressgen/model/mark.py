"""The mark of one person's copy: twelve signs that are printed on it, hidden in it, and found in the ledger again."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no sign is taken for another when somebody types it from paper."""
LENGTH, GROUP = 12, 4
MISREAD = str.maketrans("OIL", "011")
LIKE_ONE = re.compile(r"\bCopy ([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})\b")


def mark_of(key: str) -> str:
    """The mark of the copy that was sent as `key`, such as `7K3F-9QXM-4T2C`; it does not tell the key."""
    number = int.from_bytes(sha256(f"pressgen copy {key}".encode()).digest(), "big")
    signs = "".join(SIGNS[number >> 5 * at & 31] for at in range(LENGTH))
    return "-".join(signs[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def visible(mark: str, holder: str) -> str:
    """The line that is printed on the copy of `holder`."""
    return f"Copy {mark} · {holder}"


def found(text: str, marks: Iterable[str]) -> list[str]:
    """Those of `marks` that stand in `text`, however it was wrapped, spaced or typed off."""
    bare = _bare(text)
    return [mark for mark in marks if _bare(mark) in bare]


def strange(text: str) -> str:
    """The first mark in `text`, whoever made it; empty where there is none."""
    match = LIKE_ONE.search(text)
    return match[1] if match else ""


def _bare(text: str) -> str:
    return "".join(char for char in text.upper() if char.isalnum()).translate(MISREAD)
