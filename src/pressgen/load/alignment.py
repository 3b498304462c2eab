"""From a character of a text's value to the character of the file that stands for it.

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


def align(text: str, scalar: Scalar) -> tuple[int, ...]:
    """The index in `text` of every character of `scalar.value`, and one more for its end.

    A line break that became a space or a line feed, an escape and a doubled quotation mark are each given where
    they begin.
    """
    if not scalar.value:
        return (scalar.start + len(scalar.style),)
    indices = tuple(
        islice(_block(text, scalar) if scalar.style in {"|", ">"} else _flow(text, scalar), len(scalar.value))
    )
    if scalar.style in {"'", '"'}:
        return (*indices, scalar.end - 1)
    last = BREAK.match(text, indices[-1])
    return (*indices, last.end() if last else indices[-1] + 1)


def _flow(text: str, scalar: Scalar) -> Iterator[int]:
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


def _block(text: str, scalar: Scalar) -> Iterator[int]:
    """What libyaml's scanner does with the lines of a block scalar, for places instead of characters."""
    folded = scalar.style == ">"
    at = text.index("\n", scalar.start) + 1
    indent = _indent(text, at, scalar.value)
    before: int | None = None  # the break that ended the last line with text
    blank: list[int] = []  # the breaks of empty lines since
    deeper = False  # whether that line was indented more than the block; such lines are not folded
    for start, end in _lines(text, at):
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


def _indent(text: str, at: int, value: str) -> int:
    """How far the block is indented: what its first line with ink has more in the file than in the value."""
    typed, read = INK.search(text, at), INK.search(value)
    if typed is None or read is None:
        return 0
    margin = typed.start() - (text.rfind("\n", 0, typed.start()) + 1)
    return margin - (read.start() - (value.rfind("\n", 0, read.start()) + 1))


def _lines(text: str, at: int) -> Iterator[tuple[int, int]]:
    """The start of every line from `at` on, and its end before the break."""
    while at < len(text):
        found = BREAK.search(text, at)
        yield at, found.start() if found else len(text)
        at = found.end() if found else len(text)
