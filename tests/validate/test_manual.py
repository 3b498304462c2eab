"""The manual tells every code, every kind of miss, and nothing that is not so."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import pressgen.validate
from machine import ROOT
from pressgen.actions.check import origin_release
from pressgen.validate.codes import CODES
from validate import archive_faults, font_faults, pdf_faults, word_faults
from validate.good import codes
from validate.misses import MISSES

if TYPE_CHECKING:
    from collections.abc import Callable

MANUAL = (ROOT / "src" / "pressgen" / "manual" / "faults.md").read_text()
ELSEWHERE = {"V01", "V03", "V04", "W01", "MH26-002", "X08", "X09", "X03", "X04", "X10", "X12"}
"""Told of hostile files and others with tests of their own."""


def used() -> set[str]:
    """Every code that a module of the room mentions, but for the table itself."""
    modules = [path for path in Path(pressgen.validate.__path__[0]).rglob("*.py") if path.name != "codes.py"]
    modules.append(Path(origin_release.__file__))
    nodes = [node for module in modules for node in ast.walk(ast.parse(module.read_text("utf-8")))]
    texts = [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return {text for text in texts if re.fullmatch(r"MH\d\d-\d{3}|(?:UA1|A3)-[\d.]+|WD\d\d|[VX]\d\d", text)}


def test_the_table_of_codes_has_those_that_the_code_uses_and_no_others() -> None:
    of_reading = {"W01", "W02"}

    assert used() | of_reading == set(CODES)


def test_the_manual_has_the_table_of_codes() -> None:
    assert dict(re.findall(r"^\| `([^`]+)` \| (.*) \|$", MANUAL, re.MULTILINE)) == CODES


def test_every_code_is_proved_by_a_seeded_fault() -> None:
    lists = (pdf_faults.CHANGES, font_faults.CHANGES, archive_faults.CHANGES, archive_faults.WHOLE, word_faults.CHANGES)
    seeded = {code for each in lists for code, _ in each.values()}

    assert seeded | ELSEWHERE == set(CODES)
    assert not seeded & ELSEWHERE


def test_the_manual_says_where_each_rule_of_newsroom_practice_is_told() -> None:
    listed = MANUAL.partition("## What newsroom practice")[2].partition("## Codes")[0]
    named = {code for code in re.findall(r"`([A-Z]+[\d.-]+)`", listed) if not code.endswith("nn")}

    assert re.findall(r"^- (X\d\d), ", listed, re.MULTILINE) == [f"X0{number}" for number in range(1, 8)]
    assert named <= set(CODES)


def test_the_manual_has_the_misses() -> None:
    told = MANUAL.partition("## What is missed")[2]

    assert set(re.findall(r"^- ((?:PDF|Word): .*)$", told, re.MULTILINE)) == set(MISSES)


@pytest.mark.parametrize("make", MISSES.values(), ids=MISSES)
def test_a_miss_is_one(make: Callable[[], bytes]) -> None:
    assert codes(make()) == set()
