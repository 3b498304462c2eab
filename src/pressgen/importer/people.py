"""The people of a release, one entry for each.

Full and short mentions of one person are merged.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressgen.importer.attribution_clause import SpeakerKind
from pressgen.importer.draft import DraftPerson
from pressgen.importer.name_index import NameIndex, can_be_same_person
from pressgen.importer.person_names import SHORT_NAME, get_surname, strip_titles

if TYPE_CHECKING:
    from pressgen.importer.attribution_clause import AttributionClause
    from pressgen.importer.contacts import ParsedContact

WORD = re.compile(r"\w+")
SMALL = frozenset("the a of for el la le der die das de del du y yr".split())
OFFICE = "Press office"
LONGEST_ID = 40
NOT_ID = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Speaker:
    """A speaker's id, and why it may be somebody else."""

    key: str
    reasons: tuple[str, ...] = ()


class People:
    """The people of a release, collected from attributions and contacts.

    Attributes:
        names: the names in the whole text.
    """

    def __init__(self, names: NameIndex) -> None:
        self.found: dict[str, DraftPerson] = {}
        self.names = names
        self._by_surname: dict[str, list[str]] = {}

    def find_speaker(self, said: AttributionClause) -> Speaker:
        """Return the speaker whom an attribution names.

        It must not be a pronoun or an office.
        """
        if said.kind is SpeakerKind.COLLECTIVE:
            return Speaker(self._add_body(said), said.reasons)
        resolved = self.names.resolve(said.name)
        key = self.add(resolved.name)
        someone = self.found[key]
        someone.role = someone.role or said.role
        short = len(strip_titles(said.name).split()) < SHORT_NAME
        if short and said.name != someone.name and not someone.later:
            someone.later = said.name
        return Speaker(key, (*said.reasons, *filter(None, [resolved.reason])))

    def find_holder(self, said: AttributionClause, ahead: str) -> Speaker:
        """Return the person in a role, such as “the Minister”.

        Where the text names nobody in it, the role itself is the speaker.

        Args:
            said: the attribution.
            ahead: the only person whom the sentences before it name, or empty.
        """
        wanted = set(WORD.findall(said.role.lower())) - SMALL
        roles = {key: set(WORD.findall(each.role.lower())) for key, each in self.found.items()}
        known = [key for key, words in roles.items() if wanted and wanted <= words]
        holders = known or list(map(self.add, self.names.find_holders(wanted) or filter(None, [ahead])))
        if len(holders) == 1:
            reason = f"“{said.role}” is taken for {self.found[holders[0]].name}"
            return Speaker(holders[0], (*said.reasons, reason))
        return Speaker(self.add(said.role), (*said.reasons, f"the text does not say who “{said.role}” is"))

    def _add_body(self, said: AttributionClause) -> str:
        """Return the id of a group or body, whatever its capitals."""
        for key, each in self.found.items():
            if each.name.lower() == said.name.lower():
                return key
        key = self._new_id(said.name)
        self.found[key] = DraftPerson(said.name, said.role)
        return key

    def contact(self, found: ParsedContact) -> str:
        """Return the id of a press contact."""
        key = self.add(
            self.names.resolve(found.name).name if found.name else found.organisation or found.email or OFFICE
        )
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
            if self.found[key].name == name or can_be_same_person(self.found[key].name, name):
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


def make_slug(text: str) -> str:
    """Return a text as an id; empty if no character is left.

    An id has small letters, digits and single hyphens.
    """
    plain = unicodedata.normalize("NFKD", text.lower().replace("ß", "ss").replace("ł", "l").replace("ø", "o"))
    return NOT_ID.sub("-", "".join(each for each in plain if not unicodedata.combining(each)).replace("'", "")).strip(
        "-"
    )
