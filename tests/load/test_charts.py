from __future__ import annotations

import pytest

from load.sources import faults, release

CHART = """\
body:
  - chart:
      kind: {kind}
      caption: Open libraries
      unit: libraries
      {series}
      rows:
        - {{label: North, values: [{values}]}}
"""


def chart(values: str, kind: str = "bar", series: str = "labels: Area") -> str:
    """A release whose body is one chart of one row."""
    return release(CHART.format(kind=kind, series=series, values=values))


CASES = {
    "an unknown fact": (chart("branch"), "8:35: R09 no fact in “facts” has the id “branch”; did you mean “branches”?"),
    "a number in words": (
        chart("about 9"),
        "8:35: R24 “about 9” is not a figure: write plain digits, such as 40.5, or the id of a fact",
    ),
    "too many figures": (
        chart("9, 8"),
        "8:34: R25 the chart has 1 series, which “series” may name, and this row 2 figures",
    ),
    "too few figures": (
        chart("9", series="series: [2030, 2031]"),
        "8:34: R25 the chart has 2 series, and this row 1 figures",
    ),
    "a part below nought": (
        chart("-9", kind="stacked"),
        "8:35: R26 “-9” is below zero, so it cannot be a part of a bar",
    ),
    "a caption with an unknown name": (
        chart("9").replace("caption: Open", "caption: '{{ facts.cats }}' #"),
        "4:20: R21",
    ),
}


@pytest.mark.parametrize(("text", "said"), CASES.values(), ids=CASES)
def test_what_a_chart_cannot_show_is_refused_at_its_place(text: str, said: str) -> None:
    assert [line for line in faults(text) if said in line], faults(text)


def test_a_fact_of_words_is_no_figure() -> None:
    text = chart("branches").replace("branches: {value: 9", "branches: {value: several")

    assert "release.yaml:8:35: R24 the fact “branches” is text; a chart needs figures" in faults(text)


@pytest.mark.parametrize(("kind", "rows", "fits"), [("bar", 12, True), ("bar", 13, False), ("line", 40, True)])
def test_a_chart_has_no_more_bars_than_a_page_holds(kind: str, rows: int, *, fits: bool) -> None:
    more = "".join(f"        - {{label: Area {number}, values: [{number}]}}\n" for number in range(1, rows))
    body = CHART.format(kind=kind, series="labels: Area", values="9") + more
    refused = f"release.yaml:2:5: R26 a chart shows at most 12 bars, but this one would have {rows};"

    assert [line.startswith(refused) for line in faults(release(body))] == ([] if fits else [True])
