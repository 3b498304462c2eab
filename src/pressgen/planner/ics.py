"""The grid as an iCalendar file (RFC 5545).

It has an event for each time, and an alarm before each lift.
"""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import TYPE_CHECKING

from icalendar import Alarm, Calendar, Event

from pressgen.planner.vtimezone import build_vtimezone

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pressgen.planner.grid_entry import GridEntry, PlannedTime


WARNING = timedelta(hours=1)
"""How long before a lift the alarm goes off."""
LONG = timedelta(minutes=15)
"""The length of an event in the calendar; it marks nobody as busy."""
SUMMARIES = {"issue": "Issue under embargo", "embargo": "Embargo lifts", "publish": "Published"}
STATUS = {"draft": "TENTATIVE", "submitted": "TENTATIVE", "withdrawn": "CANCELLED"}
"""The status of an event by the state of the release; all others are confirmed."""


def format_icalendar(lines: Iterable[GridEntry], name: str, host: str) -> bytes:
    """Format grid entries as an iCalendar file.

    Args:
        lines: in any order; those without times are left out.
        name: the name that calendars show.
        host: the newsroom's, which makes the ids of events unique in the world.

    Returns:
        the same bytes for the same lines. An event keeps its id over all changes of its release, and its sequence
            number grows with them, so that a calendar moves it instead of showing it twice.
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
        made.add_component(build_vtimezone(zone, days[0], days[-1]))
    for time, line in entries:
        made.add_component(_build_event(line, time, host))
    return bytes(made.to_ical())


def _build_event(line: GridEntry, time: PlannedTime, host: str) -> Event:
    """Build the calendar event for one time of a release."""
    what, local = time
    said = f"{SUMMARIES[what]}: {line.headline}"
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
