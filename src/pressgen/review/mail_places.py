"""Find the sent text that each line of a mail shows.

Runs of three words lead a line to its text; a short text is found where it is the whole line, or follows another.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import TYPE_CHECKING

from pressgen.review.mail_lines import PLAIN
from pressgen.review.similarity import normalise_marks

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from pressgen.model.export import ExportedBlock
    from pressgen.review.mail_lines import MailLine

RUN = 3
"""How many words in a row lead to a text."""
LONGEST_RUN = 12
"""How many words are compared to choose among places."""
WORD = re.compile(r"\w+")
MARKER = re.compile(r"^\s*(?:[-*•–·#]+|\(?\d{1,2}[.)]|[a-z][.)])\s+")
LIST_MARK = re.compile(r"(?:^|\s)((?:[-*•]|\d{1,2}[.)])\s+)\Z")
GAPS = re.compile(r"\s{2,}|\s\|\s|\t")
BAR = re.compile(r"\s\|\s")
"""What stands between the cells of a row that is wider than the mail; such a row may go over several lines."""
ADDRESS = re.compile(r"\s?<(?:(?:https?|mailto|tel):)[^>\s]+>|\s?\[(?:https?|mailto|tel):[^\]\s]+\]")


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line with its first and last word in a sent text."""

    line: MailLine
    block: int = -1
    first: int = -1
    last: int = -1
    blank: bool = False
    run_on: bool = False


class SentTexts:
    """The texts that were sent, found by their words."""

    def __init__(self, blocks: Sequence[ExportedBlock]) -> None:
        """Index the texts."""
        self.words = [[each.lower() for each in WORD.findall(block.text)] for block in blocks]
        self.texts = [block.text for block in blocks]
        self.cells = [block.in_cell for block in blocks]
        self.addresses = list_addresses(blocks)
        self._runs: dict[tuple[str, ...], list[tuple[int, int]]] = defaultdict(list)
        self._whole: dict[str, list[int]] = defaultdict(list)
        for number, words in enumerate(self.words):
            for at in range(len(words) - RUN + 1) if blocks[number].id else ():
                self._runs[tuple(words[at : at + RUN])].append((number, at))
        for number in sorted(range(len(blocks)), key=lambda number: not blocks[number].id):  # the template's come last
            if whole := _fold(blocks[number].text):
                self._whole[whole].append(number)

    def find_run(self, words: Sequence[str], at: int, after: tuple[int, int]) -> tuple[int, int] | None:
        """Return the text and word where the words from `at` on stand.

        Of several places the one that goes on longest counts, then the next behind `after`.
        """
        found = self._runs.get(tuple(words[at : at + RUN]))
        if not found:
            return None
        return max(found, key=lambda each: (self._count_common(words, at, each), each > after, -each[0], -each[1]))

    def _count_common(self, words: Sequence[str], at: int, place: tuple[int, int]) -> int:
        theirs = self.words[place[0]][place[1] : place[1] + LONGEST_RUN]
        pairs = zip(words[at : at + LONGEST_RUN], theirs, strict=False)
        return len(list(takewhile(lambda pair: pair[0] == pair[1], pairs)))

    def is_next(self, before: tuple[int, int], words: Sequence[str], at: int) -> bool:
        """Return whether a text ends, and the whole next one follows."""
        block, word = before
        if word != len(self.words[block]) - 1 or block + 1 >= len(self.words):
            return False
        following = self.words[block + 1]
        return bool(following) and list(words[at : at + len(following)]) == following

    def find_whole(self, text: str, after: int) -> int:
        """Return the text that is the whole line; -1 for none.

        Of several, it is the next one behind `after`.
        """
        found = self._whole.get(_fold(text)) or self._whole.get(_fold(MARKER.sub("", text)))
        if not found:
            return -1
        return next((each for each in found if each > after), found[0])

    def is_continued_cell(self, text: str, following: str) -> bool:
        """Return whether one cell has words of two lines."""
        mine, theirs = (WORD.findall(each.lower()) for each in (text, following))
        runs = (tuple(mine[-size:] + theirs[: RUN - size]) for size in range(1, RUN))
        return any(self.cells[number] for run in runs for number, _ in self._runs.get(run, ()))

    def is_row(self, parts: Sequence[str]) -> bool:
        """Return whether the parts of a line are cells of a row."""
        known = sum(any(self.cells[each] for each in self._whole.get(_fold(part), ())) for part in parts)
        return len(parts) > 1 and 2 * known >= len(parts) and known > 0


def _split_rows(lines: Sequence[MailLine], sent: SentTexts) -> Iterator[MailLine]:
    """Yield the lines, each row of a table as its cells."""
    at = 0
    while at < len(lines):
        count, line = _join_row(lines, at, sent)
        parts = [each for each in _cut(line, GAPS) if not each.blank]
        if not line.cell and sent.is_row([each.text.strip() for each in parts]):
            yield from (replace(each, cell=True) for each in parts)
            at += count
        else:
            yield lines[at]
            at += 1


def _join_row(lines: Sequence[MailLine], at: int, sent: SentTexts) -> tuple[int, MailLine]:
    """Return the number of lines of a row, and the row.

    Its further lines are indented, or continue what was sent.
    """
    row, end = lines[at], at + 1
    while end < len(lines) and not (row.cell or row.blank) and lines[end].depth == row.depth:
        line = lines[end]
        goes_on = line.text[:1].isspace() or sent.is_continued_cell(row.text, line.text)
        if line.blank or line.cell or not goes_on or MARKER.match(line.text):
            break
        text = line.text.strip()
        styles = line.styles[len(line.text) - len(line.text.lstrip()) :][: len(text)]
        row = replace(
            row, text=f"{row.text.rstrip()} {text}", styles=f"{row.styles[: len(row.text.rstrip())]}{PLAIN}{styles}"
        )
        end += 1
    return (end - at, row) if BAR.search(row.text) else (1, lines[at])


def _cut(line: MailLine, gaps: re.Pattern[str]) -> Iterator[MailLine]:
    at = 0
    for match in gaps.finditer(line.text):
        yield replace(line, text=line.text[at : match.start()], styles=line.styles[at : match.start()])
        at = match.end()
    yield replace(line, text=line.text[at:], styles=line.styles[at:])


def list_addresses(blocks: Collection[ExportedBlock]) -> set[str]:
    """List the addresses that texts link to."""
    found = {piece.href.rstrip("/") for block in blocks for piece in block.words if piece.href}
    return found | {f"mailto:{piece.text}" for block in blocks for piece in block.words if "@" in piece.text}


def find_addresses(text: str, addresses: Collection[str]) -> list[tuple[int, int]]:
    """Find the addresses that a program wrote behind links of the release.

    Another address stays, because somebody has typed it.
    """
    return [each.span() for each in ADDRESS.finditer(text) if each[0].strip(" <>[]").rstrip("/") in addresses]


def place_lines(typed: Sequence[MailLine], sent: SentTexts) -> list[PlacedLine]:
    """Find the sent text of each line that has words.

    A row of a table, and a line of several texts, become as many lines.
    """
    lines = list(_split_rows(typed, sent))
    spots = _find_spots(lines, sent)
    found: list[PlacedLine] = []
    blank, last = False, -1
    for number, line in enumerate(lines):
        if line.blank:
            blank = True
            continue
        whole = sent.find_whole(line.text, last)
        if whole >= 0:
            found.append(PlacedLine(line, whole, 0, max(len(sent.words[whole]) - 1, 0), blank))
        else:
            found += _split_texts(line, spots.get(number, []), sent, blank=blank)
        last = found[-1].block if found[-1].block >= 0 else last
        blank = False
    return found


def _find_spots(lines: Sequence[MailLine], sent: SentTexts) -> dict[int, list[tuple[int, int, int]]]:
    """Find the words of the lines that stand in a sent text.

    Returns:
        by line, for each such word its offset in the line, the text, and the position of the word in that.
    """
    tokens = [
        (match[0].lower(), number, match.start())
        for number, line in enumerate(lines)
        if not line.cell
        for match in WORD.finditer(_blank_addresses(line.text, sent))
    ]
    words = [word for word, _, _ in tokens]
    places: list[tuple[int, int] | None] = [None] * len(tokens)
    after = (0, 0)
    for at in range(len(tokens)):
        if (run := sent.find_run(words, at, after)) is not None:
            after = run
            size = RUN
        elif places[at] is None and at and (before := places[at - 1]) and sent.is_next(before, words, at):
            run = (before[0] + 1, 0)
            after = run
            size = len(sent.words[run[0]])
        else:
            continue
        for step in range(size):
            before = places[at + step]
            if before is None or (size == RUN and not step and before[0] != run[0]):
                places[at + step] = run[0], run[1] + step
    spots: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for (_, number, offset), place in zip(tokens, places, strict=True):
        if place is not None:
            spots[number].append((offset, *place))
    return spots


def _blank_addresses(text: str, sent: SentTexts) -> str:
    """Return a text with blanks for the addresses behind its links."""
    for start, end in find_addresses(text, sent.addresses):
        text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    return text


def _split_texts(
    line: MailLine, spots: Sequence[tuple[int, int, int]], sent: SentTexts, *, blank: bool
) -> Iterator[PlacedLine]:
    """Yield a line as one line for each text that it shows.

    It is cut only where one text ends with its last word and another begins with its first.
    """
    parts: list[list[tuple[int, int, int]]] = [[]]
    for spot in spots:
        last = parts[-1][-1] if parts[-1] else None
        if last and last[2] == len(sent.words[last[1]]) - 1 and spot[2] == 0 and spot[1] != last[1]:
            parts.append([])
        parts[-1].append(spot)
    starts = [0, *(_find_start(line.text, part[0][0]) for part in parts[1:]), len(line.text)]
    for number, part in enumerate(parts):
        start, end = starts[number], starts[number + 1]
        piece = replace(line, text=line.text[start:end], styles=line.styles[start:end])
        if not part:
            yield PlacedLine(piece, blank=blank)
            continue
        block = Counter(each[1] for each in part).most_common(1)[0][0]
        mine = [word for _, each, word in part if each == block]
        yield PlacedLine(piece, block, mine[0], mine[-1], blank and not number, run_on=number > 0)


def _find_start(text: str, word: int) -> int:
    """Return the offset of a text whose first word is at `word`.

    Its list mark is part of it.
    """
    start = text.rfind(" ", 0, word) + 1
    mark = LIST_MARK.search(text[:start])
    return mark.start(1) if mark else start


def _fold(text: str) -> str:
    return normalise_marks(text).lower()
