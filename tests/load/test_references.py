from __future__ import annotations

import pytest

from load.sources import faults, release

TWO_NOTES = "notes:\n  - {id: count, text: a}\n  - {id: count, text: b}\n"
CASES = {
    "a speaker": (
        "body:\n  - quote: {by: mos, words: Yes.}\n",
        ["2:17: R07 nobody in “people” has the id “mos”; did you mean “moss”?"],
    ),
    "a contact": (
        "contacts: [moss, fern]\n",
        ["1:18: R07 nobody in “people” has the id “fern”; there is moss"],
    ),
    "the source of a fact": (
        "facts:\n  branches: {value: 9, source: note cuont}\n",
        ["2:37: R08 no note has the id “cuont”; did you mean “count”?"],
    ),
    "the figure of a finding": (
        "findings:\n  scale: [A, B]\n  items: [{id: stock, subject: S, rating: A, figures: [branch]}]\n",
        ["3:56: R09 no fact in “facts” has the id “branch”; did you mean “branches”?"],
    ),
    "the findings to show": (
        "body:\n  - findings: {only: [stock, ponds]}\n",
        ["2:30: R10 no finding in “findings” has the id “ponds”; there is stock"],
    ),
    "a rating": (
        "findings:\n  scale: [Good, Fair]\n  items: [{id: stock, subject: S, rating: Goood}]\n",
        ["3:43: R11 “Goood” is not on the scale; did you mean “Good”?"],
    ),
    "a rating far from any": (
        "findings:\n  scale: [Good, Fair]\n  items: [{id: stock, subject: S, rating: '7'}]\n",
        ["3:44: R11 “7” is not on the scale; it has Good, Fair"],
    ),
    "a note twice": (TWO_NOTES, ["3:10: R06 the id “count” is here a second time; the first is in line 2"]),
    "a finding twice": (
        "findings:\n  scale: [A, B]\n  items:\n    - {id: stock, subject: S, rating: A}\n"
        "    - {id: stock, subject: S, rating: A}\n",
        ["5:12: R06 the id “stock” is here a second time; the first is in line 4"],
    ),
    "a link twice": (
        "links:\n  - {id: x, title: X, url: https://a}\n  - {id: x, title: X, url: https://b}\n",
        ["3:10: R06 the id “x” is here a second time; the first is in line 2"],
    ),
    "rows": (
        "body:\n  - table:\n      header: [a, b]\n      rows:\n        - [c, d]\n        - [e]\n        - [f, g, h]\n",
        [
            "6:11: R12 the header has 2 cells, but this row has 1",
            ("7:11: R12 the header has 2 cells, but this row has 3"),
        ],
    ),
    "a picture without a description": (
        "body:\n  - image: {file: a.png}\n",
        ["2:5: R13 a picture has “alt”, what it shows, or “decorative”, why it shows nothing: one of them"],
    ),
    "a picture with two": (
        "body:\n  - image: {file: a.png, alt: b, decorative: c}\n",
        ["2:5: R13 a picture has “alt”, what it shows, or “decorative”, why it shows nothing: not both"],
    ),
}


@pytest.mark.parametrize(("first", "lines"), CASES.values(), ids=CASES)
def test_what_a_release_names_must_be_there_and_agree(first: str, lines: list[str]) -> None:
    assert [f"release.yaml:{line}" for line in lines] == faults(release(first))


@pytest.mark.parametrize("source", ["note count", "Note on method, 2030", "note the annual return", "a survey"])
def test_a_source_that_is_no_id_of_a_note_is_a_publication(source: str) -> None:
    assert faults(release(f"facts: {{branches: {{value: 9, source: {source!r}}}}}\n")) == []


def test_an_empty_cell_is_a_cell() -> None:
    assert faults(release("body:\n  - table: {header: [a, b], rows: [[c, '']]}\n")) == []
