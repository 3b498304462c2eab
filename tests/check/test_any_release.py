"""No release that loads can bring a rule down, whatever it says, and none takes it long."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from check.cases import caught, subject_of
from effort import spent
from pressgen.check.run import FAILED, load_rules, run_rules
from pressgen.load.characters import LONGEST_WORD
from pressgen.text.prose import escape_marks

LENGTH = 100_000
MOST = 100  # units of effort
FRAGMENTS = (
    "“”‘’\"'", "8 May 2019", "Wednesday", "00.01", "12:01pm", "midnight", "embargoed until", "four areas:", "%",
    "40 per cent", "20 of the 40 files (50 per cent)", "Dr Okafor", "Okaffor", "ENDS", "note 8", "CRC", "(CRC)", "XX",
    "[insert", "&", "the the", "rated", "‘Good’", "nearly a quarter", "1,204", "...", "e.g.", "https://test.example",
    "today (7 May)", "ŵ", "中", "אב", "\U0001f600", ",", ".", ":", ";", " ", "-", "–",
)  # fmt: skip
PARTS = (
    "a",
    "1",
    "(",
    "“a",
    "(ABC) ",
    "8 May ",
    ". ",
    "a ",
    "1,",
    "A",
    "'",
    "-",
    "Xx ",
    "20 of the ",
    "a: b, ",
    "# ",
    "A.",
    "1.1 ",
)
FACTS = """\
facts:
  a: {value: 1204, unit: officers}
  b: {value: 40, unit: per cent, of: inspected cases}
terms: {CRC: Community Rehabilitation Company}
findings:
  scale: [Good, Fair, Poor]
  items: [{id: one, subject: Safety, rating: Fair}]
"""


def release(words: str) -> dict[str, str]:
    """A release that says `words` wherever words may stand."""
    text = '"' + escape_marks(words).replace("\\", "\\\\").replace('"', '\\"') + '"'
    said = [f"{key}: {text}" for key in ("headline", "subhead", "summary")]
    body = ["body:", f"  - {text}", f"  - quote: {{by: okafor, words: [{text}, {text}]}}", f"  - {text}"]
    notes = [f"  - list: [{text}]", "notes:", f"  - {{id: one, text: {text}}}"]
    return {"release": "\n".join([*said, *body, *notes, FACTS])}


@given(st.lists(st.sampled_from(FRAGMENTS) | st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]))))
def test_no_rule_fails_on_any_text(parts: list[str]) -> None:
    found = caught(release(" ".join(parts).strip() or "x"), list(load_rules()[0]))

    assert [str(each.problem) for each in found if each.problem.code == FAILED] == []


@pytest.mark.parametrize("part", PARTS)
def test_no_rule_takes_long_over_a_hostile_text(part: str) -> None:
    """A quadratic pattern takes minutes over 100,000 characters."""
    text = (part * LENGTH)[:LENGTH].strip()
    cut = " ".join(text[at : at + LONGEST_WORD] for at in range(0, len(text), LONGEST_WORD))  # no longer word is read
    words = escape_marks(cut).replace("\\", "\\\\")
    subject, locate = subject_of({"release": f'body:\n  - "{words}"\n{FACTS}'})
    slow = []
    for rule in load_rules()[0]:
        start = process_time()
        found = run_rules(subject, [rule], [], locate)
        if (units := spent(start)) > MOST:
            slow.append(f"{rule.code} {units:.0f} units")
        assert FAILED not in {each.problem.code for each in found}

    assert slow == []
