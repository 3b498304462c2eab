"""Actions that a release's standing allows.

Each error says since when it is not allowed, and what to do first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pressgen.errors import StateError
from pressgen.model.decision import EmbargoEnded
from pressgen.model.standing import Standing, State, compute_public_since
from pressgen.text.durations import format_duration

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from pressgen.ledger.ledger import Ledger
    from pressgen.model.event import Lifted, Stamp


def format_instant(instant: datetime, zone: str) -> str:
    """Format an instant in a time zone.

    An example: `Wed 8 May 2019 00:01 BST`.
    """
    local = instant.astimezone(ZoneInfo(zone))
    return f"{local:%a} {local.day} {local:%b %Y %H:%M %Z}"


def describe_lift(lifted: Lifted, zone: str, stamps: Iterable[Stamp] = ()) -> str:
    """Describe since when a release is public, and how late that was.

    Args:
        lifted: the lift.
        zone: the IANA zone for its times.
        stamps: the release's entries in the ledger, where somebody may have ended its embargo early.
    """
    since, late = compute_public_since(lifted), format_duration(lifted.actual - lifted.due)
    for stamp in stamps:
        if isinstance(stamp.event, EmbargoEnded) and stamp.event.revision == lifted.revision:
            return _describe_early_lift(since, stamp.event, stamp.actor, zone)
    if since == lifted.due:
        return f"public since {format_instant(since, zone)}, published {late} after it was due"
    return f"public since {format_instant(since, zone)}, {late} late: it was due on {format_instant(lifted.due, zone)}"


def _describe_early_lift(since: datetime, ended: EmbargoEnded, actor: str, zone: str) -> str:
    """Describe a publication after somebody decided to end the embargo early."""
    public = f"public since {format_instant(since, zone)}"
    length, planned = format_duration(since - ended.was), format_instant(ended.was, zone)
    if since < ended.was:
        return f"{public}, by decision of {actor}: {length} before the end of its embargo, {planned}"
    at = format_instant(ended.lift_at, zone)
    return f"{public}, {length} after the end of its embargo, {planned}: {actor} decided on {at} to end it early"


def find_time_zone(standing: Standing) -> str:
    """Return the time zone of a release.

    It is UTC until a version states one.
    """
    version = standing.version or standing.proposed
    return version.zone if version else "UTC"


def require_changeable(standing: Standing) -> None:
    """Raise an error unless the release may change.

    Raises:
        StateError: it is withdrawn, or its lift is scheduled.
    """
    require_in_use(standing)
    name = standing.reference
    if standing.lift_at is not None:
        at = format_instant(standing.lift_at, find_time_zone(standing))
        raise StateError(
            f"{name} is scheduled for {at}, so it cannot change: take it off the schedule first, with"
            f" pressgen unschedule {standing.slug} --because TEXT; to change only the time: pressgen move"
            f" {standing.slug}"
            " --to TIME --because TEXT"
        )


def require_in_use(standing: Standing) -> None:
    """Raise an error if the release is withdrawn.

    Raises:
        StateError: it is.
    """
    if standing.state is State.WITHDRAWN:
        raise StateError(
            f"{standing.reference} is withdrawn ({standing.withdrawn}): make a new release with another reference"
        )


def require_approved(standing: Standing) -> None:
    """Raise an error unless the release is approved and not yet public.

    Raises:
        StateError: it is not; the message says what to do.
    """
    match standing.state:
        case State.APPROVED | State.ISSUED | State.FAILED:
            return
        case State.DRAFT:
            way = f"next: pressgen submit {standing.slug}"
        case State.SUBMITTED:
            way = f"somebody else must approve it: pressgen approve {standing.slug}"
        case State.LIFTED | State.CORRECTED:
            since = standing.public_since
            way = f"it became public{f' on {format_instant(since, find_time_zone(standing))}' if since else ''}"
        case State.WITHDRAWN:
            way = f"{standing.withdrawn}; make a new release with another reference"
    raise StateError(f"{standing.reference} is {standing.state}: {way}")


def require_embargo_in_force(standing: Standing) -> None:
    """Raise an error where the embargo was ended early by decision.

    Readers know about it, and that cannot be undone.

    Raises:
        StateError: a head ended it.
    """
    if standing.embargo_ended is not None:
        at = format_instant(standing.embargo_ended, find_time_zone(standing))
        raise StateError(
            f"the embargo of {standing.reference} was ended by decision on {at}, and it is being published: see"
            f" pressgen status {standing.slug}; to stop it: pressgen withdraw {standing.slug} --because TEXT"
        )


def require_matching_reference(ledger: Ledger, reference: str, slug: str) -> None:
    """Raise an error unless reference and folder belong together in the ledger.

    Raises:
        StateError: the reference is another release's, or the release had another.
    """
    by_reference, by_slug = ledger.standing(reference), ledger.named(slug)
    if by_reference and by_reference.slug != slug:
        raise StateError(
            f"the reference {reference} belongs to releases/{by_reference.slug}: give this release one of its own"
        )
    if by_slug and by_slug.slug == slug and by_slug.reference != reference:
        raise StateError(
            f"releases/{slug} is known as {by_slug.reference}, and not as {reference}; a reference cannot"
            " change, so put the old one back"
        )
