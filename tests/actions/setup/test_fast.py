"""What the doctor says of the patches of WeasyPrint."""

from __future__ import annotations

import os
import sys

import pytest

from pressgen.actions.setup import fast
from pressgen.actions.setup.fast import find_fast_path_obstacle
from pressgen.pdf.speed.patches import STOCK

SAYS = "import os; stock = os.environ['PRESSGEN_STOCK'] == '1'; "


def machine(**changes: str) -> dict[str, str]:
    """The environment of the tests, where nobody has switched the patches off."""
    return {name: value for name, value in os.environ.items() if name != STOCK} | changes


def pretend(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Let a trial run `code`, where `stock` says which of the two it is."""
    monkeypatch.setattr(fast, "TRIAL", [sys.executable, "-c", SAYS + code])


def test_nothing_hinders_the_patches_here() -> None:
    """Two processes, each with WeasyPrint: the bytes of a few documents are compared as on any machine."""
    assert find_fast_path_obstacle(machine(PYTHONPATH=":".join(sys.path))) == ""


def test_who_has_switched_them_off_is_told_so() -> None:
    assert find_fast_path_obstacle(machine(**{STOCK: "1"})) == "off, because PRESSGEN_STOCK is 1 here; unset it"


def test_other_bytes_are_told_with_the_way_to_be_rid_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(monkeypatch, """print('{"out": {}, "made": {"prose": "1", "table": "%s"}}' % stock)""")

    assert find_fast_path_obstacle(machine()) == "set PRESSGEN_STOCK=1: on this machine the files differ in table"


def test_a_source_that_is_another_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(monkeypatch, """print('{"out": {"glyphs": "weasyprint.draw.text"}, "made": {}}')""")

    assert find_fast_path_obstacle(machine()) == (
        "partly off (glyphs), because of other versions than the tested ones: weasyprint.draw.text;"
        " pip install weasyprint==70.0 pydyf==0.13.0 cssselect2==0.10.1"
    )


def test_a_trial_that_fails_is_no_speed(monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(monkeypatch, "raise SystemExit(3)")

    assert "WeasyPrint failed on a trial" in find_fast_path_obstacle(machine())
