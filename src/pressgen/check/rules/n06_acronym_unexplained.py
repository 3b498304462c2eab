"""An acronym that the reader meets before what it stands for.

Acronyms among the release's `terms` are spelled out where they first stand, in the lead or later: a warning. One that
is not among the terms, is never spelled out and is not known to everybody is a note on style. So is a headline and lead
that do not say whose release it is.

Wrong: `CRC staff met inspectors.` and two paragraphs later `the Community Rehabilitation Company (CRC)`

Right: `Staff of the Community Rehabilitation Company (CRC) met inspectors.`
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressgen.check.passage import Kind
from pressgen.check.rule import rule
from pressgen.errors import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.check.finding import Finding
    from pressgen.check.passage import Passage
    from pressgen.check.subject import Subject

ACRONYM = re.compile(r"(?<![\w&@#./’'-])([A-Z]{3,6})(?:s|[’']s)?(?![\w&@/-]|\.\w)")
KNOWN = frozenset(
    (
        "BBC ITV CNN NHS USA UAE GMT BST UTC CET EST EDT PST PDT CEO CFO COO CTO CIO MBE OBE CBE KBE DBE RSVP PDF DVD"
        " USB VAT GDP NATO NASA UNESCO UNICEF FIFA UEFA HIV AIDS DNA RNA GPS VIP FAQ ISBN HTML HTTP WWW ATM PIN SIM SMS"
        " LED IBM BMW ENDS END NEWS NOTE NOTES PRESS MEDIA RELEASE NYSE NASDAQ LGBT LGBTQ COVID PHD MSC GCSE MEP MSP"
    ).split()
)
TEXTS = {Kind.PARAGRAPH, Kind.QUOTATION, Kind.ITEM, Kind.NOTE, Kind.HEADING, Kind.CELL, Kind.CAPTION}
ROMAN = re.compile(r"[IVXLC]+")


@rule("N06", "acronym-unexplained", Severity.WARNING, languages=("en", "cy"))
def check(subject: Subject) -> Iterator[Finding]:
    """Find acronyms that come before their meaning, or without any."""
    body = [each for each in subject.own if each.kind in TEXTS]
    everything = " ".join(each.text for each in body)
    seen: set[str] = set()
    so_far = ""
    for passage in body:
        for match in ACRONYM.finditer(passage.text):
            term = match[1]
            if (
                term in seen
                or passage.text.isupper()
                or (not passage.is_made(match.start()) and _shouted(passage, match))
            ):
                continue
            seen.add(term)
            yield from _judged(subject, passage, match, f"{so_far} {passage.text[: match.start()]}", everything)
        so_far += " " + passage.text
    yield from _nameless(subject)


def _judged(
    subject: Subject, passage: Passage, match: re.Match[str], before: str, everything: str
) -> Iterator[Finding]:
    term, text = match[1], passage.text
    expansion = subject.release.terms.get(term)
    follows = text[match.end() : match.end() + 2 + len(expansion or "")]
    if expansion is not None:
        if expansion.lower() not in before.lower() and expansion.lower() not in follows.lower():
            message = f"{term} is used before its expansion: write {expansion} ({term}) here"
            yield passage.finding(*match.span(1), message)
    elif not _spelled_out(term, everything) and term not in KNOWN and not ROMAN.fullmatch(term):
        message = f"{term} is never spelled out: add it to `terms`, and say it in full the first time"
        yield passage.finding(*match.span(1), message, severity=Severity.STYLE)


def _spelled_out(term: str, text: str) -> bool:
    """Whether `Words In Full (WIF)` or `WIF (words in full)` stands anywhere."""
    return (
        re.search(rf"\w[\w,&’' -]*\s\(\s?(?:the\s)?[“‘\"']?{term}s?[”’\"']?\b|\b{term}s?\s\((?=[^)]*\s)", text)
        is not None
    )


def _shouted(passage: Passage, match: re.Match[str]) -> bool:
    """Whether the words beside are capitals too: a heading that shouts, not an acronym."""
    around = passage.text[max(0, match.start() - 12) : match.end() + 12].split()
    return sum(word.isupper() and len(word) > 2 for word in around) > 2  # noqa: PLR2004 - it and two beside it


def _nameless(subject: Subject) -> Iterator[Finding]:
    """A headline and lead without any word of the name of the body that issues the release."""
    headline = next(each for each in subject.passages if each.kind is Kind.HEADLINE)
    lead = next((each for each in subject.passages if each.path.startswith("body[0]")), headline)
    names = [subject.document.publisher, *(each.organisation or "" for each in subject.release.people.values())]
    stems = {word[:6].lower() for name in names for word in re.findall(r"[^\W\d_]{4,}", name)}
    head = f"{headline.text} {lead.text}".lower()
    if stems and not any(re.search(rf"(?<!\w){re.escape(stem)}", head) for stem in stems):
        message = f"neither headline nor lead says whose release it is ({subject.document.publisher})"
        yield lead.finding(0, 0, message, severity=Severity.STYLE)
