"""The git revisions of a folder."""

from __future__ import annotations

import io
import subprocess
import tarfile
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

PATIENCE = 30
"""Seconds that git may take."""


@dataclass(frozen=True, slots=True)
class GitRevision:
    """A git revision: its short hash, author and time."""

    commit: str
    author: str
    at: datetime


def find_revision(folder: Path, name: str) -> GitRevision | None:
    """Find the git revision that a name means in a folder.

    Returns None if there is none, or no git.
    """
    if name.startswith("-"):
        return None  # git would take it for an option
    output = _run_git(folder, "log", "-1", "--no-show-signature", "--format=%h%x00%an%x00%cI", name, "--")
    if not output:
        return None
    commit, author, at = output.decode("utf-8", "replace").strip().split("\0")
    return GitRevision(commit, author, datetime.fromisoformat(at))


def read_files_at_revision(folder: Path, commit: str) -> dict[str, bytes]:
    """Read the files under a folder as they were at a revision.

    They are listed by path. There are none if the folder did not exist.
    """
    packed = _run_git(folder, "archive", "--format=tar", commit)
    if not packed:
        return {}
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        files = {each.name: archive.extractfile(each) for each in archive if each.isfile()}
        return {name: file.read() for name, file in files.items() if file is not None}


def _run_git(folder: Path, *command: str) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603 - a list, no shell
            ["git", "-C", str(folder), *command],  # noqa: S607 - whichever git the office has
            capture_output=True, timeout=PATIENCE, check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return b""
    return done.stdout if done.returncode == 0 else b""
