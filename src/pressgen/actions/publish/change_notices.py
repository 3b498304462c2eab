"""Notices to web hooks about changes since a lift.

They say that a release was corrected or withdrawn.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from pressgen.actions.distribute.office_channels import create_webhook
from pressgen.actions.distribute.reader_copies import compute_delivery_key
from pressgen.actions.publish.newsroom_folder import WORKER_ACTOR, NewsroomFolder
from pressgen.channels.webhook import post_to_webhook
from pressgen.errors import PressgenError
from pressgen.model.event import Announced, Corrected, Lifted, Withdrawn
from pressgen.model.office import WebhookChannel
from pressgen.model.standing import State

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from pressgen.actions.workspace.folder import Workspace
    from pressgen.ledger.ledger import Ledger
    from pressgen.model.event import Stamp
    from pressgen.model.office import Office
    from pressgen.model.standing import Standing

LOOKED_FOR: Final = timedelta(days=1)
"""How long after a lift or a change channels are looked for that have heard nothing of it."""


@dataclass(frozen=True, slots=True)
class PendingChangeNotice:
    """A correction or withdrawal to be sent to a web hook."""

    channel: str
    stamp: Stamp
    key: str


def find_pending_change_notices(
    ledger: Ledger, office: Office, standing: Standing, now: datetime
) -> list[PendingChangeNotice]:
    """List the changes that web hooks have not been sent, in order.

    For a withdrawn release, only the withdrawal is listed.
    """
    if standing.public_since is None or standing.state not in {State.CORRECTED, State.WITHDRAWN}:
        return []
    stamps = ledger.entries(standing.reference)
    lifted = next((place for place, each in enumerate(stamps) if isinstance(each.event, Lifted)), len(stamps))
    kind = Withdrawn if standing.state is State.WITHDRAWN else Corrected
    changes = [each for each in stamps[lifted:] if isinstance(each.event, kind) and now - each.at <= LOOKED_FOR]
    announced = {each.event.key for each in stamps if isinstance(each.event, Announced)}
    heard = [each.event.channel for each in stamps if isinstance(each.event, Announced)]
    hooks = [
        name
        for name in dict.fromkeys((*office.lift_channels, *heard))
        if isinstance(office.channels.get(name), WebhookChannel)
    ]
    return [
        PendingChangeNotice(name, stamp, key)
        for name in hooks
        for stamp in changes
        if (key := compute_delivery_key(standing.reference, "changed", str(stamp.number), name)) not in announced
    ]


def send_change_notice(
    workspace: Workspace, office: Office, ledger: Ledger, owed: PendingChangeNotice, address: str, now: datetime
) -> str:
    """Send one change to a web hook, and record it.

    Return the reason where it could not be sent, or an empty text.

    Raises:
        EnvironmentFailureError: the ledger cannot be written.
        StateError: the clock is before the last entry.
    """
    channel = office.channels[owed.channel]
    standing = ledger.standing(owed.stamp.reference)
    if standing is None or not isinstance(channel, WebhookChannel):
        return ""
    try:
        outcome = post_to_webhook(
            create_webhook(workspace, owed.channel, channel),
            _create_webhook_payload(standing, owed.stamp, address),
            owed.key,
            now,
        )
    except PressgenError as lack:
        return f"{owed.channel}: {lack}"
    if not outcome.ok and not outcome.permanent:
        return f"{owed.channel}: {outcome.detail}"
    done = Announced(
        revision=standing.revision,
        channel=owed.channel,
        outcome="ok" if outcome.ok else "failed",
        detail=outcome.detail,
        key=owed.key,
    )
    ledger.append(done, reference=standing.reference, slug=standing.slug, actor=WORKER_ACTOR, at=now)
    return "" if outcome.ok else f"{owed.channel}: {outcome.detail}"


def send_change_notices(
    workspace: Workspace, office: Office, ledger: Ledger, reference: str, clock: Callable[[], datetime]
) -> list[str]:
    """Send the changes of a release to web hooks; return the failures.

    Raises:
        EnvironmentFailureError, StateError: as `send_change_notice`.
        InputError: the newsroom's place cannot be read in the office's file.
    """
    standing = ledger.standing(reference)
    owed = find_pending_change_notices(ledger, office, standing, clock()) if standing else []
    if standing is None or standing.public_since is None or not owed:
        return []
    address = NewsroomFolder(workspace, office, ledger).address(standing, standing.public_since)
    return [why for each in owed if (why := send_change_notice(workspace, office, ledger, each, address, clock()))]


def _create_webhook_payload(standing: Standing, stamp: Stamp, address: str) -> dict[str, object]:
    """Return the data for a web hook.

    For a withdrawn release it contains no words, for a corrected one the headline.
    """
    said: dict[str, object] = {"reference": standing.reference, "address": address, "at": stamp.at.isoformat()}
    match stamp.event:
        case Corrected(version=version, correction=correction, line=line, supersedes=supersedes):
            headline = standing.version.headline if standing.version else ""
            return said | {
                "event": "corrected", "version": version, "supersedes": supersedes, "class": correction, "line": line,
                "headline": headline,
            }  # fmt: skip
        case Withdrawn(reason=reason):
            return said | {"event": "withdrawn", "reason": reason}
        case _:
            raise ValueError(f"{stamp.event.kind} is no change of a public release")
