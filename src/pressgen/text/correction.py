"""What differs between two versions of a release, in the words of a correction line.

The classes are those of the wire services (newsroom practice): a correction of fact is always labelled CORRECTED; a
REFILE mends what nobody could have taken for a fact; a REPEAT has the same words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import TYPE_CHECKING

from pressgen.text.notice_languages import notice_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pressgen.text.notice_words import NoticeWords

AROUND = 2
"""Words quoted before and after what changed, so that a reader finds the place."""
MARKS = "“”„«»"
LONGEST = {3: 160, 20: 80}
"""The characters of a quotation in a line that tells so many changes, or fewer."""
SHORTEST = 50
"""The characters of a quotation in a line that tells more."""
SLIP, LONG_WORD = 0.8, 5
"""How alike two words are, and how long, where one is a slip of the other."""
DIGIT = re.compile(r"\d")
BLANK = re.compile(r"\n\s*\n")


class Correction(StrEnum):
    """The class of a correction."""

    CORRECTED = "corrected"
    REFILE = "refile"
    REPEAT = "repeat"


@dataclass(frozen=True, slots=True)
class Change:
    """Words that became others, in plain text; either is empty where words were put in or taken out."""

    was: str
    now: str
    slip: bool


def changes(old: str, new: str) -> list[Change]:
    """What became of the plain text `old` in `new`, paragraph by paragraph; how lines are wrapped does not count."""
    before, after = _paragraphs(old), _paragraphs(new)
    found: list[Change] = []
    for kind, start, end, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        pairs = min(end - start, last - first)
        for was, now in zip(before[start : start + pairs], after[first : first + pairs], strict=True):
            found += _within(was, now)
        found += [Change(" ".join(each), "", slip=False) for each in before[start + pairs : end]]
        found += [Change("", " ".join(each), slip=False) for each in after[first + pairs : last]]
    return found


def class_of(found: Sequence[Change]) -> Correction:
    """The class of a correction: a fact unless every change is a plain slip."""
    if not found:
        return Correction.REPEAT
    return Correction.REFILE if all(each.slip for each in found) else Correction.CORRECTED


def line_of(found: Sequence[Change], language: str = "en-GB") -> str:
    """Return the correction line in a language: each change, what the release said and what it should have said."""
    words = notice_words(language)
    if not found:
        return words.same_words
    longest = next((length for most, length in LONGEST.items() if len(found) <= most), SHORTEST)
    return "; ".join(_line(each, words, longest) for each in found)


def _paragraphs(text: str) -> list[tuple[str, ...]]:
    return [tuple(each.split()) for each in BLANK.split(text) if each.strip()]


def _within(was: tuple[str, ...], now: tuple[str, ...]) -> Iterator[Change]:
    """The changes within a paragraph; those whose quotations would overlap are one."""
    blocks: list[list[int]] = []
    for kind, start, end, first, last in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        if blocks and start - blocks[-1][1] <= 2 * AROUND:
            blocks[-1][1], blocks[-1][3] = end, last
        else:
            blocks.append([start, end, first, last])
    for start, end, first, last in blocks:
        slip = _slips(was[start:end], now[first:last])
        yield Change(_quoted(was, start, end), _quoted(now, first, last), slip)


def _quoted(words: tuple[str, ...], start: int, end: int) -> str:
    return " ".join(words[max(0, start - AROUND) : end + AROUND])


def _slips(was: tuple[str, ...], now: tuple[str, ...]) -> bool:
    """Whether words differ in marks, or by a slip of the pen: never in a figure, a name or a short word."""
    if DIGIT.search(" ".join(was + now)):
        return False
    if _bare(was) == _bare(now):
        return True
    return len(was) == len(now) and all(_slip(one, other) for one, other in zip(was, now, strict=True))


def _slip(one: str, other: str) -> bool:
    if one == other:
        return True
    plain = one[:1].islower() and other[:1].islower() and min(len(one), len(other)) >= LONG_WORD
    return plain and SequenceMatcher(None, one, other).ratio() >= SLIP


def _bare(words: tuple[str, ...]) -> str:
    return "".join(char for word in words for char in word if char.isalnum())


def _line(change: Change, words: NoticeWords, longest: int) -> str:
    form = words.should_read if change.was and change.now else words.taken_out if change.was else words.missing
    marks = {ord(mark): None for mark in MARKS if mark in form}
    was, now = change.was.translate(marks), change.now.translate(marks)
    return form.format(was=_short(was, now, longest), now=_short(now, was, longest))


def _short(text: str, other: str, longest: int) -> str:
    """Return a quotation that is no longer than a line needs, with the first words that `other` has otherwise."""
    if len(text) <= longest:
        return text
    alike = next((at for at, (one, two) in enumerate(zip(text, other, strict=False)) if one != two), 0)
    first = text.rfind(" ", 0, alike - longest // 2) + 1 if alike > longest // 2 else 0
    return f"{'…' * (first > 0)}{text[first : first + longest - 2]}{'…' * (first + longest - 2 < len(text))}"
