"""The font for the line on a personal copy.

It is ready to be put into any PDF. `stamp-origin.md` says where `stamp.ttf` comes from, and `stamp-OFL.txt` is its
licence.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING
from unicodedata import normalize

import pikepdf
from pikepdf import Array, Dictionary, Name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pikepdf import Object, Pdf

NAME = "/PressgenStamp"
EM = 1000
"""Units of an em in a PDF (ISO 32000-1, 9.7.4.3), and in this font."""
UPRIGHT, NONSYMBOLIC, STEM = 0, 32, 84
CMAP = """\
/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange
{ranges}
endcmap CMapName currentdict /CMap defineresource pop end end
"""
MOST = 100
"""Entries of one section of a character map (Adobe Technical Note 5014)."""


@dataclass(frozen=True, slots=True)
class StampFont:
    """The metrics of the font for the line on a copy.

    `glyphs` gives the number of each character, `widths` the width of each glyph.
    """

    program: bytes
    size: int
    glyphs: Mapping[str, int]
    widths: tuple[int, ...]
    box: tuple[int, int, int, int]
    ascent: int
    descent: int
    capitals: int
    unicode: bytes

    def sets(self, text: str) -> bool:
        """Return whether it has every character of `text`."""
        return all(char in self.glyphs for char in text)

    def width(self, text: str, size: float) -> float:
        """Return the width of `text` in points, set `size` points high."""
        return sum(self.widths[self.glyphs[char]] for char in text) * size / EM

    def shown(self, text: str) -> bytes:
        """Encode `text` for a page's content (ISO 32000-1, 7.3.4.3)."""
        return b"<" + "".join(f"{self.glyphs[char]:04X}" for char in text).encode() + b">"

    def put_into(self, pdf: Pdf) -> Object:
        """Add the font to `pdf`, and return its object."""
        program = pdf.make_stream(self.program, Filter=Name.FlateDecode, Length1=self.size)
        called = Name(NAME)
        descriptor = pdf.make_indirect(
            Dictionary(
                Type=Name.FontDescriptor, FontName=called, Flags=NONSYMBOLIC, ItalicAngle=UPRIGHT, StemV=STEM,
                Ascent=self.ascent, Descent=self.descent, CapHeight=self.capitals, FontBBox=Array(self.box),
                FontFile2=program,
            )
        )  # fmt: skip
        system = Dictionary(Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0)
        below = Dictionary(
            Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=called, CIDSystemInfo=system, FontDescriptor=descriptor,
            CIDToGIDMap=Name.Identity, W=Array([0, Array(self.widths)]),
        )  # fmt: skip
        return pdf.make_indirect(
            Dictionary(
                Type=Name.Font, Subtype=Name.Type0, BaseFont=called, Encoding=Name("/Identity-H"),
                DescendantFonts=Array([pdf.make_indirect(below)]),
                ToUnicode=pdf.make_stream(self.unicode, Filter=Name.FlateDecode),
            )
        )  # fmt: skip


@lru_cache(maxsize=1)
def load_stamp_font() -> StampFont:
    """Load the font for the line on a copy, once."""
    from fontTools.ttLib import TTFont

    with files("pressgen.pdf").joinpath("stamp.ttf").open("rb") as file:
        data = file.read()
        file.seek(0)
        font = TTFont(file, lazy=False)
    cmap, head, metrics, style = font.getBestCmap(), font["head"], font["hhea"], font["OS/2"]
    glyphs = {chr(code): font.getGlyphID(name) for code, name in cmap.items()}
    return StampFont(
        program=zlib.compress(data, 9),
        size=len(data),
        glyphs=glyphs,
        widths=tuple(font["hmtx"][name][0] for name in font.getGlyphOrder()),
        box=(head.xMin, head.yMin, head.xMax, head.yMax),
        ascent=metrics.ascent,
        descent=metrics.descent,
        capitals=style.sCapHeight,
        unicode=zlib.compress(_make_character_map(glyphs), 9),
    )


def _make_character_map(glyphs: Mapping[str, int]) -> bytes:
    """Return the ToUnicode CMap of the font (ISO 32000-1, 9.10.3)."""
    best_last = sorted(
        glyphs, key=lambda char: (normalize("NFKC", char) == char, -ord(char))
    )  # μ, not the sign for micro
    stands = {glyphs[char]: char for char in best_last}
    lines = [f"<{glyph:04X}> <{char.encode('utf-16-be').hex().upper()}>" for glyph, char in sorted(stands.items())]
    parts = [lines[at : at + MOST] for at in range(0, len(lines), MOST)]
    ranges = "\n".join("\n".join([f"{len(part)} beginbfchar", *part, "endbfchar"]) for part in parts)
    return CMAP.format(ranges=ranges).encode()
