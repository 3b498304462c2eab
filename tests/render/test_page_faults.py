"""What of a house's template and stylesheet the page refuses."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressgen.errors import InputError
from pressgen.model.document import Document
from pressgen.model.house import Logo
from pressgen.render import page
from pressgen.render.house_template import LARGEST
from pressgen.render.vocabulary import build_vocabulary
from render.documents import house, sample
from render.folders import HOUSES, MEDIA, TEMPLATE, real, small

if TYPE_CHECKING:
    from pressgen.errors import Problem
    from pressgen.model.house import HouseFolder


def refusal(house_folder: HouseFolder, document: Document | None = None) -> list[Problem]:
    with pytest.raises(InputError) as caught:
        page.render(document or sample(), house_folder, MEDIA)
    return list(caught.value.problems)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("{{ hedline }}", ":13:4: P03 there is no value called “hedline”; did you mean “headline”?"),
        ("{{ headline", ":14:1: P02 “{{” is never closed by “}}”"),
        ("{{ headline end }}", ":13:1: P02 “end” is too much here; print one value"),
        ("{% prnt x %}", ":13:1: P02 there is no statement “prnt”"),
        ("{% for note in notes %}", ":13:1: P02 {% for %} is never closed; add {% endfor %} below it"),
        ("{{ headline.colour }}", ":13:1: P04 a Heading has no “colour”"),
        ("{{ headline.words[99].text }}", ":13:1: P04 "),
        ("{{ headline.__class__ }}", ":13:13: P04 "),
        ("{{ headline.words }}", ":13:1: P04 this cannot be printed"),
        ("{% include 'other.html' %}", ":13:4: P04 "),
        ("{{ 1 // 0 }}", ":13:1: P04 "),
        ("<script>go()</script>", ":13:1: P05 <script> has no place"),
        ('<p onclick="go()">x</p>', ":13:4: P05 onclick runs a script"),
        ('<a href="javascript:go()">x</a>', ":13:10: P05 “javascript:go()” is not an address"),
        ('<img src="https://a.example/x.png" alt="x">', ":13:11: P05 “https://a.example/x.png” is not inside the page"),
        ('<link rel="stylesheet" href="x.css">', ":13:1: P05 <link> has no place"),
        ("<p style=\"background:url('x.png')\">x</p>", ":13:11: P05 a style loads a file"),
        ('<svg><image href="https://a.example/x"/></svg>', ":13:19: P05 "),
        ('<meta http-equiv="refresh" content="0;url=https://a.example/">', ":13:7: P05 http-equiv"),
    ],
)
def test_a_fault_of_the_template_is_refused_at_its_line(line: str, expected: str) -> None:
    template = TEMPLATE.replace("{% if end %}<p>{{ end }}</p>{% endif %}", f"{{{{ end }}}}\n\n\n{line}")
    text = "\n".join(map(str, refusal(small(template))))

    assert f"templates/harbour/release.html{expected}" in text


@pytest.mark.parametrize(
    "line",
    [
        "{% if end %}{{ hedline }}",
        "{% for end in notes %}{{ loop.index }}{{ end }}{{ hedline }}",
        "{{ hedline }}{{ end",
    ],
)
def test_an_unknown_name_is_told_beside_a_statement_that_is_never_closed(line: str) -> None:
    faults = refusal(small(TEMPLATE.replace("{% if end %}<p>{{ end }}</p>{% endif %}", line)))

    assert sorted(each.code for each in faults) == ["P02", "P03"]
    assert "there is no value called “hedline”" in "\n".join(map(str, faults))


@pytest.mark.parametrize(
    "line",
    [
        "<script>go()</script>",
        '{% if end %}<p onclick="go()">x</p>{% endif %}',
        '<a href="javascript:go()">x</a>',
        '<img src="file:///etc/passwd" alt="{{ headline }}">',
        "<iframe></iframe>",
    ],
)
def test_what_the_template_itself_reaches_for_is_told_before_there_is_a_release(line: str) -> None:
    template = TEMPLATE.replace("{% if end %}<p>{{ end }}</p>{% endif %}", f"{{{{ end }}}}\n\n\n{line}")

    found = page.check_template(small(template), build_vocabulary(sample(), house()).keys())

    assert any(str(each).startswith("templates/harbour/release.html:13:") and each.code == "P05" for each in found)


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        (b"\xff\xfe", "release.html:1:1: P01 this is not UTF-8"),
        (b" " * (LARGEST + 1), f"release.html: P01 this is larger than {LARGEST:,} bytes, the limit for a template"),
        (b"{{ " + b"(" * 2000 + b"1" + b")" * 2000 + b" }}", "release.html: P02 this is not a template: maximum"),
        (b"a\nb\xff", "release.html:2:2: P01 this is not UTF-8"),
        (
            b"<html lang=en><p>{{ headline }}",
            "release.html: P03 {{ head }}, which has the title and the stylesheet, is missing",
        ),
        (b"<html>{{ head }}", "release.html:1:1: P05 the page does not say its language"),
    ],
)
def test_a_template_that_makes_no_page_is_refused(template: bytes, expected: str) -> None:
    assert expected in str(refusal(small(template))[0])


@pytest.mark.parametrize(
    ("sheet", "expected"),
    [
        ("p { background: url(https://a.example/x.png) }", "release.css:1:17: P06 the house's folder has no “https:"),
        ("\n@import 'x.css';", "release.css:2:1: P06 a page has one stylesheet"),
        ("p { background: image-set('x.png' 1x) }", "release.css:1:17: P06 image-set() is not allowed here"),
        ("p {} }", "release.css:1:6: P06 this is not CSS"),
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

    assert "the house's folder has no “mark.svg”" in str(refusal(broken)[0])


@given(template=st.binary(max_size=200), sheet=st.binary(max_size=200))
def test_any_bytes_as_template_and_stylesheet_are_a_page_or_refused(template: bytes, sheet: bytes) -> None:
    for chosen in (small(template), small(b"<html lang=en>{{ head }}" + template), small(stylesheet=sheet)):
        try:
            assert page.render(sample(), chosen, MEDIA).content
        except InputError as refused:
            assert refused.problems  # noqa: PT017 - either is right


@pytest.mark.parametrize("name", HOUSES)
def test_the_templates_of_this_repository_have_no_fault(name: str) -> None:
    assert page.check_template(real(name), build_vocabulary(sample(), house()).keys()) == []


def test_checking_a_template_tells_all_faults_at_once() -> None:
    broken = small("{{ hedline }}\n{{ boddy }}", "p { colour: red }")
    found = [str(each) for each in page.check_template(broken, build_vocabulary(sample(), house()).keys())]

    assert (
        "templates/harbour/release.html:1:4: P03 there is no value called “hedline”; did you mean “headline”?"
    ) in found
    assert "templates/harbour/release.html:2:4: P03 there is no value called “boddy”; did you mean “body”?" in found
    assert any(each.startswith("templates/harbour/release.css:1:5: P07 ") and "colour" in each for each in found)
