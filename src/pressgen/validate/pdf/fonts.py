"""Check fonts: embedded, complete, and with known characters (ISO 14289-1, 7.21)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pikepdf import Name, Stream, String

from pressgen.pdf.objects import get_value, read_name
from pressgen.validate.pdf import cmaps, simple_fonts, subsets
from pressgen.validate.pdf.cmaps import IDENTITY
from pressgen.validate.pdf.glyphs import find_glyph_faults
from pressgen.validate.pdf.text_state import describe_font_place, get_glyph_font

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.errors import Problem
    from pressgen.pdf.objects import Node
    from pressgen.validate.pdf.paper import PdfFile

PROGRAMS = ("/FontFile", "/FontFile2", "/FontFile3")
LATIN = {"MacRomanEncoding", "MacExpertEncoding", "WinAnsiEncoding"}
WITHOUT_ROMAN = {"Adobe-GB1", "Adobe-CNS1", "Adobe-Japan1", "Adobe-Korea1"}
REPLACED = {0xFEFF, 0xFFFE}


def check_embedding(paper: PdfFile) -> Iterator[Problem]:
    """Check that every font is embedded in the file."""
    for font in paper.drawing.fonts.values():
        described = get_value(get_glyph_font(font.node), "/FontDescriptor")
        if (
            font.painted
            and read_name(get_value(font.node, "/Subtype")) != "Type3"
            and not any(get_value(described, each) for each in PROGRAMS)
        ):
            yield paper.fault(
                "MH31-009", "the font is not in the file; embed it", describe_font_place(font.node, font.page)
            )


def check_glyph_map(paper: PdfFile) -> Iterator[Problem]:
    """Check that each composite TrueType font maps characters to glyphs."""
    for font in paper.drawing.fonts.values():
        drawn = get_glyph_font(font.node)
        if read_name(get_value(drawn, "/Subtype")) != "CIDFontType2":
            continue
        system = get_value(drawn, "/CIDSystemInfo")
        if not all(isinstance(get_value(system, each), String) for each in ("/Registry", "/Ordering")):
            yield paper.fault(
                "UA1-7.21.3.1",
                "the font does not say which characters it numbers",
                describe_font_place(font.node, font.page),
            )
        found = get_value(drawn, "/CIDToGIDMap")
        if found is None:
            yield paper.fault(
                "MH31-005",
                "the font does not say which glyph a character has",
                describe_font_place(font.node, font.page),
            )
        elif found != Name.Identity and not isinstance(found, Stream):
            yield paper.fault(
                "MH31-004",
                "the font maps characters to glyphs in an unknown way",
                describe_font_place(font.node, font.page),
            )


def check_character_mapping(paper: PdfFile) -> Iterator[Problem]:
    """Check that every glyph shown maps to a character."""
    for font in paper.drawing.fonts.values():
        table = get_value(font.node, "/ToUnicode")
        if not isinstance(table, Stream):
            if not _has_known_characters(font.node):
                yield paper.fault(
                    "MH31-027",
                    "the font does not say which characters its glyphs are",
                    describe_font_place(font.node, font.page),
                )
            continue
        known = font.characters
        missing = sorted(font.codes - known.keys())
        if missing:
            message = f"the glyph {missing[0]} has no character ({len(missing)} such)"
            yield paper.fault("MH10-001", message, describe_font_place(font.node, font.page))
        used = {ord(char) for code in font.codes for char in known.get(code, "")}
        if 0 in used:
            yield paper.fault("MH31-028", "a glyph has the character U+0000", describe_font_place(font.node, font.page))
        if used & REPLACED:
            yield paper.fault(
                "MH31-029", "a glyph has a byte-order mark as its character", describe_font_place(font.node, font.page)
            )


def check_glyphs(paper: PdfFile) -> Iterator[Problem]:
    """Check that every glyph shown exists with the stated width."""
    for font in paper.drawing.fonts.values():
        drawn = get_glyph_font(font.node)
        if (
            read_name(get_value(font.node, "/Subtype")) != "Type0"
            or read_name(get_value(font.node, "/Encoding")) not in IDENTITY
        ):
            continue
        for code, message in find_glyph_faults(drawn, font.codes, font.characters):
            yield paper.fault(code, message, describe_font_place(font.node, font.page))


def _has_known_characters(font: Node) -> bool:
    """Return whether the characters of a font need no list."""
    coding = get_value(font, "/Encoding")
    if read_name(coding) in LATIN or read_name(get_value(coding, "/BaseEncoding")) in LATIN:
        return True
    info = get_value(get_glyph_font(font), "/CIDSystemInfo")
    return f"{get_value(info, '/Registry')}-{get_value(info, '/Ordering')}" in WITHOUT_ROMAN


CHECKS = (
    check_embedding, check_glyph_map, check_character_mapping, check_glyphs, *cmaps.CHECKS, *subsets.CHECKS,
    *simple_fonts.CHECKS,
)  # fmt: skip
