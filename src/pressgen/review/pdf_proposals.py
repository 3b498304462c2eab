"""Turn the annotations that editors put on a PDF into proposals.

Geometry decides, whatever program made them. Deletions, replacements and insertions are edits; every other annotation
is a remark. Annotations of an unknown kind are listed.
"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from pressgen.errors import InputError
from pressgen.model.proposal import Proposal, ProposalKind
from pressgen.pdf.glyphs import read_characters
from pressgen.pdf.text import NotAPdfError
from pressgen.review.annotated_text import Pages
from pressgen.review.pdf_annotations import MOST, make_damage_problem
from pressgen.review.pdf_text_alignment import locate_characters
from pressgen.review.reprinted_pdf import find_differences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pressgen.model.export import ExportedBlock
    from pressgen.review.pdf_annotations import AnnotatedPdf, PdfAnnotation

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


def propose_from_pdf(blocks: Sequence[ExportedBlock], file: AnnotatedPdf) -> list[Proposal]:
    """Return a proposal for every annotation of a returned PDF.

    Nothing is left out. For a file that was printed again, also return every word that differs from what was sent.

    Raises:
        InputError: a page cannot be read.
    """
    wanted = range(MOST) if file.flat else {mark.page for mark in file.marks}
    try:
        drawn = read_characters(file.data, wanted)
    except NotAPdfError as error:
        raise InputError([make_damage_problem(file.shown, error)]) from None
    there = locate_characters(blocks, drawn)
    pages = Pages.of(there)
    struck = {mark.answers: mark for mark in file.marks if mark.grouped and mark.kind == "StrikeOut"}
    found = []
    homes: dict[str, _AnnotationTarget] = {}
    for mark in file.marks:
        if mark.grouped and mark.kind == "StrikeOut":
            continue  # reported with its caret
        if mark.answers in homes and not mark.grouped:
            home = homes[mark.answers]
        else:
            home = _find_target(blocks, pages, mark, struck.get(mark.name))
        homes[mark.name] = home
        found.append(_proposal(blocks, mark, home, replaces=mark.name in struck))
    return [*found, *(find_differences(blocks, drawn, there) if file.flat else ())]


class _AnnotationTarget(NamedTuple):
    """The text and the data path that an annotation refers to.

    `block` is -1 where there is no text.
    """

    block: int
    start: int
    end: int
    path: str


def _find_target(
    blocks: Sequence[ExportedBlock], pages: Pages, mark: PdfAnnotation, struck: PdfAnnotation | None
) -> _AnnotationTarget:
    if over := struck or (mark if mark.kind in OVER_TEXT else None):
        if hit := pages.under(over.page, over.boxes):
            return _AnnotationTarget(hit[0].block, hit[0].offset, hit[-1].offset + 1, blocks[hit[0].block].path)
    elif mark.kind == "Caret" and (gap := pages.gap(mark.page, *mark.point)):
        return _AnnotationTarget(gap[0], gap[1], gap[1], blocks[gap[0]].path)
    block = pages.near(mark.page, *mark.point)
    row = pages.beside(mark.page, *mark.point)
    if len(row) > 1 and all(blocks[each].in_cell for each in row):
        return _AnnotationTarget(block, 0, 0, _common_path([blocks[each].path for each in row]))
    return _AnnotationTarget(block, 0, 0, blocks[block].path if block >= 0 else "")


def _common_path(paths: Sequence[str]) -> str:
    """Return the path of what holds several places in the data.

    For example `body[6].table.rows[0]` for its cells.
    """
    steps = zip(*map(STEP.findall, paths), strict=False)
    return "".join(row[0] for row in takewhile(lambda row: len(set(row)) == 1, steps))


def _proposal(
    blocks: Sequence[ExportedBlock], mark: PdfAnnotation, home: _AnnotationTarget, *, replaces: bool
) -> Proposal:
    block, start, end, path = home
    text = blocks[block].text if block >= 0 else ""
    edits = mark.kind in {"StrikeOut", "Caret"} and not mark.answers and block >= 0
    known = mark.kind in OVER_TEXT | BESIDE
    after = mark.text
    if edits:
        after = "" if mark.kind == "StrikeOut" else mark.text if replaces else _add_spaces(text, start, mark.text)
    return Proposal(
        kind=ProposalKind.EDIT if edits and (after or start < end) else ProposalKind.COMMENT if known else
        ProposalKind.UNMAPPED,
        path=path, before=text[start:end], after=after, author=mark.author,
        date=mark.date, tracked=True, block=block, start=start, end=end, name=mark.name, answers=mark.answers,
        mark=mark.kind.lower(),
    )  # fmt: skip


def _add_spaces(text: str, at: int, new: str) -> str:
    """Return inserted words with the spaces that their neighbours need."""
    before = " " if at and not text[at - 1].isspace() and new[:1].isalnum() else ""
    after = " " if text[at : at + 1].isalnum() and not new[-1:].isspace() else ""
    return f"{before}{new}{after}" if new else ""
