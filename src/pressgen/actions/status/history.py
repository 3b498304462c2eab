"""The history in the ledger, in words, and the ledger's verification."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressgen.actions.approve.standing_checks import describe_lift, format_instant
from pressgen.actions.workspace.office import find_standing, has_ledger, open_ledger, require_standing
from pressgen.errors import InputError, Place, Problem, UsageError
from pressgen.model.decision import EmbargoEnded, SecondLook
from pressgen.model.event import (
    Announced,
    Approved,
    Cleared,
    Corrected,
    Event,
    Issued,
    Lifted,
    LiftFailed,
    Moved,
    Scheduled,
    Sent,
    Stamp,
    Submitted,
    Unscheduled,
    Withdrawn,
)
from pressgen.model.issue_order import IssueOrdered, IssueOrderEnded, Ordering, ProofSent
from pressgen.model.readers import Bounced, IssueFailed, ReaderChanged, ReaderEvent, Reissued
from pressgen.model.round import Decided, Exported, Posted, Returned, Review
from pressgen.model.upkeep import ClockSet, NewsroomNamed, Upkeep

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from pathlib import Path

    from pressgen.actions.workspace.folder import Workspace
    from pressgen.model.outcome import Outcome

DIGEST = re.compile(r"[0-9a-fA-F]{64}")
SHORT = 12
"""The length of a printed hash: enough to tell the versions of an office apart."""


def read_history(workspace: Workspace, path: Path | None) -> list[Stamp]:
    """Return the entries of a release, or of all, first to last.

    Raises:
        StateError: nothing happened to it.
        EnvironmentFailureError, InputError: the ledger cannot be read.
    """
    with open_ledger(workspace) as ledger:
        return ledger.entries(require_standing(ledger, path).reference if path else None)


def is_recorded_since(workspace: Workspace, path: Path, began: datetime) -> bool:
    """Return whether the ledger has an entry of a release since `began`.

    Raises:
        EnvironmentFailureError, InputError: the ledger cannot be read.
    """
    if not has_ledger(workspace):
        return False
    with open_ledger(workspace) as ledger:
        standing = find_standing(ledger, path)
        return standing is not None and any(each.at >= began for each in ledger.entries(standing.reference))


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerVerification:
    """The result of a successful check of the ledger.

    Attributes:
        entries: how many it has.
        head: the digest of the last entry, which covers all of them; empty where there is none.
        same_up_to: the number of the entry with the digest that somebody kept elsewhere; None where none was given.
    """

    entries: int
    head: str
    same_up_to: int | None = None


def verify_ledger(workspace: Workspace, kept: str | None = None) -> LedgerVerification:
    """Check that the ledger is consistent, with all the files it keeps.

    It is also compared with `kept`, a digest that was kept elsewhere.

    A consistent ledger has no single entry that was changed, removed or inserted. A person who may write to the
    database could rewrite the whole ledger; only `kept` reveals that.

    Raises:
        UsageError: `kept` is not a digest.
        InputError: an entry is inconsistent, or the ledger has no entry with the digest `kept`.
        EnvironmentFailureError: it cannot be read.
    """
    if kept is not None and not DIGEST.fullmatch(kept):
        raise UsageError("--head takes the 64 hexadecimal digits that an earlier pressgen history --verify printed")
    with open_ledger(workspace) as ledger:
        if breach := ledger.verify():
            message = f"{breach}; restore a backup, and check who can write to it"
            raise InputError([Problem(code="G03", message=message, place=Place("ledger"))])
        number = None if kept is None else ledger.number_of(kept.lower())
        if kept is not None and number is None:
            message = (
                f"no entry has the digest {kept[:SHORT]}…: the ledger was rebuilt since that was printed, or this is"
                " another ledger, or an earlier backup; compare it with your backups, and check who can write to it"
            )
            raise InputError([Problem(code="G04", message=message, place=Place("ledger"))])
        entries, head = ledger.tip()
        return LedgerVerification(entries=entries, head=head, same_up_to=number)


def list_time_zones(stamps: Iterable[Stamp]) -> dict[str, str]:
    """Return the time zone of each release, by reference.

    The last of its versions states it.
    """
    found: dict[str, str] = {}
    for stamp in stamps:
        if isinstance(stamp.event, Submitted | Moved):
            found[stamp.reference] = stamp.event.version.zone
    return found


def find_lift_deciders(stamps: Iterable[Stamp]) -> dict[int, str]:
    """Return the person who decided each lift, by entry number.

    A worker records every lift. A person decided it who ran `pressgen lift` once its hour had come, or ended the
    embargo before; lifts that were scheduled ahead are left out.
    """
    decided: dict[tuple[str, int], str] = {}
    found: dict[int, str] = {}
    for stamp in stamps:
        match stamp.event:
            case Scheduled() | EmbargoEnded() as event if event.lift_at <= stamp.at:
                decided[stamp.reference, event.revision] = stamp.actor
            case Lifted(revision=revision) if (stamp.reference, revision) in decided:
                found[stamp.number] = decided[stamp.reference, revision]
            case _:
                pass
    return found


def describe_event(event: Event, zone: str = "UTC", stamps: Iterable[Stamp] = ()) -> str:
    """Describe an event in words on one line.

    They follow the name of the person who did it; times are on the clock of `zone`. `stamps` are entries of
    the same release, which say whether its embargo was ended early.
    """
    match event:
        case Cleared() | Submitted() | Approved() | SecondLook():
            return _describe_signoff_event(event)
        case Issued():
            note = f", with the note “{' '.join(event.note.split())}”" if event.note else ""
            return (
                f"issued version {event.version[:SHORT]} to the list {event.list} by {', '.join(event.channels)}{note}"
            )
        case Sent() | Announced():
            return _describe_delivery_event(event)
        case Scheduled() | Unscheduled() | Moved() | EmbargoEnded() | Lifted() | LiftFailed():
            return _describe_lift_event(event, zone, stamps)
        case Corrected():
            return f"corrected it ({event.correction}) with version {event.version[:SHORT]}: {event.line}"
        case Withdrawn():
            return f"withdrew it: {event.reason}"
        case Exported() | Posted() | Returned() | Decided():
            return _describe_review_event(event)
        case Bounced() | Reissued() | IssueFailed() | ReaderChanged():
            return _describe_reader_event(event)
        case IssueOrdered() | IssueOrderEnded() | ProofSent() | NewsroomNamed() | ClockSet():
            return _describe_order_event(event, zone)


def _describe_signoff_event(event: Cleared | Submitted | Approved | SecondLook) -> str:
    match event:
        case Cleared():
            how = f" ({event.how})" if event.how else ""
            return (
                f"had {len(event.quotes)} {_format_plural('quotation', len(event.quotes))} cleared by"
                f" {event.speaker}{how}"
            )
        case Submitted(version=version):
            return f"submitted version {version.digest[:SHORT]}: {version.headline}"
        case Approved():
            return f"approved version {event.version[:SHORT]}{f' urgently: {event.reason}' if event.urgent else ''}"
        case SecondLook():
            return f"gave version {event.version[:SHORT]} the second look"


def _describe_reader_event(event: ReaderEvent) -> str:
    match event:
        case Bounced():
            what = "came back" if event.final else "is delayed"
            return f"recorded that the mail to {event.recipient} <{event.address}> {what}: {event.why}"
        case Reissued():
            return f"sends it to {event.recipient} <{event.address}> again: {event.reason}"
        case IssueFailed():
            return f"reached nobody on the list {event.list}: it is not issued"
        case ReaderChanged(was=was, now=""):
            return f"forgot the reader {was[:SHORT]}…: {event.reason}"
        case ReaderChanged(was=was, now=now):
            return f"has {now} get what went to the reader {was[:SHORT]}…: {event.reason}"


def _describe_review_event(event: Review) -> str:
    match event:
        case Exported():
            to = f" to {', '.join(event.to)}" if event.to else ""
            return f"sent copies of round {event.round} for review{to}"
        case Posted():
            detail = f": {event.detail}" if event.detail else ""
            to = f"{event.recipient} <{event.address}>"
            return f"mailed round {event.round} to {to} by {event.channel}{_describe_outcome(event.outcome)}{detail}"
        case Returned():
            by = f" from {', '.join(event.by)}" if event.by else ""
            proposed = f"{event.proposals} {_format_plural('proposal', event.proposals)}"
            return f"received a copy of round {event.round} back{by} with {proposed}"
        case Decided():
            why, left = f": {event.reason}" if event.reason else "", f", {event.open} wait" if event.open else ""
            done = f"accepted {len(event.accepted)} and refused {len(event.refused)}"
            return f"{done} of round {event.round}{left}{why}"


def _describe_order_event(event: Ordering | Upkeep, zone: str) -> str:
    match event:
        case IssueOrdered():
            return f"ordered its issue to the list {event.list} at its time of issue"
        case IssueOrderEnded(ending="cancelled"):
            return f"cancelled the order to issue it to the list {event.list}: {event.detail}"
        case IssueOrderEnded():
            how = "did not send" if event.ending == "failed" else "sent"
            return f"{how} what was ordered for the list {event.list}: {event.detail}"
        case ProofSent():
            to = f"{event.recipient} <{event.address}>"
            end = _describe_outcome(event.outcome)
            return f"had a proof of the mail to {event.list} sent to {to} by {event.channel}{end}"
        case NewsroomNamed(newsroom_address=address):
            return f"recorded that the feeds name what was public before by {address}"
        case ClockSet():
            return (
                f"confirmed that the clock is right now and was ahead at {format_instant(event.was, zone)}:"
                f" {event.reason}"
            )


def _describe_outcome(outcome: Outcome) -> str:
    """Return how the description of a delivery ends."""
    match outcome:
        case "ok":
            return ""
        case "failed":
            return ", but it failed"
        case "deferred":
            return ", not yet taken"
        case "unknown":
            return ", and may not have arrived"


def _describe_delivery_event(event: Sent | Announced) -> str:
    to = f"to {event.recipient} <{event.address}> " if isinstance(event, Sent) and event.recipient else ""
    what = "announced it" if isinstance(event, Announced) else "sent it" if event.files else "sent a notice"
    detail = f": {event.detail}" if event.detail else ""
    return f"{what} {to}by {event.channel}{_describe_outcome(event.outcome)}{detail}"


def _describe_lift_event(
    event: Scheduled | Unscheduled | Moved | EmbargoEnded | Lifted | LiftFailed, zone: str, stamps: Iterable[Stamp]
) -> str:
    match event:
        case Scheduled():
            return f"scheduled it for {format_instant(event.lift_at, zone)}"
        case Unscheduled():
            return f"took it off the schedule: {event.reason}"
        case Moved():
            times = f"from {format_instant(event.was, zone)} to {format_instant(event.lift_at, zone)}"
            kept = f"; its text still says {', '.join(f'“{each}”' for each in event.kept_dates)}" * bool(
                event.kept_dates
            )
            return f"moved it {times} (advisory {event.advisory}): {event.reason}{kept}"
        case EmbargoEnded():
            told = f"; told those who had it: {event.notice}" if event.notice else ""
            return f"ended its embargo, {format_instant(event.was, zone)}, before its time: {event.reason}{told}"
        case Lifted():
            return f"lifted it: {describe_lift(event, zone, stamps)}"
        case LiftFailed():
            return f"could not lift it: {event.detail}"


def _format_plural(word: str, count: int) -> str:
    return word if count == 1 else f"{word}s"
