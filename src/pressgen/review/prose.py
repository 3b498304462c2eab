"""From words as printed back to text as typed: the marks, expressions and line ends of the data stay where they can.

A kept character keeps what was typed for it. Where something was struck or put in, marks of emphasis and links stay if
the words on both sides differ in dress, and go if they do not: striking a whole bold phrase strikes its stars.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressgen.model.words import Field, Source
from pressgen.text.prose import escape

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pressgen.model.words import Words

Dress = tuple[bool, bool, str]
PLAIN: Dress = (False, False, "")
BORDER = "\n"
"""What stands in the new words for the end of a paragraph."""
HALF = "\0"
"""The same in the text as typed, where a line feed is a space."""


@dataclass(frozen=True, slots=True)
class Change:
    """Printed characters `start` to `end` become `text`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class _Unit:
    """Printed characters that were typed as one: a character, or all that an expression prints.

    Attributes:
        start, end: in the printed words.
        first, last: in the text as typed.
    """

    start: int
    end: int
    first: int
    last: int
    dress: Dress


def typed_anew(words: Words, path: str, typed: str, changes: Sequence[Change]) -> list[str]:
    """The text at `path` after changes of the words that it prints; more than one where they end a paragraph.

    Args:
        words: as printed.
        path: of the text that most of them come from.
        typed: that text.
        changes: in the order of the words, none over another.
    """
    units = list(_units(words, path, typed))
    return "".join(_Retyping(units, typed, plain(words), changes).made()).split(HALF)


def is_typed(words: Words, path: str, change: Change) -> bool:
    """Whether a change of printed words is one of the text at `path`, and not of what pressgen or the house made."""
    spans, at = [], 0
    for piece in words:
        origin, end = piece.origin, at + len(piece.text)
        place = origin.at if isinstance(origin, Field) else origin
        if isinstance(place, Source) and place.path == path:
            spans.append((at, end))
        at = end
    if not spans:
        return False
    low, high = spans[0][0], spans[-1][1]
    if change.start == change.end:
        return low <= change.start <= high
    return change.start < high and change.end > low and (change.start >= low or not change.text)


def plain(words: Words) -> str:
    """The characters of `words`."""
    return "".join(piece.text for piece in words)


def _units(words: Words, path: str, typed: str) -> Iterator[_Unit]:
    at = 0
    for piece in words:
        end, origin = at + len(piece.text), piece.origin
        dress = (piece.strong, piece.emphasis, piece.href)
        if isinstance(origin, Source) and origin.path == path and piece.text:
            if origin.end - origin.start == len(piece.text):
                for offset in range(len(piece.text)):
                    first = origin.start + offset
                    begun = offset == 0 and first and typed[first - 1] == "\\"
                    yield _Unit(at + offset, at + offset + 1, first - bool(begun), first + 1, dress)
            else:
                yield _Unit(at, end, origin.start, origin.end, dress)
        elif isinstance(origin, Field) and origin.at is not None and origin.at.path == path:
            yield _Unit(at, end, origin.at.start, origin.at.end, dress)
        at = end


@dataclass(frozen=True, slots=True)
class _Retyping:
    units: list[_Unit]
    typed: str
    printed: str
    changes: Sequence[Change]

    def made(self) -> Iterator[str]:
        """The new text, in stretches."""
        struck, put = self._struck(), self._put()
        last: _Unit | None = None
        pending: list[tuple[_Unit | None, str]] = []  # units gone since the last kept one, with the words put in before
        at = self.units[0].start if self.units else 0
        for unit in self.units:
            words = self._words(put, at, unit.start)
            kept = self._kept(unit, struck, put)
            if kept is None:
                pending.append((None, words))
                yield from self._between(last, pending, unit)
                yield self.typed[unit.first : unit.last]
                last, pending = unit, []
            else:
                pending.append((unit, words + kept))
            at = unit.end
        pending.append((None, self._words(put, at, len(self.printed))))
        yield from self._between(last, pending, None)

    def _struck(self) -> set[int]:
        return {at for change in self.changes for at in range(change.start, change.end)}

    def _put(self) -> dict[int, str]:
        found: dict[int, str] = {}
        for change in self.changes:
            text = "".join(HALF if each == BORDER else each for each in change.text)
            found[change.start] = found.get(change.start, "") + text
        return found

    def _words(self, put: dict[int, str], start: int, end: int) -> str:
        """What was put in from the end of one unit to the begin of the next, both included."""
        return "".join(put.pop(at) for at in range(start, end + 1) if at in put)

    def _kept(self, unit: _Unit, struck: set[int], put: dict[int, str]) -> str | None:
        """None where a unit stays as it is; else what is left of its printed words, with what was put in."""
        inside = range(unit.start, unit.end)
        if not any(at in struck for at in inside) and not any(at in put for at in inside[1:]):
            return None
        return "".join(
            (put.pop(at, "") if at > unit.start else "") + ("" if at in struck else self.printed[at]) for at in inside
        )

    def _between(
        self, last: _Unit | None, pending: list[tuple[_Unit | None, str]], unit: _Unit | None
    ) -> Iterator[str]:
        """What stands between two kept units: what stood there, or the words put in with the marks that still hold."""
        begin = last.last if last else 0
        end = unit.first if unit else len(self.typed)
        gone = [each for each, _ in pending if each is not None]
        words = "".join(text for _, text in pending)
        if not gone and not words:
            yield self.typed[begin:end]
            return
        one, other = last.dress if last else PLAIN, unit.dress if unit else PLAIN
        dresses = {each.dress for each in gone}
        if words.strip() and one == other and len(dresses) == 1 and dresses != {one}:
            yield self._redressed(words, self.typed[begin : gone[0].first], self.typed[gone[-1].last : end])
            return
        marks = "" if one == other else self._marks(last, gone, unit)
        typed = escape(words)
        inner = gone[0].dress if gone else one
        inside = last is None or inner == other or (words[-1:].isspace() and one != PLAIN)
        yield marks + typed if inside else typed + marks

    def _redressed(self, words: str, opening: str, closing: str) -> str:
        """What takes the place of a whole phrase in one dress, in the same dress; blanks at its edges stay outside."""
        core = words.strip()
        before, after = words[: words.index(core)], words[words.index(core) + len(core) :]
        return f"{before}{opening}{escape(core)}{closing}{after}"

    def _marks(self, last: _Unit | None, gone: list[_Unit], unit: _Unit | None) -> str:
        """The marks between two units of different dress, without those that nothing stands between any more."""
        stack: list[tuple[Dress, str]] = [(last.dress if last else PLAIN, "")]
        before = last
        for each in [*gone, unit]:
            gap = self.typed[before.last if before else 0 : each.first if each else len(self.typed)]
            dress = each.dress if each else PLAIN
            if dress != stack[-1][0]:
                back = next((n for n, (known, _) in enumerate(stack) if known == dress), None)
                if back is None:
                    stack.append((dress, gap.strip()))
                else:
                    del stack[back + 1 :]
            before = each
        return "".join(gap for _, gap in stack)
