"""What a command that was killed while it saved a release left beside it, told before anybody wonders."""

from __future__ import annotations

import fcntl
import re
from typing import TYPE_CHECKING

from pressgen.actions.workspace.reading import read_or_nothing
from pressgen.actions.workspace.replacement import short_digest
from pressgen.files.modes import closing_fd, open_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pressgen.actions.workspace.folder import Workspace

SWAPPED = re.compile(r"\.(?P<name>release(?:\.[\w-]+)?\.yaml)\.(?P<old>[0-9a-f]+)\.(?P<new>[0-9a-f]+)\.swap(?:\.\w+)?")


def describe_left_over(workspace: Workspace, folder: Path) -> list[str]:
    """Say of each file that a killed save left in a release's folder what it is, what it holds and what to do.

    Nothing is said while another command is saving there: its files are no leftovers. Nothing is deleted; the next
    command that saves the release does that.
    """
    found = [
        (each, match) for each in sorted(folder.glob(".release*.swap*")) if (match := SWAPPED.fullmatch(each.name))
    ]
    return list(_lines(workspace, found)) if found and not _is_locked(folder) else []


def _lines(workspace: Workspace, found: list[tuple[Path, re.Match[str]]]) -> Iterator[str]:
    for each, match in found:
        name = match["name"]
        lead = f"{workspace.shown(each)}: left by a command that was killed while it saved {name};"
        if short_digest(read_or_nothing(workspace.root, each)) in {match["old"], match["new"]}:
            yield f"{lead} it holds {name} as it was before or after that save. The next save deletes it, or you can"
        else:
            yield (
                f"{lead} it holds what somebody else saved at that moment: see what of it {name} lacks, put that in,"
                " and delete it"
            )


def _is_locked(folder: Path) -> bool:
    """Whether a command is saving into the folder just now."""
    try:
        with closing_fd(open_folder(folder)) as handle:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:  # it has gone, or lies on a file system that locks no folders
        return False
    return False
