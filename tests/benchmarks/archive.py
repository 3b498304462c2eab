"""An archive of releases to be measured on: some that are made, many that were, as far as a look at them can tell."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from machine import ROOT
from pressgen.actions.build.build import Order
from pressgen.actions.build.build_record import Own, Remembered, see
from pressgen.actions.build.incremental import renew
from pressgen.actions.build.session import Run
from pressgen.actions.workspace.folder import Workspace
from pressgen.model.artifact import Format

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


def run_of(root: Path) -> Run:
    """The run of `pressgen build --all` in a workspace."""
    return Run.of(Workspace(root), Order(list(Format), [], root / "dist"))


def add_made(root: Path, names: Iterable[str]) -> None:
    """Releases that were made, but for what is in their files: all that a look at them needs is there."""
    first, *others = add(root, names)
    run = run_of(root)
    renew(run, first, ["it is the pattern"])
    pattern = run.remembered(first)
    assert pattern
    slug = first.parent.name
    for file in others:
        left = {}
        for name in pattern.left:
            own = name.replace(slug, file.parent.name)
            made = root / "dist" / own
            made.parent.mkdir(parents=True, exist_ok=True)
            made.write_bytes(b"")
            left[own] = see(str(made)) or []
        own_files = {"release.yaml": Own(pattern.own["release.yaml"].digest, see(str(file)))}
        run.remember(file, Remembered(pattern.order, own_files, pattern.house, pattern.sheet, left))
