"""Tell web hooks that were told of a lift what became of the release since: corrected, or withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from pressgen.actions.distribute.channels import hook_of
from pressgen.actions.distribute.copies import key_of
from pressgen.actions.publish.newsroom import WORKER, Front
from pressgen.channels.webhook import post
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
"""How long after a lift or a change a channel that has heard nothing of it is still looked for."""


@dataclass(frozen=True, slots=True)
class OwedChange:
    """A change of a public release of which a web hook has not been told."""

    channel: str
    stamp: Stamp
    key: str


def owed_changes(ledger: Ledger, office: Office, standing: Standing, now: datetime) -> list[OwedChange]:
    """The changes that web hooks have not been told of, in order; of a withdrawn release the withdrawal alone."""
    if standing.public_since is None or standing.state not in {State.CORRECTED, State.WITHDRAWN}:
        return []
    stamps = ledger.entries(standing.reference)
    lifted = next((place for place, each in enumerate(stamps) if isinstance(each.event, Lifted)), len(stamps))
    kind = Withdrawn if standing.state is State.WITHDRAWN else Corrected
    changes = [each for each in stamps[lifted:] if isinstance(each.event, kind) and now - each.at <= LOOKED_FOR]
    told = {each.event.key for each in stamps if isinstance(each.event, Announced)}
    heard = [each.event.channel for each in stamps if isinstance(each.event, Announced)]
    hooks = [
        name
        for name in dict.fromkeys((*office.lift_channels, *heard))
        if isinstance(office.channels.get(name), WebhookChannel)
    ]
    return [
        OwedChange(name, stamp, key)
        for name in hooks
        for stamp in changes
        if (key := key_of(standing.reference, "changed", str(stamp.number), name)) not in told
    ]


def tell_change(
    workspace: Workspace, office: Office, ledger: Ledger, owed: OwedChange, address: str, now: datetime
) -> str:
    """Tell one web hook of one change, and record it; why it could not be told, or empty.

    Raises:
        MachineLacks: the ledger cannot be written.
        StateForbids: the clock is before the last entry.
    """
    channel = office.channels[owed.channel]
    standing = ledger.standing(owed.stamp.reference)
    if standing is None or not isinstance(channel, WebhookChannel):
        return ""
    try:
        outcome = post(
            hook_of(workspace, owed.channel, channel), _message(standing, owed.stamp, address), owed.key, now
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
    ledger.append(done, reference=standing.reference, slug=standing.slug, actor=WORKER, at=now)
    return "" if outcome.ok else f"{owed.channel}: {outcome.detail}"


def tell_changes(
    workspace: Workspace, office: Office, ledger: Ledger, reference: str, clock: Callable[[], datetime]
) -> list[str]:
    """Tell web hooks what became of a release; which could not be told, and why.

    Raises:
        MachineLacks, StateForbids: as `tell_change`.
        Refused: where the newsroom is cannot be read in the office's file.
    """
    standing = ledger.standing(reference)
    owed = owed_changes(ledger, office, standing, clock()) if standing else []
    if standing is None or standing.public_since is None or not owed:
        return []
    address = Front(workspace, office, ledger).address(standing, standing.public_since)
    return [why for each in owed if (why := tell_change(workspace, office, ledger, each, address, clock()))]


def _message(standing: Standing, stamp: Stamp, address: str) -> dict[str, object]:
    """What a web hook is told: no word of a withdrawn release, and of a corrected one its headline."""
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
