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
from pressgen.model.moment import WallTimeError, read_moment

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
SHORT, LONG, NATIONAL = 7, 15, 11
AMERICAN = re.compile(r"(?!\d{3}(?:\.\d{3}){2}$)(?:\+?1[\s.-]?)?(?:\([2-9]\d\d\)\s?|[2-9]\d\d[.-])\d+[\s.-]?\d*")
TEN = re.compile(
    r"0(?:1(?:204|208|254|276|29[78]|36[34]|38[46]|404|420|46[01]|48[08]|524|527|562|566|606|629|635|647|659|69(?:5|77)"
    r"|726|744|750|768|827|837|884|90[05]|935|94[69]|963|995)|800|500)"
)
"""The codes of Britain after which a number may have ten digits (Ofcom, National Telephone Numbering Plan)."""


@rule("N05", "link-or-number-unusable", Severity.ERROR)
def check(subject: Subject) -> Iterator[Finding]:
    """Find links and telephone numbers that cannot be used.

    Links that open before the embargo ends are found too.
    """
    british = subject.release.times.zone == "Europe/London"
    for path, text in subject.typed.items():
        for match in HOST.finditer(text):
            if INNER.fullmatch(match["host"]):
                yield Finding(
                    path, f"{match['host']} is not an address that readers can use", *match.span("host"), match["host"]
                )
        if PHONES.fullmatch(path) and (message := _explain_odd_number(text, british=british)):
            yield Finding(path, message, 0, len(text), text, severity=Severity.WARNING)
    yield from _find_early_links(subject)


def _explain_odd_number(text: str, *, british: bool) -> str:
    """Return what is odd about a telephone number; empty if nothing is.

    E.164 allows 15 digits at most. American numbers have 10. British numbers that begin with 0 have 11, or 10 after a
    few codes.
    """
    match = NUMBER.search(text)
    digits = re.sub(r"\D", "", match[0]) if match else ""
    if not SHORT <= len(digits) <= LONG:
        return f"“{text}” is not a telephone number: it has {len(digits)} digits"
    if AMERICAN.fullmatch(text) and len(digits.removeprefix("1")) != NATIONAL - 1:
        return f"“{text}” has {len(digits)} digits; an American number has 10"
    lengths = {NATIONAL, NATIONAL - 1} if TEN.match(digits) else {NATIONAL}
    if british and match and match[0].startswith("0") and not digits.startswith("00") and len(digits) not in lengths:
        wanted = " or ".join(map(str, sorted(lengths)))
        return f"“{text}” has {len(digits)} digits; a number that begins with {digits[:5]} has {wanted}"
    return ""


def _find_early_links(subject: Subject) -> Iterator[Finding]:
    embargo = subject.moments.embargo
    for link in subject.release.links:
        if embargo is None or link.available is None:
            continue
        try:
            available = read_moment(link.available, subject.release.times.zone, subject.release.times.fold)
        except WallTimeError:
            continue
        if available < embargo:
            message = f"{link.title} is public before the embargo lifts: it gives the news away"
            end = len(link.available)
            yield Finding(f"links[{link.id}].available", message, 0, end, severity=Severity.WARNING)
