"""Quotations that differ from the words that their speakers cleared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pressgen.actions.approve.speaker_clearances import list_speaker_clearances
from pressgen.actions.review.compare_versions import VersionDifference
from pressgen.actions.workspace.folder import find_release_file, load_release
from pressgen.actions.workspace.office import open_ledger, require_standing
from pressgen.actions.workspace.printed_quotations import collect_quotations

if TYPE_CHECKING:
    from pathlib import Path

    from pressgen.actions.workspace.folder import Workspace

CLEARED = "cleared"


def find_uncleared_quotations(workspace: Workspace, path: Path) -> list[VersionDifference]:
    """Find every quotation that differs from the words its speaker cleared.

    They are in the order of the release.

    Raises:
        InputError: the release is at fault.
        UsageError: there is no such release.
        StateError: nothing has happened to it yet.
        EnvironmentFailureError: the ledger does not answer.
    """
    path = find_release_file(workspace, path)
    languages = load_release(workspace, path)
    with open_ledger(workspace) as ledger:
        states = list_speaker_clearances(collect_quotations(languages), require_standing(ledger, path), ledger.fetch)
    by_name = {f"release{loaded.suffix}.yaml" if loaded.suffix else "": loaded for loaded in languages}
    found = []
    for each in (words for state in states for words in state.open):
        name, _, where = each.said.path.rpartition(": ")
        kind: Literal["added", "changed"] = "added" if each.cleared is None else "changed"
        found.append(VersionDifference(kind, where, each.cleared, each.said.words, by_name[name].source.place(where)))
    return found
