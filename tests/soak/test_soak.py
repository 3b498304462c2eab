from __future__ import annotations

import pytest

from machine import lack
from soak.__main__ import play
from soak.registry import Run, load_run, names
from soak.result import Result

SEED = 20_000
"""Another beginning than that of `make soak`."""


@pytest.mark.parametrize("name", names())
def test_a_short_part_of_each_long_run_finds_nothing(name: str) -> None:
    run = load_run(name)

    result = run.play(run.short, SEED)

    assert result.faults == ()
    assert result.rounds > 0


@pytest.mark.parametrize("name", names())
def test_each_run_says_in_one_line_what_it_plays_and_plays_more_in_a_soak(name: str) -> None:
    run = load_run(name)

    assert run.about.endswith(".")
    assert run.size > run.short > 0


@pytest.mark.parametrize(("faults", "code"), [((), 0), (("7 lost: a word",), 1)])
def test_a_run_that_finds_something_says_what_and_exits_with_1(
    faults: tuple[str, ...], code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run = Run("storm", "Ships.", 10, 1, lambda size, _: Result(size, faults))
    monkeypatch.setattr("soak.__main__.load_run", lambda _: run)
    monkeypatch.setenv("PRESSGEN_TESTS", "all")

    assert play("storm", None, 3) == code
    assert capsys.readouterr().out.splitlines() == [*faults, f"10 rounds from seed 3, {len(faults)} faults. "]


def test_a_run_whose_program_is_missing_is_not_called_good(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("soak.__main__.load_run", lambda _: Run("storm", "Ships.", 10, 1, _lacking))
    monkeypatch.setenv("PRESSGEN_TESTS", "")

    assert play("storm", None, 3) == 3
    assert "no sails" in capsys.readouterr().out


def _lacking(size: int, seed: int) -> Result:
    lack(f"no sails for {size} ships from {seed}")
    raise AssertionError
