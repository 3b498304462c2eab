"""Wrong days, hours and labels of zones."""

from __future__ import annotations

from calendar import day_abbr, day_name, month_name
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from check.planting import Fault
from pressgen.model.change import AddField, RemoveNode, ReplaceValue

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from check.planting import Sample

DATES = (
    "{wd} {d} {m} {y}", "{wd}, {d} {m} {y}", "{wd} {d} {m}", "{w} {d} {m} {y}", "{wd} the {d}th of {m} {y}",
    "{wd}, {m} {d}, {y}", "{wd}, {m} {d}", "{d} {m} {y} ({wd})", "{wd} {d:02} {m} {y}", "{w}. {d} {m}",
)  # fmt: skip
WELSH = "Llun Mawrth Mercher Iau Gwener Sadwrn Sul".split()
MIDNIGHT = (
    "Entries close at midnight on {wd}.", "The line is shut from midnight on {d} {m}.",
    "Nothing may be used before midnight on {wd} {d} {m}.", "Bids are open until 12 midnight on {wd}.",
)  # fmt: skip
RELATIVE = (
    "A summary is published today ({d} {m}).", "The study, out today, {wd} {d} {m}, is free.",
    "A hearing is held tomorrow ({wd}).", "The data were closed yesterday, {d} {m}.",
)  # fmt: skip
STALE = (
    "The fair opens on {d} {m} {y}.", "The next survey will begin on {d} {m} {y}.", "The scheme runs from {d} {m} {y}.",
    "The hall is open from {m} {d}, {y}.",
)  # fmt: skip
NO_TIME = (
    "Embargoed until {wd}.", "This release is under embargo until {d} {m} {y}.", "Embargoed for {wd} a.m. publication.",
    "The report is under embargo until 09:00.", "It is embargoed until the morning of {d} {m}.",
)  # fmt: skip


def days(sample: Sample, draw: Random) -> Iterator[Fault]:
    """Weekdays that their dates do not fall on, and days that no month has."""
    if not sample.english:
        for month, number in (("Ionawr", 1), ("Mai", 5)) if sample.name.endswith("-cy") else ():
            wrong = date(2027, number, 6).weekday() - draw.randint(1, 3)
            yield sample.says(draw, "T01", f"Bydd ar agor ddydd {WELSH[wrong]} 6 {month} 2027.")
        return
    for form in DATES:
        day = sample.lift + timedelta(days=draw.randint(-60, 90))
        day = day.replace(day=draw.randint(4, 20))
        wrong = (day.weekday() + draw.randint(1, 6)) % 7
        yield sample.says(draw, "T01", f"The ford is closed on {_printed(form, day, wrong)}.")
    yield sample.says(draw, "T01", f"The ford is open until 31 June {sample.lift.year}.")
    yield sample.says(draw, "T01", f"The ford is open until {draw.choice(('30 February', '31 April'))}.")


def embargo(sample: Sample, draw: Random) -> Iterator[Fault]:
    """An embargo stated otherwise, incomplete, or belied by when the report is out."""
    if not (sample.english and sample.embargoed):
        return
    lift = datetime.fromisoformat(sample.loaded.release.times.embargo or "")
    day = f"{lift:%A} {lift.day} {lift:%B} {lift.year}"
    for minutes in (9, 30, 60, -60, 12 * 60, 24 * 60 + 30):
        hour = f"{lift + timedelta(minutes=minutes):%H:%M}"
        yield sample.says(draw, "T02", f"Copies are under embargo until {hour} on {day}.")
        yield sample.says(draw, "T02", f"This release is embargoed until {hour.replace(':', '.')} on {lift:%A}.")
    for gap in (1, 2, 7):
        other = lift + timedelta(days=gap)
        stated = f"{lift:%H:%M} on {other.day} {other:%B} {other.year}"
        yield sample.says(draw, "T02", f"It is under strict embargo until {stated}.")
    for minutes in (9, 29, -20):
        hour = f"{lift + timedelta(minutes=minutes):%H:%M}"
        if (lift + timedelta(minutes=minutes)).date() == lift.date():
            yield sample.says(draw, "T02", f"The full text will be available from {hour} on {day}.")
    for hours in (3, 9, -6):
        out = lift + timedelta(hours=hours)
        stated = f"{out:%H:%M} on {out.day} {out:%B} {out.year}"
        yield sample.says(draw, "T12", f"The report will be published at {stated}.")
        yield sample.says(draw, "T12", f"The data will be available online from {stated}.")
    for form in NO_TIME:
        yield sample.says(draw, "T03", _printed(form, lift.date(), lift.weekday()))


def clocks(sample: Sample, draw: Random) -> Iterator[Fault]:
    """Labels of the other season, hours that clocks skip or show twice, midnight and twelve o'clock."""
    if not sample.english:
        return
    british = sample.loaded.release.times.zone == "Europe/London"
    winter, summer = ("GMT", "BST") if british else ("EST", "EDT")
    for label, month in ((winter, "July"), (summer, "January"), (winter, "May"), (summer, "December")):
        hour = draw.choice(("09:00", "9.30am", "00.01", "17:15", "5pm"))
        yield sample.says(draw, "T08", f"The line reopens at {hour} {label} on 8 {month} 2027.")
    yield sample.says(draw, "T04", "The data are open from 2027-07-08T09:30+05:00.")
    yield sample.says(draw, "T04", "The data are open from 2027-07-08T09:30.")
    yield sample.says(draw, "T04", f"The feed starts at 2027-07-08 09:30:00{'+00:00' if british else '-05:00'}.")
    skipped, doubled = ("28 March 2027", "31 October 2027") if british else ("March 14, 2027", "November 7, 2027")
    yield sample.says(draw, "T05", f"The service is back at {'01' if british else '02'}:30 on {skipped}.")
    yield sample.says(draw, "T06", f"Trains stop at 01:30 on {doubled}.")
    for form in MIDNIGHT:
        yield sample.says(draw, "T09", _printed(form, sample.lift, sample.lift.weekday()))
    for hour in ("12am", "12pm", "12 p.m.", "12 AM"):
        yield sample.says(draw, "T10", f"Doors open at {hour} on {sample.lift:%A}.")
    if sample.embargoed and british:
        yield sample.says(draw, "T10", f"It may be used from 12.01pm on {sample.lift:%A}.")
    yield sample.says(draw, "T11", "Doors open at 9:30am and close at 17:00.", body=True)
    yield sample.says(draw, "T11", "Doors open at 09:30 and close at 5pm.", body=True)


def relative(sample: Sample, draw: Random) -> Iterator[Fault]:
    """“Today” with another date, and last year's dates."""
    if not sample.english:
        return
    for form in RELATIVE:
        shift = draw.choice((-2, 2, 3, 4))
        day = sample.lift + timedelta(days=shift)
        yield sample.says(draw, "T16", _printed(form, day, day.weekday()))
    for form in STALE:
        day = sample.lift.replace(year=sample.lift.year - draw.choice((1, 2)))
        day += timedelta(days=draw.randint(0, 14))
        yield sample.says(draw, "T17", _printed(form, day, day.weekday()))


def data(sample: Sample, draw: Random) -> Iterator[Fault]:
    """Times of the release itself."""
    times, lift = sample.loaded.release.times, sample.lift
    if times.embargo is None:
        if sample.english:
            saturday = lift + timedelta(days=5 - lift.weekday())
            yield sample.fault(
                "T15", f"out on {saturday}", ReplaceValue("times.publish", f"{saturday} 10:00"), strict=True
            )
            given = (AddField("times", "embargo", f"{lift} 23:07"), ReplaceValue("times.publish", f"{lift} 23:30"))
            yield sample.fault("T19", "an embargo at 23:07", *given, strict=True)
        return
    near = datetime.fromisoformat(times.embargo) - timedelta(minutes=draw.randint(10, 110))
    long = datetime.fromisoformat(times.embargo) - timedelta(days=draw.randint(70, 200))
    for issue in (near, long):
        yield sample.fault("T14", f"issue: {issue}", _issued(sample, f"{issue:%Y-%m-%d %H:%M}"))
    at = datetime.fromisoformat(times.embargo).replace(tzinfo=ZoneInfo(times.zone)) + timedelta(hours=5)
    forgotten = (RemoveNode("times.issue"),) if times.issue else (ReplaceValue("times.zone", times.zone),)
    yield Fault("T13", sample.name, f"never issued, told at {at}", forgotten, at=at)
    if times.issue:
        yield sample.fault("T20", "audience: nobody, with a time of issue", AddField("", "audience", "nobody"))
    if times.zone == "Europe/London":
        day = "2027-03-30" if lift.year == 2027 else "2026-10-27"
        issue = "2027-03-26 10:00" if lift.year == 2027 else "2026-10-23 10:00"
        yield sample.fault("T07", f"issued {issue}, lifted {day}", *_moved(sample, issue, f"{day} 00:01"))


def banners(sample: Sample, draw: Random) -> Iterator[Fault]:
    """Embargo lines typed by hand."""
    if not sample.english:
        return
    headline = sample.typed["headline"]
    line = draw.choice(("EMBARGOED UNTIL 8 MAY", "STRICTLY EMBARGOED: 0001 FRIDAY", "FOR IMMEDIATE RELEASE"))
    yield sample.fault("T18", f"{line} before the headline", ReplaceValue("headline", f"{line} – {headline}"))
    for line in ("FOR IMMEDIATE RELEASE", "NOT FOR PUBLICATION BEFORE 9 MAY", "Embargoed until 09:00 on 8 May 2027"):
        yield sample.paragraphs(draw, "T18", line)


def _printed(form: str, day: date, weekday: int) -> str:
    names = {"wd": day_name[weekday], "w": day_abbr[weekday], "m": month_name[day.month]}
    return form.format(d=day.day, y=day.year, **names)


def _issued(sample: Sample, at: str) -> ReplaceValue | AddField:
    return ReplaceValue("times.issue", at) if sample.loaded.release.times.issue else AddField("times", "issue", at)


def _moved(sample: Sample, issue: str, embargo: str) -> Iterator[ReplaceValue | AddField]:
    times = sample.loaded.release.times
    yield _issued(sample, issue)
    yield ReplaceValue("times.embargo", embargo)
    if times.publish:
        yield ReplaceValue("times.publish", embargo)
    for link in sample.loaded.release.links:
        yield ReplaceValue(f"links[{link.id}].available", embargo)


PLANTERS = (days, embargo, clocks, relative, data, banners)
