"""Glyphs: the program of a font opened, and what is shown looked up in it."""

from __future__ import annotations

import io
import struct
import unicodedata
from typing import TYPE_CHECKING, Any

from fontTools.ttLib import TTFont, TTLibError
from pikepdf import Array, Stream

from pressgen.pdf.objects import content, items, number, value

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pressgen.pdf.objects import Node

SFNT = (b"\x00\x01\x00\x00", b"true", b"OTTO")
BROKEN = (
    TTLibError,
    struct.error,
    AssertionError,
    KeyError,
    IndexError,
    ValueError,
    TypeError,
    AttributeError,
    EOFError,
)
"""What fontTools raises for a font that is damaged."""
TOLERANCE = 1
"""Thousandths of the type size by which widths may differ (ISO 14289-1, 7.21.5)."""
MOST_WIDTHS = 200_000
"""Widths told in ranges: three times all that two bytes can say."""
UNSEEN = {"Zs", "Zl", "Zp", "Cc", "Cf", "Mn", "Me"}
"""Categories of characters that may have no shape of their own."""
Fault = tuple[str, str]


def glyph_faults(font: Node, codes: set[int], characters: Mapping[int, str]) -> Iterator[Fault]:
    """What is wrong with the glyphs that a font shows, as codes and messages.

    Args:
        font: a CIDFont.
        codes: those that are shown.
        characters: what each stands for.
    """
    glyphs = _glyphs(font, codes)
    if missing := sorted(code for code, glyph in glyphs.items() if glyph == 0):
        message = f"{_named(missing[0], characters)} is shown as the sign for a missing glyph ({len(missing)} such)"
        yield "MH31-030", message
    descriptor = value(font, "/FontDescriptor")
    program = content(value(descriptor, "/FontFile2") or value(descriptor, "/FontFile3"), "a font")
    if not program.startswith(SFNT):
        return
    try:
        opened = TTFont(io.BytesIO(program), lazy=True)
        yield from _in_program(opened, {code: glyph for code, glyph in glyphs.items() if glyph}, font, characters)
    except BROKEN as error:
        yield "V02", f"the font cannot be read ({type(error).__name__}); embed it again"


def _in_program(program: Any, glyphs: Mapping[int, int], font: Node, characters: Mapping[int, str]) -> Iterator[Fault]:  # noqa: ANN401 - fontTools has no types
    count = program["maxp"].numGlyphs
    absent = sorted(code for code, glyph in glyphs.items() if glyph >= count)
    there = {code: glyph for code, glyph in glyphs.items() if glyph < count}
    if "loca" in program:
        places = program["loca"]
        absent += sorted(
            code for code, glyph in there.items()
            if places[glyph] == places[glyph + 1] and _has_shape(characters.get(code, ""))
        )  # fmt: skip
    if absent:
        message = f"the font has no shape for {_named(absent[0], characters)} ({len(absent)} such)"
        yield "MH31-011", message
    if "hmtx" not in program or "hhea" not in program:
        return
    advances, last = program.getTableData("hmtx"), program["hhea"].numberOfHMetrics - 1
    said, default, scale = _widths(font), number(value(font, "/DW"), 1000), 1000 / program["head"].unitsPerEm
    for code, glyph in sorted(there.items()):
        (advance,) = struct.unpack_from(">H", advances, 4 * min(glyph, last))
        if abs(advance * scale - said.get(code, default)) > TOLERANCE:
            message = f"{_named(code, characters)} is wider or narrower in the font than the file says"
            yield "MH31-016", message
            return


def _glyphs(font: Node, codes: set[int]) -> dict[int, int]:
    """The glyph of each code."""
    table = value(font, "/CIDToGIDMap")
    if not isinstance(table, Stream):
        return {code: code for code in codes}
    data = content(table, "a font's list of glyphs")
    return {code: int.from_bytes(data[2 * code : 2 * code + 2], "big") for code in codes}


def _widths(font: Node) -> dict[int, float]:
    """The widths that the file gives its glyphs (ISO 32000-1, 9.7.4.3)."""
    widths: dict[int, float] = {}
    rest = iter(items(value(font, "/W")))
    told = 0
    for first in rest:
        if told > MOST_WIDTHS:
            break
        start, second = number(first), next(rest, None)
        if isinstance(second, Array):
            widths |= {start + step: float(width) for step, width in enumerate(second)}
        else:
            width = float(next(rest, 0))
            codes = range(start, min(number(second), 0xFFFF) + 1)
            widths |= dict.fromkeys(codes, width)
            told += len(codes)
    return widths


def _has_shape(characters: str) -> bool:
    return any(unicodedata.category(char) not in UNSEEN for char in characters)


def _named(code: int, characters: Mapping[int, str]) -> str:
    text = characters.get(code, "")
    return f"“{text}”" if text.isprintable() and text else f"the glyph {code}"
