"""The releases of a workspace that come before one, read no further than is needed to compare with them."""

from __future__ import annotations

import re
from bisect import bisect_left
from datetime import date
from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING

from pressgen.check.subject import Earlier
from pressgen.files.within import read_within

if TYPE_CHECKING:
    from pathlib import Path

    from pressgen.actions.workspace.folder import Workspace

TIME = re.compile(
    rb"^\s*(?:times:\s*\{.*?)?\b(?P<name>embargo|publish|issue):\s*[\"']?(?P<day>\d{4}-\d{2}-\d{2})", re.MULTILINE
)
SPACES = re.compile(r"\s+")
MOST = 12
"""How many releases back a note is looked for."""
LARGEST = 300_000  # bytes; as much as a release may have


def earlier(workspace: Workspace, slug: str, before: date) -> tuple[Earlier, ...]:
    """The releases whose day comes before `before`, the latest first; translations are not looked at."""
    dated = _dated(workspace.root)
    end = bisect_left(dated, before, key=itemgetter(0))
    near = [(day, path) for day, path in dated[max(0, end - MOST - 1) : end] if path.parent.name != slug]
    return tuple(Earlier(path.parent.name, day, _text(workspace.root, path)) for day, path in near[-MOST:][::-1])


@lru_cache(maxsize=4)
def _dated(root: Path) -> tuple[tuple[date, Path], ...]:
    """Every release of a workspace with its day, by day; read once in a process."""
    found = []
    for path in sorted((root / "releases").glob("*/release.yaml")):
        try:
            data = read_within(root, path, LARGEST)
        except OSError:
            continue
        days = {match["name"]: match["day"].decode() for match in TIME.finditer(data)}
        day = days.get(b"embargo") or days.get(b"publish") or days.get(b"issue")
        if day and (known := _day(day)):
            found.append((known, path))
    return tuple(sorted(found))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@lru_cache(maxsize=64)
def _text(root: Path, path: Path) -> str:
    try:
        return SPACES.sub(" ", read_within(root, path, LARGEST).decode("utf-8", "replace"))
    except OSError:
        return ""
