"""The lift: what the scheduler calls at the hour.

It publishes the approved files, records that, and announces it.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pressgen.actions.distribute.message import fetch_approved_pages
from pressgen.actions.distribute.reader_copies import compute_delivery_key
from pressgen.actions.publish.announcements import Announcer, LiftAnnouncement
from pressgen.actions.publish.change_notices import LOOKED_FOR, find_pending_change_notices, send_change_notice
from pressgen.actions.publish.lift_publisher import LiftPublisher
from pressgen.actions.publish.list_mailings import ListMailer
from pressgen.actions.publish.newsroom_folder import WORKER_ACTOR, NewsroomFolder
from pressgen.actions.publish.office_snapshot import read_office_for_lifts
from pressgen.actions.publish.scheduled_issues import ScheduledIssueSender, list_due_issues
from pressgen.actions.publish.workspace_monitor import WorkspaceMonitor
from pressgen.actions.workspace.office import open_ledger
from pressgen.errors import PressgenError
from pressgen.ledger.transaction import describe_clock_conflict
from pressgen.model.decision import EmbargoEnded
from pressgen.model.event import Announced, LiftFailed
from pressgen.model.office import FolderChannel, GraphChannel, MailChannel, PostChannel, WebhookChannel
from pressgen.model.standing import PUBLIC_STATES, State
from pressgen.scheduler.handlers import DueJob, PermanentFailureError, TemporaryFailureError

if TYPE_CHECKING:
    from collections.abc import Callable

    from pressgen.actions.workspace.folder import Workspace
    from pressgen.model.event import Event
    from pressgen.model.standing import Standing


class WorkspaceHandlers:
    """The scheduler's handlers for the lifts and issues of a workspace.

    Close it after use.

    Attributes:
        tell: gets a line for each thing done, for a person who watches the worker.
    """

    def __init__(self, workspace: Workspace, tell: Callable[[str], None]) -> None:
        self._tell = tell
        self._workspace = workspace
        self._fully_announced: dict[str, Standing] = {}
        reading = read_office_for_lifts(workspace)
        self._office = reading.office
        self._ledger = open_ledger(workspace)
        self._newsroom = NewsroomFolder(workspace, self._office, self._ledger)
        self._announcer = Announcer(workspace, self._office, self._ledger, _read_clock)
        self._list_mailer = ListMailer(workspace, self._office, self._ledger, _read_clock)
        self._issues = ScheduledIssueSender(workspace, self._ledger, _read_clock)
        self._reported_conflicts: set[datetime] = set()
        self._publishing = LiftPublisher(self._ledger, self._newsroom, tell)
        with suppress(PressgenError):  # a clock that is wrong now; the next worker records it
            self._newsroom.record_address(datetime.now(UTC))
        self._monitor = WorkspaceMonitor(workspace, reading, self._ledger, self._newsroom, tell, self._mail)
        self._monitor.tidy()

    def close(self) -> None:
        """Delete prepared files that were not needed, and close the ledger."""
        self._publishing.close()
        self._newsroom.close()
        self._ledger.close()

    def check_workspace(self) -> None:
        """Check the newsroom and the office's file from time to time.

        Problems are reported, and repaired where possible.
        """
        self._monitor.look()

    def prepare(self, reference: str, revision: int) -> None:
        """Write the public files where only the office can read them.

        At the hour they are renamed.
        """
        self._publishing.prepare(reference, revision)

    def publish(self, reference: str, revision: int) -> list[str] | None:
        """Publish the release if the ledger still says so at this moment.

        Return the channels to announce it to, or None.

        Raises:
            PermanentFailureError: the approved files are not kept as they were approved.
            TemporaryFailureError: the newsroom cannot be written, or the clock is before the hour.
        """
        public = self._publishing.publish(reference, revision)
        if public:
            self.check_clock()
        standing = self._ledger.standing(reference)
        if standing is None or standing.revision != revision:
            return self._channels(reference) if public else None
        owed = find_pending_change_notices(self._ledger, self._office, standing, datetime.now(UTC))
        names = [*(self._list_channels_to_announce(standing) if public else ()), *(each.channel for each in owed)]
        return list(dict.fromkeys(names)) if public or names else None

    def check_clock(self) -> None:
        """Mail the office, once, if the ledger is ahead of the clock.

        It stays so until somebody says which of them is wrong. Lifts go on meanwhile: a clock that is behind makes them
        late, and never early.
        """
        last = self._ledger.last()
        doubt = describe_clock_conflict(last, datetime.now(UTC))
        if last is None or not doubt or last.latest in self._reported_conflicts:
            return
        self._reported_conflicts.add(last.latest)
        self._tell(doubt)
        text = f"{doubt}\n\nLifts go on. Until that is fixed, submit, approve, issue, schedule and move are refused.\n"
        self._mail("The clock and the ledger differ", text, compute_delivery_key("clock", last.latest.isoformat()))

    def announce(self, reference: str, revision: int, channel: str) -> None:
        """Announce the release to one channel or list, and record that.

        Raises:
            PermanentFailureError: the channel refuses it permanently.
            TemporaryFailureError: it does not answer.
        """
        standing = self._ledger.standing(reference)
        key = compute_delivery_key(reference, str(revision), channel)
        if standing is None or standing.public_since is None:
            return
        if standing.state is State.WITHDRAWN or key in self._announced(reference, "ok"):
            self._send_change_notices(standing, channel)  # do not link to a withdrawn page
            return
        if channel in self._office.lift_lists:
            outcome = self._list_mailer.send_public(standing, channel)
        else:
            address = self._newsroom.address(standing, standing.public_since)
            text, pages = self._newsroom.public.text(standing), fetch_approved_pages(self._ledger, standing.version)
            news = LiftAnnouncement(standing, address, text, pages, self._early(standing))
            outcome = self._announcer.announce(news, channel)
        if not outcome.ok:
            raise PermanentFailureError(outcome.detail) if outcome.permanent else TemporaryFailureError(outcome.detail)
        done = Announced(revision=revision, channel=channel, outcome="ok", detail=outcome.detail, key=key)
        self._record(standing, done)
        self._tell(f"{reference}: {channel} told; {outcome.detail}")

    def failed(self, reference: str, revision: int, channel: str, detail: str) -> None:
        """Record the failure of a lift or channel, and mail the office."""
        self._tell(f"{reference}: {channel or 'the lift'} fails: {detail}")
        standing = self._ledger.standing(reference)
        if standing is None or standing.revision != revision:
            return
        event: Event = LiftFailed(revision=revision, detail=detail)
        if channel:
            key = compute_delivery_key(reference, str(revision), channel)
            event = Announced(revision=revision, channel=channel, outcome="failed", detail=detail, key=key)
        with suppress(PressgenError):  # a ledger that cannot be written is the likeliest reason of all
            self._record(standing, event)
        self._mail_failure(standing, channel, detail)

    def issue(self, reference: str, number: int, at_ms: int) -> None:
        """Issue what was ordered, if the order still has that instant.

        Raises:
            PermanentFailureError: it may not go any more, or some of it is refused permanently.
            TemporaryFailureError: some of it was not accepted; the next call tries only that.
        """
        if done := self._issues.send(reference, number, at_ms):
            self._tell(done)

    def issue_failed(self, reference: str, number: int, detail: str, *, final: bool) -> None:
        """Mail the failure to the office; record it if it is final."""
        self._tell(f"{reference}: the ordered issue failed: {detail}")
        standing = self._ledger.standing(reference)
        if standing is None or all(each.number != number for each in standing.pending_issues):
            return
        if final:
            with suppress(PressgenError):  # as above
                self._issues.end(reference, number, "failed", detail)
        self._mail_failure(standing, f"issue {number}", detail, "the ordered issue did not reach everybody")

    def due(self, before: datetime) -> list[DueJob]:
        """Return the lifts and issues that the ledger owes before an instant.

        Lifts with a channel that has heard nothing are included. A failed lift is not: the scheduler still tries it, or
        a person must look.
        """
        jobs: list[DueJob] = []
        for standing in self._ledger.standings().values():
            jobs += list_due_issues(standing, before)
            at = standing.lift_at or standing.lifted_at
            if at is None or at > before:
                continue
            if (standing.lift_at and standing.state is not State.FAILED) or self._has_unannounced(standing, before):
                jobs.append(DueJob(at, standing.reference, standing.revision))
        return jobs

    def _send_change_notices(self, standing: Standing, channel: str) -> None:
        """Send a web hook the changes of a release since its lift.

        Raises:
            TemporaryFailureError: it does not answer.
        """
        for owed in find_pending_change_notices(self._ledger, self._office, standing, datetime.now(UTC)):
            if owed.channel == channel and standing.public_since is not None:
                address = self._newsroom.address(standing, standing.public_since)
                now = datetime.now(UTC)
                why = send_change_notice(self._workspace, self._office, self._ledger, owed, address, now)
                if why:
                    raise TemporaryFailureError(why)
                self._tell(f"{standing.reference}: {channel} told that it was {owed.stamp.event.kind}")

    def _has_unannounced(self, standing: Standing, now: datetime) -> bool:
        """Return whether a channel has heard nothing of a lift or change."""
        if self._fully_announced.get(standing.reference) == standing:
            return False
        if find_pending_change_notices(self._ledger, self._office, standing, now):
            return True
        if standing.state in {State.CORRECTED, State.WITHDRAWN}:
            self._fully_announced[standing.reference] = standing
        if standing.state not in PUBLIC_STATES or standing.lifted_at is None or now - standing.lifted_at > LOOKED_FOR:
            return False
        announced = self._announced(standing.reference, "ok", "failed")
        return any(
            compute_delivery_key(standing.reference, str(standing.revision), name) not in announced
            for name in self._list_channels_to_announce(standing)
        )

    def _channels(self, reference: str) -> list[str]:
        standing = self._ledger.standing(reference)
        return self._list_channels_to_announce(standing) if standing else []

    def _list_channels_to_announce(self, standing: Standing) -> list[str]:
        """Return the channels to announce a lift to.

        Where an embargo was ended by decision, the channels of the issue are included.

        One mail channel is enough: it writes to everybody who has the release. Where the office has none any more, the
        one that brought the copies is named, so that its failure is recorded and the office hears of it.
        """
        channels = self._office.channels
        names = [name for name in self._office.at_lift if not isinstance(channels.get(name), FolderChannel)]
        if standing.embargo_ended is None:
            return names
        mailed = any(isinstance(channels.get(name), PostChannel) for name in names)
        brought = [each.channel for each in self._ledger.copies(standing.reference)]
        for name in dict.fromkeys((*self._office.at_issue, *brought)):
            match channels.get(name):
                case MailChannel() | GraphChannel() | None if not mailed:
                    names.append(name)
                    mailed = True
                case WebhookChannel() if name not in names:
                    names.append(name)
        return names

    def _early(self, standing: Standing) -> EmbargoEnded | None:
        """Return the decision that ended the embargo early, if there is one."""
        if standing.embargo_ended is None:
            return None
        events = [stamp.event for stamp in self._ledger.entries(standing.reference)]
        return next((each for each in reversed(events) if isinstance(each, EmbargoEnded)), None)

    def _announced(self, reference: str, *outcomes: str) -> set[str]:
        """Return the keys of the announcements with one of the outcomes."""
        events = [stamp.event for stamp in self._ledger.entries(reference)]
        return {each.key for each in events if isinstance(each, Announced) and each.outcome in outcomes}

    def _record(self, standing: Standing, event: Event) -> None:
        now = datetime.now(UTC)
        with self._publishing.write_lock:
            self._ledger.append(event, reference=standing.reference, slug=standing.slug, actor=WORKER_ACTOR, at=now)

    def _mail_failure(self, standing: Standing, channel: str, detail: str, what: str = "") -> None:
        what = what or (f"channel “{channel}” was not told" if channel else "the lift failed")
        text = (
            f"{standing.reference} (releases/{standing.slug}): {what}.\n\n{detail}\n\n"
            f"See: pressgen status {standing.slug}\nWhen that is fixed, run: pressgen engine retry\n"
        )
        key = compute_delivery_key(standing.reference, str(standing.revision), channel, detail)
        self._mail(f"Failed: {standing.reference}, {what}", text, key)

    def _mail(self, subject: str, text: str, key: str) -> None:
        try:
            self._announcer.mail_office(subject, text, key)
        except PressgenError as lack:
            self._tell(f"the office could not be mailed: {lack}")


def _read_clock() -> datetime:
    return datetime.now(UTC)
