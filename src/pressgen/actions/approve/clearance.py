"""Whether the speakers of a release have cleared the words that it prints."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pressgen.actions.workspace.quotations import Said
    from pressgen.model.standing import Clearance, Standing


@dataclass(frozen=True, slots=True)
class Words:
    """A quotation that is not cleared as it stands.

    Attributes:
        cleared: the words that the speaker cleared in its place, None where there are none.
    """

    said: Said
    cleared: str | None


@dataclass(frozen=True, slots=True)
class SpeakerState:
    """How far a speaker's words are cleared.

    Attributes:
        speaker: their id in the release.
        name: what the release calls them.
        clearance: the last there was, None for none.
        open: the quotations that it does not cover.
    """

    speaker: str
    clearance: Clearance | None
    open: tuple[Words, ...]
    name: str = ""

    @property
    def called(self) -> str:
        """The speaker for a person who reads: the name, with the id that commands take."""
        return f"{self.name} ({self.speaker})" if self.name else self.speaker

    @property
    def state(self) -> str:
        """`cleared`, `changed` since, or `not cleared` at all."""
        if not self.open:
            return "cleared"
        return "changed" if self.clearance else "not cleared"


def speakers(quotations: Sequence[Said], standing: Standing, kept: Callable[[str], bytes]) -> list[SpeakerState]:
    """Every speaker of a release, in the order of appearance.

    A clearance is of words: it holds wherever they stand, and for no word otherwise.

    Args:
        quotations: what the release says now.
        standing: where it stands, with its clearances.
        kept: gives cleared words by their SHA-256.
    """
    found: list[SpeakerState] = []
    by_speaker = {each.speaker: each for each in standing.clearances}
    for speaker in dict.fromkeys(each.speaker for each in quotations):
        clearance = by_speaker.get(speaker)
        mine = [each for each in quotations if each.speaker == speaker]
        found.append(SpeakerState(speaker, clearance, tuple(_open(mine, clearance, kept)), mine[0].name))
    return found


def _open(mine: list[Said], clearance: Clearance | None, kept: Callable[[str], bytes]) -> list[Words]:
    """The quotations that are not cleared, each with the cleared words that have gone missing in its place."""
    cleared = clearance.quotes if clearance else {}
    printed = {digest for each in mine for digest in each.digests}
    gone = {path: digest for path, digest in cleared.items() if digest not in printed}
    unclear = [each for each in mine if each.digests.isdisjoint(cleared.values())]
    in_place = {each.path: gone.pop(each.path) for each in unclear if each.path in gone}
    found: list[Words] = []
    for each in unclear:
        digest = in_place.get(each.path) or (gone.pop(next(iter(gone))) if gone else None)
        found.append(Words(each, kept(digest).decode() if digest else None))
    return found
