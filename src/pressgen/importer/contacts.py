"""Read press contacts from lines of any form.

A contact has name, role, telephone numbers and e-mail address.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pressgen.importer import section_markers
from pressgen.importer.person_names import find_names, strip_titles, tidy_name
from pressgen.importer.role_words import BODIES, ROLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pressgen.importer.manuscript import SourceParagraph

EMAIL = re.compile(
    r"(?P<local>(?:(?<![A-Za-z])[A-Za-z]|(?<![\w)-])\d+[A-Za-z])(?:[\w.+-]{0,63}[\w+-])?)\s?(?:@|\[at\]|\(at\))\s?(?P<domain>[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,24}?)(?![a-z])"
)
PHONE = re.compile(
    r"(?:(?<![\w/.-])|(?<=[A-Za-z])(?=\())(?:(?:\+|00)\d{1,3}[\s.-]?)?(?:\(0?\d{1,5}\)|\d{3}/(?=\d{3}-\d{4})|\d{1,5})(?:[\s.\u2011-]?\(?\d{2,5}\)?){1,4}(?![\d/]|\s?(?:%|per\b))"
)
ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
ROUND_THE_CLOCK = re.compile(r"\(?\b24[\s-]?(?:hours?|hrs?|h|/\s?7)\b\)?", re.IGNORECASE)
HANDLE = re.compile(
    r"(?:\b(?:twitter|x|facebook|instagram|bluesky|mastodon|threads)\b\s*(?:/\s*x\b\s*)?:?\s*)?(?<![\w.])@\w[\w.@-]*\w",
    re.IGNORECASE,
)
"""An account on a social network."""
GLUED = re.compile(r"(?<=\bor)(?=[A-Z][\w.]*@)|(?<=\band)(?=[A-Z][\w.]*@)")
"""Where a line break before an address was lost."""
LEAST_DIGITS, MOST_DIGITS = 7, 15
LONGEST_NAME = 8  # words
NEAR = 24
"""The most characters between a number and the name of the next person on its line."""
DATE_LIKE = re.compile(
    r"(?:19|20)\d\d(?:[-./]\d\d?){0,2}$|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}$|(?:19|20)\d\d-\d\d-\d\d\b"
    r"|(?:19|20)\d\d[-/](?:19|20)\d\d$|\d{5}-\d{4}$"
)
"""Dates, spans of years, and American postcodes."""
LABELS = re.compile(
    r"""\b(?:t|tel|tél|telephone|téléphone|telefon|teléfono|phone|ph|mob(?:ile)?|cell|e|e-?mail|
        (?:(?<![^\W\d_]\s)|(?<=\bor\s)|(?<=\btel\s))office(?:\s+hours)?|correo|courriel|ebost|
        ff[ôo]n|direct(?:\s+line)?|switchboard|main|contact|name|pr|press(?!\s+(?:office|officer|manager|secretary|team|relations)\b)|or|on|at|and|out\s+of\s+hours|email\s+address|via|
        website|fax|web)\b\s*[:.)]?|[()|,;/–—:*#`\[\]-]""",
    re.IGNORECASE | re.VERBOSE,
)
HOURS = re.compile(
    r"out[\s-]+of[\s-]+(?:office[\s-]+)?hours|after[\s-]+hours|weekend|24[\s-]+hours?|y\s+tu\s+allan\s+i\s+oriau",
    re.IGNORECASE,
)
ASKED = re.compile(
    r"(?:for\s+(?:more|further|additional|all|any|media|press)?.{0,60}?\b(?:please\s+)?(?:contact|call|ring|telephone|e-?mail)\b"
    r"|for\s+interviews?\s+(?:please\s+)?(?:contact|call)\b|am\s+ymholiadau.{0,40}?cysylltwch\s+â)\s*:?",
    re.IGNORECASE,
)
LONGEST = 420


@dataclass(slots=True)
class ParsedContact:
    """A contact that is being read from lines of text.

    `left` are the words that none of its fields holds.
    """

    name: str = ""
    role: str = ""
    organisation: str = ""
    phones: list[str] = field(default_factory=list)
    hours: str = ""
    email: str = ""
    left: list[str] = field(default_factory=list)

    @property
    def reachable(self) -> bool:
        """Whether it has a telephone number or an e-mail address."""
        return bool(self.phones or self.email or self.hours)


def is_contact(text: str) -> bool:
    """Return whether a paragraph is contact details.

    It holds an address or a number, and little else.
    """
    if len(text) > LONGEST or not (EMAIL.search(text) or find_phone_numbers(text)):
        return False
    return bool(ASKED.search(text) or section_markers.RUN_IN_CONTACT.match(text) or len(text.split()) <= 14)  # noqa: PLR2004


def find_phone_numbers(text: str) -> list[re.Match[str]]:
    """Find the telephone numbers in a text."""
    found = []
    for other in (ADDRESS, ROUND_THE_CLOCK):
        text = other.sub(lambda match: "_" * len(match[0]), text)
    for match in PHONE.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        if LEAST_DIGITS <= len(digits) <= MOST_DIGITS and not DATE_LIKE.match(match[0].strip()):
            found.append(match)
    return found


def read_contacts(paras: Sequence[SourceParagraph]) -> list[ParsedContact]:
    """Read the contacts from the lines of contact sections.

    They come in order, each once.
    """
    found: list[ParsedContact] = []
    current = ParsedContact()
    for para in paras:
        if section_markers.CONTACT.fullmatch(para.text) and (current.reachable or not current.name):
            continue  # after a name, “Press officer” is a role, not a heading
        for part in _split_people(GLUED.sub(" ", para.text)):
            current = _read_part(part, current, found)
    if current.reachable and current not in found:
        found.append(current)
    return _merge([each for each in found if each.reachable])


def find_missed_addresses(texts: Iterable[str], found: Iterable[ParsedContact]) -> list[str]:
    """Find numbers and addresses in a text that no contact has.

    Args:
        texts: the paragraphs of a release, without its letterhead.
        found: its contacts.
    """
    contacts = list(found)
    addresses = {each.email.lower() for each in contacts}
    digits = "/".join(re.sub(r"[^\d/]", "", "/".join([*each.phones, each.hours])) for each in contacts)
    missed = []
    for text in (GLUED.sub(" ", each) for each in texts):
        missed += [
            match[0] for match in EMAIL.finditer(text) if f"{match['local']}@{match['domain']}".lower() not in addresses
        ]
        missed += [each[0] for each in find_phone_numbers(text) if re.sub(r"\D", "", each[0])[-7:] not in digits]
    return missed


def _split_people(line: str) -> list[str]:
    """Split a line where it names a second person.

    The name comes after a number or an address.
    """
    stops = [match.end() for match in EMAIL.finditer(line)] + [match.end() for match in find_phone_numbers(line)]
    cuts = [
        at
        for at in stops
        if any(each.start >= at and each.person and each.start - at <= NEAR for each in find_names(line))
    ]
    parts, start = [], 0
    for at in sorted(cuts):
        tail = line[at:].lstrip(" ,;/|")
        if not EMAIL.match(tail) and not re.match(r"(?:or|and|/)?\s*[\d(+]", tail):
            parts.append(line[start:at])
            start = at
    return [*parts, line[start:]]


def _read_part(part: str, current: ParsedContact, found: list[ParsedContact]) -> ParsedContact:
    emails, phones = list(EMAIL.finditer(part)), find_phone_numbers(part)
    words = PHONE.sub(" ", HANDLE.sub(" ", EMAIL.sub(" ", ASKED.sub(" ", ROUND_THE_CLOCK.sub(" ", part)))))
    bare = _strip_labels(words)
    person = _find_person(words, bare)
    if current.reachable and (person or (bare and _is_organisation(bare))):
        found.append(current)
        current = ParsedContact()
    if person and not current.name:
        current.name = person
        current.role = current.role or _find_role(words, person)
        if not current.role and not current.organisation:
            current.organisation = _strip_labels(words.partition(strip_titles(person))[2])
    elif person:
        current.organisation = current.organisation or bare
    elif bare and not emails and not phones:
        _read_role_or_body(bare, current)
    elif bare and not current.name and len(bare.split()) <= LONGEST_NAME:
        current.organisation = current.organisation or bare
    addresses = [f"{match['local']}@{match['domain']}" for match in emails]
    if addresses:
        current.email = current.email or addresses[0]
    for match in phones:
        _add_phone_number(match[0].strip(" .-"), part, current)
    for address in addresses[1:]:
        found.append(current)
        current = ParsedContact(email=address)
    return current


def _strip_labels(words: str) -> str:
    """Return a line without labels, such as “Tel:”, and without marks."""
    return " ".join(LABELS.sub(" ", section_markers.RUN_IN_CONTACT.sub(" ", words)).split())


def _find_person(words: str, bare: str) -> str:
    plain = re.sub(r"\([^)]*\)", " ", words)
    persons = [each for each in find_names(plain) if each.person and len(strip_titles(each.name).split()) > 1]
    if persons:
        return tidy_name(persons[0].name if "," in plain else persons[-1].name)
    return bare.title() if re.fullmatch(r"[A-Z][a-z]+\s+[A-Z]{3,}", bare) else ""


def _find_role(words: str, person: str) -> str:
    ahead, _, behind = words.partition(strip_titles(person))
    parts = (_strip_labels(ahead), _strip_labels(behind))
    return ", ".join(part for part in parts if (set(part.split()) - BODIES) & ROLES)


def _read_role_or_body(bare: str, current: ParsedContact) -> None:
    """Read a line without number and address as role or organisation."""
    office = bool((set(bare.title().split()) - BODIES) & ROLES)
    if not current.organisation and ((_is_organisation(bare) and not office) or not current.name):
        current.organisation = bare
    elif not current.role and (office or not _is_organisation(bare)):
        current.role = bare
    else:
        current.left.append(bare)


def _add_phone_number(number: str, part: str, current: ParsedContact) -> None:
    digits = re.sub(r"\D", "", number)
    if ROUND_THE_CLOCK.search(part):
        current.hours = current.hours or number
    if HOURS.search(part) and not current.hours and current.phones:
        current.hours = number
    elif all(re.sub(r"\D", "", each)[-7:] != digits[-7:] for each in current.phones):
        current.phones.append(number)


def _is_organisation(text: str) -> bool:
    return bool(set(text.split()) & BODIES) or bool(
        re.search(r"\boffice\b|\bmedia\b|\brelations\b|\bdepartment\b", text, re.IGNORECASE)
    )


def _merge(found: list[ParsedContact]) -> list[ParsedContact]:
    kept: list[ParsedContact] = []
    for each in found:
        same = next((other for other in kept if _is_same_contact(each, other)), None)
        if same is None:
            kept.append(each)
            continue
        same.name = same.name or each.name
        same.email = same.email or each.email
        same.organisation = same.organisation or each.organisation
        for number in each.phones:
            _add_phone_number(number, "", same)
    return kept


def _is_same_contact(one: ParsedContact, other: ParsedContact) -> bool:
    if one.name and other.name:
        return one.name.lower().split()[-1] == other.name.lower().split()[-1]
    return bool(one.email and one.email.lower() == other.email.lower())
