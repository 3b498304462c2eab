"""The cleared words of a release in the ledger, for the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pressgen.actions.check.ledger_view import read_clearances

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pressgen.actions.workspace.folder import LoadedRelease, Workspace
    from pressgen.check.subject import QuotationClearance
    from pressgen.model.standing import Clearance


def compare_with_clearances(workspace: Workspace, desk: LoadedRelease) -> Mapping[str, QuotationClearance]:
    """Compare each quotation with the words that its speaker cleared.

    Returns the results by path, only for speakers who cleared any. It returns nothing where there is no ledger, and
    creates none.

    Raises:
        EnvironmentFailureError, InputError: the ledger cannot be read.
    """
    held = read_clearances(workspace, desk.release.reference)
    return dict(_compare_quotations(desk, held)) if held else {}


def _compare_quotations(desk: LoadedRelease, held: Sequence[Clearance]) -> Iterator[tuple[str, QuotationClearance]]:
    """Yield the result for each quotation with cleared words.

    Only speakers who cleared any words are compared.
    """
    from pressgen.actions.workspace.quotations import collect_quotations
    from pressgen.check.subject import ClearanceState, QuotationClearance

    by_speaker = {each.speaker: each for each in held}
    for quotation in collect_quotations([desk]):
        clearance = by_speaker.get(quotation.speaker)
        if clearance is None:
            continue
        if not quotation.digests.isdisjoint(clearance.quotes.values()):
            wording = ClearanceState.CLEARED
        else:
            wording = ClearanceState.CHANGED if quotation.path in clearance.quotes else ClearanceState.ADDED
        day = clearance.at.astimezone(ZoneInfo(desk.release.times.zone)).date()
        yield quotation.path.rpartition(": ")[2], QuotationClearance(day, wording)
