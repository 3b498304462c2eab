"""What a merge of two versions of a text must have."""

from __future__ import annotations

from collections.abc import Sequence


def assert_holds_both(merged: Sequence[str], base: Sequence[str], *sides: Sequence[str]) -> None:
    """Assert that a merge has what both sides kept and what either put in, in the order of each.

    It is judged by pieces (lines or words) that occur once: which of the base another one took the place of is not in
    a text.
    """
    kept = [piece for piece in base if all(piece in side for side in sides)]
    new = {piece for side in sides for piece in side} - set(base)
    assert sorted(merged) == sorted([*kept, *new])
    for side in sides:
        assert [piece for piece in merged if piece in side] == [piece for piece in side if piece in merged]
