"""Submit a release for approval: its data, its house and every file made of them, by their hashes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.actions.approve.allowed import see_changeable, see_named
from pressgen.actions.approve.signed import contents, make_sound, version_of
from pressgen.actions.workspace.office import known, open_ledger, take_office
from pressgen.actions.workspace.permissions import acting
from pressgen.errors import StateForbids
from pressgen.model.event import Submitted

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from pressgen.actions.workspace.folder import Workspace
    from pressgen.model.standing import Standing


def submit(workspace: Workspace, path: Path, who: str | None, now: datetime) -> Standing:
    """Submit the release at `path`; where it stands then.

    Args:
        workspace: where it lies.
        path: its folder, or its `release.yaml`.
        who: the id of the person who submits, as given.
        now: the present instant, aware.

    Raises:
        StateForbids: it may not change now, or this very version is submitted or approved already.
        Refused, WrongUse, MachineLacks: it cannot be made, or the ledger cannot be written; nothing is recorded.
    """
    actor = acting(take_office(workspace), who, "writer", "head", to="submit")
    with open_ledger(workspace) as ledger:
        earlier = known(ledger, path)
        if earlier:
            see_changeable(earlier)  # before minutes go into making it
        made = make_sound(workspace, path, earlier, now)
        release, slug = made.desks[0].release, made.desks[0].slug
        see_named(ledger, release.reference, slug)
        version = version_of(made)
        ledger.keep(*contents(made))
        with ledger.exclusive(release.reference, slug) as turn:
            see_changeable(turn.standing)
            for word, signed in (("submitted", turn.standing.proposed), ("approved", turn.standing.version)):
                if signed == version:
                    raise StateForbids(f"{release.reference} is {word} already as it is; nothing has changed since")
            turn.append(Submitted(version=version), actor=actor, at=now)
            return turn.standing
