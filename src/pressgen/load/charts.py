"""Check the figures and rows of charts.

Each figure must be one, each row must have one for each series, and all must be drawable.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressgen.load.faults import make_problem
from pressgen.load.references import index_by_id
from pressgen.load.tree import Mapping, Node, Scalar, Sequence
from pressgen.model.record import ID, read_number
from pressgen.text.expression import suggest_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.errors import Problem
    from pressgen.load.source import SourceText

CHART = re.compile(r"body\[\d+\]\.chart")
MOST_BARS = 12
"""The most bars that fit on a page, and that a reader can compare."""


def find_chart_problems(source: SourceText) -> Iterator[Problem]:
    """Find the problems of charts.

    These are figures that are not numbers, rows that do not fit the series, and what no chart can show.
    """
    for path, node in source.nodes.items():
        if isinstance(node, Mapping) and CHART.fullmatch(path):
            yield from _chart(source, path, node)


def _chart(source: SourceText, path: str, chart: Mapping) -> Iterator[Problem]:
    kind, series = source.text_at(f"{path}.kind"), chart.fields.get("series")
    count = len(series.items) if isinstance(series, Sequence) else 1
    rows = chart.fields.get("rows")
    for y, row in enumerate(rows.items if isinstance(rows, Sequence) else ()):
        values = row.fields.get("values") if isinstance(row, Mapping) else None
        if not isinstance(values, Sequence):
            continue
        where = f"{path}.rows[{y}].values"
        if len(values.items) != count:
            names = "series" if count > 1 else "series, which “series” may name"
            message = f"the chart has {count} {names}, and this row {len(values.items)} figures"
            yield make_problem("R25", message, source.place(where), where)
        for x, value in enumerate(values.items):
            yield from _check_figure(source, f"{where}[{x}]", value, whole=kind == "stacked")
    bars = (len(rows.items) if isinstance(rows, Sequence) else 0) * (count if kind == "bar" else 1)
    if kind != "line" and bars > MOST_BARS:
        message = (
            f"a chart shows at most {MOST_BARS} bars, but this one would have {bars}; make it a table, or two charts"
        )
        yield make_problem("R26", message, source.key_place(path), path)


def _check_figure(source: SourceText, path: str, node: Node, *, whole: bool) -> Iterator[Problem]:
    """Find the problems of a figure, plain or named.

    The parts of a `whole` cannot be below zero.
    """
    if not isinstance(node, Scalar) or node.refused:
        return
    number, facts = read_number(node.value), index_by_id(source, "facts")
    if number is None and not re.fullmatch(ID, node.value):
        message = f"“{node.value}” is not a figure: write plain digits, such as 40.5, or the id of a fact"
        yield make_problem("R24", message, source.place(path), path)
    elif number is None and node.value not in facts:
        message = f"no fact in “facts” has the id “{node.value}”{suggest_name(node.value, facts)}"
        yield make_problem("R09", message, source.place(path), path)
    elif number is None:
        number = read_number(source.text_at(f"facts.{node.value}.value") or "")
        if number is None:
            message = f"the fact “{node.value}” is text; a chart needs figures"
            yield make_problem("R24", message, source.place(path), path)
    if whole and number is not None and number < 0:
        yield make_problem(
            "R26", f"“{node.value}” is below zero, so it cannot be a part of a bar", source.place(path), path
        )
