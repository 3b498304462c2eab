"""What a release names must be there: people, notes, facts, findings; and what must agree must agree."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pressgen.load.faults import fault
from pressgen.load.tree import Mapping, Node, Scalar, Sequence
from pressgen.text.expression import near

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.errors import Problem
    from pressgen.load.source import SourceText

LISTS_WITH_IDS = ("notes", "findings.items", "links")
IMAGE = re.compile(r"body\[\d+\]\.image")
TABLE = re.compile(r"body\[\d+\]\.table")
RATING = re.compile(r"findings\.items\[[^\]]*\]\.rating")
SOURCE = re.compile(r"facts\.[^.]+\.source")
SOURCE_NOTE = re.compile(r"note ([a-z][a-z0-9_-]*)")


class Reference(NamedTuple):
    """A place where an id is written that something else must have."""

    path: re.Pattern[str]
    code: str
    what: str
    owner: str


REFERENCES = (
    Reference(re.compile(r"body\[\d+\]\.(?:quote|pull)\.by|contacts\[\d+\]"), "R07", "nobody", "people"),
    Reference(re.compile(r"findings\.items\[[^\]]*\]\.figures\[\d+\]"), "R09", "no fact", "facts"),
    Reference(re.compile(r"body\[\d+\]\.findings\.only\[\d+\]"), "R10", "no finding", "findings.items"),
)


def reference_problems(source: SourceText) -> Iterator[Problem]:
    """Every id that nothing has, every id that two have, and everything that does not agree."""
    for path, node in source.nodes.items():
        match node:
            case Scalar() if not node.refused:
                yield from _dangling(source, path, node.value)
                yield from _lost_source(source, path, node.value)
                yield from _off_scale(source, path, node.value)
            case Mapping() if IMAGE.fullmatch(path):
                yield from _description(source, path, node)
            case Mapping() if TABLE.fullmatch(path):
                yield from _widths(source, path, node)
            case Sequence() if path in LISTS_WITH_IDS:
                yield from _doubled(source, path, node)


def by_id(source: SourceText, owner: str) -> dict[str, Node]:
    """The people, facts, notes and so on that the release has, whether they are fields or entries with an `id`."""
    match source.nodes.get(owner):
        case Mapping() as owned:
            return owned.fields
        case Sequence() as entries:
            named = [(entry.fields.get("id"), entry) for entry in entries.items if isinstance(entry, Mapping)]
            return {own.value: entry for own, entry in named if isinstance(own, Scalar)}
        case _:
            return {}


def _dangling(source: SourceText, path: str, value: str) -> Iterator[Problem]:
    for reference in REFERENCES:
        if reference.path.fullmatch(path) and value not in (known := by_id(source, reference.owner)):
            owner = reference.owner.partition(".")[0]
            message = f"{reference.what} in “{owner}” has the id “{value}”{near(value, known)}"
            yield fault(reference.code, message, source.place(path), path)


def _lost_source(source: SourceText, path: str, value: str) -> Iterator[Problem]:
    match = SOURCE_NOTE.fullmatch(value) if SOURCE.fullmatch(path) else None
    if match and match[1] not in (known := by_id(source, "notes")):
        message = f"no note has the id “{match[1]}”{near(match[1], known)}"
        yield fault("R08", message, source.place(path, match.start(1)), path)


def _off_scale(source: SourceText, path: str, value: str) -> Iterator[Problem]:
    scale = source.texts_at("findings.scale") if RATING.fullmatch(path) else []
    if scale and value not in scale:
        message = f"“{value}” is not on the scale{near(value, scale) or '; it has ' + ', '.join(scale)}"
        yield fault("R11", message, source.place(path), path)


def _description(source: SourceText, path: str, image: Mapping) -> Iterator[Problem]:
    if ("alt" in image.fields) == ("decorative" in image.fields):
        which = "not both" if "alt" in image.fields else "one of them"
        message = f"a picture has “alt”, what it shows, or “decorative”, why it shows nothing: {which}"
        yield fault("R13", message, source.key_place(path), path)


def _widths(source: SourceText, path: str, table: Mapping) -> Iterator[Problem]:
    header, rows = table.fields.get("header"), table.fields.get("rows")
    if not isinstance(header, Sequence) or not isinstance(rows, Sequence):
        return
    for position, row in enumerate(rows.items):
        if isinstance(row, Sequence) and row.items and len(row.items) != len(header.items):
            message = f"the header has {len(header.items)} cells, and this row {len(row.items)}"
            where = f"{path}.rows[{position}]"
            yield fault("R12", message, source.place(where), where)


def _doubled(source: SourceText, path: str, entries: Sequence) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for name in entries.names:
        where = f"{path}[{name}].id"
        value = source.text_at(where)
        if value is not None and first.setdefault(value, where) != where:
            line = source.place(first[value]).line
            message = f"the id “{value}” stands here a second time; the first is in line {line}"
            yield fault("R06", message, source.place(where), where)
