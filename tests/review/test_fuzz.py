from __future__ import annotations

from collections import Counter

import pytest

from review.fuzz import GOOD, played

NEVER = {"lost", "untold", "closure broken"}
"""What no file may ever show: words or changes of the editor that no proposal tells of."""


@pytest.mark.parametrize("dialect", range(7))
def test_whatever_an_editor_does_is_told_on_the_right_text(dialect: int) -> None:
    verdicts: Counter[str] = Counter()
    copies = 6
    for copy in range(copies):
        _, found, wrong, _ = played(10_000 + dialect * copies + copy - 10_000 % copies)
        assert not [line for line in wrong if line.split(": ")[1] in NEVER]
        verdicts += found

    right = sum(count for verdict, count in verdicts.items() if verdict in GOOD)

    assert right >= 0.9 * verdicts.total()
