"""What a release's standing allows; each refusal says since when, and what to do first."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pressgen.errors import StateForbids
from pressgen.model.standing import Standing, State, since_of

if TYPE_CHECKING:
    from datetime import datetime

    from pressgen.ledger.ledger import Ledger
    from pressgen.model.event import Lifted


def shown(instant: datetime, zone: str) -> str:
    """An instant on the clock of a zone: `Wed 8 May 2019 00:01 BST`."""
    local = instant.astimezone(ZoneInfo(zone))
    return f"{local:%a} {local.day} {local:%b %Y %H:%M %Z}"


def describe_lift(lifted: Lifted, zone: str) -> str:
    """Say since when a release is public, as its page does, and how late that was."""
    since, late = since_of(lifted), (lifted.actual - lifted.due).total_seconds()
    how = f"{late:.3f} s after it was due" if since == lifted.due else f"late: it was due {shown(lifted.due, zone)}"
    return f"public since {shown(since, zone)}, {how}"


def zone_of(standing: Standing) -> str:
    """The zone in which a release's times are stated; UTC before a version says."""
    version = standing.version or standing.proposed
    return version.zone if version else "UTC"


def see_changeable(standing: Standing) -> None:
    """See that a release may change.

    Raises:
        StateForbids: it is withdrawn, or its lift is scheduled.
    """
    name = standing.reference
    if standing.state is State.WITHDRAWN:
        raise StateForbids(f"{name} is withdrawn ({standing.withdrawn}): make a new release with another reference")
    if standing.lift_at is not None:
        at = shown(standing.lift_at, zone_of(standing))
        raise StateForbids(
            f"{name} is scheduled for {at}, and nothing of it may change: take it off the schedule first, with"
            f" pressgen unschedule {standing.slug} --because TEXT; another time alone: pressgen move {standing.slug}"
            " --to TIME --because TEXT"
        )


def see_approved(standing: Standing) -> None:
    """See that a release has been approved and is not out yet.

    Raises:
        StateForbids: it is something else, and says what to do.
    """
    match standing.state:
        case State.APPROVED | State.ISSUED | State.FAILED:
            return
        case State.DRAFT:
            way = f"submit it with: pressgen submit {standing.slug}"
        case State.SUBMITTED:
            way = f"somebody else approves it with: pressgen approve {standing.slug}"
        case State.LIFTED | State.CORRECTED:
            since = standing.public_since or standing.embargo
            way = f"it has been public since {shown(since, zone_of(standing))}" if since else "it is public"
        case State.WITHDRAWN:
            way = f"{standing.withdrawn}; make a new release with another reference"
    raise StateForbids(f"{standing.reference} is {standing.state}: {way}")


def see_embargo_holds(standing: Standing) -> None:
    """See that nobody has ended the embargo by decision: what people were told is not taken back.

    Raises:
        StateForbids: a head has.
    """
    if standing.embargo_ended is not None:
        at = shown(standing.embargo_ended, zone_of(standing))
        raise StateForbids(
            f"the embargo of {standing.reference} was ended by decision on {at}, and it is being made public: see"
            f" pressgen status {standing.slug}; if nobody may use it, pressgen withdraw {standing.slug} --because TEXT"
        )


def see_named(ledger: Ledger, reference: str, slug: str) -> None:
    """See that a release has the reference and the folder that the ledger knows it by.

    Raises:
        StateForbids: the reference is another release's, or the release had another.
    """
    by_reference, by_slug = ledger.standing(reference), ledger.named(slug)
    if by_reference and by_reference.slug != slug:
        raise StateForbids(
            f"the reference {reference} belongs to releases/{by_reference.slug}: give this release one of its own"
        )
    if by_slug and by_slug.slug == slug and by_slug.reference != reference:
        raise StateForbids(
            f"releases/{slug} is known as {by_slug.reference}, and not as {reference}: a reference stays as it is"
        )
