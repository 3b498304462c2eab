"""A release as the version that somebody puts his name to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.actions.build.build import Made, Order, make
from pressgen.actions.check.check import judge
from pressgen.actions.workspace.bundle import digest
from pressgen.actions.workspace.quotations import spoken_form
from pressgen.actions.workspace.versions import made_with
from pressgen.errors import Refused
from pressgen.model.artifact import Format
from pressgen.model.event import Version
from pressgen.model.moment import Moment, moments
from pressgen.model.standing import IN_HAND
from pressgen.model.words import flatten

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from pressgen.actions.workspace.folder import Desk, Workspace
    from pressgen.model.standing import Standing

HOUSE = "templates/"


def make_sound(workspace: Workspace, path: Path, before: Standing | None, now: datetime) -> Made:
    """Every file of every language of the release at `path`, in every variant that leaves the house; none is written.

    Args:
        workspace: where it lies.
        path: its folder, or its `release.yaml`.
        before: where it stands, None if nothing happened to it. What is out already is not judged by the hour: that
            an embargo is over forbids no correction.
        now: the present instant, aware.

    Raises:
        Refused: as `build` does; or the checks find errors, or warnings that nobody has acknowledged.
        WrongUse, MachineLacks: as `build` does.
    """
    made = make(workspace, path, Order(list(Format), [], workspace.root / "dist"))
    hour = now if before is None or before.state in IN_HAND else None
    if problems := [each for desk in made.desks for each in judge(workspace, desk, hour).blocks]:
        raise Refused(problems)
    return made


def contents(made: Made) -> list[bytes]:
    """Everything that went in and came out, as the ledger keeps it."""
    return [*made.inputs.values(), *(artifact.content for _, artifact in made.artifacts)]


def version_of(made: Made) -> Version:
    """The version that was made."""
    release = made.desks[0].release
    times = moments(release)
    data, house = inputs(made.desks)
    return Version(
        headline=flatten(spoken_form(made.desks[0]).headline.words),
        audience=release.audience,
        zone=release.times.zone,
        issue=_instant(times.issue),
        embargo=_instant(times.embargo),
        publish=_instant(times.publish),
        data=data,
        house=house,
        files=hashes({f"{variant}/{artifact.name}": artifact.content for variant, artifact in made.artifacts}),
        made_with=made_with({artifact.format for _, artifact in made.artifacts}),
    )


def _instant(moment: Moment | None) -> datetime | None:
    return moment.instant if moment else None


def inputs(desks: Sequence[Desk]) -> tuple[dict[str, str], dict[str, str]]:
    """What a release is made from, by SHA-256: its own data, and its house."""
    told = hashes({name: content for desk in desks for name, content in desk.inputs.items()})
    house = {name: each for name, each in told.items() if name.startswith(HOUSE)}
    return {name: each for name, each in told.items() if name not in house}, house


def hashes(files: Mapping[str, bytes]) -> dict[str, str]:
    """Name → SHA-256, by name."""
    return {name: digest(content) for name, content in sorted(files.items())}
