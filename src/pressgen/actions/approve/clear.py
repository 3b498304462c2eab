"""Record that a speaker cleared the exact words in a release."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.actions.approve.allowed import require_in_use, require_matching_reference
from pressgen.actions.workspace.folder import load_release
from pressgen.actions.workspace.office import load_office, open_ledger
from pressgen.actions.workspace.permissions import authorise_actor, require_one_line
from pressgen.actions.workspace.quotations import PrintedQuotation, collect_quotations
from pressgen.errors import UsageError
from pressgen.model.event import Cleared
from pressgen.text.expression import suggest_name

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from pressgen.actions.workspace.folder import Workspace


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
    desks = load_release(workspace, path)
    quotations = collect_quotations(desks)
    speakers = list(dict.fromkeys(each.speaker for each in quotations))
    if speaker not in speakers:
        hint = suggest_name(speaker, speakers) or f"; it quotes {', '.join(speakers) or 'nobody'}"
        raise UsageError(f"{desks[0].slug} does not quote “{speaker}”{hint}")
    mine = [each for each in quotations if each.speaker == speaker]
    reference, slug = desks[0].release.reference, desks[0].slug
    with open_ledger(workspace) as ledger:
        require_matching_reference(ledger, reference, slug)
        ledger.keep(*(each.words.encode() for each in mine))
        with ledger.exclusive(reference, slug) as turn:
            require_in_use(turn.standing)  # a scheduled release too: a clearance changes no word of it
            quotes = {each.path: each.digest for each in mine}
            if not any(
                (each.speaker, each.quotes, each.how) == (speaker, quotes, remark) for each in turn.standing.clearances
            ):
                turn.append(Cleared(speaker=speaker, quotes=quotes, how=remark), actor=actor, at=now)
    return mine
