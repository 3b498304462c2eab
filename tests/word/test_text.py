"""The text of any Word file is read as a reader sees it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from pressgen.word.text import read_blocks, read_headers_and_footers, read_paragraphs
from word.maker import box, docx, note, note_mark, p, run, table, texts
from word.test_values import TEXT

MARKED = '<w:bookmarkStart w:id="{0}" w:name="_pg_{1}"/>{2}<w:bookmarkEnd w:id="{0}"/>'


@settings(max_examples=60, deadline=None)
@given(st.lists(TEXT.filter(lambda text: not {"\t", "\n"} & {*text}), min_size=1, max_size=4))
def test_paragraphs_are_read_as_they_stand(lines: list[str]) -> None:
    data = docx("".join(p(line) for line in lines))
    assert read_paragraphs(data) == lines == texts(data)


def test_tabs_breaks_and_hyphens_are_characters() -> None:
    signs = "<w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:softHyphen/><w:cr/>"
    tabs = '<w:pPr><w:tabs><w:tab w:val="left" w:pos="720"/></w:tabs></w:pPr>'
    assert read_paragraphs(docx(f'<w:p>{tabs}<w:r>{signs}<w:br w:type="page"/></w:r></w:p>')) == ["a\tb\nc\u2011\xad\n"]


def test_headers_are_apart_and_footnotes_come_last() -> None:
    data = docx(p("a", inner=note_mark(2)) + table("") + p("b"), margins=p("m"), notes=note(2, "n"))
    assert read_paragraphs(data) == ["a", "b", " n"]
    assert [text for text in read_headers_and_footers(data) if text] == ["m"] * 5


def test_a_text_box_is_read_once() -> None:
    assert read_paragraphs(docx(p("a", inner=box(p("in"))))) == ["a", "in"]


def test_what_is_struck_is_not_read_and_what_is_put_in_is() -> None:
    struck = f'<w:del w:id="1" w:author="x"><w:r><w:delText>old</w:delText></w:r></w:del>{run("!")}'
    put_in = f'<w:ins w:id="2" w:author="x">{run("new")}</w:ins>'
    moved = f'<w:moveFrom w:id="3" w:author="x">{run("gone")}</w:moveFrom>'
    assert read_paragraphs(docx(f"<w:p>{struck}{put_in}{moved}</w:p>")) == ["!new"]


def test_blocks_are_read_by_their_bookmarks_also_where_an_editor_has_split_one() -> None:
    whole = MARKED.format(1, "aaaaaa", run("one") + f"<w:hyperlink>{run(' two')}</w:hyperlink>")
    start, end = '<w:bookmarkStart w:id="2" w:name="_pg_bbbbbb"/>', '<w:bookmarkEnd w:id="2"/>'
    others = '<w:bookmarkStart w:id="3" w:name="theirs"/>x<w:bookmarkEnd w:id="3"/>'
    data = docx(f"<w:p>{whole}{run('.')}</w:p><w:p>{start}{run('b')}</w:p><w:p>{run('c')}{end}{others}</w:p>")
    assert read_blocks(data) == {"aaaaaa": "one two", "bbbbbb": "b\nc"}
