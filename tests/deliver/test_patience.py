from __future__ import annotations

import pytest

from pressgen.deliver.outcome import Outcome
from pressgen.deliver.patience import Patience

OK, LATER, NEVER = Outcome(ok=True, detail=""), Outcome(ok=False, detail="later"), Outcome(False, "never", True)  # noqa: FBT003


@pytest.mark.parametrize(
    ("outcomes", "expected", "tries"),
    [([OK], OK, 1), ([LATER, OK], OK, 2), ([LATER, LATER, LATER, OK], LATER, 3), ([NEVER, OK], NEVER, 1)],
)
def test_a_delivery_is_tried_until_it_arrives_or_is_refused_for_good(
    outcomes: list[Outcome], expected: Outcome, tries: int
) -> None:
    left = iter(outcomes)

    assert Patience(3, 0.001).over(lambda: next(left)) is expected
    assert len(list(left)) == len(outcomes) - tries
