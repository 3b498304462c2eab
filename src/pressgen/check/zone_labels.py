"""Convert between local times and the labels of their zones.

The label is the one that was in use on that day.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pressgen.text.dates import get_zone_name

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
"""The zone in which a label is used; EST is America's, except where `AT_HOME` says otherwise."""

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


def describe_moment(moment: Moment) -> str:
    """Format a moment for messages: `00:01 BST on Wed 8 May 2019`."""
    local = moment.local
    return f"{local:%H:%M} {get_zone_name(moment)} on {local:%a} {local.day} {local:%b %Y}"


def convert_to_zone(moment: Moment, zone: str) -> datetime:
    """Return the local time of a moment in a labelled zone.

    Without a label, it is the moment's own zone. GMT and UTC mean exactly that, in summer too.
    """
    if zone in {"GMT", "UTC"}:
        return moment.instant.astimezone(UTC)
    return (
        moment.instant.astimezone(ZoneInfo(resolve_zone_label(zone, moment.zone))) if zone in CLOCKS else moment.local
    )


def resolve_zone_label(label: str, own: str) -> str:
    """Return the IANA zone that a label means.

    The release's own zone decides what an ambiguous label means, and is returned where there is no label.
    """
    return _get_regional_labels(own).get(label) or CLOCKS.get(label, own)


def is_seasonal(label: str, own: str) -> bool:
    """Return whether a label is right in only half of the year.

    It is read as readers of a release in the zone `own` read it.
    """
    return label in SEASONAL and label not in _get_regional_labels(own)


def _get_regional_labels(own: str) -> Mapping[str, str]:
    """Return the labels that mean another zone in the release's region."""
    return AT_HOME.get(own.partition("/")[0], {})


def get_zone_abbreviation(zone: str, day: date, hour: int) -> str:
    """Return a zone's abbreviation at an hour: `BST` for London in May."""
    return datetime(day.year, day.month, day.day, hour % 24, tzinfo=ZoneInfo(zone)).tzname() or ""
