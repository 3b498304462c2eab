from __future__ import annotations

import pytest

from load.sources import faults, release

PROSE = {
    "a fact": ("{{ facts.branch }}", ["4: R21 there is no value called “facts.branch”; did you mean “branches”?"]),
    "a field of a fact": (
        "{{ facts.branches.of }}",
        ["4: R21 there is no value called “facts.branches.of”"],
    ),
    "a person": ("By {{ people.mos.name }}", ["7: R21 there is no value called “people.mos”; did you mean “moss”?"]),
    "a field of a person": (
        "{{ people.moss.nmae }}",
        ["4: R21 there is no value called “people.moss.nmae”; did you mean “name”?"],
    ),
    "a term": ("{{ terms.CSL }}", ["4: R21 there is no value called “terms.CSL”; did you mean “CLS”?"]),
    "a finding": (
        "{{ findings.stok.rating }}",
        ["4: R21 there is no value called “findings.stok”; did you mean “stock”?"],
    ),
    "a link": ("{{ links.reprot.url }}", ["4: R21 there is no value called “links.reprot”; did you mean “report”?"]),
    "a link to no address": (
        "See [x](page.html)",
        ["5: R20 a link needs an address such as https://… (http, https, mailto or tel), not “page.html”"],
    ),
    "a linked text": (
        "See [the *new* plan](links.reprot)",
        ["5: R21 there is no value called “links.reprot”; did you mean “report”?"],
    ),
    "a time that is not given": ("{{ times.publish }}", ["4: R21 there is no value called “times.publish”"]),
    "a world of its own": ("{{ fact.branches }}", ["4: R21 there is no value called “fact”; did you mean “facts”?"]),
    "the second of two": (
        "{{ facts.branches }} é😀 {{ facts.x }}",
        ["28: R21 there is no value called “facts.x”"],
    ),
    "in a sum": ("{{ facts.branches + facts.y }}", ["21: R21 there is no value called “facts.y”"]),
    "a note": ("So.[^cuont]", ["4: R08 no note has the id “cuont”; did you mean “count”?"]),
    "never closed": (
        "So {{ facts.branches",
        ["4: R20 “{{” is never closed by “}}”; for the characters themselves write \\{\\{"],
    ),
    "a statement": (
        "{% if x %} [^lost]",
        [
            "1: R20 statements such as {% if %} are not allowed in prose; for the characters themselves write \\{%",
            "12: R08 no note has the id “lost”",
        ],
    ),
}


@pytest.mark.parametrize(("prose", "lines"), PROSE.values(), ids=PROSE)
def test_what_prose_names_must_be_there(prose: str, lines: list[str]) -> None:
    """The column is the name's own, in the file: the text begins in column 5 of its line."""
    text = release(f"body:\n  - >-\n    {prose}\n")
    shown = [line.removeprefix("release.yaml:3:") for line in faults(text)]

    expected = [f"{int(at) + 4}:{message}" for at, _, message in (line.partition(":") for line in lines)]
    assert expected == shown


@pytest.mark.parametrize(
    "first",
    [
        "headline: x {{ facts.lost }}\n",
        "subhead: x {{ facts.lost }}\n",
        "summary: x {{ facts.lost }}\n",
        "notes: [{id: count, text: 'x {{ facts.lost }}'}]\n",
        "findings: {scale: [A, B], items: [{id: stock, subject: S, rating: A, text: 'x {{ facts.lost }}'}]}\n",
        "findings: {scale: [A, B], items: [{id: stock, subject: 'x {{ facts.lost }}', rating: A}]}\n",
        "body: ['x {{ facts.lost }}']\n",
        "body: [heading: 'x {{ facts.lost }}']\n",
        "body: [quote: {by: moss, words: 'x {{ facts.lost }}'}]\n",
        "body: [quote: {by: moss, words: [a, 'x {{ facts.lost }}']}]\n",
        "body: [list: ['x {{ facts.lost }}']]\n",
        "body: [list: {items: ['x {{ facts.lost }}']}]\n",
        "body: [list: {items: [{text: 'x {{ facts.lost }}', items: [a]}]}]\n",
        "body: [list: {items: [{text: a, items: [{text: b, items: ['x {{ facts.lost }}']}]}]}]\n",
        "body: [table: {caption: 'x {{ facts.lost }}', header: [a], rows: [[b]]}]\n",
        "body: [table: {header: ['x {{ facts.lost }}'], rows: [[b]]}]\n",
        "body: [table: {header: [a], rows: [['x {{ facts.lost }}']]}]\n",
        "body: [findings: {caption: 'x {{ facts.lost }}'}]\n",
        "body: [image: {file: a.png, alt: b, caption: 'x {{ facts.lost }}'}]\n",
    ],
)
def test_every_text_that_is_prose_is_read_as_prose(first: str) -> None:
    column = first.index("facts.lost") + 1

    assert [f"release.yaml:1:{column}: R21 there is no value called “facts.lost”"] == faults(release(first))


@pytest.mark.parametrize("first", ["place: '{{ facts.lost }}'\n", "people: {moss: {name: '[^lost]'}}\n"])
def test_what_is_no_prose_is_left_as_typed(first: str) -> None:
    assert faults(release(first)) == []


def test_what_is_there_may_be_named() -> None:
    names = (
        "facts.branches facts.branches.unit people.moss.role terms.CLS findings.stock.rating links.report.url"
        " times.embargo"
    )
    prose = " ".join(f"{{{{ {name} }}}}" for name in names.split())

    assert faults(release(f"headline: '{prose} [plan](links.report)[^count]'\n")) == []
