"""Sections, headers and footers of finished Word files: which pages show which, also in odd files."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys

import pytest
from docx import Document
from docx.enum.section import WD_SECTION
from docx.shared import Mm

from pressgen.errors import InputError
from pressgen.model.mark import format_mark_line, make_mark
from pressgen.word.archive import ZipEntry, read_zip, write_zip
from pressgen.word.margin_labels import MARGIN, ReviewCopyMarks
from pressgen.word.names import ID, WML, W, parse_xml
from pressgen.word.personal_copy import make_personal_copy
from pressgen.word.python_docx import add_comment, open_comments
from pressgen.word.review_copy import make_review_copy
from pressgen.word.text import read_all_text

MARK, HOLDER = make_mark("sections"), "Tide Table, <Orrin>"
LINE = format_mark_line(MARK, HOLDER)
BODY = "word/document.xml"
MARKS = ReviewCopyMarks({}, "Copy for review", backwards=False)


def three_sections() -> Document:
    """Portrait, landscape, portrait; no header and no footer anywhere."""
    document = Document()
    document.add_paragraph("One")
    for text, width in (("Two", 297), ("Three", 210)):
        section = document.add_section(WD_SECTION.NEW_PAGE)
        section.page_width = Mm(width)
        document.add_paragraph(text)
    return document


def saved(document: Document) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def changed(data: bytes, old: bytes, new: bytes) -> bytes:
    parts = read_zip(data, "file.docx")
    assert old in parts[BODY]
    parts[BODY] = parts[BODY].replace(old, new)
    return write_zip({name: ZipEntry.of(part) for name, part in parts.items()})


def count_lines(data: bytes, line: str = LINE) -> int:
    return read_all_text(data, "copy.docx").split("\n").count(line)


def test_sections_that_inherit_share_one_footer() -> None:
    assert count_lines(make_personal_copy(saved(three_sections()), MARK, HOLDER)) == 1


def test_a_title_page_in_a_later_section_has_the_line_too() -> None:
    document = three_sections()
    document.sections[2].different_first_page_header_footer = True
    copy = make_personal_copy(saved(document), MARK, HOLDER)

    assert count_lines(copy) == 2
    assert LINE in [each.text for each in Document(io.BytesIO(copy)).sections[2].first_page_footer.paragraphs]


def test_even_pages_have_the_line_too_where_the_settings_ask_for_them() -> None:
    document = three_sections()
    document.settings.odd_and_even_pages_header_footer = True

    assert count_lines(make_personal_copy(saved(document), MARK, HOLDER)) == 2


def test_a_section_with_a_footer_of_its_own_keeps_its_words() -> None:
    document = three_sections()
    document.sections[1].footer.is_linked_to_previous = False
    document.sections[1].footer.paragraphs[0].text = "Landscape"
    copy = make_personal_copy(saved(document), MARK, HOLDER)

    assert count_lines(copy) == 2
    assert [each.text for each in Document(io.BytesIO(copy)).sections[1].footer.paragraphs] == ["Landscape", LINE]


def test_a_section_that_ends_inside_a_content_control_is_seen() -> None:
    document = three_sections()
    document.sections[1].footer.is_linked_to_previous = False
    paragraph = document.element.body.xpath("./w:p[.//w:sectPr]")[1]
    control = paragraph.makeelement(W + "sdt")
    control.append(paragraph.makeelement(W + "sdtContent"))
    paragraph.addprevious(control)
    control[0].append(paragraph)

    assert count_lines(make_personal_copy(saved(document), MARK, HOLDER)) == 2


def test_a_personal_copy_adds_only_parts_for_footers_and_the_mark() -> None:
    """A file without settings is not given those of python-docx."""
    parts = read_zip(saved(three_sections()), "file.docx")
    rels = "word/_rels/document.xml.rels"
    parts[rels] = re.sub(rb"<Relationship [^>]*settings[^>]*>", b"", parts[rels])
    del parts["word/settings.xml"]
    parts["[Content_Types].xml"] = re.sub(rb"<Override [^>]*settings[^>]*>", b"", parts["[Content_Types].xml"])
    bare = write_zip({name: ZipEntry.of(part) for name, part in parts.items()})
    copy = read_zip(make_personal_copy(bare, MARK, HOLDER), "copy.docx")

    assert sorted(copy.keys() - parts.keys()) == ["docProps/custom.xml", "word/footer1.xml"]
    recorded = parse_xml(read_zip(make_review_copy(bare, MARKS), "copy.docx")["word/settings.xml"])
    assert [node.tag for node in recorded] == [W + "trackRevisions"]


def test_a_part_that_has_its_type_by_default_gets_no_empty_one() -> None:
    parts = read_zip(saved(three_sections()), "file.docx")
    types = re.sub(rb'<Override PartName="/word/settings.xml"[^>]*/>', b"", parts["[Content_Types].xml"])
    assert types != parts["[Content_Types].xml"]
    parts["[Content_Types].xml"] = types

    copy = make_review_copy(write_zip({name: ZipEntry.of(part) for name, part in parts.items()}), MARKS)

    assert b'ContentType=""' not in read_zip(copy, "copy.docx")["[Content_Types].xml"]


def test_a_relationship_to_a_part_that_is_not_there_does_no_harm() -> None:
    """LibreOffice and Word write such ones for pictures that they could not find."""
    parts = read_zip(saved(three_sections()), "file.docx")
    image = b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"'
    rels = "word/_rels/document.xml.rels"
    parts[rels] = parts[rels].replace(b"</Relationships>", image + b' Target="NULL"/></Relationships>')
    copy = make_personal_copy(write_zip({name: ZipEntry.of(part) for name, part in parts.items()}), MARK, HOLDER)

    assert count_lines(copy) == 1
    assert b'Target="NULL"' in read_zip(copy, "copy.docx")[rels]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"<w:pgSz", b'<w:footerReference w:type="default" r:id="rId77"/><w:pgSz'),
        (b"<w:pgSz", b'<w:titlePg w:val="perhaps"/><w:pgSz'),
    ],
)
def test_a_section_that_makes_no_sense_is_refused(old: bytes, new: bytes) -> None:
    with pytest.raises(InputError, match=r"has a section, header or footer that cannot be read"):
        make_personal_copy(changed(saved(three_sections()), old, new), MARK, HOLDER)


def test_a_review_copy_gives_every_section_its_margin() -> None:
    document = three_sections()
    before = [each.right_margin for each in document.sections]
    copy = make_review_copy(saved(document), MARKS)

    wider = [each.right_margin for each in Document(io.BytesIO(copy)).sections]
    assert [round((new - old) / 635) for new, old in zip(wider, before, strict=True)] == [MARGIN] * 3
    assert count_lines(copy, MARKS.line) == 1


def test_margins_in_fractions_of_a_point_are_understood() -> None:
    """Google Docs writes them."""
    data = changed(saved(three_sections()), b'w:right="1800"', b'w:right="1800.0"')

    assert len(Document(io.BytesIO(make_review_copy(data, MARKS))).sections) == 3


def test_copies_are_the_same_bytes_each_time() -> None:
    data = saved(three_sections())

    assert make_review_copy(data, MARKS) == make_review_copy(data, MARKS)
    assert make_personal_copy(data, MARK, HOLDER) == make_personal_copy(data, MARK, HOLDER)


COMMENTS = f'<w:comments xmlns:w="{WML}"><w:comment w:id="%s" w:author="Ed"><w:p/></w:comment></w:comments>'


def test_a_comment_has_a_new_id_a_given_date_and_a_paragraph_for_each_line() -> None:
    part = open_comments(parse_xml((COMMENTS % "7").encode()))
    node = add_comment(part, "R&D stays.\nSee <note 2>.", "Ana Orrin", "2026-02-28T23:59:00Z", "back.docx")
    (_, comment) = part.comments

    assert (node.get(ID), comment.text, comment.initials) == ("8", "R&D stays.\nSee <note 2>.", "AO")
    assert f"{comment.timestamp:%Y-%m-%d %H:%M}" == "2026-02-28 23:59"


def test_comments_with_an_id_that_is_no_number_are_refused() -> None:
    part = open_comments(parse_xml((COMMENTS % "seven").encode()))

    with pytest.raises(InputError, match=r"back.docx: W\d+ has a comment that cannot be read"):
        add_comment(part, "Kept.", "Ana", "2026-02-28T23:59:00Z", "back.docx")


def test_a_plain_build_does_not_wait_for_python_docx() -> None:
    """Importing it takes longer than filling a template."""
    code = (
        "import sys; from pressgen.render import word; from render.documents import MEDIA, sample;"
        "from render.folders import real;"
        "word.render(sample(), real('inspectorate'), MEDIA); print('docx' in sys.modules)"
    )
    environment = {**os.environ, "PYTHONPATH": ":".join(sys.path)}
    ran = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)

    assert ran.stdout.strip() == "False"
