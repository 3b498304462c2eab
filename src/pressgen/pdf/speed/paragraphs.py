"""A paragraph is laid out once, and its lines are taken from that, to be measured and to be drawn.

For each line WeasyPrint lays out what is left of the paragraph, then the line with the word after it, then the line by
itself, and once more when it draws it. Here one layout of the whole paragraph gives all its lines. A line of it is
taken only where it is bound to be the one that WeasyPrint would find: Latin text in one font, from left to right, with
one space where it breaks; the word after it is too wide to fit in any case; and the last letter is not kerned against
the space that is left out. Every other line is WeasyPrint's own.

Gain: 8 ms. Leans on `text.line_break.split_first_line` and `Layout`, on `glyphs`, which draws
such lines, and on how Pango breaks lines: it is left out where Pango is not of a version that was compared.
"""

# ruff: noqa: ANN401 - WeasyPrint has no types

from __future__ import annotations

import re
from collections import deque
from typing import Any

from weasyprint.text.ffi import FROM_UNITS, ffi, pango
from weasyprint.text.line_break import Layout, create_layout
from weasyprint.text.line_break import split_first_line as others

from pressgen.pdf.speed.glyphs import FIELD, FIELDS
from pressgen.pdf.speed.patching import everywhere
from pressgen.pdf.speed.pinned_sources import PANGO

NULL = ffi.NULL
RECTANGLE = ffi.typeof("PangoRectangle *")
LATIN = re.compile("[ -~\xa0-\xac\xae-\u024f\u2010-\u2027\u2030-\u205e\u20ac\u2122\u2212]+")
LETTER = re.compile("[A-Za-z\xc0-\xd6\xd8-\xf6\xf8-\u024f]")
LONGEST, MOST = 4000, 100_000
"""Characters of the longest paragraph that is laid out at once, and of all whose layouts a document keeps."""
WIDEST = 2**21
"""Pixels from which on Pango knows no width."""
RATIO = 4
"""How many letters WeasyPrint takes to be as wide as the font is high; narrower lines it splits in another way."""
SURE = 0.5
"""Pixels by which the next word must be too wide, whatever is rounded on the way."""
BREAKS = frozenset({"normal", "break-word"})


class Paragraph:
    """The layout of a text, and where its lines start.

    Attributes:
        layout: None once it is let go.
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
        """A line, as Pango has it."""
        return pango.pango_layout_get_line_readonly(self.layout.layout, number)


class Line(Layout):  # type: ignore[misc]  # as above
    """A layout of one line that has none of its own: it is a line of a paragraph.

    Attributes:
        line: what `glyphs` draws; None once it must be laid out by itself.
        trimmed: whether the last glyph is the space that is left out.
        paragraph: what it is a line of.
    """

    def __init__(self, paragraph: Paragraph, line: Any, text: str, *, trimmed: bool) -> None:
        self.__dict__.update(paragraph.layout.__dict__)  # ascent, underline and so on
        del self.layout, self.language
        self.text = text
        self.line = line
        self.trimmed = trimmed
        self.paragraph: Paragraph | None = paragraph
        self.first_line_direction = line.resolved_dir

    def deactivate(self) -> None:
        """Let go of the paragraph."""
        self.line = self.paragraph = None
        for name in ("layout", "language", "style"):
            self.__dict__.pop(name, None)

    def reactivate(self, style: Any) -> None:
        """Be ready to be drawn in `style`."""
        if self.paragraph is None or self.paragraph.layout is None or self.style is not style:
            self.renew(style)

    def renew(self, style: Any) -> None:
        """Have a layout of its own."""
        self.line = self.paragraph = None
        super().reactivate(style)


class Paragraphs:
    """The paragraphs of a document, by what is left of them where a line starts."""

    def __init__(self) -> None:
        self._lines: dict[tuple[int, float, str], tuple[Paragraph, int]] = {}
        self._kept: deque[tuple[Paragraph, list[tuple[int, float, str]]]] = deque()
        self._size = 0

    def find(self, text: str, style: Any, max_width: float) -> tuple[Paragraph, int]:
        """The paragraph of which `text` is left, and the number of the line that starts here."""
        key = (id(style), max_width, text)  # the paragraph holds the style
        if key not in self._lines:
            paragraph = Paragraph(text, style, max_width)
            keys = [(id(style), max_width, paragraph.text[start:].decode()) for start in paragraph.starts]
            self._lines.update({each: (paragraph, number) for number, each in enumerate(keys)})
            self._kept.append((paragraph, keys))
            self._size += len(text)
            while self._size > MOST:
                self._let_go()
        return self._lines[key]

    def _let_go(self) -> None:
        """Forget the oldest paragraph; lines of it that are not drawn yet will have layouts of their own."""
        paragraph, keys = self._kept.popleft()
        self._size -= len(paragraph.text.decode())
        paragraph.layout = None
        for key in keys:
            if self._lines.get(key, (None,))[0] is paragraph:
                del self._lines[key]


def split_first_line(  # noqa: PLR0913, PLR0917 - WeasyPrint's own
    text: str,
    style: Any,
    context: Any,
    max_width: float | None,
    justification_spacing: float,
    is_line_start: bool = True,  # noqa: FBT001, FBT002
    minimum: bool = False,  # noqa: FBT001, FBT002
) -> Any:
    """`weasyprint.text.line_break.split_first_line`."""
    if (
        max_width is not None
        and context is not None
        and not minimum
        and not justification_spacing
        and len(text) <= LONGEST
        and style["font_size"] * RATIO <= max_width < WIDEST
        and style["font_size"] >= 1
        and _plain(style)
        and LATIN.fullmatch(text)
    ):
        paragraphs = context.__dict__.setdefault("paragraphs", Paragraphs())
        paragraph, number = paragraphs.find(text, style, max_width)
        found = _taken(paragraph, number, text, max_width)
        if found is not None:
            return found
    return others(text, style, context, max_width, justification_spacing, is_line_start, minimum)


def _plain(style: Any) -> bool:
    return (
        style["white_space"] == style["word_break"] == style["letter_spacing"] == "normal"
        and style["word_spacing"] == 0
        and style["direction"] == "ltr"
        and style["hyphens"] != "auto"
        and style["overflow_wrap"] in BREAKS
    )


def _taken(paragraph: Paragraph, number: int, text: str, max_width: float) -> Any:
    """What WeasyPrint is told of a line; None where it must look itself."""
    line = paragraph.line(number)
    run = line.runs[0]
    if run == NULL or run.next != NULL or _embedded(run.data):
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
        return Line(paragraph, line, text, trimmed=False), line.length, None, *sizes
    start, end = paragraph.starts[number : number + 2]
    whole = paragraph.text[start:end]
    shown = whole[:-1]
    if not whole.endswith(b" ") or shown.endswith(b" ") or not LETTER.search(shown.decode()):
        return None
    if width + _next_word(paragraph, number) <= max_width + SURE or _kerned(run.data):
        return None
    return Line(paragraph, line, shown.decode(), trimmed=True), len(shown), end - start, *sizes


def _next_word(paragraph: Paragraph, number: int) -> float:
    """The width, or less, of the first word of the line after `number`."""
    start = paragraph.starts[number + 1]
    first, rest = len(paragraph.text[:start].decode()), paragraph.text[start:].decode()
    breaks = pango.pango_layout_get_log_attrs_readonly(paragraph.layout.layout, NULL)
    length = next((each for each in range(1, len(rest)) if breaks[first + each].is_line_break), len(rest))
    end = start + len(rest[:length].rstrip(" ").encode())
    run = paragraph.line(number + 1).runs[0]
    if run == NULL or _embedded(run.data):
        return 0
    glyphs, offset = run.data.glyphs, run.data.item.offset
    count = glyphs.num_glyphs
    widths = memoryview(ffi.buffer(glyphs.glyphs, FIELDS * FIELD * count)).cast("i").tolist()[1::FIELDS]
    clusters = memoryview(ffi.buffer(glyphs.log_clusters, FIELD * count)).cast("i").tolist()
    return float(sum(width for width, at in zip(widths, clusters, strict=True) if offset + at < end) * FROM_UNITS)


def _embedded(item: Any) -> int:
    """How deep the direction of a run is embedded: 0 for plain text from left to right.

    It is a byte, which WeasyPrint declares as wider.
    """
    return int(item.item.analysis.level & 0xFF)


def _kerned(item: Any) -> bool:
    """Whether the last letter, before the space that is left out, is of another width than by itself."""
    glyphs = item.glyphs
    last = glyphs.num_glyphs - 1
    if last < 1 or glyphs.glyphs[last].geometry.width:
        return True
    letter, alone = glyphs.glyphs[last - 1], ffi.new(RECTANGLE)
    pango.pango_font_get_glyph_extents(item.item.analysis.font, letter.glyph, NULL, alone)
    return bool(letter.geometry.width != alone.width)


def put_in_place() -> None:
    """Let the lines of a paragraph come from one layout."""
    number = pango.pango_version()
    if f"{number // 10000}.{number // 100 % 100}.{number % 100}" in PANGO:
        everywhere(others, split_first_line)
