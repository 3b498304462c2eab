"""The time zones that there are."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import tzdata

from pressgen.text.expression import near


def zone_fault(name: str) -> str:
    """What is wrong with the name of a zone; empty if it is one of the IANA database's."""
    if name in _zones():
        return ""
    # Names without a region are left out: to write BST and be told MST would move the embargo by seven hours.
    regions = [zone for zone in _zones() if "/" in zone]
    return f"“{name}” is no time zone{near(name, regions) or '; write an IANA name, such as Europe/London'}"


@cache
def _zones() -> frozenset[str]:
    """The names as the `tzdata` package has them: the same on every machine."""
    return frozenset(Path(tzdata.__file__).with_name("zones").read_text("utf-8").split())
