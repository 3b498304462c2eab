"""Find quoted words in English prose by their curly double marks.

Marks that are left open or closed too often are reported.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

OPENING, CLOSING = "“", "”"
STRAIGHT = '"'
INCHES = re.compile(r"(?<!\d)\d{1,3}$")
"""Figures before a mark that is not a quotation's; four figures are a year."""
CROSSED = re.compile(r"“[^“”‘’]*[^\W\ds_]’(?!\w)(?=[^“”]*(?:“|$))")
"""Words between a double opening mark and a single closing one; after an `s` it may be an apostrophe."""
GLUED = re.compile(r"(?<=[a-z][.!?])”(?=[A-Z])")
"""A mark between two sentences that lost the space between them; where no quotation is open it opens one."""
LONE = re.compile(r"(?:^|(?<=\s))[”\"](?=\s+\S)")


@dataclass(frozen=True, slots=True)
class QuotedText:
    """Text between double quotation marks.

    Attributes:
        start, end: with the marks; `end` is the end of the text if the quotation is never closed.
        words: the text between them.
        closed: whether there is a closing mark.
    """

    start: int
    end: int
    words: str
    closed: bool


@dataclass(frozen=True, slots=True)
class DoubleMarks:
    """The double quotation marks of a text.

    Attributes:
        quoted: its quotations, in order.
        nested: opening marks within a quotation; where too few marks follow to close both, the first is never closed.
        stray: closing marks without an opening one; those after a figure, which are inches, and lone ones are not among
            them.
        crossed: double opening marks whose words a single mark closes.
        turned: opening marks at the end of a text, where a quotation ends.
        lone: marks with white space on both sides that close nothing; a program puts one for a dash or a bullet.
    """

    quoted: tuple[QuotedText, ...]
    nested: tuple[int, ...]
    stray: tuple[int, ...]
    crossed: tuple[int, ...] = ()
    turned: tuple[int, ...] = ()
    lone: tuple[int, ...] = ()


@lru_cache(maxsize=4096)  # many rules ask about the same text, and a release of 200 pages has many
def pair_quotation_marks(text: str) -> DoubleMarks:
    """Pair the double quotation marks of a text.

    Straight marks open and close in turn.
    """
    quoted: list[QuotedText] = []
    nested: list[int] = []
    stray: list[int] = []
    lone: list[int] = []
    start, straight, depth = -1, False, 0
    crossed = tuple(match.start() for match in CROSSED.finditer(text))
    alone = {match.start() for match in LONE.finditer(text)}
    last = len(text.rstrip(" .,")) - 1
    turned = (last,) if last > 0 and text[last] == OPENING else ()
    to_open, to_close = text.count(OPENING) - len(crossed) - len(turned), text.count(CLOSING) + len(turned)
    for at, char in enumerate(text):
        if at in crossed:
            continue
        opens = (char == OPENING and at not in turned) or (char == STRAIGHT and not (straight and start >= 0))
        opens = opens or (start < 0 and GLUED.match(text, at) is not None)
        closes = char == CLOSING or at in turned or (char == STRAIGHT and not opens)
        if opens and start >= 0 and (straight or to_close > to_open + depth):
            nested.append(at)
            depth += char == OPENING
        elif opens:
            if start >= 0:
                quoted.append(QuotedText(start, at, text[start + 1 : at], closed=False))
            start, straight, depth = at, char == STRAIGHT, 0
        elif closes and depth and char == CLOSING:
            depth -= 1
        elif closes and start >= 0:
            quoted.append(QuotedText(start, at + 1, text[start + 1 : at], closed=True))
            start, depth = -1, 0
        elif closes and not INCHES.search(text[max(0, at - 4) : at]):
            (lone if at in alone else stray).append(at)
        to_open -= char == OPENING
        to_close -= char == CLOSING
    if start >= 0:
        quoted.append(QuotedText(start, len(text), text[start + 1 :], closed=False))
    return DoubleMarks(tuple(quoted), tuple(nested), tuple(stray), crossed, turned, tuple(lone))
