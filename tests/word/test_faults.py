"""What is wrong with a template is said before there is any data, all of it at once, with the place and a way out."""

from __future__ import annotations

import pytest

from pressgen.model.document import Paragraph
from pressgen.word.styles import RequiredStyle
from pressgen.word.template import WordTemplate
from render.documents import leaf
from word.maker import SHOWN, box, docx, faults, note, note_mark, p, row, run, table, unpack

STYLES = "word/styles.xml"
HIDING = (
    '<w:style w:type="paragraph" w:styleId="Hidden"><w:name w:val="Hidden"/><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Shown"><w:name w:val="Shown"/><w:basedOn w:val="Hidden"/>'
    '<w:rPr><w:vanish w:val="0"/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Unseen"><w:name w:val="Unseen"/><w:rPr><w:vanish/></w:rPr></w:style>'
)


def told(
    body: str, names: tuple[str, ...] = ("x", "a", "b", "cs"), styles: tuple[RequiredStyle, ...] = ()
) -> list[str]:
    template = docx(
        body, extra={STYLES: unpack(docx(""))[STYLES].replace(b"</w:styles>", f"{HIDING}</w:styles>".encode())}
    )
    found = WordTemplate.load(template, SHOWN).check(names, styles)
    return [str(problem).removeprefix(f"{SHOWN}: ") for problem in found]


END_OF_SECTION = "<w:p><w:pPr><w:sectPr/></w:pPr></w:p>"
SECTION = f"<w:p><w:pPr><w:sectPr/></w:pPr>{run('{% if x %}')}</w:p>"
INSERTED = f'<w:ins w:id="1" w:author="a">{run("x")}</w:ins>'
FIELD = "<w:r><w:instrText>HYPERLINK {{ x }}</w:instrText></w:r>"


def named_field(name: str) -> str:
    return f'<w:fldSimple w:instr="{name}">{run("x")}</w:fldSimple>'


@pytest.mark.parametrize(
    ("body", "code", "message"),
    [
        (p("{% if x %}"), "W06", "is never closed; add {% endif %}"),
        (p("{% endif %}"), "W06", "no beginning above it"),
        (p("{% if x %}") + p("{% endfor %}"), "W06", "no beginning above it"),
        (p("a {% if x %}") + p("{% endif %}"), "W06", "another place"),
        (table(row("a{% if x %}", "b{% endif %}")), "W06", "another place"),
        (p("{{ a b }}"), "W05", "expected token"),
        (p("{{ a"), "W04", "open and close in one paragraph"),
        (p("a }}"), "W04", "open and close in one paragraph"),
        (p("{% fro c in cs %}") + p("{% endfor %}"), "W05", "did you mean “for”?"),
        (p("{% include 'x' %}"), "W05", "no statement “include”"),
        (p("{% %}"), "W05", "name"),
        (p("{% for c in cs recursive %}") + p("{% endfor %}"), "W05", "recursive"),
        (p("{{ x | nofilter }}"), "W05", "No filter named"),
        (p(inner=INSERTED), "W03", "tracked changes"),
        (p("a", inner='<w:r><w:commentReference w:id="0"/></w:r>'), "W03", "comments"),
        (p(inner=FIELD), "W16", "a field has a beginning without an end"),
        (p("a", inner=run("secret", "<w:vanish/>")), "W18", "paragraph 1: W18 hidden text (“secret”)"),
        (p("secret", "Hidden"), "W18", "hidden text (“secret”)"),
        (p(inner=run("secret", '<w:rStyle w:val="Unseen"/>')), "W18", "hidden text (“secret”)"),
        (SECTION + p("{% endif %}"), "W07", "last paragraph of a section"),
        (p("{% if x %}") + END_OF_SECTION + p("{% endif %}"), "W11", "{% if x %}: a section ends between this"),
        (p("{% for c in cs %}") + p("a") + END_OF_SECTION + p("{% endfor %}"), "W11", "move the section break below"),
        (p("{{ ‘a' }} b {{ 'c' }}"), "W05", "is read as more than one tag; use matching quotation marks"),
        (
            "".join(p("{% for c in cs %}") for _ in range(25)) + "".join(p("{% endfor %}") for _ in range(25)),
            "W05",
            "its tags cannot be read together: too many statically nested blocks",
        ),
        (p(inner=named_field("SAVEDATE")), "W16", "the date is in the dateline that {{ body }} prints"),
        (p(inner=named_field("TITLE")), "W16", "put the tag {{ headline }} there"),
        (p(inner=named_field("FILENAME")), "W16", "put the tag {{ reference }} there"),
        (p(inner=named_field("USERNAME")), "W16", "put the tag {{ publisher }} there"),
        (p(inner=named_field("INCLUDETEXT")), "W16", "insert the picture or the text itself"),
        (p("{{ y }}"), "W08", "no name “y”"),
        (p("{{ '(' * 10 }}" + "{{ " + "(" * 300 + "x" + ")" * 300 + " }}"), "W05", "W05"),
    ],
)
def test_a_faulty_tag_is_named(body: str, code: str, message: str) -> None:
    found = told(body)
    assert found
    assert code in found[0]
    assert message in found[0]


@pytest.mark.parametrize(
    "body",
    [
        p(inner=run("open", '<w:vanish w:val="0"/>')),
        p("", "Hidden") + p(inner=run("open")),
        p(style="Hidden", inner=run("open", '<w:vanish w:val="false"/>')),
        p("open", "Shown"),
    ],
)
def test_what_is_shown_is_not_called_hidden(body: str) -> None:
    assert told(body) == []


def test_a_style_that_a_release_is_set_in_may_not_hide_it() -> None:
    found = told(p("a"), styles=(RequiredStyle("Hidden"), RequiredStyle("Shown")))

    assert found == ["W18 hides text in the style “Hidden”; remove Hidden from it in Word (Modify, Font)"]


def test_every_fault_comes_out_in_one_run_each_with_its_place_and_the_nearest_name() -> None:
    body = (
        p("Notes to editors", "Heading2")
        + p("{{ quot.speaker }}")
        + p("{% if embargod %}")
        + p("x")
        + p("{% endif %}")
        + p("{{ headlin }} and {{ 7 // none }} and {{ c.emial }}")
        + p("{{ c.__class__ }}")
    )
    values = {"quote": 1, "embargoed": 1, "headline": 2, "c": {"email": 1}}
    found = "\n".join(faults(body, values, margins=p("{{ quoet }}")))
    for number, line in (
        (2, "W08 {{ quot.speaker }}: no name “quot”; did you mean “quote”?"),
        (3, "W08 {% if embargod %}: no name “embargod”; did you mean “embargoed”?"),
        (6, "W08 {{ headlin }}: no name “headlin”; did you mean “headline”?"),
        (6, "W10 {{ 7 // none }}: fails (// cannot be used on a number and none"),
        (6, "W08 {{ c.emial }}: no name “emial”; did you mean “email”?"),
        (7, "W08 {{ c.__class__ }}: access to attribute '__class__'"),
    ):
        assert f"body, paragraph {number} (under “Notes to editors”): {line}" in found
    assert "first-page header, paragraph 1: W08 {{ quoet }}: no name “quoet”; did you mean “quote”?" in found


@pytest.mark.parametrize("fault", ["{% if x %}", "{% endif %}", "{{ x", "{% prnt x %}"])
def test_unknown_names_are_told_beside_a_tag_that_stops_the_part(fault: str) -> None:
    body = (
        p(fault)
        + p("{% for c in cs %}")
        + p("{{ c }}{{ hedline }}{{ z | default('') }}{{ loop.index }}")
        + p("{% endfor %}")
    )

    found = told(body)

    assert [line for line in found if "W08" in line] == ["body, paragraph 3: W08 {{ hedline }}: no name “hedline”"]
    assert len(found) == 2


def test_names_that_the_template_sets_itself_are_known() -> None:
    body = p(
        "{% for c in cs %}{{ c }} {{ loop.index }}{% endfor %}{{ x is defined }}{{ y | default('') }}{% set z = a %}"
    )
    assert told(body + p("{{ z }}{% with q, r = b %}{{ q }}{{ r }}{% endwith %}")) == []
    assert ["“indx”" in line for line in told(p("{% for c in cs %}{{ loop.indx }}{% endfor %}"))] == [True]
    assert ["“loop”" in line for line in told(p("{{ loop.index }}"))] == [True]


def test_a_part_that_a_block_has_not_is_named_when_the_template_is_filled() -> None:
    found = faults(p("{{ x.wrods }}"), {"x": leaf(Paragraph, "headline", "h")})
    assert "no name “wrods”; did you mean “words”?" in found[0]


def test_missing_and_unnumbered_styles_are_listed_together() -> None:
    needed = (
        RequiredStyle("Nope"),
        RequiredStyle("heading 1"),
        RequiredStyle("Gone", "character"),
        RequiredStyle("Quote", numbered=True),
    )
    assert told(p("x"), styles=needed) == [
        "W09 is missing the styles “Nope” (paragraph), “Gone” (character); create them in Word’s Styles pane",
        "W09 does not number the style “Quote”; give it a list format in Word",
    ]


@pytest.mark.parametrize(
    "tag",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ x.__init__.__globals__ }}",
        "{{ range(10**9) }}",
        "{{ xs.append(1) }}",
        "{{ lipsum }}",
        "{{ self }}",
    ],
)
def test_the_sandbox_holds(tag: str) -> None:
    assert faults(p(tag), {"x": "a", "xs": []})


def test_a_fault_in_both_copies_of_a_text_box_is_told_once() -> None:
    assert len(told(p(inner=box(p("{{ y }}"))))) == 1


def test_a_fault_in_a_footnote_is_placed_there() -> None:
    found = faults(p("a", inner=note_mark(2)), notes=note(2, "{{ y }}"))
    assert found[0].startswith("footnotes, paragraph 3: W08")


def test_a_field_where_no_text_is_is_refused() -> None:
    styles = unpack(docx(""))[STYLES].replace(b"</w:styles>", named_field("DATE").encode() + b"</w:styles>")

    found = WordTemplate.load(docx(p("{{ x }}"), extra={STYLES: styles}), SHOWN).check(["x"], ())

    assert "a field is in a place without text; delete it" in "\n".join(map(str, found))
