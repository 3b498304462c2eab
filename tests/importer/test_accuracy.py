"""Real releases are read as well as they were when this was written, or better."""

from __future__ import annotations

import pytest

from importer.accuracy import Tally, measure
from machine import need_shared

REACHED = {
    "headline": 0.95,
    "embargo": 1.0,
    "notes": 0.97,
    "end mark": 1.0,
    "contacts": 1.0,
    "quotations": 0.94,
}


@pytest.fixture(scope="module")
def tally() -> Tally:
    return measure(need_shared("corpus", "labels.json").parent)


@pytest.mark.parametrize(("part", "reached"), REACHED.items(), ids=list(REACHED))
def test_a_part_of_real_releases_is_read_as_well_as_it_was(tally: Tally, part: str, reached: float) -> None:
    assert tally.share(part) >= reached, [miss for miss in tally.misses if f": {part}: " in miss]
