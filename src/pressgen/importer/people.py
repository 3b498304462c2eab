"""The people of a release, one entry for each.

Full and short mentions of one person are merged.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from pressgen.importer.draft import DraftPerson
from pressgen.importer.person_names import SHORT_NAME, NameIndex, get_surname, strip_titles

if TYPE_CHECKING:
    from collections.abc import Container

    from pressgen.importer.attribution import AttributionClause
    from pressgen.importer.contacts import ParsedContact

WORD = re.compile(r"\w+")
SMALL = frozenset("the a of for el la le der die das de del du y yr".split())
OFFICE = "Press office"
LONGEST_ID = 40
NOT_ID = re.compile(r"[^a-z0-9]+")


class People:
    """The people of a release, collected from attributions and contacts."""

    def __init__(self, index: NameIndex) -> None:
        self.found: dict[str, DraftPerson] = {}
        self._index = index
        self._by_surname: dict[str, list[str]] = {}
        self._last = ""

    def speaker(self, said: AttributionClause, spoken_of: str = "") -> str | None:
        """Return the id of the speaker; None for an unknown pronoun.

        Args:
            said: the attribution.
            spoken_of: the name that a pronoun refers to, if an earlier sentence has one.
        """
        if not said.name:
            key = self._by_office(said.role) or (self.add(self._index.fullest(spoken_of)) if spoken_of else self._last)
            self._last = key
            return key or None
        full = said.name if said.collective else self._index.fullest(said.name)
        key = self.add(full)
        someone = self.found[key]
        someone.role = someone.role or said.role
        short = len(strip_titles(said.name).split()) < SHORT_NAME
        if short and said.name != someone.name and not someone.later:
            someone.later = said.name
        self._last = key
        return key

    def _by_office(self, office: str) -> str:
        """Return the id of the only person in a role.

        Such as “the Minister”; empty for nobody.
        """
        wanted = set(WORD.findall(office.lower())) - SMALL
        holders = [key for key, each in self.found.items() if wanted and wanted <= set(WORD.findall(each.role.lower()))]
        return holders[0] if len(holders) == 1 else ""

    @property
    def surnames(self) -> Container[str]:
        """The surnames of people with full names in the text."""
        return self._index.surnames

    def contact(self, found: ParsedContact) -> str:
        """Return the id of a press contact."""
        key = self.add(self._index.fullest(found.name) if found.name else found.organisation or found.email or OFFICE)
        someone = self.found[key]
        someone.role = someone.role or found.role
        someone.organisation = someone.organisation or (found.organisation if found.name else "")
        someone.phone = someone.phone or " / ".join(found.phones)
        someone.email = someone.email or found.email
        someone.out_of_hours = someone.out_of_hours or found.hours
        return key

    def add(self, name: str) -> str:
        """Return the id of a person; add them if they are new."""
        alike = self._by_surname.setdefault(get_surname(name) or name, [])
        for key in alike:
            if self.found[key].name == name or _may_be_same_person(self.found[key].name, name):
                return key
        key = self._new_id(name)
        self.found[key] = DraftPerson(name)
        alike.append(key)
        return key

    def _new_id(self, name: str) -> str:
        base = make_slug(get_surname(name) or name)[: LONGEST_ID - 3].strip("-") or "person"
        base = base if base[0].isalpha() else f"p-{base}"
        key, number = base, 2
        while key in self.found:
            key, number = f"{base}-{number}", number + 1
        return key


def _may_be_same_person(one: str, other: str) -> bool:
    """Return whether two names with one surname may be one person's.

    They have the same first name, or none.
    """
    firsts = [strip_titles(name).split()[:-1] for name in (one, other)]
    return not all(firsts) or firsts[0][0].rstrip(".") == firsts[1][0].rstrip(".")


def make_slug(text: str) -> str:
    """Return a text as an id; empty if no character is left.

    An id has small letters, digits and single hyphens.
    """
    plain = unicodedata.normalize("NFKD", text.lower().replace("ß", "ss").replace("ł", "l").replace("ø", "o"))
    return NOT_ID.sub("-", "".join(each for each in plain if not unicodedata.combining(each)).replace("'", "")).strip(
        "-"
    )
