"""A review copy: DRAFT behind the text, labels in the margin, its line at the foot, and not a word more to read."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pikepdf
import pytest
from lxml import html

from pressgen.model.artifact import Format
from pressgen.model.document import Paragraph, iter_leaves
from pressgen.model.edition import Edition
from pressgen.model.labels import label_blocks
from pressgen.pdf.text import read_body
from pressgen.pdf.text import read_text as read_pages
from pressgen.render import page, pdf, plain, word
from pressgen.validate.content import find_missing_blocks
from pressgen.validate.file import validate_file
from pressgen.word.text import read_blocks, read_headers_and_footers, read_paragraphs
from render.documents import MEDIA, charted, folder, leaf, public, reviewed, sample
from render.folders import HOUSES, locate, real
from render.pdf_reading import blocks
from word.maker import W, pack, part, unpack

if TYPE_CHECKING:
    from pressgen.model.document import Document

LINE = "Ref IHE-2031-014 · review · 7f3a9c12e04b"
URN = "urn:pressgen:IHE-2031-014:review:r0:7f3a9c12e04b"
SHAPES = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
COPY = reviewed(sample())
in_both_houses = pytest.mark.parametrize("house", HOUSES)


def made(format_: Format, house: str, document: Document = COPY) -> bytes:
    match format_:
        case Format.DOCX:
            return word.render(document, real(house), MEDIA).content
        case Format.PDF:
            return pdf.render(document, real(house), MEDIA, locate).content
        case Format.HTML:
            return page.render(document, real(house), MEDIA).content
        case Format.TXT:
            return plain.render(document, real(house)).content


def shown(format_: Format, content: bytes) -> str:
    """Everything that the file says, at its margins too."""
    match format_:
        case Format.DOCX:
            return "\n".join([*read_paragraphs(content), *read_headers_and_footers(content)])
        case Format.PDF:
            return "\n".join(read_pages(content))
        case Format.HTML:
            body = html.document_fromstring(content.decode()).find("body")
            assert body is not None
            return str(body.text_content())
        case Format.TXT:
            return content.decode()


@in_both_houses
@pytest.mark.parametrize("format_", list(Format))
def test_the_copy_says_every_word_and_its_line_and_nowhere_draft(house: str, format_: Format) -> None:
    content = made(format_, house)
    text = shown(format_, content)

    assert find_missing_blocks(COPY, format_, content) == []
    assert " ".join(LINE.split()) in " ".join(text.split())
    assert "DRAFT" not in text


@in_both_houses
@pytest.mark.parametrize("format_", [Format.DOCX, Format.PDF])
def test_nothing_is_wrong_with_the_copy(house: str, format_: Format) -> None:
    assert validate_file(made(format_, house), "copy") == []


@in_both_houses
def test_under_embargo_the_copy_has_the_banner_on_every_page(house: str) -> None:
    banner = str(COPY.banner[0])

    assert all(banner in text for text in read_pages(made(Format.PDF, house)))
    assert any(banner in text for text in read_headers_and_footers(made(Format.DOCX, house)))


@pytest.mark.parametrize("format_", list(Format))
def test_what_is_issued_shows_nothing_of_all_this(format_: Format) -> None:
    for document in (sample(), public(sample())):
        content = made(format_, "university", document)

        assert "review" not in shown(format_, content)
        assert b"data-label" not in content


# On paper


@in_both_houses
def test_a_reader_of_the_pdf_hears_neither_labels_nor_line(house: str) -> None:
    masthead = ["InspectorateofHarbourEducation", "Newsrelease"] if house == "university" else []
    heard = ["".join(each.split()) for each in blocks(made(Format.PDF, house))]

    assert heard == masthead + ["".join(str(each).split()) for each in iter_leaves(COPY.blocks)]


@in_both_houses
def test_every_label_stands_in_the_pdf_beside_its_text(house: str) -> None:
    content = made(Format.PDF, house)
    pages, body = "\n".join(read_pages(content)), "\n".join(read_body(content))

    for said in label_blocks(COPY).values():
        assert "".join(said.split()) in "".join(pages.split())
    assert LINE not in body


@in_both_houses
def test_the_margin_of_the_pdf_is_wide_and_every_page_has_the_line(house: str) -> None:
    texts = read_pages(made(Format.PDF, house))

    assert all(LINE in " ".join(text.split()) for text in texts)


def test_draft_is_drawn_behind_every_page_as_an_artifact() -> None:
    """It comes first, so that all else is drawn over it."""
    with pikepdf.open(io.BytesIO(made(Format.PDF, "inspectorate"))) as file:
        drawn = [pikepdf.unparse_content_stream(pikepdf.parse_content_stream(each)[:40]) for each in file.pages]

    assert all(b"/Artifact" in each.partition(b"MCID")[0] for each in drawn)


def test_the_pdf_is_called_as_its_line_says() -> None:
    with pikepdf.open(io.BytesIO(made(Format.PDF, "inspectorate"))) as file:
        assert URN.encode() in file.Root.Metadata.read_bytes()


def test_a_second_round_is_another_file() -> None:
    second = replace(COPY, edition=Edition("7f3a9c12e04b", 2))

    assert "review 2 ·" in "\n".join(read_pages(made(Format.PDF, "inspectorate", second)))


# On the screen


@in_both_houses
def test_the_page_tells_the_path_of_each_label(house: str) -> None:
    root = html.document_fromstring(made(Format.HTML, house).decode())
    paths = {each.id: each.path for each in iter_leaves(COPY.blocks)}
    told = {each.get("data-label"): each.get("data-path") for each in root.iter() if each.get("data-label")}

    for ident, said in label_blocks(COPY).items():
        assert said in told
        assert ident not in paths or told[said] == paths[ident]


# In Word


@in_both_houses
def test_a_label_in_word_is_no_part_of_its_block(house: str) -> None:
    content = made(Format.DOCX, house)

    assert read_blocks(content) == {each.id: str(each) for each in iter_leaves(COPY.blocks)}
    named = [node.get("name", "") for node in part(content).iter(f"{SHAPES}docPr")]
    assert [name.removeprefix("Label ") for name in named if name.startswith("Label ")] == list(
        label_blocks(COPY).values()
    )


@in_both_houses
def test_word_records_changes_and_the_file_is_known_in_four_places(house: str) -> None:
    parts = unpack(made(Format.DOCX, house))

    assert part(made(Format.DOCX, house), "word/settings.xml").find(f"{W}trackRevisions") is not None
    for name in ("docProps/core.xml", "docProps/custom.xml", "customXml/item1.xml"):
        assert URN.encode() in parts[name]
    assert all(LINE.encode() in parts[name] for name in ("word/footer1.xml", "word/footer2.xml"))


@in_both_houses
def test_every_header_in_word_has_the_watermark_and_the_text_is_narrower(house: str) -> None:
    content, issued = made(Format.DOCX, house), made(Format.DOCX, house, sample())

    for name in ("word/header1.xml", "word/header2.xml"):
        assert [node.get("string") for node in part(content, name).iter("{urn:schemas-microsoft-com:vml}textpath")] == [
            None,
            "DRAFT",
        ]
    margin = {each: int(part(each).find(f".//{W}pgMar").get(f"{W}right")) for each in (content, issued)}  # type: ignore[union-attr, arg-type]
    widths = {each: widest(each) for each in (content, issued)}
    assert margin[content] - margin[issued] == widths[issued] - widths[content] == 1700


def widest(content: bytes) -> int:
    return max(int(node.get(f"{W}w", "0")) for node in part(content).iter(f"{W}tblW"))


def test_a_template_without_headers_and_footers_gets_them() -> None:
    parts = unpack(real("inspectorate").files["release.docx"])
    parts["word/document.xml"] = re.sub(rb"<w:(header|footer)Reference[^>]*/>", b"", parts["word/document.xml"])
    content = word.render(COPY, folder({"release.docx": pack(parts)}), MEDIA).content

    assert validate_file(content, "copy.docx") == []
    assert read_headers_and_footers(content).count(LINE) == 2
    headers = [part for name, part in unpack(content).items() if re.fullmatch(r"word/header\d+\.xml", name)]
    assert sum(b"DRAFT" in part for part in headers) == 2


@in_both_houses
def test_a_chart_fits_beside_the_margin(house: str) -> None:
    content = made(Format.DOCX, house, reviewed(charted()))

    assert read_blocks(content) == {each.id: str(each) for each in iter_leaves(charted().blocks)}


def test_a_language_that_runs_the_other_way_has_its_margin_on_the_other_side() -> None:
    document = replace(COPY, language="he", body=(leaf(Paragraph, "body[0]", "Shalom."),), notes=())
    margins = part(made(Format.DOCX, "inspectorate", document)).find(f".//{W}pgMar")

    assert margins is not None
    assert int(margins.get(f"{W}left", "0")) > int(margins.get(f"{W}right", "0"))
    assert validate_file(made(Format.PDF, "inspectorate", document), "copy") == []
