"""Check the times of a release.

The zone must exist, and each wall time must occur once. The order must not break the embargo (newsroom practice): issue
< embargo ≤ publication; what is linked is public no later than the embargo lifts.
"""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING

from pressgen.load.faults import make_problem
from pressgen.load.tree import Scalar
from pressgen.load.unplaced import describe_missing_time
from pressgen.load.zones import explain_unknown_zone
from pressgen.model.moment import Moment, WallTimeError, is_ambiguous_time, read_moment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.errors import Problem
    from pressgen.load.source import SourceText

ORDER = ("times.issue", "times.embargo", "times.publish")
AVAILABLE = re.compile(r"links\[[^\]]*\]\.available")
FOLDS = ("first", "second")


def find_time_problems(source: SourceText) -> Iterator[Problem]:
    """Find all problems of the times of a release."""
    texts = {
        path: node.value
        for path, node in source.nodes.items()
        if (path in ORDER or AVAILABLE.fullmatch(path)) and isinstance(node, Scalar) and not node.refused
    }
    zone = source.text_at("times.zone")
    if zone is not None and zone.endswith("/CITY"):
        advice = "write the zone of the office, such as Australia/Perth or America/Chicago"
        message = f"the city is still missing in “{zone}”; {advice}"
        yield make_problem("R29", message, source.place("times.zone"), "times.zone")
        zone = None
    elif zone is not None and (message := explain_unknown_zone(zone)):
        yield make_problem("R16", message, source.place("times.zone"), "times.zone")
        zone = None
    fold = source.text_at("times.fold")
    moments: dict[str, Moment] = {}
    for path, text in texts.items():
        if part := describe_missing_time(text):
            yield make_problem("R29", f"{part} is still missing in “{text}”; add it", source.place(path), path)
            continue
        try:
            moments[path] = read_moment(text, zone or "UTC", fold if fold in FOLDS else None)
        except WallTimeError as refusal:
            yield make_problem("R17", str(refusal), source.place(path), path)
    if zone is None:
        return
    if fold in FOLDS and not any(is_ambiguous_time(text, zone) for text in texts.values()):
        message = f"no time of this release occurs twice in {zone}; delete “fold”"
        yield make_problem("R18", message, source.place("times.fold"), "times.fold")
    yield from _find_disorder(source, moments)


def _find_disorder(source: SourceText, moments: dict[str, Moment]) -> Iterator[Problem]:
    for first, second in combinations([path for path in ORDER if path in moments], 2):
        same = moments[first] == moments[second]
        if moments[first] > moments[second] or (same and first == "times.issue"):
            relation = "the same as" if same else "after"
            yield _make_order_problem(source, moments, (first, relation, second))
    embargo = moments.get("times.embargo")
    for path, moment in moments.items():
        if embargo and path not in ORDER and moment > embargo:
            yield _make_order_problem(source, moments, (path, "after", "times.embargo"))


def _make_order_problem(source: SourceText, moments: dict[str, Moment], words: tuple[str, str, str]) -> Problem:
    path, relation, other = words
    name = path.rpartition(".")[2]
    said = f"“{name}”, {moments[path].local:%Y-%m-%d %H:%M}, is {relation} “{other.rpartition('.')[2]}”"
    rule = {
        "issue": "a release is issued before the others",
        "embargo": "a page is published when the embargo has lifted",
        "available": "a link must work when the embargo lifts",
    }[name]
    message = f"{said}, {moments[other].local:%Y-%m-%d %H:%M}: {rule}"
    return make_problem("R19", message, source.place(path), path)
