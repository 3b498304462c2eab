"""Fonts: embedded, complete, and telling which characters their glyphs are (ISO 14289-1, 7.21)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pikepdf import Name, Stream, String

from pressgen.pdf.objects import items, value, word
from pressgen.validate.pdf.glyphs import glyph_faults

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.errors import Problem
    from pressgen.pdf.objects import Node
    from pressgen.validate.pdf.drawing import Font
    from pressgen.validate.pdf.paper import Paper

PROGRAMS = ("/FontFile", "/FontFile2", "/FontFile3")
LATIN = {"MacRomanEncoding", "MacExpertEncoding", "WinAnsiEncoding"}
WITHOUT_ROMAN = {"Adobe-GB1", "Adobe-CNS1", "Adobe-Japan1", "Adobe-Korea1"}
IDENTITY = {"Identity-H", "Identity-V"}
REPLACED = {0xFEFF, 0xFFFE}


def embedded(paper: Paper) -> Iterator[Problem]:
    """The program of each font is in the file."""
    for font in paper.drawing.fonts.values():
        described = value(_drawn(font.node), "/FontDescriptor")
        if word(value(font.node, "/Subtype")) != "Type3" and not any(value(described, each) for each in PROGRAMS):
            yield paper.fault("MH31-009", "the font is not in the file; embed it", _inside(font))


def glyph_map(paper: Paper) -> Iterator[Problem]:
    """A TrueType font of many characters says which glyph each is."""
    for font in paper.drawing.fonts.values():
        drawn = _drawn(font.node)
        if word(value(drawn, "/Subtype")) != "CIDFontType2":
            continue
        system = value(drawn, "/CIDSystemInfo")
        if not all(isinstance(value(system, each), String) for each in ("/Registry", "/Ordering")):
            yield paper.fault("UA1-7.21.3.1", "the font does not say which characters it numbers", _inside(font))
        found = value(drawn, "/CIDToGIDMap")
        if found is None:
            yield paper.fault("MH31-005", "the font does not say which glyph a character has", _inside(font))
        elif found != Name.Identity and not isinstance(found, Stream):
            yield paper.fault("MH31-004", "the font says in no known way which glyph a character has", _inside(font))


def text_behind(paper: Paper) -> Iterator[Problem]:
    """Every code that is shown stands for a character, which a reader can say and a journalist can copy."""
    for font in paper.drawing.fonts.values():
        table = value(font.node, "/ToUnicode")
        if not isinstance(table, Stream):
            if not _plain(font.node):
                yield paper.fault("MH31-027", "the font does not say which characters its glyphs are", _inside(font))
            continue
        known = font.characters
        missing = sorted(font.codes - known.keys())
        if missing:
            message = f"the glyph {missing[0]} stands for no character ({len(missing)} such)"
            yield paper.fault("MH10-001", message, _inside(font))
        used = {ord(char) for code in font.codes for char in known.get(code, "")}
        if 0 in used:
            yield paper.fault("MH31-028", "a glyph stands for the character U+0000", _inside(font))
        if used & REPLACED:
            yield paper.fault("MH31-029", "a glyph stands for a mark of byte order", _inside(font))


def glyphs(paper: Paper) -> Iterator[Problem]:
    """Every glyph that is shown is in the font, has a shape where it should, and is as wide as the file says."""
    for font in paper.drawing.fonts.values():
        drawn = _drawn(font.node)
        if word(value(font.node, "/Subtype")) != "Type0" or word(value(font.node, "/Encoding")) not in IDENTITY:
            continue
        for code, message in glyph_faults(drawn, font.codes, font.characters):
            yield paper.fault(code, message, _inside(font))


def _drawn(font: Node) -> Node:
    """The font that holds the glyphs: a descendant, or the font itself."""
    below = items(value(font, "/DescendantFonts"))
    return below[0] if below else font


def _plain(font: Node) -> bool:
    """Whether the characters of a font are known without a list of them."""
    coding = value(font, "/Encoding")
    if word(coding) in LATIN or word(value(coding, "/BaseEncoding")) in LATIN:
        return True
    info = value(_drawn(font), "/CIDSystemInfo")
    return f"{value(info, '/Registry')}-{value(info, '/Ordering')}" in WITHOUT_ROMAN


def _inside(font: Font) -> str:
    name = word(value(font.node, "/BaseFont")) or "without a name"
    return f"page {font.page}, font {name.rpartition('+')[2]}"


CHECKS = (embedded, glyph_map, text_behind, glyphs)
