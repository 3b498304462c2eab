"""A release compared with signed versions and cleared words."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from pressgen.actions.approve.second_look import describe_second_look
from pressgen.actions.approve.signed_version import create_version, hash_inputs
from pressgen.actions.approve.speaker_clearances import list_speaker_clearances
from pressgen.actions.approve.version_changes import VersionChange, compare_with_signed_version
from pressgen.actions.build.build import BuildRequest, build
from pressgen.actions.status.report import SignatureStatus, StatusReport
from pressgen.actions.workspace.folder import find_release_file, load_release
from pressgen.actions.workspace.manifest_tools import list_tool_versions_for
from pressgen.actions.workspace.office import find_standing, load_office
from pressgen.actions.workspace.printed_quotations import collect_quotations
from pressgen.errors import InputError, UsageError
from pressgen.model.artifact import Format
from pressgen.model.event import Sent
from pressgen.model.outcome import ARRIVED
from pressgen.model.standing import Standing

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from pressgen.actions.workspace.folder import LoadedRelease, Workspace
    from pressgen.ledger.ledger import Ledger
    from pressgen.model.event import Version


def create_status_report(workspace: Workspace, ledger: Ledger, path: Path, now: datetime) -> StatusReport:
    """Report a release's standing, and changes since each signature and clearance.

    Raises:
        UsageError: there is none, neither in its folder nor in the ledger.
        EnvironmentFailureError, InputError: the ledger cannot be read.
    """
    standing = find_standing(ledger, path)
    if standing and not path.exists():
        path = workspace.root / "releases" / standing.slug
    try:
        languages = load_release(workspace, path)
        standing = standing or Standing(reference=languages[0].release.reference, slug=languages[0].slug)
        changes = _list_changes_by_version(workspace, ledger, standing, languages)
        clearance = tuple(list_speaker_clearances(collect_quotations(languages), standing, ledger.fetch))
    except (InputError, UsageError) as refusal:
        if standing is None and isinstance(refusal, UsageError):
            raise
        standing = standing or Standing(reference="", slug=find_release_file(workspace, path).absolute().parent.name)
        signed = tuple(map(SignatureStatus, standing.signatures))
        bare = StatusReport(standing, standing.overdue(now), signed, problems=tuple(refusal.lines()))
    else:
        signatures = tuple(SignatureStatus(each, changes[each.version]) for each in standing.signatures)
        bare = StatusReport(
            standing, standing.overdue(now), signatures, clearance, zone=languages[0].release.times.zone
        )
    reference = standing.reference
    failures, bounces = ledger.failures([reference]), ledger.bounces([reference])
    look = ""
    if owed := standing.second_looks:
        with suppress(InputError, UsageError):
            look = describe_second_look(standing.slug, load_office(workspace), owed)
    handed = {
        event.channel: event.detail
        for event in (stamp.event for stamp in (ledger.entries(reference) if standing.issued_at else ()))
        if isinstance(event, Sent) and event.files and not event.recipient and event.outcome in ARRIVED
    }
    return replace(
        bare,
        failures=failures.get(reference, ()),
        bounces=bounces.get(reference, ()),
        second_look=look,
        handed=tuple(f"{channel}: {detail}" for channel, detail in handed.items()),
    )


def _list_changes_by_version(
    workspace: Workspace, ledger: Ledger, standing: Standing, languages: list[LoadedRelease]
) -> dict[str, tuple[VersionChange, ...]]:
    """Return the changes since each signed version, by its digest."""
    found: dict[str, tuple[VersionChange, ...]] = {}
    content = {name: each for loaded in languages for name, each in loaded.inputs.items()}
    for signed in (standing.proposed, standing.version, standing.correction):
        if signed is not None:
            now = _create_current_version(workspace, signed, languages)
            found[signed.digest] = tuple(compare_with_signed_version(signed, now, ledger.fetch, content))
    return found


def _create_current_version(workspace: Workspace, signed: Version, languages: list[LoadedRelease]) -> Version:
    """Return the version as of now; build only where programs differ."""
    data, house = hash_inputs(languages)
    programs = list_tool_versions_for(set(Format))
    if (data, house) == (signed.data, signed.house) and programs != signed.made_with:
        return create_version(build(BuildRequest(workspace, languages[0].folder)))
    return replace(signed, data=data, house=house)
