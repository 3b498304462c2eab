"""Charts in page, PDF, Word and mail."""

from __future__ import annotations

import base64
import io
import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from lxml import etree
from PIL import Image

from pressgen.errors import InputError
from pressgen.model.document import Chart
from pressgen.pdf.text import read_body
from pressgen.render import page, pdf, plain
from pressgen.render.chart import draw_chart
from pressgen.render.chart_marks import WIDTH, Box, Dot, Hue, Label, Stroke
from pressgen.render.chart_png import render_chart_png
from pressgen.render.chart_style import read_chart_style
from pressgen.render.chart_svg import render_chart_svg
from pressgen.validate.content import check_content
from render.documents import chart, charted, sample
from render.folders import HOUSES, MEDIA, TEMPLATES, locate, real, small
from render.word_files import made
from validate.second_judge import find_faults
from word.maker import part

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pressgen.render.chart_marks import ChartDrawing
    from pressgen.render.chart_style import ChartStyle

SVG = "{http://www.w3.org/2000/svg}"
ALTS = [f"A chart of {kind} kind, 2029 to 2031" for kind in ("bar", "stacked", "line")]
BARS = chart("c", "bar", [["", "Girls", "Boys"], ["Wick", "40", "100"], ["Saltmere", "20", "0"]])


def pictures(text: str) -> list[bytes]:
    return [base64.b64decode(each) for each in re.findall(r"data:image/svg\+xml;base64,([^\"]+)\" alt=\"A chart", text)]


@pytest.mark.parametrize("house", HOUSES)
def test_the_page_shows_each_chart_with_its_alternative(house: str) -> None:
    text = page.render(charted(), real(house), MEDIA).content.decode()

    assert re.findall(r'alt="(A chart[^"]*)"', text) == ALTS
    assert len(pictures(text)) == 3


def test_the_drawing_runs_nothing_fetches_nothing_and_adds_no_words() -> None:
    for picture in pictures(page.render(charted(), real("inspectorate"), MEDIA).content.decode()):
        root = etree.fromstring(picture)
        shapes = {SVG + name for name in ("svg", "rect", "polyline", "circle", "path")}
        assert {str(each.tag) for each in root.iter()} <= shapes
        assert b"href" not in picture
        assert b"url(" not in picture


def test_a_label_that_the_houses_fonts_cannot_draw_stands_as_text() -> None:
    sheet = draw_chart(chart("c", "bar", [["", "A"], ["שלום <&>", "4"]]))
    text = etree.fromstring(render_chart_svg(sheet, read_chart_style(real("inspectorate")))).findall(SVG + "text")

    assert [each.text for each in text] == ["שלום <&>"]


def test_a_chart_has_the_colours_of_its_house() -> None:
    dress = read_chart_style(real("inspectorate"))

    assert dress.colours[Hue.ACCENT] == "#0b4f6c"
    assert b"#0b4f6c" in render_chart_svg(draw_chart(BARS), dress)


def test_a_house_that_names_no_colours_has_charts_all_the_same() -> None:
    assert render_chart_svg(draw_chart(BARS), read_chart_style(small())).startswith(b"<svg")


def test_bars_are_as_long_as_their_figures() -> None:
    widths = [
        mark.width for mark in draw_chart(BARS).marks if isinstance(mark, Box) and mark.edge and mark.height == 20
    ]

    assert widths[0] + 1 == pytest.approx((widths[1] + 1) * 0.4)
    assert widths[2] + 1 == pytest.approx((widths[1] + 1) * 0.2)
    assert widths[3] == 1


def test_series_differ_in_texture_and_not_in_colour_alone() -> None:
    marks = draw_chart(BARS).marks
    striped = [mark for mark in marks if isinstance(mark, Stroke)]
    dots = {
        (mark.hollow, mark.square) for mark in draw_chart(replace(BARS, kind="line")).marks if isinstance(mark, Dot)
    }

    assert striped
    assert dots == {(False, False), (True, False)}


@pytest.mark.parametrize("kind", ["bar", "stacked", "line"])
@pytest.mark.parametrize("figures", [["0", "0"], ["9" * 400, "1"], ["0." + "0" * 400 + "1", "0"]])
def test_figures_of_any_size_stay_on_the_sheet(kind: str, figures: list[str]) -> None:
    given = replace(
        BARS,
        kind=kind,  # type: ignore[arg-type]  # one of its kinds
        values=tuple((Decimal(each), Decimal(0)) for each in figures),
    )

    for mark in draw_chart(given).marks:
        if isinstance(mark, Box):
            assert 0 <= mark.x <= mark.x + mark.width <= WIDTH + 1


def test_bars_below_nought_go_to_the_left() -> None:
    below = replace(BARS, values=((Decimal(-40), Decimal(100)), (Decimal(20), Decimal(0))))
    anchors = [mark.anchor for mark in draw_chart(below).marks if isinstance(mark, Label)]

    assert anchors.count("end") == 1


@pytest.mark.parametrize("house", HOUSES)
def test_the_pdf_with_charts_is_accessible_and_says_every_figure_once(house: str, tmp_path: Path) -> None:
    made_pdf = pdf.render(charted(), real(house), MEDIA, locate)
    file = tmp_path / made_pdf.name
    file.write_bytes(made_pdf.content)

    assert find_faults(file) == []
    assert "".join(read_body(made_pdf.content)).count("252.5") == 1
    assert check_content(charted(), made_pdf, locate) == []


@pytest.mark.parametrize("house", HOUSES)
def test_word_shows_each_chart_with_its_alternative(house: str) -> None:
    document = part(made(charted(), house), "word/document.xml")
    described = [node.get("descr") for node in document.iter("{*}docPr")]

    assert [each for each in described if (each or "").startswith("A chart")] == ALTS


def test_the_picture_for_word_is_the_same_each_time_and_sharp() -> None:
    dress = read_chart_style(real("university"))
    picture, missing = render_chart_png(draw_chart(BARS), dress)

    assert render_chart_png(draw_chart(BARS), dress) == (picture, missing)
    assert missing == ""
    with Image.open(io.BytesIO(picture)) as image:
        assert round(image.info["dpi"][0]) == 220
        assert image.width > 1000


def test_a_character_that_no_font_of_the_house_draws_is_refused_in_word() -> None:
    document = sample(body=(chart("body[0].chart", "bar", [["", "A"], ["漢", "4"]]),))

    with pytest.raises(InputError, match="can draw “漢” \\(U\\+6F22\\)"):
        made(document)


@pytest.mark.parametrize("draw", [render_chart_png, render_chart_svg])
def test_a_damaged_font_is_named(draw: Callable[[ChartDrawing, ChartStyle], object]) -> None:
    house = real("university")
    torn = replace(
        house, files={name: data[:99] if name.endswith(".ttf") else data for name, data in house.files.items()}
    )

    with pytest.raises(InputError, match=r"university/\S+\.ttf: .*the file is damaged"):
        draw(draw_chart(BARS), read_chart_style(torn))


def test_mail_says_the_figures_as_a_table() -> None:
    text = plain.render(charted(), real("inspectorate")).content.decode()

    assert "Pupils of the harbour schools, bar\nHarbour" in text
    assert "Northquay" in text


def test_templates_may_print_a_chart_by_itself() -> None:
    first = next(block for block in charted().body if isinstance(block, Chart))
    house = small((TEMPLATES / "inspectorate" / "release.html").read_text().replace("{{ body }}", "{{ body[4] }}"))

    assert f'id="pg-{first.id}"' in page.render(charted(), house, MEDIA).content.decode()
