"""Changes of a file as it was sent, carried over to the file as it is now; what both sides changed is never guessed."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from pressgen.errors import Problem, Refused
from pressgen.load.tree import Scalar, Sequence, plain
from pressgen.model.change import Change, Edit, Give, Insert, Move, Put, Remove
from pressgen.review.pairing import paired

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.load.source import SourceText

STEP = re.compile(r"\[[^\]]*\]|\.?[^.\[]+")
TOKEN = re.compile(r"\w+|\s+|[^\w\s]")


def carried_over(sent: SourceText, now: SourceText, changes: list[Change]) -> list[Change]:
    """The changes of `sent` as changes of `now`.

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
            found.append(carried)
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


def merged(sent: str, now: str, wanted: str) -> str | None:
    """The text `now` with what makes `wanted` of `sent`; None where both changed the same words, or some that touch."""
    ours, theirs = list(_changes(sent, wanted)), list(_changes(sent, now))
    kept = [each for each in ours if each not in theirs]
    for start, end, _ in kept:
        if any(start <= last and first <= end for first, last, _ in theirs):
            return None
    text = sent
    for start, end, new in sorted([*kept, *theirs], reverse=True):
        text = text[:start] + new + text[end:]
    return text


class _Carrying:
    """Two states of a file, and which entry of a list in the one is which in the other."""

    def __init__(self, sent: SourceText, now: SourceText) -> None:
        self._sent, self._now = sent, now
        self._known: dict[tuple[str, str], dict[int, int]] = {}

    def over(self, change: Change) -> Change | None:
        """A change of the file as it is now; None where it has moved on there."""
        path = self.path(change.path)
        if path is None:
            return None
        before, after = self._sent.nodes[change.path], self._now.nodes[path]
        match change:
            case Put(value=str(wanted)) if isinstance(before, Scalar) and isinstance(after, Scalar):
                text = merged(before.value, after.value, wanted)
                return None if text is None else Put(path, text)
            case Put(value=value):
                return Put(path, value) if plain(before) == plain(after) else None
            case Insert(before=position, value=value) if isinstance(before, Sequence) and isinstance(after, Sequence):
                place = self._place(change.path, path, position)
                return None if place is None else Insert(path, place, value)
            case Move(before=position):
                held, now = (each.rpartition("[")[0] for each in (change.path, path))
                place = self._place(held, now, position)
                return None if place is None else Move(path, place)
            case Give(name=name, value=value):
                return Give(path, name, value)
            case Remove():
                return Remove(path) if plain(before) == plain(after) else None
            case _:
                return None

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


def _changes(one: str, other: str) -> Iterator[tuple[int, int, str]]:
    old, new = TOKEN.findall(one), TOKEN.findall(other)
    starts = [0]
    for token in old:
        starts.append(starts[-1] + len(token))
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what != "equal":
            yield starts[a], starts[b], "".join(new[c:d])


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
