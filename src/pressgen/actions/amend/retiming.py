"""Build a release again with another embargo, in a temporary folder.

No other byte of its data changes.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from pressgen.actions.build.build import BuildRequest, build
from pressgen.actions.check.check import check_loaded_release
from pressgen.actions.workspace.folder import RELEASE, TRANSLATION, Workspace
from pressgen.actions.workspace.reading import find_write_root, read_files
from pressgen.errors import InputError, Severity
from pressgen.files.writing import write_tree
from pressgen.load.edits import ReplaceValue, apply_changes
from pressgen.load.source import encode_like, read_source

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from pressgen.actions.build.build import BuildResult

EMBARGO, PUBLISH = "times.embargo", "times.publish"


def rebuild_with_embargo(workspace: Workspace, folder: Path, to: str, now: datetime) -> BuildResult:
    """Build a release again with another embargo, in a temporary folder.

    `to` is a wall time. The release's own folder stays unchanged. If its page was to appear at the hour of the embargo,
    it appears at the new one.

    Raises:
        InputError: with the new time, something is wrong, for example the order of its times, or a time stated in
            its text.
    """
    with TemporaryDirectory(prefix="pressgen-move-") as aside:
        copy = Path(aside) / "releases" / folder.name
        home, inner = find_write_root(workspace.root, folder)
        files = read_files(home, inner, workspace.shown(folder))
        for name in select_source_files(files):
            files[name] = _replace_time(files[name], workspace.shown(folder / name), to)
        write_tree(copy, files)
        write_tree(Path(aside) / "templates", read_files(workspace.root, workspace.root / "templates", "templates"))
        made = build(BuildRequest(Workspace(Path(aside).resolve()), copy))
        problems = [each for desk in made.languages for each in check_loaded_release(workspace, desk, now).problems]
        if errors := [each for each in problems if each.severity is Severity.ERROR]:
            raise InputError(errors)
        return made


def select_source_files(names: Iterable[str]) -> list[str]:
    """Select the release's own source file and its translations.

    These are the files that state its times.
    """
    return [name for name in names if name == RELEASE or TRANSLATION.fullmatch(name)]


def _replace_time(data: bytes, shown: str, to: str) -> bytes:
    source, problems = read_source(data, shown)
    if problems:
        raise InputError(problems)
    alike = source.text_at(PUBLISH) == source.text_at(EMBARGO)
    return encode_like(apply_changes(source, [ReplaceValue(path, to) for path in (EMBARGO, *[PUBLISH] * alike)]), data)
