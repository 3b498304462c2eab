"""Reports on files that a killed save left next to a release."""

from __future__ import annotations

import fcntl
import re
from typing import TYPE_CHECKING

from pressgen.actions.workspace.read_files import read_or_empty
from pressgen.actions.workspace.replace_files import compute_short_digest
from pressgen.files.atomic import close_on_exit, open_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pressgen.actions.workspace.folder import Workspace

SWAPPED = re.compile(r"\.(?P<name>release(?:\.[\w-]+)?\.yaml)\.(?P<old>[0-9a-f]+)\.(?P<new>[0-9a-f]+)\.swap(?:\.\w+)?")


def describe_leftovers(workspace: Workspace, folder: Path) -> list[str]:
    """Describe the files that a killed save left in a release's folder.

    It says what each file holds and what to do with it. It says nothing while another command is saving there, and
    deletes nothing; the next save does that.
    """
    found = [
        (each, match) for each in sorted(folder.glob(".release*.swap*")) if (match := SWAPPED.fullmatch(each.name))
    ]
    return list(_describe_files(workspace, found)) if found and not _is_locked(folder) else []


def _describe_files(workspace: Workspace, found: list[tuple[Path, re.Match[str]]]) -> Iterator[str]:
    """Yield a message for each leftover file."""
    for each, match in found:
        name = match["name"]
        lead = f"{workspace.shown(each)}: left by a command that was killed while it saved {name};"
        if compute_short_digest(read_or_empty(workspace.root, each)) in {match["old"], match["new"]}:
            yield f"{lead} it holds {name} as it was before or after that save. The next save deletes it, or you can"
        else:
            yield (
                f"{lead} it has what somebody else saved at that moment: copy whatever is missing in {name} into it,"
                " and delete it"
            )


def _is_locked(folder: Path) -> bool:
    """Return whether a command is saving into the folder now."""
    try:
        with close_on_exit(open_folder(folder)) as handle:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:  # it is missing, or its file system locks no folders
        return False
    return False
