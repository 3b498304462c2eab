"""Durations in words."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pressgen.text.durations import format_duration


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(0), "less than a second"),
        (timedelta(seconds=0.4), "less than a second"),
        (timedelta(seconds=1), "1 second"),
        (timedelta(seconds=90), "1 minute 30 seconds"),
        (timedelta(minutes=60), "1 hour"),
        (timedelta(hours=1, seconds=5), "1 hour"),
        (timedelta(hours=9, minutes=29, seconds=59), "9 hours 29 minutes"),
        (timedelta(days=1, hours=11), "1 day 11 hours"),
        (timedelta(days=1, minutes=3), "1 day"),
        (timedelta(days=7, hours=23), "7 days"),
        (timedelta(days=400, hours=4), "400 days"),
        (timedelta(hours=66320, minutes=30), "7 years"),
        (timedelta(seconds=-30), "30 seconds"),
    ],
)
def test_a_duration_is_given_in_its_largest_units(length: timedelta, words: str) -> None:
    assert format_duration(length) == words
