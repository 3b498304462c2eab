"""Two texts as one, with what went and what came."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressgen.text.inline_changes import format_redline

LONG = " ".join(f"w{number}" for number in range(40))


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("It holds.", "It held.", "It [-holds.-]{+held.+}"),
        ("", "It holds.", "{+It holds.+}"),
        ("In all 4\u202f210 saw it.", "In all 4\u202f300 saw it.", "In all [-4\u202f210-]{+4\u202f300+} saw it."),
        ("It holds.", "", "[-It holds.-]"),
        ("It holds.", "It holds.", "…"),
        ("It\nholds.", "It\nheld.", "It ¶ [-holds.-]{+held.+}"),
        (f"a {LONG}", f"b {LONG}", "[-a-]{+b+} w0 w1 w2 w3 w4 w5 w6 w7…"),
        (f"{LONG} a", f"{LONG} b", "…w32 w33 w34 w35 w36 w37 w38 w39 [-a-]{+b+}"),
    ],
)
def test_what_went_and_what_came_is_marked(before: str, after: str, told: str) -> None:
    assert format_redline(before, after) == told


@given(st.text("ab c", max_size=12), st.text("ab c", max_size=12))
def test_both_texts_can_be_read_from_it(before: str, after: str) -> None:
    """A redline that lost a word would hide a change."""
    told = format_redline(before, after)

    if "…" not in told:
        assert re.sub(r"\{\+.*?\+\}", "", told).replace("[-", "").replace("-]", "") == before
        assert re.sub(r"\[-.*?-\]", "", told).replace("{+", "").replace("+}", "") == after
