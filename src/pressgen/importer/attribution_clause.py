"""An attribution as parsed: speaker, role and verb."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto


class SpeakerKind(Enum):
    """The ways to say who speaks."""

    PERSON = auto()
    PRONOUN = auto()
    OFFICE = auto()
    COLLECTIVE = auto()


@dataclass(frozen=True, slots=True)
class AttributionClause:
    """A clause that names a speaker.

    Attributes:
        name: as printed, with its title; empty for a pronoun or an office.
        role: as printed; of an office, such as “the Minister”, the whole of it.
        pronoun: in lower case, or empty.
        reasons: why the speaker is not sure.
        whole: whether nothing of the clause is left over.
    """

    name: str
    role: str
    verb: str
    kind: SpeakerKind = SpeakerKind.PERSON
    pronoun: str = ""
    reasons: tuple[str, ...] = ()
    whole: bool = True
