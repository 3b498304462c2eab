"""What the grid tells before it is too late."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridlines import line
from pressgen.planner.schedule_warnings import describe_day_off, find_schedule_warnings


def told(*lines: Any, of: str = "REF-1") -> list[str]:  # noqa: ANN401 - lines
    return [each.text for each in find_schedule_warnings(lines).get(of, [])]


def test_an_ordinary_release_has_nothing_odd_about_it() -> None:
    assert (
        find_schedule_warnings([line(issue="2027-03-09 10:00", embargo="2027-03-11 00:01", publish="2027-03-11 00:01")])
        == {}
    )


@pytest.mark.parametrize(
    ("one", "other", "clash"),
    [
        ("2027-03-11 00:01", "2027-03-11 00:01", True),
        ("2027-03-11 00:01", "2027-03-11 01:00", True),
        ("2027-03-11 00:01", "2027-03-11 01:01", False),
        ("2027-03-11 09:30", "2027-03-11 00:01", False),
    ],
)
def test_releases_within_an_hour_clash_both_ways(one: str, other: str, clash: bool) -> None:  # noqa: FBT001 - a case
    lines = [line("REF-1", embargo=one), line("REF-2", embargo=other)]

    assert told(*lines) == ["becomes public within an hour of REF-2"] * clash
    assert told(*lines, of="REF-2") == ["becomes public within an hour of REF-1"] * clash


def test_instants_clash_not_wall_clocks() -> None:
    london = line("REF-1", embargo="2027-07-01 12:00")
    york = line("REF-2", "America/New_York", embargo="2027-07-01 07:30")

    assert told(london, york) == ["becomes public within an hour of REF-2"]


def test_a_release_without_embargo_is_public_when_it_is_published() -> None:
    assert told(line("REF-1", publish="2027-03-11 09:30"), line("REF-2", embargo="2027-03-11 09:00")) == [
        "becomes public within an hour of REF-2"
    ]


def test_of_many_clashes_three_are_named() -> None:
    lines = [line(f"REF-{n}", embargo="2027-03-11 00:01") for n in range(1, 8)]

    assert told(*lines) == ["becomes public within an hour of REF-2, REF-3, REF-4 and 3 more"]


@pytest.mark.parametrize("state", ["lifted", "corrected", "withdrawn"])
def test_what_is_over_is_no_longer_odd_and_clashes_with_nothing(state: str) -> None:
    over = line("REF-2", embargo="2027-03-13 00:01", state=state)

    assert find_schedule_warnings([line("REF-1", embargo="2027-03-12 23:31"), over]) == {}


@given(st.lists(st.integers(0, 300), min_size=1, max_size=12))
def test_clashes_are_those_that_comparing_each_with_each_finds(minutes: list[int]) -> None:
    lines = [
        line(f"R{n}", embargo=f"2027-03-11 {minute // 60:02}:{minute % 60:02}") for n, minute in enumerate(minutes)
    ]
    found = find_schedule_warnings(lines)

    for n, mine in enumerate(minutes):
        near = sum(abs(mine - other) < 60 for other in minutes) - 1
        said = found.get(f"R{n}", [])
        assert len(said) == bool(near)
        if near:
            names = said[0].text.removeprefix("becomes public within an hour of ").partition(" and ")
            more = int(names[2].removesuffix(" more") or 0)
            assert len(names[0].split(", ")) + more == near


def test_bank_holidays_are_those_of_the_houses_country() -> None:
    """2 April 2027 is no holiday; 29 March is Easter Monday in England, not in Scotland."""
    monday = {"embargo": "2027-03-29 00:01"}

    assert told(line(country="GB-ENG", **monday)) == ["embargo on a bank holiday (Easter Monday)"]
    assert told(line(country="GB-SCT", **monday)) == []
    assert told(line(**monday)) == []


@pytest.mark.parametrize("country", ["XX", "GB-XXX", "ZZ-1"])
def test_an_unknown_country_has_no_holidays(country: str) -> None:
    assert told(line(country=country, embargo="2027-03-29 00:01")) == []


def test_the_day_is_that_of_the_local_clock() -> None:
    """The embargo falls on a Saturday in London, on the Friday before in New York."""
    assert told(line(embargo="2027-03-13 00:01")) == ["embargo on a Saturday"]
    assert told(line(zone="America/New_York", embargo="2027-03-12 19:01")) == []


@given(st.dates(date(2020, 1, 1), date(2040, 12, 31)))
def test_each_weekend_is_a_day_off_everywhere(day: date) -> None:
    assert bool(describe_day_off(day, "")) == (day.isoweekday() > 5)


@pytest.mark.parametrize(
    ("issue", "embargo", "said"),
    [
        ("2027-03-26 10:00", "2027-03-30 00:01", "clocks go forward on 28 March between issue and embargo"),
        ("2027-10-29 10:00", "2027-11-01 00:01", "clocks go back on 31 October between issue and embargo"),
    ],
)
def test_a_change_of_clocks_between_issue_and_lift_is_told(issue: str, embargo: str, said: str) -> None:
    assert said in told(line(issue=issue, embargo=embargo))


def test_no_change_of_clocks_is_told_where_there_is_none() -> None:
    assert told(line(zone="Asia/Tokyo", issue="2027-03-26 10:00", embargo="2027-03-30 00:01")) == []


def test_what_is_overdue_or_cannot_be_read_says_so() -> None:
    assert told(line(embargo="2027-03-11 00:01", overdue=True)) == ["overdue"]
    assert told(line(fault="releases/a/release.yaml:3:1: R07 no headline")) == [
        "releases/a/release.yaml:3:1: R07 no headline"
    ]
