"""What git has of a folder at a revision."""

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
class Revision:
    """A revision: its hash in short, and whose it is."""

    commit: str
    author: str
    at: datetime


def revision_of(folder: Path, name: str) -> Revision | None:
    """The revision that `name` names where `folder` lies, None where there is none, or no git."""
    if name.startswith("-"):
        return None  # git would take it for an option
    told = _git(folder, "log", "-1", "--no-show-signature", "--format=%h%x00%an%x00%cI", name, "--")
    if not told:
        return None
    commit, author, at = told.decode("utf-8", "replace").strip().split("\0")
    return Revision(commit, author, datetime.fromisoformat(at))


def files_at(folder: Path, commit: str) -> dict[str, bytes]:
    """The files of a folder and of those below it at a revision, by path; none where it has no such folder."""
    packed = _git(folder, "archive", "--format=tar", commit)
    if not packed:
        return {}
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        held = {each.name: archive.extractfile(each) for each in archive if each.isfile()}
        return {name: file.read() for name, file in held.items() if file is not None}


def _git(folder: Path, *command: str) -> bytes:
    """What git prints, nothing where it fails."""
    try:
        done = subprocess.run(  # noqa: S603 - a list, no shell
            ["git", "-C", str(folder), *command],  # noqa: S607 - whichever git the office has
            capture_output=True, timeout=PATIENCE, check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return b""
    return done.stdout if done.returncode == 0 else b""
