"""Find people's names in running text.

It finds where a name begins and ends.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pressgen.importer.role_words import BODIES, GERMAN_ROLE, ROLE_PREFIX, ROLES
from pressgen.importer.speech_words import OPENING

KEPT_TITLES = (
    r"(?:Dr|(?<!Associate )(?<!Assistant )(?<!Adjunct )Prof(?:essor)?|Sir|Dame|Lord|Lady|Baroness|Baron|Rev(?:erend)?"
    r"|Syr|Athro|Doktor|Cllr|Councillor|Cyng|Cynghorydd)\b\.?"
)
LOST_TITLES = (
    r"(?:Mr|Mrs|Ms|Miss|Mx|Herr|Frau|M|Mme|Monsieur|Madame|Sr|Sra|Don|Doña|Senator|Sen|(?:The\s+)?(?:Rt\.?\s+)?Hon)"
    r"\b\.?"
)
CAP = r"(?:[A-ZÀ-ÖØ-ÞŁŚŻ][\w’'ʼ-]*[\w]|[A-Z]\.(?:[A-Z]\.)*|[A-Z](?=\s))"
PARTICLE = r"(?:de|da|di|du|del|della|van|von|zu|ter|der|den|la|le|dos|bin|ibn|al|el|ap|ab|ferch)"
BARE = rf"{CAP}(?:\s+(?:(?:{PARTICLE}\s+){{0,2}}){CAP}){{0,6}}"
TITLED = re.compile(rf"(?P<title>(?:(?:{KEPT_TITLES}|{LOST_TITLES})\s+)+)(?P<name>{BARE})")
NAMED = re.compile(BARE)
LOST = re.compile(rf"(?:{LOST_TITLES}\s+)+")
KEPT = re.compile(rf"(?:{KEPT_TITLES}\s+)+")
TITLES = re.compile(rf"(?:(?:{KEPT_TITLES}|{LOST_TITLES})\s+)+")
NO_NAMES = frozenset(
    """The This That These Those It In On At For But And He She They We Our His Her Their A An As While When After
    Before Le La Les Il Elle Der Die Das Er Sie El Ella Los Las Mae Y Yr Added Said Asked According However
    Meanwhile Selon Pour Laut Nach Según Para Meddai Dywedodd Ychwanegodd Esboniodd Eglurodd Dywed Medd Says
    Former New Acting Interim Local Both Commenting Speaking Responding Asked Statement Comment
    Quote Quotation Déclaration Citation Commentaire Erklärung Stellungnahme Aussage Zitat Angaben Worten Ansicht
    Daeth Aeth Gwnaeth Roedd Bydd Oedd Wrth Yn Ar Mewn Heddiw Hefyd Gan
    Declaración Cita Comunicado Datganiad Dyfyniad Sylw Dazu""".split()
)
ARTICLES = frozenset(("der", "den", "la", "le", "el", "al"))
FIRST_NAMED = frozenset(("Sir", "Dame", "Lord", "Lady"))
POST_NOMINALS = re.compile(r",?\s+(?:MP|MS|MSP|MLA|MEP|TD|AM|AC|QC|KC|OBE|MBE|CBE|FRS|PhD|MD|SAN|MR)$")
WELSH_VERB = re.compile(r"[A-Z][a-zâêîôûŵŷ]{3,}odd")
"""A Welsh verb, with which a sentence begins: “Nofiodd”."""
SHORT_NAME, LONG_NAME, FULL_NAME = 2, 3, 5
LONGEST = 80
"""The most characters of a name after its title."""


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name in a text: `text[start:end]`.

    `short` means a surname with or without a title.
    """

    name: str
    start: int
    end: int

    @property
    def short(self) -> bool:
        """Whether it is a single name, as in a second mention."""
        return len(strip_titles(self.name).split()) < SHORT_NAME

    @property
    def person(self) -> bool:
        """Whether it looks like a person's name, not an organisation's.

        It is a full name, or has a title.
        """
        titled = strip_titles(self.name) != self.name
        tokens = POST_NOMINALS.sub("", strip_titles(self.name)).split()
        bodies = any(
            (token in BODIES and not titled)
            or token in ROLES
            or (len(token) > 1 and token.isalpha() and token.isupper())
            for token in tokens
        )
        return not bodies and (titled or SHORT_NAME <= sum(token[:1].isupper() for token in tokens) <= FULL_NAME)


def strip_titles(name: str) -> str:
    """Return a name without the titles before it."""
    match = TITLES.match(name)
    return name[match.end() :].strip() if match and match.end() < len(name) else name.strip()


def get_surname(name: str) -> str:
    """Return the last word of a name in lower case.

    It is used to recognise the forms of one name.
    """
    bare = POST_NOMINALS.sub("", strip_titles(name)).split()
    return bare[-1].lower().replace("’", "'").removesuffix("'s") if bare else ""


def find_names(text: str) -> list[PersonName]:
    """Find the people named in a text, in order.

    Words for a role are not part of a name.
    """
    found: list[PersonName] = []
    at = 0
    while match := NAMED.search(text, at):
        titled = TITLED.search(text, match.start(), match.end() + LONGEST)
        if titled and (titled.start() >= match.end() or _is_initial(match, titled)):
            titled = None
        if titled and titled.start() > match.start() and (ahead := _find_name_before_title(match, titled.start())):
            found.append(ahead)
        at = (titled or match).end()
        named = (
            PersonName(normalise_spaces(titled[0]), titled.start(), titled.end())
            if titled
            else _find_untitled_name(match)
        )
        if named:
            found.append(named)
    return found


def _is_initial(match: re.Match[str], titled: re.Match[str]) -> bool:
    """Return whether a title is the initial M within a name."""
    ahead = match.string[match.start() : titled.start()].split()
    return titled["title"].rstrip(". ") == "M" and bool(ahead) and ahead[-1] not in NO_NAMES


def _find_name_before_title(match: re.Match[str], end: int) -> PersonName | None:
    """Find a name right before a titled one; a role is none."""
    text = match.string[match.start() : end].strip()
    named = PersonName(text, match.start(), match.start() + len(text))
    return named if named.person else None


def _find_untitled_name(match: re.Match[str]) -> PersonName | None:
    """Find the name at the end of a run of capitalised words.

    Words for a role before it are not part of it.
    """
    run = match[0] if match[0].isupper() else POST_NOMINALS.sub("", match[0])
    end = match.start() + len(run)
    tokens = [(each[0], each.start() + match.start()) for each in re.finditer(r"\S+", run)]
    shouted = run.isupper()
    last_role = max((at for at, (token, _) in enumerate(tokens) if _is_not_name(token, shouted=shouted)), default=-1)
    kept = tokens[last_role + 1 :]
    while kept and (kept[0][0] in ARTICLES or (len(kept) > SHORT_NAME and kept[0][0].islower())):
        kept = kept[1:]
    if not kept:
        return None
    start = kept[0][1]
    return PersonName(normalise_spaces(match.string[start:end]), start, end)


def _is_not_name(token: str, *, shouted: bool) -> bool:
    """Return whether a capitalised word is not a part of a name.

    Such as a role, a first word, or an acronym.
    """
    return (
        token in ROLES
        or token in NO_NAMES
        or ROLE_PREFIX.match(token) is not None
        or OPENING.fullmatch(token) is not None
        or WELSH_VERB.fullmatch(token) is not None
        or GERMAN_ROLE.fullmatch(token) is not None
        or (token.isupper() and token.isalpha() and len(token) > 1 and not shouted)
    )


def normalise_spaces(name: str) -> str:
    """Return a name with plain spaces between its words."""
    return " ".join(name.split())


def tidy_name(name: str) -> str:
    """Return a name without Mr, Ms and letters after it."""
    bare = strip_titles(name)
    titles = LOST.sub("", name.strip().removesuffix(bare))
    return POST_NOMINALS.sub("", f"{titles.strip()} {bare}".strip()).removesuffix("’s").removesuffix("'s")
