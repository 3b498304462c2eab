from __future__ import annotations

import re

import pytest

from load.sources import faults, release
from pressgen.load.release import read_release
from pressgen.model.moment import read_moments

LONDON, EASTERN, KIRITIMATI = "Europe/London", "US/Eastern", "Pacific/Kiritimati"


def times(**fields: str) -> str:
    return release("times:\n" + "".join(f"  {name}: {value}\n" for name, value in fields.items()))


@pytest.mark.parametrize(
    ("zone", "embargo", "instant"),
    [
        (LONDON, "2031-04-02 00:00", "2031-04-01 23:00"),
        (LONDON, "2031-04-02 00:01", "2031-04-01 23:01"),
        (LONDON, "2031-01-02 00:01", "2031-01-02 00:01"),
        (LONDON, "2031-03-30 00:59", "2031-03-30 00:59"),
        (LONDON, "2031-03-30 02:00", "2031-03-30 01:00"),
        (LONDON, "2031-10-26 00:59", "2031-10-25 23:59"),
        (LONDON, "2031-10-26 02:00", "2031-10-26 02:00"),
        (LONDON, "2032-02-29 01:30", "2032-02-29 01:30"),
        (EASTERN, "2031-03-09 00:01", "2031-03-09 05:01"),
        (EASTERN, "2031-03-09 03:00", "2031-03-09 07:00"),
        (EASTERN, "2031-11-02 00:01", "2031-11-02 04:01"),
        (EASTERN, "2031-12-31 19:00", "2032-01-01 00:00"),
        (KIRITIMATI, "2031-03-30 01:30", "2031-03-29 11:30"),
        (KIRITIMATI, "2032-02-29 00:00", "2032-02-28 10:00"),
        (KIRITIMATI, "2032-01-01 00:01", "2031-12-31 10:01"),
    ],
)
def test_a_wall_time_is_one_instant(zone: str, embargo: str, instant: str) -> None:
    loaded = read_release(times(zone=zone, embargo=embargo).encode(), "release.yaml")
    moment = read_moments(loaded.release).embargo

    assert moment is not None
    assert instant == f"{moment.instant:%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("zone", "embargo", "message"),
    [
        (LONDON, "2031-03-30 01:30", "01:30 does not exist on 2031-03-30 in Europe/London: clocks go from 01:00 to"),
        (LONDON, "2031-03-30 01:00", "01:00 does not exist on 2031-03-30 in Europe/London: clocks go from 01:00 to"),
        (EASTERN, "2031-03-09 02:30", "02:30 does not exist on 2031-03-09 in US/Eastern: clocks go from 02:00 to"),
        (LONDON, "2031-10-26 01:30", "“2031-10-26 01:30” occurs twice in Europe/London: 01:30 BST (00:30 UTC, fold:"
         " first) or 01:30 GMT (01:30 UTC, fold: second)"),
        (EASTERN, "2031-11-02 01:30", "“2031-11-02 01:30” occurs twice in US/Eastern: 01:30 EDT (05:30 UTC, fold:"
         " first) or 01:30 EST (06:30 UTC, fold: second)"),
        (LONDON, "2031-02-29 00:01", "“2031-02-29 00:01” does not exist"),
        (LONDON, "2031-04-02 24:00", "“2031-04-02 24:00” does not exist: write 2031-04-03 00:00 for the end of that"
         " day, or 2031-04-03 00:01"),
        (LONDON, "2031-12-31 24:00", "“2031-12-31 24:00” does not exist: write 2032-01-01 00:00"),
        (LONDON, "2032-02-28 24:00", "“2032-02-28 24:00” does not exist: write 2032-02-29 00:00"),
        (LONDON, "2031-02-29 24:00", "“2031-02-29 24:00” does not exist: "),
        (LONDON, "9999-12-31 24:00", "“9999-12-31 24:00” does not exist: "),
        (LONDON, "2031-04-02", "“2031-04-02” is not a wall time: write the date and"),
        (LONDON, "2031-04-02 00.01", "“2031-04-02 00.01” is not a wall time: write the date and"),
        (LONDON, "2031-04-02T00:01+01:00", "“2031-04-02T00:01+01:00” is not a wall time: write the date and"),
        (LONDON, "midnight on Tuesday", "“midnight on Tuesday” is not a wall time: write the date and"),
        (EASTERN, "9999-12-31 23:59", "“9999-12-31 23:59” is out of range"),
        ("Asia/Tokyo", "0001-01-01 00:00", "“0001-01-01 00:00” is out of range"),
        (LONDON, "2926-11-30 00:01", "“2926-11-30 00:01” is out of range; write a year from 1900 to 2199"),
    ],
)  # fmt: skip
def test_a_wall_time_that_is_no_instant_or_two_is_refused(zone: str, embargo: str, message: str) -> None:
    (line,) = faults(times(zone=zone, embargo=embargo))

    assert line.startswith(f"release.yaml:3:12: R17 {message}")


@pytest.mark.parametrize("embargo", ["1900-01-01 00:00", "2199-12-31 23:59"])
def test_the_first_and_the_last_year_are_no_traps(embargo: str) -> None:
    assert faults(times(zone=LONDON, embargo=embargo)) == []


@pytest.mark.parametrize(("fold", "instant"), [("first", "00:30"), ("second", "01:30")])
def test_fold_says_which_of_two_is_meant(fold: str, instant: str) -> None:
    text = times(zone=LONDON, embargo="2031-10-26 01:30", fold=fold)
    moment = read_moments(read_release(text.encode(), "release.yaml").release).embargo

    assert moment is not None
    assert instant == f"{moment.instant:%H:%M}"


@pytest.mark.parametrize("embargo", ["2031-10-26 00:59", "2031-10-26 02:00", "2031-03-30 02:00"])
def test_fold_is_refused_where_nothing_is_doubled(embargo: str) -> None:
    assert faults(times(zone=LONDON, embargo=embargo, fold="first")) == [
        "release.yaml:4:9: R18 no time of this release occurs twice in Europe/London; delete “fold”"
    ]


@pytest.mark.parametrize(
    ("zone", "end"),
    [
        ("Europe/Londn", "; did you mean “Europe/London”?"),
        ("London", "; did you mean “Europe/London”?"),
        ("BST", "; write an IANA name, such as Europe/London"),
        ("../Europe/London", "; did you mean “Europe/London”?"),
        ("/etc/localtime", "; write an IANA name, such as Europe/London"),
        ("localtime", "; write an IANA name, such as Europe/London"),
        ("Europe", ""),
        ("europe/london", "; did you mean “Europe/London”?"),
        ("+01:00", "; write an IANA name, such as Europe/London"),
    ],
)
def test_a_zone_that_does_not_exist_is_refused(zone: str, end: str) -> None:
    (line,) = faults(times(zone=zone, embargo="2031-04-02 00:01"))

    assert line.startswith(f"release.yaml:2:9: R16 “{zone}” is not a time zone;")
    assert line.endswith(end)


def test_a_wrong_zone_does_not_hide_a_wrong_time() -> None:
    assert re.findall(r"R\d\d", "\n".join(faults(times(zone="London", embargo="noon")))) == ["R16", "R17"]


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        (
            {"issue": "2031-04-02 00:01", "embargo": "2031-04-02 00:01"},
            "3:10: R19 “issue”, 2031-04-02 00:01, is the same as “embargo”, 2031-04-02 00:01:"
            " a release is issued before the others",
        ),
        (
            {"issue": "2031-04-03 09:00", "embargo": "2031-04-02 00:01"},
            "3:10: R19 “issue”, 2031-04-03 09:00, is after “embargo”, 2031-04-02 00:01:"
            " a release is issued before the others",
        ),
        (
            {"embargo": "2031-04-02 00:01", "publish": "2031-04-01 23:59"},
            "3:12: R19 “embargo”, 2031-04-02 00:01, is after “publish”, 2031-04-01 23:59:"
            " a page is published when the embargo has lifted",
        ),
        (
            {"issue": "2031-04-02 00:01", "publish": "2031-04-01 23:59"},
            "3:10: R19 “issue”, 2031-04-02 00:01, is after “publish”, 2031-04-01 23:59:"
            " a release is issued before the others",
        ),
    ],
)
def test_times_out_of_order_are_refused(fields: dict[str, str], line: str) -> None:
    assert [f"release.yaml:{line}"] == faults(times(zone=LONDON, **fields))


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"embargo": "2031-04-02 00:01", "publish": "2031-04-02 00:01"},
        {"issue": "2031-04-02 00:00", "embargo": "2031-04-02 00:01", "publish": "2031-04-02 00:02"},
        {"issue": "2031-04-02 00:00", "publish": "2031-04-02 00:01"},
    ],
)
def test_times_in_order_are_taken(fields: dict[str, str]) -> None:
    assert faults(times(zone=LONDON, **fields)) == []


def test_order_is_that_of_instants_and_not_of_clocks() -> None:
    """01:10 for the second time comes after 01:50 for the first, and `fold` is one for all times of a release."""
    fields = {"issue": "2031-10-26 00:59", "embargo": "2031-10-26 01:50", "publish": "2031-10-26 02:00"}

    assert faults(times(zone=LONDON, **fields, fold="first")) == []
    assert faults(times(zone=LONDON, **fields, fold="second")) == []


@pytest.mark.parametrize(
    ("available", "lines"),
    [
        ("2031-04-02 00:01", []),
        ("2031-04-01 09:30", []),
        (
            "2031-04-02 09:30",
            ["1:59: R19 “available”, 2031-04-02 09:30, is after “embargo”, 2031-04-02 00:01:"
             " a link must work when the embargo lifts"],
        ),
    ],
)  # fmt: skip
def test_what_is_linked_is_public_when_the_embargo_lifts(available: str, lines: list[str]) -> None:
    link = f"links: [{{id: report, title: X, url: https://x, available: {available}}}]\n"

    assert [f"release.yaml:{line}" for line in lines] == faults(release(link))
