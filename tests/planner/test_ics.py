"""The calendar as another program reads it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Component, Timezone

from gridlines import at, line
from pressgen.planner.grid_entry import GridEntry
from pressgen.planner.ics import format_icalendar
from pressgen.planner.vtimezone import build_vtimezone

WHOLE = line(issue="2027-03-09 10:00", embargo="2027-03-11 00:01", publish="2027-03-11 09:30", sequence=3)
START = datetime(2026, 1, 1, tzinfo=UTC)
ZONES = ["Europe/London", "Europe/Dublin", "America/New_York", "Pacific/Kiritimati", "Australia/Lord_Howe",
         "Africa/Casablanca", "Asia/Kolkata", "America/Sao_Paulo", "UTC"]  # fmt: skip


def read(*lines: GridEntry) -> Component:
    return Calendar.from_ical(format_icalendar(lines, "Press office: releases", "news.example.org"))


def events(*lines: GridEntry) -> list[Component]:
    return list(read(*lines).walk("VEVENT"))


def test_each_time_is_an_event_at_its_hour_on_the_releases_own_clock() -> None:
    issue, lift, publish = events(WHOLE)

    assert [str(each["SUMMARY"]) for each in (issue, lift, publish)] == [
        "Issue under embargo: Headline of REF-1",
        "Embargo lifts: Headline of REF-1",
        "Published: Headline of REF-1",
    ]
    assert [each.decoded("DTSTART") for each in (issue, lift, publish)] == [
        at("2027-03-09 10:00"),
        at("2027-03-11 00:01"),
        at("2027-03-11 09:30"),
    ]
    assert lift["DTSTART"].params["TZID"] == "Europe/London"


def test_an_event_keeps_its_name_when_its_release_is_moved_and_its_number_grows() -> None:
    moved = line(issue="2027-03-09 10:00", embargo="2027-03-12 00:01", publish="2027-03-12 09:30", sequence=4)

    before, after = events(WHOLE), events(moved)

    assert [each["UID"] for each in before] == [each["UID"] for each in after]
    assert before[1]["UID"] == "REF-1.embargo@news.example.org"
    assert (before[1]["SEQUENCE"], after[1]["SEQUENCE"]) == (3, 4)


def test_an_hour_before_a_release_becomes_public_there_is_an_alarm() -> None:
    issue, lift, publish = events(WHOLE)
    (immediate,) = events(line(publish="2027-03-11 09:30"))

    for each in (lift, publish, immediate):
        (alarm,) = each.walk("VALARM")
        assert alarm.decoded("TRIGGER") == timedelta(hours=-1)
        assert alarm["ACTION"] == "DISPLAY"
    assert issue.walk("VALARM") == []


@pytest.mark.parametrize(
    ("state", "status", "alarms"),
    [
        ("draft", "TENTATIVE", 1),
        ("scheduled", "CONFIRMED", 1),
        ("lifted", "CONFIRMED", 0),
        ("withdrawn", "CANCELLED", 0),
    ],
)
def test_an_event_says_how_sure_it_is(state: str, status: str, alarms: int) -> None:
    (event,) = events(line(embargo="2027-03-11 00:01", state=state))

    assert event["STATUS"] == status
    assert len(event.walk("VALARM")) == alarms


def test_the_same_lines_in_any_order_give_the_same_bytes() -> None:
    other = line("REF-2", "America/New_York", embargo="2027-03-11 00:01")

    assert format_icalendar([WHOLE, other], "n", "h") == format_icalendar([other, WHOLE], "n", "h")


@pytest.mark.parametrize("headline", ["Rivers; brooks, and “streams”", "a\\nb \\, c", "Ŵy — 水 " * 40, "Two\nlines"])
def test_any_headline_comes_back_as_it_was(headline: str) -> None:
    (event,) = events(replace(line(embargo="2027-03-11 00:01"), headline=headline))

    assert str(event["SUMMARY"]) == f"Embargo lifts: {headline}"


def test_lines_are_no_longer_than_the_standard_allows() -> None:
    """RFC 5545, 3.1: 75 octets, and CRLF."""
    made = format_icalendar([replace(WHOLE, headline="Ŵ水" * 100)], "n", "h")

    assert max(len(each) for each in made.split(b"\r\n")) <= 75
    assert made.count(b"\n") == made.count(b"\r\n")


def test_a_line_without_times_has_no_event() -> None:
    assert events(line()) == []


@pytest.mark.parametrize("fold", ["first", "second"])
def test_a_wall_time_that_occurs_twice_is_told_unmistakably(fold: str) -> None:
    """RFC 5545 takes such a local time for the first of the two."""
    instant = at("2027-10-31 01:30", fold=fold)

    (event,) = events(line(embargo=instant))

    assert event.decoded("DTSTART").astimezone(UTC) == instant


def test_every_zone_that_is_named_is_defined_once() -> None:
    made = read(
        WHOLE, line("REF-2", "America/New_York", embargo="2029-03-11 00:01"), line("REF-3", embargo="2030-06-01 09:30")
    )

    assert sorted(str(each["TZID"]) for each in made.walk("VTIMEZONE")) == ["America/New_York", "Europe/London"]


@pytest.mark.parametrize("name", ZONES)
@given(minutes=st.integers(0, 4 * 365 * 24 * 60))
def test_the_rules_of_a_zone_give_every_instant_its_wall_clock(name: str, minutes: int) -> None:
    rules, moment = definition(name), START + timedelta(minutes=minutes)

    local = moment.astimezone(ZoneInfo(name))
    applying = max((onset, number) for number, (onset, _, _) in enumerate(rules) if onset <= moment)[1]
    assert rules[applying][1:] == (local.utcoffset(), local.tzname())


@cache
def definition(name: str) -> list[tuple[datetime, timedelta, str]]:
    """The onsets that a VTIMEZONE tells, as instants: its wall time less the offset *from* (RFC 5545, 3.6.5)."""
    zone = Timezone.from_ical(build_vtimezone(name, START, datetime(2029, 12, 31, tzinfo=UTC)).to_ical())
    found = []
    for part in zone.subcomponents:
        dates = part.get("RDATE", [])
        walls = [part.decoded("DTSTART")]
        walls += [each.dt for one in (dates if isinstance(dates, list) else [dates]) for each in one.dts]
        start, end = part.decoded("TZOFFSETFROM"), part.decoded("TZOFFSETTO")
        found += [(wall.replace(tzinfo=UTC) - start, end, str(part["TZNAME"])) for wall in walls]
    return sorted(found)


def test_the_onset_is_told_as_the_clock_showed_it_before() -> None:
    """In London clocks go from 01:00 GMT to 02:00 BST, and from 02:00 BST to 01:00 GMT."""
    text = build_vtimezone("Europe/London", at("2027-01-01 00:00"), at("2027-12-01 00:00")).to_ical().decode()

    assert "DTSTART:20270328T010000" in text
    assert "DTSTART:20271031T020000" in text
