"""Check the lists of glyphs of fonts that are embedded in part.

Source: ISO 14289-1, 7.21.4.2.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

from fontTools.cffLib import CFFFontSet
from fontTools.ttLib import TTFont
from pikepdf import Stream

from pressgen.pdf.objects import get_value, read_name, read_stream, read_string
from pressgen.validate.pdf.glyphs import BROKEN, SFNT, map_glyphs
from pressgen.validate.pdf.text_state import describe_font_place, get_glyph_font

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.errors import Problem
    from pressgen.pdf.objects import Node
    from pressgen.validate.pdf.paper import PdfFile
    from pressgen.validate.pdf.text_state import Font

SUBSET = re.compile(r"[A-Z]{6}\+")
CID_NAME = re.compile(r"cid(\d{5,})")
MOST_LISTED = 8192
"""The most bytes of a list of glyphs: a bit for every number of two bytes."""
Fault = tuple[str, str]


def check_subsets(paper: PdfFile) -> Iterator[Problem]:
    """Check that a font's list of glyphs names those that it has."""
    for font in paper.drawing.fonts.values():
        drawn = get_glyph_font(font.node)
        if font.painted and SUBSET.match(read_name(get_value(drawn, "/BaseFont"))):
            try:
                faults = list(_find_subset_faults(font, drawn))
            except BROKEN:
                continue  # check_glyphs reports a broken font
            for code, message in faults:
                yield paper.fault(code, message, describe_font_place(font.node, font.page))


def _find_subset_faults(font: Font, drawn: Node) -> Iterator[Fault]:
    descriptor = get_value(drawn, "/FontDescriptor")
    names, numbers = read_string(get_value(descriptor, "/CharSet")), get_value(descriptor, "/CIDSet")
    program = read_stream(get_value(descriptor, "/FontFile2") or get_value(descriptor, "/FontFile3"), "a font")
    if names and program and not program.startswith(SFNT) and not font.wide:
        listed = set(names.split("/")) - {"", ".notdef"}
        yield from _compare("MH31-012", "MH31-013", listed, set(_read_names(program)) - {".notdef"})
    elif isinstance(numbers, Stream) and program and font.wide:
        marked = _read_bits(read_stream(numbers, "a font's list of glyphs", MOST_LISTED))
        if program.startswith(SFNT):
            yield from _compare_outlines(font, drawn, program, marked)
        else:
            found = (CID_NAME.fullmatch(name) for name in _read_names(program))
            numbered = {int(match[1]) for match in found if match} - {0}
            yield from _compare("MH31-014", "MH31-015", marked - {0}, numbered) if numbered else ()


def _compare(missing: str, surplus: str, listed: set[Any], there: set[Any]) -> Iterator[Fault]:
    if absent := there - listed:
        yield missing, f"the font's list of glyphs leaves out {len(absent)} that it has"
    if extra := listed - there:
        yield surplus, f"the font's list of glyphs has {len(extra)} that it does not have"


def _compare_outlines(font: Font, drawn: Node, program: bytes, listed: set[int]) -> Iterator[Fault]:
    """Compare a list with the glyphs shown, or with a shape."""
    opened = TTFont(io.BytesIO(program), lazy=True)
    count = opened["maxp"].numGlyphs
    there = {code for code, glyph in map_glyphs(drawn, font.painted).items() if 0 < glyph < count}
    if read_name(get_value(drawn, "/CIDToGIDMap")) == "Identity" and "loca" in opened:
        places = opened["loca"]
        there |= {glyph for glyph in range(1, count) if places[glyph] != places[glyph + 1]}
        if extra := {code for code in listed if code >= count}:
            yield "MH31-015", f"the font's list of glyphs has {len(extra)} that it does not have"
    if absent := there - listed:
        yield "MH31-014", f"the font's list of glyphs leaves out {len(absent)} that it has"


def _read_bits(data: bytes) -> set[int]:
    return {8 * at + bit for at, byte in enumerate(data) for bit in range(8) if byte & 0x80 >> bit}


def _read_names(program: bytes) -> list[str]:
    """Return the glyph names of a font (Compact Font Format)."""
    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(program), None)
    return list(fonts[0].charset)


CHECKS = (check_subsets,)
