"""Previous releases of a workspace.

They are read no further than the comparison needs.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from datetime import date
from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING

from pressgen.check.subject import PreviousRelease
from pressgen.files.within import read_within

if TYPE_CHECKING:
    from pathlib import Path

    from pressgen.actions.workspace.folder import Workspace

TIME = re.compile(
    rb"^\s*(?:times:\s*\{.*?)?\b(?P<name>embargo|publish|issue):\s*[\"']?(?P<day>\d{4}-\d{2}-\d{2})", re.MULTILINE
)
SPACES = re.compile(r"\s+")
MOST = 12
"""How many previous releases are searched for a note."""
LARGEST = 300_000  # bytes; as much as a release may have


def find_previous_releases(workspace: Workspace, slug: str, before: date) -> tuple[PreviousRelease, ...]:
    """Find the releases dated before a day, latest first.

    Translations are not considered.
    """
    dated = _list_dated_releases(workspace.root)
    end = bisect_left(dated, before, key=itemgetter(0))
    near = [(day, path) for day, path in dated[max(0, end - MOST - 1) : end] if path.parent.name != slug]
    return tuple(
        PreviousRelease(path.parent.name, day, _read_text(workspace.root, path)) for day, path in near[-MOST:][::-1]
    )


@lru_cache(maxsize=4)
def _list_dated_releases(root: Path) -> tuple[tuple[date, Path], ...]:
    """List every release of a workspace with its day, sorted.

    The files are read once in a process.
    """
    found = []
    for path in sorted((root / "releases").glob("*/release.yaml")):
        try:
            data = read_within(root, path, LARGEST)
        except OSError:
            continue
        days = {match["name"]: match["day"].decode() for match in TIME.finditer(data)}
        day = days.get(b"embargo") or days.get(b"publish") or days.get(b"issue")
        if day and (known := _parse_day(day)):
            found.append((known, path))
    return tuple(sorted(found))


def _parse_day(text: str) -> date | None:
    """Parse a date; return None if it is not one."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@lru_cache(maxsize=64)
def _read_text(root: Path, path: Path) -> str:
    """Read the text of a release, with single spaces."""
    try:
        return SPACES.sub(" ", read_within(root, path, LARGEST).decode("utf-8", "replace"))
    except OSError:
        return ""
