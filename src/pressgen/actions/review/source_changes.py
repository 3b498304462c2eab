"""List what differs between two data files, text by text."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Literal, NamedTuple

from pressgen.load.source import join_path
from pressgen.load.tree import Mapping, Scalar, Sequence
from pressgen.review.alignment import AlignedPair, Alignment, Part, align, make_row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.load.source import SourceText
    from pressgen.load.tree import Node

ANCHORS = frozenset({"table", "picture", "image", "chart", "findings"})
"""Blocks that stay while texts move past them."""
IDENT = ".id"

Placed = tuple[str, "Node"]
"""A node with its path."""


class SourceChange(NamedTuple):
    """A text that differs between two files.

    Attributes:
        path: in the new file; in the old one if it was removed.
        before, after: the text, None where it is absent. A text that moved may have changed as well.
        was: the path in the old file of a text that moved.
    """

    kind: Literal["changed", "added", "removed", "moved"]
    path: str
    before: str | None
    after: str | None
    was: str = ""


def compare_sources(old: SourceText, new: SourceText) -> Iterator[SourceChange]:
    """Yield the texts that differ between two files.

    An entry of a list is the same in both if it has the same name or mostly the same words, also at another place.
    """
    yield from _compare(("", old.root), ("", new.root), moved=False)


def _compare(old: Placed, new: Placed, *, moved: bool) -> Iterator[SourceChange]:
    (was, before), (is_, after) = old, new
    match before, after:
        case Scalar(), Scalar():
            yield from _compare_texts(was, before, is_, after, moved=moved)
        case Mapping(), Mapping():
            for name in dict.fromkeys([*after.fields, *before.fields]):
                one, other = _get_field(was, before, name), _get_field(is_, after, name)
                yield from _change(one, other, moved=moved)
        case Mapping(), _:
            yield from _change(old, None, moved=False)
            yield from _change(None, new, moved=False)
        case _, Mapping():
            yield from _change(old, None, moved=False)
            yield from _change(None, new, moved=False)
        case _:
            yield from _compare_entries(_list_entries(old), _list_entries(new), moved=moved)


def _compare_texts(was: str, before: Scalar, is_: str, after: Scalar, *, moved: bool) -> Iterator[SourceChange]:
    if moved and not is_.endswith(IDENT):
        yield SourceChange("moved", is_, before.value, after.value, was)
    elif before.value != after.value:
        yield SourceChange("changed", is_, before.value, after.value)


def _change(old: Placed | None, new: Placed | None, *, moved: bool) -> Iterator[SourceChange]:
    """Yield the texts of a node that one file, or both, has."""
    if old and new:
        yield from _compare(old, new, moved=moved)
    elif new:
        yield from (SourceChange("added", path, None, text) for path, text in _list_texts(new))
    elif old:
        yield from (SourceChange("removed", path, text, None) for path, text in _list_texts(old))


def _compare_entries(old: list[Placed], new: list[Placed], *, moved: bool) -> Iterator[SourceChange]:
    pairs = align([_make_part(each) for each in old], [_make_part(each) for each in new])
    for kept, gap in groupby(pairs, lambda pair: pair.what is Alignment.KEPT):
        for what, one, other in gap if kept else _pair_replaced(list(gap), old, new):
            entry = None if one is None else old[one], None if other is None else new[other]
            yield from _change(*entry, moved=moved or what is Alignment.MOVED_HERE)


def _pair_replaced(gap: list[AlignedPair], old: list[Placed], new: list[Placed]) -> list[AlignedPair]:
    """Pair texts that were replaced at one place; drop what moved away.

    A cell or an entry of one word has no word in common with what replaced it.
    """
    gone = [each.old for each in gap if each.what is Alignment.REMOVED and each.old is not None]
    come = [each.new for each in gap if each.what is Alignment.ADDED and each.new is not None]
    texts = [*(old[at][1] for at in gone), *(new[at][1] for at in come)]
    here = [each for each in gap if each.what is not Alignment.MOVED_AWAY]
    if len(gone) != len(come) or not all(isinstance(each, Scalar) for each in texts):
        return here
    moves = [each for each in here if each.what is Alignment.MOVED_HERE]
    return [*(AlignedPair(Alignment.KEPT, one, other) for one, other in zip(gone, come, strict=True)), *moves]


def _get_field(path: str, node: Mapping, name: str) -> Placed | None:
    found = node.fields.get(name)
    return None if found is None else (join_path(path, name, node), found)


def _list_entries(placed: Placed) -> list[Placed]:
    """Return the entries of a list.

    A text counts as a list of one.
    """
    path, node = placed
    if not isinstance(node, Sequence):
        return [placed]
    return [(join_path(path, name, node), item) for name, item in zip(node.names, node.items, strict=True)]


def _list_texts(placed: Placed) -> list[tuple[str, str]]:
    """Return the texts below a node with their paths.

    The id is among them only if there is no other text.
    """
    found = [(path, node.value) for path, node in _iter_texts(placed)]
    own = f"{placed[0]}{IDENT}"
    return [each for each in found if each[0] != own] or found


def _iter_texts(placed: Placed) -> Iterator[tuple[str, Scalar]]:
    path, node = placed
    match node:
        case Scalar():
            if not node.refused:
                yield path, node
        case Mapping():
            for name, child in node.fields.items():
                yield from _iter_texts((join_path(path, name, node), child))
        case Sequence():
            for entry in _list_entries(placed):
                yield from _iter_texts(entry)


def _make_part(placed: Placed) -> Part:
    """Return an entry of a list as the alignment sees it."""
    texts = [each.value for _, each in _iter_texts(placed)]
    match placed[1]:
        case Scalar():
            return Part("\n".join(texts), "text")
        case Sequence():
            return make_row(texts)
        case Mapping(fields=fields):
            ident = fields.get("id")
            name = ident.value if isinstance(ident, Scalar) else ""
            kind = next(iter(fields), "") if len(fields) == 1 else ""
            return Part("\n".join(texts), f"entry {kind}", name, anchor=kind in ANCHORS)
