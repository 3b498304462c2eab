"""Headings, tables, dates and embargo lines of Word files that anybody made."""

from __future__ import annotations

from functools import cache

import pytest

from pressgen.validate.file import validate_file
from render.documents import sample
from validate.good import parts, word, zipped

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
CELL = "<w:tc><w:tcPr/><w:p><w:r><w:t>Quay</w:t></w:r></w:p></w:tc>"
TABLE = f"<w:tbl><w:tblPr>{{props}}</w:tblPr><w:tblGrid/>{f'<w:tr>{CELL}{CELL}</w:tr>' * 2}</w:tbl>"
OTHER_HEADER = f'<w:hdr xmlns:w="{W}"><w:p><w:r><w:t>{{text}}</w:t></w:r></w:p></w:hdr>'


@cache
def made() -> dict[str, bytes]:
    return parts(word(sample(), "inspectorate"))


def codes(changed: dict[str, bytes]) -> list[str]:
    return [f"{each.place.inside}: {each.code}" for each in validate_file(zipped(made() | changed), "file")]


def body_with(xml: str) -> dict[str, bytes]:
    """The file with something more at the beginning of its text."""
    name = "word/document.xml"
    return {name: made()[name].replace(b"<w:body>", b"<w:body>" + xml.encode(), 1)}


def test_a_date_that_word_sets_anew_is_found() -> None:
    assert codes(body_with("<w:p><w:r><w:monthLong/></w:r></w:p>")) == ["body, paragraph 1: WD17"]


def test_a_tracked_change_of_a_style_is_found() -> None:
    name = "word/styles.xml"
    change = b'<w:pPrChange w:id="7" w:author="Petra Quill"><w:pPr/></w:pPrChange></w:pPr>'

    assert "styles: X01" in codes({name: made()[name].replace(b"</w:pPr>", change, 1)})


@pytest.mark.parametrize(
    ("props", "wanted"),
    [("", []), ('<w:tblBorders><w:top w:val="single" w:sz="4"/></w:tblBorders>', ["body, paragraph 1: WD10"])],
)
def test_a_table_is_one_of_data_where_it_draws_lines(props: str, wanted: list[str]) -> None:
    assert codes(body_with(TABLE.format(props=props))) == wanted


def test_verify_finds_pages_without_the_line_without_the_release() -> None:
    name = "word/header1.xml"
    line = str(sample().banner[0]).encode()

    assert codes({name: made()[name].replace(line, b"Inspectorate")}) == ["section 1, header: X04"]


def test_verify_finds_pages_without_the_line_in_files_of_others() -> None:
    """The first page's header states an embargo, the other does not."""
    name = "docProps/core.xml"
    core = made()[name].replace(b"urn:pressgen:", b"urn:others:")
    headers = {
        "word/header1.xml": OTHER_HEADER.format(text="Harbour board").encode(),
        "word/header2.xml": OTHER_HEADER.format(text="Embargoed until 00:01 GMT on Thursday 4 March 2027").encode(),
    }
    found = codes({name: core, **headers})

    assert [each for each in found if "X04" in each] == ["section 1, header: X04"]


def test_a_public_file_needs_no_line() -> None:
    name = "docProps/core.xml"
    assert codes({name: made()[name].replace(b":embargoed:", b":public:")}) == []
