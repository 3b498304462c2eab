"""Lay out a paragraph once, and take its lines from that layout.

For each line WeasyPrint lays out what is left of the paragraph, then the line with the word after it, then the line by
itself, and once more when it draws it. Here one layout of the whole paragraph gives all its lines. A line is taken from
it only where it is bound to be the one that WeasyPrint would find: Latin text in one font, from left to right, with one
space where it breaks; the word after it is too wide to fit in any case; and the last letter is not kerned against the
space that is left out. Every other line is WeasyPrint's own.

Gain: 8 ms. Depends on `text.line_break.split_first_line` and `Layout`, on `glyphs`, which draws such lines, and on how
Pango breaks lines: the patch is left out where Pango is not of a version that was compared.
"""

from __future__ import annotations

import re
from collections import deque
from typing import Any

from weasyprint.text.ffi import FROM_UNITS, ffi, pango
from weasyprint.text.line_break import Layout, create_layout
from weasyprint.text.line_break import split_first_line as others

from pressgen.pdf.speed.glyphs import FIELD, FIELDS
from pressgen.pdf.speed.patching import replace_everywhere
from pressgen.pdf.speed.pinned_sources import PANGO

NULL = ffi.NULL
RECTANGLE = ffi.typeof("PangoRectangle *")
LATIN = re.compile("[ -~\xa0-\xac\xae-\u024f\u2010-\u2027\u2030-\u205e\u20ac\u2122\u2212]+")
LETTER = re.compile("[A-Za-z\xc0-\xd6\xd8-\xf6\xf8-\u024f]")
LONGEST, MOST = 4000, 100_000
"""The most characters of a paragraph that is laid out at once, and of all layouts that a document keeps."""
WIDEST = 2**21
"""Pixels from which on Pango has no width."""
RATIO = 4
"""How many letters WeasyPrint assumes to be as wide as the font is high; it splits narrower lines in another way."""
SURE = 0.5
"""Pixels by which the next word must be too wide, to be safe from rounding."""
BREAKS = frozenset({"normal", "break-word"})


class ParagraphLayout:
    """The layout of a text, and where its lines start.

    Attributes:
        layout: None once it has been freed.
        text: as bytes.
        starts: the first byte of each line.
    """

    def __init__(self, text: str, style: Any, max_width: float) -> None:
        self.layout = create_layout(text, style, None, max_width, 0)
        self.style = style
        self.text = text.encode()
        self.starts: list[int] = []
        while (line := pango.pango_layout_get_line_readonly(self.layout.layout, len(self.starts))) != NULL:
            self.starts.append(line.start_index)

    def line(self, number: int) -> Any:
        """Return a line as a Pango object."""
        return pango.pango_layout_get_line_readonly(self.layout.layout, number)


class ParagraphLine(Layout):
    """A line layout that borrows from the layout of its paragraph.

    Attributes:
        line: what `glyphs` draws; None once it must be laid out by itself.
        trimmed: whether the last glyph is the space that is left out.
        paragraph: the layout of its paragraph.
    """

    def __init__(self, paragraph: ParagraphLayout, line: Any, text: str, *, trimmed: bool) -> None:
        self.__dict__.update(paragraph.layout.__dict__)  # ascent, underline and so on
        del self.layout, self.language
        self.text = text
        self.line = line
        self.trimmed = trimmed
        self.paragraph: ParagraphLayout | None = paragraph
        self.first_line_direction = line.resolved_dir

    def deactivate(self) -> None:
        """Release the paragraph."""
        self.line = self.paragraph = None
        for name in ("layout", "language", "style"):
            self.__dict__.pop(name, None)

    def reactivate(self, style: Any) -> None:
        """Prepare to be drawn in `style`."""
        if self.paragraph is None or self.paragraph.layout is None or self.style is not style:
            self.renew(style)

    def renew(self, style: Any) -> None:
        """Make a layout of its own."""
        self.line = self.paragraph = None
        super().reactivate(style)


class ParagraphCache:
    """A cache of paragraph layouts by the text that is left."""

    def __init__(self) -> None:
        self._lines: dict[tuple[int, float, str], tuple[ParagraphLayout, int]] = {}
        self._kept: deque[tuple[ParagraphLayout, list[tuple[int, float, str]]]] = deque()
        self._size = 0

    def find(self, text: str, style: Any, max_width: float) -> tuple[ParagraphLayout, int]:
        """Return the paragraph that `text` is left of, and the line number.

        The line is the one that starts with `text`.
        """
        key = (id(style), max_width, text)  # the paragraph holds the style
        if key not in self._lines:
            paragraph = ParagraphLayout(text, style, max_width)
            keys = [(id(style), max_width, paragraph.text[start:].decode()) for start in paragraph.starts]
            self._lines.update({each: (paragraph, number) for number, each in enumerate(keys)})
            self._kept.append((paragraph, keys))
            self._size += len(text)
            while self._size > MOST:
                self._let_go()
        return self._lines[key]

    def _let_go(self) -> None:
        """Forget the oldest paragraph.

        Its lines that are not drawn yet will have layouts of their own.
        """
        paragraph, keys = self._kept.popleft()
        self._size -= len(paragraph.text.decode())
        paragraph.layout = None
        for key in keys:
            if self._lines.get(key, (None,))[0] is paragraph:
                del self._lines[key]


def split_first_line(
    text: str,
    style: Any,
    context: Any,
    max_width: float | None,
    justification_spacing: float,
    is_line_start: bool = True,
    minimum: bool = False,
) -> Any:
    """Replace `split_first_line`: take the line from its paragraph's layout."""
    if (
        max_width is not None
        and context is not None
        and not minimum
        and not justification_spacing
        and len(text) <= LONGEST
        and style["font_size"] * RATIO <= max_width < WIDEST
        and style["font_size"] >= 1
        and _is_plain_style(style)
        and LATIN.fullmatch(text)
    ):
        paragraphs = context.__dict__.setdefault("paragraphs", ParagraphCache())
        paragraph, number = paragraphs.find(text, style, max_width)
        found = _take_line(paragraph, number, text, max_width)
        if found is not None:
            return found
    return others(text, style, context, max_width, justification_spacing, is_line_start, minimum)


def _is_plain_style(style: Any) -> bool:
    return (
        style["white_space"] == style["word_break"] == style["letter_spacing"] == "normal"
        and style["word_spacing"] == 0
        and style["direction"] == "ltr"
        and style["hyphens"] != "auto"
        and style["overflow_wrap"] in BREAKS
    )


def _take_line(paragraph: ParagraphLayout, number: int, text: str, max_width: float) -> Any:
    """Return a line of a paragraph, or None if it is unsafe."""
    line = paragraph.line(number)
    run = line.runs[0]
    if run == NULL or run.next != NULL or _get_embedding_level(run.data):
        return None
    extents = ffi.new(RECTANGLE)
    pango.pango_layout_line_get_extents(line, NULL, extents)
    width = extents.width * FROM_UNITS
    sizes = width, extents.height * FROM_UNITS, -extents.y * FROM_UNITS
    if width > max_width:
        return None
    if number + 1 == len(paragraph.starts):
        if not LETTER.search(text):
            return None
        return ParagraphLine(paragraph, line, text, trimmed=False), line.length, None, *sizes
    start, end = paragraph.starts[number : number + 2]
    whole = paragraph.text[start:end]
    shown = whole[:-1]
    if not whole.endswith(b" ") or shown.endswith(b" ") or not LETTER.search(shown.decode()):
        return None
    if width + _measure_next_word(paragraph, number) <= max_width + SURE or _is_kerned(run.data):
        return None
    return ParagraphLine(paragraph, line, shown.decode(), trimmed=True), len(shown), end - start, *sizes


def _measure_next_word(paragraph: ParagraphLayout, number: int) -> float:
    """Return at most the width of the next line's first word."""
    start = paragraph.starts[number + 1]
    first, rest = len(paragraph.text[:start].decode()), paragraph.text[start:].decode()
    breaks = pango.pango_layout_get_log_attrs_readonly(paragraph.layout.layout, NULL)
    length = next((each for each in range(1, len(rest)) if breaks[first + each].is_line_break), len(rest))
    end = start + len(rest[:length].rstrip(" ").encode())
    run = paragraph.line(number + 1).runs[0]
    if run == NULL or _get_embedding_level(run.data):
        return 0
    glyphs, offset = run.data.glyphs, run.data.item.offset
    count = glyphs.num_glyphs
    widths = memoryview(ffi.buffer(glyphs.glyphs, FIELDS * FIELD * count)).cast("i").tolist()[1::FIELDS]
    clusters = memoryview(ffi.buffer(glyphs.log_clusters, FIELD * count)).cast("i").tolist()
    return float(sum(width for width, at in zip(widths, clusters, strict=True) if offset + at < end) * FROM_UNITS)


def _get_embedding_level(item: Any) -> int:
    """Return the bidirectional embedding level of a run.

    It is 0 for plain text from left to right.

    It is a byte, which WeasyPrint declares as wider.
    """
    return int(item.item.analysis.level & 0xFF)


def _is_kerned(item: Any) -> bool:
    """Return whether the last letter is kerned against the trimmed space."""
    glyphs = item.glyphs
    last = glyphs.num_glyphs - 1
    if last < 1 or glyphs.glyphs[last].geometry.width:
        return True
    letter, alone = glyphs.glyphs[last - 1], ffi.new(RECTANGLE)
    pango.pango_font_get_glyph_extents(item.item.analysis.font, letter.glyph, NULL, alone)
    return bool(letter.geometry.width != alone.width)


def install() -> None:
    """Install the patch: take lines from one layout of the paragraph."""
    number = pango.pango_version()
    if f"{number // 10000}.{number // 100 % 100}.{number % 100}" in PANGO:
        replace_everywhere(others, split_first_line)
