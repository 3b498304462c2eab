"""Straight marks become the language's own; what is typed with care is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressgen.text.typography import MARKS, find_typographic_changes


def typeset(text: str, language: str, *, quoted: bool = False) -> str:
    """`text` with its changes made."""
    found = find_typographic_changes(text, language, quoted=quoted)
    return "".join(found.get(at, char) for at, char in enumerate(text))


@pytest.mark.parametrize(
    ("text", "language", "shown"),
    [
        ("a 'good' rating", "en-GB", "a ‘good’ rating"),
        ("it's the '90s", "en-GB", "it’s the ’90s"),
        ("rock 'n' roll, 'tis", "en-GB", "rock ’n’ roll, ’tis"),
        ("the students' union", "en-GB", "the students’ union"),
        ("she said \"he said 'no'\"", "en-GB", "she said “he said ‘no’”"),
        ('("so")', "en-GB", "(“so”)"),
        ("already “curly” – isn’t it", "en-GB", "already “curly” – isn’t it"),
        ("one -- two", "en-GB", "one – two"),
        ("one -- two", "en-US", "one — two"),
        ("one--two---three - four", "en-GB", "one–two—three – four"),
        ("2015-19, +44-20, --flag, -----", "en-GB", "2015-19, +44-20, --flag, -----"),
        ('er sagte "nein"', "de", "er sagte „nein“"),
        ('il dit "non" ; oui', "fr", "il dit «\u00a0non\u00a0»\u202f; oui"),
        ('dijo "no"', "es-ES", "dijo «no»"),
        ("£3 million", "en-GB", "£3\u00a0million"),
        ('dywedodd "na"', "cy", "dywedodd “na”"),
    ],
)
def test_marks_follow_the_language(text: str, language: str, shown: str) -> None:
    assert typeset(text, language) == shown


def test_a_quotation_within_a_quotation_takes_the_second_marks() -> None:
    assert typeset('they call it "care" here', "en-GB", quoted=True) == "they call it ‘care’ here"


@given(st.text(max_size=80), st.sampled_from(sorted(MARKS)))
def test_only_marks_dashes_and_spaces_ever_change(text: str, language: str) -> None:
    assert {text[at] for at in find_typographic_changes(text, language)} <= set("\"'- ")


@given(st.text(max_size=80), st.sampled_from(sorted(MARKS)))
def test_setting_a_text_twice_changes_nothing_more(text: str, language: str) -> None:
    once = typeset(text, language)

    assert typeset(once, language) == once
