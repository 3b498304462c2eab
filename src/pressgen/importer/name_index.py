"""Index the people of a whole text, with what shows them.

A name is a person's for sure only where the text itself shows it: by a title, a role beside it, an age, “who”, or a
later mention by surname. A company has a name of the same shape.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from pressgen.importer.person_names import (
    FIRST_NAMED,
    KEPT,
    LONG_NAME,
    POST_NOMINALS,
    SHORT_NAME,
    TITLED,
    PersonName,
    find_names,
    get_surname,
    strip_titles,
    tidy_name,
)
from pressgen.importer.role_words import BODY_NOUNS, ROLE
from pressgen.importer.speech_words import FEMALE, MALE, VERB

if TYPE_CHECKING:
    from collections.abc import Container
    from collections.abc import Set as AbstractSet

NEAR = 90
"""The most characters between a name and the role beside it."""
APPOSITION = re.compile(r"(?:\s*[,(–—]\s*|\s+-\s+)(?P<words>[^.;:,“”\"«»„)]{2,160})")
AGE = re.compile(r"\s*[,(]\s*(?:aged\s+|age\s+)?\d{1,2}\b(?!\s*[%\d])")
RELATIVE = re.compile(r",?\s+(?:who|whose|qui|dont|quien|sydd|sy[’']n)\b")
LETTERS = re.compile(r",?\s+(?:MP|MS|MSP|MLA|MEP|TD|QC|KC|OBE|MBE|CBE|FRS|PhD|MD|Jr)\b")
OF_A_FIRM = re.compile(
    r",?\s+(?:Inc|Ltd|LLC|LLP|plc|PLC|GmbH|AG|SE|SA|S\.A|SAS|SARL|SL|S\.L|Corp|Co|Limited|Group|Pty)\b"
    r"|\s+\((?:NYSE|NASDAQ|Nasdaq|LSE|TSX|AIM|ASX)\b"
    r"|\s+(?:is|are|ist|est|es)\s+(?:an?|the|one|eine?|une?|un|una)\s+(?:[\w-]+\s+){0,5}"
    r"(?:company|firm|charity|organi[sz]ation|provider|platform|business|agency|manufacturer|supplier|brand|startup"
    r"|foundation|retailer|Unternehmen|Verein|Anbieter|entreprise|association|société|empresa|organización)\b",
)
AHEAD_OF_A_BODY = re.compile(
    r"(?:\b(?:the|The|in|In|across|Across|throughout|near|About|von\s+der|der\s+Firma|société|empresa|la\s+ville\s+de)\s+)$"
)
OF_A_MAN = r"(?:Mr|Sir|Lord|Herr|Monsieur|M\.|Sr|Don|Syr|Baron)"
OF_A_WOMAN = r"(?:Mrs|Ms|Miss|Dame|Lady|Frau|Mme|Madame|Sra|Doña|Baroness)"
WORD = re.compile(r"\w+")
SQUEEZE = re.compile(r"[^a-z0-9]+")
PLURAL = re.compile(r"\s+(?:have|are|were|haben|sind|ont|son)\b(?!\s+(?:said|dit))")
LEAST_LETTERS = 5


@dataclass(frozen=True, slots=True)
class ResolvedName:
    """The fullest form of a name in a text.

    `reason` says why it may be another person's; it is empty where it cannot.
    """

    name: str
    reason: str = ""


@dataclass(frozen=True)
class NameIndex:
    """The names in a whole text."""

    text: str
    _shown: dict[str, bool] = field(default_factory=dict, compare=False)

    @cached_property
    def _knights(self) -> dict[str, str]:
        """The full names of Sirs, Dames and Lords by first name.

        The text mentions them later by their first name.
        """
        found: dict[str, str] = {}
        for named in self._names:
            title, *rest = named.name.split()
            if title in FIRST_NAMED and len(rest) >= SHORT_NAME:
                found.setdefault(f"{title} {rest[0]}", tidy_name(named.name))
        return found

    @cached_property
    def _names(self) -> list[PersonName]:
        return [named for line in self.text.split("\n") for named in find_names(line)]

    @cached_property
    def _full(self) -> dict[str, list[str]]:
        """The full names by surname, each person's in its best form."""
        found: dict[str, list[str]] = {}
        for named in self._names:
            if named.short or not named.person:
                continue
            tidy = tidy_name(named.name)
            alike = found.setdefault(get_surname(tidy), [])
            for index, other in enumerate(alike):
                if can_be_same_person(other, tidy):
                    alike[index] = max(other, tidy, key=_rank)
                    break
            else:
                alike.append(tidy)
        return found

    @cached_property
    def surnames(self) -> Container[str]:
        """The surnames of people with a full name or title.

        They are in lower case.
        """
        titled = (each.name for each in self._names if each.short and strip_titles(each.name) != each.name)
        return {*self._full, *map(get_surname, titled)}

    def resolve(self, name: str) -> ResolvedName:
        """Return the fullest form of a name in the text.

        It has its first name, and Dr, Professor, Sir or the like where there is one.
        """
        if knight := self._knights.get(" ".join(name.split())):
            return ResolvedName(knight)
        tidy = tidy_name(name)
        alike = [each for each in self._full.get(get_surname(name), []) if can_be_same_person(each, tidy)]
        if not alike:
            return ResolvedName(tidy)
        others = [each for each in alike if self.is_person(each)] or alike
        reason = f"the text names several people with that surname: {', '.join(others)}" if len(others) > 1 else ""
        return ResolvedName(max(others[0], tidy, key=_rank), reason)

    def is_person(self, name: str) -> bool:
        """Return whether the text shows that a name is a person's."""
        if name not in self._shown:
            self._shown[name] = not self.is_body(name) and self._is_shown(name)
        return self._shown[name]

    def is_whole(self, name: str) -> bool:
        """Return whether the text uses a long name only as a whole.

        Its first word is a role if the text also has it in small letters, or the name without it.
        """
        tokens = strip_titles(name).split()
        if re.search(rf"(?<![\w-]){re.escape(tokens[0].lower())}(?![\w-])", self.text):
            return False
        return len(self._mentions(" ".join(tokens[1:]))) == len(self._mentions(" ".join(tokens)))

    def _is_shown(self, name: str) -> bool:
        bare = strip_titles(name)
        if bare != name:
            return True
        tokens = bare.split()
        for start, end in self._mentions(bare):
            ahead, behind = self.text[max(0, start - NEAR) : start], self.text[end : end + 2 * NEAR]
            if AGE.match(behind) or RELATIVE.match(behind) or LETTERS.match(behind) or _ends_in_title(ahead):
                return True
            apposition = APPOSITION.match(behind)
            if apposition and ROLE.search(apposition["words"][:NEAR]):
                return True
            if (role := _last_words(ahead)) and ROLE.search(role):
                return True
        if len(re.findall(rf"(?m)^{re.escape(bare)}\s?:", self.text)) > 1:  # as in an interview
            return True
        return len(tokens) > 1 and self._is_mentioned_by_surname(tokens[-1])

    def _mentions(self, name: str) -> list[tuple[int, int]]:
        pattern = r"\s+".join(map(re.escape, name.split()))
        return [match.span() for match in re.finditer(rf"(?<!\w){pattern}(?!\w)", self.text)]

    def _is_mentioned_by_surname(self, surname: str) -> bool:
        """Return whether a surname alone speaks, or has a title."""
        word = re.escape(surname)
        alone = (
            rf"(?<![\w’'-])(?<![A-ZÀ-Þ]\s)(?P<ahead>(?:[^\W\d_]\S*\s+)?){word}\s+{VERB}"
            rf"|\b{VERB}\s+{word}\b(?!\s+[A-ZÀ-Þ])"
        )
        for match in re.finditer(alone, self.text):
            ahead = match["ahead"] or ""
            if not ahead[:1].isupper() or TITLED.match(f"{ahead}{surname}"):
                return True
        return any(
            get_surname(named.name) == surname.lower() and named.short and strip_titles(named.name) != named.name
            for named in self._names
        )

    def find_holders(self, role: AbstractSet[str]) -> list[str]:
        """Find the people beside whose names a role stands.

        Args:
            role: its words in lower case.
        """
        found = []
        for name in dict.fromkeys(each for alike in self._full.values() for each in alike):
            for start, end in self._mentions(strip_titles(name)):
                behind = APPOSITION.match(self.text[end : end + 2 * NEAR])
                beside = f"{_last_words(self.text[max(0, start - NEAR) : start])} {behind['words'] if behind else ''}"
                if role and role <= {word.lower() for word in WORD.findall(beside)}:
                    found.append(name)
                    break
        return found

    def can_mean(self, pronoun: str, name: str) -> bool:
        """Return whether a pronoun agrees with a name's titles."""
        other = OF_A_WOMAN if pronoun in MALE else OF_A_MAN if pronoun in FEMALE else ""
        last = re.escape(strip_titles(name).split()[-1])
        return not other or re.search(rf"(?<!\w){other}\.?\s+(?:[A-ZÀ-Þ]\S*\s+)?{last}(?!\w)", self.text) is None

    def is_body(self, name: str) -> bool:
        """Return whether the text shows that a name is no person's.

        It is an organisation's, a place's or a publication's.
        """
        bare = strip_titles(name)
        if bare != name:
            return False
        tokens = [token.strip(".,’'") for token in bare.split()]
        if any(token in BODY_NOUNS for token in tokens[1:]):
            return True
        squeezed = SQUEEZE.sub("", bare.lower())
        if len(squeezed) >= LEAST_LETTERS and re.search(rf"[@./]{re.escape(squeezed)}\.", self.text.lower()):
            return True
        for start, end in self._mentions(bare):
            ahead, behind = self.text[max(0, start - NEAR) : start], self.text[end : end + 2 * NEAR]
            if OF_A_FIRM.match(behind) or AHEAD_OF_A_BODY.search(ahead) or PLURAL.match(behind):
                return True
        return False


def _last_words(ahead: str) -> str:
    """Return the words right before a name, back to the last punctuation."""
    words = re.split(r"[.;:“”\"«»„(!?]", ahead)[-1]
    return " ".join(words.rstrip(" ,").rpartition(",")[2].split()[-6:])


def _ends_in_title(ahead: str) -> bool:
    return bool(TITLED.search(f"{' '.join(ahead.split()[-2:])} Xx") if ahead[-1:].isspace() else None)


def can_be_same_person(one: str, other: str) -> bool:
    """Return whether two names with one surname may be one person's.

    They have the same first name, or none.
    """
    firsts = [[each.rstrip(".") for each in strip_titles(name).split()[:-1]] for name in (one, other)]
    if not all(firsts):
        return True
    first, second = firsts[0][0], firsts[1][0]
    return (
        first.startswith(second)
        or second.startswith(first)
        or (1 in (len(first), len(second)) and first[0] == second[0])
    )


def _rank(name: str) -> tuple[bool, bool, int]:
    bare = POST_NOMINALS.sub("", strip_titles(name)).split()
    likely = SHORT_NAME <= len(bare) <= LONG_NAME
    return (likely, KEPT.match(name) is not None, -len(bare))
