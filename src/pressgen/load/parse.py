"""Parse a YAML file into a tree, and refuse YAML's dangerous features.

Refused is everything that YAML would guess, hide or expand without end. The tree is built from libyaml's events, not by
its composer: so a deep file ends in a fault and not in a full stack, an alias is measured before it is followed, and
one odd node does not hide the faults after it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import yaml

from pressgen.load.alignment import align_scalar
from pressgen.load.characters import FORBIDDEN, LARGEST, find_forbidden, find_long_words, replace_forbidden
from pressgen.load.faults import make_problem
from pressgen.load.nodes import build_mapping, build_sequence
from pressgen.load.tree import Mapping, Node, Scalar
from pressgen.load.yaml_syntax_advice import explain_syntax_error

if TYPE_CHECKING:
    from pressgen.errors import Problem
    from pressgen.load.line_columns import Lines

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
DEEPEST = 40
PROPERTIES = re.compile(r"(?:(?:&[0-9A-Za-z_-]*|![^\s,\[\]{}]*)\s*(?:#[^\n]*\n\s*)*)*")
LOST = re.compile(r" +(#[^\s#]\S*)")


def parse_yaml(lines: Lines) -> tuple[Mapping | None, list[Problem]]:
    """Parse a file into its fields and the faults of its YAML.

    The fields are None where the file cannot be read to its end.
    """
    growing = _TreeBuilder(lines)
    try:
        for event in yaml.parse(lines.text, Loader=LOADER):
            growing.take(event)
    except yaml.MarkedYAMLError as error:
        growing.blame("Y05", *explain_syntax_error(error, lines.text))
        return None, growing.problems
    except _ParsingAbortedError:
        return None, growing.problems
    if isinstance(growing.root, Mapping):
        return growing.root, growing.problems
    if not growing.problems:
        what = "is empty" if growing.root is None else "does not begin with a field"
        growing.blame("Y16", f"the file {what}; write fields such as “headline: …”", 0)
    return None, growing.problems


class _ParsingAbortedError(Exception):
    """A file that is not worth reading on.

    The reason is among the problems.
    """


@dataclass(slots=True)
class _OpenNode:
    """A list or fields that have begun and not ended.

    `children` of fields are names and values in turn.
    """

    event: yaml.CollectionStartEvent
    start: int
    children: list[Node] = field(default_factory=list)
    weight: int = 1


class _TreeBuilder:
    """A builder of the tree of a file.

    The weight of a node is the number of its characters, plus one for itself and for each node in it. An alias weighs
    as much as what it repeats.
    """

    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        self.root: Node | None = None
        self.problems: list[Problem] = []
        self._open: list[_OpenNode] = []
        self._anchors: dict[str, tuple[Node, int] | None] = {}  # None while the anchored node is still open
        self._weight = 0

    def blame(self, code: str, message: str, at: int) -> None:
        self.problems.append(make_problem(code, message, self.lines.place(at)))

    def take(self, event: yaml.Event) -> None:
        """Add one event to the tree.

        Raises:
            _ParsingAbortedError: the tree is too deep, or a second document begins.
        """
        at = event.start_mark.index if event.start_mark else 0
        match event:
            case yaml.DocumentStartEvent():
                self._begin(event, at)
            case yaml.AliasEvent():
                self._add(*self._unfold(event.anchor or "", at))
            case yaml.ScalarEvent():
                scalar = self._scalar(event, at)
                self._weight += 1 + len(scalar.value)
                self._finish(event.anchor, scalar, 1 + len(scalar.value))
            case yaml.CollectionStartEvent():
                self._start(event, at)
            case yaml.CollectionEndEvent():
                ended = self._open.pop()
                self._finish(ended.event.anchor, self._close(ended), ended.weight)
            case _:
                pass  # the ends of the document and of the stream add nothing

    def _begin(self, event: yaml.DocumentStartEvent, at: int) -> None:
        if self.root is not None:
            self.blame("Y06", "a second document begins here; a file can have only one", at)
            raise _ParsingAbortedError
        if event.version or event.tags:
            self.blame("Y06", "a line that begins with % is an instruction to YAML; delete it", at)

    def _start(self, event: yaml.CollectionStartEvent, at: int) -> None:
        if len(self._open) >= DEEPEST:
            self.blame("Y14", f"lists and fields are nested more than {DEEPEST} levels deep", at)
            raise _ParsingAbortedError
        self._refuse_tag(event.tag, at)
        if event.anchor:
            self._anchors[event.anchor] = None
        self._weight += 1
        self._open.append(_OpenNode(event, self._past_properties(event, at)))

    def _close(self, ended: _OpenNode) -> Node:
        if isinstance(ended.event, yaml.SequenceStartEvent):
            return build_sequence(ended.children, ended.start, self.blame)
        return build_mapping(ended.children, ended.start, self.lines, self.blame)

    def _finish(self, anchor: str | None, node: Node, weight: int) -> None:
        if anchor:
            self._anchors[anchor] = node, weight
        self._add(node, weight)

    def _add(self, node: Node, weight: int) -> None:
        if self._open:
            self._open[-1].children.append(node)
            self._open[-1].weight += weight
        else:
            self.root = node

    def _scalar(self, event: yaml.ScalarEvent, at: int) -> Scalar:
        self._refuse_tag(event.tag, at)
        end = event.end_mark.index if event.end_mark else at
        scalar = Scalar(event.value, self._past_properties(event, at), end, event.style or "")
        if not scalar.style and (lost := LOST.match(self.lines.text, scalar.end)):
            message = f"“{lost[1]}” begins a comment and would not be printed; put the text in quotation marks"
            self.blame("Y17", f"{message}, or a space after the # of a comment", lost.start(1))
        for offset, message in find_long_words(scalar.value):
            self.blame("Y18", message, align_scalar(self.lines.text, scalar)[offset])
        if scalar.style != '"' or not FORBIDDEN.search(scalar.value):
            return scalar
        indices = align_scalar(self.lines.text, scalar)
        for offset, message in find_forbidden(scalar.value):
            self.blame("Y04", message, indices[offset])
        return Scalar(FORBIDDEN.sub(replace_forbidden, scalar.value), scalar.start, end, '"')

    def _unfold(self, name: str, at: int) -> tuple[Node, int]:
        """Return what an alias repeats, with its weight."""
        anchored = self._anchors.get(name)
        if name not in self._anchors:
            self.blame(
                "Y11",
                f"“*{name}” does not repeat anything; a text that begins with * needs quotation marks round it",
                at,
            )
        elif anchored is None:
            self.blame("Y12", f"“*{name}” is inside the text that it repeats; write the text out", at)
        elif self._weight + anchored[1] > LARGEST:
            self.blame("Y13", f"with “*{name}” the data grows beyond {LARGEST:,} characters; write it out", at)
        else:
            self._weight += anchored[1]
            return anchored
        return Scalar("", at, at, refused=True), 1

    def _refuse_tag(self, tag: str | None, at: int) -> None:
        if tag is not None:
            typed = self.lines.text[at:].split(maxsplit=1)[0]
            message = f"“{typed}” is a YAML tag, which is not needed because everything is text; delete it"
            self.blame("Y07", f"{message}, or put a text that begins with ! in quotation marks", at)

    def _past_properties(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent, at: int) -> int:
        """Return where a node begins after its anchor and its tag."""
        if event.anchor is None and event.tag is None:
            return at
        match = PROPERTIES.match(self.lines.text, at)
        return match.end() if match else at
