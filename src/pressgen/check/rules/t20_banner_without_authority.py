"""A time of issue for a release that nobody, or nobody of the press, may have before it lifts.

A banner is not permission: an embargoed court draft sent to seventeen press addresses was a contempt, and statistics
given to the press under embargo break their Code of Practice.

Wrong: `audience: nobody` with `issue: 2019-05-07 10:00`

Right: `audience: nobody` without `issue`
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.check.finding import Finding
from pressgen.check.rule import rule
from pressgen.errors import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.check.subject import Subject


@rule("T20", "banner-without-authority", Severity.ERROR)
def check(subject: Subject) -> Iterator[Finding]:
    """Find an early issue that the audience does not allow."""
    release, moments = subject.release, subject.moments
    if moments.embargo is None:
        return
    if release.audience == "nobody" and moments.issue and moments.issue < moments.embargo:
        message = "nobody may have this before it lifts (audience: nobody): delete `issue`"
        yield Finding("times.issue", message, 0, len(release.times.issue or ""))
    if release.audience == "press" and subject.house.style.statistics:
        message = (
            "official statistics must not be sent to the press before release: write audience: named, or nobody"
            " (Code of Practice for Statistics, T3)"
        )
        yield Finding("times.embargo", message, 0, len(release.times.embargo or ""))
