"""Move an embargo: the new time into the data, every file made again, the lift set anew, and everybody told.

Whoever moves it approves the files that say the new time: they are the approved release, made again with that one time
new and no word else. So no file in force ever says another time than the ledger.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pressgen.actions.amend.retiming import files_of, retimed
from pressgen.actions.approve.allowed import see_approved, see_embargo_holds, shown, zone_of
from pressgen.actions.approve.signed import contents, version_of
from pressgen.actions.distribute.copies import Copying
from pressgen.actions.distribute.message import parcel, see_unchanged
from pressgen.actions.distribute.readers import holders
from pressgen.actions.distribute.sending import Sending, Watch
from pressgen.actions.publish.waking import wake
from pressgen.actions.workspace.folder import take
from pressgen.actions.workspace.office import open_ledger, stands, take_office
from pressgen.actions.workspace.permissions import acting, one_line
from pressgen.actions.workspace.save import FileChange, save_release
from pressgen.errors import MachineLacks, Refused, StateForbids, WrongUse
from pressgen.model.event import Moved
from pressgen.model.fold import Fold
from pressgen.model.moment import Moment, NotAMoment, read_moment
from pressgen.text.notices import moved

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from pressgen.actions.build.build import Made
    from pressgen.actions.distribute.deliveries import Reader
    from pressgen.actions.workspace.folder import Workspace
    from pressgen.errors import PressgenError
    from pressgen.ledger.ledger import Ledger
    from pressgen.model.event import Sent, Stamp, Version
    from pressgen.model.standing import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveOrder:
    """When an embargo is to end, as a wall time in the release's own zone, and why; how the new copies are made."""

    to: str
    because: str
    copying: Copying = field(default_factory=Copying)


def move(workspace: Workspace, path: Path, order: MoveOrder, who: str | None, watch: Watch) -> list[Sent]:
    """Move the embargo of the release at `path`, earlier or later; what became of each advisory.

    Run again with the same time after a failure or a crash, it tells those who have not been told yet.

    Raises:
        StateForbids: it has no embargo, its embargo has ended, it is public, or it has changed since it was approved.
        WrongUse: the time names no instant.
        Refused: with the new time, something of the release no longer holds; nothing was changed.
        MachineLacks: the ledger, the engine or the file cannot be written, or a secret is not to be had.
    """
    office = take_office(workspace)
    actor = acting(office, who, "head", "approver", to="move an embargo")
    office.need("at_issue")
    because = one_line(order.because, "--because")
    with open_ledger(workspace) as ledger:
        sending = Sending(workspace=workspace, office=office, ledger=ledger, actor=actor, watch=watch)
        standing = stands(ledger, path)
        was, hour = _hours(standing, order.to, watch.clock())

        def readers() -> list[Reader]:
            return holders(ledger, standing, office, order.copying)

        readers()  # sees that each can have the same kind of copy, before anything is recorded
        stamp = _moved_to(ledger, standing, hour)
        if stamp is None:
            made = _remade(workspace, standing, order.to, watch.clock())
            event = _event(standing, version_of(made), was, because)
            stamp = _record(sending, made, event, standing)
        late = _wake(sending, stamp)
        unsaved = _settle(workspace, ledger, stamp)
        done = _tell(sending, stamp, readers) if standing.issued_at else []
    if failure := late or unsaved:
        raise failure
    return done


def _hours(standing: Standing, to: str, now: datetime) -> tuple[Moment, Moment]:
    """The hour at which the embargo ends, and the one it is to be moved to."""
    see_approved(standing)
    see_embargo_holds(standing)
    version = standing.version
    if version is None or version.embargo is None:
        raise StateForbids(f"{standing.reference} has no embargo that could be moved; it is for immediate release")
    if now >= version.embargo:
        ended = shown(version.embargo, zone_of(standing))
        raise StateForbids(f"the embargo of {standing.reference} ended at {ended}: nobody can be bound by it again")
    try:
        hour = read_moment(to, version.zone)
    except NotAMoment as fault:
        raise WrongUse(f"--to: {fault}") from None
    if hour.instant <= now:
        at = shown(hour.instant, version.zone)
        raise StateForbids(
            f"{at} has passed; to end the embargo now, by decision: pressgen lift {standing.slug} --before-embargo"
            " --because TEXT"
        )
    return Moment(version.embargo, version.zone), hour


def _moved_to(ledger: Ledger, standing: Standing, hour: Moment) -> Stamp | None:
    """The move to that hour, if it was made before: then only what follows from it is to be finished.

    Raises:
        StateForbids: the embargo ends at that hour anyway.
    """
    if standing.version is None or standing.version.embargo != hour.instant:
        return None
    moves = [stamp for stamp in ledger.entries(standing.reference) if isinstance(stamp.event, Moved)]
    if not moves:
        raise StateForbids(f"the embargo of {standing.reference} ends at {shown(hour.instant, hour.zone)} as it is")
    return moves[-1]


def _remade(workspace: Workspace, standing: Standing, to: str, now: datetime) -> Made:
    """The approved release, made again with the new time."""
    folder = workspace.root / "releases" / standing.slug
    see_unchanged(take(workspace, folder), standing.version, standing)
    return retimed(workspace, folder, to, now)


def _event(standing: Standing, version: Version, was: Moment, because: str) -> Moved:
    hour = version.hour
    if hour is None:
        raise StateForbids(f"{standing.reference} would have no hour any more")
    return Moved(
        version=version,
        revision=standing.revision + 1,
        lift_at=hour,
        was=was.instant,
        reason=because,
        advisory=standing.advisories + 1,
    )


def _record(sending: Sending, made: Made, event: Moved, before: Standing) -> Stamp:
    sending.ledger.keep(*contents(made))
    with sending.ledger.exclusive(before.reference, before.slug) as turn:
        if (turn.standing.version, turn.standing.revision) != (before.version, before.revision):
            raise StateForbids(f"{before.reference} was changed by somebody else meanwhile; see pressgen status")
        return turn.append(event, actor=sending.actor, at=sending.watch.clock())


def _wake(sending: Sending, stamp: Stamp) -> MachineLacks | None:
    """Have the engine wake at the new hour, if the lift is scheduled; why it does not, to be told once all are."""
    standing = sending.ledger.standing(stamp.reference)
    if standing is None or not standing.scheduled:
        return None
    try:
        wake(sending.workspace, standing, standing.revision - 1, sending.watch.clock())
    except MachineLacks as lack:
        return lack
    return None


def _settle(workspace: Workspace, ledger: Ledger, stamp: Stamp) -> PressgenError | None:
    """Have the release's files say the new time; why they do not, to be told once everybody has the advisory.

    The ledger comes first here, unlike elsewhere: the hour of the lift must never depend on a file that may be edited,
    and the same command run again finds the move in the ledger and saves what a kill or a failure left.
    """
    folder = workspace.root / "releases" / stamp.slug
    earlier = (each for each in ledger.entries(stamp.reference) if each.number < stamp.number)
    before = Fold.of(earlier, stamp.reference, "").standing
    if not isinstance(stamp.event, Moved) or before.version is None:
        return None
    old, new = before.version.data, stamp.event.version.data
    changes = [FileChange(name, ledger.fetch(old[name]), ledger.fetch(new[name])) for name in files_of(new)]
    try:
        save_release(workspace, folder, changes)
    except (Refused, StateForbids) as error:
        return error
    return None


def _tell(sending: Sending, stamp: Stamp, readers: Callable[[], list[Reader]]) -> list[Sent]:
    """Send the advisory with the new files."""
    event = stamp.event
    if not isinstance(event, Moved):
        return []
    desks = take(sending.workspace, sending.workspace.root / "releases" / stamp.slug)
    version, zone = event.version, event.version.zone
    goods = parcel(desks, version, sending.ledger, public=False)
    times = Moment(event.was, zone), Moment(version.embargo or event.lift_at, zone)
    notice = moved(event.advisory, version.headline, times, event.reason, goods.language)
    return sending.send(goods.changed(f"moved {event.advisory}", notice), readers)
