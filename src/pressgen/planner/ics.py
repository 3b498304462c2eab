"""The grid as an iCalendar file (RFC 5545), an event for each time, an alarm before each lift."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import TYPE_CHECKING

from icalendar import Alarm, Calendar, Event

from pressgen.planner.zone import time_zone

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pressgen.planner.line import Line, Time

WARNING = timedelta(hours=1)
"""How long before a lift the alarm goes off."""
LONG = timedelta(minutes=15)
"""How long an event is drawn; it takes no time from anybody."""
SAID = {"issue": "Issue under embargo", "embargo": "Embargo lifts", "publish": "Published"}
STATUS = {"draft": "TENTATIVE", "submitted": "TENTATIVE", "withdrawn": "CANCELLED"}
"""Of an event, by the state of the release; all others are settled."""


def calendar(lines: Iterable[Line], name: str, host: str) -> bytes:
    """The calendar of `lines`.

    Args:
        lines: in any order; those without times are left out.
        name: how calendars name it.
        host: the newsroom's, which makes the names of events unique in the world.

    Returns: the same bytes for the same lines. An event keeps its name over all changes of its release, and its
        sequence number grows with them, so that a calendar moves it instead of showing it twice.
    """
    made = Calendar()
    made.add("prodid", "-//pressgen//grid//EN")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("name", name)
    made.add("x-wr-calname", name)
    entries = [(time, line) for line in lines for time in line.times]
    entries.sort(key=lambda each: (each[0].local.timestamp(), each[1].reference, each[0].what))
    for zone in sorted({line.zone for _, line in entries}):
        days = [time.local for time, line in entries if line.zone == zone]
        made.add_component(time_zone(zone, days[0], days[-1]))
    for time, line in entries:
        made.add_component(_event(line, time, host))
    return bytes(made.to_ical())


def _event(line: Line, time: Time, host: str) -> Event:
    what, local = time
    said = f"{SAID[what]}: {line.headline}"
    event = Event()
    event.add("uid", f"{line.reference}.{what}@{host}")
    event.add("dtstamp", line.changed.astimezone(UTC).replace(microsecond=0))
    event.add("last-modified", line.changed.astimezone(UTC).replace(microsecond=0))
    event.add("sequence", line.sequence)
    event.add("dtstart", local.astimezone(UTC) if local.fold else local)  # RFC 5545: else it is the first of two
    event.add("duration", LONG)
    event.add("summary", said)
    ordered = f", issued by a worker to {', '.join(line.ordered)}" if what == "issue" and line.ordered else ""
    event.add("description", f"{line.reference} ({line.slug}), {line.state}{ordered}")
    event.add("status", STATUS.get(line.state, "CONFIRMED"))
    event.add("class", "CONFIDENTIAL" if line.pending else "PUBLIC")
    event.add("transp", "TRANSPARENT")
    event.add("categories", [what])
    if what != "issue" and line.pending:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", said)
        alarm.add("trigger", -WARNING)
        event.add_component(alarm)
    return event
