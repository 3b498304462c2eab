"""No pattern has a construct that Python 3.11 before 3.11.4 matches wrongly."""

from __future__ import annotations

import tomllib

import pytest

from machine import ROOT
from patterns import compiled, newer, typed

SOURCES = sorted((ROOT / "src").rglob("*.py"))


def test_python_3_11_is_promised_as_long_as_this_is_tested() -> None:
    assert tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["requires-python"] == ">=3.11"


def test_no_compiled_pattern_has_a_possessive_repeat_or_an_atomic_group() -> None:
    patterns = compiled()

    assert len(patterns) > 100
    assert [(module, pattern) for module, pattern, flags in patterns if newer(pattern, flags)] == []


def test_no_typed_pattern_has_a_possessive_repeat_or_an_atomic_group() -> None:
    found = [(path, *each) for path in SOURCES for each in typed(path)]

    assert len(found) > 100
    assert [f"{path.name}:{line} {text}" for path, line, text, whole in found if newer(text, whole=whole)] == []


@pytest.mark.parametrize("pattern", ["a*+", "a++b", "a?+", "(?:a|b){2,3}+", "x(?>a|b)y", "(a(?=b*+))", "[+]++"])
@pytest.mark.parametrize("whole", [True, False])
def test_every_such_construct_is_found(pattern: str, whole: bool) -> None:  # noqa: FBT001
    assert newer(pattern, whole=whole)


@pytest.mark.parametrize("pattern", [r"\++", r"[*+]+", r"a\*+", r"[?]", r"\(\?>", r"a+\+", r"\{1,2}\+"])
def test_nothing_else_is(pattern: str) -> None:
    assert not newer(pattern)
