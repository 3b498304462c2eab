"""Measure the similarity of two texts as an editor would see it.

Their words count in order; the style of quotation marks does not.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
HYPHENS = re.compile("-{2,3}")
"""What people type for a dash."""
SET_SPACE = re.compile(r"(?<=[«‹])\s+|\s+(?=[»›:;!?])")
"""Spaces that French typography sets."""
LOOKALIKES = str.maketrans({
    "‘": "'", "’": "'", "‚": "'", "‹": "'", "›": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
    "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2011": "-", "–": "-", "—": "-", "\u00ad": "", "…": "...",
})  # fmt: skip


def normalise_typography(text: str) -> str:
    """Return a text with straight quotation marks and plain spaces.

    Texts that differ only in typography become equal.
    """
    return HYPHENS.sub("-", unicodedata.normalize("NFC", text).translate(LOOKALIKES))


def normalise_marks(text: str) -> str:
    """Return a text with only one quotation mark and one dash.

    Which quotation mark is set depends on the words around it: `"` within a quotation prints `‘`.
    """
    plain = normalise_typography(SET_SPACE.sub("", text)).replace('"', "'")
    return " ".join(plain.split())


def split_tokens(text: str) -> list[str]:
    """Split a text into words, spaces and single marks."""
    return TOKEN.findall(text)


def split_words(text: str) -> list[str]:
    """Split a text into lower-case words and marks, without spaces."""
    return [each.lower() for each in split_tokens(normalise_typography(text)) if not each.isspace()]


def compute_common_length(one: Sequence[str], other: Sequence[str]) -> int:
    """Return the length of the longest common subsequence.

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


def compute_similarity(one: Sequence[str], other: Sequence[str]) -> tuple[float, float]:
    """Return the shared portion of two texts, and of the shorter one.

    Both are numbers from 0 to 1.
    """
    if not one or not other:
        return 0.0, 0.0
    shared = compute_common_length(one, other)
    return 2 * shared / (len(one) + len(other)), shared / min(len(one), len(other))
