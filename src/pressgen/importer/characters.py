"""From the bytes of a text file to its characters, whatever wrote it; characters that no release may hold go.

UTF-8 is tried first, then UTF-16 and UTF-32 by their marks or their zeros, then Windows-1252, which reads any byte.
"""

from __future__ import annotations

import codecs
import re

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
UNHELD = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\ufdd0-\ufdef\ufeff\ud800-\udfff"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
    + "]"
)
BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
MISREAD = re.compile(r"[âÃÂ][\x80-\xbf€™œž“”˜¢£¤¥¦§¨©]|�")
SAMPLE, MOST_UNHELD = 8000, 0.08
ZEROS = 0.2
"""The share of zero bytes from which a text without a mark is UTF-16."""


def read_characters(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The characters of a text file, lines ended by a line feed, and what is doubtful about them."""
    text, doubt = _decoded(data)
    doubts = [doubt] if doubt else []
    text = BREAKS.sub("\n", text)
    if MISREAD.search(text):
        doubts.append("characters look misread, such as “â€™” for “’”: mend them, or save the source as UTF-8")
    return UNHELD.sub("", text), tuple(doubts)


def is_text(data: bytes) -> bool:
    """Whether bytes are a text in some encoding: hardly any of its characters is one that no text has."""
    sample = _decoded(data[:SAMPLE])[0]
    return len(UNHELD.findall(sample)) <= MOST_UNHELD * len(sample)


def held(text: str) -> str:
    """A text of a Word, HTML or mail file without the characters that no release may hold."""
    return UNHELD.sub("", BREAKS.sub("\n", text))


def _decoded(data: bytes) -> tuple[str, str]:
    for mark, name in BOMS:
        if data.startswith(mark):
            return data.decode(name, "replace"), ""
    zeros = data.count(0)
    if data and zeros / len(data) > ZEROS:
        little = data[1::2].count(0) >= data[::2].count(0)
        return data.decode("utf-16-le" if little else "utf-16-be", "replace"), "read as UTF-16 without a mark"
    try:
        return data.decode("utf-8"), ""
    except UnicodeDecodeError:
        pass
    text = data.decode("cp1252", "surrogateescape")
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace"), "not UTF-8: read as Windows-1252"
