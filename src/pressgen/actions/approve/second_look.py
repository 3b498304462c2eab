"""Who may give the second look that a release owes."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from pressgen.actions.workspace.office import find_standing, has_ledger, load_office, open_ledger
from pressgen.actions.workspace.permissions import STAFF, list_people_with_role
from pressgen.errors import InputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from pressgen.actions.workspace.folder import Workspace
    from pressgen.model.office import Office
    from pressgen.model.standing import Signature


def list_second_lookers(office: Office, owed: Sequence[Signature]) -> list[str]:
    """List the ids of the people who may give a second look.

    It is somebody else's. An approver or a head looks at an embargo that was ended by decision; only an approver looks
    at what no approver has seen.
    """
    able = set(list_people_with_role(office, *STAFF))
    if any(each.act == "embargo ended" for each in owed):
        able &= set(list_people_with_role(office, "approver", "head"))
    approvers = set(list_people_with_role(office, "approver"))
    if any(each.act != "embargo ended" and each.actor not in approvers for each in owed):
        able &= approvers
    did = {each.actor for each in owed}
    return [each for each in office.people if each in able - did]


def list_open_second_looks(workspace: Workspace, folders: Iterable[Path]) -> Iterator[str]:
    """Yield a line for each release that needs a second look.

    Raises:
        EnvironmentFailureError, InputError: the ledger cannot be read.
    """
    if not has_ledger(workspace):
        return
    office = None
    with suppress(InputError, UsageError):
        office = load_office(workspace)
    with open_ledger(workspace) as ledger:
        for standing in filter(None, (find_standing(ledger, each) for each in folders)):
            if owed := standing.second_looks:
                who = f"somebody else must give it: pressgen approve {standing.slug} --second-look"
                if office:
                    who = describe_second_look(standing.slug, office, owed)
                yield f"{standing.reference} needs a second look: {who}"


def describe_second_look(slug: str, office: Office, owed: Sequence[Signature]) -> str:
    """Say who gives a second look, and by which command."""
    if people := list_second_lookers(office, owed):
        return f"{' or '.join(people)} gives it with: pressgen approve {slug} --second-look --as {people[0]}"
    return (
        "nobody else in releases/pressgen.yaml may give it: name another approver there, who then runs"
        f" pressgen approve {slug} --second-look --as ID"
    )
