"""A copy that was printed to PDF again comes back: found, told apart, its words compared; nothing taken for a mark."""

from __future__ import annotations

import io
import random
import subprocess
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from fontTools.ttLib import TTFont
from pypdfium2 import raw

from machine import PATIENCE, ROOT, need_program
from pressgen.actions.review.record_lookup import find_copy_record
from pressgen.actions.workspace.folder import Workspace
from pressgen.errors import InputError
from pressgen.model.proposal import Proposal
from pressgen.pdf.text import read_text
from pressgen.review.pdf_annotations import read_annotations
from pressgen.review.pdf_proposals import propose_from_pdf
from review.copies import Printed, printed
from review.marking import Marking

NAMES = ["thornmere-remand-centre", "warm-rivers", "palm-harbour", "two-rivers"]
GHOST = ["gs", "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=pdfwrite"]
PRINTERS = {
    "poppler": ["pdftocairo", "-pdf", "{}", "{}"],
    "poppler, on letter": ["pdftocairo", "-pdf", "-paper", "letter", "-expand", "{}", "{}"],
    "ghostscript": [*GHOST, "-dPreserveAnnots=false", "-sOutputFile={1}", "{0}"],
    "ghostscript, on A5": [
        *GHOST, "-dPreserveAnnots=false", "-sPAPERSIZE=a5", "-dFIXEDMEDIA", "-dPDFFitPage", "-sOutputFile={1}", "{0}",
    ],
}  # fmt: skip
"""Programs that print a PDF to PDF; they make marks a part of the pages and drop structure and properties."""


def sample(name: str) -> Printed:
    return next(each for each in printed() if each.name == f"{name}.pdf")


def marked(name: str, count: int = 12) -> tuple[bytes, Marking]:
    one = sample(name)
    marking = Marking(one.content, one.found, "acrobat", random.Random(name))  # noqa: S311 - the same each time
    return marking.work(count), marking


def run(command: list[str], data: bytes, folder: Path) -> bytes:
    """What a program makes of a PDF."""
    need_program(command[0])
    (folder / "in.pdf").write_bytes(data)
    files = [str(folder / "in.pdf"), str(folder / "out.pdf")]
    filled = iter(files)
    said = [each.format(*files) if "{0}" in each or "{1}" in each else next(filled) if each == "{}" else each
            for each in command]  # fmt: skip
    subprocess.run(said, check=True, capture_output=True, timeout=PATIENCE)
    return (folder / "out.pdf").read_bytes()


def told(name: str, data: bytes) -> list[Proposal]:
    return propose_from_pdf(sample(name).blocks, read_annotations(data, "in.pdf"))


@pytest.mark.parametrize("program", PRINTERS)
@pytest.mark.parametrize("name", NAMES)
def test_a_copy_printed_again_differs_in_no_word(name: str, program: str, tmp_path: Path) -> None:
    again = run(PRINTERS[program], marked(name)[0], tmp_path)

    assert told(name, again) == []
    (notice,) = read_annotations(again, "in.pdf").notices
    assert "was printed again; anything drawn on its pages cannot be read as marks" in notice


@pytest.mark.parametrize("name", [name for name in NAMES if name != "palm-harbour"])
def test_marks_that_were_kept_are_told_where_they_stand(name: str, tmp_path: Path) -> None:
    """Ghostscript garbles the letters of right-to-left ligatures, and with them where short texts stand."""
    data, marking = marked(name)
    again = run([*GHOST, "-sOutputFile={1}", "{0}"], data, tmp_path)

    exact = {each: truth.block for each, truth in marking.truth.items() if truth.kind in {"Highlight", "Underline"}}
    found = {each.name: each.block for each in told(name, again) if each.name in exact}

    assert exact
    assert found == exact


def flattened(data: bytes) -> bytes:
    """A PDF with its marks made part of the pages, as Chrome does when it prints one."""
    document = pypdfium2.PdfDocument(data)
    for page in document:
        assert raw.FPDFPage_Flatten(page, raw.FLAT_PRINT) != raw.FLATTEN_FAIL
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def with_a_remark(data: bytes, said: str) -> bytes:
    """A PDF with words typed on its first page, drawn as Acrobat draws them, in a font that the file brings along."""
    with pikepdf.open(io.BytesIO(data)) as file:
        font = embedded(file, ROOT / "templates" / "university" / "fonts" / "PublicSans-Regular.ttf")
        look = file.make_stream(f"BT /F 9 Tf 2 4 Td ({said}) Tj ET".encode())
        look.Type, look.Subtype, look.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, pikepdf.Array([0, 0, 200, 14])
        look.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        typed = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FreeText, Rect=[300, 20, 500, 34], Contents=said, F=4,
            DA="/F 9 Tf", AP=pikepdf.Dictionary(N=look),
        )  # fmt: skip
        page = file.pages[0].obj
        page["/Annots"] = pikepdf.Array([*page.get("/Annots", []), file.make_indirect(typed)])
        out = io.BytesIO()
        file.save(out)
    return out.getvalue()


def embedded(file: pikepdf.Pdf, path: Path) -> pikepdf.Object:
    """A font for ASCII text, so that no machine's own fonts change how wide a letter is."""
    with TTFont(path) as face:
        scale = 1000 / face["head"].unitsPerEm
        glyphs, advances = face.getBestCmap(), face["hmtx"].metrics
        widths = [round(advances[glyphs[code]][0] * scale) for code in range(32, 127)]
        box = [round(getattr(face["head"], side) * scale) for side in ("xMin", "yMin", "xMax", "yMax")]
        ascent, descent = (round(value * scale) for value in (face["hhea"].ascent, face["hhea"].descent))
    described = pikepdf.Dictionary(
        Type=pikepdf.Name.FontDescriptor, FontName=pikepdf.Name("/Typed"), Flags=32, FontBBox=pikepdf.Array(box),
        ItalicAngle=0, Ascent=ascent, Descent=descent, CapHeight=ascent, StemV=80,
        FontFile2=file.make_stream(path.read_bytes()),
    )  # fmt: skip
    return file.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.TrueType, BaseFont=pikepdf.Name("/Typed"), FirstChar=32,
            LastChar=126, Widths=pikepdf.Array(widths), Encoding=pikepdf.Name.WinAnsiEncoding,
            FontDescriptor=file.make_indirect(described),
        )
    )  # fmt: skip


def poppler(data: bytes, folder: Path) -> bytes:
    return run(PRINTERS["poppler"], data, folder)


def chrome(data: bytes, _: Path) -> bytes:
    return flattened(data)


@pytest.mark.parametrize("again", [poppler, chrome])
def test_a_remark_that_became_part_of_the_page_is_listed_with_its_words(
    again: Callable[[bytes, Path], bytes], tmp_path: Path
) -> None:
    one = sample("thornmere-remand-centre")

    (found,) = told("thornmere-remand-centre", again(with_a_remark(one.content, "Who says so? Ask Gethin"), tmp_path))

    assert (found.kind, found.after) == ("unmapped", "Who says so? Ask Gethin")


def rewritten(name: str, number: int, text: str) -> list[Proposal]:
    """What is told of a PDF printed again, if other words had been sent in one text."""
    from dataclasses import replace  # noqa: PLC0415 - beside its only use

    from pressgen.model.words import GeneratedText, Piece  # noqa: PLC0415 - as above

    one = sample(name)
    blocks = list(one.blocks)
    blocks[number] = replace(blocks[number], words=(Piece(text=text, origin=GeneratedText("other words")),))
    return propose_from_pdf(blocks, read_annotations(flattened(one.content), "in.pdf"))


def test_a_figure_that_was_changed_on_the_page_is_told_on_its_text() -> None:
    one = sample("thornmere-remand-centre")
    number = next(at for at, block in enumerate(one.blocks) if "187 officers were available" in block.text)

    (found,) = rewritten(one.name[:-4], number, one.blocks[number].text.replace("187", "178"))

    assert (found.kind, found.block, found.before, found.after) == ("unmapped", number, "178", "187")


def test_words_that_were_taken_out_are_told_on_their_text() -> None:
    one = sample("warm-rivers")
    number = next(at for at, block in enumerate(one.blocks) if block.text.startswith("The full data set is free"))

    (found,) = rewritten(
        one.name[:-4], number, one.blocks[number].text.replace("free to use", "free yet costly to use")
    )

    assert (found.block, found.before, found.after) == (number, "yet costly", "")


@pytest.mark.parametrize("name", ["new-chief-inspector", "palm-harbour"])
def test_a_copy_printed_again_is_known_by_the_line_that_it_shows(name: str) -> None:
    """Whatever blanks the printing program put into it; no property of the file is asked."""
    said = "\n".join(read_text(sample(name).content))

    export, notice = find_copy_record(Workspace(ROOT), "", said, "in.pdf")

    assert (export.slug, notice) == (name, "")


def test_a_scan_is_named_as_one() -> None:
    with pikepdf.new() as file:
        file.add_blank_page()
        out = io.BytesIO()
        file.save(out)

    with pytest.raises(InputError, match="M01 contains pictures of pages and no text, like a scan"):
        read_annotations(out.getvalue(), "in.pdf")
