"""Approve what somebody else submitted, and nothing else: every hash must be the one that was submitted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressgen.actions.approve.allowed import see_changeable, see_named
from pressgen.actions.approve.changes import changes
from pressgen.actions.approve.clearance import SpeakerState, speakers
from pressgen.actions.approve.signed import contents, make_sound, version_of
from pressgen.actions.workspace.office import known, open_ledger, stands, take_office
from pressgen.actions.workspace.permissions import acting, having, one_line
from pressgen.actions.workspace.quotations import said
from pressgen.errors import StateForbids
from pressgen.model.decision import SecondLook
from pressgen.model.event import Approved, Submitted, Version
from pressgen.model.standing import Signature, Standing

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from pressgen.actions.build.build import Made
    from pressgen.actions.workspace.folder import Workspace
    from pressgen.ledger.ledger import Ledger
    from pressgen.ledger.transaction import Turn
    from pressgen.model.office import Office


@dataclass(frozen=True, slots=True)
class Approval:
    """A release that was approved: where it stands, and the speakers whose words are not cleared as they are."""

    standing: Standing
    unclear: tuple[SpeakerState, ...]


def approve(workspace: Workspace, path: Path, who: str | None, now: datetime, *, urgent: str | None = None) -> Approval:
    """Approve the release at `path` as it was submitted.

    Args:
        workspace: where it lies.
        path: its folder, or its `release.yaml`.
        who: the id of the person who approves, as given.
        now: the present instant, aware.
        urgent: the reason to do without a second person, without clearance, or without a submission; then somebody
            else owes a second look. None for the usual way.

    Raises:
        StateForbids: it is not submitted, or has changed since, or by whom it may not be approved.
        Refused, WrongUse, MachineLacks: it cannot be made, or the ledger cannot be written; nothing is recorded.
    """
    office = take_office(workspace)
    reason = "" if urgent is None else one_line(urgent, "--because")
    actor = acting(office, who, *(() if reason else ("approver",)), to="approve")
    with open_ledger(workspace) as ledger:
        if not reason:
            _see_approvable(stands(ledger, path), actor, office)  # before minutes go into making it
        made = make_sound(workspace, path, known(ledger, path), now)
        release, slug = made.desks[0].release, made.desks[0].slug
        see_named(ledger, release.reference, slug)
        version = version_of(made)
        standing = ledger.standing(release.reference) or Standing(reference=release.reference, slug=slug)
        unclear = tuple(each for each in speakers(said(made.desks), standing, ledger.fetch) if each.open)
        if not reason:
            _see_cleared(office, standing, unclear)
            _see_unchanged(ledger, standing, version, made)
        ledger.keep(*contents(made))
        with ledger.exclusive(release.reference, slug) as turn:
            _sign(turn, version, actor, reason, now)
            return Approval(turn.standing, unclear)


def second_look(workspace: Workspace, path: Path, who: str | None, now: datetime) -> Standing:
    """Give the second look that an urgent approval, or an embargo ended by decision, owes; where it stands then.

    Raises:
        StateForbids: none is owed, or it is not that person's to give.
    """
    office = take_office(workspace)
    actor = acting(office, who, to="give a second look")
    with open_ledger(workspace) as ledger:
        known = stands(ledger, path)
        with ledger.exclusive(known.reference, known.slug) as turn:
            owed = turn.standing.second_looks
            if not owed:
                raise StateForbids(f"{known.reference} owes no second look")
            if any(each.actor == actor for each in owed):
                others = " or ".join(each for each in having(office, "approver", "head") if each != actor)
                who_else = others or "somebody else, whom releases/pressgen.yaml must name first,"
                raise StateForbids(f"{actor} did what the second look is owed for; {who_else} must give it")
            _see_may_look(owed, who, office)
            for version in dict.fromkeys(each.version for each in owed):
                turn.append(SecondLook(version=version), actor=actor, at=now)
            return turn.standing


def _see_may_look(owed: tuple[Signature, ...], who: str | None, office: Office) -> None:
    """See that a person may judge what a second look is owed for."""
    ended = [each for each in owed if each.act == "embargo ended"]
    if ended:
        acting(office, who, "approver", "head", to="give the second look at an embargo that was ended by decision")
    if not {each.actor for each in owed if each not in ended} <= {*having(office, "approver")}:
        acting(office, who, "approver", to="give the second look: no approver has seen it yet")


def _sign(turn: Turn, version: Version, actor: str, reason: str, now: datetime) -> None:
    """Record the approval; of what nobody submitted, the submission first."""
    see_changeable(turn.standing)
    standing, proposed = turn.standing, turn.standing.proposed
    for signed in (standing.version, standing.correction) if proposed is None else ():
        if signed is not None and signed.same_bytes(version):
            raise StateForbids(f"{standing.reference} is approved already as it is; nothing has changed since")
    if proposed is None or not proposed.same_bytes(version):
        if not reason:
            raise StateForbids(f"{turn.standing.reference} was submitted anew meanwhile; approve it again")
        turn.append(Submitted(version=version), actor=actor, at=now)
        proposed = version
    turn.append(Approved(version=proposed.digest, urgent=bool(reason), reason=reason), actor=actor, at=now)


def _see_approvable(standing: Standing, actor: str, office: Office) -> None:
    """See that a version waits for approval, and for that of this person."""
    see_changeable(standing)
    if standing.proposed is None:
        done = f"is {standing.state} already" if standing.version else "has not been submitted"
        raise StateForbids(
            f"{standing.reference} {done}: there is nothing to approve; see pressgen status {standing.slug}"
        )
    digest = standing.proposed.digest
    submitter = next(each.actor for each in standing.signatures if (each.act, each.version) == ("submitted", digest))
    if submitter == actor:
        others = " or ".join(each for each in having(office, "approver") if each != actor) or "another approver"
        raise StateForbids(
            f"{actor} submitted {standing.reference}; {others} must approve it, or you yourself with --urgent --because"
            " REASON, which owes a second look"
        )


def _see_unchanged(ledger: Ledger, standing: Standing, version: Version, made: Made) -> None:
    """See that what was made now is, byte for byte, what was submitted."""
    if standing.proposed is None or standing.proposed.same_bytes(version):
        return
    told = "\n".join(f"  {each}" for each in changes(standing.proposed, version, ledger.fetch, made.inputs))
    raise StateForbids(
        f"{standing.reference} has changed since it was submitted; submit it again: pressgen submit {standing.slug}"
        f"\n{told}"
    )


def _see_cleared(office: Office, standing: Standing, unclear: tuple[SpeakerState, ...]) -> None:
    """See that all words are cleared, where the office asks for it."""
    if office.office.clearance == "required" and unclear:
        told = ", ".join(f"{each.called}: {each.state}" for each in unclear)
        raise StateForbids(
            f"{standing.reference} prints words that their speakers have not cleared: {told}; see pressgen clear"
        )
