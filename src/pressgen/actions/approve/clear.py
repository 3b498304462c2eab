"""Record that a speaker cleared the exact words that a release prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.actions.approve.allowed import see_changeable, see_named
from pressgen.actions.workspace.folder import take
from pressgen.actions.workspace.office import open_ledger, take_office
from pressgen.actions.workspace.permissions import acting, one_line
from pressgen.actions.workspace.quotations import Said, said
from pressgen.errors import WrongUse
from pressgen.model.event import Cleared
from pressgen.text.expression import near

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from pressgen.actions.workspace.folder import Workspace


def clear(workspace: Workspace, path: Path, speaker: str, who: str | None, how: str, now: datetime) -> list[Said]:
    """Record that `speaker` cleared the words of every quotation of theirs; those quotations.

    Args:
        workspace: where the release lies.
        path: its folder, or its `release.yaml`.
        speaker: the id of the person in the release.
        who: the id of the person of the office who asked, as given.
        how: in what way it was cleared, such as `by telephone`; empty where nobody says.
        now: the present instant, aware.

    Raises:
        WrongUse: the release does not quote that speaker.
        StateForbids: it may not change now.
        Refused, MachineLacks: it cannot be read, or the ledger cannot be written; nothing is recorded.
    """
    actor = acting(take_office(workspace), who, to="clear words")
    remark = one_line(how, "--how") if how else ""
    desks = take(workspace, path)
    quotations = said(desks)
    speakers = list(dict.fromkeys(each.speaker for each in quotations))
    if speaker not in speakers:
        hint = near(speaker, speakers) or f"; it quotes {', '.join(speakers) or 'nobody'}"
        raise WrongUse(f"{desks[0].slug} does not quote “{speaker}”{hint}")
    mine = [each for each in quotations if each.speaker == speaker]
    reference, slug = desks[0].release.reference, desks[0].slug
    with open_ledger(workspace) as ledger:
        see_named(ledger, reference, slug)
        ledger.keep(*(each.words.encode() for each in mine))
        with ledger.exclusive(reference, slug) as turn:
            see_changeable(turn.standing)
            quotes = {each.path: each.digest for each in mine}
            if not any(
                (each.speaker, each.quotes, each.how) == (speaker, quotes, remark) for each in turn.standing.clearances
            ):
                turn.append(Cleared(speaker=speaker, quotes=quotes, how=remark), actor=actor, at=now)
    return mine
