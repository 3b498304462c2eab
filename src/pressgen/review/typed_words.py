"""Write an editor's words as the data holds them.

The data has plain marks, and pressgen sets quotation marks, dashes and spaces. Word processors set them too, while
somebody types: what they set is turned back, unless the text of the data has such marks of its own.
"""

from __future__ import annotations

import re

QUOTES = str.maketrans({"‘": "'", "’": "'", "‚": "'", "“": '"', "”": '"', "„": '"'})
CURLY = re.compile("[‘‚“”„«»‹›]")
GUILLEMETS = re.compile("[«‹]\\s?|\\s?[»›]")
SPACED_DASH = re.compile(r"(?<=\s)[–—](?=\s)|(?<=[^\W\d_])—(?=[^\W\d_])")
BLANKS = re.compile("[ \t\u2028]+")
SET_SPACE = re.compile("[\u00a0\u202f\u2009]+(?=[:;!?»])|(?<=«)[\u00a0\u202f\u2009]+")
"""Spaces that French typography sets at some marks."""


def write_as_typed(text: str, source: str, before: str, after: str) -> str:
    """Return words as somebody would type them into the data.

    Quotation marks become straight and dashes doubled hyphens, unless `source` has curly marks, or real dashes between
    spaces, itself. A line break is a space, and no two spaces meet.

    Args:
        text: the words as the editor's file has them.
        source: the text of the data that they go into.
        before: the character before them; empty at the beginning of the text.
        after: the character after them; empty at the end of the text.
    """
    whole = SET_SPACE.sub(" ", text)
    if not CURLY.search(source):
        whole = GUILLEMETS.sub('"', whole).translate(QUOTES)
    if not SPACED_DASH.search(source):
        dashed = SPACED_DASH.sub("--", f"{before}{whole}{after}")
        whole = dashed[len(before) : len(dashed) - len(after)]
    whole = BLANKS.sub(" ", whole)
    if before.isspace():
        whole = whole.removeprefix(" ")
    return whole.removesuffix(" ") if after.isspace() else whole
