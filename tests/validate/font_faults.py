"""Faults of fonts, and of their tables of codes, made in a good PDF: each with the code that must tell it."""

from __future__ import annotations

import io
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Stream, String

from validate.good import redrawn
from validate.pdf_faults import font, fonts

if TYPE_CHECKING:
    import pikepdf

    from validate.pdf_faults import Change

SHOWN = "Press"
LATIN, OWN = 32, 4
"""Flags of a font: of the Latin alphabet, and with characters of its own."""


@cache
def latin_font() -> bytes:
    return (files("pressgen.pdf") / "stamp.ttf").read_bytes()


def tables(*kept: tuple[int, int]) -> bytes:
    """The font with only some of its maps of characters."""
    program = TTFont(io.BytesIO(latin_font()))
    table = next(each for each in program["cmap"].tables if each.isUnicode())
    table.platformID, table.platEncID = kept[0] if kept else (3, 1)
    program["cmap"].tables = [table] if kept else []
    for platform, encoding in kept[1:]:
        other = type(table)(table.format)
        other.platformID, other.platEncID, other.language, other.cmap = platform, encoding, 0, dict(table.cmap)
        program["cmap"].tables.append(other)
    out = io.BytesIO()
    program.save(out)
    return out.getvalue()


def widths() -> list[float]:
    program = TTFont(io.BytesIO(latin_font()))
    names, scale = program.getBestCmap(), 1000 / program["head"].unitsPerEm
    return [program["hmtx"][names.get(code, ".notdef")][0] * scale for code in range(256)]


def simple(
    *,
    flags: int = LATIN,
    program: bytes = b"",
    text: bytes = b"BT /Own 9 Tf (Press) Tj ET",
    **more: Any,  # noqa: ANN401 - any value of a PDF
) -> Change:
    """Show a word in a TrueType font of one byte a character."""

    def change(pdf: pikepdf.Pdf) -> None:
        described = Dictionary(
            Type=Name.FontDescriptor, FontName=Name.Own, Flags=flags,
            FontFile2=pdf.make_stream(program or latin_font()),
        )  # fmt: skip
        own = Dictionary(
            Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name.Own, FirstChar=0, LastChar=255,
            Widths=Array(widths()), Encoding=Name.WinAnsiEncoding, FontDescriptor=described,
        )  # fmt: skip
        lines = b"\n".join(b"<%02x> <%04x>" % (code, code) for code in sorted(set(SHOWN.encode())))
        own.ToUnicode = pdf.make_stream(b"4 beginbfchar\n" + lines + b"\nendbfchar\n")
        for key, value in more.items():
            if value is None:
                del own[f"/{key}"]
            else:
                own[f"/{key}"] = value
        draw(pdf, pdf.make_indirect(own), text)

    return change


def draw(pdf: pikepdf.Pdf, own: Any, text: bytes = b"BT /Own 9 Tf (Press) Tj ET") -> None:  # noqa: ANN401 - any font
    pdf.pages[0].Resources.Font["/Own"] = own
    redrawn(pdf, after=b"/Artifact BMC " + text + b" EMC")


def encoding(*differences: Any, base: str = "WinAnsiEncoding") -> Dictionary:  # noqa: ANN401 - numbers and names
    own = Dictionary(Type=Name.Encoding, Differences=Array(list(differences)))
    if base:
        own.BaseEncoding = Name(f"/{base}")
    return own


@cache
def compact_program() -> bytes:
    """A font in Compact Font Format with the letters P, r, e and s."""
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder([".notdef", *"Pres"])
    builder.setupCharacterMap({ord(each): each for each in "Pres"})
    pen = T2CharStringPen(500, None)
    for step in ((0, 0), (0, 500), (400, 500)):
        (pen.lineTo if step != (0, 0) else pen.moveTo)(step)
    pen.closePath()
    builder.setupCFF("Own", {}, dict.fromkeys([".notdef", *"Pres"], pen.getCharString()), {})
    builder.setupHorizontalMetrics(dict.fromkeys([".notdef", *"Pres"], (500, 0)))
    builder.setupHorizontalHeader()
    builder.setupPost()
    out = io.BytesIO()
    builder.save(out)
    data: bytes = TTFont(io.BytesIO(out.getvalue())).getTableData("CFF ")
    return data


def listed(names: str) -> Change:
    """Show a word in a Type 1 font that is embedded in part and lists its glyphs."""

    def change(pdf: pikepdf.Pdf) -> None:
        program = pdf.make_stream(compact_program(), Subtype=Name.Type1C)
        described = Dictionary(
            Type=Name.FontDescriptor, FontName=Name("/ABCDEF+Own"), Flags=LATIN, FontFile3=program,
            CharSet=String(names),
        )  # fmt: skip
        draw(pdf, pdf.make_indirect(Dictionary(
            Type=Name.Font, Subtype=Name.Type1, BaseFont=Name("/ABCDEF+Own"), FirstChar=0, LastChar=255,
            Widths=Array([500] * 256), Encoding=Name.WinAnsiEncoding, FontDescriptor=described,
        )))  # fmt: skip

    return change


def cid_set(data: bytes) -> Change:
    return font(lambda pdf, _, below: below.FontDescriptor.__setitem__("/CIDSet", pdf.make_stream(data)))


def cmap(written: bytes = b"", mode: int = 0, **system: Any) -> Change:  # noqa: ANN401 - any value of a PDF
    """Give the fonts a table of codes of their own."""

    def change(pdf: pikepdf.Pdf) -> None:
        for each in fonts(pdf):
            below = each.DescendantFonts[0].CIDSystemInfo
            own = Dictionary(Registry=below.Registry, Ordering=below.Ordering, Supplement=below.Supplement)
            for key, value in system.items():
                own[f"/{key}"] = value
            data = b"1 begincodespacerange <0000> <ffff> endcodespacerange\n" + written
            stream: Stream = pdf.make_stream(data, Type=Name.CMap, CMapName=Name.Own, WMode=mode)
            stream.CIDSystemInfo = own
            each.Encoding = stream

    return change


def more_characters(pdf: pikepdf.Pdf) -> None:
    cmap()(pdf)
    for each in fonts(pdf):
        each.DescendantFonts[0].CIDSystemInfo.Supplement = 6


GOOD: dict[str, Change] = {
    "a simple font": simple(),
    "a simple font with a name of a glyph": simple(Encoding=encoding(80, Name.P)),
    "a font with characters of its own": simple(flags=OWN, program=tables((3, 0)), Encoding=None),
    "an invisible font that is not in the file": simple(
        text=b"BT 3 Tr /Own 9 Tf (Press) Tj ET", FontDescriptor=Dictionary(Flags=LATIN)
    ),
    "a font before one that is put back": simple(text=b"BT /Own 9 Tf q /Other 9 Tf Q (Press) Tj ET"),
    "a list of all glyphs": listed("/P/r/e/s"),
    "a table of codes of its own": cmap(),
    "a table of codes for columns": cmap(b"/WMode 1 def", 1),
}
"""What is no fault."""

CHANGES: dict[str, tuple[str, Change]] = {
    "a simple font that is wider than stated": ("MH31-016", simple(Widths=Array([1] * 256))),
    "a font without a map of characters": ("MH31-017", simple(program=tables((3, 0)))),
    "a font without an encoding": ("MH31-019", simple(Encoding=None)),
    "an encoding that changes none": ("MH31-020", simple(Encoding=encoding(80, Name.P, base=""))),
    "an unknown encoding": ("MH31-021", simple(Encoding=Name.StandardEncoding)),
    "a glyph name of its own": ("MH31-022", simple(Encoding=encoding(80, Name.Pressly))),
    "glyph names and no Unicode": ("MH31-023", simple(Encoding=encoding(80, Name.P), program=tables((1, 0)))),
    "characters of its own and an encoding": ("MH31-024", simple(flags=OWN, program=tables((3, 0)))),
    "characters of its own and no map": ("MH31-025", simple(flags=OWN, program=tables(), Encoding=None)),
    "characters of its own and two maps": (
        "MH31-026", simple(flags=OWN, program=tables((3, 1), (1, 0)), Encoding=None)
    ),
    "a list that leaves out a glyph": ("MH31-012", listed("/P/r/e")),
    "a list with a glyph too many": ("MH31-013", listed("/P/r/e/s/t")),
    "a list that leaves out numbers": ("MH31-014", cid_set(b"\0")),
    "a list with numbers too many": ("MH31-015", cid_set(b"\xff" * 8192)),
    "a table of codes of another register": ("MH31-001", cmap(Registry=String("Other"))),
    "a table of codes for other characters": ("MH31-002", cmap(Ordering=String("Japan1"))),
    "a predefined table for other characters": (
        "MH31-002", font(lambda _, each, __: each.__setitem__("/Encoding", Name("/UniJIS-UTF16-H")))
    ),
    "a table of codes for fewer characters": ("MH31-003", more_characters),
    "a table of codes that is not in the file": (
        "MH31-006", font(lambda _, each, __: each.__setitem__("/Encoding", Name("/Adobe-Korea1-2")))
    ),
    "a table of codes with two directions": ("MH31-007", cmap(b"/WMode 1 def", 0)),
    "a table of codes that needs another": ("MH31-008", cmap(b"/Adobe-Korea1-2 usecmap")),
}  # fmt: skip
