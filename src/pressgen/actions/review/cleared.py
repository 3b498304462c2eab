"""What a release quotes otherwise than its speakers have cleared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pressgen.actions.approve.clearance import speakers
from pressgen.actions.review.redline import Difference
from pressgen.actions.workspace.folder import release_file, take
from pressgen.actions.workspace.office import open_ledger, stands
from pressgen.actions.workspace.quotations import said

if TYPE_CHECKING:
    from pathlib import Path

    from pressgen.actions.workspace.folder import Workspace

CLEARED = "cleared"


def since_clearance(workspace: Workspace, path: Path) -> list[Difference]:
    """Every quotation of the release at `path` whose words are not those that its speaker cleared, in its order.

    Raises:
        Refused: the release is at fault.
        WrongUse: there is none.
        StateForbids: nothing has happened to it yet.
        MachineLacks: the ledger does not answer.
    """
    path = release_file(workspace, path)
    desks = take(workspace, path)
    with open_ledger(workspace) as ledger:
        states = speakers(said(desks), stands(ledger, path), ledger.fetch)
    by_name = {f"release{desk.suffix}.yaml" if desk.suffix else "": desk for desk in desks}
    found = []
    for each in (words for state in states for words in state.open):
        name, _, where = each.said.path.rpartition(": ")
        kind: Literal["added", "changed"] = "added" if each.cleared is None else "changed"
        found.append(Difference(kind, where, each.cleared, each.said.words, by_name[name].source.place(where)))
    return found
