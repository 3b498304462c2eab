"""Word files as they come out of Word: lists, links, pictures, tables, tracked changes, content controls."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from PIL import Image

from importer.drafts import draft_of, written
from pressgen.errors import InputError
from pressgen.importer.draft import DraftHeading, DraftList, DraftPicture, DraftTable
from pressgen.importer.manuscript import ParagraphKind
from pressgen.importer.manuscript_reader import read_manuscript

if TYPE_CHECKING:
    from docx.document import Document as WordDocument


def saved(document: WordDocument) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


@pytest.fixture
def document() -> WordDocument:
    """A headline and a lead."""
    made = Document()
    made.add_heading("Ferry sails again", 0)
    made.add_paragraph("The ferry to Skerra sails again from Monday, after eleven years in which it did not.")
    return made


def test_title_headings_and_lists_are_known_by_their_styles(document: WordDocument) -> None:
    document.add_heading("What changes", 2)
    document.add_paragraph("The route is back, and the fare is what it was when the ferry stopped.")
    for text in ("two sailings a day", "bicycles free"):
        document.add_paragraph(text, style="List Bullet")

    draft = draft_of(saved(document))

    assert draft.headline == "Ferry sails again"
    assert [block.text for block in draft.body if isinstance(block, DraftHeading)] == ["What changes"]
    assert [len(block.items) for block in draft.body if isinstance(block, DraftList)] == [2]


def test_tracked_changes_are_taken_as_accepted(document: WordDocument) -> None:
    paragraph = document.add_paragraph("It sails ")
    paragraph._p.append(parse_xml(f'<w:ins {nsdecls("w")} w:id="1" w:author="a"><w:r><w:t>twice</w:t></w:r></w:ins>'))
    paragraph._p.append(
        parse_xml(f'<w:del {nsdecls("w")} w:id="2" w:author="a"><w:r><w:delText>once</w:delText></w:r></w:del>')
    )

    texts = [para.text for para in read_manuscript(saved(document), "old.docx").paras]

    assert texts[-1] == "It sails twice"


def test_the_text_of_content_controls_and_text_boxes_is_seen(document: WordDocument) -> None:
    control = f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>Held words</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    document.element.body.insert(2, parse_xml(control))

    assert "Held words" in [para.text for para in read_manuscript(saved(document), "old.docx").paras]


def test_a_picture_comes_with_its_description(document: WordDocument) -> None:
    file = io.BytesIO()
    Image.new("RGB", (8, 8)).save(file, "PNG")
    document.add_picture(file)
    document.element.body.xpath(".//wp:docPr")[0].set("descr", "The ferry at its berth")

    manuscript = read_manuscript(saved(document), "old.docx")
    draft = draft_of(saved(document))

    assert list(manuscript.pictures) == ["picture-1.png"]
    assert [(each.file, each.alt) for each in draft.body if isinstance(each, DraftPicture)] == [
        ("picture-1.png", "The ferry at its berth")
    ]


def test_a_table_keeps_its_cells(document: WordDocument) -> None:
    table = document.add_table(2, 2)
    for row, texts in zip(table.rows, [("Month", "Sailings"), ("May, June", "[62]")], strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text

    draft = draft_of(saved(document))

    assert [block.rows for block in draft.body if isinstance(block, DraftTable)] == [
        (("Month", "Sailings"), ("May, June", "[62]"))
    ]
    assert '"May, June"' in written(draft)


def test_a_table_that_only_lays_out_is_read_as_what_stands_in_it(document: WordDocument) -> None:
    document.add_table(1, 2).rows[0].cells[1].text = "In a frame"

    assert all(para.kind is not ParagraphKind.TABLE for para in read_manuscript(saved(document), "old.docx").paras)


def test_what_stands_in_headers_has_no_place_but_an_embargo_there_counts(document: WordDocument) -> None:
    document.sections[0].header.paragraphs[0].text = "EMBARGOED UNTIL 00:01 WEDNESDAY 8 MAY 2019"
    document.sections[0].footer.paragraphs[0].text = "Skerra Harbour Trust, Pier Road"

    result = written(draft_of(saved(document)))

    assert "embargo: 2019-05-08 00:01" in result
    assert "text: Skerra Harbour Trust, Pier Road" in result


def test_lines_of_a_paragraph_are_read_as_lines() -> None:
    document = Document()
    document.add_paragraph("Ferry sails again\nThe ferry to Skerra sails again from Monday, after eleven years.")

    assert draft_of(saved(document)).headline == "Ferry sails again"


def test_a_picture_that_no_page_can_show_is_left_out_and_told(document: WordDocument) -> None:
    file = io.BytesIO()
    Image.new("RGB", (8, 8)).save(file, "GIF")
    document.add_picture(file)

    doubts = [doubt.message for doubt in draft_of(saved(document)).doubts]

    assert "a picture is neither PNG nor JPEG and was left out" in doubts


def test_more_text_than_a_release_holds_is_refused(document: WordDocument) -> None:
    document.add_paragraph("word " * 40_000)

    with pytest.raises(InputError, match="has more than 200,000 characters or 20,000 paragraphs; import its parts one"):
        read_manuscript(saved(document), "old.docx")
