"""Two editors of an office: one changes the Word file that he was sent, the other marks up the PDF."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from random import Random

import pikepdf
import pypdfium2

from pressgen.model.export import Export
from review.dialects import DIALECTS, written
from review.editing import Editing

Box = tuple[float, float, float, float]


def in_word(root: Path, sent: bytes, *edits: Callable[[Editing], None]) -> bytes:
    """The Word file of the only round in a workspace after an editor's work."""
    (record,) = (root / ".pressgen" / "reviews").glob("*/001-*.json")
    editing = Editing(sent, Export.from_json(record.read_bytes()).blocks, Random(1))  # noqa: S311 - the same each time
    for edit in edits:
        edit(editing)
    return written(editing, DIALECTS["word"], Random(1))  # noqa: S311 - as above


def on_pdf(sent: bytes, replaced: tuple[str, str], noted: tuple[str, str]) -> bytes:
    """A PDF on which one word is replaced by another, in Acrobat's way, and a remark stands beside one."""
    with pikepdf.open(io.BytesIO(sent)) as file:
        page = file.pages[0]
        left, bottom, right, top = _box(sent, replaced[0])
        caret = file.make_indirect(
            _mark("Caret", (right - 4, bottom - 3, right + 4, bottom + 7), replaced[1], IT=pikepdf.Name.Replace)
        )
        strike = _mark("StrikeOut", (left, bottom, right, top), "", IRT=caret, RT=pikepdf.Name.Group)
        strike.QuadPoints = pikepdf.Array([left, top, right, top, left, bottom, right, bottom])
        strike.IT = pikepdf.Name.StrikeOutTextEdit
        x, y = _box(sent, noted[0])[:2]
        note = _mark("Text", (x - 10, y - 5, x + 10, y + 15), noted[1])
        marks = [caret, *(file.make_indirect(each) for each in (strike, note))]
        page.Annots = file.make_indirect(pikepdf.Array([*page.get("/Annots", []), *marks]))
        out = io.BytesIO()
        file.save(out)
    return out.getvalue()


def strike(sent: bytes, words: str, note: str) -> bytes:
    """A PDF on whose first page words are struck out, with a note in the mark, and no date."""
    with pikepdf.open(io.BytesIO(sent)) as file:
        left, bottom, right, top = _box(sent, words)
        mark = _mark("StrikeOut", (left, bottom, right, top), note)
        mark.QuadPoints = pikepdf.Array([left, top, right, top, left, bottom, right, bottom])
        del mark.M
        page = file.pages[0]
        page.Annots = file.make_indirect(pikepdf.Array([*page.get("/Annots", []), file.make_indirect(mark)]))
        out = io.BytesIO()
        file.save(out)
    return out.getvalue()


def _mark(kind: str, box: Box, contents: str, **more: object) -> pikepdf.Dictionary:
    return pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name(f"/{kind}"), NM=f"{kind}-1", T="Bo Desk", Contents=contents,
        M="D:20261120100000Z", Rect=pikepdf.Array(box), **more,
    )  # fmt: skip


def _box(sent: bytes, words: str) -> Box:
    """Where words stand on the first page."""
    with pypdfium2.PdfDocument(sent) as file:
        text = file[0].get_textpage()
        index, count = text.search(words).get_next()
        boxes = [text.get_charbox(each) for each in range(index, index + count)]
    return boxes[0][0], min(each[1] for each in boxes), boxes[-1][2], max(each[3] for each in boxes)
