"""Move an embargo.

The new time goes into the data, every file is built again, the lift is rescheduled, and everybody is notified.

The person who moves it approves the new files: they are the approved release, built again with only that time changed.
So the files in force always state the same time as the ledger.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from pressgen.actions.amend.old_dates import describe_old_date, find_old_dates
from pressgen.actions.approve.signed_version import create_version, list_contents
from pressgen.actions.approve.standing_checks import (
    find_time_zone,
    format_instant,
    require_approved,
    require_embargo_in_force,
)
from pressgen.actions.build.build import BuildRequest, build
from pressgen.actions.check.check import check_loaded_release
from pressgen.actions.distribute.message import compose_message, require_unchanged
from pressgen.actions.distribute.message_sender import MessageSender, SendOptions
from pressgen.actions.distribute.reader_copies import CopyOptions
from pressgen.actions.distribute.release_holders import list_holders_to_update
from pressgen.actions.publish.scheduler_access import sync_scheduled_lift
from pressgen.actions.workspace.folder import RELEASE, TRANSLATION, Workspace, load_release
from pressgen.actions.workspace.office import load_office, open_ledger, require_standing
from pressgen.actions.workspace.permissions import authorise_actor, require_one_line
from pressgen.actions.workspace.read_files import find_write_root, read_files
from pressgen.actions.workspace.save import FileChange, save_release
from pressgen.errors import EnvironmentFailureError, InputError, Severity, StateError, UsageError
from pressgen.files.atomic import write_tree
from pressgen.load.edits import ReplaceValue, apply_changes
from pressgen.load.source import encode_like, read_source
from pressgen.model.event import Moved
from pressgen.model.moment import Moment, WallTimeError, read_moment
from pressgen.model.release_projection import ReleaseProjection
from pressgen.text.notices import make_move_notice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date, datetime

    from pressgen.actions.build.build import BuildResult
    from pressgen.actions.distribute.deliveries import Reader
    from pressgen.errors import PressgenError
    from pressgen.ledger.ledger import Ledger
    from pressgen.model.event import Sent, Stamp, Version
    from pressgen.model.standing import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveRequest:
    """The new end of an embargo, the reason, and copy options.

    Attributes:
        to: a wall time in the release's own zone.
        because: the reason.
        copying: how the copies are made.
        keep_dates: whether words for the old day in the text are right at the new time as well; else they forbid it.
    """

    to: str
    because: str
    copying: CopyOptions = field(default_factory=CopyOptions)
    keep_dates: bool = False


def move_embargo(
    workspace: Workspace, path: Path, order: MoveRequest, who: str | None, watch: SendOptions
) -> list[Sent]:
    """Move the embargo of a release, earlier or later.

    Return the outcome of each advisory. A second run with the same time after a failure or a crash notifies those who
    have had no advisory yet.

    Raises:
        StateError: it has no embargo, its embargo has ended, it is public, or it has changed since it was approved.
        UsageError: the time names no instant.
        InputError: with the new time, something in the release is wrong; nothing was changed.
        EnvironmentFailureError: the ledger, the scheduler or the file cannot be written, or a secret is missing.
    """
    office = load_office(workspace)
    actor = authorise_actor(office, who, "head", "approver", to="move an embargo")
    office.need("at_issue")
    because = require_one_line(order.because, "--because")
    with open_ledger(workspace) as ledger:
        sending = MessageSender(workspace=workspace, office=office, ledger=ledger, actor=actor, watch=watch)
        standing = require_standing(ledger, path)
        was, hour = _check_hours(standing, order.to, watch.clock())

        def readers() -> list[Reader]:
            return list_holders_to_update(ledger, standing, office, order.copying)

        readers()  # checks that each can have the same kind of copy, before recording
        stamp = _find_earlier_move(ledger, standing, hour)
        if stamp is None:
            old = None if was.local.date() == hour.local.date() else was.local.date()
            made = _rebuild_with_time(workspace, standing, order, watch.clock(), old)
            kept = (
                [each.words for loaded in made.languages for each in find_old_dates(loaded, old)]
                if old and order.keep_dates
                else []
            )
            event = _create_move_event(standing, create_version(made), (was, hour), because, kept)
            stamp = _record_move(sending, made, event, standing)
        late = _reschedule_lift(sending, stamp)
        unsaved = _save_new_time(workspace, ledger, stamp)
        done = _send_advisory(sending, stamp, readers) if standing.issued_at else []
    if failure := late or unsaved:
        raise failure
    return done


def _check_hours(standing: Standing, to: str, now: datetime) -> tuple[Moment, Moment]:
    """Return the present hour of the embargo, and the new one."""
    require_approved(standing)
    require_embargo_in_force(standing)
    version = standing.version
    if version is None or version.embargo is None:
        raise StateError(f"{standing.reference} has no embargo to move: it is for immediate release")
    if now >= version.embargo:
        ended = format_instant(version.embargo, find_time_zone(standing))
        raise StateError(
            f"the embargo of {standing.reference} ended at {ended}; an embargo that has ended cannot be moved"
        )
    try:
        hour = read_moment(to, version.zone)
    except WallTimeError as fault:
        raise UsageError(f"--to: {fault}") from None
    if hour.instant <= now:
        at = format_instant(hour.instant, version.zone)
        raise StateError(
            f"{at} has passed; give a later time, or end the embargo now: pressgen lift {standing.slug}"
            " --before-embargo"
            " --because TEXT"
        )
    return Moment(version.embargo, version.zone), hour


def _find_earlier_move(ledger: Ledger, standing: Standing, hour: Moment) -> Stamp | None:
    """Return an earlier move to that hour, if there was one.

    Then only the rest of it is left to be done.

    Raises:
        StateError: the embargo ends at that hour anyway.
    """
    if standing.version is None or standing.version.embargo != hour.instant:
        return None
    moves = [stamp for stamp in ledger.entries(standing.reference) if isinstance(stamp.event, Moved)]
    if not moves:
        raise StateError(
            f"the embargo of {standing.reference} ends at {format_instant(hour.instant, hour.zone)} already"
        )
    return moves[-1]


def _rebuild_with_time(
    workspace: Workspace, standing: Standing, order: MoveRequest, now: datetime, old: date | None
) -> BuildResult:
    """Build the approved release again with the new time."""
    folder = workspace.root / "releases" / standing.slug
    require_unchanged(load_release(workspace, folder), standing.version, standing)
    return rebuild_with_embargo(workspace, folder, order.to, now, None if order.keep_dates else old)


def _create_move_event(
    standing: Standing, version: Version, hours: tuple[Moment, Moment], because: str, kept: Sequence[str]
) -> Moved:
    """Create the event of a move between two hours."""
    was, hour = hours
    return Moved(
        version=version,
        revision=standing.revision + 1,
        lift_at=version.hour or hour.instant,
        was=was.instant,
        reason=because,
        advisory=standing.advisories + 1,
        kept_dates=tuple(dict.fromkeys(filter(None, kept))),
    )


def _record_move(sending: MessageSender, made: BuildResult, event: Moved, before: Standing) -> Stamp:
    sending.ledger.keep(*list_contents(made))
    with sending.ledger.exclusive(before.reference, before.slug) as transaction:
        if (transaction.standing.version, transaction.standing.revision) != (before.version, before.revision):
            raise StateError(f"{before.reference} was changed by somebody else in the meantime; see pressgen status")
        return transaction.append(event, actor=sending.actor, at=sending.watch.clock())


def _reschedule_lift(sending: MessageSender, stamp: Stamp) -> EnvironmentFailureError | None:
    """Tell the scheduler the new hour, if the lift is scheduled.

    Return the failure, which is raised once all readers have the advisory.
    """
    standing = sending.ledger.standing(stamp.reference)
    if standing is None or not standing.scheduled:
        return None
    try:
        sync_scheduled_lift(sending.workspace, standing, standing.revision - 1, sending.watch.clock())
    except EnvironmentFailureError as lack:
        return lack
    return None


def _save_new_time(workspace: Workspace, ledger: Ledger, stamp: Stamp) -> PressgenError | None:
    """Save the new time in the release's files.

    Return the failure, which is raised once all readers have the advisory.

    The ledger comes first here, unlike elsewhere: the hour of the lift must never depend on a file that may be edited,
    and the same command run again finds the move in the ledger and saves what a kill or a failure left.
    """
    folder = workspace.root / "releases" / stamp.slug
    earlier = (each for each in ledger.entries(stamp.reference) if each.number < stamp.number)
    before = ReleaseProjection.of(earlier, stamp.reference, "").standing
    if not isinstance(stamp.event, Moved) or before.version is None:
        return None
    old, new = before.version.data, stamp.event.version.data
    changes = [FileChange(name, ledger.fetch(old[name]), ledger.fetch(new[name])) for name in select_source_files(new)]
    try:
        save_release(workspace, folder, changes)
    except (InputError, StateError) as error:
        return error
    return None


def _send_advisory(sending: MessageSender, stamp: Stamp, readers: Callable[[], list[Reader]]) -> list[Sent]:
    """Send the advisory with the new files."""
    event = stamp.event
    if not isinstance(event, Moved):
        return []
    languages = load_release(sending.workspace, sending.workspace.root / "releases" / stamp.slug)
    version, zone = event.version, event.version.zone
    goods = compose_message(languages, version, sending.ledger, public=False)
    times = Moment(event.was, zone), Moment(version.embargo or event.lift_at, zone)
    notice = make_move_notice(event.advisory, version.headline, times, event.reason, goods.language)
    return sending.send(goods.changed(f"moved {event.advisory}", notice), readers)


EMBARGO, PUBLISH = "times.embargo", "times.publish"


def rebuild_with_embargo(
    workspace: Workspace, folder: Path, to: str, now: datetime, old: date | None = None
) -> BuildResult:
    """Build a release again with another embargo, in a temporary folder.

    `to` is a wall time, `old` the day that the text must not name any more; None if it may name any. The release's own
    folder stays unchanged. If its page was to appear at the hour of the embargo, it appears at the new one.

    Raises:
        InputError: with the new time, something is wrong, for example the order of its times, or a time stated in
            its text.
    """
    with TemporaryDirectory(prefix="pressgen-move-") as aside:
        copy = Path(aside) / "releases" / folder.name
        home, inner = find_write_root(workspace.root, folder)
        files = read_files(home, inner, workspace.shown(folder))
        for name in select_source_files(files):
            files[name] = _replace_time(files[name], workspace.shown(folder / name), to)
        write_tree(copy, files)
        write_tree(Path(aside) / "templates", read_files(workspace.root, workspace.root / "templates", "templates"))
        made = build(BuildRequest(Workspace(Path(aside).resolve()), copy))
        problems = [each for loaded in made.languages for each in check_loaded_release(workspace, loaded, now).problems]
        problems += (
            [describe_old_date(each, old) for one in made.languages for each in find_old_dates(one, old)] if old else []
        )
        if errors := [each for each in problems if each.severity is Severity.ERROR]:
            raise InputError(errors)
        return made


def select_source_files(names: Iterable[str]) -> list[str]:
    """Select the release's own source file and its translations.

    These are the files that state its times.
    """
    return [name for name in names if name == RELEASE or TRANSLATION.fullmatch(name)]


def _replace_time(data: bytes, shown: str, to: str) -> bytes:
    source, problems = read_source(data, shown)
    if problems:
        raise InputError(problems)
    alike = source.text_at(PUBLISH) == source.text_at(EMBARGO)
    return encode_like(apply_changes(source, [ReplaceValue(path, to) for path in (EMBARGO, *[PUBLISH] * alike)]), data)
