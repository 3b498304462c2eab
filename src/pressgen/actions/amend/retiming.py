"""A release made again with another embargo, and not a byte of its data otherwise; in a folder of its own."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from pressgen.actions.build.build import Order, make
from pressgen.actions.check.check import judge
from pressgen.actions.workspace.folder import RELEASE, TRANSLATION, Workspace
from pressgen.actions.workspace.reading import home_of, read_files
from pressgen.errors import Refused, Severity
from pressgen.files.writing import write_tree
from pressgen.load.edits import Put, edited
from pressgen.load.source import encode_like, read_source
from pressgen.model.artifact import Format

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from pressgen.actions.build.build import Made

EMBARGO, PUBLISH = "times.embargo", "times.publish"


def retimed(workspace: Workspace, folder: Path, to: str, now: datetime) -> Made:
    """The release in `folder` with its embargo at the wall time `to`; what lies there stays as it is.

    Where its own page was to appear at the hour of the embargo, it appears at the new one.

    Raises:
        Refused: with the new time, something of it no longer holds: the order of its times, a time told in its text.
    """
    with TemporaryDirectory(prefix="pressgen-move-") as aside:
        copy = Path(aside) / "releases" / folder.name
        home, inner = home_of(workspace.root, folder)
        files = read_files(home, inner, workspace.shown(folder))
        for name in files_of(files):
            files[name] = _with_time(files[name], workspace.shown(folder / name), to)
        write_tree(copy, files)
        write_tree(Path(aside) / "templates", read_files(workspace.root, workspace.root / "templates", "templates"))
        made = make(Workspace(Path(aside).resolve()), copy, Order(list(Format), [], Path(aside)))
        problems = [each for desk in made.desks for each in judge(workspace, desk, now).problems]
        if errors := [each for each in problems if each.severity is Severity.ERROR]:
            raise Refused(errors)
        return made


def files_of(names: Iterable[str]) -> list[str]:
    """The files of a release, among others of its folder, that say its times: its own, and its translations."""
    return [name for name in names if name == RELEASE or TRANSLATION.fullmatch(name)]


def _with_time(data: bytes, shown: str, to: str) -> bytes:
    source, problems = read_source(data, shown)
    if problems:
        raise Refused(problems)
    alike = source.text_at(PUBLISH) == source.text_at(EMBARGO)
    return encode_like(edited(source, [Put(path, to) for path in (EMBARGO, *[PUBLISH] * alike)]), data)
