"""The web page."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressgen.errors import Refused
from pressgen.model.artifact import Format
from pressgen.model.document import Document, Heading, Paragraph, Table, leaves
from pressgen.model.house import Logo
from pressgen.render import page
from pressgen.render.vocabulary import vocabulary
from render.documents import house, leaf, piece, public, sample
from render.folders import HOUSES, MEDIA, TEMPLATE, real, small
from render.page_reading import tree, words

if TYPE_CHECKING:
    from pressgen.errors import Problem
    from pressgen.model.house import HouseFolder

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), min_size=1, max_size=60)
NASTY = "R&D <5% {{ headline }} {% raw %} ]]> </style> <!-- --> &amp; \"a\" 'b' </title><script>"


def made(house_folder: HouseFolder, document: Document | None = None) -> str:
    return page.render(document or sample(), house_folder, MEDIA).content.decode()


def refusal(house_folder: HouseFolder, document: Document | None = None) -> list[Problem]:
    with pytest.raises(Refused) as caught:
        page.render(document or sample(), house_folder, MEDIA)
    return list(caught.value.problems)


@pytest.mark.parametrize("name", HOUSES)
def test_every_block_stands_in_the_page_once_with_its_words(name: str) -> None:
    document = sample()
    made_page = page.render(document, real(name), MEDIA)
    expected = {each.id: str(each) for each in leaves(document.blocks)}

    assert expected.items() <= words(made_page).items()
    for anchor in expected:
        assert made_page.content.count(f'"pg-{anchor}"'.encode()) == 1


@pytest.mark.parametrize("name", HOUSES)
def test_the_page_stands_by_itself(name: str) -> None:
    root = tree(page.render(sample(), real(name), MEDIA))

    assert not list(root.iter("script")) + list(root.iter("link"))
    assert all(image.get("src", "").startswith("data:") for image in root.iter("img"))
    assert not re.search(r"url\(['\"]?(?!data:)", "".join(each.text or "" for each in root.iter("style")))


@pytest.mark.parametrize("name", HOUSES)
def test_the_page_says_its_language_title_and_width(name: str) -> None:
    document = sample()
    root = tree(page.render(document, real(name), MEDIA))
    metas = {each.get("name"): each.get("content") for each in root.iter("meta")}

    assert document.language == root.get("lang")
    assert [str(document.headline)] == [each.text for each in root.iter("title")]
    assert metas["viewport"] == "width=device-width, initial-scale=1"
    assert metas["dcterms.modified"] == "2031-03-12T00:01:00Z"
    assert metas["description"].endswith(str(document.subhead))
    assert len(list(root.iter("main"))) == 1


def test_the_description_begins_with_the_embargo() -> None:
    assert 'content="EMBARGOED until' in made(small())


def test_only_the_page_under_embargo_keeps_search_engines_away() -> None:
    assert '<meta name="robots" content="noindex">' in made(small())
    assert "noindex" not in made(small(), public(sample()))


@pytest.mark.parametrize("name", HOUSES)
def test_the_public_page_has_no_empty_box(name: str) -> None:
    assert 'class="banner"' in made(real(name))
    assert 'class="banner"' not in made(real(name), public(sample()))


@pytest.mark.parametrize("name", HOUSES)
def test_what_a_release_does_not_have_leaves_nothing_behind(name: str) -> None:
    bare = replace(
        public(sample()),
        subhead=None, body=(leaf(Paragraph, "body[0]", "All there is."),), end=None, notes_heading=None, notes=(),
        boilerplate=(), contacts_heading=None, contacts=(),
    )  # fmt: skip
    root = tree(page.render(bare, real(name), MEDIA))

    assert not [each.tag for each in root.iter("p") if not "".join(each.itertext()).strip()]
    assert [each.tag for each in root.iter() if re.fullmatch(r"h\d", str(each.tag))] == ["h1"]


def test_a_decorative_picture_is_a_background_that_keeps_its_shape() -> None:
    root = tree(page.render(sample(), small(), MEDIA))
    style = next(each.get("style", "") for each in root.iter("div") if each.get("class") == "picture")

    assert style.startswith("background:url('data:image/png;base64,")
    assert len(list(root.iter("img"))) == 1


def test_a_picture_that_is_none_is_refused() -> None:
    with pytest.raises(Refused, match=r"pictures/workshop.png is no PNG or JPEG") as caught:
        page.render(sample(), small(), {**MEDIA, "pictures/workshop.png": b"GIF89a"})
    assert caught.value.problems[0].path == "body[9].image"


@pytest.mark.parametrize("name", HOUSES)
def test_nothing_that_a_press_officer_types_becomes_markup(name: str) -> None:
    document = sample(headline=leaf(Heading, "headline", NASTY, piece(NASTY, strong=True), level=1))
    made_page = page.render(document, real(name), MEDIA)

    assert words(made_page)[document.headline.id] == NASTY * 2
    assert [each.text for each in tree(made_page).iter("title")] == [NASTY * 2]
    assert not list(tree(made_page).iter("script"))


@given(texts=st.lists(TEXT, min_size=3, max_size=3))
def test_any_text_reaches_the_page_as_typed(texts: list[str]) -> None:
    headline, paragraph, cell = texts
    table = next(each for each in sample().body if isinstance(each, Table))
    blocks = (
        leaf(Paragraph, "body[0]", paragraph, piece(cell, emphasis=True, href="https://a.example/")),
        replace(table, rows=((leaf(type(table.header[0]), "c", cell),) * 3,)),
    )
    document = sample(headline=leaf(Heading, "headline", headline, level=1), body=blocks, notes=())
    found = words(page.render(document, small(), MEDIA))

    assert headline == found[document.headline.id]
    assert paragraph + cell == found[blocks[0].id]
    assert cell == found[blocks[1].rows[0][0].id]


def test_a_style_element_cannot_be_ended_by_the_stylesheet() -> None:
    made_page = made(small(stylesheet='p::after { content: "</style><script>" }'))

    assert made_page.count("</style>") == 1


def test_files_of_the_house_that_the_stylesheet_names_go_into_the_page() -> None:
    sheet = "p { background: url('crest a.svg'), url(b.png) } @media screen { h1 { background: url(b.png) } }"
    made_page = made(small(stylesheet=sheet, files={"crest a.svg": b"<svg/>", "b.png": b"x"}))

    assert made_page.count("data:image/svg+xml;base64,PHN2Zy8+") == 1
    assert made_page.count("data:image/png;base64,eA==") == 2


def test_fonts_stay_out_of_the_page() -> None:
    assert "font-face" not in made(real("inspectorate"))
    assert len(made(real("inspectorate"))) < 40_000


def test_the_same_page_comes_out_whatever_the_day_and_the_seed() -> None:
    script = (
        "import hashlib; from render.documents import MEDIA, sample; from render.folders import real;"
        "from pressgen.render import page;"
        "print(hashlib.sha256(page.render(sample(), real('university'), MEDIA).content).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={"PYTHONPATH": ":".join(sys.path), "PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, zone in (("0", "UTC"), ("7", "Pacific/Apia"))
    }

    assert len(digests) == 1


def test_the_page_is_named_after_the_release() -> None:
    made_page = page.render(sample(), small(), MEDIA)

    assert (made_page.name, made_page.format) == ("harbour-tuition.html", Format.HTML)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("{{ hedline }}", ":13:4: P03 nothing is named “hedline”; did you mean “headline”?"),
        ("{{ headline", ":14:1: P02 expected token 'end of print statement', got '{'"),
        ("{% for note in notes %}", ":18:1: P02 Unexpected end of template. Jinja was looking for"),
        ("{{ headline.colour }}", ":13:1: P04 a Heading has no attribute 'colour'"),
        ("{{ headline.words[99].text }}", ":13:1: P04 "),
        ("{{ headline.__class__ }}", ":13:1: P04 "),
        ("{{ headline.words }}", ":13:1: P04 this cannot be printed"),
        ("{% include 'other.html' %}", ":13:1: P04 "),
        ("{{ 1 // 0 }}", ":13:1: P04 "),
        ("<script>go()</script>", ":13:1: P05 <script> has no place"),
        ('<p onclick="go()">x</p>', ":13:4: P05 onclick runs a script"),
        ('<a href="javascript:go()">x</a>', ":13:10: P05 href runs a script"),
        ('<img src="https://a.example/x.png" alt="x">', ":13:11: P05 “https://a.example/x.png” is not inside the page"),
        ('<link rel="stylesheet" href="x.css">', ":13:1: P05 <link> has no place"),
        ("<p style=\"background:url('x.png')\">x</p>", ":13:11: P05 a style fetches a file"),
        ('<svg><image href="https://a.example/x"/></svg>', ":13:19: P05 "),
        ('<meta http-equiv="refresh" content="0;url=https://a.example/">', ":13:7: P05 http-equiv"),
    ],
)
def test_a_fault_of_the_template_is_refused_at_its_line(line: str, expected: str) -> None:
    template = TEMPLATE.replace("{% if end %}<p>{{ end }}</p>{% endif %}", f"{{{{ end }}}}\n\n\n{line}")
    text = "\n".join(map(str, refusal(small(template))))

    assert f"templates/harbour/release.html{expected}" in text


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        (b"\xff\xfe", "release.html:1:1: P01 this is not UTF-8"),
        (b"a\nb\xff", "release.html:2:2: P01 this is not UTF-8"),
        (b"<html lang=en><p>{{ headline }}", "release.html: P03 nothing prints {{ head }}"),
        (b"<html>{{ head }}", "release.html:1:1: P05 the page does not say its language"),
    ],
)
def test_a_template_that_makes_no_page_is_refused(template: bytes, expected: str) -> None:
    assert expected in str(refusal(small(template))[0])


@pytest.mark.parametrize(
    ("sheet", "expected"),
    [
        ("p { background: url(https://a.example/x.png) }", "release.css:1:17: P06 the house's folder holds no “https:"),
        ("\n@import 'x.css';", "release.css:2:1: P06 a page holds one stylesheet"),
        ("p { background: image-set('x.png' 1x) }", "release.css:1:17: P06 image-set() has no place here"),
        ("p {} }", "release.css:1:6: P06 this is no CSS"),
        (b"p { color: \xff }", "release.css:1:12: P06 this is not UTF-8"),
    ],
)
def test_a_stylesheet_that_cannot_go_into_the_page_is_refused(sheet: str | bytes, expected: str) -> None:
    assert expected in str(refusal(small(stylesheet=sheet))[0])


def test_a_house_without_page_or_stylesheet_is_refused() -> None:
    assert "the house has no release.html" in str(refusal(replace(small(), files={"release.css": b""}))[0])
    assert "the house has no release.css" in str(refusal(replace(small(), files={"release.html": b"{{ head }}"}))[0])


def test_a_logo_that_is_not_there_is_refused() -> None:
    broken = replace(small(), house=house(logo=Logo(file="mark.svg", alt="A mark")))

    assert "the house's folder holds no “mark.svg”" in str(refusal(broken)[0])


@given(template=st.binary(max_size=200), sheet=st.binary(max_size=200))
def test_any_bytes_as_template_and_stylesheet_are_a_page_or_refused(template: bytes, sheet: bytes) -> None:
    for chosen in (small(template), small(b"<html lang=en>{{ head }}" + template), small(stylesheet=sheet)):
        try:
            assert page.render(sample(), chosen, MEDIA).content
        except Refused as refused:
            assert refused.problems  # noqa: PT017 - either is right


@pytest.mark.parametrize("name", HOUSES)
def test_the_templates_of_this_repository_have_no_fault(name: str) -> None:
    assert page.check_template(real(name), vocabulary(sample(), house()).keys()) == []


def test_checking_a_template_tells_all_faults_at_once() -> None:
    broken = small("{{ hedline }}\n{{ boddy }}", "p { colour: red }")
    found = [str(each) for each in page.check_template(broken, vocabulary(sample(), house()).keys())]

    assert "templates/harbour/release.html:1:4: P03 nothing is named “hedline”; did you mean “headline”?" in found
    assert "templates/harbour/release.html:2:4: P03 nothing is named “boddy”; did you mean “body”?" in found
    assert any(each.startswith("templates/harbour/release.css:1:5: P07 ") and "colour" in each for each in found)
