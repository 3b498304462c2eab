"""Words in another language."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressgen.text.prose import Citation, Expression, ProseError, TextRun, parse_prose


def spoken(text: str) -> list[tuple[str, str]]:
    """Each stretch with the language that it is marked as."""
    return [
        (part.text if isinstance(part, TextRun) else part.code.strip(), part.language)
        for part in parse_prose(text)
        if not isinstance(part, Citation)
    ]


def test_words_in_brackets_are_in_the_language_that_follows_them() -> None:
    assert spoken("At [Ysgol *yr* Harbwr]{lang=cy} today") == [
        ("At ", ""),
        ("Ysgol ", "cy"),
        ("yr", "cy"),
        (" Harbwr", "cy"),
        (" today", ""),
    ]


def test_links_expressions_and_passages_may_stand_within() -> None:
    text = "[a [b](https://x.org) {{ facts.n }} [c]{lang=fr} d]{lang=zh-Hans-CN}"
    chinese = "zh-Hans-CN"

    words = ["a ", "b", " ", "facts.n", " ", "c", " d"]
    assert spoken(text) == [(each, "fr" if each == "c" else chinese) for each in words]
    assert [part.href for part in parse_prose(text) if not isinstance(part, Citation) and part.href] == [
        "https://x.org"
    ]


@pytest.mark.parametrize("wrong", ["", "welsh", "c", "cy_GB", "cy-", "<b>", "12"])
def test_a_language_that_is_none_is_refused_at_its_place(wrong: str) -> None:
    with pytest.raises(ProseError) as fault:
        parse_prose(f"An [x]{{lang={wrong}}}")

    [(message, at)] = fault.value.faults
    assert message.startswith(f"“{wrong}” is not a language")
    assert at == 6


@pytest.mark.parametrize(
    "text", ["[x]{cy}", "[x] {lang=cy}", r"\[x]{lang=cy}", "x]{lang=cy}", "{lang=cy}", "[x]{lang=c y}"]
)
def test_what_is_no_passage_stays_as_typed(text: str) -> None:
    assert "".join(said for said, _ in spoken(text)) == text.replace("\\", "")
    assert {language for _, language in spoken(text)} == {""}


@given(
    st.lists(
        st.sampled_from(["[", "]", "{lang=cy}", "{lang=fr}", "a", "*", "{{ x }}", "](https://x.org)"]), max_size=12
    )
)
def test_each_stretch_is_the_text_at_its_place_in_one_language(pieces: list[str]) -> None:
    text = "".join(pieces)
    try:
        parts = parse_prose(text)
    except ProseError:
        return

    for part in parts:
        assert not isinstance(part, TextRun) or text[part.start : part.end] == part.text
        assert isinstance(part, Citation | Expression | TextRun)
        assert isinstance(part, Citation) or part.language in {"", "cy", "fr"}
