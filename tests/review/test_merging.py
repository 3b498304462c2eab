"""The office has gone on with a release while the editor worked on the copy."""

from __future__ import annotations

from collections import Counter

from review.fuzz_threeway import History


def test_what_merges_cleanly_has_what_both_sides_did() -> None:
    verdicts = Counter(History(seed).verdict() for seed in range(7000, 7150))

    assert set(verdicts) == {"clean", "conflict"}
    assert verdicts["clean"] > verdicts["conflict"]
