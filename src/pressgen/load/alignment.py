"""Find the character of the file behind each character of a value.

Follows YAML 1.1 as libyaml reads it: line folding (5.x, 9.1.4), the escapes of double quotes (5.6), doubled single
quotes (9.1.2), and the headers, indentation and chomping of block scalars (9.2).
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.load.tree import Scalar

BREAK = re.compile(r"\r?\n")
WHITE = re.compile(r"[ \r\n]+")
ESCAPED_BREAK = re.compile(r"\\\r?\n")
INK = re.compile(r"[^ \r\n]")
ATOMS = {
    "": re.compile(r"."),
    "'": re.compile(r"''|."),
    '"': re.compile(r"\\(?:x.{2}|u.{4}|U.{8}|.)|."),
}


def align_scalar(text: str, scalar: Scalar) -> tuple[int, ...]:
    """Return the file index of every character of a scalar's value.

    One more index marks the end. For a line break that became a space or a line feed, an escape and a doubled quotation
    mark, the index is where they begin.
    """
    if not scalar.value:
        return (scalar.start + len(scalar.style),)
    indices = tuple(
        islice(
            _align_block(text, scalar) if scalar.style in {"|", ">"} else _align_flow(text, scalar), len(scalar.value)
        )
    )
    if scalar.style in {"'", '"'}:
        return (*indices, scalar.end - 1)
    last = BREAK.match(text, indices[-1])
    return (*indices, last.end() if last else indices[-1] + 1)


def _align_flow(text: str, scalar: Scalar) -> Iterator[int]:
    quoted = len(scalar.style)
    at, stop = scalar.start + quoted, scalar.end - quoted
    while at < stop:
        if white := WHITE.match(text, at, stop):
            breaks = [each.start() for each in BREAK.finditer(text, at, white.end())]
            yield from (breaks[1:] or breaks) if breaks else range(at, white.end())
            at = white.end()
        elif scalar.style == '"' and (escaped := ESCAPED_BREAK.match(text, at, stop)):
            white = WHITE.match(text, escaped.end(), stop)
            at = white.end() if white else escaped.end()
            yield from (each.start() for each in BREAK.finditer(text, escaped.end(), at))
        else:
            yield at
            atom = ATOMS[scalar.style].match(text, at, stop)
            at = atom.end() if atom else stop


def _align_block(text: str, scalar: Scalar) -> Iterator[int]:
    """Return the index of each character of a block scalar.

    This repeats what libyaml's scanner does with the lines.
    """
    folded = scalar.style == ">"
    at = text.index("\n", scalar.start) + 1
    indent = _measure_indent(text, at, scalar.value)
    before: int | None = None  # the break that ended the last line with text
    blank: list[int] = []  # the breaks of empty lines since
    deeper = False  # whether that line has more indent than the block; such lines are not folded
    for start, end in _find_lines(text, at):
        ink = INK.search(text, start, end)
        if ink and ink.start() < start + indent:
            break
        if end - start <= indent:
            blank.append(end)
            continue
        first = start + indent
        fold = folded and before is not None and not deeper and text[first] != " "
        if before is not None and not (fold and blank):
            yield before
        yield from blank
        yield from range(first, end)
        before, blank, deeper = end, [], text[first] == " "
    if before is not None:
        yield before
    yield from blank


def _measure_indent(text: str, at: int, value: str) -> int:
    """Return the indent of the block.

    This is how many more characters its first visible line has in the file than in the value.
    """
    typed, read = INK.search(text, at), INK.search(value)
    if typed is None or read is None:
        return 0
    margin = typed.start() - (text.rfind("\n", 0, typed.start()) + 1)
    return margin - (read.start() - (value.rfind("\n", 0, read.start()) + 1))


def _find_lines(text: str, at: int) -> Iterator[tuple[int, int]]:
    """Yield the start and end of every line from `at` on.

    The end is before the break.
    """
    while at < len(text):
        found = BREAK.search(text, at)
        yield at, found.start() if found else len(text)
        at = found.end() if found else len(text)
