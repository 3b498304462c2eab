"""Wall times and the labels of their zones: what a clock showed, and what it was called on that day."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pressgen.text.dates import zone_name

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from pressgen.model.moment import Moment

CLOCKS = {
    "GMT": "Europe/London", "BST": "Europe/London", "UTC": "UTC", "UK time": "Europe/London",
    "London time": "Europe/London", "CET": "Europe/Paris", "CEST": "Europe/Paris", "EET": "Europe/Athens",
    "EEST": "Europe/Athens", "WET": "Europe/Lisbon", "WEST": "Europe/Lisbon", "EST": "America/New_York",
    "EDT": "America/New_York", "ET": "America/New_York", "CST": "America/Chicago", "CDT": "America/Chicago",
    "CT": "America/Chicago", "MST": "America/Denver", "MDT": "America/Denver", "MT": "America/Denver",
    "PST": "America/Los_Angeles", "PDT": "America/Los_Angeles", "PT": "America/Los_Angeles",
    "AEST": "Australia/Sydney", "AEDT": "Australia/Sydney",
}  # fmt: skip
"""The zone in which a label is used; EST is taken for America's, but where it is at home elsewhere."""

AT_HOME = {
    "Australia": {
        "EST": "Australia/Sydney", "EDT": "Australia/Sydney", "ET": "Australia/Sydney",
        "CST": "Australia/Adelaide", "CDT": "Australia/Adelaide",
    },
    "Asia": {"CST": "Asia/Shanghai"},
}  # fmt: skip
"""Labels that mean another clock in a release from that part of the world; Australians write EST in summer, too."""

SEASONAL = frozenset("GMT BST CET CEST EET EEST WET WEST EST EDT CST CDT MST MDT PST PDT AEST AEDT".split())
"""Labels that are right in one half of the year only."""


def label_of(moment: Moment) -> str:
    """A moment as messages name it: `00:01 BST on Wed 8 May 2019`."""
    local = moment.local
    return f"{local:%H:%M} {zone_name(moment)} on {local:%a} {local.day} {local:%b %Y}"


def on_clock(moment: Moment, zone: str) -> datetime:
    """What a clock of a labelled zone shows at a moment; its own clock where there is no label.

    GMT and UTC are what they say, in summer too.
    """
    if zone in {"GMT", "UTC"}:
        return moment.instant.astimezone(UTC)
    return moment.instant.astimezone(ZoneInfo(zone_of(zone, moment.zone))) if zone in CLOCKS else moment.local


def zone_of(label: str, own: str) -> str:
    """The IANA zone that a label means in a release whose own zone is `own`; that one where there is no label."""
    return _at_home(own).get(label) or CLOCKS.get(label, own)


def is_seasonal(label: str, own: str) -> bool:
    """Whether a label is right in one half of the year only, to readers of a release whose own zone is `own`."""
    return label in SEASONAL and label not in _at_home(own)


def _at_home(own: str) -> Mapping[str, str]:
    return AT_HOME.get(own.partition("/")[0], {})


def label_on(zone: str, day: date, hour: int) -> str:
    """What a zone's time is called at an hour of a day: `BST` for Europe/London in May."""
    return datetime(day.year, day.month, day.day, hour % 24, tzinfo=ZoneInfo(zone)).tzname() or ""
