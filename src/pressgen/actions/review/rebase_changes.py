"""A rebase of changes from the sent file onto the current file.

Where both sides changed the same words, it never guesses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

from pressgen.actions.workspace.text_merge import merge_texts
from pressgen.errors import InputError, Problem
from pressgen.load.source import join_path
from pressgen.load.tree import Scalar, Sequence, to_plain_data
from pressgen.model.change import AddField, Change, EditText, InsertEntry, MoveEntry, RemoveNode, ReplaceValue
from pressgen.review.alignment import pair_texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from pressgen.errors import Place
    from pressgen.load.source import SourceText
    from pressgen.model.change import Value

STEP = re.compile(r"\[[^\]]*\]|\.?[^.\[]+")


@dataclass(frozen=True, slots=True)
class RebaseConflict:
    """A change at a place that both sides changed.

    Attributes:
        change: of the sent file.
        path: of the place in the current file; None where it is not there.
        before, now, wanted: what the sent file has there, what the current one has, and what the change makes of it.
        place: in the current file.
    """

    change: Change
    path: str | None
    before: str
    now: str
    wanted: str
    place: Place


def rebase_changes(sent: SourceText, now: SourceText, changes: list[Change]) -> list[Change]:
    """Rebase changes of the sent file onto the current file.

    Changes that the current file already contains are left out.

    Raises:
        InputError: the current file has changed at the place of a change; the message has the sent text, the
            present text and the change.
    """
    found, conflicts = split_conflicts(sent, now, changes)
    problems = []
    for each in conflicts:
        message = f"has changed since the copy was sent; it was {each.before}, is now"
        message += f" {each.now}, and the editor wants {each.wanted}; change it by hand"
        problems.append(Problem(code="M07", message=message, place=each.place, path=each.path or each.change.path))
    if problems:
        raise InputError(problems)
    return found


def split_conflicts(
    sent: SourceText, now: SourceText, changes: list[Change]
) -> tuple[list[Change], list[RebaseConflict]]:
    """Return the changes for the current file, and the conflicts.

    Changes that the current file already contains are in neither.
    """
    if sent.text == now.text:
        return changes, []
    carrying = _ChangeRebase(sent, now)
    found: list[Change] = []
    conflicts: list[RebaseConflict] = []
    for change in changes:
        if (carried := carrying.over(change)) is not None:
            found += carried
        else:
            path = carrying.path(change.path)
            is_ = "not there" if path is None else _describe_value(now, path)
            before, place = _describe_value(sent, change.path), now.place(path or change.path)
            conflicts.append(RebaseConflict(change, path, before, is_, _describe_change(change), place))
    return found, conflicts


def make_path_mapper(sent: SourceText, now: SourceText) -> Callable[[str], str | None]:
    """Return a function that maps a sent path to today's path.

    The function returns None where the current file has no such path.
    """
    return (lambda path: path) if sent.text == now.text else _ChangeRebase(sent, now).path


def try_merge(sent: str, now: str, wanted: str) -> str | None:
    """Merge two changes of a text; return None on a conflict.

    It is a conflict where both changed the same words, or adjoining ones.
    """
    found = merge_texts(sent, now, wanted)
    return found if isinstance(found, str) else None


class _ChangeRebase:
    """A rebase of changes from one state of a file to another.

    It knows which entry of a list in one state is which in the other.
    """

    def __init__(self, sent: SourceText, now: SourceText) -> None:
        self._sent, self._now = sent, now
        self._known: dict[tuple[str, str], dict[int, int]] = {}

    def over(self, change: Change) -> list[Change] | None:
        """Return a change for the current file.

        It is an empty list if the file contains the change already; None if the file has changed there.
        """
        if isinstance(change, MoveEntry) and self._is_moved(change):
            return []
        path = self.path(change.path)
        if path is None:
            return [] if isinstance(change, RemoveNode) and self._is_removed(change.path) else None
        before, after = self._sent.nodes[change.path], self._now.nodes[path]
        match change:
            case ReplaceValue(value=str(wanted)) if isinstance(before, Scalar) and isinstance(after, Scalar):
                text = try_merge(before.value, after.value, wanted)
                return None if text is None else [ReplaceValue(path, text)] * (text != after.value)
            case ReplaceValue(value=value):
                return (
                    [ReplaceValue(path, value)]
                    if to_plain_data(before) == to_plain_data(after)
                    else []
                    if to_plain_data(after) == value
                    else None
                )
            case InsertEntry(before=position, value=value) if isinstance(before, Sequence) and isinstance(
                after, Sequence
            ):
                place = self._place(change.path, path, position)
                if place is None or self._is_inserted(change.path, path, place, value):
                    return None if place is None else []
                return [InsertEntry(path, place, value)]
            case MoveEntry(before=position):
                held, now = (each.rpartition("[")[0] for each in (change.path, path))
                place = self._place(held, now, position)
                return None if place is None else [MoveEntry(path, place)]
            case AddField(name=name, value=value):
                there = self._now.nodes.get(join_path(path, name, after))
                return [AddField(path, name, value)] if there is None else [] if to_plain_data(there) == value else None
            case RemoveNode():
                return [RemoveNode(path)] if to_plain_data(before) == to_plain_data(after) else None
            case _:
                return None

    def _is_removed(self, was: str) -> bool:
        """Return whether an entry was removed and not replaced."""
        held, _, name = was.rpartition("[")
        before, is_ = self._sent.nodes.get(held), self.path(held)
        if not isinstance(before, Sequence) or is_ is None:
            return False
        after = self._now.nodes[is_]
        if not isinstance(after, Sequence):
            return False
        known, at = self._entries(held, is_), before.names.index(name.removesuffix("]"))
        last = max((known[each] for each in known if each < at), default=-1)
        following = min((known[each] for each in known if each > at), default=len(after.items))
        return at not in known and following == last + 1

    def _is_moved(self, move: MoveEntry) -> bool:
        """Return whether a list is already in the order after a move.

        Only entries that both files have are compared.
        """
        held, _, name = move.path.rpartition("[")
        before, is_ = self._sent.nodes.get(held), self.path(held)
        after = None if is_ is None else self._now.nodes[is_]
        if not isinstance(before, Sequence) or not isinstance(after, Sequence):
            return False
        old, now, at = (
            list(map(to_plain_data, before.items)),
            list(map(to_plain_data, after.items)),
            before.names.index(name[:-1]),
        )
        moved = [*old[: move.before], old[at], *old[move.before :]]
        del moved[at if at < move.before else at + 1]
        common, wanted, there = ([each for each in one if each in old and each in now] for one in (old, moved, now))
        return there == wanted != common

    def _is_inserted(self, was: str, is_: str, place: int, value: Value) -> bool:
        """Return whether an inserted value is among the new entries there."""
        after, old = self._now.nodes[is_], set(self._entries(was, is_).values())
        if not isinstance(after, Sequence):
            return False
        new = takewhile(lambda number: number not in old, range(place, len(after.items)))
        return any(to_plain_data(after.items[number]) == value for number in new)

    def path(self, path: str) -> str | None:
        """Return the present path of the entry at `path`; None if removed."""
        steps, found = STEP.findall(path), ""
        was = ""
        for step in steps:
            entry = step.startswith("[")
            name = self._entry(was, found, step[1:-1]) if entry else step.removeprefix(".")
            if name is None:
                return None
            was += step
            found += f"[{name}]" if entry else step
        return found if found in self._now.nodes and was in self._sent.nodes else None

    def _entry(self, was: str, is_: str, name: str) -> str | None:
        before, after = self._sent.nodes.get(was), self._now.nodes.get(is_)
        if not isinstance(before, Sequence) or not isinstance(after, Sequence) or name not in before.names:
            return None
        if not name.isdecimal():
            return name if name in after.names else None
        at = self._entries(was, is_).get(before.names.index(name))
        return None if at is None else after.names[at]

    def _place(self, was: str, is_: str, position: int) -> int | None:
        """Return the position of a new entry.

        It comes after the entry that it followed, else before the entry that followed it.
        """
        known = self._entries(was, is_)
        if position - 1 in known:
            return known[position - 1] + 1
        return known.get(position, 0 if position == 0 else None)

    def _entries(self, was: str, is_: str) -> dict[int, int]:
        """Pair the entries of a list in both states.

        Equal entries are paired first, then the most similar ones between them.
        """
        if (was, is_) not in self._known:
            before, after = self._sent.nodes[was], self._now.nodes[is_]
            old = [str(to_plain_data(each)) for each in before.items] if isinstance(before, Sequence) else []
            new = [str(to_plain_data(each)) for each in after.items] if isinstance(after, Sequence) else []
            self._known[was, is_] = {a: b for a, b in pair_texts(old, new) if a is not None and b is not None}
        return self._known[was, is_]


def _describe_value(source: SourceText, path: str) -> str:
    text = source.text_at(path)
    return f"“{text}”" if text is not None else "a list or fields"


def _describe_change(change: Change) -> str:
    match change:
        case ReplaceValue(_, str(text)) | EditText(_, _, _, text):
            return f"“{text}”"
        case RemoveNode():
            return "it out"
        case MoveEntry():
            return "it elsewhere"
        case _:
            return "another entry"
