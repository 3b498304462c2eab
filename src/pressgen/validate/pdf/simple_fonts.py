"""Check fonts of one byte a character: their codes, glyphs and widths.

Source: ISO 14289-1, 7.21.5 and 7.21.6; ISO 32000-1, 9.6.6.4 (which glyph a code has). Where that is not certain, as in
an old Type 1 font, nothing is said.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from fontTools import agl
from fontTools.encodings.MacRoman import MacRoman
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name

from pressgen.pdf.objects import get_value, list_items, read_float, read_int, read_name, read_stream
from pressgen.validate.pdf.glyphs import BROKEN, SFNT, TOLERANCE, read_advance, read_units
from pressgen.validate.pdf.text_state import describe_font_place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pressgen.errors import Problem
    from pressgen.pdf.objects import Node
    from pressgen.validate.pdf.paper import PdfFile
    from pressgen.validate.pdf.text_state import Font

SYMBOLIC = 4
"""The flag of a font with characters of its own (ISO 32000-1, table 123)."""
ENCODINGS = ("MacRomanEncoding", "WinAnsiEncoding")
WINDOWS, UNICODE, SYMBOL, MAC = 3, (3, 1), (3, 0), (1, 0)
SYMBOL_PAGES = (0xF000, 0xF100, 0xF200, 0)
Fault = tuple[str, str]


def check_simple_fonts(paper: PdfFile) -> Iterator[Problem]:
    """Check the encoding and widths of each simple TrueType font."""
    for font in paper.drawing.fonts.values():
        if not font.painted or read_name(get_value(font.node, "/Subtype")) != "TrueType":
            continue
        try:
            faults = list(_find_faults(font))
        except BROKEN:
            faults = [("V02", "the font cannot be read; embed it again")]
        for code, message in faults:
            yield paper.fault(code, message, describe_font_place(font.node, font.page))


def _find_faults(font: Font) -> Iterator[Fault]:
    descriptor = get_value(font.node, "/FontDescriptor")
    symbolic = bool(read_int(get_value(descriptor, "/Flags"), 0) & SYMBOLIC)
    encoding = get_value(font.node, "/Encoding")
    program = read_stream(get_value(descriptor, "/FontFile2"), "a font")
    opened = TTFont(io.BytesIO(program), lazy=True) if program.startswith(SFNT) else None
    tables = _list_tables(opened) if opened else None
    if symbolic:
        yield from _find_symbolic_faults(encoding, tables)
    else:
        yield from _find_latin_faults(encoding, tables)
    if opened and tables:
        names = None if symbolic else read_glyph_names(encoding)
        glyphs = {code: _find_glyph(code, names, tables) for code in font.painted}
        yield from _find_width_faults(font, opened, glyphs)


def _list_tables(program: TTFont) -> dict[tuple[int, int], Mapping[int, str]]:
    """Return the font's own maps of characters, by platform and encoding."""
    if "cmap" not in program:
        return {}
    return {(each.platformID, each.platEncID): each.cmap for each in program["cmap"].tables}


def _find_symbolic_faults(encoding: Node, tables: Mapping[tuple[int, int], Any] | None) -> Iterator[Fault]:
    if encoding is not None:
        yield "MH31-024", "the font has characters of its own, and also an encoding of text"
    if tables is not None and not tables:
        yield "MH31-025", "the font does not say which glyphs its codes have"
    elif tables is not None and len(tables) > 1 and SYMBOL not in tables:
        yield "MH31-026", "the font says in several ways which glyphs its codes have, and in none that counts"


def _find_latin_faults(encoding: Node, tables: Mapping[tuple[int, int], Any] | None) -> Iterator[Fault]:
    base = get_value(encoding, "/BaseEncoding") if isinstance(encoding, Dictionary) else encoding
    if encoding is None:
        yield "MH31-019", "the font does not say its encoding"
    elif base is None:
        yield "MH31-020", "the font does not say the encoding that its own changes"
    elif read_name(base) not in ENCODINGS:
        yield "MH31-021", f"the font has an encoding that readers need not know ({read_name(base)})"
    if tables is not None and not tables.keys() - {SYMBOL}:
        yield "MH31-017", "the font does not say which glyphs the characters have"
    differences = [read_name(each) for each in list_items(get_value(encoding, "/Differences"))]
    names = [name for name in differences if name]
    if unknown := [name for name in names if name != ".notdef" and name not in agl.AGL2UV]:
        yield "MH31-022", f"the font's encoding has a name that no list of glyphs has ({unknown[0]})"
    if names and tables is not None and UNICODE not in tables:
        yield "MH31-023", "the font's encoding names glyphs, and the font has no list of Unicode characters"


def read_glyph_names(encoding: Node) -> dict[int, str]:
    """Return the glyph names of an encoding, where they are certain."""
    base = read_name(get_value(encoding, "/BaseEncoding") if isinstance(encoding, Dictionary) else encoding)
    names = dict(_WIN_ANSI if base == "WinAnsiEncoding" else enumerate(MacRoman) if base == "MacRomanEncoding" else ())
    at = 0
    for each in list_items(get_value(encoding, "/Differences")):
        if isinstance(each, Name):
            names[at] = read_name(each)
            at += 1
        else:
            at = read_int(each, 0)
    return names


def _name_win_ansi() -> Iterator[tuple[int, str]]:
    for code in range(32, 256):
        character = bytes([code]).decode("cp1252", "replace")
        yield code, {0xA0: "space", 0xAD: "hyphen"}.get(code) or agl.UV2AGL.get(ord(character), "bullet")


_WIN_ANSI = dict(_name_win_ansi())


def _find_glyph(
    code: int, names: Mapping[int, str] | None, tables: Mapping[tuple[int, int], Mapping[int, str]]
) -> str | None:
    """Return the glyph of a code, or None if uncertain."""
    if names is None:
        symbols = tables.get(SYMBOL, {})
        found = (symbols.get(page + code) for page in SYMBOL_PAGES)
        return next((each for each in found if each), tables.get(MAC, {}).get(code))
    name = names.get(code, "")
    if UNICODE in tables and name in agl.AGL2UV:
        return tables[UNICODE].get(agl.AGL2UV[name])
    if MAC in tables and name in MacRoman:
        return tables[MAC].get(MacRoman.index(name))
    return None


def _find_width_faults(font: Font, program: TTFont, glyphs: Mapping[int, str | None]) -> Iterator[Fault]:
    stated, first = get_value(font.node, "/Widths"), read_int(get_value(font.node, "/FirstChar"), 0)
    if not isinstance(stated, Array) or "hmtx" not in program:
        return
    scale, widths = 1000 / read_units(program), [read_float(each) for each in list_items(stated)]
    for code, glyph in sorted(glyphs.items()):
        said = widths[code - first] if 0 <= code - first < len(widths) else None
        if (
            glyph is not None
            and said is not None
            and abs(read_advance(program, program.getGlyphID(glyph)) * scale - said) > TOLERANCE
        ):
            text = font.characters.get(code, "")
            what = f"“{text}”" if text.isprintable() and text else f"the character {code}"
            yield "MH31-016", f"{what} is wider or narrower in the font than the file says"
            return


CHECKS = (check_simple_fonts,)
