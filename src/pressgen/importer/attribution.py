"""Who says it: the clause before or after a quotation, taken apart into speaker, office and verb.

Forms (newsroom practice in English, French, German, Spanish and Welsh): “Office Name said:”, “Name, office, said:”,
“…,” said Name, office; “…,” Name said; “Added Name,”; Dywedodd Name:; — Name, office.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pressgen.importer.names import KEPT, LONG_NAME, ROLES, SHORT_NAME, Named, names_in, surname

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
"""The beginning of a clause that tells more about a speaker than an office, and reads ill before the name."""
LONGEST = 320
BODY_AHEAD = re.compile(r"\b(?:of|for|at|de|du|von|bei|à|in|with|del|the|der|die|das|el|la|le)\s+$", re.IGNORECASE)
"""What comes before a body's name, or a German office, so that a person's name after it is the last two words."""
INVERTED = re.compile(rf"(?P<verb>{_WORD})(?:-t)?-(?:ils?|elles?)[\s.:,;]*$")


@dataclass(frozen=True, slots=True)
class Attribution:
    """A clause that says who speaks.

    Attributes:
        name: as printed, with its title; empty for a pronoun.
        collective: whether it is no person's name, such as “the researchers”.
        whole: whether nothing of the clause is left over.
    """

    name: str
    role: str
    verb: str
    collective: bool = False
    whole: bool = True


def before(clause: str, surnames: Container[str] = ()) -> Attribution | None:
    """The attribution that a clause before a quotation is; None where it is none.

    Args:
        clause: the sentence, or its part, that leads to the speech.
        surnames: of the people whom the text names in full, in small letters.
    """
    clause = clause.strip()
    if not clause or len(clause) > LONGEST:
        return None
    if match := SUBJECT_VERB.match(clause):
        return _of(match["subject"], match["verb"])
    if match := VERB_SUBJECT.match(clause):
        return _of(match["subject"], match["verb"].lower() if match["verb"].lower() in ENGLISH else match["verb"])
    return _before_colon(match["subject"], surnames) if (match := COLON.match(clause)) else None


def _before_colon(subject: str, surnames: Container[str]) -> Attribution | None:
    """A line that ends in a colon and names somebody, with or without a verb that we know."""
    named = names_in(subject)
    if not named:
        return None
    if named[0].start == 0 and named[0].short and surname(named[0].name) in surnames:
        return Attribution(named[0].name, "", "", whole=named[0].name == subject)
    found = _of(subject, "")
    return found and replace(found, verb="", whole=found.whole and _bare(subject))


def after(clause: str) -> Attribution | None:
    """The attribution that a clause after a quotation is; None where it is none."""
    clause = clause.strip().lstrip(",;.").strip()
    if not clause or len(clause) > LONGEST:
        return None
    if match := DASH.fullmatch(clause):
        return _of(match["subject"], "")
    if match := INVERTED.match(clause):
        return Attribution("", "", match["verb"])
    if match := VERB_SUBJECT.match(clause):
        return _of(match["subject"], match["verb"])
    if match := SUBJECT_VERB.match(clause.rstrip(".")):
        return _of(match["subject"], match["verb"])
    return None


def _bare(subject: str) -> bool:
    """Whether a line before a colon is only a name and an office."""
    return re.search(r"[a-zß-ÿ]+\s+(?:aus|dieses|the|that)\b", subject) is None


def _of(subject: str, verb: str) -> Attribution | None:
    subject, verb = subject.strip(" ,"), " ".join(verb.split())
    if PRONOUN.fullmatch(subject):
        return Attribution("", "", verb, whole=" " not in subject)
    head = _speaker(subject)
    if head is None:
        if OFFICE.fullmatch(subject):
            return Attribution("", subject, verb)
        return Attribution(subject, "", verb, collective=True) if COLLECTIVE.fullmatch(subject) else None
    ahead, behind = subject[: head.start].strip(" ,"), subject[head.end :].strip()
    whole = _settled(ahead, behind)
    return Attribution(head.name, _role(ahead, behind) if whole else "", verb, whole=whole)


def _speaker(subject: str) -> Named | None:
    """The name of a subject: at its beginning, behind an office, or between commas; a surname only by itself."""
    found = names_in(subject)
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
    return _trimmed(subject, last or (head[-1] if head else persons[0]))


def _trimmed(subject: str, named: Named) -> Named:
    """A name behind an office without the capitalised words of the office."""
    tokens = [(each[0], each.start()) for each in re.finditer(r"\S+", named.name)]
    titled = re.match(r"(?:Dr|Prof|Sir|Dame|Lord|Lady|M[rs]|Senator)", named.name)
    most = SHORT_NAME if BODY_AHEAD.search(subject[: named.start]) else LONG_NAME
    if titled or named.start == 0 or len(tokens) <= most:
        return named
    start = named.start + tokens[-2][1]
    return Named(subject[start : named.end], start, named.end)


def _role(ahead: str, behind: str) -> str:
    behind = behind.strip(" ,")
    ahead = re.sub(r"^(?:and|the|der|die|el|la|le|y)\s+", "", f"{ahead} ", flags=re.IGNORECASE).strip()
    return ", ".join(part for part in (ahead, behind) if part)


def _settled(ahead: str, behind: str) -> bool:
    """Whether what stands round the name can only be an office."""
    if RELATIVE.match(behind):
        return False
    sentence = re.compile(r"\b(?:is|was|are|were|has|have|had|ist|war|est|es|fue|mae|adding)\b")
    return not (sentence.search(ahead) or sentence.search(behind))
