"""Find people's names in running text.

It finds where a name begins and ends, and the fullest form of it in the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container

KEPT_TITLES = (
    r"(?:Dr|Prof(?:essor)?|Sir|Dame|Lord|Lady|Baroness|Baron|Rev(?:erend)?|Syr|Athro|Doktor|Cllr|Councillor)\b\.?"
)
LOST_TITLES = (
    r"(?:Mr|Mrs|Ms|Miss|Mx|Herr|Frau|M|Mme|Monsieur|Madame|Sr|Sra|Don|Doña|Senator|Sen|The\s+Hon|Hon)"
    r"\b\.?"
)
CAP = r"(?:[A-ZÀ-ÖØ-ÞŁŚŻ][\w’'ʼ-]*[\w]|[A-Z]\.(?:[A-Z]\.)*|[A-Z](?=\s))"
PARTICLE = r"(?:de|da|di|du|del|della|van|von|der|den|la|le|bin|al|ap|ab|ferch|y|e)"
BARE = rf"{CAP}(?:\s+(?:(?:{PARTICLE}\s+){{0,2}}){CAP}){{0,3}}"
TITLED = re.compile(rf"(?P<title>(?:(?:{KEPT_TITLES}|{LOST_TITLES})\s+)+)(?P<name>{BARE})")
NAMED = re.compile(BARE)
LOST = re.compile(rf"(?:{LOST_TITLES}\s+)+")
KEPT = re.compile(rf"(?:{KEPT_TITLES}\s+)+")
ROLES = frozenset(
    """Minister Secretary Director President Chair Chairman Chairwoman Chairperson Chief Executive Officer CEO CTO
    CFO COO Head Inspector Manager Professor Judge Attorney General Mayor Councillor Leader Commissioner Editor
    Founder Cofounder Partner Spokesman Spokeswoman Spokesperson Coordinator Co-ordinator Vice Deputy Senior
    Lead Author Governor Ambassador Scientist Researcher Fellow Lecturer Consultant Adviser Advisor Physician
    Dean Principal Rector Provost Superintendent Sergeant Captain Colonel Major Representative Senator
    Congressman Congresswoman Treasurer Premier Prime Assistant Associate Executive HM Criminal District County
    State State’s Company Group Department University Global National International Operations Communications
    Health Education Immigration Citizenship Foreign Affairs Media Press Public Relations Financial Institutions
    Jefe Ventas Gerente Fundador Cofundador Leiter Leiterin Sprecher Sprecherin Mitbegründer Mitgründer Porte-
    parole Pennaeth Llefarydd Présidente Président Directeur Directrice Geschäftsführer Vorsitzender Presidente
    Directora Directeur Cyfarwyddwr Prif Weithredwr Gweinidog Officer""".split()
)
NO_NAMES = frozenset(
    """The This That These Those It In On At For But And He She They We Our His Her Their A An As While When After
    Before Le La Les Il Elle Der Die Das Er Sie El Ella Los Las Mae Y Yr Added Said Asked According However
    Meanwhile""".split()
)
BODIES = frozenset(
    """University College Institute School Hospital Council Trust Foundation Society Association Department
    Ministry Court Psychiatry Medicine Centre Center Office Board Agency Authority Committee Commission Union
    Corporation Company Ltd Inc Limited Group Service Services Party Parliament Press News Journal Universität
    Université Universidad Prifysgol Street Road House Library Museum Bank Fund Day Project Programme Program
    Research Study Genetics Nature Medical Parkway Avenue Lane Drive Boulevard Place Floor Suite Square Details
    Website""".split()
)
FIRST_NAMED = frozenset(("Sir", "Dame", "Lord", "Lady"))
POST_NOMINALS = re.compile(r",?\s+(?:MP|MS|MSP|MLA|MEP|TD|AM|AC|QC|KC|OBE|MBE|CBE|FRS|PhD|MD|SAN|MR)$")
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
        return not bodies and (titled or SHORT_NAME <= len(tokens) <= FULL_NAME)


def strip_titles(name: str) -> str:
    """Return a name without titles."""
    return KEPT.sub("", LOST.sub("", name)).strip()


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
        if titled and titled.start() >= match.end():
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
    if not kept:
        return None
    start = kept[0][1]
    return PersonName(normalise_spaces(match.string[start:end]), start, end)


def _is_not_name(token: str, *, shouted: bool) -> bool:
    """Return whether a capitalised word is not a part of a name.

    Such as a role, a first word, or an acronym.
    """
    return (
        token in ROLES or token in NO_NAMES or (token.isupper() and token.isalpha() and len(token) > 1 and not shouted)
    )


def normalise_spaces(name: str) -> str:
    """Return a name with plain spaces between its words."""
    return " ".join(name.split())


@dataclass(frozen=True)
class NameIndex:
    """The names in a whole text."""

    text: str

    @cached_property
    def _knights(self) -> dict[str, str]:
        """The full names of Sirs, Dames and Lords by first name.

        The text mentions them later by their first name.
        """
        found: dict[str, str] = {}
        for named in find_names(self.text):
            title, *rest = named.name.split()
            if title in FIRST_NAMED and len(rest) >= SHORT_NAME:
                found.setdefault(f"{title} {rest[0]}", tidy_name(named.name))
        return found

    @cached_property
    def _full(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for named in find_names(self.text):
            if named.short or not named.person:
                continue
            tidy = tidy_name(named.name)
            key = get_surname(tidy)
            if _rank(tidy) > _rank(found.get(key, "")):
                found[key] = tidy
        return found

    @property
    def surnames(self) -> Container[str]:
        """The surnames of people with full names in the text.

        They are in lower case.
        """
        return self._full.keys()

    def fullest(self, name: str) -> str:
        """Return the fullest form of a name.

        It has its first name, and Dr, Professor, Sir or the like where there is one.
        """
        if knight := self._knights.get(" ".join(name.split())):
            return knight
        full = self._full.get(get_surname(name), "")
        tidy = tidy_name(name)
        if not full or (
            len(strip_titles(tidy).split()) >= SHORT_NAME
            and strip_titles(full).split()[0] != strip_titles(tidy).split()[0]
        ):
            return tidy
        return max(full, tidy, key=_rank)


def tidy_name(name: str) -> str:
    """Return a name without Mr, Ms and letters after it."""
    return POST_NOMINALS.sub("", LOST.sub("", name)).strip().removesuffix("’s").removesuffix("'s")


def _rank(name: str) -> tuple[bool, bool, int]:
    bare = strip_titles(name).split()
    likely = SHORT_NAME <= len(bare) <= LONG_NAME
    return (likely, KEPT.match(name) is not None, -len(bare))
