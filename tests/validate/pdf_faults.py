"""Faults made in a good PDF, each with the code that must tell it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from validate.good import elements, first, redrawn, spoilt

if TYPE_CHECKING:
    from collections.abc import Callable

    Change = Callable[[pikepdf.Pdf], object]


def gone(*path: str) -> Change:
    """Take an entry out of the catalogue, or of a dictionary in it."""

    def change(pdf: pikepdf.Pdf) -> None:
        node = pdf.Root
        for step in path[:-1]:
            node = node[step]
        del node[path[-1]]

    return change


def metadata(*replaced: bytes) -> Change:
    """Replace the first text by the second in the metadata, the third by the fourth, and so on."""

    def change(pdf: pikepdf.Pdf) -> None:
        data = pdf.Root.Metadata.read_bytes()
        for old, new in zip(replaced[::2], replaced[1::2], strict=True):
            assert old in data
            data = data.replace(old, new)
        pdf.Root.Metadata = pdf.make_stream(data, Type=Name.Metadata, Subtype=Name.XML)

    return change


def kind(old: str, new: str) -> Change:
    """Call the first element of one type another."""
    return lambda pdf: first(pdf, old).__setitem__("/S", Name(f"/{new}"))


def entry(element: str, key: str, value: Any) -> Change:  # noqa: ANN401 - any value of a PDF
    """Give the first element of a type an entry; None takes it away."""

    def change(pdf: pikepdf.Pdf) -> None:
        node = first(pdf, element)
        if value is None:
            del node[key]
        else:
            node[key] = value

    return change


def roles(**mapped: str) -> Change:
    table = {f"/{old}": Name(f"/{new}") for old, new in mapped.items()}
    return lambda pdf: pdf.Root.StructTreeRoot.__setitem__("/RoleMap", Dictionary(table))


def link(key: str, value: Any) -> Change:  # noqa: ANN401 - as above
    """Give the first link an entry."""
    return lambda pdf: pdf.pages[0].Annots[0].__setitem__(key, value)


def annotation(**entries: Any) -> Change:  # noqa: ANN401 - as above
    """Put an annotation on the first page that stands in no element."""

    def change(pdf: pikepdf.Pdf) -> None:
        new = Dictionary(Type=Name.Annot, Rect=Array([0, 0, 9, 9]), F=4, **entries)
        pdf.pages[0].Annots.append(pdf.make_indirect(new))

    return change


def drawn(before: bytes = b"", after: bytes = b"") -> Change:
    return lambda pdf: redrawn(pdf, before, after)


def fonts(pdf: pikepdf.Pdf) -> list[Any]:
    return [each for each in pdf.objects if isinstance(each, Dictionary) and each.get("/Subtype") == Name.Type0]


def font(alter: Callable[[pikepdf.Pdf, Any, Any], object]) -> Change:
    """Alter the fonts: each gets the file, the font, and the font that holds its glyphs."""

    def change(pdf: pikepdf.Pdf) -> None:
        for each in fonts(pdf):
            alter(pdf, each, each.DescendantFonts[0])

    return change


def characters(value: bytes) -> Change:
    """Say of every glyph that it stands for one and the same character; for none where that is empty."""
    lines = [b"<%04x> <%s>" % (code, value) for code in range(3000) if value]
    table = b"3000 beginbfchar\n" + b"\n".join(lines) + b"\nendbfchar\n"
    return font(lambda pdf, each, _: each.__setitem__("/ToUnicode", pdf.make_stream(table)))


def doubled_form(pdf: pikepdf.Pdf) -> None:
    form = pdf.make_stream(b"/Artifact BMC 0 0 1 1 re f EMC", Type=Name.XObject, Subtype=Name.Form, StructParents=999)
    form.BBox = Array([0, 0, 1, 1])
    pdf.pages[0].Resources.XObject["/Twice"] = form
    redrawn(pdf, after=b"/Twice Do /Twice Do")


def foreign_form(pdf: pikepdf.Pdf) -> None:
    form = pdf.make_stream(b"/Artifact BMC 0 0 1 1 re f EMC", Type=Name.XObject, Subtype=Name.Form, Ref=Dictionary())
    form.BBox = Array([0, 0, 1, 1])
    pdf.pages[0].Resources.XObject["/Other"] = form
    redrawn(pdf, after=b"/Other Do")


def own_child(pdf: pikepdf.Pdf) -> None:
    parent = first(pdf, "BlockQuote")
    parent.K.append(parent)


def without_shapes(pdf: pikepdf.Pdf) -> None:
    """Fonts whose glyphs are all blank: what is left where two subsets of one family were mixed up."""
    import io  # noqa: PLC0415

    from fontTools.ttLib import TTFont  # noqa: PLC0415
    from fontTools.ttLib.tables._g_l_y_f import Glyph  # noqa: PLC0415

    for each in fonts(pdf):
        descriptor = each.DescendantFonts[0].FontDescriptor
        program = TTFont(io.BytesIO(descriptor.FontFile2.read_bytes()))
        for name in program.getGlyphOrder():
            program["glyf"][name] = Glyph()
        out = io.BytesIO()
        program.save(out)
        descriptor.FontFile2 = pdf.make_stream(out.getvalue())


def note(pdf: pikepdf.Pdf, ids: tuple[str, ...]) -> None:
    for paragraph, ident in zip(list(elements(pdf, "P")), ids, strict=False):
        paragraph.S = Name.Note
        if ident:
            paragraph.ID = String(ident)


def attachment(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["data.yaml"] = pikepdf.AttachedFileSpec(pdf, b"a: 1", filename="data.yaml")
    for each in pdf.objects:
        if isinstance(each, Dictionary) and each.get("/Type") == Name.Filespec:
            del each["/UF"]


def layers(pdf: pikepdf.Pdf, **entries: Any) -> None:  # noqa: ANN401 - as above
    usual = Dictionary(**{"Name": String("usual"), **entries})
    pdf.Root.OCProperties = Dictionary(OCGs=Array([]), D=usual, Configs=Array([Dictionary()]))


def form(pdf: pikepdf.Pdf) -> None:
    template = pdf.make_stream(b"<config><dynamicRender>required</dynamicRender></config>")
    pdf.Root.AcroForm = Dictionary(Fields=Array([]), XFA=template)


def without_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Lang
    for each in elements(pdf):
        if "/Lang" in each:
            del each.Lang


def section(kind: str) -> Any:  # noqa: ANN401 - as above
    return Dictionary(Type=Name.StructElem, S=Name(f"/{kind}"), K=Array([]))


def overlapping_cells(pdf: pikepdf.Pdf) -> None:
    upper, lower = [each for each in elements(pdf, "TR") if len(each.K) > 1][1:3]
    upper.K[1].A = Dictionary(O=Name.Table, RowSpan=2)
    lower.K[0].A = Dictionary(O=Name.Table, ColSpan=2)


def replaced_text(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Lang
    for each in elements(pdf):
        for key in {"/Alt", "/ActualText", "/E"} & set(each.keys()):
            del each[key]
    redrawn(pdf, after=b"/Span <</ActualText (Harbour)>> BDC EMC")


def film(**entries: Any) -> Any:  # noqa: ANN401 - as above
    clip = Dictionary(S=Name.MCD, D=Dictionary(F=String("film.mp4")), **entries)
    return Dictionary(S=Name.Rendition, R=Dictionary(S=Name.MR, C=clip))


def untagged_row(pdf: pikepdf.Pdf) -> None:
    """Move a row out of its table."""
    row = first(pdf, "TR")
    first(pdf, "Part").K.append(row)
    row.P.K = Array([each for each in row.P.K if each.objgen != row.objgen])


def caption_in_the_middle(pdf: pikepdf.Pdf) -> None:
    table = first(pdf, "Table")
    caption, *rest = table.K
    table.K = Array([rest[0], caption, *rest[1:]])


def broken_program(pdf: pikepdf.Pdf) -> None:
    for each in fonts(pdf):
        each.DescendantFonts[0].FontDescriptor.FontFile2 = pdf.make_stream(b"\0\1\0\0" + b"?" * 60)


CHANGES: dict[str, tuple[str, Change]] = {
    "no structure": ("UA1-7.1", gone("/StructTreeRoot")),
    "not marked as tagged": ("UA1-7.1", gone("/MarkInfo")),
    "an empty structure": ("UA1-7.1", gone("/StructTreeRoot", "/K")),
    "tags in doubt": ("MH01-007", lambda pdf: pdf.Root.MarkInfo.update({"/Suspects": True})),
    "a line that nothing marks": ("MH01-005", drawn(after=b"0 0 m 9 9 l S")),
    "a mark with a number that no element has": ("MH01-005", drawn(after=b"/P <</MCID 9999>> BDC 0 0 9 9 re f EMC")),
    "an element cut off from the structure": ("MH01-005", lambda pdf: first(pdf, "BlockQuote").__delitem__("/K")),
    "decoration in text": ("MH01-003", drawn(b"/P <</MCID 0>> BDC /Artifact BMC 0 0 9 9 re f EMC EMC")),
    "text in decoration": ("MH01-004", drawn(b"/Artifact BMC /P <</MCID 0>> BDC 0 0 9 9 re f EMC EMC")),
    "a tag of its own": ("MH02-001", kind("BlockQuote", "Pullquote")),
    "a tag mapped to a tag of its own": ("MH02-001", lambda pdf: (kind("P", "A")(pdf), roles(A="B")(pdf))),
    "a tag that means itself": ("MH02-003", roles(P="P")),
    "a role map in circles": ("MH02-003", lambda pdf: (kind("P", "A")(pdf), roles(A="B", B="A")(pdf))),
    "a standard tag with another meaning": ("MH02-004", roles(P="Span")),
    "no metadata": ("MH06-001", gone("/Metadata")),
    "metadata that are no XML": ("MH06-001", lambda pdf: pdf.Root.__setitem__("/Metadata", pdf.make_stream(b"<x>"))),
    "a claim under another prefix": ("UA1-5", metadata(b"pdfuaid:", b"other:", b"xmlns:pdfuaid", b"xmlns:other")),
    "no claim": ("MH06-002", metadata(b"http://www.aiim.org/pdfua/ns/id/", b"http://example.org/")),
    "no title": ("MH06-003", metadata(b"dc:title", b"dc:subject")),
    "no word on the title bar": ("MH07-001", gone("/ViewerPreferences")),
    "the file name in the title bar": (
        "MH07-002", lambda pdf: pdf.Root.ViewerPreferences.update({"/DisplayDocTitle": False})
    ),
    "a row outside of a table": ("MH09-004", untagged_row),
    "a paragraph in a row": ("MH09-004", kind("TD", "P")),
    "a caption in the middle of a table": ("MH09-004", caption_in_the_middle),
    "two heads of a table": ("MH09-004", lambda pdf: first(pdf, "Table").K.append(pdf.make_indirect(section("THead")))),
    "a foot of a table without a body": ("MH09-004", lambda pdf: first(pdf, "TBody").__setitem__("/S", Name.TFoot)),
    "a caption at the end of a list": ("MH09-005", lambda pdf: first(pdf, "L").K.extend([section("Caption")] * 2)),
    "a cell over too many columns": ("UA1-7.2", entry("TD", "/A", Dictionary(O=Name.Table, ColSpan=7))),
    "a cell over thousands of columns": ("UA1-7.2", entry("TD", "/A", Dictionary(O=Name.Table, ColSpan=20_000))),
    "two cells in one place": ("UA1-7.2", overlapping_cells),
    "a cell over rows that there are not": ("UA1-7.2", entry("TD", "/A", Dictionary(O=Name.Table, RowSpan=99))),
    "a list entry without a body": ("MH09-005", kind("LBody", "P")),
    "a paragraph in a list": ("MH09-005", kind("LI", "P")),
    "an entry of contents outside": ("MH09-006", kind("H2", "TOCI")),
    "no language": ("MH11-001", without_language),
    "a description in no known language": ("MH11-002", without_language),
    "a replacement text in no known language": ("MH11-002", replaced_text),
    "bookmarks in no known language": ("MH11-003", gone("/Lang")),
    "an annotation in no known language": ("MH11-004", without_language),
    "a form field in no known language": (
        "MH11-005",
        lambda pdf: (gone("/Lang")(pdf), annotation(Subtype=Name.Widget, T=String("n"), TU=String("Name"))(pdf)),
    ),
    "a title in no known language": ("MH11-006", gone("/Lang")),
    "a language that is none": ("MH11-007", lambda pdf: pdf.Root.__setitem__("/Lang", String("English (UK)"))),
    "a passage in a language that is none": ("MH11-007", entry("P", "/Lang", String("en_GB!"))),
    "a picture without a description": ("MH13-004", entry("Figure", "/Alt", None)),
    "a picture with an empty description": ("MH13-004", entry("Figure", "/Alt", String("  "))),
    "a first heading of the second level": ("MH14-002", kind("H1", "H2")),
    "a level that is skipped": ("MH14-003", kind("H2", "H4")),
    "plain and numbered headings": ("MH14-007", kind("H2", "H")),
    "two plain headings in one element": (
        "MH14-006", lambda pdf: [each.__setitem__("/S", Name.H) for each in list(elements(pdf, "P"))[:2]]
    ),
    "header cells that head nothing": (
        "MH15-003", lambda pdf: [each.__delitem__("/A") for each in elements(pdf) if str(each.S) in {"/TH", "/TD"}]
    ),
    "a cell with a header from nowhere": (
        "MH15-005",
        entry("TD", "/A", Dictionary(O=Name.Table, Headers=Array([String("nowhere")]))),
    ),
    "a formula without a description": ("MH17-002", kind("BlockQuote", "Formula")),
    "a note without an id": ("MH19-003", lambda pdf: note(pdf, ("",))),
    "two notes with one id": ("MH19-004", lambda pdf: note(pdf, ("n", "n"))),
    "layers without a name": ("MH20-001", layers),
    "the usual layers without a name": ("MH20-002", lambda pdf: layers(pdf, Name=String(""))),
    "layers that switch by themselves": ("MH20-003", lambda pdf: layers(pdf, AS=Array([]))),
    "an attachment without a name": ("MH21-001", attachment),
    "an attached note without a name": (
        "MH21-001",
        annotation(Subtype=Name.FileAttachment, Contents=String("Data"), FS=Dictionary(F=String("a"), EF=Dictionary())),
    ),
    "a film without a kind": (
        "MH28-014", annotation(Subtype=Name.Screen, A=film(Alt=Array([String(""), String("Rain")])))
    ),
    "a film without a description": ("MH28-015", annotation(Subtype=Name.Screen, A=film(CT=String("video/mp4")))),
    "a dynamic form": ("MH25-001", form),
    "a note on the page that is not tagged": ("MH28-002", annotation(Subtype=Name.Text, Contents=String("See"))),
    "a stamp without a description": ("MH28-004", annotation(Subtype=Name.Stamp)),
    "a button with a label of its own alone": (
        "MH28-005", annotation(Subtype=Name.Widget, TU=String("Yes"), Parent=Dictionary(T=String("answer")))
    ),
    "a field without a label": ("MH28-005", annotation(Subtype=Name.Widget)),
    "a field that is not tagged": ("MH28-010", annotation(Subtype=Name.Widget, TU=String("Name"))),
    "an annotation of a kind of its own": ("MH28-006", annotation(Subtype=Name.Sticker, Contents=String("See"))),
    "an annotation for print": ("MH28-007", annotation(Subtype=Name.TrapNet)),
    "no tab order": ("MH28-008", lambda pdf: pdf.pages[0].obj.__delitem__("/Tabs")),
    "a tab order by rows": ("MH28-009", lambda pdf: pdf.pages[0].obj.__setitem__("/Tabs", Name.R)),
    "a link that is not tagged": ("MH28-011", annotation(Subtype=Name.Link, Contents=String("Report"))),
    "a link in an element of another kind": (
        "MH28-011", lambda pdf: [each.__setitem__("/S", Name.Span) for each in list(elements(pdf, "Link"))]
    ),
    "a link without a description": ("MH28-012", link("/Contents", String(""))),
    "a printer's mark tagged as text": (
        "MH28-017", lambda pdf: [each.update({"/Subtype": Name.PrinterMark}) for each in pdf.pages[0].Annots]
    ),
    "a form drawn from another file": ("MH30-001", foreign_form),
    "tagged text drawn twice": ("MH30-002", doubled_form),
    "a list of glyphs of no known kind": ("MH31-004", font(lambda _, __, d: d.__setitem__("/CIDToGIDMap", Name.Other))),
    "a font that does not say what it numbers": (
        "UA1-7.21.3.1",
        font(lambda _, __, d: d.__delitem__("/CIDSystemInfo")),
    ),
    "no list of glyphs": ("MH31-005", font(lambda _, __, d: d.__delitem__("/CIDToGIDMap"))),
    "a font that is not embedded": ("MH31-009", font(lambda _, __, d: d.FontDescriptor.__delitem__("/FontFile2"))),
    "glyphs without shapes": ("MH31-011", without_shapes),
    "glyphs that the font does not have": (
        "MH31-011",
        font(lambda pdf, _, d: d.__setitem__("/CIDToGIDMap", pdf.make_stream(b"\xff\xf0" * 65536))),
    ),
    "widths that are not those of the font": ("MH31-016", font(lambda _, __, d: d.__setitem__("/W", Array([])))),
    "no list of characters": ("MH31-027", font(lambda _, each, __: each.__delitem__("/ToUnicode"))),
    "glyphs that stand for nothing": ("MH10-001", characters(b"")),
    "glyphs that stand for U+0000": ("MH31-028", characters(b"0000")),
    "glyphs that stand for a mark of byte order": (
        "MH31-029", characters(b"feff")
    ),
    "missing glyphs": (
        "MH31-030", font(lambda pdf, _, d: d.__setitem__("/CIDToGIDMap", pdf.make_stream(bytes(2 * 65536))))
    ),
    "a font that is broken": ("V02", broken_program),
    "an element in itself": ("V05", own_child),
}  # fmt: skip


def protected() -> bytes:
    """A file that may be read by everybody but screen readers, which only old protection can say."""
    nobody = pikepdf.Permissions(accessibility=False, extract=False)
    how = pikepdf.Encryption(owner="o", user="", R=3, aes=False, metadata=False, allow=nobody)
    return spoilt(lambda _: None, encryption=how)
