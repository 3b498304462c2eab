"""An embargo at a minute that the office's channels cannot be set to.

Some services count in quarters of an hour: 00:01 became 00:15 there, later than everybody else's. The house says the
steps of its channels under `style.steps`.

Wrong: `embargo: 2019-05-08 00:01` in a house with `steps: 15`

Right: `embargo: 2019-05-08 00:15`
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.check.finding import Finding
from pressgen.check.rule import rule
from pressgen.errors import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.check.subject import Subject


@rule("T19", "hour-that-a-channel-lacks", Severity.ERROR)
def check(subject: Subject) -> Iterator[Finding]:
    """Find an embargo time that a channel cannot be set to."""
    embargo, steps = subject.moments.embargo, subject.house.style.steps
    if embargo is None or steps is None:
        return
    past = (embargo.local.hour * 60 + embargo.local.minute) % int(steps)
    if past:
        minutes = embargo.local.hour * 60 + embargo.local.minute + int(steps) - past
        later = f"{minutes // 60 % 24:02}:{minutes % 60:02}"
        message = (
            f"{embargo.local:%H:%M} cannot be set in services that only allow steps of {steps} minutes;"
            f" {later} would be later"
            f" than promised: choose a time that all can keep"
        )
        yield Finding("times.embargo", message, 0, len(subject.release.times.embargo or ""))
