"""The people of a release: one entry for each, however often and however shortly they are named."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from pressgen.importer.draft import Someone
from pressgen.importer.names import SHORT_NAME, Index, core, surname

if TYPE_CHECKING:
    from collections.abc import Container

    from pressgen.importer.attribution import Attribution
    from pressgen.importer.contacts import Found

WORD = re.compile(r"\w+")
SMALL = frozenset("the a of for el la le der die das de del du y yr".split())
OFFICE = "Press office"
LONGEST_ID = 40
NOT_ID = re.compile(r"[^a-z0-9]+")


class People:
    """Grows by every attribution and contact."""

    def __init__(self, index: Index) -> None:
        self.found: dict[str, Someone] = {}
        self._index = index
        self._by_surname: dict[str, list[str]] = {}
        self._last = ""

    def speaker(self, said: Attribution, spoken_of: str = "") -> str | None:
        """The id of who speaks; None for a pronoun that stands for nobody known.

        Args:
            said: the attribution.
            spoken_of: the name that a pronoun stands for, if a sentence before says one.
        """
        if not said.name:
            key = self._by_office(said.role) or (self.add(self._index.fullest(spoken_of)) if spoken_of else self._last)
            self._last = key
            return key or None
        full = said.name if said.collective else self._index.fullest(said.name)
        key = self.add(full)
        someone = self.found[key]
        someone.role = someone.role or said.role
        short = len(core(said.name).split()) < SHORT_NAME
        if short and said.name != someone.name and not someone.later:
            someone.later = said.name
        self._last = key
        return key

    def _by_office(self, office: str) -> str:
        """The id of the one person who holds an office, such as “the Minister”; empty for nobody."""
        wanted = set(WORD.findall(office.lower())) - SMALL
        holders = [key for key, each in self.found.items() if wanted and wanted <= set(WORD.findall(each.role.lower()))]
        return holders[0] if len(holders) == 1 else ""

    @property
    def surnames(self) -> Container[str]:
        """The surnames of those whom the text names in full."""
        return self._index.surnames

    def contact(self, found: Found) -> str:
        """The id of somebody whom journalists may ask."""
        key = self.add(self._index.fullest(found.name) if found.name else found.organisation or found.email or OFFICE)
        someone = self.found[key]
        someone.role = someone.role or found.role
        someone.organisation = someone.organisation or (found.organisation if found.name else "")
        someone.phone = someone.phone or " / ".join(found.phones)
        someone.email = someone.email or found.email
        someone.out_of_hours = someone.out_of_hours or found.hours
        return key

    def add(self, name: str) -> str:
        """The id of the person `name`, who is entered if not known."""
        alike = self._by_surname.setdefault(surname(name) or name, [])
        for key in alike:
            if self.found[key].name == name or _alike(self.found[key].name, name):
                return key
        key = self._new_id(name)
        self.found[key] = Someone(name)
        alike.append(key)
        return key

    def _new_id(self, name: str) -> str:
        base = slug(surname(name) or name)[: LONGEST_ID - 3].strip("-") or "person"
        base = base if base[0].isalpha() else f"p-{base}"
        key, number = base, 2
        while key in self.found:
            key, number = f"{base}-{number}", number + 1
        return key


def _alike(one: str, other: str) -> bool:
    """Whether two names with one surname can be one person's: the same first name, or none."""
    firsts = [core(name).split()[:-1] for name in (one, other)]
    return not all(firsts) or firsts[0][0].rstrip(".") == firsts[1][0].rstrip(".")


def slug(text: str) -> str:
    """A text as an id: small letters, digits and single hyphens; empty where it has none of them."""
    plain = unicodedata.normalize("NFKD", text.lower().replace("ß", "ss").replace("ł", "l").replace("ø", "o"))
    return NOT_ID.sub("-", "".join(each for each in plain if not unicodedata.combining(each)).replace("'", "")).strip(
        "-"
    )
