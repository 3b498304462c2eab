"""What the newsroom's own pages wear."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.public import files, item, told
from pressgen.newsroom.approved_page import ParsedPage, read_page
from pressgen.newsroom.theme import DAY, NEUTRAL, NIGHT, TEXTS, ensure_contrast, read_theme
from pressgen.render.contrast import compute_contrast

COLOURS = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


def ratio(one: str, other: str) -> float:
    """The contrast of two colours, as the check of a house's stylesheet reckons it."""
    (red, green, blue), (r, g, b) = bytes.fromhex(one[1:]), bytes.fromhex(other[1:])
    return compute_contrast((red, green, blue), (r, g, b))


@given(COLOURS, COLOURS)
def test_any_text_can_be_read_on_any_ground(text: str, ground: str) -> None:
    """WCAG 2.2, 1.4.3."""
    assert ratio(ensure_contrast(text, ground), ground) >= 4.5


@given(COLOURS, COLOURS)
def test_a_colour_that_can_be_read_stays_as_it_is(text: str, ground: str) -> None:
    if ratio(text, ground) >= 4.5:
        assert ensure_contrast(text, ground) == text


@given(COLOURS, COLOURS, COLOURS)
def test_a_house_of_any_colours_can_be_read_by_day_and_by_night(accent: str, paper: str, wash: str) -> None:
    worn = read_theme(ParsedPage(style=f":root {{ --accent: {accent}; --paper: {paper}; --wash: {wash}; }}"))

    for colours in (worn.day, worn.night):
        for text in TEXTS:
            assert ratio(colours[text], colours["paper"]) >= 4.5
        assert ratio(colours["ink"], colours["wash"]) >= 4.5


@pytest.mark.parametrize("colours", [DAY, NIGHT])
def test_the_neutral_colours_can_be_read_on_paper_and_wash(colours: dict[str, str]) -> None:
    for text in TEXTS:
        assert min(ratio(colours[text], colours[ground]) for ground in ("paper", "wash")) >= 4.5


def test_the_front_page_wears_the_colours_the_faces_and_the_mark_of_the_house() -> None:
    made = files(item(editions=told(house="university")))["index.html"].decode()

    assert "--accent: #7a1f2b" in made
    assert '--text-face: "Ashgrove Serif"' in made
    assert 'alt="The mark of the inspectorate"' in made


def test_an_office_of_several_bodies_wears_a_neutral_dress_and_names_the_bodies() -> None:
    made = files(
        item(editions=told(publisher="Inspectorate of Rivers")),
        item("REF-2", "second", editions=told("second", publisher="Ashgrove State University")),
    )["index.html"].decode()

    assert f"--accent: {NEUTRAL.day['accent']}" in made
    assert "Inspectorate of Rivers</p>" in made
    assert "Ashgrove State University</p>" in made


@pytest.mark.parametrize("style", ["--accent: red;", "--accent: #12345;", "--accent: url(x);", ""])
def test_what_is_no_colour_gives_way_to_the_neutral_one(style: str) -> None:
    assert read_theme(ParsedPage(style=f":root {{ {style} }}")).day == DAY


def test_a_type_face_cannot_end_the_stylesheet() -> None:
    worn = read_theme(ParsedPage(style=':root { --text-face: "A</style>"; --label-face: Georgia, serif; }'))

    assert worn.faces == NEUTRAL.faces | {"label-face": "Georgia, serif"}


def test_a_page_says_its_language_title_summary_and_mark() -> None:
    read = read_page(told(en="Rivers “&” brooks")[0].files["html"].decode())

    assert (read.language, read.title) == ("en-GB", "Rivers “&” brooks")
    assert read.summary == "What “Rivers “&” brooks” is about & why."
    assert read.logo is not None
    assert read.logo[1] == "The mark of the inspectorate"


def test_a_summary_is_told_without_the_banner_before_it() -> None:
    page = (
        '<!doctype html><html lang="en"><head><title>T</title>'
        '<meta name="description" content="FOR RELEASE — About it."></head>'
        '<body><p class="banner-line" id="pg-a">FOR <strong>RELEASE</strong></p>'
        "<h1>T</h1></body></html>"
    )

    assert read_page(page).summary == "About it."


def test_a_page_without_the_tags_that_html_leaves_out_is_added_to_in_the_same_places() -> None:
    page = "<!doctype html><html lang=en><title>T</title><style>p{}</style>\n<p>One</p>"
    read = read_page(page)

    assert page[: read.head_at].endswith("</title>")
    assert page[read.body_at :] == page[read.main_at :] == "<p>One</p>"
