"""Measure each word once, not at every occurrence.

For the widths of a table's columns WeasyPrint asks Pango for each word of each cell by itself, and it asks again for
the short texts of every page: markers, cells, running headers. Here the results are kept with the fonts, by the text
and by all of the style that it depends on. The layouts that come back hold nothing of Pango any more, and each caller
has its own.

Gain: 2 ms where there is a table. Depends on `text.line_break.split_first_line` and `Layout.deactivate`.
"""

from __future__ import annotations

import re
from typing import Any

from weasyprint.text.line_break import Layout
from weasyprint.text.line_break import split_first_line as stock

from pressgen.pdf.speed.patching import replace_everywhere

MOST, SHORT = 10_000, 80
"""How many measurements are kept for a set of fonts, and the longest text (in characters) that is kept."""
PLAIN = re.compile(r"[A-Za-z0-9À-ÖØ-öø-ÿ]+[.,;:]? [A-Za-z0-9À-ÖØ-öø-ÿ]")
"""A word and the letter after it: a line may end between them, whatever follows."""
DEPENDING = (
    "direction",
    "lang",
    "font_language_override",
    "font_style",
    "font_stretch",
    "font_weight",
    "font_size",
    "font_variation_settings",
    "font_kerning",
    "font_variant_ligatures",
    "font_variant_position",
    "font_variant_caps",
    "font_variant_numeric",
    "font_variant_alternates",
    "font_variant_east_asian",
    "font_feature_settings",
    "text_decoration_line",
    "letter_spacing",
    "word_spacing",
    "tab_size",
    "white_space",
    "overflow_wrap",
    "word_break",
    "hyphens",
    "hyphenate_character",
    "hyphenate_limit_chars",
    "hyphenate_limit_zone",
)
"""The properties that the size of text depends on, in addition to `font_family`."""

Measured = tuple[dict[str, Any], int, int | None, float, float, float]
"""The attributes of a layout, and the other values that WeasyPrint gets."""


def split_first_line(
    text: str,
    style: Any,
    context: Any,
    max_width: float | None,
    justification_spacing: float,
    is_line_start: bool = True,
    minimum: bool = False,
) -> Any:
    """Replace `split_first_line`: measure each short text once."""
    given = max_width, justification_spacing, is_line_start, minimum
    first_word = _find_first_word(text, style) if minimum and max_width == 0 else None
    if first_word is None and len(text) > SHORT:
        return stock(text, style, context, *given)
    key = (
        first_word,
        text if first_word is None else None,
        *given,
        *style["font_family"],
        *[style[name] for name in DEPENDING],
    )
    kept: dict[Any, Measured] = style.font_config.__dict__.setdefault("measured", {})
    try:
        found = kept.get(key)
    except TypeError:  # a value that is no key
        return stock(text, style, context, *given)
    if found is None:
        layout, *sizes = stock(text, style, context, *given)
        if len(kept) >= MOST:
            kept.clear()
        kept[key] = (dict(layout.__dict__), *sizes)
        return layout, *sizes
    layout = Layout.__new__(Layout)
    layout.__dict__.update(found[0])
    return layout, *found[1:]


def _find_first_word(text: str, style: Any) -> str | None:
    """Return the first word if nothing after it matters, or None."""
    start = text[: text.find(" ") + 2]
    if (
        len(start) < len(text)
        and PLAIN.fullmatch(start)
        and style["white_space"] == style["word_break"] == "normal"
        and style["overflow_wrap"] != "anywhere"
        and style["hyphens"] != "auto"
        and "\xad" not in text
    ):
        return start
    return None


def install() -> None:
    """Install the patch: measure each word once."""
    replace_everywhere(stock, split_first_line)
