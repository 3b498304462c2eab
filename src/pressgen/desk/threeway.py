"""Changes of a file as it was sent, carried over to the file as it is now; what both sides changed is never guessed."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from pressgen.errors import Problem, Refused
from pressgen.load.tree import Mapping, Scalar, Sequence, plain
from pressgen.model.change import Change, Edit, Give, Insert, Put, Remove

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.load.source import SourceText

TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
Edits = list[tuple[int, int, str]]


def carried_over(sent: SourceText, now: SourceText, changes: list[Change]) -> list[Change]:
    """The changes of `sent` as changes of `now`.

    Raises:
        Refused: the file has moved on where a change would go; each with what was sent, what stands there and what the
            change wants.
    """
    if sent.text == now.text:
        return changes
    problems: list[Problem] = []
    found: list[Change] = []
    for change in changes:
        if (carried := _carried(sent, now, change)) is not None:
            found += carried
        else:
            message = f"has changed since the copy was sent; it was {_told(sent, change.path)}, is now"
            message += f" {_told(now, change.path)}, and the editor wants {_wanted(change)}; settle it by hand"
            problems.append(Problem(code="M07", message=message, place=now.place(change.path), path=change.path))
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


def _carried(sent: SourceText, now: SourceText, change: Change) -> list[Change] | None:
    """A change of the file as it is now; None where it has moved on there."""
    before, after = sent.nodes.get(change.path), now.nodes.get(change.path)
    if before is None or after is None or isinstance(change, Edit):
        return None
    if isinstance(change, Put) and isinstance(change.value, str) and isinstance(before, Scalar):
        if not isinstance(after, Scalar) or _shifted(sent, now, change.path):
            return None
        text = merged(before.value, after.value, change.value)
        return None if text is None else [Put(change.path, text)]
    if isinstance(change, Insert):
        return None if _shifted(sent, now, f"{change.path}[]") else [change]
    if isinstance(change, Give):
        return [change] if isinstance(after, Mapping) else None
    same = plain(before) == plain(after) and not _shifted(sent, now, change.path)
    return [change] if same else None


def _shifted(sent: SourceText, now: SourceText, path: str) -> bool:
    """Whether a list above `path` has other entries than when the copy was sent, so that a position means another."""
    while "[" in path:
        path = path[: path.rindex("[")]
        before, after = sent.nodes.get(path), now.nodes.get(path)
        if not isinstance(before, Sequence) or not isinstance(after, Sequence) or before.names != after.names:
            return True
    return False


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
    return "not there" if path not in source.nodes else f"“{text}”" if text is not None else "a list or fields"


def _wanted(change: Change) -> str:
    match change:
        case Put(_, str(text)) | Edit(_, _, _, text):
            return f"“{text}”"
        case Remove():
            return "it out"
        case _:
            return "an entry more or another one"
