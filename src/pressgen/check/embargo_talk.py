"""Sentences of a release that speak of its embargo, or of when something else is out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressgen.check.passage import Kind
from pressgen.text.days import PrintedDay, printed_days
from pressgen.text.hours import PrintedTime, printed_times
from pressgen.text.sentences import Sentence, sentences

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
class Statement:
    """A sentence with the dates and times that it states; places count from the passage's beginning."""

    passage: Passage
    sentence: Sentence
    days: tuple[PrintedDay, ...]
    times: tuple[PrintedTime, ...]


def of_embargo(subject: Subject) -> Iterator[Statement]:
    """The sentences that say until when the release is under embargo; what the house makes is not among them."""
    for statement in _statements(subject):
        if EMBARGO.search(statement.sentence.text) and not ELSEWHERE.search(statement.sentence.text):
            yield statement


def of_publication(subject: Subject) -> Iterator[Statement]:
    """The sentences that say when a report or the like is out, with a date."""
    for statement in _statements(subject):
        text = statement.sentence.text
        if statement.days and OUT.search(text) and not EMBARGO.search(text):
            yield statement


def statements(subject: Subject) -> Iterator[Statement]:
    """Every sentence with a date or a time."""
    return (each for each in _statements(subject) if each.days or each.times)


def _statements(subject: Subject) -> Iterator[Statement]:
    for passage in subject.own:
        if passage.kind in {Kind.ALT, Kind.CELL}:
            continue
        days = days_of(subject, passage)
        times = printed_times(passage.text) if subject.language == "en" else ()
        for sentence in sentences(passage.text):
            yield Statement(
                passage,
                sentence,
                tuple(each for each in days if sentence.start <= each.start < sentence.end),
                tuple(each for each in times if sentence.start <= each.start < sentence.end),
            )


def days_of(subject: Subject, passage: Passage) -> tuple[PrintedDay, ...]:
    """The dates in a passage, in the order of day and month of the release's region."""
    return printed_days(passage.text, subject.language, month_first=subject.is_american)
