"""Which releases cannot be read as they are now, and why: a list of all must not pass over one."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from pressgen.actions.build.build_record import translations
from pressgen.actions.workspace.folder import RELEASE
from pressgen.actions.workspace.reading import read_file
from pressgen.errors import Refused

if TYPE_CHECKING:
    from pathlib import Path

    from pressgen.actions.workspace.folder import Workspace
    from pressgen.model.standing import Standing


def find_faults(workspace: Workspace, standing: Standing) -> tuple[str, ...]:
    """Find why the files of a release cannot be read: `file:line:col: CODE message`, a line each; none where they can.

    A file that equals to the byte one that somebody signed could be read then, and is not read again. A folder or a
    `release.yaml` that is not there any more is no fault here.
    """
    folder = workspace.root / "releases" / standing.slug
    try:
        names = {RELEASE, *translations(str(folder))} if (folder / RELEASE).exists() else set()
    except OSError as error:
        return (f"{workspace.shown(folder)}: K01 cannot be read: {error.strerror}",)
    versions = [each for each in (standing.correction, standing.version, standing.proposed) if each is not None]
    return tuple(
        line
        for name in sorted(names)
        for line in _faults(workspace, folder / name, {each.data.get(name, "") for each in versions})
    )


def _faults(workspace: Workspace, file: Path, signed: set[str]) -> list[str]:
    from pressgen.load.release import read_release  # noqa: PLC0415 - pydantic is slow to import

    shown = workspace.shown(file)
    try:
        data = read_file(workspace.root, file, shown)
        if sha256(data).hexdigest() not in signed:
            read_release(data, shown)
    except Refused as refusal:
        return refusal.lines()
    return []
