"""What pydantic finds, brought to the node of the file that it is about."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING

from pressgen.load.source import join
from pressgen.load.tree import Mapping, Node, Scalar, Sequence, kind

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from pressgen.load.declared import Step

SHAPES = {
    "string_type": "text",
    "literal_error": "text",
    "bool_type": "text",
    "tuple_type": "a list",
    "dict_type": "fields",
    "model_type": "fields",
    "model_attributes_type": "fields",
    "union_tag_not_found": "text or fields",
}
"""The shape that a node should have, by pydantic's name of an error."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One error of pydantic's.

    Attributes:
        error: as pydantic gives it.
        node: the node that it is about; for a missing field, the fields that lack it.
        trail: the paths from the whole down to the node.
        steps: the names and positions that lead to it.
    """

    error: ErrorDetails
    node: Node
    trail: tuple[str, ...]
    steps: tuple[Step, ...]

    @property
    def path(self) -> str:
        """The path of the node."""
        return self.trail[-1]

    @property
    def expects(self) -> str:
        """The shape that the node should have, empty where its shape is not at fault."""
        shape = SHAPES.get(self.error["type"], "")
        return "" if kind(self.node) in shape.split(" or ") else shape

    @property
    def name(self) -> str:
        """The name of the field that the node, or the list that it is an entry of, is the value of."""
        return next((step for step in reversed(self.steps) if isinstance(step, str)), "")

    @property
    def called(self) -> str:
        """The node in messages."""
        if not self.steps:
            return "the file"
        return f"an entry of “{self.name}”" if isinstance(self.steps[-1], int) else f"“{self.name}”"


def verdict_on(root: Node, error: ErrorDetails) -> Verdict:
    """The error with the node that its location leads to."""
    loc = error["loc"]
    if loc[0] == "body" and len(loc) > 2:  # noqa: PLR2004 - body, position, and pydantic's name for the kind of block
        loc = (*loc[:2], *loc[3:])
    node, trail, steps = root, [""], list[str | int]()
    for step in loc[:-1] if error["type"] == "missing" else loc:
        match node, step:
            case Mapping(), str() if step in node.fields:
                name, child = step, node.fields[step]
            case Sequence(), int() if step < len(node.items):
                name, child = node.names[step], node.items[step]
            case _:
                continue  # pydantic's name for one of several shapes that may stand here
        trail.append(join(trail[-1], name, node))
        steps.append(step)
        node = child
    return Verdict(error, node, tuple(trail), tuple(steps))


def telling(verdicts: list[Verdict]) -> list[Verdict]:
    """Those worth telling.

    None on what is refused already; none on a shape where another shape is right; and none on a list that is only
    short because pydantic leaves out the entries that it refuses.
    """
    right = {path for verdict in verdicts for path in verdict.trail[:-1]}
    right |= {verdict.path for verdict in verdicts if not verdict.expects}
    return [
        verdict
        for verdict in verdicts
        if not (isinstance(verdict.node, Scalar) and verdict.node.refused)
        and not (verdict.expects and verdict.path in right)
        and not (isinstance(verdict.node, Sequence) and len(verdict.node.items) >= _least(verdict))
    ]


def _least(verdict: Verdict) -> float:
    """How many entries a list would have to have for the verdict to be void."""
    return float(verdict.error["ctx"]["min_length"]) if verdict.error["type"] == "too_short" else inf
