"""Plan the changes that make one model of a release into another.

Both models are release files that were read from the same text, one before somebody worked on it and one after. The
changes are of the older file, so that they can be rebased onto the file that people edit.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote

from pressgen.load.edits import apply_changes
from pressgen.load.source import join_path, read_source
from pressgen.load.tree import Mapping, Node, Scalar, Sequence, to_plain_data
from pressgen.model.change import AddField, InsertEntry, MoveEntry, RemoveNode, ReplaceValue
from pressgen.review.alignment import AlignedPair, Alignment, Part, align, make_row
from pressgen.review.similarity import split_words

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from pressgen.load.source import SourceText
    from pressgen.model.change import Change, Value

GUESSED = frozenset({"reference", "house", "language", "times.zone", "links"})
"""Fields that come from the whole text or from options, so that a difference is no edit. Links have their own rules."""
UNREAD = frozenset({"id", "line"})
"""Fields of an entry that only name it, or say where it was read."""
ANCHORS = frozenset({"table", "image", "picture", "chart"})
"""Blocks that stay while texts move past them."""
NEEDED = frozenset({"body"})
"""Lists that stay in a release when they lose all entries."""


def plan_model_changes(old: SourceText, new: SourceText, taken: Container[str] = ()) -> list[Change]:
    """Plan the changes of `old` that give it the texts of `new`.

    Args:
        old: the older model.
        new: the newer one.
        taken: paths of entries with an id that a new entry may not get, such as `notes[note-3]`.
    """
    planner = _ModelPlanner(old, taken)
    planner.compare_fields("", old.root, new.root)
    return [*planner.changes, *plan_link_changes(old, new)]


def find_lost_words(old: SourceText, new: SourceText, changes: list[Change]) -> list[str]:
    """Return the words that the changes lose, or add.

    They are compared with those of `new`.
    Other code makes the changes than planned them, so this finds what either of the two gets wrong.

    Raises:
        InputError: the changes cannot be made.
    """
    made, _ = read_source(apply_changes(old, changes).encode(), old.shown)
    wanted, got = (
        Counter(word for text in _list_texts("", each.root) for word in split_words(text)) for each in (new, made)
    )
    return sorted([*(wanted - got), *(got - wanted)])


def list_unclear_links(old: SourceText, new: SourceText) -> list[str]:
    """List the links that came or went although their words stayed.

    A program that saves a file again makes such differences as well, so a person must say whether they are meant.
    """
    before, after = _read_links(old), _read_links(new)
    come = [
        f"“{each.title}” has a link to {each.url} now"
        for key, each in after.items()
        if key not in before and _has(old, each.title)
    ]
    gone = [
        f"“{each.title}” has no link any more"
        for key, each in before.items()
        if key not in after and _has(new, each.title)
    ]
    return [*come, *gone]


def plan_link_changes(old: SourceText, new: SourceText) -> Iterator[Change]:
    """Yield the links that came and went together with their words."""
    before, after = _read_links(old), _read_links(new)
    gone = [each for key, each in before.items() if key not in after and not _has(new, each.title)]
    come = [each for key, each in after.items() if key not in before and not _has(old, each.title)]
    values: list[Value] = [{"id": each.name, "title": each.title, "url": each.url} for each in come]
    if "links" not in old.nodes:
        yield from [AddField("", "links", values)] if values else []
        return
    yield from (RemoveNode(f"links[{each.name}]") for each in gone)
    yield from (InsertEntry("links", len(before), value) for value in values)


@dataclass(frozen=True, slots=True)
class _Link:
    name: str
    title: str
    url: str


def _read_links(source: SourceText) -> dict[str, _Link]:
    """Return the links of a model by their decoded address."""
    node = source.nodes.get("links")
    found: dict[str, _Link] = {}
    for name in node.names if isinstance(node, Sequence) else ():
        title, url = (source.text_at(f"links[{name}].{each}") or "" for each in ("title", "url"))
        found.setdefault(unquote(url).rstrip("/"), _Link(name, title, url))
    return found


def _has(source: SourceText, title: str) -> bool:
    """Return whether the rest of a model has a link's words."""
    comments = " ".join(line.strip().removeprefix("#") for line in source.text.splitlines() if line.lstrip()[:1] == "#")
    texts = [*_list_texts("", source.root), comments]
    return any(_squash(title) in _squash(text) for text in texts)


def _squash(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def join_texts(node: Node) -> str:
    """Return all texts below a node in one line, without ids."""
    return " · ".join(" ".join(each.split()) for each in _list_texts("", node))


@dataclass(slots=True)
class _ModelPlanner:
    """A planner of changes, one node after the other.

    Attributes:
        changes: those found so far.
    """

    old: SourceText
    taken: Container[str]
    changes: list[Change] = field(default_factory=list)
    _given: set[str] = field(default_factory=set)

    def compare_fields(self, path: str, old: Mapping, new: Mapping) -> None:
        """Compare the fields of a record."""
        for name in dict.fromkeys([*old.fields, *new.fields]):
            place = join_path(path, name, old)
            before, after = old.fields.get(name), new.fields.get(name)
            if place in GUESSED or (path and name in UNREAD):
                continue
            if before is None and after is not None:
                self.changes.append(AddField(path, name, self._make_value(place, after)))
            elif after is None:
                self.changes.append(RemoveNode(place))
            elif before is not None:
                self._compare(place, before, after)

    def _compare(self, path: str, old: Node, new: Node) -> None:
        match old, new:
            case Scalar(), Scalar():
                if old.value != new.value:
                    self.changes.append(ReplaceValue(path, new.value))
            case Mapping(), Mapping():
                self.compare_fields(path, old, new)
            case Sequence(), Sequence():
                self._compare_entries(path, old, new)
            case _:
                self.changes.append(ReplaceValue(path, self._make_value(path, new)))

    def _compare_entries(self, path: str, old: Sequence, new: Sequence) -> None:
        """Compare the entries of a list: kept, moved, added or removed."""
        parts = [[_make_part(each) for each in side.items] for side in (old, new)]
        pairs = list(_pair_replaced(align(*parts), old, new))
        if not path.endswith(tuple(NEEDED)) and all(each.what is Alignment.REMOVED for each in pairs) and pairs:
            self.changes.append(RemoveNode(path))
            return
        at = 0
        for what, one, other in pairs:
            if one is None and other is not None:
                self.changes.append(InsertEntry(path, at, self._make_value(f"{path}[]", new.items[other])))
                continue
            if one is None:
                continue
            place = join_path(path, old.names[one], old)
            if what is Alignment.MOVED_HERE and other is not None:
                self.changes.append(MoveEntry(place, at))
            else:
                at = one + 1
                if what is Alignment.REMOVED:
                    self.changes.append(RemoveNode(place))
            if other is not None and what is not Alignment.MOVED_AWAY:
                self._compare_entry(place, old.items[one], new.items[other])

    def _compare_entry(self, path: str, old: Node, new: Node) -> None:
        """Compare two entries of a list; rows of other lengths are replaced."""
        if isinstance(old, Sequence) and isinstance(new, Sequence):
            if len(old.items) != len(new.items):
                self.changes.append(ReplaceValue(path, self._make_value(path, new)))
                return
            for name, before, after in zip(old.names, old.items, new.items, strict=True):
                self._compare(f"{path}[{name}]", before, after)
            return
        self._compare(path, old, new)

    def _make_value(self, path: str, node: Node) -> Value:
        """Return the data of a new node, with fresh ids."""
        if isinstance(node, Sequence):
            return [self._make_value(f"{path}[]", each) for each in node.items]
        value: Value = to_plain_data(node)  # type: ignore[assignment]  # which is made of nothing else
        if isinstance(node, Mapping) and isinstance(value, dict) and path.endswith("[]") and "id" in value:
            return {**value, "id": self._make_id(path.removesuffix("[]"), str(value["id"]))}
        return value

    def _make_id(self, path: str, wanted: str) -> str:
        base, dash, number = wanted.rpartition("-")
        counted = bool(dash) and number.isdecimal()
        stem, count, name = (base, int(number), wanted) if counted else (wanted, 1, wanted)
        while (place := f"{path}[{name}]") in self.old.nodes or place in self.taken or place in self._given:
            count += 1
            name = f"{stem}-{count}"
        self._given.add(place)
        return name


def _pair_replaced(pairs: list[AlignedPair], old: Sequence, new: Sequence) -> Iterator[AlignedPair]:
    """Pair short texts of which one replaced the other.

    A cell or an entry of one word has no word in common with what replaced it. Longer texts without a common word are
    one that was removed, and another that was added.
    """
    gone: AlignedPair | None = None
    for at, each in enumerate(pairs):
        following = pairs[at + 1] if at + 1 < len(pairs) else None
        if each.what is Alignment.REMOVED and following and following.what is Alignment.ADDED:
            one, other = old.items[each.old or 0], new.items[following.new or 0]
            alone = not gone and (at + 2 >= len(pairs) or pairs[at + 2].what is not Alignment.ADDED)
            if alone and isinstance(one, Sequence | Scalar) and type(one) is type(other) and _is_short(one, other):
                yield AlignedPair(Alignment.KEPT, each.old, following.new)
                gone = following
                continue
        if each is not gone:
            yield each
            gone = each if each.what is Alignment.REMOVED else None


SHORT = 6
"""Words of a text that may be replaced by another as a whole."""


def _is_short(*nodes: Node) -> bool:
    return all(len(split_words(text)) <= SHORT for node in nodes for text in _list_texts("", node))


def _list_texts(path: str, node: Node) -> Iterator[str]:
    """Yield the texts below a node, without ids and guesses."""
    match node:
        case Scalar():
            yield node.value
        case Mapping():
            for name, child in node.fields.items():
                place = join_path(path, name, node)
                if place not in GUESSED and name not in UNREAD:
                    yield from _list_texts(place, child)
        case Sequence():
            for child in node.items:
                yield from _list_texts(f"{path}[]", child)


def _make_part(node: Node) -> Part:
    """Return an entry of a list as the alignment sees it."""
    texts = list(_list_texts("", node))
    match node:
        case Scalar():
            return Part("\n".join(texts), "text")
        case Sequence():
            return make_row(texts)
        case Mapping(fields=fields):
            kind = next(iter(fields), "") if len(fields) == 1 else ""
            return Part("\n".join(texts), f"entry {kind}", anchor=kind in ANCHORS)
