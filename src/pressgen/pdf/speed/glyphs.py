"""Read a line's glyphs at once, and write them from a dictionary.

WeasyPrint reads each glyph from C in four steps and formats its number and its kerning each time. Here the glyphs of a
run come as one array of numbers, and the output for a glyph of a font with a width is made once. A line with anything
unusual (marks moved off their place, missing and empty glyphs, emoji, bitmap fonts, an ellipsis) is left to WeasyPrint
before anything of it is written.

Gain alone: 6 ms. Depends on `draw.text.draw_first_line`, `pdf.stream.Stream.add_font`, `pdf.fonts.Font`, and on the
layout of `PangoGlyphInfo`: five 32-bit numbers, of which the second is the width and the next two the offset.
"""

from __future__ import annotations

from typing import Any

from weasyprint.draw.text import draw_first_line as stock
from weasyprint.text.ffi import FROM_UNITS, ffi, pango

from pressgen.pdf.speed.patching import replace_everywhere

FIELDS, FIELD = 5, 4
"""Numbers in a `PangoGlyphInfo`, and bytes of each."""
ODD = pango.PANGO_GLYPH_EMPTY
"""Glyphs from this number on are in no font."""
TINY = 1e-6
NULL = ffi.NULL

Run = tuple[Any, Any, Any, float, list[int]]
"""The glyph item, Pango's font, WeasyPrint's font, its size, the numbers of the glyphs."""


def draw_first_line(stream: Any, textbox: Any, text_overflow: str, block_ellipsis: Any, matrix: Any) -> Any:
    """Replace `draw.text.draw_first_line`: draw plain lines from a dictionary."""
    layout = textbox.pango_layout
    line = layout.__dict__.get("line")  # that of a paragraph, see `paragraphs`
    if text_overflow != "ellipsis" and block_ellipsis == "none" and textbox.style["font_size"] >= TINY:
        if not textbox.text.strip():
            return []
        if line is None:
            pango.pango_layout_set_single_paragraph_mode(layout.layout, True)
        shown = pango.pango_layout_get_line_readonly(layout.layout, 0) if line is None else line
        if runs := _read_plain_runs(stream, shown.runs, trimmed=line is not None and layout.trimmed):
            stream.set_text_matrix(*matrix.values)
            _show_runs(stream, layout.text.encode() if line is None else layout.paragraph.text, runs)
            return []
    if line is not None:
        layout.renew(textbox.style)
    return stock(stream, textbox, text_overflow, block_ellipsis, matrix)


def _read_plain_runs(stream: Any, linked: Any, *, trimmed: bool) -> list[Run]:
    """List the runs of a line; none if one is unusual.

    The last glyph is left out if the line is `trimmed`.
    """
    runs: list[Run] = []
    previous: Any = None
    font: Any = None
    size = 0.0
    run = linked[0]
    while run != NULL:
        item = run.data
        run = run.next
        pango_font = item.item.analysis.font
        if pango_font != previous:
            previous = pango_font
            font, size = stream.add_font(pango_font)
            if font.png or font.svg or font.colr or font.bitmap:
                return []
        glyphs = item.glyphs
        numbers = memoryview(ffi.buffer(glyphs.glyphs, FIELDS * FIELD * glyphs.num_glyphs)).cast("i").tolist()
        if trimmed and run == NULL:
            del numbers[-FIELDS:]
        if any(numbers[2::FIELDS]) or any(numbers[3::FIELDS]):
            return []
        if numbers and not 0 <= min(numbers[::FIELDS]) <= max(numbers[::FIELDS]) < ODD:
            return []
        runs.append((item, pango_font, font, size, numbers))
    return runs


def _show_runs(stream: Any, source: bytes, runs: list[Run]) -> None:
    written: list[str] = []
    previous = None
    for run in runs:
        _, pango_font, font, size, numbers = run
        if pango_font != previous:
            previous = pango_font
            if text := "".join(written):
                stream.show_text(text)
            written = []
            stream.set_font_size(font.hash, size)
            known = font.__dict__.setdefault("written", {}).setdefault(size, {})
        written.append("<")
        for index, glyph in enumerate(zip(numbers[::FIELDS], numbers[1::FIELDS], strict=True)):
            try:
                written.append(known[glyph])
            except KeyError:
                known[glyph] = text = _format_glyph(stream, source, run, index)
                written.append(text)
        if written[-1].endswith("<"):
            written[-1] = written[-1][:-1]
        else:
            written.append(">")
    stream.show_text("".join(written))


def _format_glyph(stream: Any, source: bytes, run: Run, index: int) -> str:
    """Return what is written for a glyph: its number and kerning.

    The font also learns its text and its width.
    """
    item, pango_font, font, size, numbers = run
    glyph, width = numbers[FIELDS * index : FIELDS * index + 2]
    if glyph not in font.to_unicode:
        font.to_unicode[glyph] = _get_glyph_text(source, item, index)
    if glyph not in font.widths:
        pango.pango_font_get_glyph_extents(pango_font, glyph, stream.ink_rect, stream.logical_rect)
        font.widths[glyph] = round(stream.logical_rect.width * 1000 * FROM_UNITS / size)
    kerning = font.widths[glyph] - width * 1000 * FROM_UNITS / size
    return f"{glyph:04x}>{int(kerning)}<" if kerning else f"{glyph:04x}"


def _get_glyph_text(source: bytes, item: Any, index: int) -> str:
    """Return the text that a glyph stands for."""
    glyphs = item.glyphs
    clusters, last = glyphs.log_clusters, glyphs.num_glyphs - 1
    end = item.item.length
    if item.item.analysis.level % 2:  # from right to left
        stop = end if index == 0 else clusters[index - 1]
    else:
        stop = end if index == last else clusters[index + 1]
    offset = item.item.offset
    return source[offset + clusters[index] : offset + stop].decode()


def install() -> None:
    """Install the patch: draw plain lines from a dictionary."""
    replace_everywhere(stock, draw_first_line)
