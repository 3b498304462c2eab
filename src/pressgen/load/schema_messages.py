"""The validation errors of pydantic, each with its node of the file."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING

from pressgen.load.source import join_path
from pressgen.load.tree import Mapping, Node, Scalar, Sequence, describe_kind

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from pressgen.load.allowed_fields import Step

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
class SchemaFault:
    """A validation error from pydantic, with its node of the file.

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
        """The right shape of the node, empty if its shape is right."""
        shape = SHAPES.get(self.error["type"], "")
        return "" if describe_kind(self.node) in shape.split(" or ") else shape

    @property
    def name(self) -> str:
        """The name of the field that contains the node or its list."""
        return next((step for step in reversed(self.steps) if isinstance(step, str)), "")

    @property
    def called(self) -> str:
        """The name of the node in messages."""
        if not self.steps:
            return "the file"
        return f"an entry of “{self.name}”" if isinstance(self.steps[-1], int) else f"“{self.name}”"


def locate_schema_fault(root: Node, error: ErrorDetails) -> SchemaFault:
    """Locate the node that a validation error refers to."""
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
                continue  # pydantic's name for one of several allowed shapes
        trail.append(join_path(trail[-1], name, node))
        steps.append(step)
        node = child
    return SchemaFault(error, node, tuple(trail), tuple(steps))


def select_relevant_faults(verdicts: list[SchemaFault]) -> list[SchemaFault]:
    """Select the schema faults that are worth reporting.

    Three kinds are left out: faults of a node that is refused already; faults of a shape where another shape is right;
    and faults of a list that is only short because pydantic leaves out the entries that it refuses.
    """
    right = {path for verdict in verdicts for path in verdict.trail[:-1]}
    right |= {verdict.path for verdict in verdicts if not verdict.expects}
    return [
        verdict
        for verdict in verdicts
        if not (isinstance(verdict.node, Scalar) and verdict.node.refused)
        and not (verdict.expects and verdict.path in right)
        and not (isinstance(verdict.node, Sequence) and len(verdict.node.items) >= _minimum_length(verdict))
    ]


def _minimum_length(verdict: SchemaFault) -> float:
    """Return the length at which a list would satisfy the schema."""
    return float(verdict.error["ctx"]["min_length"]) if verdict.error["type"] == "too_short" else inf
