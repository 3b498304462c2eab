"""Releases that cannot be read now, and why.

A list of all releases must not leave one out.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from pressgen.actions.workspace.folder import RELEASE, list_translations
from pressgen.actions.workspace.reading import read_file
from pressgen.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

    from pressgen.actions.workspace.folder import Workspace
    from pressgen.model.standing import Standing


def find_reading_problems(workspace: Workspace, standing: Standing) -> tuple[str, ...]:
    """Find the reasons why a release's files cannot be read.

    Each is one line, `file:line:col: CODE message`; there are none where the files are readable.

    A file that equals a signed one byte for byte was readable then, and is not read again. A missing folder or
    `release.yaml` is no fault here.
    """
    folder = workspace.root / "releases" / standing.slug
    try:
        names = {RELEASE, *list_translations(str(folder))} if (folder / RELEASE).exists() else set()
    except OSError as error:
        return (f"{workspace.shown(folder)}: K01 cannot be read: {error.strerror}",)
    versions = [each for each in (standing.correction, standing.version, standing.proposed) if each is not None]
    return tuple(
        line
        for name in sorted(names)
        for line in _read_file_problems(workspace, folder / name, {each.data.get(name, "") for each in versions})
    )


def _read_file_problems(workspace: Workspace, file: Path, signed: set[str]) -> list[str]:
    from pressgen.load.release import read_release  # noqa: PLC0415 - pydantic is slow to import

    shown = workspace.shown(file)
    try:
        data = read_file(workspace.root, file, shown)
        if sha256(data).hexdigest() not in signed:
            read_release(data, shown)
    except InputError as refusal:
        return refusal.lines()
    return []
