"""Embargo lines as offices write them, each read as an instant, or left open for the right reason."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressgen.text.embargo.line_reader import (
    Embargo,
    EmbargoDoubt,
    ImmediateRelease,
    NoEmbargo,
    UnsettledEmbargo,
    UnsettledReason,
    read_embargo,
)

LONDON, SYDNEY, NEW_YORK = "Europe/London", "Australia/Sydney", "America/New_York"


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


@pytest.mark.parametrize(
    ("line", "zone", "expected"),
    [
        ("EMBARGOED UNTIL 00.01 WEDNESDAY 8 MAY 2019", LONDON, "2019-05-08T00:01+01:00"),
        ("Embargo: 9:30am (BST), Thursday 6th June 2024", LONDON, "2024-06-06T09:30+01:00"),
        ("Strictly embargoed until 0001hrs GMT, 4 January 2024", LONDON, "2024-01-04T00:01+00:00"),
        ("Not for publication or broadcast before 12 noon on 3 July 2023", LONDON, "2023-07-03T12:00+01:00"),
        ("Embargoed until 12am 27 January 2003", SYDNEY, "2003-01-27T00:00+11:00"),
        ("EMBARGOED UNTIL 6.30PM 12.11.82", SYDNEY, "1982-11-12T18:30+11:00"),
        ("EMBARGOED UNTIL 5.00am EST FRIDAY 19/06/15", SYDNEY, "2015-06-19T05:00+10:00"),
        ("EMBARGOED UNTIL 5.00am EST FRIDAY 2/6/15", NEW_YORK, "2015-02-06T05:00-05:00"),
        ("Embargoed until 4 a.m. CT/5 a.m. ET, Monday, Aug. 26, 2024", NEW_YORK, "2024-08-26T09:00+00:00"),
        ("Sperrfrist: Montag, 3. März 2025, 18 Uhr", "Europe/Berlin", "2025-03-03T18:00+01:00"),
        ("Sous embargo jusqu'au mardi 1er avril 2025 à 18 h 30", "Europe/Paris", "2025-04-01T18:30+02:00"),
        ("Embargado hasta las 09:00 del lunes 3 de marzo de 2025", "Europe/Madrid", "2025-03-03T09:00+01:00"),
        ("Embargo tan 00.01 ddydd Iau 6 Mehefin 2024", LONDON, "2024-06-06T00:01+01:00"),
        ("Embargo 24:00 on 3 July 2023", LONDON, "2023-07-04T00:00+01:00"),
        ("EMBARGOED UNTIL 13:00 ON 4 MAY 2021, UK TIME", "Europe/Paris", "2021-05-04T13:00+01:00"),
        ("Embargoed until 2026-08-21 08:59 UTC+2", LONDON, "2026-08-21T08:59+02:00"),
        ("EMBARGOED UNTIL: 2025-06-04T00:01:00+01:00", NEW_YORK, "2025-06-04T00:01+01:00"),
        ("Embargo 2025-06-03T23:01Z", LONDON, "2025-06-04T00:01+01:00"),
        ("Release after 06:00 on 4 June 2025", LONDON, "2025-06-04T06:00+01:00"),
    ],
)
def test_a_line_that_says_all_names_its_instant(line: str, zone: str, expected: str) -> None:
    reading = read_embargo(line, zone)

    assert isinstance(reading, Embargo)
    assert reading.moment.instant == instant(expected)


@pytest.mark.parametrize(
    ("line", "why", "wall"),
    [
        ("EMBARGOED UNTIL 00:01 WEDNESDAY 8 MAY", UnsettledReason.YEAR, "YYYY-05-08 00:01"),
        ("Embargoed until Saturday, 31 December 2005", UnsettledReason.TIME, "2005-12-31 HH:MM"),
        ("EMBARGO UNTIL 6PM", UnsettledReason.DATE, "YYYY-MM-DD 18:00"),
        ("Embargoed until 5.30pm today", UnsettledReason.DATE, "YYYY-MM-DD 17:30"),
        ("EMBARGOED UNTIL MIDNIGHT 7 MARCH 1991", UnsettledReason.MIDNIGHT, "1991-03-07 HH:MM"),
        ("Embargoed until 00:01 Tuesday 8 May 2019", UnsettledReason.WEEKDAY, "2019-05-DD 00:01"),
        ("Embargoed until 4:15 p.m. CT/5:15 p.m. CT, Sunday, Nov. 17, 2024", UnsettledReason.ZONE, "2024-11-17 HH:MM"),
        ("Embargoed until Saturday, May 27, 2006, at 11:05 AM EST", UnsettledReason.SEASON, "2006-05-27 HH:MM"),
        ("EMBARGO: not for use until delivery, about 8pm", UnsettledReason.EVENT, "YYYY-MM-DD HH:MM"),
        ("Embargoed until 01:30 on 31 March 2019", UnsettledReason.CLOCKS, "2019-03-31 01:30"),
        ("Embargoed until 01:30 on 27 October 2019", UnsettledReason.CLOCKS, "2019-10-27 01:30"),
    ],
)
def test_what_a_line_does_not_settle_stays_open_for_its_reason(line: str, why: UnsettledReason, wall: str) -> None:
    reading = read_embargo(line, NEW_YORK if "EST" in line or "CT" in line else LONDON)

    assert isinstance(reading, UnsettledEmbargo)
    assert (reading.why, reading.wall) == (why, wall)


@pytest.mark.parametrize(
    "line",
    [
        "NO EMBARGO",
        "EMBARGO: IMMEDIATE",
        "FOR IMMEDIATE RELEASE: 3 May 2021",
        "Not embargoed",
        "Zur sofortigen Veröffentlichung",
        "Pour diffusion immédiate",
        "Para publicación inmediata",
        "I’w ryddhau ar unwaith",
    ],
)
def test_immediate_release_is_known(line: str) -> None:
    assert read_embargo(line, LONDON) == ImmediateRelease()


@pytest.mark.parametrize(
    "line",
    [
        "The embargo on beef imports ends on 3 June 2025.",
        "EMBARGO NO: 60/87",
        "Embargo link: https://press.example.org/2019/05/08/report.pdf",
        "During the embargo period, please ring the press office on 8 May 2019 at 9am.",
        "After the embargo lifts at 00.01 on 8 May 2019 the paper will be here.",
        "The plan, sin embargo, no cambia el 8 de mayo de 2019 a las 09:00.",
        "NOT FOR RELEASE OR DISTRIBUTION IN OR INTO THE UNITED STATES UNTIL 8 MAY 2019 09:00",
        "Es gilt das gesprochene Wort",
        "The report is available from our office.",
        "The minister called for the immediate closure of the arms embargo office at 9am on 8 May 2019.",
    ],
)
def test_a_trap_is_no_embargo(line: str) -> None:
    assert read_embargo(line, LONDON) == NoEmbargo()


def test_the_date_of_the_release_gives_the_year_and_says_so() -> None:
    reading = read_embargo("EMBARGOED UNTIL 00:01 THURSDAY 2 JANUARY", LONDON, date(2019, 12, 30))

    assert isinstance(reading, Embargo)
    assert reading.moment.instant == instant("2020-01-02T00:01+00:00")
    assert EmbargoDoubt.YEAR in reading.doubts


def test_a_year_in_which_the_weekday_differs_is_never_taken() -> None:
    reading = read_embargo("EMBARGOED UNTIL 00:01 THURSDAY 2 JANUARY", LONDON, date(2018, 12, 30))

    assert isinstance(reading, UnsettledEmbargo)
    assert reading.why is UnsettledReason.WEEKDAY


def test_a_year_is_tried_against_the_weekday() -> None:
    reading = read_embargo("The report is available at example.org on Wednesday 08 May 00.01.", LONDON)

    assert isinstance(reading, UnsettledEmbargo)
    assert reading.available
    assert reading.in_year(2019) == "2019-05-08 00:01"
    assert reading.in_year(2015) is None


def test_greenwich_time_in_a_london_summer_is_doubted() -> None:
    reading = read_embargo("Embargo 16:00 GMT 25 August 2002", LONDON)

    assert isinstance(reading, Embargo)
    assert (reading.moment.zone, reading.doubts) == ("UTC", (EmbargoDoubt.GREENWICH,))


def test_a_digit_that_was_misread_is_mended_by_the_weekday() -> None:
    reading = read_embargo("EMBARGO: 6.0QPM, WEDNESDAY FEBRUARY 2S", SYDNEY, date(1996, 2, 27))

    assert isinstance(reading, Embargo)
    assert reading.moment.instant == instant("1996-02-28T18:00+11:00")
    assert EmbargoDoubt.MISREAD in reading.doubts


@given(
    st.datetimes(datetime(1975, 1, 1), datetime(2060, 1, 1)),  # noqa: DTZ001 - a wall time
    st.sampled_from(["%H:%M on %A %d %B %Y", "%A, %B %d, %Y, %I:%M %p", "%d/%m/%Y %H.%M", "%H%M hours on %d %B %Y"]),
)
def test_any_wall_time_is_read_as_it_was_written(wall: datetime, shape: str) -> None:
    there = wall.replace(tzinfo=ZoneInfo("Asia/Tokyo"), second=0, microsecond=0)

    reading = read_embargo(f"EMBARGOED UNTIL {there.strftime(shape)}", "Asia/Tokyo")

    assert isinstance(reading, Embargo)
    assert reading.moment.instant == there


@given(st.text())
def test_any_text_is_read_without_a_fault(line: str) -> None:
    assert read_embargo(f"embargo {line}", LONDON)


def test_a_line_of_a_megabyte_is_read_in_bounded_steps() -> None:
    for filler in ("embargo until not for release 9 am ", "a b c d e f g h 1 ", "12.12."):
        assert read_embargo(filler * 30_000, LONDON)


@given(st.datetimes(datetime(1990, 1, 1), datetime(2040, 1, 1)))  # noqa: DTZ001 - a wall time
def test_a_weekday_that_is_wrong_is_always_found(wall: datetime) -> None:
    other = wall + timedelta(days=1)

    reading = read_embargo(f"EMBARGOED UNTIL {wall:%H:%M} {other:%A} {wall:%d %B %Y}", LONDON)

    assert isinstance(reading, UnsettledEmbargo)
    assert reading.why is UnsettledReason.WEEKDAY
