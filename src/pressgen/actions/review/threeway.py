"""Changes of a file as it was sent, carried over to the file as it is now; what both sides changed is never guessed."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from pressgen.actions.workspace.merge import merge_texts
from pressgen.errors import Problem, Refused
from pressgen.load.source import join
from pressgen.load.tree import Scalar, Sequence, plain
from pressgen.model.change import Change, Edit, Give, Insert, Move, Put, Remove
from pressgen.review.pairing import paired

if TYPE_CHECKING:
    from collections.abc import Callable

    from pressgen.load.source import SourceText
    from pressgen.model.change import Value

STEP = re.compile(r"\[[^\]]*\]|\.?[^.\[]+")


def carried_over(sent: SourceText, now: SourceText, changes: list[Change]) -> list[Change]:
    """The changes of `sent` as changes of `now`, without those that `now` has already.

    Raises:
        Refused: the file has moved on where a change would go; each with what was sent, what stands there and what the
            change wants.
    """
    if sent.text == now.text:
        return changes
    carrying = _Carrying(sent, now)
    problems: list[Problem] = []
    found: list[Change] = []
    for change in changes:
        if (carried := carrying.over(change)) is not None:
            found += carried
        else:
            path = carrying.path(change.path)
            is_ = "not there" if path is None else _told(now, path)
            message = f"has changed since the copy was sent; it was {_told(sent, change.path)}, is now"
            message += f" {is_}, and the editor wants {_wanted(change)}; settle it by hand"
            place = now.place(path or change.path)
            problems.append(Problem(code="M07", message=message, place=place, path=path or change.path))
    if problems:
        raise Refused(problems)
    return found


def follow_paths(sent: SourceText, now: SourceText) -> Callable[[str], str | None]:
    """Return what gives the path now of what stood at a path of the file as sent; None where it is not there."""
    return (lambda path: path) if sent.text == now.text else _Carrying(sent, now).path


def merged(sent: str, now: str, wanted: str) -> str | None:
    """The text `now` with what makes `wanted` of `sent`; None where both changed the same words, or some that touch."""
    found = merge_texts(sent, now, wanted)
    return found if isinstance(found, str) else None


class _Carrying:
    """Two states of a file, and which entry of a list in the one is which in the other."""

    def __init__(self, sent: SourceText, now: SourceText) -> None:
        self._sent, self._now = sent, now
        self._known: dict[tuple[str, str], dict[int, int]] = {}

    def over(self, change: Change) -> list[Change] | None:
        """A change of the file as it is now, none where the file has it already; None where it has moved on there."""
        if isinstance(change, Move) and self._is_moved(change):
            return []
        path = self.path(change.path)
        if path is None:
            return [] if isinstance(change, Remove) and self._is_removed(change.path) else None
        before, after = self._sent.nodes[change.path], self._now.nodes[path]
        match change:
            case Put(value=str(wanted)) if isinstance(before, Scalar) and isinstance(after, Scalar):
                text = merged(before.value, after.value, wanted)
                return None if text is None else [Put(path, text)] * (text != after.value)
            case Put(value=value):
                return [Put(path, value)] if plain(before) == plain(after) else [] if plain(after) == value else None
            case Insert(before=position, value=value) if isinstance(before, Sequence) and isinstance(after, Sequence):
                place = self._place(change.path, path, position)
                if place is None or self._is_inserted(change.path, path, place, value):
                    return None if place is None else []
                return [Insert(path, place, value)]
            case Move(before=position):
                held, now = (each.rpartition("[")[0] for each in (change.path, path))
                place = self._place(held, now, position)
                return None if place is None else [Move(path, place)]
            case Give(name=name, value=value):
                there = self._now.nodes.get(join(path, name, after))
                return [Give(path, name, value)] if there is None else [] if plain(there) == value else None
            case Remove():
                return [Remove(path)] if plain(before) == plain(after) else None
            case _:
                return None

    def _is_removed(self, was: str) -> bool:
        """Whether an entry has gone, and nothing stands in its place that might be what it was made into."""
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

    def _is_moved(self, move: Move) -> bool:
        """Whether what both files have of a list stands in the order after the move, and not in the one before it."""
        held, _, name = move.path.rpartition("[")
        before, is_ = self._sent.nodes.get(held), self.path(held)
        after = None if is_ is None else self._now.nodes[is_]
        if not isinstance(before, Sequence) or not isinstance(after, Sequence):
            return False
        old, now, at = list(map(plain, before.items)), list(map(plain, after.items)), before.names.index(name[:-1])
        moved = [*old[: move.before], old[at], *old[move.before :]]
        del moved[at if at < move.before else at + 1]
        common, wanted, there = ([each for each in one if each in old and each in now] for one in (old, moved, now))
        return there == wanted != common

    def _is_inserted(self, was: str, is_: str, place: int, value: Value) -> bool:
        """Whether what would be inserted stands there, among the new entries at that place."""
        after, old = self._now.nodes[is_], set(self._entries(was, is_).values())
        if not isinstance(after, Sequence):
            return False
        new = takewhile(lambda number: number not in old, range(place, len(after.items)))
        return any(plain(after.items[number]) == value for number in new)

    def path(self, path: str) -> str | None:
        """Where what stood at `path` stands now; None where it is not there any more."""
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
        """Where a new entry goes: behind what it would have stood behind, else before what would have followed it."""
        known = self._entries(was, is_)
        if position - 1 in known:
            return known[position - 1] + 1
        return known.get(position, 0 if position == 0 else None)

    def _entries(self, was: str, is_: str) -> dict[int, int]:
        """Which entry of a list was which: equal ones, and between them those that are most alike."""
        if (was, is_) not in self._known:
            before, after = self._sent.nodes[was], self._now.nodes[is_]
            old = [str(plain(each)) for each in before.items] if isinstance(before, Sequence) else []
            new = [str(plain(each)) for each in after.items] if isinstance(after, Sequence) else []
            self._known[was, is_] = {a: b for a, b in paired(old, new) if a is not None and b is not None}
        return self._known[was, is_]


def _told(source: SourceText, path: str) -> str:
    text = source.text_at(path)
    return f"“{text}”" if text is not None else "a list or fields"


def _wanted(change: Change) -> str:
    match change:
        case Put(_, str(text)) | Edit(_, _, _, text):
            return f"“{text}”"
        case Remove():
            return "it out"
        case Move():
            return "it elsewhere"
        case _:
            return "an entry more or another one"
