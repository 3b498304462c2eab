"""What a file tells of people, machines and earlier versions, thing by thing, and all of it in one sentence."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SHOWN: Final = 4
"""Places that are named of one thing; of more, how many there are."""
INSPECT: Final = "inspect the document"
"""Begins every remedy that a program's own inspector is."""
IN_PROGRAM: Final = "inspect the document in its program, and take that out"


@dataclass(frozen=True, slots=True)
class Trait:
    """One thing that a file tells.

    Attributes:
        what: it is, as it follows the file's name: `names “Jo” as its author`.
        remedy: what to do about it; empty where that is not said.
        place: where in the file; empty for the whole.
    """

    what: str
    remedy: str = ""
    place: str = ""

    @classmethod
    def of_message(cls, message: str, place: str) -> Trait:
        """Return a finding of `verify`, whose message says after its last semicolon what to do."""
        what, mark, remedy = message.rpartition("; ")
        return cls(what, remedy, place) if mark else cls(message, "", place)

    def within(self, name: str) -> Trait:
        """Return the same of a file that lies in an archive under a name."""
        return Trait(self.what, self.remedy, f"{name}, {self.place}" if self.place else name)

    def __str__(self) -> str:
        place = f" ({self.place})" if self.place else ""
        return f"{self.what}{place}{f': {self.remedy}' if self.remedy else ''}"


def describe_traits(traits: Iterable[Trait]) -> str:
    """Say all that a file tells, each thing once with its places, and each remedy once; empty for nothing."""
    places: dict[str, list[str]] = defaultdict(list)
    remedies: dict[str, str] = {}
    for each in traits:
        if each.place not in places[each.what]:
            places[each.what].append(each.place)
        remedy = IN_PROGRAM if each.remedy.startswith(INSPECT) else each.remedy
        remedies[each.what] = remedies.get(each.what) or remedy
    by_remedy: dict[str, list[str]] = defaultdict(list)
    for what, remedy in remedies.items():
        by_remedy[remedy].append(f"{what}{_listed([each for each in places[what] if each])}")
    return "; ".join(f"{', '.join(whats)}{f': {remedy}' if remedy else ''}" for remedy, whats in by_remedy.items())


def _listed(places: Sequence[str]) -> str:
    """The places of one thing, in brackets; empty for none."""
    if not places:
        return ""
    more = f" and {len(places) - SHOWN} more" if len(places) > SHOWN else ""
    return f" ({', '.join(places[:SHOWN])}{more})"
