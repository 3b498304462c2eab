"""Parse the attribution of a quotation into speaker, role and verb.

It is the clause before or after the quotation. Forms (newsroom practice in English, French, German, Spanish and Welsh):
“Office Name said:”, “Name, office, said:”, “…,” said Name, office; “…,” Name said; “Added Name,”; Dywedodd Name:;
“According to Name,”; “When asked …, Name said:”; “Statement by Name:”; — Name, office.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pressgen.importer.attribution_clause import AttributionClause, SpeakerKind
from pressgen.importer.attribution_subject import parse_subject
from pressgen.importer.person_names import find_names, get_surname
from pressgen.importer.speech_words import (
    ACCORDING,
    ADVERB,
    AFTER_VERB,
    ENGLISH,
    INVERTED,
    JOINING,
    OPENING,
    STATEMENT,
    TELLING,
    VERB,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.importer.name_index import NameIndex

SAYS = re.compile(VERB)
SAYS_LAST = re.compile(rf",?\s+{VERB}$")
VERB_FIRST = re.compile(rf"(?i:{JOINING}\s+)??(?P<verb>{VERB})\s+(?P<subject>\S.*?)[\s:,.;]*$", re.DOTALL)
VERB_ALONE = re.compile(rf"(?i:{JOINING}\s+)??(?P<verb>{VERB})[\s:,.;]*$")
ENGLISH_AFTER_SO = re.compile(r"(?:the|that|a|we|it|they|he|she|I|you|far|much|many|on|long|as|can|do|is|was)\b")
COLON = re.compile(r"(?P<subject>\S.*?)\s*:\s*$")
DASH = re.compile(r"\s*[-–—]+\s*(?P<subject>[^\W\d_].{2,160}?)\s*\.?\s*$")
OBJECT = re.compile(r"\s+[^:,.“”\"„«»]{1,60}[\s:,.]*")
LEADING_END = re.compile(r"[:,]\s*$")
LONGEST = 320
NO_VERB = "the words ahead of it name somebody, but do not say that they speak"


def parse_leading_clause(clause: str, names: NameIndex) -> AttributionClause | None:
    """Parse an attribution clause before a quotation; None if it is none.

    Args:
        clause: the sentence, or its part, that introduces the speech.
        names: the names of the text.
    """
    clause = clause.strip()
    if not clause or len(clause) > LONGEST:
        return None
    return next(filter(None, (parse(clause, names) for parse in LEADING_FORMS)), None)


def parse_trailing_clause(clause: str, names: NameIndex) -> AttributionClause | None:
    """Parse an attribution clause after a quotation; None if it is none."""
    clause = clause.strip().lstrip(",;.").strip()
    if not clause or len(clause) > LONGEST:
        return None
    if match := DASH.fullmatch(clause):
        return parse_subject(match["subject"], "", names)
    if match := INVERTED.match(clause):
        return _parse_inverted(match, clause[match.end() :])
    if match := ACCORDING.match(clause):
        return parse_subject(match["subject"], "", names)
    if (match := VERB_FIRST.match(clause)) and not _is_no_verb(match["verb"], match["subject"]):
        return parse_subject(match["subject"], match["verb"], names)
    for match in SAYS.finditer(clause):
        if match.start() == 0:
            continue
        after = clause[match.end() :]
        found = parse_subject(clause[: match.start()], match[0], names)
        if found and found.whole:
            return replace(found, whole=_is_tail(match[0], after))
        break
    return None


def parse_signature_line(line: str, names: NameIndex) -> AttributionClause | None:
    """Parse a line that only names a speaker; None if none."""
    dashed = DASH.fullmatch(line)
    found = parse_subject(dashed["subject"] if dashed else line, "", names)
    certain = found and found.kind is SpeakerKind.PERSON and found.whole
    return found if certain and found and (dashed or found.role) else None


def _parse_statement(clause: str, names: NameIndex) -> AttributionClause | None:
    match = STATEMENT.match(clause)
    if match is None or not match["subject"][:1].isupper():
        return None
    said = SAYS_LAST.search(match["subject"])
    subject = match["subject"][: said.start()] if said else match["subject"]
    return _parse_named(subject, names) or (parse_subject(subject, "", names) if said else None)


def _parse_according(clause: str, names: NameIndex) -> AttributionClause | None:
    match = ACCORDING.match(clause) if LEADING_END.search(clause) else None
    return parse_subject(match["subject"], "", names) if match else None


def _parse_verb_last(clause: str, names: NameIndex) -> AttributionClause | None:
    found = (parse_subject(subject, verb, names) for subject, verb in _split_at_verbs(clause))
    return next(filter(None, found), None)


def _parse_verb_first(clause: str, names: NameIndex) -> AttributionClause | None:
    adverb = ADVERB.match(clause)
    match = VERB_FIRST.match(clause, adverb.end() if adverb else 0)
    if match is None or _is_no_verb(match["verb"], match["subject"]):
        return None
    verb = match["verb"].lower() if match["verb"].lower() in ENGLISH else match["verb"]
    return parse_subject(match["subject"], verb, names)


def _parse_verb_alone(clause: str, _: NameIndex) -> AttributionClause | None:
    """Parse a verb that includes its subject: “Y añadió:”."""
    if (match := INVERTED.match(clause)) and LEADING_END.fullmatch(clause[match.end() :]):
        return _parse_inverted(match, "")
    match = VERB_ALONE.match(clause)
    alone = match is not None and match["verb"].lower() not in ENGLISH
    return AttributionClause("", "", match["verb"], SpeakerKind.PRONOUN) if match and alone else None


def _parse_before_colon(clause: str, names: NameIndex) -> AttributionClause | None:
    match = COLON.match(clause)
    return _parse_named(match["subject"], names) if match else None


def _parse_before_comma(clause: str, names: NameIndex) -> AttributionClause | None:
    """Parse a name and a role before a comma, without a verb."""
    found = _parse_named(clause.rstrip(", "), names) if clause.endswith(",") else None
    certain = found and found.role and found.whole and clause.startswith(found.name)
    return replace(found, reasons=(*found.reasons, NO_VERB)) if found and certain else None


def _split_at_verbs(clause: str) -> Iterator[tuple[str, str]]:
    """Yield a clause's subject and verb, from the last verb on."""
    for match in reversed(list(SAYS.finditer(clause))):
        subject, after = clause[: match.start()], clause[match.end() :]
        if not subject.strip(" ,"):
            continue
        if _is_tail(match[0], after) and not _is_no_verb(match[0], after):
            yield subject, match[0]


def _parse_inverted_subject(clause: str, names: NameIndex) -> AttributionClause | None:
    """Parse a clause with an inverted subject: “Bei der Eröffnung sagte Name”."""
    for match in SAYS.finditer(clause):
        ahead = clause[: match.start()].strip(" ,")
        if not ahead or not OPENING.match(ahead) or any(each.person for each in find_names(ahead)):
            continue
        subject = clause[match.end() :].strip(" ,:.")
        if subject and (found := parse_subject(subject, match[0], names)):
            return replace(found, whole=False)
    return None


def _is_tail(verb: str, after: str) -> bool:
    """Return whether words only tell where, when and to whom."""
    if not after.strip(" :,.;–—-"):
        return True
    return AFTER_VERB.fullmatch(after.strip()) is not None or (
        verb.rpartition(" ")[2].lower() in TELLING and OBJECT.fullmatch(after) is not None
    )


def _is_no_verb(verb: str, after: str) -> bool:
    """Return whether “so” is the English word, not the German one."""
    return verb.lower() == "so" and (not after.strip(" :,.") or ENGLISH_AFTER_SO.match(after.strip()) is not None)


def _parse_inverted(match: re.Match[str], after: str) -> AttributionClause:
    many = (match["before"] or match["those"] or match["after"] or "").lower()
    return AttributionClause(
        "", "", match["verb"], SpeakerKind.PRONOUN, pronoun=many, whole=_is_tail(match["verb"], after)
    )


def _parse_named(subject: str, names: NameIndex) -> AttributionClause | None:
    """Parse a line that names somebody, without a verb."""
    if not find_names(subject):
        return None
    found = parse_subject(subject, "", names)
    if found is None or found.kind in (SpeakerKind.PRONOUN, SpeakerKind.OFFICE):
        return None
    surname = get_surname(found.name) if len(found.name.split()) == 1 else ""
    shown = names.is_person(names.resolve(found.name).name) or found.kind is SpeakerKind.COLLECTIVE
    if not found.whole:
        found = replace(found, reasons=(*found.reasons, NO_VERB))
    return found if found.role or surname in names.surnames or shown else None


LEADING_FORMS = (
    _parse_statement,
    _parse_according,
    _parse_verb_last,
    _parse_inverted_subject,
    _parse_verb_first,
    _parse_verb_alone,
    _parse_before_colon,
    _parse_before_comma,
)
"""The forms of a clause before a quotation; the first that fits is taken."""
