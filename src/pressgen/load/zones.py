"""The time zones that exist."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import tzdata

from pressgen.text.expression import suggest_name


def explain_unknown_zone(name: str) -> str:
    """Return the problem of a zone's name; empty for none.

    It must be in the IANA database.
    """
    if name in _list_zones():
        return ""
    # Names without a region are left out: suggesting MST for BST would move the embargo by seven hours.
    regions = [zone for zone in _list_zones() if "/" in zone]
    return f"“{name}” is not a time zone{suggest_name(name, regions) or '; write an IANA name, such as Europe/London'}"


@cache
def _list_zones() -> frozenset[str]:
    """Return the zone names of the `tzdata` package.

    They are the same on every machine.
    """
    return frozenset(Path(tzdata.__file__).with_name("zones").read_text("utf-8").split())
