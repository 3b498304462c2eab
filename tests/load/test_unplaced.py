from __future__ import annotations

import pytest

from load.sources import faults, release


def test_a_word_without_a_place_is_refused_where_it_stands() -> None:
    found = faults(release("unplaced:\n  - line: 3\n    text: County Hall, Market Street\n"))

    assert len(found) == 1
    assert found[0].startswith("release.yaml:2:5: R28 “County Hall, Market Street” has no place yet")


@pytest.mark.parametrize(
    ("embargo", "part"),
    [
        ("YYYY-05-08 00:01", "the year"),
        ("2031-05-DD 00:01", "the day"),
        ("2031-05-08 HH:MM", "the time of day"),
        ("YYYY-MM-DD 09:00", "the year and the month and the day"),
    ],
)
def test_a_time_that_is_partly_open_is_refused_and_the_open_part_named(embargo: str, part: str) -> None:
    found = faults(release(f"times:\n  zone: Europe/London\n  embargo: {embargo}\n"))

    assert [f"R29 {part} is still missing" in each for each in found] == [True]
