"""What `pressgen review receive` does with a file follows from its options, and from whether a person can be asked."""

from __future__ import annotations

import pytest

from pressgen.cli.review_receive import DecisionOptions, ReceiveMode, choose_mode
from pressgen.errors import UsageError

NOTHING = DecisionOptions(everything=False, accept=(), everywhere=(), refuse=(), reason="")
EVERYTHING = DecisionOptions(everything=True, accept=(), everywhere=(), refuse=(), reason="")
NUMBERED = DecisionOptions(everything=False, accept=("1-4",), everywhere=(), refuse=(), reason="")


@pytest.mark.parametrize(
    ("options", "ask", "shape", "interactive", "expected"),
    [
        (NOTHING, None, "text", True, ReceiveMode.ASK),
        (NOTHING, None, "text", False, ReceiveMode.LIST),
        (NOTHING, None, "json", True, ReceiveMode.LIST),
        (NOTHING, True, "text", False, ReceiveMode.ASK),
        (NOTHING, False, "text", True, ReceiveMode.LIST),
        (EVERYTHING, None, "text", True, ReceiveMode.DECIDE),
        (NUMBERED, False, "json", True, ReceiveMode.DECIDE),
    ],
)
def test_the_options_decide_before_anybody_is_asked(
    options: DecisionOptions, *, ask: bool | None, shape: str, interactive: bool, expected: ReceiveMode
) -> None:
    assert choose_mode(options, ask, shape, 1, interactive=interactive) is expected


@pytest.mark.parametrize(
    ("options", "ask", "shape", "files", "message"),
    [
        (EVERYTHING, True, "text", 1, "--ask asks about each"),
        (NOTHING, True, "json", 1, "--ask asks about each"),
        (NUMBERED, None, "text", 2, "work with a single FILE, because the numbers are counted per file"),
    ],
)
def test_options_that_contradict_each_other_are_refused(
    options: DecisionOptions, *, ask: bool | None, shape: str, files: int, message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        choose_mode(options, ask, shape, files, interactive=True)
