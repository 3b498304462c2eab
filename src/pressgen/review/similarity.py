"""How alike two texts are, as an editor would see it: by their words in their order, whatever the quotation marks."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
LOOKALIKES = str.maketrans({
    "‘": "'", "’": "'", "‚": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
    "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2011": "-", "–": "-", "—": "-", "\u00ad": "", "…": "...",
})  # fmt: skip


def plain(text: str) -> str:
    """`text` with straight marks and plain spaces, so that what only typography changed is the same."""
    return unicodedata.normalize("NFC", text).translate(LOOKALIKES)


def tokens(text: str) -> list[str]:
    """Words, spaces and single marks, which put together are `text`."""
    return TOKEN.findall(text)


def words(text: str) -> list[str]:
    """The words and marks of a text in small letters, without the spaces."""
    return [each.lower() for each in tokens(plain(text)) if not each.isspace()]


def common(one: Sequence[str], other: Sequence[str]) -> int:
    """The length of the longest common subsequence.

    Bit-parallel: Hyyrö, Bit-parallel LCS-length computation revisited (2004).
    """
    places: dict[str, int] = defaultdict(int)
    for at, each in enumerate(one):
        places[each] |= 1 << at
    row = full = (1 << len(one)) - 1
    for each in other:
        found = row & places.get(each, 0)
        row = ((row + found) | (row - found)) & full
    return len(one) - row.bit_count()


def likeness(one: Sequence[str], other: Sequence[str]) -> tuple[float, float]:
    """How much of both texts is common, and how much of the shorter one, each from 0 to 1."""
    if not one or not other:
        return 0.0, 0.0
    shared = common(one, other)
    return 2 * shared / (len(one) + len(other)), shared / min(len(one), len(other))
