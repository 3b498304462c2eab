"""A link that runs something, or leads to a place that no reader can follow, is told at its place and never printed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressgen.model.links import is_linkable
from pressgen.text.prose import ProseError, parse_prose
from pressgen.validate.page import validate_page

REFUSED = [
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\nscript:alert(1)", "java\tscript:a", "\x01javascript:a",
    " javascript:a", "vbscript:x", "data:text/html,<b>x", "file:///etc/passwd", "//evil.example/x", "\\\\evil\\share",
    "ftp://a.example", "blob:https://a.example/1", "javascript&colon;alert(1)", "&#106;avascript:alert(1)", "http:",
    "https://", "page.html", "",
]  # fmt: skip
TAKEN = ["https://a.example/x?q=1#y", "http://a.example", "HTTPS://A.EXAMPLE/", "mailto:press@a.example", "tel:+44123"]


@pytest.mark.parametrize("address", REFUSED)
def test_only_pages_mail_and_telephones_are_linked_to(address: str) -> None:
    assert not is_linkable(address)


@pytest.mark.parametrize("address", TAKEN)
def test_an_address_in_full_is_taken(address: str) -> None:
    assert is_linkable(address)
    assert validate_page(f'<html lang="en"><body><a href="{address}">x</a>'.encode(), "page.html") == []


@pytest.mark.parametrize("address", [each for each in REFUSED if ":" in each and "&" not in each])
def test_prose_with_such_a_link_is_refused_at_its_place(address: str) -> None:
    with pytest.raises(ProseError) as refusal:
        parse_prose(f"See [x]({address}) here")
    assert {offset for _, offset in refusal.value.faults} == {4}


@given(st.from_regex(r"[\x01-\x20]{0,2}(java|vb)[\t\n\r]?script[\t\n\r]?:[a-z]{1,5}", fullmatch=True))
def test_the_reader_of_pages_sees_a_script_as_a_browser_does(address: str) -> None:
    page = f'<html lang="en"><body><p><a href="{address}">x</a></p></body></html>'
    assert [each.code for each in validate_page(page.encode(), "page.html")] == ["X10"]
