"""The texts of a file with all tracked changes rejected or accepted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pressgen.review.word_model import PlacedText

if TYPE_CHECKING:
    from pressgen.review.word_model import Character, Spot, WordDocument


INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"))


@dataclass(slots=True)
class StateParagraph(PlacedText):
    """A paragraph after tracked changes were accepted or rejected.

    It is made of one or more paragraphs of the file.

    Attributes:
        spots: where each of its characters is in the file.
        paragraphs: the paragraphs of the file that it is made of.
    """

    spots: list[Spot] = field(default_factory=list)
    paragraphs: list[int] = field(default_factory=list)


def is_visible(text: str) -> bool:
    """Return whether a text shows anything.

    LibreOffice puts a joiner into a tracked row without text.
    """
    return bool(text.translate(INVISIBLE).strip())


def reject_all_changes(file: WordDocument, *, apart: bool = False) -> list[StateParagraph]:
    """Return the paragraphs with every tracked change rejected.

    With `apart`, a new paragraph into which somebody typed without tracking stays separate from the next.
    """
    return _resolve_changes(file, accepted=False, apart=apart)


def accept_all_changes(file: WordDocument) -> list[StateParagraph]:
    """Return the paragraphs with every tracked change accepted."""
    return _resolve_changes(file, accepted=True)


def read_state_text(file: WordDocument, text: StateParagraph) -> str:
    """Return the characters of a paragraph as text."""
    return "".join(file.paragraphs[at].characters[offset].text for at, offset in text.spots)


def _resolve_changes(file: WordDocument, *, accepted: bool, apart: bool = False) -> list[StateParagraph]:
    found: list[StateParagraph] = []
    carried: StateParagraph | None = None
    for at, paragraph in enumerate(file.paragraphs):
        if carried is None or carried.place != paragraph.place:
            carried = StateParagraph(paragraph.place)
            found.append(carried)
        carried.paragraphs.append(at)
        carried.spots += [
            (at, offset) for offset, each in enumerate(paragraph.characters) if _is_present(each, accepted=accepted)
        ]
        if (paragraph.struck if accepted else paragraph.inserted) is None or (apart and paragraph.mostly_new):
            carried = None
    return found


def _is_present(character: Character, *, accepted: bool) -> bool:
    return (character.struck if accepted else character.inserted) is None
