"""A place in a file that a text is to be typed into, and the ways to type it there, tried by reading them.

Nothing is trusted to read back: each way is read by the parser that reads every file, in a small file that holds the
text as the real one does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressgen.load.characters import FORBIDDEN
from pressgen.load.folding import Layout
from pressgen.load.lines import Lines
from pressgen.load.parse import parse
from pressgen.load.tree import Mapping, Node, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterator

LONG = 60
"""Characters of a text from which on a new one is written as a block of folded lines."""


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a text goes in a file, as far as it decides how the text may be typed.

    Attributes:
        before: what stands before it from the start of its line, or a stand-in for that: a name, a dash, an anchor.
        after: what stands after it up to the end of its line, such as a comment or a bracket.
        indent: how far the lines of a block below it are indented.
        flow: whether it stands in brackets.
        end: what ends a line.
        comment: what stands after the header of a block of lines, to be kept with it.
    """

    before: str
    after: str
    indent: int
    flow: bool
    end: str = "\n"
    comment: str = ""

    def reads(self, typed: str, value: str) -> bool:
        """Whether `typed` in this slot gives exactly `value`."""
        if FORBIDDEN.search(value):
            return False
        margin = len(self.before) - len(self.before.lstrip(" "))
        listed = self.before.lstrip(" ").startswith("-") and not self.flow
        head = f"k:{self.end}" if listed else ""
        after = self.after if self.after.endswith(self.end) else self.after + self.end
        tail = f"{' ' * margin}- z{self.end}" if listed else f"{' ' * margin}'z z': z{self.end}" * (not self.flow)
        root, problems = parse(Lines.of("", head + self.before + typed + after + tail))
        return not problems and root is not None and _first(root) == value

    def ways(self, value: str, width: int = 120) -> Iterator[str]:
        """Ways to type `value` that keep nothing of how it was typed before, the pleasantest first."""
        style = "|" if "\n" in value else ">"
        layout = Layout(style, self.end, self.indent, self.indent, width)
        typed = layout.typed(value, frozenset())
        quoted = Layout('"', self.end, 0, 0, 0).typed(value, frozenset())
        if style == ">" and len(value) <= LONG:
            yield value + self.comment
            if '"' not in value and "\\" not in value:
                yield f'"{value}"{self.comment}'
            if "'" not in value:
                yield f"'{value}'{self.comment}"
        if not self.flow:
            yield f"{style}-{self.comment}{self.end}{' ' * self.indent}{typed}"
        yield f'"{quoted}"{self.comment}'


def _first(node: Node) -> str | None:
    """The text that comes first in `node`."""
    match node:
        case Scalar():
            return None if node.refused else node.value
        case Sequence():
            return _first(node.items[0]) if node.items else None
        case Mapping():
            return _first(next(iter(node.fields.values()))) if node.fields else None
