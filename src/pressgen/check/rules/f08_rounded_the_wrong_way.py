"""“Nearly”, “up to” or “almost a quarter” before a figure that belies it.

A fact in prose with a rounding filter is refused where the word belies it. This finds figures that were typed: before
what a fact counts, or a fraction in a sentence on what a fact is a percentage of. Which fact a sentence speaks of
cannot be certain, so fractions are warnings.

Wrong: `Nearly 4,000 members` where `members: {value: 4120, unit: members}`

Right: `More than 4,000 members`
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from pressgen.check.rule import rule
from pressgen.errors import Severity
from pressgen.model.record import read_number
from pressgen.text.figures import CLAIMS, RoundedNumber, find_false_claim
from pressgen.text.number_words import find_numbers
from pressgen.text.sentences import find_sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.check.finding import Finding
    from pressgen.check.passage import Passage
    from pressgen.check.subject import Subject

FRACTIONS = {
    "half": Decimal(50), "third": Decimal(100) / 3, "quarter": Decimal(25), "fifth": Decimal(20),
    "sixth": Decimal(100) / 6, "tenth": Decimal(10), "two-thirds": Decimal(200) / 3, "three-quarters": Decimal(75),
    "two-fifths": Decimal(40), "three-fifths": Decimal(60),
}  # fmt: skip
FRACTION = re.compile(
    rf"\b(?P<claim>{'|'.join(CLAIMS['en'].values())})\s(?:a\s|one\s|one-)?"
    r"(?P<fraction>half|third|quarter|fifth|sixth|tenth|two[-\s]thirds|three[-\s]quarters|two[-\s]fifths|three[-\s]fifths)\b",
    re.IGNORECASE,
)
PERCENT = re.compile(r"%|per\s?cent", re.IGNORECASE)
FAR = Decimal(8)
"""Percentage points beyond which the fraction is of something else."""
NEAR = Decimal("0.15")


@rule("F08", "rounded-the-wrong-way", Severity.ERROR, languages=("en",))
def check(subject: Subject) -> Iterator[Finding]:
    """Find roundings that the exact figure contradicts."""
    facts = [(fact, value) for fact in subject.release.facts.values() if (value := read_number(fact.value)) is not None]
    for passage in subject.own if facts else []:
        for count in find_numbers(passage.text):
            rest = passage.text[count.end : count.end + 60].lower()
            for fact, value in facts:
                if not fact.unit or not re.match(rf"\s{re.escape(fact.unit.lower())}\b", rest):
                    continue
                close = abs(count.value - value) <= value * NEAR and not passage.is_made(count.start)
                message = (
                    find_false_claim(passage.before(count.start), RoundedNumber(count.value, value), "en")
                    if close
                    else ""
                )
                if message:
                    yield passage.finding(count.start, count.end, message)
        yield from _check_fractions(subject, passage)


def _check_fractions(subject: Subject, passage: Passage) -> Iterator[Finding]:
    for match in FRACTION.finditer(passage.text):
        stated = FRACTIONS[match["fraction"].lower().replace(" ", "-")]
        sentence = find_sentence(passage.text, match.start()).text.lower()
        for fact in subject.release.facts.values():
            exact = read_number(fact.value)
            if exact is None or fact.of is None or not PERCENT.fullmatch((fact.unit or "").strip()):
                continue
            words = [word for word in re.findall(r"[a-z]{4,}", fact.of.lower()) if word not in {"with", "from", "that"}]
            if not words or not all(word in sentence for word in words) or abs(exact - stated) > FAR:
                continue
            if claim := find_false_claim(f"{match['claim']} ", RoundedNumber(stated, exact), "en"):
                relation = "above" if exact > stated else "below"
                message = f"“{match[0]}”, but {fact.value} {fact.unit} is {relation} it: {claim.partition(':')[0]}"
                yield passage.finding(*match.span(), message, severity=Severity.WARNING)
