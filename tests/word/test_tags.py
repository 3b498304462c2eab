"""A tag reads as one however Word has split, corrected or dressed it."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pressgen.model.document import Paragraph
from render.documents import leaf
from word.maker import W, box, filled, note, note_mark, p, part, run, texts

SOURCE = [
    "{{ headline }}",
    "Hello {{ a.b | upper }}, {% if x == “y” %}yes{% else %}no{% endif %} & {{ '{{' }} done",
    "{% for c in cs %}",
    "- {{ c }} {{ c }};",
    "{% endfor %}",
    "{{ body }}",
    "{{ x }}{{ x }}",
]
VALUES: dict[str, object] = {
    "headline": "H & h",
    "a": {"b": "q"},
    "x": "y",
    "cs": ["1", "2"],
    "body": (leaf(Paragraph, "body[0]", "one"), leaf(Paragraph, "body[1]", "two")),
}
WHOLE = ["H & h", "Hello Q, yes & {{ done", "- 1 1;", "- 2 2;", "one", "two", "yy"]
SCATTERED = [
    '<w:proofErr w:type="spellStart"/>',
    '<w:bookmarkStart w:id="{n}" w:name="b{n}"/><w:bookmarkEnd w:id="{n}"/>',
    "",
    "",
    "<w:r><w:rPr><w:b/></w:rPr></w:r>",
    "<w:r><w:lastRenderedPageBreak/></w:r>",
]
DRESSES = ["", "<w:b/>", '<w:lang w:val="en-GB"/>', "<w:i/>", '<w:color w:val="FF0000"/>']


def scattered(text: str, chance: random.Random) -> str:
    pieces, at = [], 0
    while at < len(text):
        size = chance.choice([1, 2, 3, 5, 9, 30])
        inner = run(text[at : at + size], chance.choice(DRESSES))
        if chance.random() < 0.15:
            plain = "%" not in text and not re.search("[{}]", text[at : at + size])
            wrapper = 'w:hyperlink w:anchor="x"' if plain else 'w:smartTag w:element="x"'
            inner = f"<{wrapper}>{inner}</{wrapper.split(maxsplit=1)[0]}>"
        pieces.append(inner + chance.choice(SCATTERED).replace("{n}", str(chance.randrange(10**6))))
        at += size
    return f'<w:p w:rsidR="00AA" w14:paraId="1234ABCD">{"".join(pieces)}</w:p>'


@settings(max_examples=150, deadline=None)
@given(st.randoms(use_true_random=False))
def test_splitting_runs_changes_nothing(chance: random.Random) -> None:
    assert texts(filled("".join(scattered(line, chance) for line in SOURCE), VALUES)) == WHOLE


@pytest.mark.parametrize(
    "tag",
    [
        "{{ x|default(“n/a”) }}",
        "{{ x | default(‘n/a’) }}",
        "{{\xa0x\xa0|\u202fdefault(„n/a”)\xa0}}",
        '{{ x | default("n/a") }}',
        "{{- x | default('n/a') -}}",
        "{{x|default('n/a')}}",
        "{{ 'n/' ~ “a” }}",
    ],
)
def test_what_word_corrects_while_one_types_is_understood(tag: str) -> None:
    assert texts(filled(p(tag))) == ["n/a"]


def test_curly_quotes_within_straight_ones_are_kept_and_statements_may_be_capitalised() -> None:
    body = p("{% If x %}") + p("{{ x | replace('’', \"–\") }}") + p("{% EndIf %}")
    assert texts(filled(body, {"x": "it’s"})) == ["it–s"]


def test_a_tab_or_a_line_break_in_a_tag_is_white_space() -> None:
    tag = "<w:p><w:r><w:t>{{</w:t><w:tab/><w:t>x</w:t><w:br/><w:t>}}</w:t></w:r></w:p>"
    assert texts(filled(tag, {"x": "V"})) == ["V"]


def test_every_place_that_holds_text_is_filled() -> None:
    boxed = box(p("{{ x }} {% if x %}in{% endif %} a box") + p("{% if no %}") + p("gone") + p("{% endif %}"))
    margins = p("{{ x }} m") + p("{% if no %}") + p("n") + p("{% endif %}")
    made = filled(
        p("{{ x }}", inner=note_mark(2)) + p(inner=boxed),
        {"x": "V", "no": False},
        margins=margins,
        notes=note(2, "see {{ x }}"),
    )
    assert texts(made) == ["V", "", "V in a box"]
    assert [node.text for node in part(made).iter(W + "t")].count("V") == 3
    for name in ("headerdefault", "headerfirst", "headereven", "footerdefault", "footerfirst"):
        assert texts(made, f"word/x{name}.xml") == ["V m"]
    assert texts(made, "word/footnotes.xml")[-1] == " see V"


def test_a_content_control_round_a_tag_gives_way() -> None:
    """Word would refill one that is bound to data with its old text."""
    control = f'<w:sdt><w:sdtPr><w:id w:val="7"/></w:sdtPr><w:sdtContent>{run("{{ x }}")}</w:sdtContent></w:sdt>'
    made = filled(f"<w:p>{control}</w:p>", {"x": "V"})
    assert texts(made) == ["V"]
    assert not list(part(made).iter(W + "sdt"))


def test_bookmarks_of_an_earlier_release_leave_the_template() -> None:
    """An office makes its template from a release that it has sent; old marks would name the wrong blocks."""
    stale = '<w:bookmarkStart w:id="1" w:name="_pg_abcdef"/>{}<w:bookmarkEnd w:id="1"/>'
    made = filled(f"<w:p>{stale.format(run('old {{ x }}'))}</w:p>", {"x": leaf(Paragraph, "abc", "V")})
    assert b"_pg_abcdef" not in made
    assert len(list(part(made).iter(W + "bookmarkStart"))) == 1
