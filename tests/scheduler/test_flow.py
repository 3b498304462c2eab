"""What people are told of an act that failed."""

from __future__ import annotations

import pytest

from pressgen.errors import EnvironmentFailureError
from pressgen.scheduler.workflows import WorkflowRetryPolicy, _attempt

LACK = "WIRE_KEY is not set: it holds the secret for wire"
ONCE = WorkflowRetryPolicy(attempts=1, told_at=1, interval=0.0, growth=1.0)


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (EnvironmentFailureError(LACK), LACK),
        (ValueError("no such page"), "ValueError: no such page"),
    ],
)
def test_our_own_words_stand_alone_and_others_with_their_kind(fault: Exception, said: str) -> None:
    told: list[str] = []

    def act() -> None:
        raise fault

    assert _attempt(act, ONCE, told.append) == {"refused": said}
    assert told == [f"{said}; it is being tried again"]
