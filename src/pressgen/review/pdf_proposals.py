"""Turn the annotations that editors put on a PDF into proposals.

Geometry decides, whatever program made them. Deletions, replacements and insertions are edits; every other annotation
is a remark. A note on a deletion is a remark too. Annotations of an unknown kind are listed.
"""

from __future__ import annotations

import re
from dataclasses import replace
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
    "Popup",
}
REPLACEMENT = 100
"""The most characters of a note on struck words that may be the new words."""
NEW_WORDS = "the note may be the new words or a remark; if it is the new words, accept this one by its number"
A_NOTE = "there is a note on it; read that first, then accept this one by its number to delete the words"
AN_ANSWER = "somebody has answered it; read the answer first, then accept this one by its number"
WITHIN_A_WORD = "the mark stands within a word; if these letters belong there, accept this one by its number"
LETTERS = 2
"""The most letters that an editor may add within a word; more are a word."""
WORD = re.compile(r"\w+(?:[\u2019'\-.,:/]\w+)*")
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
    struck = _pair_replacements(file.marks)
    replaced = {strike.name: mark for mark in file.marks if (strike := struck.get(mark.name))}
    answered = {mark.answers for mark in file.marks if mark.text and not mark.grouped}
    found: list[Proposal] = []
    homes: dict[str, _AnnotationTarget] = {}
    for mark in file.marks:
        if caret := replaced.get(mark.name):
            homes[mark.name] = _find_target(blocks, pages, mark, None)
            if mark.text and mark.text != caret.text:
                found.append(_build_remark(blocks, mark, homes[mark.name]))
            continue  # reported with its caret
        if mark.answers in homes and not mark.grouped:
            home = homes[mark.answers]
        else:
            home = _find_target(blocks, pages, mark, struck.get(mark.name))
        homes[mark.name] = home
        told = _propose(blocks, mark, home, replaces=mark.name in struck)
        asked = mark.name in answered or (mark.name in struck and struck[mark.name].name in answered)
        found += [
            replace(each, question=each.question or AN_ANSWER) if asked and each.kind is ProposalKind.EDIT else each
            for each in told
        ]
    return [*found, *(find_differences(blocks, drawn, there) if file.flat else ())]


def _pair_replacements(marks: Sequence[PdfAnnotation]) -> dict[str, PdfAnnotation]:
    """Return the strike-out of each caret that replaces words.

    They are found by the name of the caret. Programs group the two as one mark; either may be the one that leads.
    """
    carets = {mark.name: mark for mark in marks if mark.kind == "Caret"}
    strikes = {mark.name: mark for mark in marks if mark.kind == "StrikeOut"}
    found = {mark.answers: mark for mark in strikes.values() if mark.grouped and mark.answers in carets}
    led = {mark.name: strikes[mark.answers] for mark in carets.values() if mark.grouped and mark.answers in strikes}
    return found | led


class _AnnotationTarget(NamedTuple):
    """The text and the data path that an annotation refers to.

    `block` is -1 where there is no text. `exact` says whether it is about these very characters, or the gap there.
    """

    block: int
    start: int
    end: int
    path: str
    exact: bool = False


def _find_target(
    blocks: Sequence[ExportedBlock], pages: Pages, mark: PdfAnnotation, struck: PdfAnnotation | None
) -> _AnnotationTarget:
    if over := struck or (mark if mark.kind in OVER_TEXT else None):
        if hit := pages.under(over.page, over.boxes):
            return _AnnotationTarget(
                hit[0].block, hit[0].offset, hit[-1].offset + 1, blocks[hit[0].block].path, exact=True
            )
    elif mark.kind == "Caret" and (gap := _find_gap(blocks, pages, mark)):
        return _AnnotationTarget(gap[0], gap[1], gap[1], blocks[gap[0]].path, exact=True)
    block = pages.near(mark.page, *mark.point)
    row = pages.beside(mark.page, *mark.point)
    if len(row) > 1 and all(blocks[each].in_cell for each in row):
        return _AnnotationTarget(block, 0, 0, _common_path([blocks[each].path for each in row]))
    return _AnnotationTarget(block, 0, 0, blocks[block].path if block >= 0 else "")


def _find_gap(blocks: Sequence[ExportedBlock], pages: Pages, mark: PdfAnnotation) -> tuple[int, int] | None:
    """Return the text and offset where a caret puts its words.

    Words go between words, however a program draws the caret. One or two letters may belong within a word.
    """
    exact = pages.gap(mark.page, *mark.point)
    if exact is None or _is_letters(mark.text):
        return exact
    return pages.gap(mark.page, *mark.point, lambda block, at: not _is_within_word(blocks[block].text, at)) or exact


def _is_letters(text: str) -> bool:
    return text.isalpha() and len(text) <= LETTERS


def _is_within_word(text: str, at: int) -> bool:
    return any(match.start() < at < match.end() for match in WORD.finditer(text))


def _common_path(paths: Sequence[str]) -> str:
    """Return the path of what holds several places in the data.

    For example `body[6].table.rows[0]` for its cells.
    """
    steps = zip(*map(STEP.findall, paths), strict=False)
    return "".join(row[0] for row in takewhile(lambda row: len(set(row)) == 1, steps))


def _propose(
    blocks: Sequence[ExportedBlock], mark: PdfAnnotation, home: _AnnotationTarget, *, replaces: bool
) -> list[Proposal]:
    """Return what a mark proposes: an edit, a remark, or both."""
    remark = _build_remark(blocks, mark, home)
    if mark.kind not in {"StrikeOut", "Caret"} or (mark.answers and not replaces) or not home.exact:
        return [remark]
    if mark.kind == "StrikeOut":
        note = "" if mark.text.split() == remark.before.split() else mark.text  # programs copy the struck words there
        if not note:
            return [replace(remark, kind=ProposalKind.EDIT, after="")]
        short = "\n" not in note and len(note) <= REPLACEMENT
        edit = replace(
            remark, kind=ProposalKind.EDIT, after=note if short else "", question=NEW_WORDS if short else A_NOTE
        )
        return [edit, remark]
    text = blocks[home.block].text
    if replaces:
        return [replace(remark, kind=ProposalKind.EDIT, after=mark.text) if mark.text or remark.before else remark]
    return [_insert_words(remark, text, mark.text)] if mark.text else [remark]


def _insert_words(remark: Proposal, text: str, new: str) -> Proposal:
    """Return the edit that inserts the words of a caret."""
    at = remark.start
    if _is_letters(new) and _is_within_word(text, at):
        return replace(remark, kind=ProposalKind.EDIT, after=new, question=WITHIN_A_WORD)
    if new[0] in ",.;:!?)" and text[at - 1 : at].isspace():
        at = len(text[:at].rstrip())  # before the blank
    return replace(remark, kind=ProposalKind.EDIT, start=at, end=at, after=_add_spaces(text, at, new))


def _build_remark(blocks: Sequence[ExportedBlock], mark: PdfAnnotation, home: _AnnotationTarget) -> Proposal:
    text = blocks[home.block].text if home.block >= 0 else ""
    known = mark.kind in OVER_TEXT | BESIDE
    return Proposal(
        kind=ProposalKind.COMMENT if known else ProposalKind.UNMAPPED,
        path=home.path, before=text[home.start : home.end], after=mark.text, author=mark.author,
        date=mark.date, tracked=True, block=home.block, start=home.start, end=home.end, name=mark.name,
        answers=mark.answers, mark=mark.kind.lower(),
    )  # fmt: skip


def _add_spaces(text: str, at: int, new: str) -> str:
    """Return inserted words with the spaces that their neighbours need."""
    before = " " if at and not text[at - 1].isspace() and new[:1].isalnum() else ""
    after = " " if text[at : at + 1].isalnum() and not new[-1:].isspace() else ""
    return f"{before}{new}{after}" if new else ""
