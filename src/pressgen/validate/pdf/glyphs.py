"""Check the glyphs that are shown against the font program."""

from __future__ import annotations

import io
import struct
import unicodedata
from typing import TYPE_CHECKING

from fontTools.ttLib import TTFont, TTLibError
from pikepdf import Array, Stream

from pressgen.pdf.objects import get_value, list_items, read_int, read_stream

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
"""The errors that fontTools raises for a damaged font."""
TOLERANCE = 1
"""Thousandths of the type size by which widths may differ (ISO 14289-1, 7.21.5)."""
MOST_WIDTHS = 200_000
"""The most widths given in ranges: three times as many as two bytes can number."""
UNSEEN = {"Zs", "Zl", "Zp", "Cc", "Cf", "Mn", "Me"}
"""Categories of characters that may have no shape of their own."""
Fault = tuple[str, str]


def find_glyph_faults(font: Node, codes: set[int], characters: Mapping[int, str]) -> Iterator[Fault]:
    """Yield the faults of a font's glyphs as codes and messages.

    Args:
        font: a CIDFont.
        codes: those that are shown.
        characters: what each stands for.
    """
    glyphs = map_glyphs(font, codes)
    if missing := sorted(code for code, glyph in glyphs.items() if glyph == 0):
        message = (
            f"{_describe_character(missing[0], characters)} is shown as the sign for a missing glyph"
            f" ({len(missing)} such)"
        )
        yield "MH31-030", message
    descriptor = get_value(font, "/FontDescriptor")
    program = read_stream(get_value(descriptor, "/FontFile2") or get_value(descriptor, "/FontFile3"), "a font")
    if not program.startswith(SFNT):
        return
    try:
        opened = TTFont(io.BytesIO(program), lazy=True)
        yield from _find_program_faults(
            opened, {code: glyph for code, glyph in glyphs.items() if glyph}, font, characters
        )
    except BROKEN:
        yield "V02", "the font cannot be read; embed it again"


def _find_program_faults(
    program: TTFont,
    glyphs: Mapping[int, int],
    font: Node,
    characters: Mapping[int, str],
) -> Iterator[Fault]:
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
        message = f"the font has no shape for {_describe_character(absent[0], characters)} ({len(absent)} such)"
        yield "MH31-011", message
    if "hmtx" not in program or "hhea" not in program:
        return
    widths, default, scale = (
        _read_widths(font),
        read_int(get_value(font, "/DW"), 1000),
        1000 / read_units(program),
    )
    for code, glyph in sorted(there.items()):
        if abs(read_advance(program, glyph) * scale - widths.get(code, default)) > TOLERANCE:
            message = f"{_describe_character(code, characters)} is wider or narrower in the font than the file says"
            yield "MH31-016", message
            return


def read_units(program: TTFont) -> int:
    """Return the units of a font to the type size.

    They are taken out of the bytes: fontTools logs what it thinks of the dates that stand beside them.
    """
    (units,) = struct.unpack_from(">H", program.getTableData("head"), 18)
    return int(units)


def read_advance(program: TTFont, glyph: int) -> int:
    """Return the width of a glyph, in the font's own units."""
    last = program["hhea"].numberOfHMetrics - 1
    (advance,) = struct.unpack_from(">H", program.getTableData("hmtx"), 4 * min(glyph, last))
    return int(advance)


def map_glyphs(font: Node, codes: set[int]) -> dict[int, int]:
    """Return the glyph of each code of a CIDFont."""
    table = get_value(font, "/CIDToGIDMap")
    if not isinstance(table, Stream):
        return {code: code for code in codes}
    data = read_stream(table, "a font's list of glyphs")
    return {code: int.from_bytes(data[2 * code : 2 * code + 2], "big") for code in codes}


def _read_widths(font: Node) -> dict[int, float]:
    """Return the stated glyph widths (ISO 32000-1, 9.7.4.3)."""
    widths: dict[int, float] = {}
    rest = iter(list_items(get_value(font, "/W")))
    count = 0
    for first in rest:
        if count > MOST_WIDTHS:
            break
        start, second = read_int(first), next(rest, None)
        if isinstance(second, Array):
            widths |= {start + step: float(width) for step, width in enumerate(second)}
        else:
            width = float(next(rest, 0))
            codes = range(start, min(read_int(second), 0xFFFF) + 1)
            widths |= dict.fromkeys(codes, width)
            count += len(codes)
    return widths


def _has_shape(characters: str) -> bool:
    return any(unicodedata.category(char) not in UNSEEN for char in characters)


def _describe_character(code: int, characters: Mapping[int, str]) -> str:
    text = characters.get(code, "")
    return f"“{text}”" if text.isprintable() and text else f"the glyph {code}"
