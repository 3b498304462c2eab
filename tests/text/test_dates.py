"""Every date and time is printed from one moment, in the reader's language, with the zone of the season."""

from __future__ import annotations

import pytest

from pressgen.model.moment import read_moment
from pressgen.text.dates import format_moment, format_utc_time, get_zone_name

SUMMER = read_moment("2019-05-08 00:01", "Europe/London")


@pytest.mark.parametrize(
    ("language", "printed"),
    [
        ("en-GB", "Wednesday 8 May 2019"),
        ("cy", "Dydd Mercher 8 Mai 2019"),
        ("de", "Mittwoch 8 Mai 2019"),
        ("ar", "الأربعاء 8 مايو 2019"),
    ],
)
def test_weekday_and_month_are_in_the_language(language: str, printed: str) -> None:
    assert format_moment(SUMMER, "EEEE d MMMM y", language) == printed


@pytest.mark.parametrize(
    ("wall", "zone", "name"),
    [
        ("2019-05-08 00:01", "Europe/London", "BST"),
        ("2019-01-08 00:01", "Europe/London", "GMT"),
        ("2026-04-15 14:00", "America/New_York", "EDT"),
        ("2026-01-15 14:00", "America/New_York", "EST"),
        ("2026-01-15 14:00", "Pacific/Kiritimati", "UTC+14"),
        ("2026-01-15 14:00", "Asia/Kathmandu", "UTC+05:45"),
    ],
)
def test_the_zone_has_the_name_of_the_season(wall: str, zone: str, name: str) -> None:
    assert get_zone_name(read_moment(wall, zone)) == name


def test_a_minute_past_midnight_in_summer_is_the_day_before_in_utc() -> None:
    assert format_utc_time(SUMMER, "en-GB") == "23:01 UTC, Tuesday 7 May"


def test_a_pattern_that_means_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="is no date pattern"):
        format_moment(SUMMER, "jj foo", "en-GB")
