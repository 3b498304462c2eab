"""The words of a text that name one day are found in each language that pressgen knows."""

from __future__ import annotations

from datetime import date

import pytest

from pressgen.text.day_words import find_day_words

DAY = date(2026, 12, 10)
"""A Thursday."""


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("en", "in a report published on Thursday 10 December 2026", ["Thursday 10 December 2026"]),
        ("en", "on December 10, and tomorrow", ["December 10", "tomorrow"]),
        ("en", "on Friday 11 December 2026 or 10 December 2025", []),
        ("en", "this morning, not yesterday’s", ["this morning", "yesterday"]),
        ("en", "10/12/2026, 12/10/2026, 2026-12-10", ["10/12/2026", "12/10/2026", "2026-12-10"]),
        ("fr", "le jeudi 10 décembre, aujourd’hui et hier", ["jeudi 10 décembre", "aujourd’hui", "hier"]),
        ("de", "am Donnerstag, heute, am 10. Dezember 2026", ["Donnerstag", "heute", "10. Dezember 2026"]),
        ("es", "el jueves 10 de diciembre, ayer", ["jueves 10 de diciembre", "ayer"]),
        ("cy", "ddydd Iau 10 Rhagfyr, ddoe", ["ddydd Iau 10 Rhagfyr", "ddoe"]),
        ("pl", "dzisiaj, 10/12/2026", ["10/12/2026"]),
    ],
)
def test_words_that_name_a_day_are_found(language: str, text: str, words: list[str]) -> None:
    assert [text[start:end] for start, end in find_day_words(text, language, DAY)] == words
