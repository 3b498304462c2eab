"""The times of a release: a zone that exists, wall times that occur once, in an order that no embargo can break.

Order (newsroom practice): issue < embargo ≤ publication; what is linked is public no later than the embargo lifts.
"""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING

from pressgen.load.faults import fault
from pressgen.load.tree import Scalar
from pressgen.load.unplaced import left_open
from pressgen.load.zones import zone_fault
from pressgen.model.moment import Moment, NotAMoment, occurs_twice, read_moment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.errors import Problem
    from pressgen.load.source import SourceText

ORDER = ("times.issue", "times.embargo", "times.publish")
AVAILABLE = re.compile(r"links\[[^\]]*\]\.available")
FOLDS = ("first", "second")


def time_problems(source: SourceText) -> Iterator[Problem]:
    """Everything wrong with the times of a release."""
    texts = {
        path: node.value
        for path, node in source.nodes.items()
        if (path in ORDER or AVAILABLE.fullmatch(path)) and isinstance(node, Scalar) and not node.refused
    }
    zone = source.text_at("times.zone")
    if zone is not None and (message := zone_fault(zone)):
        yield fault("R16", message, source.place("times.zone"), "times.zone")
        zone = None
    fold = source.text_at("times.fold")
    moments: dict[str, Moment] = {}
    for path, text in texts.items():
        if part := left_open(text):
            yield fault("R29", f"{part} is still open in “{text}”; write it in", source.place(path), path)
            continue
        try:
            moments[path] = read_moment(text, zone or "UTC", fold if fold in FOLDS else None)
        except NotAMoment as refusal:
            yield fault("R17", str(refusal), source.place(path), path)
    if zone is None:
        return
    if fold in FOLDS and not any(occurs_twice(text, zone) for text in texts.values()):
        message = f"no time of this release occurs twice in {zone}; take “fold” out"
        yield fault("R18", message, source.place("times.fold"), "times.fold")
    yield from _disorder(source, moments)


def _disorder(source: SourceText, moments: dict[str, Moment]) -> Iterator[Problem]:
    for first, second in combinations([path for path in ORDER if path in moments], 2):
        same = moments[first] == moments[second]
        if moments[first] > moments[second] or (same and first == "times.issue"):
            relation = "the same as" if same else "after"
            yield _out_of_order(source, moments, (first, relation, second))
    embargo = moments.get("times.embargo")
    for path, moment in moments.items():
        if embargo and path not in ORDER and moment > embargo:
            yield _out_of_order(source, moments, (path, "after", "times.embargo"))


def _out_of_order(source: SourceText, moments: dict[str, Moment], words: tuple[str, str, str]) -> Problem:
    path, relation, other = words
    name = path.rpartition(".")[2]
    said = f"“{name}”, {moments[path].local:%Y-%m-%d %H:%M}, is {relation} “{other.rpartition('.')[2]}”"
    rule = {
        "issue": "a release is issued before the others",
        "embargo": "a page is published when the embargo has lifted",
        "available": "a link must work when the embargo lifts",
    }[name]
    message = f"{said}, {moments[other].local:%Y-%m-%d %H:%M}: {rule}"
    return fault("R19", message, source.place(path), path)
