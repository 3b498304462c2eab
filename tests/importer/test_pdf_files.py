"""PDFs: columns, running heads, lists, hyphens, raised figures and footnotes, by the places of their letters."""

from __future__ import annotations

import base64
import io
import re
import subprocess
import unicodedata
from collections import Counter
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image
from weasyprint import HTML

from importer.drafts import HOME, MUSEUM, quotations, written
from machine import need_program
from pressgen.errors import InputError
from pressgen.importer import ocr
from pressgen.importer.assemble import assemble_draft
from pressgen.importer.draft import Confidence
from pressgen.importer.manuscript import Manuscript, ParagraphKind
from pressgen.importer.manuscript_reader import read_manuscript

PROSE = (
    "The museum opens its new wing today, after ten years of careful work on the roof and on the long walls that hold"
    " it up.",
    "Visitors can see the clockwork owl, which was made in 1790 and hoots at noon; it is four minutes slow, and nobody"
    " minds.",
    "Admission is free for everybody who lives in the town, and for children from other places who come with their"
    " school.",
)
STYLE = (
    "@page { size: A4; margin: 25mm } body { font: 11pt 'DejaVu Serif' } p { margin: 0 0 8pt } h1 { font-size: 18pt }"
)
HEADED = (
    "@page { @top-center { content: 'Brennick Museum · Press office' }"
    " @bottom-center { content: 'Page ' counter(page) ' of ' counter(pages) } }"
)
TITLE = "<h1>Clockwork owl comes home to the museum after eighty years away in a town that nobody there knew</h1>"
TEXT = "".join(f"<p>{each}</p>" for each in PROSE)


def pdf(body: str, style: str = "") -> bytes:
    return HTML(string=f"<html lang=en><style>{STYLE}{style}</style><body>{body}").write_pdf()


def read(data: bytes) -> Manuscript:
    return read_manuscript(data, "old.pdf")


def texts(data: bytes) -> list[str]:
    return [para.shown for para in read(data).paras]


def refusal(data: bytes) -> str:
    with pytest.raises(InputError) as refused:
        read(data)
    assert len(str(refused.value).splitlines()) == 1
    return str(refused.value)


def picture_of(data: bytes) -> bytes:
    """A PDF whose pages are pictures of those of another."""
    with pypdfium2.PdfDocument(data) as document:
        pages = [page.render(scale=150 / 72).to_pil().convert("L") for page in document]
    file = io.BytesIO()
    pages[0].save(file, "PDF", resolution=150, save_all=True, append_images=pages[1:])
    return file.getvalue()


def test_wrapped_lines_are_joined_and_a_headline_of_two_lines_is_one() -> None:
    paras = read(pdf(TITLE + TEXT)).paras

    assert [para.text for para in paras] == [re.sub("<.*?>", "", TITLE), *PROSE]
    assert paras[0].kind is ParagraphKind.HEADING


@pytest.mark.parametrize("style", ["", "text-align: justify; hyphens: auto", "column-gap: 8pt"])
def test_columns_are_read_one_after_the_other(style: str) -> None:
    body = f"{TITLE}<div style='columns: 2; {style}'>{TEXT * 4}</div><p>Contact: Mara Quill, 01632 960123</p>"

    assert texts(pdf(body))[1:] == [*PROSE * 4, "Contact: Mara Quill, 01632 960123"]


def test_a_paragraph_goes_on_over_columns_and_pages() -> None:
    found = texts(pdf(f"{TITLE}<div style='columns: 2; hyphens: auto'>{TEXT * 16}</div>", HEADED))

    assert found[1:] == [*PROSE * 16]


def test_running_heads_and_page_numbers_are_no_text() -> None:
    manuscript = read(pdf(TITLE + TEXT * 12, HEADED))

    assert [para.text for para in manuscript.margins] == ["Brennick Museum · Press office"]
    assert [para.text for para in manuscript.menus] == ["Page 1 of 2", "Page 2 of 2"]
    assert [para.text for para in manuscript.paras[1:]] == [*PROSE * 12]


def test_first_line_indents_begin_paragraphs() -> None:
    assert texts(pdf(TEXT, "p { margin: 0; text-indent: 14pt }")) == [*PROSE]


def test_lists_get_their_markers_back() -> None:
    lists = f"<ul><li>the owl</li><li>{PROSE[1]}</li></ul><ol><li>{PROSE[0]}</li><li>two</li></ol>"
    paras = read(pdf(f"<p>Visitors see:</p>{lists}{TEXT}")).paras

    assert [(para.kind, para.shown) for para in paras[1:5]] == [
        (ParagraphKind.ITEM, "• the owl"),
        (ParagraphKind.ITEM, f"• {PROSE[1]}"),
        (ParagraphKind.ITEM, f"1. {PROSE[0]}"),
        (ParagraphKind.ITEM, "2. two"),
    ]


def test_a_table_of_figures_keeps_its_rows() -> None:
    rows = "<tr><th>Year<th>Visitors<th>Share<tr><td>2024<td>4,120<td>7%<tr><td>2025<td>5,300<td>9%"
    paras = read(pdf(f"{TEXT}<table style='border-spacing: 20pt 2pt'>{rows}</table>{TEXT}")).paras

    assert [para.rows for para in paras if para.kind is ParagraphKind.TABLE] == [
        (("Year", "Visitors", "Share"), ("2024", "4,120", "7%"), ("2025", "5,300", "9%"))
    ]


def test_contacts_beside_each_other_are_not_mixed() -> None:
    cards = (
        "<p>Mara Quill<br>Press officer<br>mara@brennick.example</p><p>Ines Falk<br>Director<br>ines@brennick.example"
    )
    found = texts(pdf(f"{TITLE}{TEXT * 2}<div style='columns: 2'>{cards}</div>"))

    assert found[-6:] == [
        "Mara Quill", "Press officer", "mara@brennick.example", "Ines Falk", "Director", "ines@brennick.example",
    ]  # fmt: skip


def test_raised_figures_stay_raised_and_footnotes_come_last() -> None:
    body = "<p>The hall has 120 m<sup>2</sup> of floor.<sup>1</sup> It is the 1<sup>st</sup> of three.</p>"
    note = "<p style='font-size: 8pt'><sup>1</sup> Measured in May by the builders of the wing.</p>"
    paras = read(pdf(body + TEXT + note)).paras

    assert paras[0].text == "The hall has 120 m² of floor.¹ It is the 1st of three."
    assert (paras[-1].kind, paras[-1].shown) == (
        ParagraphKind.ITEM, "1. Measured in May by the builders of the wing.",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("before", "lines", "joined", "doubted"),
    [
        ("The museum is large.", "the mu-<br>seum opens", "the museum opens", False),
        ("A half-open door.", "the half-<br>open door", "the half-open door", False),
        ("It opens.", "an Anglo-<br>Saxon owl", "an Anglo-Saxon owl", False),
        ("It opens.", "a family-<br>owned house", "a family-owned house", True),
    ],
)
def test_hyphens_at_line_ends_are_undone_with_care(before: str, lines: str, joined: str, *, doubted: bool) -> None:
    manuscript = read(pdf(f"<p>{before}</p><p>{lines}</p>{TEXT}"))

    assert manuscript.paras[1].text == joined
    assert any("a hyphen at the end of a line" in doubt for doubt in manuscript.doubts) is doubted


def test_pages_that_lie_on_their_side_are_read() -> None:
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf(TITLE + TEXT))) as document:
        upright = document.pages[0]
        page = document.make_stream(b"q 0 1 -1 0 842 0 cm\n" + b"".join(each.read_bytes() for each in upright.Contents)
                                    + b"\nQ") if isinstance(upright.Contents, pikepdf.Array) else document.make_stream(
            b"q 0 1 -1 0 842 0 cm\n" + upright.Contents.read_bytes() + b"\nQ")  # fmt: skip
        upright.Contents, upright.MediaBox, upright.Rotate = page, [0, 0, 842, 595], 90
        document.save(file)

    assert texts(file.getvalue()) == texts(pdf(TITLE + TEXT))


def test_nothing_from_a_pdf_is_more_than_likely() -> None:
    lines = "".join(f"<p>{line}</p>" for line in MUSEUM.split("\n\n"))
    draft = assemble_draft(read(pdf(lines)), HOME)

    assert [name.removeprefix("Dr ") for name, _ in quotations(draft)] == ["Ines Falk", "Tobias Reed"]
    assert Confidence.SURE not in draft.sureness.values()
    assert "# ? read from a PDF: compare the order and the ends of its paragraphs with the pages" in written(draft)


def test_a_picture_in_a_pdf_is_counted() -> None:
    file = io.BytesIO()
    Image.new("RGB", (400, 300), "red").save(file, "PNG")
    picture = base64.b64encode(file.getvalue()).decode()
    doubts = read(pdf(f"{TEXT}<img src='data:image/png;base64,{picture}' alt='Red'>")).doubts

    assert "pictures were left out: 1; put them into the release’s folder" in doubts


@pytest.mark.parametrize("body", [TITLE + TEXT * 12, f"<div style='columns: 3; hyphens: auto'>{TEXT * 6}</div>"])
def test_poppler_finds_no_other_words(body: str, tmp_path: Path) -> None:
    data = pdf(body, HEADED)
    (tmp_path / "old.pdf").write_bytes(data)
    command = [need_program("pdftotext"), "-nopgbrk", "old.pdf", "-"]
    poppler = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    manuscript = read(data)
    ours = " ".join(para.shown for para in (*manuscript.paras, *manuscript.margins, *manuscript.menus))

    missing = Counter(_words(poppler)) - Counter(_words(ours))
    assert missing - Counter(_words("Brennick Museum Press office")) == Counter()


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFKC", text))


def test_a_pdf_with_a_password_is_refused() -> None:
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf(TEXT))) as document:
        document.save(file, encryption=pikepdf.Encryption(user="secret", owner="owner"))

    assert "I01 has a password; save it without one" in refusal(file.getvalue())


def test_a_damaged_pdf_is_refused() -> None:
    assert "I01 is a damaged PDF" in refusal(b"%PDF-1.7\n" + bytes(range(256)) * 20)
    assert "I01 is a damaged PDF" in refusal(pdf(TEXT)[:900])


def test_a_pdf_of_many_pages_is_refused() -> None:
    file, document = io.BytesIO(), pikepdf.new()
    for _ in range(61):
        document.add_blank_page()
    document.save(file)

    assert "I02 has 61 pages, but a release has at most 60" in refusal(file.getvalue())


def test_a_pdf_with_far_more_text_than_a_release_is_refused() -> None:
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf(TEXT * 40, "p { font-size: 5pt }"))) as document:
        page = document.pages[0]
        for _ in range(50):
            document.pages.append(page)
        document.save(file)

    assert "I02 has more than 200,000 characters, too many for a release" in refusal(file.getvalue())


def test_letters_from_right_to_left_are_refused() -> None:
    assert "I01 has letters that run from right to left" in refusal(pdf("<p>" + "العمل على التخطيط " * 20))


def test_without_ocr_a_scan_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "PROGRAM", "no-such-program")

    assert (
        "I15 its pages are pictures or have no text that can be read, and ocrmypdf is not on this machine"
        in refusal(picture_of(pdf(TEXT)))
    )


def test_a_page_that_is_a_picture_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "PROGRAM", "no-such-program")
    file = io.BytesIO()
    with (
        pikepdf.open(io.BytesIO(pdf(TEXT))) as document,
        pikepdf.open(io.BytesIO(picture_of(pdf(TITLE)))) as scan,
    ):
        document.pages.extend(scan.pages)
        document.save(file)

    assert any("no text can be read on page 2, which may be a picture" in each for each in read(file.getvalue()).doubts)


def test_a_scan_is_read_by_ocr_and_doubted() -> None:
    need_program("ocrmypdf")
    manuscript = read(picture_of(pdf(TITLE + TEXT, "p { font-size: 14pt }")))

    words = Counter(word for para in manuscript.paras for word in _words(para.text))
    assert sum((Counter(_words(" ".join(PROSE))) - words).values()) <= 2
    assert any("(OCR)" in doubt for doubt in manuscript.doubts)


def test_an_ocr_that_fails_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "PROGRAM", "false")

    assert "I15 its pages are pictures or have no text that can be read, and ocrmypdf could not read them" in refusal(
        picture_of(pdf(TEXT))
    )
