"""Checks of many releases, in several processes where needed."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from pressgen.actions.check.check import CheckResult, check_release
from pressgen.actions.workspace.houses import HouseCache
from pressgen.errors import Problem, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from pressgen.actions.workspace.folder import Workspace
    from pressgen.errors import Place

FEW = 30
"""Up to this number of releases, starting other processes takes longer than checking them."""

PORTION = 25
"""Releases that a process takes at a time: enough to be worth sending, few enough to share the work."""


def find_releases(workspace: Workspace, paths: Sequence[Path]) -> list[Path]:
    """Find the releases that the paths name.

    A path is a release's folder, file or name, or a folder of releases. Without paths, it finds all releases.

    Raises:
        UsageError: there is none at one of them.
    """
    found: list[Path] = []
    for given in paths or [workspace.root / "releases"]:
        named = workspace.root / "releases" / given
        path = named if not given.exists() and named.is_dir() else given
        below = sorted(each.parent for each in path.glob("*/release.yaml")) if path.is_dir() else []
        if path.is_file() or (path / "release.yaml").is_file():
            found.append(path)
        elif below:
            found += below
        else:
            raise UsageError(f"{given} holds no release: give a release's folder, or a folder of releases")
    return list(dict.fromkeys(found))


def check_all(
    workspace: Workspace,
    paths: Sequence[Path],
    at: datetime | None = None,
    jobs: int | None = None,
    *,
    present: datetime | None = None,
) -> Iterator[tuple[Path, CheckResult]]:
    """Check many releases, and yield each result in order.

    Args:
        workspace: the releases'.
        paths: the releases.
        at: as in `check_release`.
        jobs: how many processes to use; None for one a core where there are many releases.
        present: as in `check_release`.
    """
    workers = min(jobs or (os.cpu_count() or 1), len(paths) // PORTION + 1)
    portions = [paths[first : first + PORTION] for first in range(0, len(paths), PORTION)]
    if workers < 2 or (jobs is None and len(paths) <= FEW):  # noqa: PLR2004 - one is no crowd
        houses = HouseCache(workspace)
        for path in paths:
            yield path, check_release(workspace, path, at, houses.load, present=present)
        return
    from concurrent.futures import ProcessPoolExecutor
    from functools import partial
    from multiprocessing import get_context

    with ProcessPoolExecutor(workers, mp_context=get_context("forkserver")) as pool:
        for portion, found in zip(
            portions, pool.map(partial(_check_portion, workspace, at, present), portions), strict=True
        ):
            yield from zip(portion, found, strict=True)


def _check_portion(
    workspace: Workspace, at: datetime | None, present: datetime | None, paths: Sequence[Path]
) -> list[CheckResult]:
    """Check a few releases, and load each house only once."""
    houses = HouseCache(workspace)
    return [check_release(workspace, path, at, houses.load, present=present) for path in paths]


def find_shared_references(every: Iterable[CheckResult]) -> Iterator[Problem]:
    """Find references that two releases share.

    The office knows a release by its reference.
    """
    holders: dict[str, Place] = {}
    for one in every:
        if one.reference is None:
            continue
        reference, place = one.reference
        first = holders.setdefault(reference, place)
        if first is not place:
            message = f"the reference {reference} is already used by {first.file}: give this release another one"
            yield Problem(code="C06", message=message, place=place, path="reference")
