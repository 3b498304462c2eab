"""A timestamp in prose whose offset is not the one of the release's clock, or that has none.

`2019-05-08T00:01+00:00` is one in the morning in London. Systems that label wall time as UTC have let releases out an
hour early.

Wrong: `The data are open from 2019-05-08T00:01+00:00.` in London

Right: `The data are open from {{ times.embargo }}.`
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pressgen.check.rule import rule
from pressgen.errors import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.check.finding import Finding
    from pressgen.check.subject import Subject

STAMP = re.compile(r"(?<![\w-])(\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2})(?::\d{2})?(?:\.\d+)?(Z|[+-]\d{2}:?\d{2})?(?![\w+:-])")


@rule("T04", "offset-not-of-zone", Severity.ERROR)
def check(subject: Subject) -> Iterator[Finding]:
    """Find timestamps with an offset other than the release's zone has."""
    zone = subject.release.times.zone
    for passage in subject.own:
        for match in STAMP.finditer(passage.text):
            if message := _explain_fault(match[1], match[2] or "", zone):
                yield passage.finding(*match.span(), message)


def _explain_fault(wall: str, offset: str, zone: str) -> str:
    try:
        local = datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo(zone))
    except ValueError:
        return f"“{wall}” is not a date and time"
    if not offset:
        return f"this time has no offset; in {zone} it would be {wall}{_format_offset(local)}"
    if offset == "Z" or datetime.fromisoformat(wall + offset).utcoffset() == local.utcoffset():
        return ""
    there = datetime.fromisoformat(wall + offset).astimezone(ZoneInfo(zone))
    return (
        f"{offset} is not {zone}'s time on that day ({local:%Z}, {_format_offset(local)}):"
        f" {local:%H:%M} or {there:%H:%M}? write which"
    )


def _format_offset(local: datetime) -> str:
    plain = f"{local:%z}"
    return f"{plain[:3]}:{plain[3:]}"
