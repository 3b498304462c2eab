"""The web page."""

from __future__ import annotations

import re
import subprocess
import sys
from base64 import b64encode
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressgen.errors import InputError
from pressgen.model.artifact import Format
from pressgen.model.document import Document, Heading, Paragraph, Table, iter_leaves
from pressgen.render import page
from render.documents import leaf, piece, public, sample
from render.folders import HOUSES, MEDIA, real, small
from render.page_reading import tree, words

if TYPE_CHECKING:
    from pressgen.model.house import HouseFolder

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), min_size=1, max_size=60)
NASTY = "R&D <5% {{ headline }} {% raw %} ]]> </style> <!-- --> &amp; \"a\" 'b' </title><script>"


def made(house_folder: HouseFolder, document: Document | None = None) -> str:
    return page.render(document or sample(), house_folder, MEDIA).content.decode()


def contrast(one: str, other: str) -> float:
    """The contrast of two colours by WCAG's formula."""
    dark, light = sorted(map(_luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(each * 2 for each in colour[1:])
    parts = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("name", HOUSES)
def test_every_block_stands_in_the_page_once_with_its_words(name: str) -> None:
    document = sample()
    made_page = page.render(document, real(name), MEDIA)
    expected = {each.id: str(each) for each in iter_leaves(document.blocks)}

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
    with pytest.raises(InputError, match=r"pictures/workshop.png cannot be read as PNG or JPEG") as caught:
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
    made_page = made(small(stylesheet='@page { @top-left { content: "</style><script>" } }'))

    assert made_page.count("</style>") == 1


def test_files_of_the_house_that_the_stylesheet_names_go_into_the_page() -> None:
    crest = b'<svg xmlns="http://www.w3.org/2000/svg"/>'
    sheet = "p { background: url('crest a.svg'), url(b.png) } @media screen { h1 { background: url(b.png) } }"
    made_page = made(
        small(
            stylesheet=sheet,
            files={"crest a.svg": crest, "b.png": MEDIA["pictures/rule.png"]},
        )
    )

    assert made_page.count("data:image/svg+xml;base64," + b64encode(crest).decode()) == 1
    assert made_page.count('h1 { background: url("data:image/png;base64,') == 1
    assert made_page.count('url("data:image/png;base64,') == 2


def test_fonts_stay_out_of_the_page() -> None:
    assert "font-face" not in made(real("inspectorate"))
    assert len(made(real("inspectorate"))) < 40_000


@pytest.mark.parametrize("name", HOUSES)
def test_every_colour_of_text_can_be_read_on_the_paper(name: str) -> None:
    """WCAG 2.2, 1.4.3: at least 4.5 to 1."""
    sheet = real(name).files["release.css"].decode()
    colours = dict(re.findall(r"--([a-z]+): (#[0-9a-f]{3,6});", sheet))
    worn = set(re.findall(r"[ ;{]color: var\(--([a-z]+)\)", sheet))

    assert worn
    assert not [each for each in worn if contrast(colours[each], colours["paper"]) < 4.5]


@pytest.mark.parametrize("name", HOUSES)
def test_colours_are_named_at_the_top_of_the_stylesheet_and_nowhere_below(name: str) -> None:
    assert "#" not in real(name).files["release.css"].decode().partition("}")[2]


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


def test_a_note_leads_back_to_what_cites_it_first() -> None:
    document = sample()
    text = page.render(document, real("inspectorate"), MEDIA).content.decode()
    note, citing = document.notes[0], document.body[0]
    back = re.search(rf'<li id="pg-{note.id}">(.*?)<a class="back" href="#pg-(\w+)" aria-label="([^"]*)">', text)

    assert back
    assert back[1] == str(note)
    assert back[2] == citing.id
    assert back[3].startswith("↩ Inspectors visited almost 40 classes")


def test_a_note_that_nothing_cites_leads_nowhere() -> None:
    document = sample(body=sample().body[1:2])

    assert 'class="back"' not in page.render(document, real("inspectorate"), MEDIA).content.decode()
