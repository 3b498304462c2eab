"""A release as a version that somebody signs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.actions.build.build import BuildRequest, BuildResult, build
from pressgen.actions.check.check import check_loaded_release
from pressgen.actions.workspace.bundle import hash_content
from pressgen.actions.workspace.manifest_tools import list_tool_versions_for
from pressgen.actions.workspace.printed_quotations import compose_public_document
from pressgen.errors import InputError
from pressgen.model.event import Version
from pressgen.model.moment import Moment, read_moments
from pressgen.model.standing import IN_HAND
from pressgen.model.words import flatten

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from pressgen.actions.workspace.folder import LoadedRelease, Workspace
    from pressgen.model.standing import Standing


HOUSE = "templates/"


def build_checked_release(workspace: Workspace, path: Path, before: Standing | None, now: datetime) -> BuildResult:
    """Build and check every file of the release, without writing any.

    It builds every language, in every variant that leaves the house.

    Args:
        workspace: the release's.
        path: its folder, or its `release.yaml`.
        before: its standing; None if it has no entries. A release that is out already is not judged by the hour: an
            embargo that has ended prevents no correction.
        now: the present instant, aware.

    Raises:
        InputError: as `build`; or the checks find errors, or warnings that nobody has acknowledged.
        UsageError, EnvironmentFailureError: as `build`.
    """
    made = build(BuildRequest(workspace, path))
    hour = now if before is None or before.state in IN_HAND else None
    if problems := [each for loaded in made.languages for each in check_loaded_release(workspace, loaded, hour).blocks]:
        raise InputError(problems)
    return made


def list_contents(made: BuildResult) -> list[bytes]:
    """List the contents of all source files and all built files.

    The ledger keeps them.
    """
    return [*made.inputs.values(), *(artifact.content for _, artifact in made.artifacts)]


def create_version(made: BuildResult) -> Version:
    """Return the version that a build makes."""
    release = made.languages[0].release
    times = read_moments(release)
    data, house = hash_inputs(made.languages)
    return Version(
        headline=flatten(compose_public_document(made.languages[0]).headline.words),
        audience=release.audience,
        zone=release.times.zone,
        issue=_get_instant(times.issue),
        embargo=_get_instant(times.embargo),
        publish=_get_instant(times.publish),
        data=data,
        house=house,
        files=hash_named_files(
            {f"{variant}/{artifact.name}": artifact.content for variant, artifact in made.artifacts}
        ),
        made_with=list_tool_versions_for({artifact.format for _, artifact in made.artifacts}),
    )


def _get_instant(moment: Moment | None) -> datetime | None:
    return moment.instant if moment else None


def hash_inputs(languages: Sequence[LoadedRelease]) -> tuple[dict[str, str], dict[str, str]]:
    """Return the SHA-256 of a release's data files and house files."""
    hashes = hash_named_files({name: content for loaded in languages for name, content in loaded.inputs.items()})
    house = {name: each for name, each in hashes.items() if name.startswith(HOUSE)}
    return {name: each for name, each in hashes.items() if name not in house}, house


def hash_named_files(files: Mapping[str, bytes]) -> dict[str, str]:
    """Return the SHA-256 of files by name, sorted by name."""
    return {name: hash_content(content) for name, content in sorted(files.items())}
