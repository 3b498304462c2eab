"""The Python interface: what the commands do, as functions.

Each raises an error of `pressgen.errors`, with every problem that was found. It is a module of its own, since the
package has rooms called `check` and `load`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pressgen.actions.check.check import CheckResult, Fix
from pressgen.actions.workspace.bundle import WrittenFile
from pressgen.actions.workspace.folder import LoadedRelease, find_workspace, load_release
from pressgen.errors import (
    EnvironmentFailureError,
    InputError,
    Place,
    PressgenError,
    Problem,
    Severity,
    StateError,
    UsageError,
)
from pressgen.model.artifact import Format, Variant

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from pressgen.actions.workspace.folder import Workspace

__all__ = [
    "CheckResult",
    "EnvironmentFailureError",
    "Fix",
    "Format",
    "InputError",
    "LoadedRelease",
    "Place",
    "PressgenError",
    "Problem",
    "Severity",
    "StateError",
    "UsageError",
    "Variant",
    "WrittenFile",
    "build",
    "check",
    "load",
    "verify",
]


def load(release: str | Path) -> list[LoadedRelease]:
    """Load a release, and after it each of its translations.

    Args:
        release: its folder, or its `release.yaml`, within a workspace.

    Raises:
        InputError: its data are at fault.
        UsageError: there is no release there, or no workspace around it.
    """
    path = Path(release)
    return load_release(_find_workspace(path), path)


def build(
    release: str | Path,
    *,
    formats: Sequence[str] = tuple(Format),
    variants: Sequence[Variant | str] = (),
    out: str | Path | None = None,
) -> list[WrittenFile]:
    """Build a release: all files that are asked for, or none.

    Args:
        release: as for `load`.
        formats: `docx`, `pdf`, `html`, `txt`, or the name of one that another package adds.
        variants: `embargoed`, `public`, `review`; none for those that may leave the house.
        out: the folder under which `NAME/VARIANT/` is written; `dist/` of the workspace if it is not given.

    Returns:
        The files that were written, in the order of `formats`.

    Raises:
        InputError: the release, its house or a file that was made is at fault; nothing is written.
        UsageError: as for `load`.
        EnvironmentFailureError: a library that PDF needs is not on this machine.
    """
    from pressgen.actions.build.build import BuildRequest
    from pressgen.actions.build.build import build as build_files
    from pressgen.render.added_formats import parse_format

    path = Path(release)
    workspace = _find_workspace(path)
    folder = Path(out) if out else workspace.root / "dist"
    request = BuildRequest(workspace, path, [*map(parse_format, formats)], [*map(Variant, variants)], folder)
    return list(build_files(request).written)


def check(release: str | Path, *, now: datetime | None = None) -> CheckResult:
    """Check a release and its translations against all rules.

    Args:
        release: as for `load`.
        now: the instant to judge it at, with its zone; None leaves out what depends on the hour.

    Raises:
        UsageError: as for `load`.
    """
    from pressgen.actions.check.check import check_release

    path = Path(release)
    return check_release(_find_workspace(path), path, now)


def verify(file: str | Path, *, release: str | Path | None = None) -> list[Problem]:
    """Verify a PDF, Word file or web page, whoever made it.

    A file that pressgen made is compared with its release, which is looked for in the workspace around the file.

    Args:
        file: the file.
        release: compare it with this release, whatever it says of itself.

    Returns:
        What is wrong with it, in the order of places; those of severity `style` are remarks.
    """
    from pressgen.actions.build.render_file import render_document
    from pressgen.actions.check.origin_release import OriginRelease
    from pressgen.actions.check.verify import verify_file

    path, home = Path(file), Path(release) if release else None
    try:
        workspace = find_workspace(None, [path.absolute().parent], (home or path).absolute())
    except UsageError:
        workspace = None
    return verify_file(path, OriginRelease(workspace, render_document, home))


def _find_workspace(path: Path) -> Workspace:
    """Find the workspace of a release, else that of the present folder."""
    return find_workspace(None, [Path.cwd()], path.absolute())
