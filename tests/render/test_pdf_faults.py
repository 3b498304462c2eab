"""What of a house's template and stylesheet, and of a release's characters, the PDF refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pressgen.errors import InputError
from pressgen.model.document import Document, Paragraph
from pressgen.model.words import Field, GeneratedText, Piece, Source
from pressgen.render import pdf
from render.documents import leaf, piece, sample
from render.folders import MEDIA, STYLESHEET, TEMPLATE, locate, small

if TYPE_CHECKING:
    from pressgen.errors import Problem
    from pressgen.model.house import HouseFolder

UNSHOWABLE = "\ue000"
"""A character for private use: no font has it."""


def made(house_folder: HouseFolder, document: Document | None = None) -> bytes:
    return pdf.render(document or sample(), house_folder, MEDIA, locate).content


def refusal(house_folder: HouseFolder, document: Document | None = None) -> list[Problem]:
    with pytest.raises(InputError) as caught:
        pdf.render(document or sample(), house_folder, MEDIA, locate)
    return list(caught.value.problems)


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (piece(f"ab{UNSHOWABLE}", "body[0]"), "body[0]+2"),
        (Piece(text=f"a{UNSHOWABLE}", origin=Field("facts.x", "", Source("body[0]", 7, 21))), "body[0]+7"),
        (Piece(text=UNSHOWABLE, origin=GeneratedText("attribution")), "body[0]+0"),
    ],
)
def test_a_character_that_no_font_shows_is_refused_at_its_place(part: Piece, expected: str) -> None:
    (problem,) = refusal(small(), sample(body=(leaf(Paragraph, "body[0]", part),)))

    assert ("P09", "body[0]", expected) == (problem.code, problem.path, problem.place.inside)
    assert "U+E000" in problem.message


def test_a_character_of_the_template_that_no_font_shows_is_refused() -> None:
    (problem,) = refusal(small(TEMPLATE.replace("<main>", f"<main><p>{UNSHOWABLE}</p>")))

    assert str(problem.place) == "templates/harbour/release.html"


@pytest.mark.parametrize(
    ("sheet", "expected"),
    [
        ("p { colour: red; }", "release.css:1:5: P07 WeasyPrint, which sets the PDF, says: Ignored `colour: red`"),
        ("\n  p:wibble { color: red }", "release.css:2:3: P07 "),
        ("@media (max-width: 3em) { p { color: red } }", "move it into @media screen"),
        ("@font-face { font-family: A; src: url(https://a.example/x.ttf) }", "release.css:1:35: P06 "),
        ("@font-face { font-family: A; src: url(fonts/none.ttf) }", "has no “fonts/none.ttf”"),
        ("@font-face { font-family: A; src: url(a.ttf) }", "says: Font-face 'A' cannot be loaded"),
        ("@import url(https://a.example/x.css);", "release.css:1:1: P06 "),
        (b"\xff", "release.css:1:1: P06 this is not UTF-8"),
    ],
)
def test_a_stylesheet_that_weasyprint_complains_of_is_refused_at_its_line(sheet: str | bytes, expected: str) -> None:
    assert expected in "\n".join(map(str, refusal(small(stylesheet=sheet, files={"a.ttf": b"none"}))))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('<img src="https://a.example/x.png" alt="x">', "Failed to load image at 'https://a.example/x.png'"),
        ('<img src="file:///etc/hostname" alt="x">', "Failed to load image at 'etc/hostname'"),
        ('<img src="../university/logo.svg" alt="x">', "files are not loaded from other places"),
        ('<link rel="stylesheet" href="https://a.example/x.css">', "Failed to load stylesheet"),
        ('<link rel="attachment" href="https://a.example/x.css">', "Failed to load attachment"),
        ('<img src="mark.svg">', "has no required alt description"),
        ("<p style='colour: red'>x</p>", "Ignored `colour: red`"),
        ("{{ headline }}", "Anchor defined twice"),
        ("{{ hedline }}", "did you mean “headline”?"),
        ('<a href="#nowhere">x</a>', "#nowhere"),
    ],
)
def test_a_template_that_weasyprint_complains_of_is_refused(line: str, expected: str) -> None:
    mark = {"mark.svg": b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'}
    problems = refusal(small(TEMPLATE.replace("<main>", f"<main>{line}"), files=mark))

    assert expected in "\n".join(map(str, problems))
    assert all(each.place.file == "templates/harbour/release.html" for each in problems)


def test_a_page_without_language_is_refused() -> None:
    (problem,) = refusal(small(TEMPLATE.replace(' lang="{{ language }}"', "")))

    assert 'Missing required "lang" attribute' in problem.message


def test_a_file_of_the_house_is_found() -> None:
    mark = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'
    sheet = STYLESHEET + "h1 { background: url('a%20mark.svg') no-repeat }"

    assert made(small(stylesheet=sheet, files={"a mark.svg": mark})).startswith(b"%PDF-")


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(template=st.binary(max_size=200), sheet=st.binary(max_size=200))
def test_any_bytes_as_template_and_stylesheet_are_a_pdf_or_refused(template: bytes, sheet: bytes) -> None:
    for chosen in (small(b"<html lang=en>{{ head }}" + template), small(stylesheet=sheet)):
        try:
            assert made(chosen)
        except InputError as refused:
            assert refused.problems  # noqa: PT017 - either is right


@pytest.mark.parametrize("sheet", ["a {" + "(" * 5000, "a { b: " + "f(" * 3000, "@media print {" * 2000])
def test_a_stylesheet_of_endless_brackets_is_refused(sheet: str) -> None:
    (problem,) = refusal(small(stylesheet=sheet))

    assert problem.place.file == "templates/harbour/release.css"


def test_a_template_of_endless_elements_is_refused() -> None:
    (problem,) = refusal(small(TEMPLATE.replace("<main>", "<main>" + "<div>" * 3000)))

    assert "simplify the file" in problem.message
