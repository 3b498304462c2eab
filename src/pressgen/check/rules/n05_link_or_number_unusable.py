"""A link that readers cannot follow or that is open too early, or a telephone number of an odd length.

Links to staging and test servers are an error. A report that is open before the embargo lifts breaks the embargo
itself, and a number with a digit too few reaches nobody: warnings, since both may be meant.

Wrong: `url: https://staging.county.example/plan`

Right: `url: https://county.example/plan`
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressgen.check.finding import Finding
from pressgen.check.rule import rule
from pressgen.errors import Severity
from pressgen.model.moment import NotAMoment, read_moment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.check.subject import Subject

HOST = re.compile(r"https?://(?:[^\s/@]*@)?(?P<host>\[[0-9a-f:]+\]|[^\s/:?#)\]]+)", re.IGNORECASE)
INNER = re.compile(
    r"localhost|\[::1\]|127(?:\.\d+){3}|10(?:\.\d+){3}|192\.168(?:\.\d+){2}|(?:\d+\.){3}\d+"
    r"|(?:.*[.-])?(?:staging|stage|preview|draft|test|testing|uat|dev|preprod|sandbox|intranet)(?:[.-].*)"
    r"|.*\.(?:local|internal|lan|test|localhost)",
    re.IGNORECASE,
)
PHONES = re.compile(r"people\.[^.]+\.(?:phone|out_of_hours)")
NUMBER = re.compile(r"[+(]?\d[\d\s().–-]{4,}\d")
SHORT, LONG, NATIONAL = 7, 15, (10, 11)


@rule("N05", "link-or-number-unusable", Severity.ERROR)
def check(subject: Subject) -> Iterator[Finding]:
    """Find links and numbers that reach nobody, or too many too early."""
    for path, text in subject.typed.items():
        for match in HOST.finditer(text):
            if INNER.fullmatch(match["host"]):
                yield Finding(path, f"{match['host']} is no address for readers", *match.span("host"), match["host"])
        if PHONES.fullmatch(path) and (message := _odd(text)):
            yield Finding(path, message, 0, len(text), text, severity=Severity.WARNING)
    yield from _too_early(subject)


def _odd(text: str) -> str:
    """What is odd about a telephone number (E.164: at most 15 digits; British numbers have 10 or 11 with their 0)."""
    match = NUMBER.search(text)
    digits = re.sub(r"\D", "", match[0]) if match else ""
    if not SHORT <= len(digits) <= LONG:
        return f"“{text}” is no telephone number: it has {len(digits)} digits"
    if match and match[0].startswith("0") and not digits.startswith("00") and len(digits) not in NATIONAL:
        return f"“{text}” has {len(digits)} digits; a number that begins with 0 has 10 or 11"
    return ""


def _too_early(subject: Subject) -> Iterator[Finding]:
    embargo = subject.moments.embargo
    for link in subject.release.links:
        if embargo is None or link.available is None:
            continue
        try:
            available = read_moment(link.available, subject.release.times.zone, subject.release.times.fold)
        except NotAMoment:
            continue
        if available < embargo:
            message = f"{link.title} is public before the embargo lifts: it gives the news away"
            end = len(link.available)
            yield Finding(f"links[{link.id}].available", message, 0, end, severity=Severity.WARNING)
