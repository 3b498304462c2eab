"""Check that everything a release names exists, and that values agree.

Names refer to people, notes, facts and findings.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pressgen.load.faults import make_problem
from pressgen.load.tree import Mapping, Node, Scalar, Sequence
from pressgen.text.expression import suggest_name

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from pressgen.errors import Problem
    from pressgen.load.source import SourceText

FEW = 6
"""The most ids that a message lists."""
LISTS_WITH_IDS = ("notes", "findings.items", "links")
IMAGE = re.compile(r"body\[\d+\]\.image")
TABLE = re.compile(r"body\[\d+\]\.table")
RATING = re.compile(r"findings\.items\[[^\]]*\]\.rating")
SOURCE = re.compile(r"facts\.[^.]+\.source")
SOURCE_NOTE = re.compile(r"note ([a-z][a-z0-9_-]*)")


class ReferenceRule(NamedTuple):
    """A place that holds an id which must exist elsewhere."""

    path: re.Pattern[str]
    code: str
    what: str
    owner: str


REFERENCES = (
    ReferenceRule(re.compile(r"body\[\d+\]\.(?:quote|pull)\.by|contacts\[\d+\]"), "R07", "nobody", "people"),
    ReferenceRule(re.compile(r"findings\.items\[[^\]]*\]\.figures\[\d+\]"), "R09", "no fact", "facts"),
    ReferenceRule(re.compile(r"body\[\d+\]\.findings\.only\[\d+\]"), "R10", "no finding", "findings.items"),
)


def find_reference_problems(source: SourceText) -> Iterator[Problem]:
    """Find unknown ids, duplicate ids and values that do not agree."""
    for path, node in source.nodes.items():
        match node:
            case Scalar() if not node.refused:
                yield from _find_unknown_id(source, path, node.value)
                yield from _find_lost_source(source, path, node.value)
                yield from _find_unknown_rating(source, path, node.value)
            case Mapping() if IMAGE.fullmatch(path):
                yield from _check_description(source, path, node)
            case Mapping() if TABLE.fullmatch(path):
                yield from _check_widths(source, path, node)
            case Sequence() if path in LISTS_WITH_IDS:
                yield from _find_duplicates(source, path, node)


def index_by_id(source: SourceText, owner: str) -> dict[str, Node]:
    """Return the people, facts, notes and so on by id.

    They are fields, or entries with an `id`.
    """
    match source.nodes.get(owner):
        case Mapping() as owned:
            return owned.fields
        case Sequence() as entries:
            named = [(entry.fields.get("id"), entry) for entry in entries.items if isinstance(entry, Mapping)]
            return {own.value: entry for own, entry in named if isinstance(own, Scalar)}
        case _:
            return {}


def _find_unknown_id(source: SourceText, path: str, value: str) -> Iterator[Problem]:
    for reference in REFERENCES:
        if reference.path.fullmatch(path) and value not in (known := index_by_id(source, reference.owner)):
            owner = reference.owner.partition(".")[0]
            message = f"{reference.what} in “{owner}” has the id “{value}”{_suggest_known(value, known)}"
            yield make_problem(reference.code, message, source.place(path), path)


def _suggest_known(value: str, known: Collection[str]) -> str:
    """Return the nearest id, or all of them where they are few."""
    few = 0 < len(known) <= FEW
    return suggest_name(value, known) or (f"; there is {', '.join(known)}" if few else "")


def _find_lost_source(source: SourceText, path: str, value: str) -> Iterator[Problem]:
    match = SOURCE_NOTE.fullmatch(value) if SOURCE.fullmatch(path) else None
    if match and match[1] not in (known := index_by_id(source, "notes")):
        message = f"no note has the id “{match[1]}”{suggest_name(match[1], known)}"
        yield make_problem("R08", message, source.place(path, match.start(1)), path)


def _find_unknown_rating(source: SourceText, path: str, value: str) -> Iterator[Problem]:
    scale = source.texts_at("findings.scale") if RATING.fullmatch(path) else []
    if scale and value not in scale:
        message = f"“{value}” is not on the scale{suggest_name(value, scale) or '; it has ' + ', '.join(scale)}"
        yield make_problem("R11", message, source.place(path), path)


def _check_description(source: SourceText, path: str, image: Mapping) -> Iterator[Problem]:
    if ("alt" in image.fields) == ("decorative" in image.fields):
        which = "not both" if "alt" in image.fields else "one of them"
        message = f"a picture has “alt”, what it shows, or “decorative”, why it shows nothing: {which}"
        yield make_problem("R13", message, source.key_place(path), path)


def _check_widths(source: SourceText, path: str, table: Mapping) -> Iterator[Problem]:
    header, rows = table.fields.get("header"), table.fields.get("rows")
    if not isinstance(header, Sequence) or not isinstance(rows, Sequence):
        return
    for position, row in enumerate(rows.items):
        if isinstance(row, Sequence) and row.items and len(row.items) != len(header.items):
            message = f"the header has {len(header.items)} cells, but this row has {len(row.items)}"
            where = f"{path}.rows[{position}]"
            yield make_problem("R12", message, source.place(where), where)


def _find_duplicates(source: SourceText, path: str, entries: Sequence) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for name in entries.names:
        where = f"{path}[{name}].id"
        value = source.text_at(where)
        if value is not None and first.setdefault(value, where) != where:
            line = source.place(first[value]).line
            message = f"the id “{value}” is here a second time; the first is in line {line}"
            yield make_problem("R06", message, source.place(where), where)
