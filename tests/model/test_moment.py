"""A wall time names one instant, or is refused."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressgen.model.moment import WallTimeError, is_ambiguous_time, read_moment


@pytest.mark.parametrize(
    ("wall", "zone", "instant"),
    [
        ("2019-05-08 00:01", "Europe/London", "2019-05-07T23:01:00+00:00"),
        ("2019-05-08 00:00", "Europe/London", "2019-05-07T23:00:00+00:00"),
        ("2019-01-08 00:01", "Europe/London", "2019-01-08T00:01:00+00:00"),
        ("2024-02-29 01:30", "Europe/London", "2024-02-29T01:30:00+00:00"),
        ("2019-03-31 00:59", "Europe/London", "2019-03-31T00:59:00+00:00"),
        ("2019-03-31 02:00", "Europe/London", "2019-03-31T01:00:00+00:00"),
        ("2026-12-31 23:59", "Pacific/Kiritimati", "2026-12-31T09:59:00+00:00"),
        ("2026-03-08 03:00", "America/New_York", "2026-03-08T07:00:00+00:00"),
    ],
)
def test_a_wall_time_names_its_instant(wall: str, zone: str, instant: str) -> None:
    assert read_moment(wall, zone).instant.isoformat() == instant


@pytest.mark.parametrize(("fold", "instant"), [("first", "00:30"), ("second", "01:30")])
def test_a_doubled_time_is_settled_by_fold(fold: str, instant: str) -> None:
    assert f"{read_moment('2019-10-27 01:30', 'Europe/London', fold).instant:%H:%M}" == instant


@pytest.mark.parametrize(
    ("wall", "zone", "message"),
    [
        (
            "2019-03-31 01:30",
            "Europe/London",
            "01:30 does not exist on 2019-03-31 in Europe/London: clocks go from 01:00 to 02:00; "
            "write a time before 01:00 or from 02:00",
        ),
        (
            "2019-10-06 02:10",
            "Australia/Lord_Howe",
            "02:10 does not exist on 2019-10-06 in Australia/Lord_Howe: clocks go from 02:00 to 02:30; "
            "write a time before 02:00 or from 02:30",
        ),
        (
            "2019-10-27 01:30",
            "Europe/London",
            "“2019-10-27 01:30” occurs twice in Europe/London: 01:30 BST (00:30 UTC, fold: first) or "
            "01:30 GMT (01:30 UTC, fold: second); add times.fold",
        ),
        ("2023-02-29 00:01", "Europe/London", "“2023-02-29 00:01” does not exist: day is out of range for month"),
    ],
)
def test_a_time_that_does_not_exist_once_is_refused(wall: str, zone: str, message: str) -> None:
    with pytest.raises(WallTimeError) as refusal:
        read_moment(wall, zone)

    assert str(refusal.value) == message


@pytest.mark.parametrize("wall", ["20190508", "2019-05-08", "00.01", "2019-05-08T00:01+01:00", "٢٠١٩-٠٥-٠٨ ٠٠:٠١", ""])
def test_another_shape_is_no_wall_time(wall: str) -> None:
    with pytest.raises(WallTimeError, match="is not a wall time"):
        read_moment(wall, "Europe/London")


def test_only_the_hour_that_repeats_occurs_twice() -> None:
    assert [is_ambiguous_time(f"2019-10-27 {hour}", "Europe/London") for hour in ("00:59", "01:00", "01:59",
    "02:00")] == [
        False, True, True, False,
    ]  # fmt: skip


@given(st.datetimes(), st.sampled_from(["Europe/London", "America/New_York", "Pacific/Kiritimati", "Pacific/Apia"]))
def test_a_moment_shows_the_wall_time_it_was_read_from(wall: datetime, zone: str) -> None:
    text = f"{wall.year:04}-{wall:%m-%d %H:%M}"
    try:
        moment = read_moment(text, zone, "first")
    except WallTimeError:
        return

    assert str(moment) == f"{text} {zone}"


@pytest.mark.parametrize("machine", ["UTC", "Europe/London", "Pacific/Kiritimati"])
def test_the_machines_own_zone_changes_nothing(machine: str) -> None:
    code = "from pressgen.model.moment import read_moment as r; print(r('2019-05-08 00:01', 'Europe/London').instant)"
    environment = {**os.environ, "TZ": machine}

    shown = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)

    assert shown.stdout == "2019-05-07 23:01:00+00:00\n"
