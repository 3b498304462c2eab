"""Parse the attribution of a quotation into speaker, role and verb.

It is the clause before or after the quotation. Forms (newsroom practice in English, French, German, Spanish and Welsh):
“Office Name said:”, “Name, office, said:”, “…,” said Name, office; “…,” Name said; “Added Name,”; Dywedodd Name:; —
Name, office.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pressgen.importer.person_names import KEPT, LONG_NAME, ROLES, SHORT_NAME, PersonName, find_names, get_surname

if TYPE_CHECKING:
    from collections.abc import Container

ENGLISH = frozenset(
    """said says say added adds add explained explains commented comments stated states noted notes continued
    continues concluded concludes conclude warned warns remarked reflected argued stressed emphasised emphasized
    insisted urged announced confirmed observed replied responded shared writes wrote write told reported
    claimed recalled declared suggested admitted agreed maintained predicted asked expressed warn explain
    recalls remembers cautioned cautions joked acknowledged acknowledges comment note argue stress claim
    state""".split()
)
OTHERS = frozenset(
    """déclare déclaré dit affirme affirmé explique expliqué ajoute ajouté souligne souligné précise précisé
    indique indiqué commente commenté conclut conclu estime assure assuré rappelle rappelé insiste insisté
    raconte raconté confie confié poursuit témoigne témoigné résume résumé
    sagt sagte sagten erklärt erklärte betont betonte ergänzt ergänzte kommentiert kommentierte meint meinte so
    unterstreicht berichtet berichtete erläutert erläuterte bekräftigt bekräftigte resümiert
    dijo dice comentó agregó añadió explicó señaló afirmó aseguró declaró destacó indicó diciendo concluyó
    apuntó subrayó afirma asegura explica señala añade agrega comenta declara destaca subraya apunta concluye
    recuerda recordó sostiene sostuvo insistió reconoce reconoció
    Dywedodd dywedodd meddai Meddai Ychwanegodd ychwanegodd Esboniodd esboniodd Eglurodd eglurodd""".split()
)
VERBS = ENGLISH | OTHERS
_WORD = "|".join(sorted({*VERBS, *(verb.capitalize() for verb in VERBS)}, key=len, reverse=True))
VERB = (
    rf"(?:(?:a|have|has|had|went\s+on\s+to|also|further)\s+)?(?:{_WORD})"
    r"(?:\s+(?:also|further|that|in\s+a\s+statement|out|today))?"
)
TAIL = r"(?:\s+(?:in|on|at|to|of|with|during)\s+[^.:,“”\"]{1,60})?(?:\s+that)?"
SUBJECT_VERB = re.compile(rf"(?P<subject>\S.*?)[,\s]+(?P<verb>{VERB}){TAIL}[\s.:,;–—-]*$")
VERB_SUBJECT = re.compile(rf"(?:and\s+)?(?P<verb>{VERB})\s+(?P<subject>\S.*?)[\s:,.;]*$")
COLON = re.compile(r"(?P<subject>\S.*?)\s*:\s*$")
DASH = re.compile(r"\s*[-–—]+\s*(?P<subject>[^\W\d_].{2,160}?)\s*\.?\s*$")
PRONOUN = re.compile(
    r"""(?:(?:and|but|nevertheless|however|also|further)[,\s]+)?
        (?:he|she|they|it|il|elle|ils|elles|er|sie|él|ella|ellos|fe|ef|hi|nhw)""",
    re.IGNORECASE | re.VERBOSE,
)
COLLECTIVE = re.compile(
    r"""(?:the|les|die|los|las|yr|y)\s+(?:\w+\s+)?\w+s
      | an?\s+(?:\S+\s+){0,5}(?:spokes\w+|representative|source).* | une?\s+porte-parole.*""",
    re.IGNORECASE | re.VERBOSE,
)
OFFICE = re.compile(
    rf"""(?:the|el|la|le|der|die|y|yr)\s+(?:\S+\s+){{0,3}}(?:{"|".join(sorted(ROLES))}|Court)
         (?:\s+(?:of|for|de|del|du|der|yr)\s+.{{1,80}})?""",
    re.IGNORECASE | re.VERBOSE,
)
RELATIVE = re.compile(r"[\s,(]*(?:who|whose|which|qui|dont|quien|que)\b", re.IGNORECASE)
"""The beginning of a clause that tells more about a speaker than a role, and does not fit before the name."""
LONGEST = 320
BODY_AHEAD = re.compile(r"\b(?:of|for|at|de|du|von|bei|à|in|with|del|the|der|die|das|el|la|le)\s+$", re.IGNORECASE)
"""Words before an organisation's name, or a German role, so that a person's name after it is the last two words."""
INVERTED = re.compile(rf"(?P<verb>{_WORD})(?:-t)?-(?:ils?|elles?)[\s.:,;]*$")


@dataclass(frozen=True, slots=True)
class AttributionClause:
    """A clause that names a speaker.

    Attributes:
        name: as printed, with its title; empty for a pronoun.
        collective: whether it is not a person's name, such as “the researchers”.
        whole: whether nothing of the clause is left over.
    """

    name: str
    role: str
    verb: str
    collective: bool = False
    whole: bool = True


def parse_leading_clause(clause: str, surnames: Container[str] = ()) -> AttributionClause | None:
    """Parse an attribution clause before a quotation; None if it is none.

    Args:
        clause: the sentence, or its part, that introduces the speech.
        surnames: of the people with a full name in the text, in lower case.
    """
    clause = clause.strip()
    if not clause or len(clause) > LONGEST:
        return None
    if match := SUBJECT_VERB.match(clause):
        return _parse_subject(match["subject"], match["verb"])
    if match := VERB_SUBJECT.match(clause):
        return _parse_subject(
            match["subject"], match["verb"].lower() if match["verb"].lower() in ENGLISH else match["verb"]
        )
    return _parse_before_colon(match["subject"], surnames) if (match := COLON.match(clause)) else None


def _parse_before_colon(subject: str, surnames: Container[str]) -> AttributionClause | None:
    """Parse a line that names somebody and ends in a colon."""
    named = find_names(subject)
    if not named:
        return None
    if named[0].start == 0 and named[0].short and get_surname(named[0].name) in surnames:
        return AttributionClause(named[0].name, "", "", whole=named[0].name == subject)
    found = _parse_subject(subject, "")
    return found and replace(found, verb="", whole=found.whole and _is_name_and_role(subject))


def parse_trailing_clause(clause: str) -> AttributionClause | None:
    """Parse an attribution clause after a quotation; None if it is none."""
    clause = clause.strip().lstrip(",;.").strip()
    if not clause or len(clause) > LONGEST:
        return None
    if match := DASH.fullmatch(clause):
        return _parse_subject(match["subject"], "")
    if match := INVERTED.match(clause):
        return AttributionClause("", "", match["verb"])
    if match := VERB_SUBJECT.match(clause):
        return _parse_subject(match["subject"], match["verb"])
    if match := SUBJECT_VERB.match(clause.rstrip(".")):
        return _parse_subject(match["subject"], match["verb"])
    return None


def _is_name_and_role(subject: str) -> bool:
    """Return whether a line before a colon is only name and role."""
    return re.search(r"[a-zß-ÿ]+\s+(?:aus|dieses|the|that)\b", subject) is None


def _parse_subject(subject: str, verb: str) -> AttributionClause | None:
    subject, verb = subject.strip(" ,"), " ".join(verb.split())
    if PRONOUN.fullmatch(subject):
        return AttributionClause("", "", verb, whole=" " not in subject)
    head = _find_speaker(subject)
    if head is None:
        if OFFICE.fullmatch(subject):
            return AttributionClause("", subject, verb)
        return AttributionClause(subject, "", verb, collective=True) if COLLECTIVE.fullmatch(subject) else None
    ahead, behind = subject[: head.start].strip(" ,"), subject[head.end :].strip()
    whole = _is_certain_role(ahead, behind)
    return AttributionClause(head.name, _role(ahead, behind) if whole else "", verb, whole=whole)


def _find_speaker(subject: str) -> PersonName | None:
    """Find the name in a subject.

    It is at the beginning, after a role, or between commas; a surname only on its own.
    """
    found = find_names(subject)
    persons = [each for each in found if each.person]
    if not persons:
        alone = [each for each in found if each.name == subject and not set(each.name.split()) <= ROLES]
        return alone[0] if alone else None
    if persons[0].start == 0:
        return persons[0]
    head = [each for each in persons if each.end <= (subject.find(",") + 1 or len(subject))]
    behind = subject.rpartition(",")[2].strip()
    named = "," not in subject or behind == persons[-1].name or KEPT.match(persons[-1].name)
    last = persons[-1] if persons[-1].end == len(subject) and named else None
    return _trim_name(subject, last or (head[-1] if head else persons[0]))


def _trim_name(subject: str, named: PersonName) -> PersonName:
    """Return a name without the capitalised words of an office before it."""
    tokens = [(each[0], each.start()) for each in re.finditer(r"\S+", named.name)]
    titled = re.match(r"(?:Dr|Prof|Sir|Dame|Lord|Lady|M[rs]|Senator)", named.name)
    most = SHORT_NAME if BODY_AHEAD.search(subject[: named.start]) else LONG_NAME
    if titled or named.start == 0 or len(tokens) <= most:
        return named
    start = named.start + tokens[-2][1]
    return PersonName(subject[start : named.end], start, named.end)


def _role(ahead: str, behind: str) -> str:
    behind = behind.strip(" ,")
    ahead = re.sub(r"^(?:and|the|der|die|el|la|le|y)\s+", "", f"{ahead} ", flags=re.IGNORECASE).strip()
    return ", ".join(part for part in (ahead, behind) if part)


def _is_certain_role(ahead: str, behind: str) -> bool:
    """Return whether the words around the name can only be a role."""
    if RELATIVE.match(behind):
        return False
    sentence = re.compile(r"\b(?:is|was|are|were|has|have|had|ist|war|est|es|fue|mae|adding)\b")
    return not (sentence.search(ahead) or sentence.search(behind))
