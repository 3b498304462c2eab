"""What a file discloses, one by one and in one sentence.

It is about people, machines and earlier versions.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SHOWN: Final = 4
"""How many places of one thing are named; more are counted."""
INSPECT: Final = "inspect the document"
"""The beginning of every remedy that is a program's own inspector."""
IN_PROGRAM: Final = "inspect the document in its program, and delete that"


@dataclass(frozen=True, slots=True)
class Disclosure:
    """One thing that a file discloses.

    Attributes:
        what: the disclosure, worded to follow the file's name: `names “Jo” as its author`.
        remedy: what to do about it; empty where that is not said.
        place: where in the file; empty for the whole.
    """

    what: str
    remedy: str = ""
    place: str = ""

    @classmethod
    def of_message(cls, message: str, place: str) -> Disclosure:
        """Return the disclosure in a message of `verify`.

        Such a message says after its last semicolon what to do.
        """
        what, mark, remedy = message.rpartition("; ")
        return cls(what, remedy, place) if mark else cls(message, "", place)

    def within(self, name: str) -> Disclosure:
        """Return the disclosure for a file in an archive, by its name."""
        return Disclosure(self.what, self.remedy, f"{name}, {self.place}" if self.place else name)

    def __str__(self) -> str:
        place = f" ({self.place})" if self.place else ""
        return f"{self.what}{place}{f': {self.remedy}' if self.remedy else ''}"


def describe_disclosures(traits: Iterable[Disclosure]) -> str:
    """Describe all that a file discloses in one sentence.

    Each thing comes once with its places, and each remedy once. The result is empty for nothing.
    """
    places: dict[str, list[str]] = defaultdict(list)
    remedies: dict[str, str] = {}
    for each in traits:
        if each.place not in places[each.what]:
            places[each.what].append(each.place)
        remedy = IN_PROGRAM if each.remedy.startswith(INSPECT) else each.remedy
        remedies[each.what] = remedies.get(each.what) or remedy
    by_remedy: dict[str, list[str]] = defaultdict(list)
    for what, remedy in remedies.items():
        by_remedy[remedy].append(f"{what}{_format_places([each for each in places[what] if each])}")
    return "; ".join(f"{', '.join(whats)}{f': {remedy}' if remedy else ''}" for remedy, whats in by_remedy.items())


def _format_places(places: Sequence[str]) -> str:
    """Return the places of one thing in brackets; empty for none."""
    if not places:
        return ""
    more = f" and {len(places) - SHOWN} more" if len(places) > SHOWN else ""
    return f" ({', '.join(places[:SHOWN])}{more})"
