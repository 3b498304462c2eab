"""What cannot be kept in a PDF, or runs in a page, is refused where the house has it."""

from __future__ import annotations

import io
from base64 import b64encode

import pytest
from PIL import Image

from pressgen.errors import InputError
from pressgen.pictures.scrub import scrub_picture
from pressgen.render import page
from render.documents import MEDIA, sample
from render.folders import STYLESHEET, small

DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {}>\n{}</svg>'


def refused(more: str = "", **files: bytes) -> list[str]:
    """What is said of a house with more rules and files; files are named with _ for the dot."""
    folder = small(stylesheet=STYLESHEET + more, files={name.replace("_", "."): data for name, data in files.items()})
    try:
        page.render(sample(), folder, MEDIA)
    except InputError as refusal:
        return refusal.lines()
    return []


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ("p { opacity: .5 }", "release.css:3:5: P11 a transparent box"),
        ("p { opacity: 50% }", "release.css:3:5: P11 a transparent box"),
        ("@media print { p { opacity: 0.9 } }", "release.css:3:20: P11 a transparent box"),
        ("p { color: device-cmyk(0 0 0 1) }", "release.css:3:5: P11 these are colours for print"),
        ("@page { background: device-cmyk(0 0 0 1) }", "release.css:3:9: P11 these are colours for print"),
    ],
)
def test_a_rule_that_no_pdf_takes_is_reported_at_its_place(rule: str, message: str) -> None:
    (line,) = refused(rule)

    assert message in line


@pytest.mark.parametrize(
    "rule",
    [
        "@media screen { p { opacity: .5 } }",
        "p { opacity: 1 }",
        "p { background: rgba(0, 0, 0, .1) }",
        "p { order: 0 }",
    ],
)
def test_what_a_pdf_takes_is_not_told(rule: str) -> None:
    assert refused(rule) == []


def test_a_picture_for_print_is_told_by_its_name() -> None:
    out = io.BytesIO()
    Image.new("CMYK", (4, 4)).save(out, "JPEG")

    (line,) = refused(mark_jpg=out.getvalue())

    assert "/mark.jpg: P11 this has CMYK colours, as for print; save it as RGB" in line


def test_a_picture_beyond_all_measure_is_not_unpacked() -> None:
    out = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(out, "PNG")

    (line,) = refused(mark_png=out.getvalue())

    assert "/mark.png: P11 this " in line


def test_a_picture_larger_than_any_page_is_refused_with_its_size() -> None:
    out = io.BytesIO()
    Image.new("1", (10_000, 8_001)).save(out, "PNG")

    (line,) = refused(mark_png=out.getvalue())

    assert "/mark.png: P11 this has 10000 × 8001 pixels; make it smaller" in line


@pytest.mark.parametrize(
    ("attribute", "inner", "message"),
    [
        ("", "<script>alert(1)</script>", ":2:1: P11 <script> runs something"),
        ('onload="alert(1)"', "", ":1:1: P11 onload runs a script"),
        (
            "",
            '<image xlink:href="https://example.org/a"/>',
            "“https://example.org/a” is not inside the drawing",
        ),
        ("", '<use href="other.svg#a"/>', "“other.svg#a” is not inside the drawing"),
        ("", '<rect fill="url(https://example.org/a)"/>', "fill loads a file"),
        ("", "<style>@import 'a.css'</style>", "a style loads a file"),
        ("", '<rect fill="device-cmyk(0 0 0 1)"/>', "P11 these are colours for print"),
        ("", "<foreignObject/>", "<foreignObject> runs something"),
        ("", "<g>", "this cannot be read as SVG"),
    ],
)
def test_a_drawing_that_runs_or_fetches_something_is_told(attribute: str, inner: str, message: str) -> None:
    (line,) = refused(mark_svg=DRAWING.format(attribute, inner).encode())

    assert message in line


def test_a_bomb_of_entities_in_a_drawing_is_not_lit() -> None:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE svg [<!ENTITY e0 "boom">{levels}]>' + DRAWING.format("", "<text>&e11;</text>")

    assert all("P11" in line for line in refused(mark_svg=bomb.encode()))
    assert refused(mark_svg=bomb.encode())


def test_a_drawing_with_an_entity_of_its_own_is_refused() -> None:
    drawing = '<!DOCTYPE svg [<!ENTITY red "#f00">]>' + DRAWING.format("", "<path/>")

    (line,) = refused(mark_svg=drawing.encode())

    assert "P11 this defines entities of its own, which is not allowed; save it as plain SVG" in line


def test_a_plain_drawing_is_free() -> None:
    plain = DRAWING.format("", '<defs><path id="a" d="M0 0"/></defs><use href="#a"/><rect fill="url(#b)"/>')

    assert refused(mark_svg=plain.encode()) == []


def test_a_text_in_a_drawing_is_refused_at_its_line() -> None:
    (line,) = refused(mark_svg=DRAWING.format("", '<text font-family="sans-serif">The Hearth Trust</text>').encode())

    assert "mark.svg:2:1: P11 this text would be shown in a font of the reader's machine; turn it into outlines" in line


def test_a_text_in_a_drawing_within_an_address_is_refused() -> None:
    drawing = b64encode(DRAWING.format("", "<text>Hearth</text>").encode()).decode()

    (line,) = refused(f"p {{ background: url('data:image/svg+xml;base64,{drawing}') }}")

    assert "P11 a picture has text in it: this text would be shown in a font of the reader's machine" in line


def photograph(*, author: str = "") -> str:
    """A photograph as an address that holds it whole."""
    exif, out = Image.Exif(), io.BytesIO()
    if author:
        exif[0x013B] = author
    Image.new("RGB", (4, 4)).save(out, "JPEG", exif=exif)
    return (
        "data:image/jpeg;base64," + b64encode(scrub_picture(out.getvalue()) if not author else out.getvalue()).decode()
    )


def test_a_picture_within_an_address_that_keeps_its_author_is_reported_at_its_place() -> None:
    (line,) = refused(f"p {{ background: url('{photograph(author='Petra Quill')}') }}")

    assert "release.css:3:22: P11 a picture still contains data about people and places" in line


def test_a_picture_within_an_address_that_cannot_be_read_is_told() -> None:
    (line,) = refused("p { background: url('data:image/jpeg;base64,/9j/AAAA') }")

    assert "release.css:3:22: P11 a picture is damaged" in line


def test_a_picture_within_an_address_that_tells_nothing_is_free() -> None:
    assert refused(f"p {{ background: url('{photograph()}') }}") == []


def test_a_picture_within_an_address_that_is_cut_off_is_told() -> None:
    (line,) = refused("p { background: url('data:image/png;base64,iVBOR') }")

    assert "P11 a picture is damaged; put the file into the house's folder and name it in release.css" in line
