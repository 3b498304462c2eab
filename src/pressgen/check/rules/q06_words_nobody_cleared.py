"""Quoted words in prose that the person named beside them says in none of the release's quotations.

Text in quotation marks next to a name is that person's words, and a speaker clears words, not paraphrases. Words from
elsewhere are marked as such by a note: `“chronic shortages”[^report]`. The title of a thing, “Low Tide”, is nobody's
word, and “the researchers” nobody's name.

Wrong: `Ada Moss spoke of “chronic shortages”.` where none of her quotations has them

Right: `Ada Moss spoke of “shortages that never end”.`, as her quotation says
"""

from __future__ import annotations

import re
from functools import cache, partial
from typing import TYPE_CHECKING

from pressgen.check.passage import Kind
from pressgen.check.rule import rule
from pressgen.check.speech import SAYING, find_people, is_work_title
from pressgen.errors import Severity
from pressgen.text.quoted_words import QuotedText, pair_quotation_marks
from pressgen.text.sentences import find_sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.check.finding import Finding
    from pressgen.check.passage import Passage
    from pressgen.check.subject import Subject

SPOKEN_OF = re.compile(r"\b(?:spoke|speaks|speaking|words|praised|criticised|criticized|welcomed|condemned)\b")
PROSE = {Kind.PARAGRAPH, Kind.HEADLINE, Kind.SUBHEAD, Kind.SUMMARY, Kind.ITEM}
HEADLINES = {Kind.HEADLINE, Kind.SUBHEAD}
SINGLE = re.compile(r"(?<!\w)[‘']([^‘’'\s](?:[^‘’']|[’'](?=\w))*)[’'](?!\w)")
LETTERS = re.compile(r"[\W_]+")


@rule("Q06", "words-nobody-cleared", Severity.ERROR)
def check(subject: Subject) -> Iterator[Finding]:
    """Find quoted words that are in none of the speaker's quotations."""
    find_speakers = cache(partial(_find_speakers, subject))
    for passage in [each for each in subject.own if each.kind in PROSE]:
        for quoted in _find_quotations(passage):
            if not quoted.closed or is_work_title(quoted.words) or _is_sourced(passage, quoted.end):
                continue
            named = find_speakers(find_sentence(passage.text, quoted.start).text)
            if len(named) == 1 and _normalise(quoted.words) not in _normalise(_join_quotations(subject, named[0])):
                name = subject.release.people[named[0]].name
                message = (
                    f"“{quoted.words}” is not in any quotation of {name}: quote what was cleared, or cite its source"
                )
                yield passage.finding(quoted.start, quoted.end, message)


def _find_speakers(subject: Subject, sentence: str) -> list[str]:
    """Return the people named in a sentence that tells what somebody said.

    Each must have a quotation in the release.
    """
    if not (SAYING.search(sentence) or SPOKEN_OF.search(sentence)):
        return []
    return [key for key in find_people(subject, sentence) if _join_quotations(subject, key)]


def _find_quotations(passage: Passage) -> tuple[QuotedText, ...]:
    """Return the quoted words of a text.

    In headlines, single marks count too.
    """
    if passage.kind not in HEADLINES:
        return pair_quotation_marks(passage.text).quoted
    single = (QuotedText(*match.span(), match[1], closed=True) for match in SINGLE.finditer(passage.text))
    return (*pair_quotation_marks(passage.text).quoted, *single)


def _join_quotations(subject: Subject, key: str) -> str:
    """Return all that a person says in the release's quotations."""
    if subject.release.people[key].name[:1].islower():
        return ""  # “the researchers” clear nothing
    return " ".join(each.text for each in subject.passages if each.kind is Kind.QUOTATION and each.speaker == key)


def _normalise(text: str) -> str:
    return LETTERS.sub(" ", text).strip().lower()


def _is_sourced(passage: Passage, at: int) -> bool:
    """Return whether a note is cited at the end of the words."""
    where = 0
    for piece in passage.words:
        if piece.note and at <= where <= at + 2:
            return True
        where += len(piece.text)
    return False
