"""Clearances: record them, and list which printed quotations their speakers have cleared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressgen.actions.approve.standing_checks import require_in_use, require_matching_reference
from pressgen.actions.workspace.folder import load_release
from pressgen.actions.workspace.office import load_office, open_ledger
from pressgen.actions.workspace.permissions import authorise_actor, require_one_line
from pressgen.actions.workspace.printed_quotations import PrintedQuotation, collect_quotations
from pressgen.errors import UsageError
from pressgen.model.event import Cleared
from pressgen.text.expression import suggest_name

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from pathlib import Path

    from pressgen.actions.workspace.folder import Workspace
    from pressgen.actions.workspace.printed_quotations import PrintedQuotation
    from pressgen.model.standing import Clearance, Standing


@dataclass(frozen=True, slots=True)
class UnclearedQuotation:
    """A printed quotation that its speaker has not cleared.

    Attributes:
        cleared: the cleared words that it replaces; None where there are none.
    """

    said: PrintedQuotation
    cleared: str | None


@dataclass(frozen=True, slots=True)
class SpeakerClearance:
    """How far a speaker's words are cleared.

    Attributes:
        speaker: their id in the release.
        name: their name in the release.
        clearance: the last one; None for none.
        open: the quotations that it does not cover.
    """

    speaker: str
    clearance: Clearance | None
    open: tuple[UnclearedQuotation, ...]
    name: str = ""

    @property
    def called(self) -> str:
        """The speaker's name, with the id that commands take."""
        return f"{self.name} ({self.speaker})" if self.name else self.speaker

    @property
    def state(self) -> str:
        """`cleared`, `changed` since, or `not cleared` at all."""
        if not self.open:
            return "cleared"
        return "changed" if self.clearance else "not cleared"


def list_speaker_clearances(
    quotations: Sequence[PrintedQuotation], standing: Standing, kept: Callable[[str], bytes]
) -> list[SpeakerClearance]:
    """List the speakers of a release, in order, with their clearances.

    A clearance covers exact words, wherever they are printed.

    Args:
        quotations: the release's present quotations.
        standing: the release's, with its clearances.
        kept: returns cleared words by their SHA-256.
    """
    found: list[SpeakerClearance] = []
    by_speaker = {each.speaker: each for each in standing.clearances}
    for speaker in dict.fromkeys(each.speaker for each in quotations):
        clearance = by_speaker.get(speaker)
        mine = [each for each in quotations if each.speaker == speaker]
        found.append(
            SpeakerClearance(speaker, clearance, tuple(_find_uncleared_quotations(mine, clearance, kept)), mine[0].name)
        )
    return found


def _find_uncleared_quotations(
    mine: list[PrintedQuotation], clearance: Clearance | None, kept: Callable[[str], bytes]
) -> list[UnclearedQuotation]:
    """List the quotations that are not cleared.

    Each comes with the cleared words that it replaces.
    """
    cleared = clearance.quotes if clearance else {}
    printed = {digest for each in mine for digest in each.digests}
    gone = {path: digest for path, digest in cleared.items() if digest not in printed}
    unclear = [each for each in mine if each.digests.isdisjoint(cleared.values())]
    in_place = {each.path: gone.pop(each.path) for each in unclear if each.path in gone}
    found: list[UnclearedQuotation] = []
    for each in unclear:
        digest = in_place.get(each.path) or (gone.pop(next(iter(gone))) if gone else None)
        found.append(UnclearedQuotation(each, kept(digest).decode() if digest else None))
    return found


def record_clearance(
    workspace: Workspace, path: Path, speaker: str, who: str | None, how: str, now: datetime
) -> list[PrintedQuotation]:
    """Record that `speaker` cleared all their words; return the quotations.

    Args:
        workspace: the release's.
        path: its folder, or its `release.yaml`.
        speaker: the id of the person in the release.
        who: the id of the person of the office who asked, as given.
        how: in what way it was cleared, for example `by telephone`; empty where nobody says.
        now: the present instant, aware.

    Raises:
        UsageError: the release does not quote that speaker.
        StateError: it is withdrawn.
        InputError, EnvironmentFailureError: it cannot be read, or the ledger cannot be written; nothing is
            recorded.
    """
    actor = authorise_actor(load_office(workspace), who, to="clear words")
    remark = require_one_line(how, "--how") if how else ""
    languages = load_release(workspace, path)
    quotations = collect_quotations(languages)
    speakers = list(dict.fromkeys(each.speaker for each in quotations))
    if speaker not in speakers:
        hint = suggest_name(speaker, speakers) or f"; it quotes {', '.join(speakers) or 'nobody'}"
        raise UsageError(f"{languages[0].slug} does not quote “{speaker}”{hint}")
    mine = [each for each in quotations if each.speaker == speaker]
    reference, slug = languages[0].release.reference, languages[0].slug
    with open_ledger(workspace) as ledger:
        require_matching_reference(ledger, reference, slug)
        ledger.keep(*(each.words.encode() for each in mine))
        with ledger.exclusive(reference, slug) as transaction:
            require_in_use(transaction.standing)  # a scheduled release too: a clearance changes no word of it
            quotes = {each.path: each.digest for each in mine}
            if not any(
                (each.speaker, each.quotes, each.how) == (speaker, quotes, remark)
                for each in transaction.standing.clearances
            ):
                transaction.append(Cleared(speaker=speaker, quotes=quotes, how=remark), actor=actor, at=now)
    return mine
