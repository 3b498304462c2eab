"""Reports on releases as lines to read, and as objects for other programs."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from pressgen.actions.approve.allowed import shown, zone_of
from pressgen.model.standing import IN_HAND, State
from pressgen.text.redline import redline

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pressgen.actions.approve.clearance import SpeakerState
    from pressgen.actions.status.report import Report, Signed
    from pressgen.model.standing import Bounce, Round, Standing

Line = tuple[str, bool]
"""A line, and whether somebody must do something about it."""


def as_table(reports: Sequence[Report]) -> Iterator[Line]:
    """A line for each release."""
    wide = max((len(each.standing.slug) for each in reports), default=0)
    for each in reports:
        standing = each.standing
        alarms = _alarms(each)
        notes = [_times(standing), _out(standing), *alarms, *(["correction approved"] if standing.correction else [])]
        if standing.proposed and standing.version:
            notes.append("correction submitted")
        yield f"{standing.slug:{wide}}  {standing.state:9}  {'; '.join(filter(None, notes))}".rstrip(), bool(alarms)
        for problem in each.problems:
            yield f"{'':{wide}}  unreadable: {problem}", True


def as_lines(report: Report) -> Iterator[Line]:
    """A release with all there is to say of it."""
    standing = report.standing
    name = f"{standing.reference} (releases/{standing.slug})" if standing.reference else f"releases/{standing.slug}"
    rounds = f", round {standing.rounds}" if standing.rounds > 1 else ""
    yield f"{name}: {standing.state}{rounds}", False
    if times := _times(standing):
        yield f"  {times}", False
    zone = zone_of(standing) if standing.version or standing.proposed else report.zone or "UTC"
    if standing.issued_at:
        count = standing.copies
        yield f"  issued {shown(standing.issued_at, zone)}; {count} {'has' if count == 1 else 'have'} it", False
    elif failed := _failed_issue(standing):
        yield f"  {failed}", True
    for index, signed in enumerate(report.signatures):
        yield from _signature(signed, zone)
        if signed.signature.version not in {each.signature.version for each in report.signatures[index + 1 :]}:
            yield from ((f"    {change}", False) for change in signed.changes)
    for speaker in report.speakers:
        yield from _speaker(speaker, zone)
    yield from _reviews(standing, zone)
    yield from _owed(report, zone)
    if report.overdue:
        yield "  overdue: it should be public, and is not; see pressgen due", True
    for problem in report.problems:
        yield f"  cannot be made as it is now: {problem}", True


def as_json(report: Report) -> dict[str, Any]:
    """A release as an object; instants are ISO 8601 in UTC."""
    standing = report.standing
    return {
        "release": standing.slug,
        "reference": standing.reference or None,
        "state": standing.state.value,
        "headline": next((each.headline for each in (standing.version, standing.proposed) if each), None),
        "embargo": _instant(standing.embargo),
        "embargo_ended": _instant(standing.embargo_ended),
        "scheduled": _instant(standing.lift_at),
        "issued": _instant(standing.issued_at),
        "lifted": _instant(standing.lifted_at),
        "overdue": report.overdue,
        "rounds": standing.rounds,
        "copies": standing.copies,
        "signatures": [
            {
                "act": signed.signature.act,
                "by": signed.signature.actor,
                "at": _instant(signed.signature.at),
                "version": signed.signature.version,
                "urgent": signed.signature.urgent,
                "reason": signed.signature.reason,
                "changes": [
                    {"where": each.where, "before": each.before, "after": each.after} for each in signed.changes
                ],
            }
            for signed in report.signatures
        ],
        "speakers": [_speaker_object(each) for each in report.speakers],
        "reviews": [_round_object(each) for each in standing.reviews],
        "second_looks": [
            {"act": each.act, "by": each.actor, "at": _instant(each.at), "reason": each.reason}
            for each in standing.second_looks
        ],
        "ordered_issues": [
            {"list": each.list, "at": _instant(standing.issue_at), "by": each.actor} for each in standing.pending_issues
        ],
        "failures": [{"what": each.what, "at": _instant(each.at), "detail": each.detail} for each in report.failures],
        "bounces": [_bounce_object(each) for each in report.bounces],
        "waiting": standing.waiting,
        "withdrawn": standing.withdrawn or None,
        "problems": list(report.problems),
    }


def _alarms(report: Report) -> list[str]:
    standing = report.standing
    failed, bounced = standing.failures, standing.bounces
    return [
        *(["OVERDUE"] if report.overdue else []),
        *([_failed_issue(standing) or f"{failed} failed"] if failed else []),
        *([f"{bounced} bounced"] if bounced else []),
        *(["owes a second look"] if standing.second_looks else []),
        *([_wait(standing.waiting)] if standing.waiting else []),
        *(["a review copy did not arrive"] if any(each.missed for each in standing.reviews) else []),
    ]


def _failed_issue(standing: Standing) -> str:
    """That nothing of an issue arrived; empty where that is not so."""
    if standing.issued_at or standing.copies or standing.state is not State.APPROVED or not standing.failures:
        return ""
    count = standing.failures
    return f"not issued: {f'all {count} mails' if count > 1 else 'its one mail'} failed"


def _times(standing: Standing) -> str:
    zone = zone_of(standing)
    if standing.withdrawn:
        return f"withdrawn: {standing.withdrawn}"
    if standing.public_since:
        return f"public since {shown(standing.public_since, zone)}"
    if standing.lift_at:
        return f"scheduled for {shown(standing.lift_at, zone)}"
    if standing.embargo:
        return f"embargo {shown(standing.embargo, zone)}, not scheduled"
    return "for immediate release" if standing.version or standing.proposed else ""


def _signature(signed: Signed, zone: str) -> Iterator[Line]:
    signature = signed.signature
    urgently = "" if signature.act == "embargo ended" else " urgently"
    why = f"{urgently}: {signature.reason}" if signature.urgent else ""
    since = "; changed since" if signed.changes else ""
    yield f"  {signature.act} by {signature.actor}, {shown(signature.at, zone)}{why}{since}", bool(signed.changes)


def _out(standing: Standing) -> str:
    """The last round of review while nothing of it has come back."""
    last = standing.reviews[-1] if standing.reviews else None
    if last is None or last.back or standing.state not in IN_HAND:
        return ""
    return f"round {last.number} of review is out{_to(last)}"


def _reviews(standing: Standing, zone: str) -> Iterator[Line]:
    for each in standing.reviews:
        sent = f"round {each.number} of review: out{_to(each)}, {shown(each.sent, zone)}" if each.sent else "review"
        yield f"  {sent}", False
        for missed in each.missed:
            yield f"    its mail did not reach {missed}; send it again", True
        for back in each.back:
            by = f" from {', '.join(back.by)}" if back.by else ""
            all_ = f"{_wait(back.waiting)}, of {back.proposals}" if back.waiting else f"all {back.proposals} decided"
            told = all_ if back.proposals else "proposes nothing"
            yield f"    back{by}, {shown(back.at, zone)}: {told}", bool(back.waiting)


def _owed(report: Report, zone: str) -> Iterator[Line]:
    standing = report.standing
    for each in standing.second_looks:
        since = f"  owes a second look since {shown(each.at, zone)}"
        did = "ended its embargo before the hour" if each.act == "embargo ended" else "approved it urgently"
        look = f"; somebody else gives it with: pressgen approve {standing.slug} --second-look"
        yield f"{since}: {each.actor} {did}: {each.reason}{look}", True
    for bounce in report.bounces:
        yield f"  {'bounced' if bounce.final else 'delayed'}: {describe_bounce(bounce)}", bounce.final
    for order in standing.pending_issues:
        at = shown(standing.issue_at, zone_of(standing)) if standing.issue_at else "no time of issue any more"
        yield f"  a worker will issue it to {order.list} at {at}, ordered by {order.actor}", standing.issue_at is None
    for failure in report.failures:
        yield f"  failed: {failure.what}, {shown(failure.at, zone)}: {failure.detail}", True


def describe_bounce(bounce: Bounce) -> str:
    """Return whose mail came back, and why."""
    return f"{bounce.recipient}, {bounce.address}: {bounce.reason or 'no reason was told'}"


def _to(round_: Round) -> str:
    return f" to {', '.join(round_.to)}" if round_.to else ""


def _wait(count: int) -> str:
    return f"{count} {'proposal waits' if count == 1 else 'proposals wait'}"


def _bounce_object(bounce: Bounce) -> dict[str, Any]:
    return {
        "recipient": bounce.recipient,
        "address": bounce.address,
        "final": bounce.final,
        "reason": bounce.reason,
        "at": _instant(bounce.at),
    }


def _round_object(round_: Round) -> dict[str, Any]:
    return {
        "round": round_.number,
        "sent": _instant(round_.sent),
        "to": list(round_.to),
        "missed": list(round_.missed),
        "back": [
            {
                "by": list(each.by),
                "at": _instant(each.at),
                "file": each.file,
                "proposals": each.proposals,
                "waiting": each.waiting,
            }
            for each in round_.back
        ],
    }


def _speaker(speaker: SpeakerState, zone: str) -> Iterator[Line]:
    clearance = speaker.clearance
    if clearance is None:
        yield f"  {speaker.called}: words not cleared", True
        return
    how = f" {clearance.how}" if clearance.how else ""
    cleared = f"cleared{how}, {shown(clearance.at, zone)} (told to {clearance.actor})"
    yield f"  {speaker.called}: {cleared}{'; changed since' if speaker.open else ''}", bool(speaker.open)
    for each in speaker.open:
        yield f"    {each.said.path}: {redline(each.cleared or '', each.said.words)}", False


def _speaker_object(speaker: SpeakerState) -> dict[str, Any]:
    clearance = speaker.clearance
    return {
        "speaker": speaker.speaker,
        "state": speaker.state,
        "by": clearance.actor if clearance else None,
        "at": _instant(clearance.at) if clearance else None,
        "how": clearance.how if clearance else None,
        "changes": [
            {"where": each.said.path, "before": each.cleared, "after": each.said.words} for each in speaker.open
        ],
    }


def _instant(instant: datetime | None) -> str | None:
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z") if instant else None
