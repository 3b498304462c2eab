"""The words of a PDF, read back."""

from __future__ import annotations

import io

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressgen.pdf.text import NotAPdfError, read_body, read_text
from pressgen.pdf.weasy import weasyprint

PAGE = """<html lang="en"><title>T</title><style>
@page { size: 10cm; @top-left { content: "HEADER" } @bottom-right { content: "Page " counter(page) } }
.next { break-before: page }
</style><h1>One</h1><ol><li>first<ol><li>inner</li></ol></li><li>second</li></ol><p class="next">Two</p>"""


def made(markup: str, variant: str | None = "pdf/ua-1") -> bytes:
    content: bytes = weasyprint.HTML(string=markup).write_pdf(pdf_variant=variant)
    return content


def test_all_text_is_read_page_by_page() -> None:
    one, two = (each.split() for each in read_text(made(PAGE)))

    assert {"One", "first", "HEADER", "1"} <= set(one)
    assert two == ["Two", "HEADER", "Page", "2"]


def test_the_body_is_read_without_headers_footers_and_list_numbers() -> None:
    assert [each.split() for each in read_body(made(PAGE))] == [["One", "first", "inner", "second"], ["Two"]]


def test_the_body_is_read_in_the_order_of_the_structure() -> None:
    markup = '<html lang="en"><title>T</title><div style="float:right">aside</div><p>first</p>'

    assert read_body(made(markup))[0].split() == ["aside", "first"]


def test_a_page_without_structure_is_read_whole() -> None:
    assert "HEADER" in read_body(made(PAGE, variant=None))[0]


@given(data=st.binary(max_size=300))
def test_what_is_no_pdf_is_refused(data: bytes) -> None:
    with pytest.raises(NotAPdfError, match="this PDF cannot be read completely"):
        read_text(data)


def test_a_pdf_of_more_pages_than_any_release_has_is_not_read() -> None:
    pdf, out = pikepdf.new(), io.BytesIO()
    pdf.add_blank_page()
    for _ in range(12):
        pdf.pages.extend(list(pdf.pages))
    pdf.save(out)

    with pytest.raises(NotAPdfError, match="this PDF has 4,096 pages; at most 3,000 are read"):
        read_text(out.getvalue())
