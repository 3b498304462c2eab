"""Put the changes between two models into the release file.

Each change goes to its place as the file is now, whatever was edited, added or moved there meanwhile. Where both sides
changed the same words, a person decides.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from pressgen.actions.review.rebase_changes import RebaseConflict, split_conflicts
from pressgen.actions.write.model_changes import find_lost_words, join_texts, list_unclear_links, plan_model_changes
from pressgen.errors import InputError, Problem
from pressgen.load.edits import apply_changes
from pressgen.load.source import read_source
from pressgen.load.tree import Mapping, Node, Scalar
from pressgen.model.change import AddField, EditText, InsertEntry, MoveEntry, RemoveNode, ReplaceValue
from pressgen.review.similarity import split_words

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping as MappingOf

    from pressgen.load.source import SourceText
    from pressgen.model.change import Change, Value

    ChooseSide = Callable[[RebaseConflict], "KeptSide | None"]
    """Asks a person which side of a conflict to keep; None for later."""

FEWEST = 4
"""Words of a text that is looked for at another place of the release."""


class KeptSide(StrEnum):
    """The side of a conflict that stays in the release."""

    WORD = "word"
    RELEASE = "release"


@dataclass(frozen=True, slots=True)
class ModelChange:
    """A change of the release, for people to read.

    Attributes:
        kind: `changed`, `added`, `removed` or `moved`.
        path: in the release as it was.
        before, after: the words; empty where there are none.
    """

    kind: str
    path: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class MergedModels:
    """The release file with the changes, before it is saved.

    Attributes:
        text: of the file.
        made: the changes in it.
        waiting: conflicts that a person still has to decide on.
        model: the older model with all changes that are in the file or decided on.
        unclear: differences that may be no edit, and were left alone.
    """

    text: str
    made: list[ModelChange]
    waiting: list[RebaseConflict]
    model: str
    unclear: list[str]


def merge_models(old: SourceText, new: SourceText, now: SourceText, choose: ChooseSide | None = None) -> MergedModels:
    """Put the changes from `old` to `new` into the file `now`.

    Raises:
        InputError: the difference of the two cannot be written exactly; nothing may be saved then.
    """
    changes = plan_model_changes(old, new, now.nodes)
    if lost := find_lost_words(old, new, changes):
        words = ", ".join(f"“{each}”" for each in lost[:5])
        message = f"changes {words} in a way that cannot be carried over exactly; change the release by hand"
        raise InputError([Problem(code="I07", message=message, place=now.place(""))])
    found, conflicts = split_conflicts(old, now, changes)
    waiting: list[RebaseConflict] = []
    absent: dict[str, list[Value]] = defaultdict(list)
    for each in conflicts:
        if (placed := _place_elsewhere(each, old, now)) is not None:
            found += placed
        elif isinstance(each.change, InsertEntry) and _is_absent_list(each.change.path, now):
            absent[each.change.path].append(each.change.value)
        elif (side := choose(each) if choose else None) is None:
            waiting.append(each)
        elif side is KeptSide.WORD:
            found += _force(each)
    found += [AddField("", path, values) for path, values in absent.items()]
    undecided = {id(each.change) for each in waiting}
    model = apply_changes(old, [each for each in changes if id(each) not in undecided])
    made = [_describe(each, now) for each in found]
    return MergedModels(apply_changes(now, found), made, waiting, model, list_unclear_links(old, new))


def _place_elsewhere(conflict: RebaseConflict, old: SourceText, now: SourceText) -> list[Change] | None:
    """Return the change where a person put its text, if anywhere.

    The text must be long enough to be known again, and be there exactly once.
    """
    change = conflict.change
    if isinstance(change, RemoveNode):
        node = old.nodes[change.path]
        listed = change.path.rpartition("[")[0]
        gone = listed and listed not in now.nodes and not any(_find(text, now) for text in _texts(node))
        return [] if gone else None
    if not isinstance(change, ReplaceValue) or not isinstance(change.value, str):
        return None
    before = old.text_at(change.path) or ""
    spots = _find(before, now) if len(split_words(before)) >= FEWEST else []
    if len(spots) != 1:
        return None
    path, at = spots[0]
    return [EditText(path, at, at + len(before), change.value)]


def _find(text: str, now: SourceText) -> list[tuple[str, int]]:
    """Find a text within the texts of a file: paths and offsets."""
    found = []
    for path, typed in now.typed.items():
        at = typed.find(text) if text else -1
        while at >= 0:
            found.append((path, at))
            at = typed.find(text, at + 1)
    return found


def _texts(node: Node) -> list[str]:
    if isinstance(node, Scalar):
        return [node.value]
    inner = node.fields.items() if isinstance(node, Mapping) else [("", each) for each in node.items]
    return [text for name, each in inner if name != "line" for text in _texts(each)]


def _is_absent_list(path: str, now: SourceText) -> bool:
    return "." not in path and "[" not in path and path not in now.root.fields


def _force(conflict: RebaseConflict) -> list[Change]:
    """Return the change at its place, over what a person changed there.

    There is none where the place is gone.
    """
    change, path = conflict.change, conflict.path
    match change:
        case ReplaceValue(value=value) if path is not None:
            return [ReplaceValue(path, value)]
        case RemoveNode() if path is not None:
            return [RemoveNode(path)]
        case _:
            return []


def _describe(change: Change, now: SourceText) -> ModelChange:
    node = now.nodes.get(change.path)
    before = join_texts(node) if node is not None else ""
    match change:
        case ReplaceValue(path, value):
            return ModelChange("changed", path, before, join_value(value))
        case EditText(path, start, end, text):
            typed = now.text_at(path) or ""
            return ModelChange("changed", path, typed[start:end], text)
        case InsertEntry(path, _, value):
            return ModelChange("added", path, "", join_value(value))
        case AddField(path, name, value):
            return ModelChange("added", f"{path}.{name}".lstrip("."), "", join_value(value))
        case RemoveNode(path):
            return ModelChange("removed", path, before, "")
        case MoveEntry(path):
            return ModelChange("moved", path, before, "")


def join_value(value: Value) -> str:
    """Return all texts of a value in one line, without ids."""
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, dict):
        return " · ".join(join_value(each) for name, each in value.items() if name not in {"id", "line"})
    return " · ".join(join_value(each) for each in value)


def parse_model(text: str, shown: str) -> SourceText:
    """Parse the text of a model."""
    source, _ = read_source(text.encode(), shown)
    return source


def check_syntax(files: MappingOf[str, bytes]) -> None:
    """Check that merged files can be read.

    A draft need not be whole.

    Raises:
        InputError: one cannot.
    """
    for name, content in files.items():
        _, problems = read_source(content, name)
        if problems:
            raise InputError(problems)
