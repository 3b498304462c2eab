"""An acronym that the reader meets before what it stands for.

Acronyms among the release's `terms` are spelled out where they first occur, in the lead or later: a warning. One that
is not among the terms, is never spelled out and is not known to everybody is a note on style: what stands for itself
cannot be told from what wants spelling out. In a name, `AAMI Park`, and after one, `Ada Moss, FAHA`, it is passed over.
A headline and lead that do not say whose release it is get a note, too.

Wrong: `CRC staff met inspectors.` and two paragraphs later `the Community Rehabilitation Company (CRC)`

Right: `Staff of the Community Rehabilitation Company (CRC) met inspectors.`
"""

from __future__ import annotations

import re
from itertools import takewhile
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
        " FBI CIA USD GBP EUR AUD LLP LLC PLC INC LTD PTY DOI ISSN URL AEST AEDT CST CDT"
        " NGO ISP IPO IMF WTO GAAP IFRS EBITDA API SDK"
    ).split()
)
TEXTS = {Kind.PARAGRAPH, Kind.QUOTATION, Kind.ITEM, Kind.NOTE, Kind.HEADING, Kind.CELL, Kind.CAPTION}
ROMAN = re.compile(r"[IVXLC]+")
BRACKETED = re.compile(
    r"[\w”’\"')]\s\(\s?(?:the\s)?[“‘\"']?([A-Z]{3,6})s?(?![\w-])|(?<![\w-])([A-Z]{3,6})s?\s\((?=[^()]{0,200}\s)"
)
WORD = re.compile(r"[^\W\d_]+")
SMALL = frozenset("a an and at by de for from in of on or the to with".split())
BESIDE = 80
"""How many characters from an acronym its words may be in small letters."""
PART = re.compile(r"\s[A-Z][a-z]")
AFTER_NAME = re.compile(r"\b[A-Z][\w.’-]*,\s$")
ENDS = re.compile(r"[,.;)]|\s(?:said|says|is|was)\b|$")


@rule("N06", "acronym-unexplained", Severity.WARNING, languages=("en", "cy"))
def check(subject: Subject) -> Iterator[Finding]:
    """Find acronyms that are used before they are explained, or never explained."""
    body = [each for each in subject.own if each.kind in TEXTS]
    explanations = _Explanations(" ".join(each.text for each in body))
    seen: set[str] = set()
    so_far = ""
    for passage in body:
        for match in () if passage.text.isupper() else ACRONYM.finditer(passage.text):
            term, ours = match[1], match[1] in subject.release.terms
            if term in seen or (not passage.is_made(match.start()) and _is_shouted(passage, match)):
                continue
            if ours:
                seen.add(term)
                yield from _check_term(subject, passage, match, so_far)
            elif term not in KNOWN and not ROMAN.fullmatch(term) and not _is_in_name(passage.text, match):
                seen.add(term)
                if explanations.later(passage.text, match) and f"({term}" not in so_far:
                    yield passage.finding(*match.span(1), f"{term} is used before it is spelled out: spell it out here")
                elif not explanations.of(passage.text, match):
                    message = f"{term} is never spelled out: add it to `terms`, and write it in full the first time"
                    yield passage.finding(*match.span(1), message, severity=Severity.STYLE)
        so_far += " " + passage.text
    yield from _check_issuer_name(subject)


def _check_term(subject: Subject, passage: Passage, match: re.Match[str], so_far: str) -> Iterator[Finding]:
    """Yield the fault that a term comes before its expansion."""
    expansion, text = subject.release.terms[match[1]], passage.text
    around = f"{so_far} {text[: match.start()]} {text[match.end() : match.end() + 2 + len(expansion)]}"
    if expansion.lower() not in around.lower():
        message = f"{match[1]} is used before its expansion: write {expansion} ({match[1]}) here"
        yield passage.finding(*match.span(1), message)


class _Explanations:
    """The acronyms and words that a release spells out somewhere.

    Examples: `Words In Full (WIF)`, `WIF (words in full)`, or the words alone.
    """

    def __init__(self, text: str) -> None:
        self.after = {match[1] for match in BRACKETED.finditer(text) if match[1]}
        self.bracketed = self.after | {match[2] for match in BRACKETED.finditer(text) if match[2]}
        words = WORD.findall(text)
        self.names = _join_initials(words)
        self.words = {word.upper() for word in words if not word.isupper()} - {"WHO"}

    def later(self, text: str, match: re.Match[str]) -> bool:
        """Return whether the words in brackets come after this first use."""
        here = text[: match.start()].rstrip("“‘\"'").endswith(("(", "(the ")) or text[match.end() :].startswith(" (")
        return match[1] in self.after and not here

    def of(self, text: str, match: re.Match[str]) -> bool:
        """Return whether the words of an acronym are anywhere with capitals.

        Words near it count in any letters. A word that the text also has in small letters counts as explained, too.
        """
        near = f"{text[max(0, match.start() - BESIDE) : match.start()]}. {text[match.end() : match.end() + BESIDE]}"
        initials = "".join(word[0] for word in WORD.findall(near) if word.lower() not in SMALL)
        return any(match[1] in each for each in (self.bracketed, self.words, self.names, initials.upper()))


def _join_initials(words: list[str]) -> str:
    """Return the first letters of words with capitals.

    A space allows for other words that are not small: `RC` for Royal College of.
    """
    return "".join(
        word[0] if word[0].isupper() and not word.isupper() else " " for word in words if word.lower() not in SMALL
    )


def _is_in_name(text: str, match: re.Match[str]) -> bool:
    """Return whether an acronym belongs to a name or a label.

    It may be letters after a name, or a label such as `WHEN:`.
    """
    after = text[match.end() : match.end() + 3]
    follows = text[max(0, match.start() - 3) : match.start()].endswith(", ") and AFTER_NAME.search(
        text[: match.start()][-BESIDE:]
    )
    return bool(PART.match(after)) or after.startswith(":") or bool(follows and ENDS.match(text, match.end()))


def _is_shouted(passage: Passage, match: re.Match[str]) -> bool:
    """Return whether the words next to an acronym are capitals too.

    The text is then a heading in capitals.
    """
    before = passage.text[max(0, match.start() - BESIDE) : match.start()].split()[::-1]
    after = passage.text[match.end() : match.end() + BESIDE].split()
    return sum(len(list(takewhile(_is_capitals, words))) for words in (before, after)) > 1


def _is_capitals(word: str) -> bool:
    plain = word.strip(".:").replace("-", "")
    return len(plain) > 1 and plain.isupper() and plain.isalpha()


def _check_issuer_name(subject: Subject) -> Iterator[Finding]:
    """Yield the fault that headline and lead do not name the issuer."""
    headline = next(each for each in subject.passages if each.kind is Kind.HEADLINE)
    lead = next((each for each in subject.passages if each.path.startswith("body[0]")), headline)
    names = [subject.document.publisher, *(each.organisation or "" for each in subject.release.people.values())]
    stems = {word[:6].lower() for name in names for word in re.findall(r"[^\W\d_]{4,}", name)}
    head = f"{headline.text} {lead.text}".lower()
    if stems and not any(re.search(rf"(?<!\w){re.escape(stem)}", head) for stem in stems):
        message = f"neither the headline nor the lead says who this release is from ({subject.document.publisher})"
        yield lead.finding(0, 0, message, severity=Severity.STYLE)
