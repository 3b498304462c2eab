"""An archive of releases to be measured on: some that are made, many that were, as far as a look at them can tell."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from machine import ROOT
from pressgen.actions.build.build import BuildRequest, build
from pressgen.actions.build.cache import BuildCache, InputState
from pressgen.actions.workspace.folder import Workspace
from pressgen.files.status import get_file_status

if TYPE_CHECKING:
    from collections.abc import Iterable

SEED = ROOT / "releases" / "thornmere-remand-centre"
"""A release of two pages with findings, long quotations and seven notes."""


def workspace(folder: Path) -> Path:
    """A workspace without releases in `folder`."""
    shutil.copytree(ROOT / "templates", folder / "templates")
    (folder / "releases").mkdir()
    return folder


def add(root: Path, names: Iterable[str]) -> list[Path]:
    """Releases that differ, of the seed's size; their files."""
    text = (SEED / "release.yaml").read_text()
    files = []
    for name in names:
        folder = root / "releases" / name
        folder.mkdir()
        told = text.replace("headline: ", f"headline: {name} ", 1).replace("reference: ", f"reference: {name}-", 1)
        (folder / "release.yaml").write_text(told)
        files.append(folder / "release.yaml")
    return files


def request_of(root: Path, file: Path) -> BuildRequest:
    """What `pressgen build --all` requests of each release of a workspace."""
    return BuildRequest(Workspace(root), file, out=root / "dist")


def add_made(root: Path, names: Iterable[str]) -> None:
    """Releases that were made, but for what is in their files: all that a look at them needs is there."""
    first, *others = add(root, names)
    cache, out = BuildCache(Workspace(root)), root / "dist"
    build(request_of(root, first), cache)
    pattern = cache.read_record(first, out)
    assert pattern
    slug = first.parent.name
    for file in others:
        left = {}
        for name in pattern.outputs:
            own = name.replace(slug, file.parent.name)
            made = out / own
            made.parent.mkdir(parents=True, exist_ok=True)
            made.write_bytes(b"")
            left[own] = get_file_status(str(made)) or []
        own_files = {"release.yaml": InputState(pattern.own["release.yaml"].digest, get_file_status(str(file)))}
        cache.write_record(file, out, pattern._replace(own=own_files, outputs=left))
