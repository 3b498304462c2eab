"""Join the lines of a mail into paragraphs.

Mail programs break lines, number lists and write links out, so line ends mean little. `mail_places` says which text a
line shows; lines of one text are one paragraph.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import TYPE_CHECKING

from pressgen.review.mail_lines import PLAIN
from pressgen.review.mail_places import MARKER, RUN, WORD, place_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pressgen.review.mail_lines import MailLine
    from pressgen.review.mail_places import PlacedLine, SentTexts

NARROWEST, WIDEST = 45, 100
"""Columns of a line that a program may have broken."""
DOUBLE = 3
"""How many texts must have blank lines within them for the mail to be double spaced."""
SHORT_TEXT, ALIKE = 6, 0.6
"""The most words of a text that is known by its neighbours, and how much of it must be left."""
LITTLE = 0.3
"""The share of a paragraph's words, and of a text's, below which the paragraph does not show the text."""


@dataclass(slots=True)
class MailParagraph:
    """A paragraph of a mail.

    Attributes:
        block: the position of the sent text that it shows; -1 for none.
        first, last: the first and last word of the text that it shows, counted from 0.
        share: of its words, how many are the text's.
        coverage: of the text's words, how many are its.
        within: for words between two lines of one text, the position of that text and the word before; else None.
        blank: whether a blank line stands before it.
        run_on: whether it begins on the line on which the text before it ends.
    """

    text: str
    styles: str
    depth: int
    cell: bool
    block: int = -1
    first: int = -1
    last: int = -1
    share: float = 0.0
    coverage: float = 0.0
    within: tuple[int, int] | None = None
    blank: bool = False
    run_on: bool = False


def join_lines(lines: Sequence[MailLine], sent: SentTexts) -> list[MailParagraph]:
    """Join lines into paragraphs, in the order of the mail."""
    placed = place_lines(lines, sent)
    double = _is_double_spaced(placed)
    found: list[MailParagraph] = []
    for at, each in enumerate(placed):
        before = _find_continued(found, each, double)
        if before is None and each.block < 0:
            before = _find_unbroken(found, each, placed, at)
        if before is None:
            one = each.line
            found.append(
                MailParagraph(
                    one.text.strip(), _strip(one), one.depth, one.cell, each.block, each.first, each.last,
                    blank=each.blank, run_on=each.run_on,
                )
            )  # fmt: skip
            continue
        for between in found[found.index(before) + 1 :]:
            between.within = (before.block, before.last)
        gap = PLAIN if not before.styles or not each.line.styles.strip() else before.styles[-1]
        before.text = f"{before.text} {each.line.text.strip()}"
        before.styles += gap + _strip(each.line)
        if each.block >= 0:
            before.first = before.first if before.block >= 0 else each.first
            before.block, before.last = each.block, each.last
    for paragraph in found:
        _measure(paragraph, sent)
    _fill_rows(found, sent)
    return found


def _find_continued(found: Sequence[MailParagraph], each: PlacedLine, double: bool) -> MailParagraph | None:  # noqa: FBT001 - one fact
    """Return the paragraph that a line continues, by its words.

    Lines of the sender may stand between the two.
    """
    for back in reversed(found):
        if back.cell or each.line.cell or each.block < 0:
            return None
        if back.block == each.block and back.last < each.first:
            apart = each.blank and back is found[-1] and not double
            return None if apart else back
        if back.block >= 0 or back.depth >= each.line.depth:
            return back if _is_begun(back, each) and back is found[-1] else None
    return None


def _is_begun(back: MailParagraph, each: PlacedLine) -> bool:
    """Return whether a paragraph is the rewritten beginning of a line's text."""
    return back.block < 0 and back.depth == each.line.depth and not each.blank and each.first > RUN


def _find_unbroken(
    found: Sequence[MailParagraph], each: PlacedLine, placed: Sequence[PlacedLine], at: int
) -> MailParagraph | None:
    """Return the paragraph that a line without a text goes on with."""
    if not found or each.blank or found[-1].cell or each.line.cell or found[-1].depth != each.line.depth:
        return None
    back, before = found[-1], placed[at - 1].line.text.rstrip()
    for following in placed[at + 1 :]:
        if following.blank or following.line.depth != each.line.depth:
            break
        if following.block >= 0:
            if following.block == back.block and following.first > back.last >= 0:
                return back
            break
    word = each.line.text.split()[0]
    broken = NARROWEST <= len(before) <= WIDEST and len(before) + len(word) >= NARROWEST + 15
    return back if broken and not MARKER.match(each.line.text) else None


def _is_double_spaced(placed: Sequence[PlacedLine]) -> bool:
    within = [
        one.block == other.block >= 0 and one.last < other.first and one.line.depth == other.line.depth
        for one, other in pairwise(placed)
        if other.blank
    ]
    return sum(within) >= DOUBLE


def _measure(paragraph: MailParagraph, sent: SentTexts) -> None:
    """Measure how much of a paragraph is its sent text.

    A text of which it has little is forgotten.
    """
    if paragraph.block < 0:
        return
    mine, theirs = WORD.findall(paragraph.text.lower()), sent.words[paragraph.block]
    common = len(set(mine) & set(theirs))
    paragraph.share = common / len(set(mine)) if mine else 1.0
    paragraph.coverage = common / len(set(theirs)) if theirs else 1.0
    if max(paragraph.share, paragraph.coverage) < LITTLE:
        paragraph.block = -1


def _fill_rows(found: Sequence[MailParagraph], sent: SentTexts) -> None:
    """Give cells and short texts the place between their neighbours.

    A cell is what stands there; another short text must resemble what was sent.
    """
    for at, each in enumerate(found):
        if each.block >= 0 or not at or at + 1 == len(found):
            continue
        before, after = found[at - 1], found[at + 1]
        place = before.block + 1 if before.block >= 0 else after.block - 1
        if not 0 <= place < len(sent.cells) or any(other.block == place for other in found):
            continue
        short = before.depth == each.depth == after.depth and len(sent.words[place]) <= SHORT_TEXT
        alike = SequenceMatcher(None, each.text, sent.texts[place]).ratio() if short else 0.0
        if sent.cells[place] if each.cell else alike > ALIKE:
            each.block, each.first, each.last, each.share, each.coverage = place, 0, 0, 1.0, 1.0


def _strip(line: MailLine) -> str:
    """Return the styles of a line without the blanks at its ends."""
    start = len(line.text) - len(line.text.lstrip())
    return line.styles[start : start + len(line.text.strip())]
