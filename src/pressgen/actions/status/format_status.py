"""Reports on releases as lines of text, and as objects for JSON."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from pressgen.actions.approve.standing_checks import find_time_zone, format_instant
from pressgen.model.standing import IN_HAND, State
from pressgen.text.inline_changes import format_redline

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pressgen.actions.approve.speaker_clearances import SpeakerClearance
    from pressgen.actions.status.report import SignatureStatus, StatusReport
    from pressgen.model.standing import Bounce, Round, Standing

Line = tuple[str, bool]
"""A line, and whether somebody must do something about it."""


def format_status_table(reports: Sequence[StatusReport]) -> Iterator[Line]:
    """Yield one line for each release."""
    wide = max((len(each.standing.slug) for each in reports), default=0)
    for each in reports:
        standing = each.standing
        alarms = _list_alarms(each)
        notes = [
            _describe_times(standing),
            _describe_open_review(standing),
            *alarms,
            *(["correction approved"] if standing.correction else []),
        ]
        if standing.proposed and standing.version:
            notes.append("correction submitted")
        yield f"{standing.slug:{wide}}  {standing.state:9}  {'; '.join(filter(None, notes))}".rstrip(), bool(alarms)
        for problem in each.problems:
            yield f"{'':{wide}}  unreadable: {problem}", True


def format_status_report(report: StatusReport) -> Iterator[Line]:
    """Yield all lines about one release."""
    standing = report.standing
    name = f"{standing.reference} (releases/{standing.slug})" if standing.reference else f"releases/{standing.slug}"
    rounds = f", round {standing.rounds}" if standing.rounds > 1 else ""
    yield f"{name}: {standing.state}{rounds}", False
    if times := _describe_times(standing):
        yield f"  {times}", False
    zone = find_time_zone(standing) if standing.version or standing.proposed else report.zone or "UTC"
    if standing.issued_at:
        yield f"  issued {format_instant(standing.issued_at, zone)}; {_describe_holders(report)}", False
    elif failed := _describe_failed_issue(standing):
        yield f"  {failed}", True
    for index, signed in enumerate(report.signatures):
        yield from _format_signature(signed, zone)
        if signed.signature.version not in {each.signature.version for each in report.signatures[index + 1 :]}:
            yield from ((f"    {change}", False) for change in signed.changes)
    for speaker in report.speakers:
        yield from _format_speaker(speaker, zone)
    yield from _format_reviews(standing, zone)
    yield from _format_open_matters(report, zone)
    if report.overdue:
        yield "  overdue: it should be public, but is not; see: pressgen due", True
    for problem in report.problems:
        yield f"  cannot be built now:  {problem}", True


def _describe_holders(report: StatusReport) -> str:
    """Say how many people have a release, and where else it is."""
    count, handed = report.standing.copies, "; ".join(report.handed)
    if count or not handed:
        people = f"{count} {'has' if count == 1 else 'have'} it" if count else "nobody has it by mail"
        return "; ".join(filter(None, (people, handed)))
    return f"{handed}; no mail was sent"


def serialise_status_report(report: StatusReport) -> dict[str, Any]:
    """Return a release's status as an object for JSON.

    Instants are ISO 8601 in UTC.
    """
    standing = report.standing
    return {
        "release": standing.slug,
        "reference": standing.reference or None,
        "state": standing.state.value,
        "headline": next((each.headline for each in (standing.version, standing.proposed) if each), None),
        "embargo": _serialise_instant(standing.embargo),
        "embargo_ended": _serialise_instant(standing.embargo_ended),
        "scheduled": _serialise_instant(standing.lift_at),
        "issued": _serialise_instant(standing.issued_at),
        "lifted": _serialise_instant(standing.lifted_at),
        "overdue": report.overdue,
        "rounds": standing.rounds,
        "copies": standing.copies,
        "signatures": [_serialise_signature(each) for each in report.signatures],
        "speakers": [_serialise_speaker(each) for each in report.speakers],
        "reviews": [_serialise_round(each) for each in standing.reviews],
        "second_looks": [
            {"act": each.act, "by": each.actor, "at": _serialise_instant(each.at), "reason": each.reason}
            for each in standing.second_looks
        ],
        "ordered_issues": [
            {"list": each.list, "at": _serialise_instant(standing.issue_at), "by": each.actor}
            for each in standing.pending_issues
        ],
        "failures": [
            {"what": each.what, "at": _serialise_instant(each.at), "detail": each.detail} for each in report.failures
        ],
        "bounces": [_serialise_bounce(each) for each in report.bounces],
        "waiting": standing.waiting,
        "withdrawn": standing.withdrawn or None,
        "problems": list(report.problems),
    }


def _serialise_signature(signed: SignatureStatus) -> dict[str, Any]:
    return {
        "act": signed.signature.act,
        "by": signed.signature.actor,
        "at": _serialise_instant(signed.signature.at),
        "version": signed.signature.version,
        "urgent": signed.signature.urgent,
        "reason": signed.signature.reason,
        "changes": [{"where": each.where, "before": each.before, "after": each.after} for each in signed.changes],
    }


def _list_alarms(report: StatusReport) -> list[str]:
    standing = report.standing
    failed, bounced = standing.failures, standing.bounces
    return [
        *(["OVERDUE"] if report.overdue else []),
        *([_describe_failed_issue(standing) or f"{failed} failed"] if failed else []),
        *([f"{bounced} bounced"] if bounced else []),
        *(["needs a second look"] if standing.second_looks else []),
        *([_format_waiting_count(standing.waiting)] if standing.waiting else []),
        *(["a review copy did not arrive"] if any(each.missed for each in standing.reviews) else []),
    ]


def _describe_failed_issue(standing: Standing) -> str:
    """Say that nothing of an issue arrived; empty where something did."""
    if standing.issued_at or standing.copies or standing.state is not State.APPROVED or not standing.failures:
        return ""
    count = standing.failures
    return f"not issued: {f'all {count} mails' if count > 1 else 'its one mail'} failed"


def _describe_times(standing: Standing) -> str:
    zone = find_time_zone(standing)
    if standing.withdrawn:
        return f"withdrawn: {standing.withdrawn}"
    if standing.public_since:
        return f"public since {format_instant(standing.public_since, zone)}"
    if standing.lift_at:
        return f"scheduled for {format_instant(standing.lift_at, zone)}"
    if standing.embargo:
        return f"embargo {format_instant(standing.embargo, zone)}, not scheduled"
    return "for immediate release" if standing.version or standing.proposed else ""


def _format_signature(signed: SignatureStatus, zone: str) -> Iterator[Line]:
    signature = signed.signature
    urgently = "" if signature.act == "embargo ended" else " urgently"
    why = f"{urgently}: {signature.reason}" if signature.urgent else ""
    since = "; changed since" if signed.changes else ""
    yield (
        f"  {signature.act} by {signature.actor}, {format_instant(signature.at, zone)}{why}{since}",
        bool(signed.changes),
    )


def _describe_open_review(standing: Standing) -> str:
    """Say that the last round of review is out; empty otherwise."""
    last = standing.reviews[-1] if standing.reviews else None
    if last is None or last.back or standing.state not in IN_HAND:
        return ""
    return f"round {last.number} of review is out{_format_reviewers(last)}"


def _format_reviews(standing: Standing, zone: str) -> Iterator[Line]:
    for each in standing.reviews:
        sent = (
            f"round {each.number} of review: out{_format_reviewers(each)}, {format_instant(each.sent, zone)}"
            if each.sent
            else "review"
        )
        yield f"  {sent}", False
        for missed in each.missed:
            yield f"    not delivered to {missed}; send it again", True
        for back in each.back:
            by = f" from {', '.join(back.by)}" if back.by else ""
            all_ = (
                f"{_format_waiting_count(back.waiting)}, of {back.proposals}"
                if back.waiting
                else f"all {back.proposals} decided"
            )
            summary = all_ if back.proposals else "no changes"
            yield f"    back{by}, {format_instant(back.at, zone)}: {summary}", bool(back.waiting)


def _format_open_matters(report: StatusReport, zone: str) -> Iterator[Line]:
    standing = report.standing
    for each in standing.second_looks:
        since = f"  has needed a second look since {format_instant(each.at, zone)}"
        did = "ended its embargo early" if each.act == "embargo ended" else "approved it as urgent"
        look = report.second_look or f"somebody else must give it: pressgen approve {standing.slug} --second-look"
        yield f"{since}: {each.actor} {did}: {each.reason}; {look}", True
    for bounce in report.bounces:
        yield f"  {'bounced' if bounce.final else 'delayed'}: {describe_bounce(bounce)}", bounce.final
    for order in standing.pending_issues:
        at = (
            format_instant(standing.issue_at, find_time_zone(standing)) if standing.issue_at else "no time of issue now"
        )
        yield f"  a worker will issue it to {order.list} at {at}, ordered by {order.actor}", standing.issue_at is None
    for failure in report.failures:
        yield f"  failed: {failure.what}, {format_instant(failure.at, zone)}: {failure.detail}", True


def describe_bounce(bounce: Bounce) -> str:
    """Return the recipient of a bounced mail, and the reason."""
    return f"{bounce.recipient}, {bounce.address}: {bounce.reason or 'no reason was given'}"


def _format_reviewers(round_: Round) -> str:
    return f" to {', '.join(round_.to)}" if round_.to else ""


def _format_waiting_count(count: int) -> str:
    return f"{count} {'proposal waits' if count == 1 else 'proposals wait'}"


def _serialise_bounce(bounce: Bounce) -> dict[str, Any]:
    return {
        "recipient": bounce.recipient,
        "address": bounce.address,
        "final": bounce.final,
        "reason": bounce.reason,
        "at": _serialise_instant(bounce.at),
    }


def _serialise_round(round_: Round) -> dict[str, Any]:
    return {
        "round": round_.number,
        "sent": _serialise_instant(round_.sent),
        "to": list(round_.to),
        "missed": list(round_.missed),
        "back": [
            {
                "by": list(each.by),
                "at": _serialise_instant(each.at),
                "file": each.file,
                "proposals": each.proposals,
                "waiting": each.waiting,
            }
            for each in round_.back
        ],
    }


def _format_speaker(speaker: SpeakerClearance, zone: str) -> Iterator[Line]:
    clearance = speaker.clearance
    if clearance is None:
        yield f"  {speaker.called}: words not cleared", True
        return
    how = f" {clearance.how}" if clearance.how else ""
    cleared = f"cleared{how}, {format_instant(clearance.at, zone)} (told to {clearance.actor})"
    yield f"  {speaker.called}: {cleared}{'; changed since' if speaker.open else ''}", bool(speaker.open)
    for each in speaker.open:
        yield f"    {each.said.path}: {format_redline(each.cleared or '', each.said.words)}", False


def _serialise_speaker(speaker: SpeakerClearance) -> dict[str, Any]:
    clearance = speaker.clearance
    return {
        "speaker": speaker.speaker,
        "state": speaker.state,
        "by": clearance.actor if clearance else None,
        "at": _serialise_instant(clearance.at) if clearance else None,
        "how": clearance.how if clearance else None,
        "changes": [
            {"where": each.said.path, "before": each.cleared, "after": each.said.words} for each in speaker.open
        ],
    }


def _serialise_instant(instant: datetime | None) -> str | None:
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z") if instant else None
