"""Decode a text file from any program, and drop forbidden characters.

UTF-8 is tried first, then UTF-16 and UTF-32 by their byte-order marks or zero bytes, then Windows-1252, which reads any
byte.
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


def decode_text(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Decode a text file in any encoding, and list what is doubtful.

    Lines end in a line feed.
    """
    text, doubt = _decode(data)
    doubts = [doubt] if doubt else []
    text = BREAKS.sub("\n", text)
    if MISREAD.search(text):
        doubts.append("characters look misread, such as “â€™” for “’”: correct them, or save the source as UTF-8")
    return UNHELD.sub("", text), tuple(doubts)


def is_text(data: bytes) -> bool:
    """Return whether bytes are a text in some encoding.

    Hardly any of the characters may be ones that no text has.
    """
    sample = _decode(data[:SAMPLE])[0]
    return len(UNHELD.findall(sample)) <= MOST_UNHELD * len(sample)


def drop_forbidden(text: str) -> str:
    """Drop the characters that no release may hold.

    For the text of Word, HTML and mail files.
    """
    return UNHELD.sub("", BREAKS.sub("\n", text))


def _decode(data: bytes) -> tuple[str, str]:
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
