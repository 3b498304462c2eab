"""Find out whom a pronoun before or after a quotation means.

It is a guess, unless the text has introduced one person only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pressgen.importer.person_names import find_names, strip_titles
from pressgen.importer.role_words import ROLE
from pressgen.importer.speech_words import SEVERAL
from pressgen.text.sentences import split_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.importer.name_index import NameIndex

NEAR_START = 12
COLLECTIVES = re.compile(
    r"\b(?:the|les|die|los|las|yr)\s+(?:authors|researchers|scientists|writers|team|chercheurs|auteurs|Forscher|autores"
    r"|investigadores|ymchwilwyr)\b",
    re.IGNORECASE,
)
UNNAMED = re.compile(
    rf"\b(?:the|an?|his|her|their|le|la|une?|der|die|ein|eine|el|un|una|y)\s+(?:\w+\s+){{0,2}}?{ROLE.pattern}",
    re.IGNORECASE | re.VERBOSE,
)
"""A person without a name, such as “the mayor”."""


@dataclass(frozen=True, slots=True)
class Antecedent:
    """The name that a pronoun means, and why it may be another."""

    name: str
    reasons: tuple[str, ...] = ()


@dataclass
class MentionTracker:
    """A record of the people named up to a place."""

    names: NameIndex
    _introduced: dict[str, None] = field(default_factory=dict)
    _units: list[tuple[str, ...]] = field(default_factory=list)
    _collective: str = ""
    _unnamed: bool = False

    def add_prose(self, text: str) -> None:
        """Record the people whom a paragraph of prose names."""
        for sentence in split_sentences(text):
            self._add_sentence(sentence.text)

    def _add_sentence(self, text: str) -> None:
        people = self._list_people(text)
        self._introduced.update(dict.fromkeys(people))
        if seen := COLLECTIVES.findall(text):
            self._collective = seen[-1].lower()
        if people:
            subjects = tuple(name for name in people if self.names.is_person(name) or _is_subject(name, text))
            self._units.append(subjects)
            self._unnamed = False
        elif UNNAMED.search(text):
            self._unnamed = True

    def add_speaker(self, name: str, *, collective: bool) -> None:
        """Record the speaker of a quotation."""
        if collective:
            self._collective = name
            self._units.append(())
            return
        self._introduced[name] = None
        self._units.append((name,))
        self._unnamed = False

    def find_antecedent(self, pronoun: str, prose: str) -> Antecedent | None:
        """Find the name that a pronoun means; None if none.

        Args:
            pronoun: in lower case; empty where the verb alone says it.
            prose: the sentences before the quotation in its own paragraph.
        """
        here = MentionTracker(self.names, dict(self._introduced), [*self._units], self._collective, self._unnamed)
        here.add_prose(prose)
        return here._resolve(pronoun)

    def find_only_person(self, prose: str, office: str) -> str:
        """Return the only person whom sentences name, or an empty text.

        Args:
            prose: the sentences ahead in the paragraph; the paragraph before counts for a description in small letters.
            office: the description, such as “the 54-year-old”.
        """
        people = self._list_people(prose)
        if not people and not any(word[:1].isupper() for word in office.split()[1:]):
            people = list(next(reversed(self._units), ()))
        return people[0] if len(people) == 1 else ""

    def _resolve(self, pronoun: str) -> Antecedent | None:
        people = [each for each in self._introduced if self.names.can_mean(pronoun, each)]
        if pronoun in SEVERAL and self._collective:
            return Antecedent(self._collective, () if not people else (f"“{pronoun}” is taken for {self._collective}",))
        if pronoun in ("it", "es") and self._collective:
            return Antecedent(self._collective, (f"“{pronoun}” is taken for {self._collective}",))
        name = next(self._list_candidates(pronoun), "")
        if not name or pronoun in ("it", "es"):
            return None
        shown = f"“{pronoun}”" if pronoun else "the speaker, whom the sentence does not name,"
        sure = len(self._introduced) == 1 and not self._unnamed and not self._collective
        return Antecedent(name, () if sure else (f"{shown} is taken for {name}",))

    def _list_candidates(self, pronoun: str) -> Iterator[str]:
        """Yield the people whom a pronoun may mean, the nearest first."""
        for unit in reversed(self._units):
            yield from (name for name in unit if self.names.can_mean(pronoun, name))

    def _list_people(self, text: str) -> list[str]:
        found = [each.name for each in find_names(text) if each.person or _is_known(each.name, self.names)]
        resolved = [self.names.resolve(name).name for name in found]
        return [name for name in dict.fromkeys(resolved) if not self.names.is_body(name)]


def _is_subject(name: str, sentence: str) -> bool:
    """Return whether a name is at the beginning of a sentence."""
    return 0 <= sentence.find(name) <= NEAR_START


def _is_known(name: str, names: NameIndex) -> bool:
    """Return whether a surname is that of a known person."""
    return len(strip_titles(name).split()) == 1 and strip_titles(name).lower() in names.surnames
