"""Make text from right to left copy right from a PDF.

Viewers (pdfium, poppler and PDF.js) take the characters of such a line as they are drawn, from left to right, and turn
their order round. WeasyPrint says of a ligature what it stands for in the order of speech, so that it is turned round
as well: لا was copied as ال. Of a letter with points it says that the letter stands for both. Here each glyph stands
for its own characters in the order of the eye, a point for itself. Source: ISO 32000-1, 9.10.3 and 14.8.2.3.3.
"""

from __future__ import annotations

import re
import unicodedata
from functools import wraps
from typing import TYPE_CHECKING, Any

from weasyprint.draw import text as drawing
from weasyprint.text.ffi import ffi, pango

from pressgen.pdf.speed.patching import replace_everywhere

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

BACKWARDS = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
"""A character of a script that runs from right to left."""
JOINER = "\u200d"
"""What a glyph stands for that is a part of a letter: viewers take an empty text for none, and show a number."""


def install() -> None:
    """Learn the characters of each such line before it is drawn."""
    draw_line = drawing.draw_first_line

    @wraps(draw_line)
    def draw_first_line(stream: Any, textbox: Any, text_overflow: str, block_ellipsis: Any, matrix: Any) -> Any:
        if BACKWARDS.search(textbox.text) and text_overflow != "ellipsis" and block_ellipsis == "none":
            _learn_line(stream, textbox.pango_layout)
        return draw_line(stream, textbox, text_overflow, block_ellipsis, matrix)

    replace_everywhere(draw_line, draw_first_line)


def _learn_line(stream: Any, layout: Any) -> None:
    line = layout.__dict__.get("line")  # that of a paragraph, see `speed.paragraphs`
    source = layout.text.encode() if line is None else layout.paragraph.text
    if line is None:
        pango.pango_layout_set_single_paragraph_mode(layout.layout, True)
        line = pango.pango_layout_get_line_readonly(layout.layout, 0)
    run = line.runs[0]
    while run != ffi.NULL:
        if run.data.item.analysis.level % 2:
            font, _ = stream.add_font(run.data.item.analysis.font)
            for glyph, text in _read_glyphs(source, run.data):
                if glyph < pango.PANGO_GLYPH_EMPTY:
                    font.to_unicode.setdefault(glyph, text)
        run = run.next


def _read_glyphs(source: bytes, item: Any) -> Iterator[tuple[int, str]]:
    """Yield the glyphs of a run with their characters.

    Both are in the order of the eye, from left to right.
    """
    clusters, count = item.glyphs.log_clusters, item.glyphs.num_glyphs
    at, stop = 0, item.item.length
    while at < count:
        start, end = clusters[at], at
        while end < count and clusters[end] == start:
            end += 1
        glyphs = [item.glyphs.glyphs[each].glyph for each in range(at, end)]
        text = source[item.item.offset + start : item.item.offset + stop].decode()
        yield from zip(glyphs, share_characters(text, len(glyphs)), strict=True)
        at, stop = end, start


def share_characters(text: str, glyphs: int) -> Sequence[str]:
    """Return what each glyph stands for, from left to right.

    Args:
        text: the characters of the cluster in the order of speech.
        glyphs: how many glyphs draw it. The letter, or a ligature of letters, is the last; points and marks precede.
    """
    marks = [each for each in text if unicodedata.combining(each)] if glyphs > 1 else []
    letters = [each for each in text if not marks or each not in marks]
    before = [*marks[::-1], *[JOINER] * glyphs][: glyphs - 1]
    if before and len(marks) >= glyphs:
        before[-1] = "".join(marks[: len(marks) - glyphs + 2][::-1])
    return [*before, "".join(letters[::-1])]
