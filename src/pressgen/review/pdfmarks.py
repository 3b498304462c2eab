"""The marks that editors put on a PDF, as proposals: by their geometry, whatever program made them.

What strikes, replaces or inserts is an edit; every other mark is a remark; what is of no known kind is listed.
"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from pressgen.errors import Refused
from pressgen.model.proposal import Kind, Proposal
from pressgen.pdf.glyphs import glyphs
from pressgen.pdf.text import NotAPdf
from pressgen.review.annotations import MOST, damaged
from pressgen.review.pages import Pages
from pressgen.review.pdf_text_alignment import placed
from pressgen.review.reprints import differing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pressgen.model.export import Block
    from pressgen.review.annotations import Mark, Marked

OVER_TEXT = {"Highlight", "StrikeOut", "Underline", "Squiggly"}
BESIDE = {
    "Text",
    "FreeText",
    "Ink",
    "Stamp",
    "Square",
    "Circle",
    "Line",
    "Polygon",
    "PolyLine",
    "FileAttachment",
    "Caret",
}
STEP = re.compile(r"\[[^\]]*\]|\.?[^.\[]+")


def proposals(blocks: Sequence[Block], file: Marked) -> list[Proposal]:
    """Every mark, with the text that was sent under it; nothing is left out.

    Of a file that was printed again, also every word that differs from what was sent.

    Raises:
        Refused: a page cannot be read.
    """
    wanted = range(MOST) if file.flat else {mark.page for mark in file.marks}
    try:
        drawn = glyphs(file.data, wanted)
    except NotAPdf as error:
        raise Refused([damaged(file.shown, error)]) from None
    there = placed(blocks, drawn)
    pages = Pages.of(there)
    struck = {mark.answers: mark for mark in file.marks if mark.grouped and mark.kind == "StrikeOut"}
    found = []
    homes: dict[str, _Home] = {}
    for mark in file.marks:
        if mark.grouped and mark.kind == "StrikeOut":
            continue  # told with its caret
        if mark.answers in homes and not mark.grouped:
            home = homes[mark.answers]
        else:
            home = _home(blocks, pages, mark, struck.get(mark.name))
        homes[mark.name] = home
        found.append(_proposal(blocks, mark, home, replaces=mark.name in struck))
    return [*found, *(differing(blocks, drawn, there) if file.flat else ())]


class _Home(NamedTuple):
    """What a mark speaks of: characters `start` to `end` of a sent text, -1 for none; and the path in the data."""

    block: int
    start: int
    end: int
    path: str


def _home(blocks: Sequence[Block], pages: Pages, mark: Mark, struck: Mark | None) -> _Home:
    if over := struck or (mark if mark.kind in OVER_TEXT else None):
        if hit := pages.under(over.page, over.boxes):
            return _Home(hit[0].block, hit[0].offset, hit[-1].offset + 1, blocks[hit[0].block].path)
    elif mark.kind == "Caret" and (gap := pages.gap(mark.page, *mark.point)):
        return _Home(gap[0], gap[1], gap[1], blocks[gap[0]].path)
    block = pages.near(mark.page, *mark.point)
    row = pages.beside(mark.page, *mark.point)
    if len(row) > 1 and all(blocks[each].in_cell for each in row):
        return _Home(block, 0, 0, _common([blocks[each].path for each in row]))
    return _Home(block, 0, 0, blocks[block].path if block >= 0 else "")


def _common(paths: Sequence[str]) -> str:
    """What holds all of several places in the data, such as `body[6].table.rows[0]` for its cells."""
    steps = zip(*map(STEP.findall, paths), strict=False)
    return "".join(row[0] for row in takewhile(lambda row: len(set(row)) == 1, steps))


def _proposal(blocks: Sequence[Block], mark: Mark, home: _Home, *, replaces: bool) -> Proposal:
    block, start, end, path = home
    text = blocks[block].text if block >= 0 else ""
    edits = mark.kind in {"StrikeOut", "Caret"} and not mark.answers and block >= 0
    known = mark.kind in OVER_TEXT | BESIDE
    after = mark.text
    if edits:
        after = "" if mark.kind == "StrikeOut" else mark.text if replaces else _spaced(text, start, mark.text)
    return Proposal(
        kind=Kind.EDIT if edits and (after or start < end) else Kind.COMMENT if known else Kind.UNMAPPED,
        path=path, before=text[start:end], after=after, author=mark.author,
        date=mark.date, tracked=True, block=block, start=start, end=end, name=mark.name, answers=mark.answers,
        mark=mark.kind.lower(),
    )  # fmt: skip


def _spaced(text: str, at: int, new: str) -> str:
    """Words to be put in at a gap, with the blanks that part them from their neighbours."""
    before = " " if at and not text[at - 1].isspace() and new[:1].isalnum() else ""
    after = " " if text[at : at + 1].isalnum() and not new[-1:].isspace() else ""
    return f"{before}{new}{after}" if new else ""
