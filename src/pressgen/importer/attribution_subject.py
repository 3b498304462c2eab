"""Parse the subject of an attribution: who speaks, in which role.

The words around the name are a role only where they cannot be anything else; other words are left over.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressgen.importer.attribution_clause import AttributionClause, SpeakerKind
from pressgen.importer.person_names import (
    FULL_NAME,
    KEPT,
    LONG_NAME,
    SHORT_NAME,
    TITLES,
    PersonName,
    find_names,
    get_surname,
    strip_titles,
)
from pressgen.importer.role_words import (
    BEHIND_ROLE,
    BODY_NOUNS,
    FINITE,
    GROUP,
    LEFT_OVER,
    OFFICE,
    ROLE,
    ROLES,
    SPOKESPERSON,
    TAIL,
)
from pressgen.importer.speech_words import CONJUNCTION, NEVER_NAMED, OPENING, PRONOUN, VERB

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pressgen.importer.name_index import NameIndex


AHEAD_OF_BODY = re.compile(
    r"(?:\b(?:of|for|at|from|in|with|de|du|des|del|von|vom|bei|à|au|the|der|die|das|el|la|le|les|des)\s+|\b[dl][’'])$",
    re.IGNORECASE,
)
"""Words before an organisation's name, or a German role."""
NO_SUBJECT = re.compile(
    r"\b(?:to|by|with|against|about|like|than|à|par|avec|contre|an|mit|gegen|con|contra|a)\s+(?:the\s+)?$"
)
"""Words before a name, with or without a title, that is the object of something else."""
ARTICLE = re.compile(r"\A(?:and|the|der|die|das|el|la|le|les|l[’']|y|yr|a|an|une?|ein|eine|un|una)\s+", re.IGNORECASE)
BEGUN = re.compile(rf"\s*(?:{CONJUNCTION})\s+(?=\S)", re.IGNORECASE)
JOINED_AHEAD = re.compile(r"\s(?:and|&|et|und|y|e|a|ac)$")
JOINT = re.compile(r"\s+(?:and|&|et|und|y|e|a|ac)\s+")
FEW_WORDS = 3
UNSURE_NAME = "the first word of the name may be a role"
UNSURE_PERSON = "nothing else in the text shows that this is a person"
SEVERAL_NAMED = "the sentence has more in it than a name and a role"


def parse_subject(subject: str, verb: str, names: NameIndex) -> AttributionClause | None:
    """Parse the subject of an attribution; None if it names no speaker."""
    subject, verb = subject.strip(" ,;–—"), " ".join(verb.split())
    if match := PRONOUN.fullmatch(subject):
        return AttributionClause("", "", verb, SpeakerKind.PRONOUN, match["pronoun"].lower())
    if match := BEGUN.match(subject):
        subject = subject[match.end() :]
    if not subject or subject.split()[0].lower() in NEVER_NAMED:
        return None
    if match := OPENING.match(subject):
        return _parse_after_opening(subject, verb, names)
    if subject.endswith((" who", " qui", " quien")):
        return _parse_relative(subject, verb, names)
    return _parse_core(subject, verb, names)


def _parse_after_opening(subject: str, verb: str, names: NameIndex) -> AttributionClause | None:
    """Parse a subject after an opening clause: “When asked …, Name”."""
    for comma in re.finditer(r",\s+", subject):
        rest = subject[comma.end() :]
        first = rest.partition(",")[0]
        head = _choose_head(first, _find_people(first, names))
        if PRONOUN.fullmatch(rest) or _is_collective(first) or (head and not _is_body_ahead(first, head)):
            found = parse_subject(rest, verb, names)
            return found and _leave_over(found)
    ahead = subject.partition(",")[0]
    last = [each for each in _find_people(ahead, names) if each.end == len(ahead)]
    if last:
        return _leave_over(_assemble(last[-1], "", "", _split_at_commas(subject)[1:], verb, names))
    pronoun = PRONOUN.fullmatch(subject.rpartition(" ")[2])
    if pronoun and len(pronoun[0]) > 1:
        return AttributionClause("", "", verb, SpeakerKind.PRONOUN, pronoun[0].lower(), whole=False)
    return None


def _parse_relative(subject: str, verb: str, names: NameIndex) -> AttributionClause | None:
    """Parse a subject that ends in “Name, who”."""
    ahead = subject.rpartition(" ")[0].rstrip(" ,")
    people = [each for each in _find_people(ahead, names) if each.end == len(ahead)]
    found = _parse_core(ahead[people[-1].start :], verb, names) if people else None
    return found and _leave_over(found)


def _leave_over(found: AttributionClause, reasons: tuple[str, ...] = ()) -> AttributionClause:
    return AttributionClause(
        found.name, found.role, found.verb, found.kind, found.pronoun, (*found.reasons, *reasons), whole=False
    )


def _find_people(text: str, names: NameIndex) -> list[PersonName]:
    """Find the people in a text; surnames only without full names."""
    found = find_names(text)
    people = [each for each in found if each.person]
    return people or [each for each in found if get_surname(each.name) in names.surnames]


def _parse_core(subject: str, verb: str, names: NameIndex) -> AttributionClause | None:
    first, *others = _split_at_commas(subject)
    people = _find_people(first, names)
    if joint := _join_speakers(first, people):
        whole = _are_roles(others)
        role = ", ".join(others) if whole else ""
        return AttributionClause(joint, role, verb, SpeakerKind.COLLECTIVE, whole=whole)
    head = _choose_head(first, people)
    if head is None and others and ROLE.search(first) and not find_names(first):
        inner = _choose_head(others[0], _find_people(others[0], names))
        if inner and not _is_body_ahead(others[0], inner):
            ahead = f"{first}, {others[0][: inner.start]}"
            return _assemble(inner, ahead, others[0][inner.end :], others[1:], verb, names)
    aside = others and _find_people(others[0], names)
    if aside and aside[0].name == others[0] and (head is None or (head.start and _is_body_ahead(first, head))):
        return _assemble(aside[0], first, "", others[1:], verb, names)
    if SPOKESPERSON.fullmatch(first):
        return AttributionClause(first, "", verb, SpeakerKind.COLLECTIVE, whole=not others)
    if head is None or (head.start and _is_body_ahead(first, head) and not _is_german_role(first, head)):
        return _parse_unnamed(first, others, verb, names)
    return _assemble(head, first[: head.start], first[head.end :], others, verb, names)


def _split_at_commas(subject: str) -> list[str]:
    return [part.strip() for part in re.split(r",\s+|\s+[–—]\s+", subject) if part.strip()]


def _join_speakers(first: str, people: Sequence[PersonName]) -> str:
    """Return the names of two speakers as printed, or an empty text."""
    parts = JOINT.split(first)
    if len(parts) < SHORT_NAME or len(people) != len(parts):
        return ""
    return first if all(part == each.name for part, each in zip(parts, people, strict=True)) else ""


def _choose_head(first: str, people: Sequence[PersonName]) -> PersonName | None:
    """Choose the speaker among the names before the first comma."""
    if not people or (people[-1].name.endswith(("’s", "'s")) and people[-1].end < len(first)):
        return None
    if len(people) > 1 and people[0].start == 0:
        between = first[people[0].end : people[-1].start]
        if AHEAD_OF_BODY.search(between) or re.match(rf"\s+{VERB}", between) or _starts_clause(between):
            return people[0]
    return _trim_name(first, people[-1])


def _starts_clause(between: str) -> bool:
    """Return whether words are no role of the name behind them."""
    return ROLE.search(between) is None


def _trim_name(first: str, named: PersonName) -> PersonName:
    """Return a name without the capitalised words of an office before it."""
    tokens = [(each[0], each.start()) for each in re.finditer(r"\S+", named.name)]
    most = SHORT_NAME if AHEAD_OF_BODY.search(first[: named.start]) else LONG_NAME
    if TITLES.match(named.name) or named.start == 0 or len(tokens) <= most:
        return named
    start = named.start + tokens[-2][1]
    return PersonName(first[start : named.end], start, named.end)


def _is_body_ahead(first: str, head: PersonName) -> bool:
    """Return whether a preposition before a name makes it no subject."""
    if NO_SUBJECT.search(first[: head.start]):
        return True
    return AHEAD_OF_BODY.search(first[: head.start]) is not None and not TITLES.match(head.name)


def _is_german_role(first: str, head: PersonName) -> bool:
    """Return whether an article before a name belongs to a role.

    German does that: “der Vorsitzende der Werke Jens Oltmann”.
    """
    return (
        " " in first[: head.start].strip() and head.end == len(first) and ROLE.search(first[: head.start]) is not None
    )


def _is_collective(first: str) -> bool:
    return GROUP.fullmatch(first) is not None or SPOKESPERSON.fullmatch(first) is not None


def _parse_unnamed(first: str, others: Sequence[str], verb: str, names: NameIndex) -> AttributionClause | None:
    """Parse a subject that is an office, body, group or single name."""
    if _is_collective(first):
        return AttributionClause(first, "", verb, SpeakerKind.COLLECTIVE, whole=not others)
    if OFFICE.fullmatch(first):
        return AttributionClause("", first, verb, SpeakerKind.OFFICE, whole=not others)
    bare = ARTICLE.sub("", first)
    found = find_names(bare)
    alone = [each for each in found if each.name == bare and not set(each.name.split()) <= ROLES]
    body = bool(set(bare.split()) & BODY_NOUNS) and bare[:1].isupper() and FINITE.search(bare) is None
    if alone and bare != first and not body and not names.is_body(bare):
        return AttributionClause("", first, verb, SpeakerKind.OFFICE, whole=not others)
    if body or (alone and names.is_body(bare)):
        return AttributionClause(first, "", verb, SpeakerKind.COLLECTIVE, whole=not others)
    if OPENING.fullmatch(bare.split()[0]):
        return None
    if alone and not others:
        return AttributionClause(bare, "", verb, reasons=(UNSURE_PERSON,) if not TITLES.match(bare) else ())
    if found and found[0].start == 0 and found[0].short and (TITLES.match(found[0].name) or others):
        return _assemble(found[0], "", bare[found[0].end :], others, verb, names)
    return None


def _assemble(
    head: PersonName, ahead: str, behind: str, others: Sequence[str], verb: str, names: NameIndex
) -> AttributionClause:
    """Put a clause together from a name and the words around it."""
    ahead, behind = ahead.strip(" ,"), behind.strip(" ,")
    if JOINED_AHEAD.search(ahead):
        return AttributionClause(head.name, "", verb, reasons=(SEVERAL_NAMED,), whole=False)
    role = [ARTICLE.sub("", f"{ahead} ", count=1).strip()] if ahead and _is_role_ahead(ahead) else []
    whole = not ahead or bool(role)
    rest = [behind, *others] if behind else [*others]
    if behind and not BEHIND_ROLE.match(behind) and not TAIL.fullmatch(behind):
        whole, rest = False, []
    for index, part in enumerate(rest):
        if TAIL.fullmatch(part) and not ROLE.search(part) and (index or part == behind):
            break
        if LEFT_OVER.match(part) or FINITE.search(part):
            whole = False
            break
        role.append(part)
    if names.is_body(strip_titles(head.name)) and strip_titles(head.name) == head.name:
        whole = whole and not role
        return AttributionClause(head.name, "", verb, SpeakerKind.COLLECTIVE, reasons=(UNSURE_PERSON,), whole=whole)
    reasons = _doubt_name(head, ahead, " ".join(role), names)
    several = [each for each in find_names(f"{behind}, {', '.join(others)}") if each.person]
    if (ahead and not _is_role_ahead(ahead)) or (not whole and len(several) > 1):
        reasons = (*reasons, SEVERAL_NAMED)
    return AttributionClause(head.name, ", ".join(role), verb, reasons=reasons, whole=whole)


def _is_role_ahead(ahead: str) -> bool:
    """Return whether the words before a name can be a role."""
    few = len(ahead.split()) <= FEW_WORDS
    return FINITE.search(ahead) is None and (few or ROLE.search(ahead) is not None)


def _doubt_name(head: PersonName, ahead: str, role: str, names: NameIndex) -> tuple[str, ...]:
    """Return why a name may be no person's, or longer."""
    resolved = names.resolve(head.name).name
    tokens = strip_titles(head.name).split()
    titled = TITLES.match(head.name) is not None
    plain = [token for token in tokens if token[:1].isupper() and not token.endswith(".") and len(token) > 1]
    reasons = []
    if not titled and len(plain) > SHORT_NAME and not ROLE.search(ahead) and not names.is_whole(head.name):
        reasons.append(UNSURE_NAME)
    known = head.short and get_surname(head.name) in names.surnames
    if not (titled or known or ROLE.search(role) or names.is_person(resolved)):
        reasons.append(UNSURE_PERSON)
    if len(tokens) > FULL_NAME or (KEPT.match(head.name) is None and head.name.isupper()):
        reasons.append(UNSURE_NAME)
    return tuple(dict.fromkeys(reasons))


def _are_roles(parts: Sequence[str]) -> bool:
    return all(not LEFT_OVER.match(part) and not FINITE.search(part) for part in parts)
