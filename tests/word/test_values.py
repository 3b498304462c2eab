"""Text is sacred: what goes into a template comes out as typed, or is refused."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pressgen.model.document import Paragraph
from render.documents import leaf, piece
from word.maker import W, faults, filled, p, part, row, run, table, texts

UNFIT = [*range(9), *range(11, 32), 0xD800, 0xDFFF, 0xFFFE, 0xFFFF]
TEXT = st.text(
    st.characters(
        exclude_categories=["Cs"], exclude_characters=[chr(code) for code in UNFIT if code < 0xD800 or code > 0xDFFF]
    )
)
HARD = [
    "R&D",
    "<5%",
    "{{ x }}",
    "{% if %}",
    "{# x #}",
    "]]>",
    "&amp;",
    "7\n8\n9",
    "0",
    "👩‍🔬🇬🇧",
    "שלום — مرحبا",
    "e\u0301 ŵ ŷ",
    "\u2028",
    "a  b ",
    "\ufeff",
    "None",
    "tab\tand\nline",
]


@settings(max_examples=200, deadline=None)
@given(TEXT)
def test_any_text_comes_out_as_it_went_in(text: str) -> None:
    made = filled(p("[{{ x }}]"), {"x": leaf(Paragraph, "body[0]", text)})
    assert texts(made) == [f"[{text}]"]


@pytest.mark.parametrize("text", HARD)
def test_what_looks_like_markup_is_text(text: str) -> None:
    block = (leaf(Paragraph, "body[0]", text),)
    made = filled(p("{{ x }}.") + p("{{ b }}") + table(row("{{ x }}", "{{ x ~ x }}")) + p("z"), {"x": text, "b": block})
    assert texts(made) == [f"{text}.", text, text, text + text, "z"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(TEXT, st.booleans(), st.booleans(), st.sampled_from(["", "https://a.example"])), max_size=6))
def test_dress_and_links_change_no_character(stretches: list[tuple[str, bool, bool, str]]) -> None:
    pieces = [piece(text, strong=strong, emphasis=emphasis, href=href) for text, strong, emphasis, href in stretches]
    made = filled(p("[{{ x }}]"), {"x": leaf(Paragraph, "body[0]", *pieces)})
    assert texts(made) == [f"[{''.join(each.text for each in pieces)}]"]


@pytest.mark.parametrize("code", UNFIT)
def test_a_character_that_xml_cannot_hold_is_refused_by_its_number(code: int) -> None:
    assert f"U+{code:04X}" in faults(p("{{ x }}"), {"x": f"a{chr(code)}"})[0]


def test_a_value_cannot_pass_for_a_piece_of_the_script() -> None:
    assert texts(filled(p("a") + p("{{ x }}") + p("b"), {"x": "0\n1\n2\n3"})) == ["a", "0\n1\n2\n3", "b"]


def test_a_value_is_dressed_like_the_first_character_of_its_tag() -> None:
    tag = run("a ", "<w:i/>") + run("{", "<w:b/>") + run("{ x }", "<w:i/>") + run("} b", "<w:caps/>")
    root = part(filled(f"<w:p>{tag}</w:p>", {"x": "V"}))
    runs = [(each.findtext(W + "t"), str(each[0][0].tag).removeprefix(W)) for each in root.iter(W + "r")]
    assert runs == [("a ", "i"), ("V", "b"), (" b", "caps")]


def test_the_language_that_word_took_a_tag_for_is_not_that_of_the_value() -> None:
    """Word marks the letters of a tag as German or proofless as it likes; a screen reader would read the value so."""
    made = filled("<w:p>" + run("{{ x }}", '<w:b/><w:lang w:val="de-DE"/>') + "</w:p>", {"x": "V"})
    assert not list(part(made).iter(W + "lang"))


def test_strong_words_are_bold_in_the_dress_of_the_tag() -> None:
    value = leaf(Paragraph, "body[0]", "a ", piece("b", strong=True, emphasis=True))
    root = part(filled("<w:p>" + run("{{ x }}", '<w:color w:val="FF0000"/>') + "</w:p>", {"x": value}))
    dresses = [[str(each.tag).removeprefix(W) for each in props] for props in root.iter(W + "rPr")]
    assert dresses == [["color"], ["b", "bCs", "i", "iCs", "color"]]


@pytest.mark.parametrize("value", [[1, 2], {"a": 1}, True, object()])
def test_what_is_no_text_is_refused(value: object) -> None:
    assert "cannot be printed as text" in faults(p("a {{ x }}"), {"x": value})[0]


def test_blocks_beside_other_text_are_refused() -> None:
    found = faults(p("Body: {{ b }}"), {"b": (leaf(Paragraph, "body[0]", "x"),)})
    assert "a paragraph of its own" in found[0]


def test_a_link_within_a_link_of_the_template_is_refused() -> None:
    linked = f'<w:p><w:hyperlink w:anchor="q">{run("see {{ x }}")}</w:hyperlink></w:p>'
    found = faults(linked, {"x": leaf(Paragraph, "body[0]", piece("go", href="https://a.example"))})
    assert "a link cannot be inside a link" in found[0]


@pytest.mark.parametrize("href", ["javascript:alert(1)", "file:///etc/passwd", "http://[", "https:", "//a.example"])
def test_an_address_that_no_release_links_to_is_refused(href: str) -> None:
    found = faults(p("{{ x }}"), {"x": leaf(Paragraph, "body[0]", piece("go", href=href))})
    assert "W13" in found[0]


def test_an_address_reaches_word_without_the_signs_that_break_a_file() -> None:
    value = leaf(Paragraph, "body[0]", piece("go", href='https://a.example/ŵ?q="a b"&c={d}'))
    rels = part(filled(p("{{ x }}"), {"x": value}), "word/_rels/document.xml.rels")
    assert "https://a.example/ŵ?q=%22a%20b%22&c=%7Bd%7D" in [rel.get("Target") for rel in rels]


def test_a_leaf_bears_its_bookmark_once_however_often_it_is_printed() -> None:
    value = leaf(Paragraph, "headline", "x")
    names = [mark.get(W + "name") for mark in part(filled(p("{{ x }}") * 3, {"x": value})).iter(W + "bookmarkStart")]
    assert names == [f"_pg_{value.id}"]
