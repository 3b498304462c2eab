"""Take out of a paragraph what mail programs add to a text.

This is list marks, addresses of links, and stars round words.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressgen.review.mail_places import MARKER, find_addresses

if TYPE_CHECKING:
    from collections.abc import Collection

    from pressgen.model.export import ExportedBlock

CITED = re.compile(r"\[(\d{1,3})\]")
STARS = re.compile(r"(?<!\w)([*_/])(?=\S)([^*_/\n]+?)(?<=\S)\1(?!\w)")
UNSEEN = re.compile("[\u200b-\u200d\u2060\ufeff\u00ad]")
LOST = re.compile("[?\ufffd]")
SIGN = re.compile("[^\x00-\x7f]")
"""A sign that some encodings lack."""
NEAR = 3
"""How many characters on either side tell where a sign was."""
PICTURE = re.compile(r"\[(?:image|cid|bild|inline image)\b[^\]]*\]", re.IGNORECASE)


def drop_layout(text: str, styles: str, block: ExportedBlock, addresses: Collection[str]) -> tuple[str, str]:
    """Return a text without what a mail program has added.

    Args:
        text: the paragraph.
        styles: the style of each character.
        block: the sent text that it shows.
        addresses: of the links of the release; another address stays, because somebody has typed it.
    """
    text = _restore_signs(text, block.text)
    cuts: list[tuple[int, int]] = [match.span() for match in (*UNSEEN.finditer(text), *PICTURE.finditer(text))]
    if (marker := MARKER.match(text)) and not block.text.startswith(text[: marker.end()].strip()):
        cuts.append((0, marker.end()))
    cuts += find_addresses(text, addresses)
    notes = {piece.text for piece in block.words if piece.note}
    for match in CITED.finditer(text):
        if match[1] in notes:
            cuts += [(match.start(), match.start() + 1), (match.end() - 1, match.end())]
    for match in STARS.finditer(text):
        if match[0] not in block.text and match[2] in block.text:
            cuts += [(match.start(), match.start() + 1), (match.end() - 1, match.end())]
    return _cut(text, cuts), _cut(styles, cuts)


def _restore_signs(text: str, sent: str) -> str:
    """Return a text with the signs that a program replaced by `?`."""
    if not LOST.search(text):
        return text
    for match in SIGN.finditer(sent):
        before, after = sent[max(match.start() - NEAR, 0) : match.start()], sent[match.end() : match.end() + NEAR]
        if lost := re.search(f"{_loosen(before)}([?\ufffd])(?={_loosen(after)})", text):
            text = text[: lost.start(1)] + match[0] + text[lost.end(1) :]
    return text


def _loosen(text: str) -> str:
    """Return a pattern for a text in which signs may be lost."""
    return "".join(r"\s" if each.isspace() else f"(?:{re.escape(each)}|[?\ufffd])" for each in text)


def _cut(text: str, cuts: list[tuple[int, int]]) -> str:
    gone = {at for start, end in cuts for at in range(start, end)}
    return "".join(each for at, each in enumerate(text) if at not in gone)
