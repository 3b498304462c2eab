"""What people are told of an act that failed."""

from __future__ import annotations

import pytest

from pressgen.errors import EnvironmentFailureError
from pressgen.scheduler.handlers import TemporaryFailureError
from pressgen.scheduler.workflows import WorkflowRetryPolicy, _attempt

LACK = "WIRE_KEY is not set: it holds the secret for wire"
ONCE = WorkflowRetryPolicy(attempts=1, reported_at=1, interval=0.0, growth=1.0)


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (EnvironmentFailureError(LACK), LACK),
        (TemporaryFailureError("public: it may not be written"), "public: it may not be written"),
        (PermissionError(13, "Permission denied", "public"), "public: Permission denied"),
        (ValueError("no such page"), "pressgen itself is at fault (ValueError: no such page); please report it"),
    ],
)
def test_our_own_words_stand_alone_and_a_fault_of_the_program_has_its_kind(fault: Exception, said: str) -> None:
    told: list[str] = []

    def act() -> None:
        raise fault

    assert _attempt(act, ONCE, told.append) == {"refused": said}
    assert told == [f"{said}; it is being tried again"]
