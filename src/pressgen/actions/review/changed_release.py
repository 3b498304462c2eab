"""Load a release with another text in its file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pressgen.actions.workspace.read_files import find_write_root, list_files

if TYPE_CHECKING:
    from pressgen.actions.workspace.folder import LoadedRelease, Workspace


def load_with_changes(workspace: Workspace, loaded: LoadedRelease, text: str) -> LoadedRelease:
    """Load a release with a changed text in its file.

    Raises:
        InputError: it does not load.
    """
    from pressgen.load.release import read_release

    home, _ = find_write_root(workspace.root, loaded.folder)
    files = list_files(home, loaded.folder, workspace.shown(loaded.folder))
    changed = read_release(text.encode(), loaded.source.shown, beside=files, houses=workspace.houses)
    return replace(loaded, release=changed.release, source=changed.source)
