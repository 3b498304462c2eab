"""Weigh which line above the lead of a release is its headline.

Newsroom practice decides: a headline says what the lead says, in a line of its own below the letterhead.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pressgen.importer import section_markers
from pressgen.importer.countries import PLACE_NAMES
from pressgen.importer.draft import Evidence
from pressgen.importer.manuscript import ParagraphKind, SourceParagraph
from pressgen.importer.paragraph_roles import Role, Sorted
from pressgen.importer.person_names import find_names
from pressgen.importer.role_words import BODIES, ROLES
from pressgen.importer.title_text import (
    SMALL,
    is_same_title,
    is_title_case,
    list_printed_words,
    list_stems,
    strip_title,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

AFRESH = (Role.LABEL, Role.LETTERHEAD, Role.CONTACT, Role.CONTACTS)
"""Roles at the top of a sheet: the headline comes after them."""
UNFIT = (
    Role.FURNITURE,
    Role.RULE,
    Role.PAGE,
    Role.END,
    Role.DATE,
    Role.EMBARGO,
    Role.IMMEDIATE,
    Role.REFERENCE,
    Role.CONTACT,
)
FEWEST_LETTERS, FEWEST, MOST = 3, 3, 40
"""Letters of the shortest headline, and words of most headlines."""
ISSUER_WORDS = 4
LEAD = 900
"""Characters of the lead that a headline is compared with."""
KICKER = re.compile(r"(?:as|while|amid|following|after|ahead\s+of|despite|alors\s+que|nach|tras)\b[^,]*", re.IGNORECASE)
QUOTED = re.compile(r"[“\"«„‘'].*[”\"»“’'][.!?]?")
SPEECH = re.compile(
    r"[“\"«„‘'][^“”\"«»„]{2,}[”\"»“’'],?\s+(?:said|says|added|adds|writes?|explains?|a\s+déclaré|sagte?|erklärt|dijo"
    r"|afirma|meddai)\b.*|.*\s(?:said|says|added)\s*:$|[“\"„«][^“”\"«»„]+[”\"»“]\s*[–—-]\s*\w.*",
    re.IGNORECASE,
)
PERSON = re.compile(
    r"(?:[A-ZÀ-Þ][\w’'.-]+,?\s+){1,5}(?:M\.?P|MLA|MSP|MS|TD|MEP|AM|AO|QC|KC|OBE|CBE|MBE|PhD)\b\.?(?:\s+[A-Z]{2,3}\b)*",
    re.IGNORECASE,
)
RUN_ON = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\s\d{1,2},?\s\d{4}\s+\S+",
)
"""A dateline that the line has swallowed."""


@dataclass(frozen=True, slots=True)
class HeadlineCandidate:
    """A line that may be the headline, with its signs.

    Attributes:
        text: its words without a label and without the name of a site.
        signs: each with its weight.
    """

    index: int
    para: SourceParagraph
    text: str
    signs: tuple[tuple[str, int], ...] = field(default=())

    @property
    def weight(self) -> int:
        """The sum of all signs."""
        return sum(weight for _, weight in self.signs)


def list_candidates(paras: Sequence[Sorted], lead: int, hints: Sequence[str]) -> list[HeadlineCandidate]:
    """List the lines above the lead that may be the headline.

    Args:
        paras: the whole release.
        lead: the index of its lead.
        hints: what the file itself calls the text, such as the title of a page.
    """
    eligible = [index for index in range(lead) if _is_eligible(*paras[index])]
    fresh = max((index for index in range(max(eligible, default=0)) if _is_letterhead(*paras[index])), default=-1)
    texts, names = [index for index, each in enumerate(paras) if _is_text(*each)], [strip_title(each) for each in hints]
    headed = next((index for index in eligible if paras[index][0].kind is ParagraphKind.HEADING), None)
    printed = [list_printed_words(para.text) for para, _ in paras[:lead]]
    found = []
    for index in eligible:
        para, role = paras[index]
        text = strip_title(para.text)
        signs = [
            *_weigh_shape(para, text),
            *_weigh_place(paras, index, lead, fresh),
            *_weigh_wording(text, list_stems(" ".join(paras[each][0].text for each in texts if each != index)[:LEAD])),
            ("the first heading of the file", 6)
            if index == headed
            else ("a heading of the file", 2)
            if headed is not None and para.kind is ParagraphKind.HEADING
            else ("", 0),
            ("what the file is called", 5) if any(is_same_title(each, text) for each in names) else ("", 0),
            ("a mail's subject", -2) if section_markers.SUBJECT.match(para.text) else ("", 0),
            ("the text after a label", 5)
            if role is Role.LABEL or section_markers.LABELLED.match(para.text)
            else ("", 0),
            ("it says that it is the headline", 12) if section_markers.TITLED.match(para.text) else ("", 0),
            ("it says that it is no headline", -12) if section_markers.SUBTITLED.match(para.text) else ("", 0),
            ("printed twice", 1) if printed.count(list_printed_words(para.text)) > 1 else ("", 0),
        ]
        found.append(HeadlineCandidate(index, para, text, tuple(sign for sign in signs if sign[1])))
    return found


def _is_letterhead(para: SourceParagraph, role: Role) -> bool:
    return role in AFRESH or section_markers.LABELLED.match(para.text) is not None


def _is_text(para: SourceParagraph, role: Role) -> bool:
    sentence = role is Role.LINE and para.text.endswith((".", "!", "?")) and not para.text.isupper()
    return (role is Role.PROSE or sentence) and not para.marker


def _is_eligible(para: SourceParagraph, role: Role) -> bool:
    if para.kind in (ParagraphKind.TABLE, ParagraphKind.PICTURE) or sum(map(str.isalpha, para.text)) < FEWEST_LETTERS:
        return False
    if section_markers.TITLED.match(para.text) or section_markers.SUBTITLED.match(para.text):
        return True
    if role is Role.LABEL:
        return bool(section_markers.LABELLED.match(para.text)) and bool(strip_title(para.text))
    if section_markers.SUBJECT.match(para.text):
        return role not in UNFIT
    if para.kind is ParagraphKind.HEADING:
        return role not in UNFIT
    return role is Role.LINE and not para.marker and not section_markers.RUN_IN_CONTACT.match(para.text)


def _weigh_shape(para: SourceParagraph, text: str) -> list[tuple[str, int]]:
    """Weigh the length of a line and how it ends."""
    words = text.split()
    count = len(words)
    found = [_weigh_length(count)]
    if text.endswith((":", ",", ";")):
        found.append(("it goes on", -4))
    if text.endswith(".") and not text.isupper() and not text.endswith("..."):
        found.append(("it ends as a sentence", -2))
    singles = sum(len(word) == 1 and not word.isdigit() for word in words)
    odd = sum(not (each.isalnum() or each.isspace() or each in "'’‘“”\"-–—:,.&!?%£$€()/|") for each in text)
    if (count > FEWEST and singles > count / 3) or odd * 8 > len(text):
        found.append(("hardly legible", -5))
    if QUOTED.fullmatch(text) and text.count(".") + text.count("!") + text.count("?") >= 1:
        found.append(("a quotation", -5))
    if SPEECH.match(text):
        found.append(("somebody speaks", -6))
    if RUN_ON.search(text):
        found.append(("a date runs on in it", -4))
    if para.text[:1] in "…•-–—":
        found.append(("it goes on from the line above", -5))
    return found


def _weigh_length(count: int) -> tuple[str, int]:
    """Weigh the number of words."""
    if count == 1:
        return "a single word", -5
    if count < FEWEST:
        return "very short", -1
    if count == FEWEST:
        return "short", 1
    return ("as long as a headline", 3) if count <= MOST else ("long", -1)


def _weigh_place(paras: Sequence[Sorted], index: int, lead: int, fresh: int) -> list[tuple[str, int]]:
    """Weigh where a line stands."""
    between = [role for para, role in paras[index + 1 : lead] if role in (Role.LINE, Role.PROSE) and not para.marker]
    found = [("below the letterhead", 2) if index > fresh else ("above the letterhead", -2)]
    if len(between) > FEWEST:
        found.append(("far above the text", -1))
    return found


def _weigh_wording(text: str, stems: frozenset[str]) -> list[tuple[str, int]]:
    """Weigh the words of a line against lead and mastheads."""
    found = []
    mine = list_stems(text)
    shared = len(mine & stems) / len(mine) if mine else 0
    if stems and mine:
        found.append(
            ("the text says the same", 4) if shared >= 0.5 else ("the text says some of it", 2) if shared >= 0.25  # noqa: PLR2004
            else ("the text says some of it", 1) if shared else ("the text says nothing of it", -2)
        )  # fmt: skip
    words = [word.strip(",.:;()–—-|") for word in text.split()]
    capital = all(word[:1].isupper() or word.lower() in SMALL or not word[:1].isalpha() for word in words)
    if section_markers.MASTHEAD.fullmatch(text) and len(words) <= 2 * ISSUER_WORDS:
        found.append(("a masthead", -6))
    elif (
        capital
        and any(word.title() in BODIES or word in BODIES for word in words[-1:] + words[:1])
        and len(words) <= 2 * ISSUER_WORDS
    ):
        found.append(("the name of a body", -4))
    elif capital and set(words) & BODIES and len(words) <= 2 * ISSUER_WORDS:
        found.append(("it holds the name of a body", -1))
    named = find_names(text)
    if (
        named
        and named[0].start == 0
        and named[0].person
        and ("," in text or set(words) & ROLES)
        and len(words) <= 3 * ISSUER_WORDS
        and capital
    ):
        found.append(("a person with a role", -4))
    elif not text.isupper() and words and words[0] in ROLES and capital and len(words) <= 3 * ISSUER_WORDS:
        found.append(("the title of an office", -3))
    if PERSON.fullmatch(text) or (named and named[0].person and named[0].start == 0 and named[0].end == len(text)):
        found.append(("only a person", -6))
    if text.title() in PLACE_NAMES or text in PLACE_NAMES:
        found.append(("only a place", -6))
    return found


def is_continuation(line: HeadlineCandidate, following: HeadlineCandidate) -> bool:
    """Return whether a headline goes on in the next line.

    The next follows without a blank line in the same case, or it ends what the first has begun.
    """
    first, second = line.text, following.text
    if section_markers.SUBTITLED.match(following.para.text) or first.endswith((".", "!", "?")):
        return False
    if first.isupper() and second.isupper() and len(first.split()) > ISSUER_WORDS:
        return True
    if KICKER.fullmatch(first) and len(first.split()) <= 2 * ISSUER_WORDS and not second.endswith("."):
        return True
    alike = is_title_case(first) and is_title_case(second)
    hanging = first.split()[-1].lower() in SMALL
    return (
        not following.para.apart
        and (alike or hanging)
        and len(f"{first} {second}".split()) <= MOST
        and following.index == line.index + 1
    )


def list_headline_evidence(candidates: Sequence[HeadlineCandidate]) -> Iterator[Evidence]:
    """Yield what was weighed for each candidate, the heaviest first."""
    for each in sorted(candidates, key=lambda each: -each.weight):
        for sign, weight in each.signs:
            yield Evidence("headline", f"{each.weight:+} in all", sign, each.text, each.para.line, weight)
