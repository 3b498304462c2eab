"""Add entries and fields to a file, and remove them.

Each change is a replacement of the file's characters.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressgen.load.tree import Mapping, Sequence
from pressgen.load.yaml_writer import format_entry, format_field, format_flow_value, format_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pressgen.load.node_spans import NodeSpans
    from pressgen.model.change import Value


@dataclass(frozen=True, slots=True, order=True)
class Splice:
    """A replacement of characters of a file, from `start` to `end`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class VerbatimEntry:
    """An entry exactly as typed elsewhere in the file.

    It begins with its dash, and ends before its last break.
    """

    text: str


def apply_splices(text: str, splices: Iterable[Splice]) -> str:
    """Return `text` after replacements that do not overlap."""
    done, at = [], 0
    for splice in sorted(splices, key=lambda each: (each.start, each.end)):
        done += [text[at : splice.start], splice.text]
        at = splice.end
    return "".join([*done, text[at:]])


def make_splice(prints: NodeSpans, path: str, value: Value) -> Splice:
    """Make the splice that replaces the node at `path` by `value`.

    Raises:
        UnwritableTextError: for a text that cannot be written to a file.
    """
    holder, node, text = prints.holders[path], prints.source.nodes[path], prints.source.text
    last = prints.end(node)
    if holder.flow:
        return Splice(node.start, last, format_flow_value(value))
    begin = prints.begins(holder)
    margin, end = prints.margin(begin), prints.source.lines.end
    listed = not isinstance(holder.node, Mapping)
    first = begin + 1 if isinstance(holder.node, Sequence) else text.index(":", holder.node.keys[holder.name].end) + 1
    typed = format_value(value, f"{' ' * margin}{'- ' if listed else 'k: '}", margin, end)
    if text[last - 1] == "\n":
        return Splice(first, last, typed + end)
    comment = text[last : prints.line_end(last)].strip()
    if not comment or end not in typed:
        return Splice(first, last, typed)
    return Splice(first, last + text[last:].index(comment) + len(comment), f"{typed}{end}{' ' * margin}{comment}")


@dataclass(frozen=True, slots=True)
class EntryChanges:
    """The changes to the entries of a list or to fields.

    Attributes:
        node: the list or the fields before the changes.
        added: new ones, each with the position of the one that it comes before, its name if it is a field, its value.
        removed: the positions of those that go.
    """

    node: Mapping | Sequence
    added: tuple[tuple[int, str, Value | VerbatimEntry], ...]
    removed: frozenset[int]

    def splices(self, prints: NodeSpans, path: str) -> Iterator[Splice]:
        """Yield the replacements for these changes."""
        spans = _find_spans(prints, path, self.node)
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

    def whole(self, prints: NodeSpans, path: str, position: int) -> tuple[int, int]:
        """Return the begin and end of an entry, in whole lines.

        The rest of its last line is included, the line break is not.
        """
        start, end = _find_spans(prints, path, self.node)[position]
        if prints.bracketed(self.node):
            return start, end
        end = prints.line_end(end)
        return start, start + len(prints.source.text[start:end].rstrip("\r\n"))

    def _in_brackets(self, prints: NodeSpans, spans: list[tuple[int, int]], kept: list[int]) -> Iterator[Splice]:
        if not kept:
            typed = ", ".join(self._typed(name, value) for _, name, value in self.added)
            yield Splice(self.node.start + 1, prints.end(self.node) - 1, typed)
            return
        for first, last in _group_runs(self.removed):
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

    def _in_lines(self, prints: NodeSpans, spans: list[tuple[int, int]]) -> Iterator[Splice]:
        text, end, margin = prints.source.text, prints.source.lines.end, prints.margin(spans[0][0])
        begun = bool(text[spans[0][0] - margin : spans[0][0]].strip())  # the first follows a dash
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
            if isinstance(value, VerbatimEntry)
            else format_entry(value, margin, end)
            if listed
            else format_field(name, value, margin, end)
            for _, name, value in self.added
        ]

    def _typed(self, name: str, value: Value | VerbatimEntry) -> str:
        if isinstance(value, VerbatimEntry):
            return value.text
        return format_flow_value(value) if isinstance(self.node, Sequence) else format_flow_value({name: value})[1:-1]


def _find_spans(prints: NodeSpans, path: str, node: Mapping | Sequence) -> list[tuple[int, int]]:
    """Return the start and end of every entry or field.

    The dash or the name is included.
    """
    if isinstance(node, Mapping):
        return [(node.keys[name].start, prints.end(value)) for name, value in node.fields.items()]
    spans = []
    for name, item in zip(node.names, node.items, strict=True):
        spans.append((prints.begins(prints.holders[f"{path}[{name}]"]), prints.end(item)))
    return spans


def _group_runs(positions: frozenset[int]) -> list[tuple[int, int]]:
    """Return the first and last of each run of adjacent positions."""
    runs: list[tuple[int, int]] = []
    for each in sorted(positions):
        if runs and runs[-1][1] == each - 1:
            runs[-1] = runs[-1][0], each
        else:
            runs.append((each, each))
    return runs
