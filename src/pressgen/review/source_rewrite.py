"""Rewrite source text so that it prints an editor's words.

The marks, expressions and line ends of the data stay where they can. A kept character keeps its source. Where something
was deleted or inserted, marks of emphasis and links stay if the words on both sides differ in formatting, and go if
they do not: deleting a whole bold phrase deletes its stars.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressgen.model.words import Field, Source
from pressgen.text.prose import escape_marks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pressgen.model.words import Words

Formatting = tuple[bool, bool, str]
PLAIN: Formatting = (False, False, "")
BORDER = "\n"
"""The end of a paragraph in the new words."""
HALF = "\0"
"""The end of a paragraph in the source text, where a line feed is a space."""


@dataclass(frozen=True, slots=True)
class PrintedChange:
    """A replacement of printed characters, from `start` to `end`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class _Unit:
    """Printed characters that were typed as one unit.

    This is a character, or all that an expression prints.

    Attributes:
        start, end: in the printed words.
        first, last: in the text as typed.
    """

    start: int
    end: int
    first: int
    last: int
    formatting: Formatting


def rewrite_source_text(words: Words, path: str, typed: str, changes: Sequence[PrintedChange]) -> list[str]:
    """Return the source text after changes to its printed words.

    There is more than one text where the changes end a paragraph.

    Args:
        words: as printed.
        path: of the text that most of them come from.
        typed: that text.
        changes: in the order of the words, none over another.
    """
    units = list(_units(words, path, typed))
    return "".join(_SourceRewriter(units, typed, to_plain_text(words), changes).made()).split(HALF)


def is_typed(words: Words, path: str, change: PrintedChange) -> bool:
    """Return whether a change concerns the text at `path` only.

    Text that pressgen or the house made does not count.
    """
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


def to_plain_text(words: Words) -> str:
    """Return the characters of printed words."""
    return "".join(piece.text for piece in words)


def _units(words: Words, path: str, typed: str) -> Iterator[_Unit]:
    at = 0
    for piece in words:
        end, origin = at + len(piece.text), piece.origin
        formatting = (piece.strong, piece.emphasis, piece.href)
        if isinstance(origin, Source) and origin.path == path and piece.text:
            if origin.end - origin.start == len(piece.text):
                for offset in range(len(piece.text)):
                    first = origin.start + offset
                    begun = offset == 0 and first and typed[first - 1] == "\\"
                    yield _Unit(at + offset, at + offset + 1, first - bool(begun), first + 1, formatting)
            else:
                yield _Unit(at, end, origin.start, origin.end, formatting)
        elif isinstance(origin, Field) and origin.at is not None and origin.at.path == path:
            yield _Unit(at, end, origin.at.start, origin.at.end, formatting)
        at = end


@dataclass(frozen=True, slots=True)
class _SourceRewriter:
    """A source text that is rewritten to match its new print."""

    units: list[_Unit]
    typed: str
    printed: str
    changes: Sequence[PrintedChange]

    def made(self) -> Iterator[str]:
        """Yield the new text, piece by piece."""
        struck, put = self._struck(), self._put()
        last: _Unit | None = None
        pending: list[tuple[_Unit | None, str]] = []  # removed units since, with the new words
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
        """Return the insertions from one unit's end to the next one's begin.

        Both ends are included.
        """
        return "".join(put.pop(at) for at in range(start, end + 1) if at in put)

    def _kept(self, unit: _Unit, struck: set[int], put: dict[int, str]) -> str | None:
        """Return what is left of a unit's words, with the insertions.

        None where the unit does not change.
        """
        inside = range(unit.start, unit.end)
        if not any(at in struck for at in inside) and not any(at in put for at in inside[1:]):
            return None
        return "".join(
            (put.pop(at, "") if at > unit.start else "") + ("" if at in struck else self.printed[at]) for at in inside
        )

    def _between(
        self, last: _Unit | None, pending: list[tuple[_Unit | None, str]], unit: _Unit | None
    ) -> Iterator[str]:
        """Yield the source between two kept units.

        This is the old source, or the inserted words with the marks that still hold.
        """
        begin = last.last if last else 0
        end = unit.first if unit else len(self.typed)
        gone = [each for each, _ in pending if each is not None]
        words = "".join(text for _, text in pending)
        if not gone and not words:
            yield self.typed[begin:end]
            return
        one, other = last.formatting if last else PLAIN, unit.formatting if unit else PLAIN
        formattings = {each.formatting for each in gone}
        if words.strip() and one == other and len(formattings) == 1 and formattings != {one}:
            yield self._format_phrase(words, self.typed[begin : gone[0].first], self.typed[gone[-1].last : end])
            return
        marks = "" if one == other else self._marks(last, gone, unit)
        typed = escape_marks(words)
        inner = gone[0].formatting if gone else one
        inside = last is None or inner == other or (words[-1:].isspace() and one != PLAIN)
        yield marks + typed if inside else typed + marks

    def _format_phrase(self, words: str, opening: str, closing: str) -> str:
        """Return the new words for a whole phrase, in its formatting.

        Blanks at its edges stay outside.
        """
        core = words.strip()
        before, after = words[: words.index(core)], words[words.index(core) + len(core) :]
        return f"{before}{opening}{escape_marks(core)}{closing}{after}"

    def _marks(self, last: _Unit | None, gone: list[_Unit], unit: _Unit | None) -> str:
        """Return the marks between two units of different formatting.

        Marks that now enclose nothing are left out.
        """
        stack: list[tuple[Formatting, str]] = [(last.formatting if last else PLAIN, "")]
        before = last
        for each in [*gone, unit]:
            gap = self.typed[before.last if before else 0 : each.first if each else len(self.typed)]
            formatting = each.formatting if each else PLAIN
            if formatting != stack[-1][0]:
                back = next((n for n, (known, _) in enumerate(stack) if known == formatting), None)
                if back is None:
                    stack.append((formatting, gap.strip()))
                else:
                    del stack[back + 1 :]
            before = each
        return "".join(gap for _, gap in stack)
