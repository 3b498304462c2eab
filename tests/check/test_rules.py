"""Every rule against its cases, its page and its file."""

from __future__ import annotations

import re

import pytest

from check.cases import FOLDER, Case, all_cases
from machine import ROOT
from pressgen.check.run import load_rules

MODULES = sorted(path.stem for path in (ROOT / "src" / "pressgen" / "check" / "rules").glob("[a-z]*.py"))
FEWEST = 6


@pytest.mark.parametrize("case", all_cases(), ids=str)
def test_the_rule_says_exactly_this(case: Case) -> None:
    assert case.lines() == case.said["expect"]


@pytest.mark.parametrize("module", MODULES)
def test_a_rule_has_six_cases_with_near_misses_among_them(module: str) -> None:
    cases = [case for case in all_cases() if case.rule == module]

    assert len(cases) >= FEWEST
    assert any(case.said["expect"] == [] for case in cases)
    assert any(case.said["expect"] for case in cases)


@pytest.mark.parametrize("module", MODULES)
def test_the_page_of_a_rule_shows_what_is_wrong_and_what_is_right(module: str) -> None:
    [rule] = [each for each in load_rules()[0] if each.check.__module__.endswith(f".{module}")]

    assert re.fullmatch(r"[A-Z“\d][^\n]{10,116}[.?]", rule.page.partition("\n")[0])
    assert re.search(r"^Wrong: ", rule.page, re.MULTILINE)
    assert re.search(r"^Right: ", rule.page, re.MULTILINE)
    assert module.startswith(f"{rule.code.lower()}_")


def test_no_cases_are_left_without_their_rule() -> None:
    assert {path.stem for path in FOLDER.glob("*.yaml")} <= set(MODULES)


def test_every_rule_can_be_used() -> None:
    assert load_rules()[1] == ()
