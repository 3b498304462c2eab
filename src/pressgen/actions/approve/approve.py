"""Approve exactly what somebody else submitted.

Every hash must be the submitted one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressgen.actions.approve.second_look import describe_second_look, list_second_lookers
from pressgen.actions.approve.signed_version import build_checked_release, create_version, list_contents
from pressgen.actions.approve.speaker_clearances import SpeakerClearance, list_speaker_clearances
from pressgen.actions.approve.standing_checks import require_changeable, require_matching_reference
from pressgen.actions.approve.version_changes import compare_with_signed_version
from pressgen.actions.workspace.office import find_standing, load_office, open_ledger, require_standing
from pressgen.actions.workspace.permissions import authorise_actor, list_people_with_role, require_one_line
from pressgen.actions.workspace.printed_quotations import collect_quotations
from pressgen.errors import StateError
from pressgen.model.decision import SecondLook
from pressgen.model.event import Approved, Submitted, Version
from pressgen.model.standing import Signature, Standing

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from pressgen.actions.build.build import BuildResult
    from pressgen.actions.workspace.folder import Workspace
    from pressgen.ledger.ledger import Ledger
    from pressgen.ledger.transaction import LedgerTransaction
    from pressgen.model.office import Office


@dataclass(frozen=True, slots=True)
class ApprovalResult:
    """The standing after an approval, and the speakers not yet cleared.

    `second_look` says who gives the second look that is owed; it is empty where none is.
    """

    standing: Standing
    unclear: tuple[SpeakerClearance, ...]
    second_look: str = ""


def approve_release(
    workspace: Workspace, path: Path, who: str | None, now: datetime, *, urgent: str | None = None
) -> ApprovalResult:
    """Approve the release at `path` as it was submitted.

    Args:
        workspace: the release's.
        path: its folder, or its `release.yaml`.
        who: the id of the person who approves, as given.
        now: the present instant, aware.
        urgent: the reason to do without a second person, without clearance, or without a submission; then somebody
            else needs a second look. None for the usual way.

    Raises:
        StateError: it is not submitted, or has changed since, or this person may not approve it.
        InputError, UsageError, EnvironmentFailureError: it cannot be built, or the ledger cannot be written;
            nothing is recorded.
    """
    office = load_office(workspace)
    reason = "" if urgent is None else require_one_line(urgent, "--because")
    actor = authorise_actor(office, who, *(() if reason else ("approver",)), to="approve")
    with open_ledger(workspace) as ledger:
        if not reason:
            _require_approvable(require_standing(ledger, path), actor, office)  # before a build of minutes
        made = build_checked_release(workspace, path, find_standing(ledger, path), now)
        release, slug = made.languages[0].release, made.languages[0].slug
        require_matching_reference(ledger, release.reference, slug)
        version = create_version(made)
        standing = ledger.standing(release.reference) or Standing(reference=release.reference, slug=slug)
        unclear = tuple(
            each
            for each in list_speaker_clearances(collect_quotations(made.languages), standing, ledger.fetch)
            if each.open
        )
        if not reason:
            _require_cleared(office, standing, unclear)
            _require_as_submitted(ledger, standing, version, made)
        ledger.keep(*list_contents(made))
        with ledger.exclusive(release.reference, slug) as transaction:
            _record_approval(transaction, version, actor, reason, now)
            owed = transaction.standing.second_looks
            return ApprovalResult(
                transaction.standing, unclear, describe_second_look(slug, office, owed) if owed else ""
            )


def give_second_look(workspace: Workspace, path: Path, who: str | None, now: datetime) -> Standing:
    """Give the second look that an urgent approval owes.

    An embargo that was ended by decision owes one too. Return the standing after it.

    Raises:
        StateError: none is owed, or this person may not give it.
    """
    office = load_office(workspace)
    actor = authorise_actor(office, who, to="give a second look")
    with open_ledger(workspace) as ledger:
        known = require_standing(ledger, path)
        with ledger.exclusive(known.reference, known.slug) as transaction:
            owed = transaction.standing.second_looks
            if not owed:
                raise StateError(f"{known.reference} does not need a second look")
            if any(each.actor == actor for each in owed):
                others = " or ".join(list_second_lookers(office, owed))
                who_else = others or "somebody else, once added to releases/pressgen.yaml,"
                raise StateError(f"{actor} cannot give a second look at their own decision; {who_else} must give it")
            _require_second_look_role(owed, who, office)
            for version in dict.fromkeys(each.version for each in owed):
                transaction.append(SecondLook(version=version), actor=actor, at=now)
            return transaction.standing


def _require_second_look_role(owed: tuple[Signature, ...], who: str | None, office: Office) -> None:
    """Raise an error unless the person may give this second look."""
    ended = [each for each in owed if each.act == "embargo ended"]
    if ended:
        authorise_actor(
            office, who, "approver", "head", to="give the second look at an embargo that was ended by decision"
        )
    if not {each.actor for each in owed if each not in ended} <= {*list_people_with_role(office, "approver")}:
        authorise_actor(office, who, "approver", to="give the second look: no approver has seen it yet")


def _record_approval(transaction: LedgerTransaction, version: Version, actor: str, reason: str, now: datetime) -> None:
    """Record the approval, and first the submission if nobody submitted it."""
    require_changeable(transaction.standing)
    standing, proposed = transaction.standing, transaction.standing.proposed
    for signed in (standing.version, standing.correction) if proposed is None else ():
        if signed is not None and signed.same_bytes(version):
            raise StateError(f"{standing.reference} is already approved, and nothing has changed since")
    if proposed is None or not proposed.same_bytes(version):
        if not reason:
            raise StateError(
                f"{transaction.standing.reference} was submitted again in the meantime; approve the new version"
            )
        transaction.append(Submitted(version=version), actor=actor, at=now)
        proposed = version
    transaction.append(Approved(version=proposed.digest, urgent=bool(reason), reason=reason), actor=actor, at=now)


def _require_approvable(standing: Standing, actor: str, office: Office) -> None:
    """Raise an error unless a version waits for this person's approval."""
    require_changeable(standing)
    if standing.proposed is None:
        done = f"is {standing.state} already" if standing.version else "has not been submitted"
        raise StateError(
            f"{standing.reference} {done}: there is nothing to approve; see pressgen status {standing.slug}"
        )
    digest = standing.proposed.digest
    submitter = next(each.actor for each in standing.signatures if (each.act, each.version) == ("submitted", digest))
    if submitter == actor:
        others = (
            " or ".join(each for each in list_people_with_role(office, "approver") if each != actor)
            or "another approver"
        )
        mine = Signature(act="approved", version=digest, actor=actor, at=standing.signatures[-1].at, urgent=True)
        nobody = (
            "" if list_second_lookers(office, [mine]) else ", and nobody else in releases/pressgen.yaml may give it"
        )
        raise StateError(
            f"{actor} submitted {standing.reference}; {others} must approve it, or you can with --urgent --because"
            f" REASON, and it then needs a second look{nobody}"
        )


def _require_as_submitted(ledger: Ledger, standing: Standing, version: Version, made: BuildResult) -> None:
    """Raise an error unless the build equals the submission byte for byte."""
    if standing.proposed is None or standing.proposed.same_bytes(version):
        return
    lines = "\n".join(
        f"  {each}" for each in compare_with_signed_version(standing.proposed, version, ledger.fetch, made.inputs)
    )
    raise StateError(
        f"{standing.reference} has changed since it was submitted; submit it again: pressgen submit {standing.slug}"
        f"\n{lines}"
    )


def _require_cleared(office: Office, standing: Standing, unclear: tuple[SpeakerClearance, ...]) -> None:
    """Raise an error unless all words are cleared, where that is required."""
    if office.office.clearance == "required" and unclear:
        states = ", ".join(f"{each.called}: {each.state}" for each in unclear)
        raise StateError(
            f"{standing.reference} prints words that their speakers have not cleared: {states}; see pressgen clear"
        )
