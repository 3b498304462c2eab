"""Entries and fields put into a file and taken out of it, as exchanges of its characters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressgen.load.tree import Mapping, Sequence
from pressgen.load.writing import after, entry, field, in_brackets

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pressgen.load.node_spans import Footprints
    from pressgen.model.change import Value


@dataclass(frozen=True, slots=True, order=True)
class Splice:
    """Characters `start` to `end` of a file become `text`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Verbatim:
    """An entry as it is typed elsewhere in the file, from its dash on, without its last break."""

    text: str


def spliced(text: str, splices: Iterable[Splice]) -> str:
    """`text` after exchanges, none over another."""
    done, at = [], 0
    for splice in sorted(splices, key=lambda each: (each.start, each.end)):
        done += [text[at : splice.start], splice.text]
        at = splice.end
    return "".join([*done, text[at:]])


def exchanged(prints: Footprints, path: str, value: Value) -> Splice:
    """The exchange that puts `value` where what stands at `path` is.

    Raises:
        Unwritable: for a text that cannot stand in a file.
    """
    holder, node, text = prints.holders[path], prints.source.nodes[path], prints.source.text
    last = prints.end(node)
    if holder.flow:
        return Splice(node.start, last, in_brackets(value))
    begin = prints.begins(holder)
    margin, end = prints.margin(begin), prints.source.lines.end
    listed = not isinstance(holder.node, Mapping)
    first = begin + 1 if isinstance(holder.node, Sequence) else text.index(":", holder.node.keys[holder.name].end) + 1
    typed = after(value, f"{' ' * margin}{'- ' if listed else 'k: '}", margin, end)
    if text[last - 1] == "\n":
        return Splice(first, last, typed + end)
    comment = text[last : prints.line_end(last)].strip()
    if not comment or end not in typed:
        return Splice(first, last, typed)
    return Splice(first, last + text[last:].index(comment) + len(comment), f"{typed}{end}{' ' * margin}{comment}")


@dataclass(frozen=True, slots=True)
class Regrouping:
    """What happens to the entries of one list, or to one group of fields.

    Attributes:
        node: the list or the fields as they are.
        added: new ones, each with the position of the one that it comes before, its name if it is a field, its value.
        removed: the positions of those that go.
    """

    node: Mapping | Sequence
    added: tuple[tuple[int, str, Value | Verbatim], ...]
    removed: frozenset[int]

    def splices(self, prints: Footprints, path: str) -> Iterator[Splice]:
        """The exchanges that do it."""
        spans = _spans(prints, path, self.node)
        kept = [each for each in range(len(spans)) if each not in self.removed]
        if prints.bracketed(self.node):
            yield from self._in_brackets(prints, spans, kept)
        elif not kept:
            first, last = spans[0][0], spans[-1][1]
            empty = "[]" if isinstance(self.node, Sequence) else "{}"
            margin = prints.margin(first)
            end = prints.source.lines.end
            closing = end if prints.source.text[last - 1] == "\n" else ""
            yield Splice(first, last, (f"{end}{' ' * margin}".join(self._lines(margin, end)) or empty) + closing)
        else:
            yield from self._in_lines(prints, spans)

    def whole(self, prints: Footprints, path: str, position: int) -> tuple[int, int]:
        """Where an entry begins and ends, in lines with what stands behind it on the last, without the break."""
        start, end = _spans(prints, path, self.node)[position]
        if prints.bracketed(self.node):
            return start, end
        end = prints.line_end(end)
        return start, start + len(prints.source.text[start:end].rstrip("\r\n"))

    def _in_brackets(self, prints: Footprints, spans: list[tuple[int, int]], kept: list[int]) -> Iterator[Splice]:
        if not kept:
            typed = ", ".join(self._typed(name, value) for _, name, value in self.added)
            yield Splice(self.node.start + 1, prints.end(self.node) - 1, typed)
            return
        for first, last in _runs(self.removed):
            if last + 1 < len(spans):
                yield Splice(spans[first][0], spans[last + 1][0], "")
            else:
                yield Splice(spans[first - 1][1], spans[last][1], "")
        for position, name, value in self.added:
            after = next((each for each in kept if each >= position), None)
            if after is None:
                yield Splice(spans[kept[-1]][1], spans[kept[-1]][1], f", {self._typed(name, value)}")
            else:
                yield Splice(spans[after][0], spans[after][0], f"{self._typed(name, value)}, ")

    def _in_lines(self, prints: Footprints, spans: list[tuple[int, int]]) -> Iterator[Splice]:
        text, end, margin = prints.source.text, prints.source.lines.end, prints.margin(spans[0][0])
        begun = bool(text[spans[0][0] - margin : spans[0][0]].strip())  # the first stands behind a dash
        front = next(each for each in range(len(spans)) if each not in self.removed) if begun else 0
        if front:
            yield Splice(spans[0][0], spans[front][0], "")
        for each in sorted(self.removed - set(range(front))):
            start = spans[each][0]
            yield Splice(start - prints.margin(start), prints.line_end(spans[each][1]), "")
        for (position, _, _), typed in zip(self.added, self._lines(margin, end), strict=True):
            if begun and position <= front:
                yield Splice(spans[0][0], spans[0][0], f"{typed}{end}{' ' * margin}")
                continue
            at = prints.line_end(spans[position - 1][1]) if position else spans[0][0] - margin
            whole = text.endswith("\n", 0, at)
            yield Splice(at, at, f"{' ' * margin}{typed}{end}" if whole else f"{end}{' ' * margin}{typed}")

    def _lines(self, margin: int, end: str) -> list[str]:
        listed = isinstance(self.node, Sequence)
        return [
            value.text
            if isinstance(value, Verbatim)
            else entry(value, margin, end)
            if listed
            else field(name, value, margin, end)
            for _, name, value in self.added
        ]

    def _typed(self, name: str, value: Value | Verbatim) -> str:
        if isinstance(value, Verbatim):
            return value.text
        return in_brackets(value) if isinstance(self.node, Sequence) else in_brackets({name: value})[1:-1]


def _spans(prints: Footprints, path: str, node: Mapping | Sequence) -> list[tuple[int, int]]:
    """Start and end of every entry or field, its dash or name included."""
    if isinstance(node, Mapping):
        return [(node.keys[name].start, prints.end(value)) for name, value in node.fields.items()]
    spans = []
    for name, item in zip(node.names, node.items, strict=True):
        spans.append((prints.begins(prints.holders[f"{path}[{name}]"]), prints.end(item)))
    return spans


def _runs(positions: frozenset[int]) -> list[tuple[int, int]]:
    """Positions next to one another as first and last of each run."""
    runs: list[tuple[int, int]] = []
    for each in sorted(positions):
        if runs and runs[-1][1] == each - 1:
            runs[-1] = runs[-1][0], each
        else:
            runs.append((each, each))
    return runs
