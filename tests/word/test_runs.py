"""Runs are parted where tags begin and end, and keep their text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from pressgen.word.names import TAB, P, R, T
from pressgen.word.runs import find_runs, get_run_child_text, split_runs


@given(st.data())
def test_each_span_gets_runs_of_its_own_and_no_text_is_lost(data: st.DataObject) -> None:
    paragraph = etree.Element(P)
    for pieces in data.draw(st.lists(st.lists(st.text("ab ", max_size=6), max_size=4), max_size=5)):
        run = etree.SubElement(paragraph, R)
        for piece in pieces:
            etree.SubElement(run, T).text = piece
            etree.SubElement(run, TAB)
    text = "".join(get_run_child_text(child) for run in find_runs(paragraph) for child in run)
    edges = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=8)))
    spans = list(zip(edges[::2], edges[1::2], strict=False))

    held = split_runs(paragraph, spans)

    assert ["".join(get_run_child_text(child) for run in runs for child in run) for runs in held] == [
        text[start:end] for start, end in spans
    ]
    assert "".join(get_run_child_text(child) for run in find_runs(paragraph) for child in run) == text
