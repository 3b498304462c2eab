"""What people are told of an act that failed."""

from __future__ import annotations

import pytest

from pressgen.errors import MachineLacks
from pressgen.scheduler.workflows import Patience, _tried

LACK = "WIRE_KEY is not set: it holds the secret for wire"
ONCE = Patience(attempts=1, told_at=1, interval=0.0, growth=1.0)


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (MachineLacks(LACK), LACK),
        (ValueError("no such page"), "ValueError: no such page"),
    ],
)
def test_our_own_words_stand_alone_and_others_with_their_kind(fault: Exception, said: str) -> None:
    told: list[str] = []

    def act() -> None:
        raise fault

    assert _tried(act, ONCE, told.append) == {"refused": said}
    assert told == [f"{said}; it is being tried again"]
