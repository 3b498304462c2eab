"""A release compared with the versions that somebody put his name to, and with the words that were cleared."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pressgen.actions.approve.changes import Change, changes
from pressgen.actions.approve.clearance import speakers
from pressgen.actions.approve.signed import inputs, version_of
from pressgen.actions.build.build import Order, make
from pressgen.actions.status.report import Report, Signed
from pressgen.actions.workspace.folder import release_file, take
from pressgen.actions.workspace.office import known
from pressgen.actions.workspace.quotations import said
from pressgen.actions.workspace.versions import made_with
from pressgen.errors import Refused, WrongUse
from pressgen.model.artifact import Format
from pressgen.model.standing import Standing

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from pressgen.actions.workspace.folder import Desk, Workspace
    from pressgen.ledger.ledger import Ledger
    from pressgen.model.event import Version


def compared(workspace: Workspace, ledger: Ledger, path: Path, now: datetime) -> Report:
    """Where the release at `path` stands, with what has changed since each signature and each clearance.

    Raises:
        WrongUse: there is none, neither in its folder nor in the ledger.
        MachineLacks, Refused: the ledger cannot be read.
    """
    standing = known(ledger, path)
    if standing and not path.exists():
        path = workspace.root / "releases" / standing.slug
    try:
        desks = take(workspace, path)
        standing = standing or Standing(reference=desks[0].release.reference, slug=desks[0].slug)
        told = _changes(workspace, ledger, standing, desks)
        clearance = tuple(speakers(said(desks), standing, ledger.fetch))
    except (Refused, WrongUse) as refusal:
        if standing is None and isinstance(refusal, WrongUse):
            raise
        standing = standing or Standing(reference="", slug=release_file(workspace, path).absolute().parent.name)
        signed = tuple(map(Signed, standing.signatures))
        bare = Report(standing, standing.overdue(now), signed, problems=tuple(refusal.lines()))
    else:
        signatures = tuple(Signed(each, told[each.version]) for each in standing.signatures)
        bare = Report(standing, standing.overdue(now), signatures, clearance, zone=desks[0].release.times.zone)
    reference = standing.reference
    failures, bounces = ledger.failures([reference]), ledger.bounces([reference])
    return replace(bare, failures=failures.get(reference, ()), bounces=bounces.get(reference, ()))


def _changes(
    workspace: Workspace, ledger: Ledger, standing: Standing, desks: list[Desk]
) -> dict[str, tuple[Change, ...]]:
    """What has changed since each version that somebody put his name to, by its digest."""
    found: dict[str, tuple[Change, ...]] = {}
    content = {name: each for desk in desks for name, each in desk.inputs.items()}
    for signed in (standing.proposed, standing.version, standing.correction):
        if signed is not None:
            now = _as_now(workspace, signed, desks)
            found[signed.digest] = tuple(changes(signed, now, ledger.fetch, content))
    return found


def _as_now(workspace: Workspace, signed: Version, desks: list[Desk]) -> Version:
    """The version as it would be now; its files are only made where another program might make others."""
    data, house = inputs(desks)
    programs = made_with(set(Format))
    if (data, house) == (signed.data, signed.house) and programs != signed.made_with:
        return version_of(make(workspace, desks[0].folder, Order(list(Format), [], workspace.root / "dist")))
    return replace(signed, data=data, house=house)
