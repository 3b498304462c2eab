"""Prose is read with the place of every character."""

from __future__ import annotations

from time import process_time
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from pressgen.text.prose import (
    EXPRESSION,
    Citation,
    Expression,
    ProseError,
    TextRun,
    escape_marks,
    find_mentions,
    parse_prose,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token

TYPED = st.text(alphabet=st.sampled_from(list("ab *_[]()\\{}^“”&<%\n'.!-")), max_size=40)


@given(TYPED)
@example("a *b **c* d** [e *f*](https://x.org) \\*")
def test_every_run_is_the_text_at_its_place(text: str) -> None:
    """Without this an edit that comes back would land on other words."""
    try:
        parts = parse_prose(text)
    except ProseError:
        return

    runs = [part for part in parts if isinstance(part, TextRun)]

    assert [text[run.start : run.end] for run in runs] == [run.text for run in runs]


@given(TYPED.filter(lambda text: "](" not in text))
def test_no_character_but_a_mark_is_lost(text: str) -> None:
    try:
        parts = parse_prose(text)
    except ProseError:
        return

    covered = "".join(part.text if isinstance(part, TextRun) else text[part.start : part.end] for part in parts)

    assert [char for char in text if char not in "*_\\"] == [char for char in covered if char not in "*_\\"]


@given(st.text(alphabet=st.sampled_from(list("ab *_.,“ ")), max_size=30))
def test_emphasis_is_what_commonmark_says(text: str) -> None:
    """The oracle is the library's own reading of the same text."""
    oracle = [
        (token.content, "em_open" in open_marks, "strong_open" in open_marks)
        for token, open_marks in with_marks(text)
        if token.content
    ]

    ours = [(run.text, run.emphasis, run.strong) for run in parse_prose(text) if isinstance(run, TextRun)]

    assert characters(oracle) == characters(ours)


def with_marks(text: str) -> Iterator[tuple[Token, list[str]]]:
    """The library's own tokens, each with the marks that are open around it."""
    open_marks: list[str] = []
    for token in MarkdownIt("zero").enable("emphasis").parseInline(text)[0].children or []:
        if token.nesting > 0:
            open_marks.append(token.type)
        elif token.nesting < 0:
            open_marks.pop()
        yield token, list(open_marks)


def characters(runs: list[tuple[str, bool, bool]]) -> list[tuple[str, bool, bool]]:
    """Every character by itself, with its dress."""
    return [(char, emphasis, strong) for text, emphasis, strong in runs for char in text]


@given(st.text(max_size=60))
def test_escaped_text_is_read_as_it_is(text: str) -> None:
    assert "".join(part.text for part in parse_prose(escape_marks(text)) if isinstance(part, TextRun)) == text


@pytest.mark.parametrize(
    "text", ["R&D", "fewer than <5%", "&amp;", "`code`", "5 * 3 * 2", "a_b_c", "<b>x</b>", "C:\\new"]
)
def test_what_is_no_mark_stays_as_typed(text: str) -> None:
    assert "".join(part.text for part in parse_prose(text) if isinstance(part, TextRun)) == text


def test_an_expression_keeps_its_place_and_dress() -> None:
    found = parse_prose("*so {{ facts.a | nearest(10) }}*")

    assert found[1] == Expression(code=" facts.a | nearest(10) ", start=4, end=31, code_start=6, emphasis=True)


def test_a_closing_brace_within_a_string_does_not_end_an_expression() -> None:
    assert parse_prose("{{ '}}' }}") == [Expression(code=" '}}' ", start=0, end=10, code_start=2)]


def test_a_citation_names_its_note() -> None:
    assert parse_prose("said.[^report]") == [
        TextRun(text="said.", start=0, end=5),
        Citation(note="report", start=5, end=14),
    ]


def test_a_link_may_name_one_that_the_release_lists() -> None:
    assert parse_prose("[the report](links.report)") == [
        TextRun(text="the report", start=1, end=11, href="links.report")
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a {{ b", ("“{{” is never closed by “}}”; for the characters themselves write \\{\\{", 2)),
        ("a {{ b {{ c }}", ("“{{” is never closed by “}}”; for the characters themselves write \\{\\{", 2)),
        (
            "{% if a %}",
            ("statements such as {% if %} are not allowed in prose; for the characters themselves write \\{%", 0),
        ),
        ("see [x](page)", ("a link needs an address such as https://… (http, https, mailto or tel), not “page”", 4)),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(text: str, fault: tuple[str, int]) -> None:
    with pytest.raises(ProseError) as refusal:
        parse_prose(text)

    assert refusal.value.faults == (fault,)


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(ProseError) as refusal:
        parse_prose("{{ a {% b [c](d)")

    assert len(refusal.value.faults) == 3


@given(st.text(alphabet="{}'\"a\n", max_size=24))
@example("{{ '}}' }}")
@example("{{ '{{' }}")
@example("{{{ a }}")
def test_an_expression_is_what_a_reader_by_single_characters_finds(text: str) -> None:
    assert [match.span(1) for match in EXPRESSION.finditer(text)] == list(_expressions(text))


def _expressions(text: str) -> Iterator[tuple[int, int]]:
    """Where the code of each expression stands, read character by character."""
    at = 0
    while at < len(text):
        end = _code_end(text, at + 2) if text.startswith("{{", at) else None
        if end is not None:
            yield at + 2, end
        at = at + 1 if end is None else end + 2


def _code_end(text: str, start: int) -> int | None:
    mark, at = "", start
    while at < len(text):
        if mark:
            mark = "" if text[at] == mark else mark
        elif text.startswith("}}", at):
            return at
        elif text.startswith("{{", at):
            return None
        elif text[at] in "'\"":
            mark = text[at]
        at += 1
    return None


@pytest.mark.parametrize("piece", ["{", "{{ ", "{{ a ", "{{'\"", "{{ ' ", "{{ \" {{ '", "} "])
def test_a_run_of_braces_four_times_as_long_takes_no_ten_times_as_long(piece: str) -> None:
    def spent(pieces: int) -> float:
        text = "{{" + piece * pieces
        began = process_time()
        find_mentions(text)
        return process_time() - began

    assert min(spent(80_000) for _ in range(3)) < 10 * min(spent(20_000) for _ in range(3)) + 0.05
