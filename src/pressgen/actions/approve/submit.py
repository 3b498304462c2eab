"""Submit a release for approval.

The submission has the hashes of its data, its house and every built file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.actions.approve.signed_version import build_checked_release, create_version, list_contents
from pressgen.actions.approve.standing_checks import require_changeable, require_matching_reference
from pressgen.actions.workspace.office import find_standing, load_office, open_ledger
from pressgen.actions.workspace.permissions import authorise_actor
from pressgen.errors import StateError
from pressgen.model.event import Submitted

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from pressgen.actions.workspace.folder import Workspace
    from pressgen.model.standing import Standing


def submit_release(workspace: Workspace, path: Path, who: str | None, now: datetime) -> Standing:
    """Submit the release at `path` for approval; return its standing.

    Args:
        workspace: the release's.
        path: its folder, or its `release.yaml`.
        who: the id of the person who submits, as given.
        now: the present instant, aware.

    Raises:
        StateError: it may not change now, or this very version is submitted or approved already.
        InputError, UsageError, EnvironmentFailureError: it cannot be built, or the ledger cannot be written;
            nothing is recorded.
    """
    actor = authorise_actor(load_office(workspace), who, "writer", "head", to="submit")
    with open_ledger(workspace) as ledger:
        earlier = find_standing(ledger, path)
        if earlier:
            require_changeable(earlier)  # before a build of minutes
        made = build_checked_release(workspace, path, earlier, now)
        release, slug = made.languages[0].release, made.languages[0].slug
        require_matching_reference(ledger, release.reference, slug)
        version = create_version(made)
        ledger.keep(*list_contents(made))
        with ledger.exclusive(release.reference, slug) as transaction:
            require_changeable(transaction.standing)
            for word, signed in (
                ("submitted", transaction.standing.proposed),
                ("approved", transaction.standing.version),
            ):
                if signed == version:
                    raise StateError(f"{release.reference} is {word} already, and nothing has changed since")
            transaction.append(Submitted(version=version), actor=actor, at=now)
            return transaction.standing
