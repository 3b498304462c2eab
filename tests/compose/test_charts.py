"""Charts: exact figures for the drawing, and the same in words."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pressgen.model.document import Chart
from pressgen.model.words import Field, Source

if TYPE_CHECKING:
    from conftest import Composed

ROWS = [{"label": "Cars", "values": ["cars"]}, {"label": "R&D vans", "values": ["40.50"]}]


def chart(composed: Composed, **changes: Any) -> Chart:  # noqa: ANN401 - any key of a chart
    drawing = {"kind": "bar", "caption": "Crossings", "unit": "A day", "rows": ROWS} | changes
    (found,) = composed(body=[{"chart": drawing}]).body
    assert isinstance(found, Chart)
    return found


def test_figures_are_exact_and_print_in_the_readers_way(composed: Composed) -> None:
    found = chart(composed)

    assert found.values == ((Decimal(3930),), (Decimal("40.50"),))
    assert [str(row[1]) for row in found.table.rows] == ["3,930", "40.50"]


def test_a_figure_points_at_its_fact_or_at_what_was_typed(composed: Composed) -> None:
    fact, typed = (row[1].words[0].origin for row in chart(composed).table.rows)

    assert fact == Field("facts.cars", at=Source("body[0].chart.rows[0].values[0]", 0, 4))
    assert typed == Source("body[0].chart.rows[1].values[0]", 0, 5)


def test_the_unit_heads_the_column_of_a_single_series(composed: Composed) -> None:
    found = chart(composed, labels="Kind")

    assert [str(cell) for cell in found.table.header] == ["Kind", "A day"]
    assert str(found.caption) == "Crossings"


def test_the_unit_follows_the_caption_where_series_have_names(composed: Composed) -> None:
    rows = [{"label": "Cars", "values": ["cars", "7"]}]
    found = chart(composed, rows=rows, series=["2030", "2031"])

    assert str(found.caption) == "Crossings, A day"
    assert [str(cell) for cell in found.table.header] == ["", "2030", "2031"]
    assert found.alt == "Crossings, A day. Cars: 2030 3,930, 2031 7."


def test_without_a_text_alternative_the_figures_are_it(composed: Composed) -> None:
    assert chart(composed).alt == "Crossings, A day. Cars: 3,930; R&D vans: 40.50."
    assert chart(composed, alt="Cars lead.").alt == "Cars lead."
