"""A text of the data typed anew where it stands: in its author's style and lines, else in one that can hold it."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from itertools import accumulate
from typing import TYPE_CHECKING

from pressgen.load.alignment import align
from pressgen.load.folding import LEEWAY, NARROWEST, Layout
from pressgen.load.scalar_styles import Slot
from pressgen.load.tree import Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.load.node_spans import Footprints
    from pressgen.model.change import Edit

QUOTES, BLOCKS = frozenset("'\""), frozenset("|>")
WORDS = re.compile(r"\w+|\s|[^\w\s]")


def retyped(prints: Footprints, path: str, edits: list[Edit]) -> tuple[int, int, str] | None:
    """What to put in place of which characters of the file so that the text at `path` reads as after `edits`.

    The edits come in the order of the text, none over another.

    Returns: start, end and new characters; None where no way of typing the new text reads back.
    """
    text, scalar = prints.source.text, prints.source.nodes[path]
    if not isinstance(scalar, Scalar):
        return None
    now = _cells(text, scalar)
    for edit in reversed(edits):
        _exchange(now, edit)
    value, slot = "".join(character for character, _ in now), _slot(prints, path, scalar)
    _, end = _inside(text, scalar)
    mark = scalar.style if scalar.style in QUOTES else ""
    breaks = frozenset(at for at, (_, broken) in enumerate(now) if broken)
    for first, last, typed in _kept(text, scalar, slot, value, breaks):
        if slot.reads(text[scalar.start : first] + typed + text[last:end] + mark, value):
            return first, last, typed
    for typed in slot.ways(value):
        if slot.reads(typed, value):
            return scalar.start, end + len(mark), typed
    return None


def _cells(text: str, scalar: Scalar) -> list[tuple[str, bool]]:
    """The characters of a text as read, each with whether it is a space where the line is broken in the file."""
    return [
        (character, character == " " and text[at] in "\r\n")
        for character, at in zip(scalar.value, align(text, scalar), strict=False)
    ]


def _exchange(now: list[tuple[str, bool]], edit: Edit) -> None:
    """Make an edit, word by word, so that a break between words that stay is not lost."""
    old = WORDS.findall("".join(character for character, _ in now[edit.start : edit.end]))
    new = WORDS.findall(edit.text)
    starts = [edit.start, *(edit.start + length for length in accumulate(map(len, old)))]
    for what, a, b, c, d in reversed(SequenceMatcher(None, old, new, autojunk=False).get_opcodes()):
        if what != "equal":
            now[starts[a] : starts[b]] = [(each, False) for each in "".join(new[c:d])]


def _slot(prints: Footprints, path: str, scalar: Scalar) -> Slot:
    """The place of a text in its file."""
    text, holder = prints.source.text, prints.holders[path]
    listed = isinstance(holder.node, Sequence)
    margin = prints.margin(holder.node.start)
    _, end = _inside(text, scalar)
    block = scalar.style in BLOCKS
    line = prints.source.lines.end
    if holder.flow:
        return Slot("k: [" if listed else "k: {k: ", "]" if listed else "}", 0, flow=True, end=line)
    header = text[scalar.start : text.find("\n", scalar.start)].rstrip("\r") if block else ""
    comment = header[header.index(" #") :] if " #" in header else ""
    after = text[end : align(text, scalar)[-1]] if block else text[scalar.end : prints.line_end(scalar.end)]
    before = " " * margin + ("- " if listed else "k: ")
    return Slot(before, after, margin + 2, flow=False, end=line, comment=comment)


def _kept(text: str, scalar: Scalar, slot: Slot, value: str, breaks: frozenset[int]) -> Iterator[tuple[int, int, str]]:
    """Ways to type `value` in the style that the text has, with start and end of what they replace."""
    start, end = _inside(text, scalar)
    closing = scalar.value[len(scalar.value.rstrip("\n")) :] if scalar.style in BLOCKS else ""
    if not value or not value.endswith(closing):
        return
    body = value[: len(value) - len(closing)]
    layout = _layout(text, scalar, slot)
    if layout is None:
        places = align(text, scalar)
        same = _alike(value, scalar.value)
        rest = _alike(value[same:][::-1], scalar.value[same:][::-1])
        between = Layout(scalar.style, slot.end, slot.indent, 0, 0).typed(value[same : len(value) - rest], frozenset())
        if between is not None:
            yield places[same], places[len(scalar.value) - rest], between
        return
    typed = layout.typed(body, breaks)
    if typed is not None:
        yield start, end, typed


def _alike(one: str, other: str) -> int:
    """How many characters both begin with."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _inside(text: str, scalar: Scalar) -> tuple[int, int]:
    """Where the characters of a text begin and end in the file, without quotation marks, header and last break."""
    if scalar.style not in BLOCKS:
        quoted = len(scalar.style)
        return scalar.start + quoted, scalar.end - quoted
    places, length = align(text, scalar), len(scalar.value.rstrip("\n"))
    return places[0], places[length - 1] + 1


def _layout(text: str, scalar: Scalar, slot: Slot) -> Layout | None:
    """How a text stands in the file; None where it stands in a way that this would not write again as it is."""
    start, end = _inside(text, scalar)
    first, *others = text[start:end].split(slot.end)
    column = start - (text.rfind("\n", 0, start) + 1)
    indents = {len(line) - len(line.lstrip(" ")) for line in others if line.strip()}
    indent = min(indents, default=column if scalar.style in BLOCKS else slot.indent)
    widest = max(NARROWEST, column + len(first), *map(len, others))
    width = widest + LEEWAY if others or scalar.style == ">" else 0
    layout = Layout(scalar.style, slot.end, indent, column, width)
    now = _cells(text, scalar)
    breaks = frozenset(at for at, (_, broken) in enumerate(now) if broken)
    body = scalar.value.rstrip("\n") if scalar.style in BLOCKS else scalar.value
    return layout if layout.typed(body, breaks) == text[start:end] else None
