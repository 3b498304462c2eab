"""Find sentences about the embargo, or about other dates of publication."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressgen.check.passage import Kind
from pressgen.text.dates_in_prose import PrintedDay, find_dates
from pressgen.text.sentences import Sentence, split_sentences
from pressgen.text.times_in_prose import PrintedTime, find_times

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.check.passage import Passage
    from pressgen.check.subject import Subject

EMBARGO = re.compile(
    r"\bembargo(?:ed)?\b(?!\s+(?:on|against)\s)|\bnot\s(?:for|to\sbe)\s(?:publi\w+|broadcast|us\w+|releas\w+)[^.]{0,60}"
    r"\b(?:before|until)\b|\bstrictly\suntil\b|\b(?:hold|held)\sfor\srelease\b",
    re.IGNORECASE,
)
ELSEWHERE = re.compile(r"\b(?:trade|arms|oil|export|grain|economic|import|sanctions)\s+embargo\b", re.IGNORECASE)
OUT = re.compile(
    r"\b(?:available|published|publishes|publish|released|live|online|downloaded?|launched)\b[^.]{0,80}?"
    r"\b(?:on|at|from|until)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class DatedSentence:
    """A sentence with the dates and times that it states.

    Places count from the beginning of the passage.
    """

    passage: Passage
    sentence: Sentence
    days: tuple[PrintedDay, ...]
    times: tuple[PrintedTime, ...]


def find_embargo_sentences(subject: Subject) -> Iterator[DatedSentence]:
    """Yield the sentences that say until when the embargo lasts.

    Text that the house supplies is left out.
    """
    for statement in _read_sentences(subject):
        if EMBARGO.search(statement.sentence.text) and not ELSEWHERE.search(statement.sentence.text):
            yield statement


def find_publication_sentences(subject: Subject) -> Iterator[DatedSentence]:
    """Yield the sentences that say, with a date, when something is published."""
    for statement in _read_sentences(subject):
        text = statement.sentence.text
        if statement.days and OUT.search(text) and not EMBARGO.search(text):
            yield statement


def find_dated_sentences(subject: Subject) -> Iterator[DatedSentence]:
    """Yield every sentence that states a date or a time."""
    return (each for each in _read_sentences(subject) if each.days or each.times)


def _read_sentences(subject: Subject) -> Iterator[DatedSentence]:
    """Yield every sentence of the release with its dates and times."""
    for passage in subject.own:
        if passage.kind in {Kind.ALT, Kind.CELL}:
            continue
        days = find_passage_dates(subject, passage)
        times = find_times(passage.text) if subject.language == "en" else ()
        for sentence in split_sentences(passage.text):
            yield DatedSentence(
                passage,
                sentence,
                tuple(each for each in days if sentence.start <= each.start < sentence.end),
                tuple(each for each in times if sentence.start <= each.start < sentence.end),
            )


def find_passage_dates(subject: Subject, passage: Passage) -> tuple[PrintedDay, ...]:
    """Return the dates in a passage, read as in the release's region.

    The region decides whether the day or the month comes first.
    """
    return find_dates(passage.text, subject.language, month_first=subject.is_american)
