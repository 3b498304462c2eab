"""The ways to write a text at a place of a file.

Nothing is trusted to read back: each way is tested with the parser that reads every file, in a small file that has the
text in the same position as the real one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressgen.load.characters import FORBIDDEN
from pressgen.load.line_breaks import TextLayout
from pressgen.load.line_columns import Lines
from pressgen.load.parse import parse_yaml
from pressgen.load.tree import Mapping, Node, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterator

LONG = 60
"""Characters from which a new text is written as a block of folded lines."""


@dataclass(frozen=True, slots=True)
class ScalarSlot:
    """A place in a file that a text is written to.

    It holds everything that decides how the text may be written.

    Attributes:
        before: the line before the text, or a stand-in for that: a name, a dash, an anchor.
        after: the rest of the line after the text, such as a comment or a bracket.
        indent: the indent of the lines of a block below it.
        flow: whether it is in brackets.
        end: the line end.
        comment: the comment after the header of a block of lines, which is kept.
    """

    before: str
    after: str
    indent: int
    flow: bool
    end: str = "\n"
    comment: str = ""

    def reads(self, typed: str, value: str) -> bool:
        """Return whether `typed` in this slot gives exactly `value`."""
        if FORBIDDEN.search(value):
            return False
        margin = len(self.before) - len(self.before.lstrip(" "))
        listed = self.before.lstrip(" ").startswith("-") and not self.flow
        head = f"k:{self.end}" if listed else ""
        after = self.after if self.after.endswith(self.end) else self.after + self.end
        tail = f"{' ' * margin}- z{self.end}" if listed else f"{' ' * margin}'z z': z{self.end}" * (not self.flow)
        root, problems = parse_yaml(Lines.of("", head + self.before + typed + after + tail))
        return not problems and root is not None and _first_text(root) == value

    def ways(self, value: str, width: int = 120) -> Iterator[str]:
        """Yield ways to write `value` in a new style, the best first."""
        style = "|" if "\n" in value else ">"
        layout = TextLayout(style, self.end, self.indent, self.indent, width)
        typed = layout.typed(value, frozenset())
        quoted = TextLayout('"', self.end, 0, 0, 0).typed(value, frozenset())
        if style == ">" and len(value) <= LONG:
            yield value + self.comment
            if '"' not in value and "\\" not in value:
                yield f'"{value}"{self.comment}'
            if "'" not in value:
                yield f"'{value}'{self.comment}"
        if not self.flow:
            yield f"{style}-{self.comment}{self.end}{' ' * self.indent}{typed}"
        yield f'"{quoted}"{self.comment}'


def _first_text(node: Node) -> str | None:
    """Return the text that comes first in `node`."""
    match node:
        case Scalar():
            return None if node.refused else node.value
        case Sequence():
            return _first_text(node.items[0]) if node.items else None
        case Mapping():
            return _first_text(next(iter(node.fields.values()))) if node.fields else None
