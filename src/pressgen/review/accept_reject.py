"""The texts of a file with every tracked change rejected, and with every one accepted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pressgen.review.word_model import Placed

if TYPE_CHECKING:
    from pressgen.review.word_model import Character, Incoming, Spot


@dataclass(slots=True)
class Text(Placed):
    """A paragraph of one state, made of one or more paragraphs of the file.

    Attributes:
        spots: where each character that belongs to the state stands in the file.
        paragraphs: the paragraphs of the file that it is made of.
    """

    spots: list[Spot] = field(default_factory=list)
    paragraphs: list[int] = field(default_factory=list)


def rejected(file: Incoming) -> list[Text]:
    """The paragraphs that are left when every tracked change is rejected."""
    return _state(file, accepted=False)


def before(file: Incoming) -> list[Text]:
    """As `rejected`, but a new paragraph into which somebody typed without tracking does not run on into the next."""
    return _state(file, accepted=False, apart=True)


def accepted(file: Incoming) -> list[Text]:
    """The paragraphs that are left when every tracked change is accepted."""
    return _state(file, accepted=True)


def said(file: Incoming, text: Text) -> str:
    """The characters of a text."""
    return "".join(file.paragraphs[at].characters[offset].text for at, offset in text.spots)


def _state(file: Incoming, *, accepted: bool, apart: bool = False) -> list[Text]:
    found: list[Text] = []
    carried: Text | None = None
    for at, paragraph in enumerate(file.paragraphs):
        if carried is None or carried.place != paragraph.place:
            carried = Text(paragraph.place)
            found.append(carried)
        carried.paragraphs.append(at)
        carried.spots += [
            (at, offset) for offset, each in enumerate(paragraph.characters) if _stands(each, accepted=accepted)
        ]
        if (paragraph.struck if accepted else paragraph.inserted) is None or (apart and paragraph.mostly_new):
            carried = None
    return found


def _stands(character: Character, *, accepted: bool) -> bool:
    return (character.struck if accepted else character.inserted) is None
