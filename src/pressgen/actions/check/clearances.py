"""What the ledger holds of a release's cleared words, as the rules want it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pressgen.actions.check.ledger_view import clearances

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pressgen.actions.workspace.folder import Desk, Workspace
    from pressgen.check.subject import Clearing
    from pressgen.model.standing import Clearance


def cleared(workspace: Workspace, desk: Desk) -> Mapping[str, Clearing]:
    """How each quotation stands to what its speaker cleared, by its path; only of speakers who cleared any.

    Nothing where there is no ledger; none is made.

    Raises:
        MachineLacks, Refused: the ledger cannot be read.
    """
    held = clearances(workspace, desk.release.reference)
    return dict(_compared(desk, held)) if held else {}


def _compared(desk: Desk, held: Sequence[Clearance]) -> Iterator[tuple[str, Clearing]]:
    from pressgen.actions.workspace.quotations import said  # noqa: PLC0415
    from pressgen.check.subject import Clearing, Wording  # noqa: PLC0415 - few releases have cleared words

    by_speaker = {each.speaker: each for each in held}
    for quotation in said([desk]):
        clearance = by_speaker.get(quotation.speaker)
        if clearance is None:
            continue
        if not quotation.digests.isdisjoint(clearance.quotes.values()):
            wording = Wording.CLEARED
        else:
            wording = Wording.CHANGED if quotation.path in clearance.quotes else Wording.ADDED
        day = clearance.at.astimezone(ZoneInfo(desk.release.times.zone)).date()
        yield quotation.path.rpartition(": ")[2], Clearing(day, wording)
