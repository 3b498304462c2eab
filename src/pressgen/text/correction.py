"""Compare two versions of a release, and write the correction line.

The classes are those of the wire services (newsroom practice): a correction of fact is always labelled CORRECTED; a
REFILE corrects what nobody could have taken for a fact; a REPEAT has the same words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import TYPE_CHECKING

from pressgen.text.notice_languages import get_notice_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pressgen.text.notice_words import NoticeWords

AROUND = 2
"""How many words are quoted before and after a change, so that a reader finds the place."""
MARKS = "“”„«»"
LONGEST = {3: 160, 20: 80}
"""The most characters of a quotation in a line with so many changes, or fewer."""
SHORTEST = 50
"""The most characters of a quotation in a line with more changes."""
SLIP, LONG_WORD = 0.8, 5
"""How similar two words are, and how long, if one is a slip of the other."""
DIGIT = re.compile(r"\d")
BLANK = re.compile(r"\n\s*\n")


class CorrectionClass(StrEnum):
    """The class of a correction."""

    CORRECTED = "corrected"
    REFILE = "refile"
    REPEAT = "repeat"


@dataclass(frozen=True, slots=True)
class WordChange:
    """Words that changed, in plain text.

    One side is empty where words were inserted or deleted.
    """

    was: str
    now: str
    slip: bool


def find_word_changes(old: str, new: str) -> list[WordChange]:
    """Return the changes between two plain texts, paragraph by paragraph.

    Line breaks do not count.
    """
    before, after = _split_paragraphs(old), _split_paragraphs(new)
    found: list[WordChange] = []
    for kind, start, end, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        pairs = min(end - start, last - first)
        for was, now in zip(before[start : start + pairs], after[first : first + pairs], strict=True):
            found += _compare_paragraphs(was, now)
        found += [WordChange(" ".join(each), "", slip=False) for each in before[start + pairs : end]]
        found += [WordChange("", " ".join(each), slip=False) for each in after[first + pairs : last]]
    return found


def classify_correction(found: Sequence[WordChange]) -> CorrectionClass:
    """Return the class of a correction.

    It corrects a fact, unless every change is a plain slip.
    """
    if not found:
        return CorrectionClass.REPEAT
    return CorrectionClass.REFILE if all(each.slip for each in found) else CorrectionClass.CORRECTED


def format_correction_line(found: Sequence[WordChange], language: str = "en-GB") -> str:
    """Return the correction line in a language.

    For each change it says what the release said and what it should have said.
    """
    words = get_notice_words(language)
    if not found:
        return words.same_words
    longest = next((length for most, length in LONGEST.items() if len(found) <= most), SHORTEST)
    return "; ".join(_format_change(each, words, longest) for each in found)


def _split_paragraphs(text: str) -> list[tuple[str, ...]]:
    return [tuple(each.split()) for each in BLANK.split(text) if each.strip()]


def _compare_paragraphs(was: tuple[str, ...], now: tuple[str, ...]) -> Iterator[WordChange]:
    """Yield the changes within a paragraph.

    Changes with overlapping quotations are joined.
    """
    blocks: list[list[int]] = []
    for kind, start, end, first, last in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        if blocks and start - blocks[-1][1] <= 2 * AROUND:
            blocks[-1][1], blocks[-1][3] = end, last
        else:
            blocks.append([start, end, first, last])
    for start, end, first, last in blocks:
        slip = _is_slip(was[start:end], now[first:last])
        yield WordChange(_quote_words(was, start, end), _quote_words(now, first, last), slip)


def _quote_words(words: tuple[str, ...], start: int, end: int) -> str:
    return " ".join(words[max(0, start - AROUND) : end + AROUND])


def _is_slip(was: tuple[str, ...], now: tuple[str, ...]) -> bool:
    """Return whether words differ only in marks, or by a typing error.

    A change in a figure, a name or a short word is never a slip.
    """
    if DIGIT.search(" ".join(was + now)):
        return False
    if _strip_marks(was) == _strip_marks(now):
        return True
    return len(was) == len(now) and all(_is_word_slip(one, other) for one, other in zip(was, now, strict=True))


def _is_word_slip(one: str, other: str) -> bool:
    if one == other:
        return True
    plain = one[:1].islower() and other[:1].islower() and min(len(one), len(other)) >= LONG_WORD
    return plain and SequenceMatcher(None, one, other).ratio() >= SLIP


def _strip_marks(words: tuple[str, ...]) -> str:
    return "".join(char for word in words for char in word if char.isalnum())


def _format_change(change: WordChange, words: NoticeWords, longest: int) -> str:
    form = words.should_read if change.was and change.now else words.taken_out if change.was else words.missing
    marks = {ord(mark): None for mark in MARKS if mark in form}
    was, now = change.was.translate(marks), change.now.translate(marks)
    return form.format(was=_shorten_quotation(was, now, longest), now=_shorten_quotation(now, was, longest))


def _shorten_quotation(text: str, other: str, longest: int) -> str:
    """Return a quotation that is short enough for a line.

    It keeps the first words that differ from `other`.
    """
    if len(text) <= longest:
        return text
    alike = next((at for at, (one, two) in enumerate(zip(text, other, strict=False)) if one != two), 0)
    first = text.rfind(" ", 0, alike - longest // 2) + 1 if alike > longest // 2 else 0
    return f"{'…' * (first > 0)}{text[first : first + longest - 2]}{'…' * (first + longest - 2 < len(text))}"
