"""Derive the standing of a release from its events.

Nothing else decides the standing.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pressgen.model.decision import EmbargoEnded, SecondLook
from pressgen.model.event import (
    Announced,
    Approved,
    Cleared,
    Corrected,
    Issued,
    Lifted,
    LiftFailed,
    Moved,
    Scheduled,
    Sent,
    Submitted,
    Unscheduled,
    Withdrawn,
)
from pressgen.model.issue_order import IssueOrdered, IssueOrderEnded, Ordering, ProofSent
from pressgen.model.outcome import ARRIVED
from pressgen.model.readers import Bounced, IssueFailed, ReaderChanged, Reissued
from pressgen.model.round import Decided, Exported, Posted, Returned, Review
from pressgen.model.standing import (
    IN_HAND,
    Clearance,
    PendingIssue,
    ReturnedCopy,
    Round,
    Signature,
    Standing,
    State,
    compute_public_since,
)
from pressgen.model.upkeep import ClockSet, NewsroomNamed

if TYPE_CHECKING:
    from pressgen.model.event import Stamp


def apply_event(before: Standing, stamp: Stamp) -> Standing:
    """Return the standing of a release after one more event.

    The code that records the event has checked that it may happen. The code that keeps the index counts what
    `model/index.py` indexes.
    """
    match stamp.event:
        case Cleared() | Submitted() | Approved() | SecondLook():
            return _apply_signature(replace(before, slug=stamp.slug), stamp, stamp.event)
        case Issued():
            return _apply_issue(before, stamp)
        case IssueFailed():
            return _apply_failed_issue(before)
        case Scheduled() | Unscheduled() | Moved() | EmbargoEnded() | Lifted() | LiftFailed():
            return _apply_schedule(before, stamp, stamp.event)
        case Corrected(version=version):
            state = State.CORRECTED if before.lifted_at else before.state
            new = before.correction if before.correction and before.correction.digest == version else before.version
            return _prune_signatures(replace(before, state=state, version=new, correction=None))
        case Exported() | Posted() | Returned() | Decided():
            return _apply_review(before, stamp, stamp.event)
        case IssueOrdered() | IssueOrderEnded() | ProofSent():
            return _apply_order(before, stamp, stamp.event)
        case Sent() | Announced() | Bounced() | Reissued() | ReaderChanged() | NewsroomNamed() | ClockSet():
            return before
        case Withdrawn(reason=reason, revision=revision):
            return replace(
                before, state=State.WITHDRAWN, lift_at=None, revision=revision, withdrawn=reason, pending_issues=()
            )


def _apply_signature(before: Standing, stamp: Stamp, event: Cleared | Submitted | Approved | SecondLook) -> Standing:
    actor, at = stamp.actor, stamp.at
    match event:
        case Cleared(speaker=speaker):
            others = tuple(each for each in before.clearances if each.speaker != speaker)
            mine = Clearance(speaker=speaker, quotes=event.quotes, how=event.how, actor=actor, at=at)
            return replace(before, clearances=(*others, mine))
        case Submitted(version=version):
            signature = Signature(act="submitted", version=version.digest, actor=actor, at=at)
            new = replace(before, rounds=before.rounds + 1, proposed=version, correction=None)
            if before.state in IN_HAND:
                new = replace(new, state=State.SUBMITTED, version=None)
            return _prune_signatures(new, signature)
        case Approved(version=digest, urgent=urgent, reason=reason):
            signature = Signature(act="approved", version=digest, actor=actor, at=at, urgent=urgent, reason=reason)
            owed = (*before.second_looks, signature) if urgent else before.second_looks
            new = replace(before, proposed=None, second_looks=owed)
            if before.state in IN_HAND:
                return _prune_signatures(replace(new, state=State.APPROVED, version=before.proposed), signature)
            return _prune_signatures(replace(new, correction=before.proposed), signature)
        case SecondLook(version=digest):
            owed = tuple(each for each in before.second_looks if each.version != digest)
            signature = Signature(act="second look", version=digest, actor=actor, at=at)
            return _prune_signatures(replace(before, second_looks=owed), signature)


def _apply_issue(before: Standing, stamp: Stamp) -> Standing:
    state = State.ISSUED if before.state is State.APPROVED else before.state
    return replace(before, state=state, issued_at=before.issued_at or stamp.at)


def _apply_failed_issue(before: Standing) -> Standing:
    if before.copies:
        return before
    state = State.APPROVED if before.state is State.ISSUED else before.state
    return replace(before, state=state, issued_at=None)


def _apply_order(before: Standing, stamp: Stamp, event: Ordering) -> Standing:
    """Apply an order for the time of issue; a proof changes nothing."""
    match event:
        case IssueOrdered(number=number, list=name, marked=marked, note=note):
            order = PendingIssue(number=number, list=name, marked=marked, note=note, actor=stamp.actor, at=stamp.at)
            return replace(before, pending_issues=(*before.pending_issues, order), issue_orders=number)
        case IssueOrderEnded(number=number):
            orders = tuple(each for each in before.pending_issues if each.number != number)
            return replace(before, pending_issues=orders)
        case ProofSent():
            return before


def _apply_review(before: Standing, stamp: Stamp, event: Review) -> Standing:
    others = [each for each in before.reviews if each.number != event.round]
    here = next((each for each in before.reviews if each.number == event.round), Round(number=event.round))
    match event:
        case Exported(to=to):
            here = replace(here, to=tuple(dict.fromkeys((*here.to, *to))), sent=stamp.at)
        case Posted(recipient=recipient):
            missed = tuple(each for each in here.missed if each != recipient)
            here = replace(here, missed=missed if event.outcome in ARRIVED else (*missed, recipient))
        case Returned():
            count = event.proposals
            back = ReturnedCopy(file=event.file, by=event.by, at=stamp.at, proposals=count, waiting=count)
            here = replace(here, back=(*here.back, back))
        case Decided():
            back_now = (replace(each, waiting=event.open) if each.file == event.file else each for each in here.back)
            here = replace(here, back=tuple(back_now))
    return replace(before, reviews=tuple(sorted([*others, here], key=lambda each: each.number)))


Timed = Scheduled | Unscheduled | Moved | EmbargoEnded | Lifted | LiftFailed


def _apply_schedule(before: Standing, stamp: Stamp, event: Timed) -> Standing:
    state = before.state if before.state is not State.FAILED else State.ISSUED if before.issued_at else State.APPROVED
    new = replace(before, state=state, revision=event.revision)
    match event:
        case Scheduled(lift_at=lift_at):
            return replace(new, lift_at=lift_at)
        case Unscheduled():
            return replace(new, lift_at=None)
        case Moved():
            return _apply_move(replace(new, lift_at=event.lift_at if before.scheduled else None), stamp, event)
        case EmbargoEnded(lift_at=lift_at, reason=reason):
            return _apply_end(replace(new, lift_at=lift_at, embargo_ended=lift_at), stamp, reason)
        case Lifted(actual=actual, newsroom_address=address):
            return replace(
                new,
                state=State.LIFTED,
                lift_at=None,
                lifted_at=actual,
                public_since=compute_public_since(event),
                newsroom_address=address,
            )
        case LiftFailed():
            return replace(new, state=State.FAILED)


def _apply_move(after: Standing, stamp: Stamp, event: Moved) -> Standing:
    """Apply a move of the embargo.

    If a second look is owed, it is now owed to the version with the new time.
    """
    digest = event.version.digest
    owed = tuple(replace(each, version=digest) for each in after.second_looks)
    signature = Signature(act="approved", version=digest, actor=stamp.actor, at=stamp.at, reason=event.reason)
    new = replace(after, version=event.version, second_looks=owed, advisories=event.advisory)
    return _prune_signatures(new, signature)


def _apply_end(after: Standing, stamp: Stamp, reason: str) -> Standing:
    """Apply the end of an embargo, which needs a second look."""
    digest = after.version.digest if after.version else ""
    signature = Signature(
        act="embargo ended", version=digest, actor=stamp.actor, at=stamp.at, urgent=True, reason=reason
    )
    return _prune_signatures(replace(after, second_looks=(*after.second_looks, signature)), signature)


def _prune_signatures(after: Standing, *new: Signature) -> Standing:
    """Return the standing with the signatures of relevant versions only."""
    versions = {each.digest for each in (after.proposed, after.version, after.correction) if each}
    kept = tuple(each for each in (*after.signatures, *new) if each.version in versions)
    return replace(after, signatures=kept)
