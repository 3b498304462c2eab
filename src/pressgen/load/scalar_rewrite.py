"""Rewrite a text of the data at its place in the file.

It keeps its author's style and lines if they can hold the new text, else it gets another style.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from itertools import accumulate
from typing import TYPE_CHECKING

from pressgen.load.alignment import align_scalar
from pressgen.load.line_breaks import LEEWAY, NARROWEST, TextLayout
from pressgen.load.scalar_styles import ScalarSlot
from pressgen.load.tree import Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.load.node_spans import NodeSpans
    from pressgen.model.change import EditText

QUOTES, BLOCKS = frozenset("'\""), frozenset("|>")
WORDS = re.compile(r"\w+|\s|[^\w\s]")


def rewrite_scalar(prints: NodeSpans, path: str, edits: list[EditText]) -> tuple[int, int, str] | None:
    """Return the replacement that makes a text read as after `edits`.

    The edits are in the order of the text and do not overlap.

    Returns: start, end and new characters; None where no way to write the new text reads back.
    """
    text, scalar = prints.source.text, prints.source.nodes[path]
    if not isinstance(scalar, Scalar):
        return None
    now = _read_cells(text, scalar)
    for edit in reversed(edits):
        _apply_edit(now, edit)
    value, slot = "".join(character for character, _ in now), _make_slot(prints, path, scalar)
    _, end = _find_content(text, scalar)
    mark = scalar.style if scalar.style in QUOTES else ""
    breaks = frozenset(at for at, (_, broken) in enumerate(now) if broken)
    for first, last, typed in _rewrite_in_style(text, scalar, slot, value, breaks):
        if slot.reads(text[scalar.start : first] + typed + text[last:end] + mark, value):
            return first, last, typed
    for typed in slot.ways(value):
        if slot.reads(typed, value):
            return scalar.start, end + len(mark), typed
    return None


def _read_cells(text: str, scalar: Scalar) -> list[tuple[str, bool]]:
    """Return the characters of a text, each with a line-break flag.

    The flag is set for a space where the file breaks the line.
    """
    return [
        (character, character == " " and text[at] in "\r\n")
        for character, at in zip(scalar.value, align_scalar(text, scalar), strict=False)
    ]


def _apply_edit(now: list[tuple[str, bool]], edit: EditText) -> None:
    """Apply an edit word by word, to keep other line breaks."""
    old = WORDS.findall("".join(character for character, _ in now[edit.start : edit.end]))
    new = WORDS.findall(edit.text)
    starts = [edit.start, *(edit.start + length for length in accumulate(map(len, old)))]
    for what, a, b, c, d in reversed(SequenceMatcher(None, old, new, autojunk=False).get_opcodes()):
        if what != "equal":
            now[starts[a] : starts[b]] = [(each, False) for each in "".join(new[c:d])]


def _make_slot(prints: NodeSpans, path: str, scalar: Scalar) -> ScalarSlot:
    """Return the place of a text in its file."""
    text, holder = prints.source.text, prints.holders[path]
    listed = isinstance(holder.node, Sequence)
    margin = prints.margin(holder.node.start)
    _, end = _find_content(text, scalar)
    block = scalar.style in BLOCKS
    line = prints.source.lines.end
    if holder.flow:
        return ScalarSlot("k: [" if listed else "k: {k: ", "]" if listed else "}", 0, flow=True, end=line)
    header = text[scalar.start : text.find("\n", scalar.start)].rstrip("\r") if block else ""
    comment = header[header.index(" #") :] if " #" in header else ""
    after = text[end : align_scalar(text, scalar)[-1]] if block else text[scalar.end : prints.line_end(scalar.end)]
    before = " " * margin + ("- " if listed else "k: ")
    return ScalarSlot(before, after, margin + 2, flow=False, end=line, comment=comment)


def _rewrite_in_style(
    text: str, scalar: Scalar, slot: ScalarSlot, value: str, breaks: frozenset[int]
) -> Iterator[tuple[int, int, str]]:
    """Yield ways to write `value` in the style of the text.

    Each comes with the start and end of what it replaces.
    """
    start, end = _find_content(text, scalar)
    closing = scalar.value[len(scalar.value.rstrip("\n")) :] if scalar.style in BLOCKS else ""
    if not value or not value.endswith(closing):
        return
    body = value[: len(value) - len(closing)]
    layout = _measure_layout(text, scalar, slot)
    if layout is None:
        places = align_scalar(text, scalar)
        same = _common_prefix_length(value, scalar.value)
        rest = _common_prefix_length(value[same:][::-1], scalar.value[same:][::-1])
        between = TextLayout(scalar.style, slot.end, slot.indent, 0, 0).typed(
            value[same : len(value) - rest], frozenset()
        )
        if between is not None:
            yield places[same], places[len(scalar.value) - rest], between
        return
    typed = layout.typed(body, breaks)
    if typed is not None:
        yield start, end, typed


def _common_prefix_length(one: str, other: str) -> int:
    """Return how many characters two texts share at the beginning."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _find_content(text: str, scalar: Scalar) -> tuple[int, int]:
    """Return the start and end of a text in the file.

    Quotation marks, header and last break are outside.
    """
    if scalar.style not in BLOCKS:
        quoted = len(scalar.style)
        return scalar.start + quoted, scalar.end - quoted
    places, length = align_scalar(text, scalar), len(scalar.value.rstrip("\n"))
    return places[0], places[length - 1] + 1


def _measure_layout(text: str, scalar: Scalar, slot: ScalarSlot) -> TextLayout | None:
    """Return the layout of a text; None if it cannot be repeated."""
    start, end = _find_content(text, scalar)
    first, *others = text[start:end].split(slot.end)
    column = start - (text.rfind("\n", 0, start) + 1)
    indents = {len(line) - len(line.lstrip(" ")) for line in others if line.strip()}
    indent = min(indents, default=column if scalar.style in BLOCKS else slot.indent)
    widest = max(NARROWEST, column + len(first), *map(len, others))
    width = widest + LEEWAY if others or scalar.style == ">" else 0
    layout = TextLayout(scalar.style, slot.end, indent, column, width)
    now = _read_cells(text, scalar)
    breaks = frozenset(at for at, (_, broken) in enumerate(now) if broken)
    body = scalar.value.rstrip("\n") if scalar.style in BLOCKS else scalar.value
    return layout if layout.typed(body, breaks) == text[start:end] else None
