"""Conditions and loops on paragraphs, rows and words, and that they leave no blank behind."""

from __future__ import annotations

from pressgen.model.document import Paragraph
from render.documents import leaf
from word.maker import W, box, faults, filled, note, note_mark, p, part, row, run, table, texts, unpack


def test_statements_on_paragraphs_of_their_own_leave_no_paragraph() -> None:
    body = p("a") + p("{% if yes %}") + p("b") + p(" {% else %} ") + p("c") + p("{% endif %}") + p("{# x #}") + p("d")
    assert texts(filled(body, {"yes": True})) == ["a", "b", "d"]
    assert texts(filled(body, {"yes": False})) == ["a", "c", "d"]


def test_a_paragraph_whose_tags_have_nothing_to_say_goes() -> None:
    body = (
        p("a") + p("{{ none }}") + p("{% if s %}{{ s }}{% endif %}") + p() + p("{% for c in cs %}{{ c }}, {% endfor %}")
    )
    assert texts(filled(body + p("{{ cs }}"), {"s": "", "cs": (), "n": None})) == ["a", ""]
    shown = {"s": "s", "cs": (leaf(Paragraph, "q", "1"),), "n": None}
    assert texts(filled(body, shown)) == ["a", "s", "", "1, "]


def test_loops_over_rows_nested_tables_and_loop_variables() -> None:
    inner = table(row("{% for e in c.mails %}", ""), row("{{ loop.index }}", "{{ e }}"), row("", "{% endfor %}"))
    body = table(
        row("Name", "Mail"), row("{% for c in cs %}", ""), row("{{ c.name }}", inner + p()), row("{% endfor %}", "")
    )
    values = {"cs": [{"name": "A", "mails": ["x", "y"]}, {"name": "B", "mails": []}]}
    assert texts(filled(body + p("z"), values)) == ["Name", "Mail", "A", "1", "x", "2", "y", "", "B", "", "z"]


def test_a_table_without_rows_and_a_cell_without_paragraphs_are_made_whole() -> None:
    rowless = table(row("{% for c in () %}", ""), row("x", "y"), row("", "{% endfor %}"))
    root = part(filled(rowless + table(row(p("{% if 0 %}") + p("x") + p("{% endif %}"), "b"))))
    assert len(list(root.iter(W + "tbl"))) == 1
    assert all(cell[-1].tag == W + "p" for cell in root.iter(W + "tc"))


def test_a_file_whose_body_is_conditioned_away_has_the_paragraph_that_word_wants() -> None:
    assert texts(filled(p("{% if 0 %}") + p("x") + p("{% endif %}"))) == [""]


def test_an_inline_if_without_else_is_nothing() -> None:
    assert texts(filled(p("a{{ 'b' if 0 }}c"))) == ["ac"]


def test_set_with_and_namespace() -> None:
    body = p("{% set n = namespace(v=0) %}") + p("{% for i in range(4) %}") + p("{% set n.v = n.v + i %}")
    assert texts(filled(body + p("{% endfor %}") + p("{% with q = n.v %}{{ q }}{% endwith %}"))) == ["6"]


def test_a_namespace_in_a_list_is_refused() -> None:
    body = p("{% set n = namespace(v=0) %}") + p("{{ ([n] + [n]) | length }}")

    assert "a namespace cannot be in a list" in "\n".join(faults(body))


def test_a_footnote_whose_reference_goes_goes_too() -> None:
    body = p("{% if 0 %}") + p("s", inner=note_mark(2)) + p("{% endif %}") + p("t", inner=note_mark(3))
    made = filled(body, notes=note(2, "SECRET") + note(3, "kept"))
    assert b"SECRET" not in unpack(made)["word/footnotes.xml"]
    assert texts(made, "word/footnotes.xml")[-1] == " kept"


def test_a_footnote_in_a_loop_is_refused() -> None:
    body = p("{% for i in (1, 2) %}") + p("s", inner=note_mark(2)) + p("{% endfor %}")
    assert "move it out of the loop" in faults(body, notes=note(2, "n"))[0]


def test_text_boxes_and_bookmarks_in_a_loop_keep_numbers_of_their_own() -> None:
    mark = '<w:bookmarkStart w:id="3" w:name="here"/><w:bookmarkEnd w:id="3"/>'
    root = part(filled(p("{% for i in (1, 2) %}") + p("x", inner=mark + box(p("{{ i }}"))) + p("{% endfor %}")))
    drawings = [node.get("id") for node in root.iter("{*}docPr")]
    shapes = [node.get("id") for node in root.iter("{urn:schemas-microsoft-com:vml}shape")]
    assert drawings == ["1", "2"]
    assert len(set(shapes)) == 2
    assert [node.get(W + "name") for node in root.iter(W + "bookmarkStart")] == ["here"]


def test_half_a_bookmark_that_a_condition_leaves_is_dropped() -> None:
    start, end = '<w:bookmarkStart w:id="3" w:name="here"/>', '<w:bookmarkEnd w:id="3"/>'
    body = p("a", inner=start) + p("{% if 0 %}") + p("b", inner=end) + p("{% endif %}")
    assert not list(part(filled(body)).iter(W + "bookmarkStart", W + "bookmarkEnd"))


def test_the_paragraph_that_ends_a_section_stays() -> None:
    section = f'<w:p><w:pPr><w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:pPr>{run("{{ b }}")}</w:p>'
    made = filled(section + p("z"), {"b": (leaf(Paragraph, "body[0]", "x"),)})
    assert texts(made) == ["x", "", "z"]


def test_the_end_of_a_bookmark_below_the_last_paragraph_makes_no_blank() -> None:
    """Word puts it there when a bookmark reaches to the end of a cell or a file."""
    start, end = '<w:bookmarkStart w:id="3" w:name="here"/>', '<w:bookmarkEnd w:id="3"/>'
    assert texts(filled(p("{{ x }}", inner=start) + end, {"x": "a"})) == ["a"]
