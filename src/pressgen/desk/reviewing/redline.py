"""What one version of a release says otherwise than another: by the fields of its data, or in Word with its changes."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pressgen.desk.reviewing.rounds import kept
from pressgen.desk.signoff.changes import pairs
from pressgen.desk.workspace.bundle import write_whole
from pressgen.desk.workspace.folder import RELEASE, take
from pressgen.errors import Place, Problem, Refused, WrongUse

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from pressgen.desk.workspace.folder import Desk, Workspace
    from pressgen.load.source import SourceText

ROUND = re.compile(r"round:(\d+)")
PATIENCE = 30
"""Seconds that git may take."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A text that differs.

    Attributes:
        before, after: None where it is absent.
        place: in the new version, or in the old one where it has gone.
    """

    path: str
    before: str | None
    after: str | None
    place: Place


def versions(workspace: Workspace, old: str, new: Path) -> tuple[Desk, Desk]:
    """The two versions of a release.

    Args:
        workspace: where `new` lies.
        old: a release's folder or file, `round:N` for what review copies of round N showed, or a revision of git.
        new: a release's folder or file.

    Raises:
        Refused: one of them is at fault.
        WrongUse: there is no such version.
    """
    now = take(workspace, new)[0]
    path = workspace.root / old if (workspace.root / old).exists() else new.parent / old
    if path.exists():
        return take(workspace, path)[0], now
    if match := ROUND.fullmatch(old):
        record = next((each for each in kept(workspace, now.slug) if each.round == int(match[1])), None)
        if record is None:
            raise WrongUse(f"no copy of round {match[1]} of {now.slug} went out from here")
        return _with_text(workspace, now, record.source, old), now
    return _with_text(workspace, now, _from_git(now.folder, old), old), now


def differences(old: Desk, new: Desk) -> list[Difference]:
    """Every text of the data that differs, in the order of the file."""
    found = []
    for path, before, after in pairs(_texts(old.source), _texts(new.source)):
        source = old.source if after is None else new.source
        found.append(Difference(path, before, after, source.place(path)))
    return found


def word(old: Desk, new: Desk, file: Path, author: str, now: datetime) -> None:
    """Write the difference as a Word file with tracked changes, in the house's template.

    Raises:
        Refused: a version cannot be set, or the file cannot be written.
    """
    from pressgen.desk.workspace.composing import composed  # noqa: PLC0415 - slow to import, as all that follows
    from pressgen.model.artifact import Variant  # noqa: PLC0415
    from pressgen.render import word as setter  # noqa: PLC0415
    from pressgen.review.redlining import redlined  # noqa: PLC0415

    made = [
        setter.render(document, desk.house, desk.media).content
        for desk in (old, new)
        for document in composed(desk, [Variant.REVIEW])
    ]
    try:
        write_whole(file.parent, {file.name: redlined(made[0], made[1], author, f"{now:%Y-%m-%dT%H:%M:%SZ}")})
    except OSError as error:
        message = f"cannot be written: {error.strerror}"
        raise Refused([Problem(code="F02", message=message, place=Place(str(file)))]) from None


def _with_text(workspace: Workspace, desk: Desk, text: str, name: str) -> Desk:
    """The release as its file was, with the house and the pictures of now."""
    from pressgen.load.release import read_release  # noqa: PLC0415 - pydantic is slow to import

    beside = {each.relative_to(desk.folder).as_posix() for each in desk.folder.rglob("*") if each.is_file()}
    loaded = read_release(text.encode(), f"{desk.source.shown} ({name})", beside=beside, houses=workspace.houses)
    return replace(desk, release=loaded.release, source=loaded.source, locate=loaded.source.place)


def _from_git(folder: Path, revision: str) -> str:
    if revision.startswith("-"):
        raise WrongUse(f"“{revision}” is no version")
    command = ["git", "-C", str(folder), "show", f"{revision}:./{RELEASE}"]
    try:
        done = subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False)  # noqa: S603 - a list, no shell
    except (OSError, subprocess.TimeoutExpired):
        done = None
    if done is None or done.returncode:
        message = f"“{revision}” is no release, no round of review and no revision of git that has {folder.name}"
        raise WrongUse(f"{message}; give a folder, round:2, or HEAD~1")
    return done.stdout.decode("utf-8", "replace")


def _texts(source: SourceText) -> list[tuple[str, str]]:
    found = ((path, source.text_at(path)) for path in source.nodes)
    return [(path, text) for path, text in found if text is not None]
