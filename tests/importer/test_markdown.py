"""Markdown with a metadata block: its marks are read, its words kept."""

from __future__ import annotations

import io
import re
import subprocess
from collections import Counter
from contextlib import suppress

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given
from hypothesis import strategies as st

from importer.drafts import HOME, quotations, written
from machine import need_program, need_shared
from pressgen.errors import InputError
from pressgen.importer.assemble import assemble_draft
from pressgen.importer.draft import DraftList, DraftParagraph, DraftTable, ReleaseDraft
from pressgen.importer.manuscript import Hyperlink, Manuscript, ParagraphKind, list_words
from pressgen.importer.manuscript_reader import read_manuscript

BODY = """
The **new wing** of the museum opens today, after ten *long* years of work on
its roof, and [the plan](https://example.org/plan "Plan of the wing") is on show in it.

![The east wing](wing.png)

> “It took ten years,” said Ines Falk, the museum's director. “It was worth every day of it.”

Visitors see:

* the owl
* its box
  1. the key

| Year | Visitors |
|------|---------:|
| 2024 | 4,120    |

Notes to editors

1. The museum is closed on *Mondays*. See [the hours][h].

[h]: https://example.org/hours
[unused]: https://example.org/unused
"""
BLOCKS = {
    "YAML": "---\ntitle: 'The wing opens'\ndate: 2026-05-05\nauthor: Mara Quill\ntags: [wing, museum]\n---\n",
    "TOML": '+++\ntitle = "The wing opens"\ndate = 2026-05-05\nauthor = "Mara Quill"\ntags = ["wing", "museum"]\n+++\n',
    "JSON": '{\n"title": "The wing opens",\n"date": "2026-05-05", "author": "Mara Quill",\n"tags": ["wing", "museum"]}\n',  # noqa: E501
}


def read(text: str, name: str = "old.md") -> Manuscript:
    return read_manuscript(text.encode(), name)


def draft_of(text: str, name: str = "old.md") -> ReleaseDraft:
    return assemble_draft(read(text, name), HOME)


@pytest.mark.parametrize("block", BLOCKS.values(), ids=BLOCKS)
@pytest.mark.parametrize("name", ["old.md", "old.txt"])
def test_the_marks_of_markdown_are_read(block: str, name: str) -> None:
    draft = draft_of(block + BODY, name)
    kinds = [type(each) for each in draft.body]

    assert draft.headline == "The wing opens"
    assert quotations(draft) == [("Ines Falk", ("It took ten years. It was worth every day of it.",))]
    assert (DraftList in kinds, DraftTable in kinds) == (True, True)
    assert [note.text for note in draft.notes] == ["The museum is closed on Mondays. See the hours."]
    assert draft.links == (
        Hyperlink("the plan", "https://example.org/plan"),
        Hyperlink("the hours", "https://example.org/hours"),
    )
    assert isinstance(draft.body[0], DraftParagraph)
    assert draft.body[0].text.startswith("The new wing of the museum opens today, after ten long years of work on its")


@pytest.mark.parametrize("block", BLOCKS.values(), ids=BLOCKS)
def test_every_word_of_markdown_is_in_the_release(block: str) -> None:
    result = written(draft_of(block + BODY))

    assert (
        Counter(list_words(block + BODY)) - Counter(list_words(result)) - Counter({"h": 2, "title": 1, "date": 1})
        == Counter()
    )


def test_a_picture_that_is_not_in_the_file_is_named() -> None:
    doubts = [doubt.message for doubt in draft_of(BODY).doubts]

    assert any("the picture “The east wing (wing.png)” is not in the file" in message for message in doubts)


def test_lines_that_nobody_wrapped_stay_lines() -> None:
    paras = read(
        "NEWS RELEASE\nThornbeck Council\nRef: TBC/24\n\n**Contact:** Mara Quill\n**Tel:** 01632 960123\n"
    ).paras

    assert [para.text for para in paras] == [
        "NEWS RELEASE", "Thornbeck Council", "Ref: TBC/24", "Contact: Mara Quill", "Tel: 01632 960123",
    ]  # fmt: skip


def test_lines_are_counted_in_the_file() -> None:
    assert [para.line for para in read("---\ntitle: A\n---\n\n# B\n\nOne.\n\n- two\n").paras] == [2, 5, 7, 9]


def test_a_heading_that_repeats_the_title_is_no_text() -> None:
    draft = draft_of("---\ntitle: The wing opens\nsubtitle: After ten years of work\n---\n# The wing opens\n" + BODY)

    assert (draft.headline, draft.subhead) == ("The wing opens", "After ten years of work")
    assert draft.unplaced[0].text != "The wing opens"


def test_a_title_of_one_word_names_a_section() -> None:
    assert (
        draft_of("---\ntitle: News\nnews_title: The wing opens today\n---\n" + BODY).headline == "The wing opens today"
    )


def test_an_embargo_in_the_block_is_an_embargo() -> None:
    draft = draft_of("---\ntitle: The wing opens\nembargo: 2026-05-05 09:00\nlang: en-GB\n---\n" + BODY)

    assert "embargo: 2026-05-05 09:00" in written(draft)


@pytest.mark.parametrize(
    "block",
    ["---\na: [\n---\n", "---\n" + "- " * 9000 + "a\n---\n", "---\n" + "[" * 9000 + "\n---\n", "{" * 9000 + "\n",
     '{"a":' * 9000 + "\n", "+++\na = " + "[" * 900 + "\n+++\n", "---\na: &a [*a]\n---\n", "---\n? [a]\n: b\n---\n",
     "---\njust words\n---\n", "+++\n\n+++\n", "---\na: !!python/object:os.system x\n---\n", "{}\n"],
)  # fmt: skip
def test_what_is_no_metadata_stays_text(block: str) -> None:
    assert list_words(BODY)[:5] <= [word for para in read(block + BODY).paras for word in list_words(para.text)]


@given(st.text(alphabet="-+{}[]:=\n\t ab\"'*_#>|`<!&\\^()~1.", max_size=200))
def test_any_markdown_ends_in_a_release_or_a_message(text: str) -> None:
    for block in ("", "---\n", "+++\n", "{"):
        with suppress(InputError):
            assert written(draft_of(block + text))


@pytest.mark.parametrize("piece", ["> ", "* ", "[", "![", "**", "_a", "`", "<a ", "|-", "1. "])
def test_markdown_of_a_hundred_kilobytes_is_read_in_bounded_steps(piece: str) -> None:
    with suppress(InputError):
        assert written(draft_of(piece * (100_000 // len(piece)) + "end"))


def test_pandoc_finds_no_other_words() -> None:
    pandoc = need_program("pandoc")
    command = [pandoc, "-f", "commonmark+pipe_tables", "-t", "plain", "--wrap=none"]
    plain = subprocess.run(command, input=BODY, capture_output=True, text=True, check=True).stdout
    words = [word for para in read(BODY).paras for word in list_words(para.text)]

    assert Counter(list_words(re.sub(r"[-—]{2,}|\b1\.", "", plain))) - Counter(words) == Counter(
        list_words("The east wing")
    )


@pytest.mark.parametrize(("case", "headline"), [("m2_markdown.md", "Brennick Museum opens its east wing"),
                                                ("r2_toml.md", "Bridge opens over the Arl")])  # fmt: skip
def test_the_shared_cases_are_read(case: str, headline: str) -> None:
    path = need_shared("cases", "import", case)
    manuscript = read_manuscript(path.read_bytes(), path.name)
    draft = assemble_draft(manuscript, HOME)

    assert draft.headline == headline
    assert not any(mark in para.text for para in manuscript.paras for mark in ("**", "](", "|", "+++", "---"))
    assert not any("2026-05-05" in str(block) for block in draft.body)


@pytest.mark.parametrize(
    ("language", "inner", "printed"),
    [
        ("fr", "Il a dit : <q>Nous avons attendu.</q>", "Il a dit : «Nous avons attendu.»"),
        ("de-DE", "Er sagte: <q>Gut, <q>sehr</q> gut.</q>", "Er sagte: „Gut, ‚sehr‘ gut.“"),
        ("en", "The <q>Arl Pearl</q> line.", "The “Arl Pearl” line."),
        ("", "He said: “<q>Fine.</q>”", "He said: “Fine.”"),
        ("en", "<q>“Fine,”</q> he said.", "“Fine,” he said."),
    ],
)
def test_a_q_keeps_its_marks(language: str, inner: str, printed: str) -> None:
    page = f'<!doctype html><html lang="{language}"><body><p>{inner}</p></body></html>'

    assert [para.text for para in read(page, "old.html").paras] == [printed]


@pytest.mark.parametrize(
    "source", ["<footer>— Ines Falk, Director</footer>", "<p><cite>— Ines Falk, Director</cite></p>",
               "</blockquote><figcaption>— Ines Falk, Director</figcaption></figure>"],
)  # fmt: skip
def test_the_source_of_a_block_quotation_is_a_line_of_its_own(source: str) -> None:
    begin, end = ("<figure>", "") if "figure" in source else ("", "</blockquote>")
    paras = read(f"<html><body><p>It opens.</p>{begin}<blockquote><p>Words.</p>{source}{end}<p>End.</p></html>").paras
    kinds = {para.text: para.kind for para in paras}

    assert kinds["Words."] is ParagraphKind.BLOCK
    assert kinds["— Ines Falk, Director"] is ParagraphKind.TEXT


def test_text_with_lines_of_its_own_is_read_as_a_plain_text() -> None:
    page = "<html><body><pre>NEWS\n\nThe wing opens today, and\nit is large.\n\n- one\n- two\n</pre></body></html>"

    assert [para.shown for para in read(page, "old.html").paras] == [
        "NEWS", "The wing opens today, and it is large.", "- one", "- two",
    ]  # fmt: skip


def test_an_address_behind_words_is_kept() -> None:
    page = '<html><body><p>Write to <a href="mailto:press@brennick.example?subject=x">the office</a>.</p></body></html>'

    assert [para.text for para in read(page, "old.html").margins] == ["press@brennick.example"]


def field(code: str, words: str) -> str:
    run = "<w:r>{}</w:r>"
    mark = run.format('<w:fldChar w:fldCharType="{}"/>')
    return (
        mark.format("begin") + run.format(f"<w:instrText>{code}</w:instrText>") + mark.format("separate")
        + run.format(f"<w:t>{words}</w:t>") + mark.format("end")
    )  # fmt: skip


@pytest.mark.parametrize(
    ("runs", "links"),
    [
        (field(' HYPERLINK "https://a.example/x" \\o "Tip" ', "the plan"), [("the plan", "https://a.example/x")]),
        (field(" hyperlink https://a.example/x ", "the plan"), [("the plan", "https://a.example/x")]),
        (
            field(' HYPERLINK "https://a.example/1" ', "one") + field(' HYPERLINK "https://a.example/2" ', "two"),
            [("one", "https://a.example/1"), ("two", "https://a.example/2")],
        ),
        (field(' HYPERLINK \\l "mark" ', "the plan"), []),
        (field(" PAGE ", "7"), []),
        (field(" IF 1 = 1 ", "</w:t></w:r>" + field(' HYPERLINK "https://a.example/x" ', "in") + "<w:r><w:t>"),
         [("in", "https://a.example/x")]),
        ('<w:fldSimple w:instr=" HYPERLINK &quot;https://a.example/x&quot; "><w:r><w:t>the plan</w:t></w:r></w:fldSimple>',  # noqa: E501
         [("the plan", "https://a.example/x")]),
        ('<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t>word</w:t></w:r>', []),
    ],
)  # fmt: skip
def test_a_link_in_a_field_code_is_a_link(runs: str, links: list[tuple[str, str]]) -> None:
    document, file = Document(), io.BytesIO()
    document.element.body.insert(0, parse_xml(f"<w:p {nsdecls('w')}>{runs}</w:p>"))
    document.save(file)

    paras = read_manuscript(file.getvalue(), "old.docx").paras

    assert [(link.text, link.href) for para in paras for link in para.links] == links
