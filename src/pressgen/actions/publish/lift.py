"""The lift: what the engine calls at the hour. Publish the approved files, record it, announce it."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pressgen.actions.distribute.copies import key_of
from pressgen.actions.distribute.html_part import approved_pages
from pressgen.actions.publish.announcing import Announcer, News
from pressgen.actions.publish.changes import LOOKED_FOR, owed_changes, tell_change
from pressgen.actions.publish.issue_orders import OrderedIssues, owed_issues
from pressgen.actions.publish.lasting import read_office_for_lifts
from pressgen.actions.publish.lift_lists import ListMailer
from pressgen.actions.publish.newsroom import Front
from pressgen.actions.publish.publish import OUT, ROBOT, NotNow, Publishing
from pressgen.actions.publish.watch import Watch
from pressgen.actions.workspace.office import open_ledger
from pressgen.errors import PressgenError
from pressgen.ledger.transaction import clock_doubt
from pressgen.model.decision import EmbargoEnded
from pressgen.model.event import Announced, LiftFailed
from pressgen.model.office import FolderChannel, GraphChannel, MailChannel, PostChannel, WebhookChannel
from pressgen.model.standing import State
from pressgen.scheduler.handlers import Due, Hopeless

if TYPE_CHECKING:
    from collections.abc import Callable

    from pressgen.actions.workspace.folder import Workspace
    from pressgen.model.event import Event
    from pressgen.model.standing import Standing


class Lifting:
    """The acts of the engine, over the ledger, the newsroom and the channels of a workspace. Close it.

    Attributes:
        tell: gets a line for each thing done, for whoever watches the worker.
    """

    def __init__(self, workspace: Workspace, tell: Callable[[str], None]) -> None:
        self._tell = tell
        self._workspace = workspace
        self._heard: dict[str, Standing] = {}
        reading = read_office_for_lifts(workspace)
        self._office = reading.office
        self._ledger = open_ledger(workspace)
        self._front = Front(workspace, self._office, self._ledger)
        self._announcer = Announcer(workspace, self._office, self._ledger, _now)
        self._lists = ListMailer(workspace, self._office, self._ledger, _now)
        self._orders = OrderedIssues(workspace, self._ledger, _now)
        self._doubted: set[datetime] = set()
        self._publishing = Publishing(self._ledger, self._front, tell)
        with suppress(PressgenError):  # a clock that is wrong now; the next worker records it
            self._front.record_address(datetime.now(UTC))
        self._watch = Watch(workspace, reading, self._ledger, self._front, tell, self._mail)
        self._watch.tidy()

    def close(self) -> None:
        """Take away what was made ready and not needed, and close the ledger."""
        self._publishing.close()
        self._front.close()
        self._ledger.close()

    def look_after_desk(self) -> None:
        """Look after the newsroom and the office's file, now and then; what is wrong is told, and repaired."""
        self._watch.look()

    def prepare(self, reference: str, revision: int) -> None:
        """Write the public files to the disk where nobody but the office reads; at the hour they are renamed."""
        self._publishing.prepare(reference, revision)

    def publish(self, reference: str, revision: int) -> list[str] | None:
        """Publish it if the ledger still says so at this moment; the channels to announce it to, or None.

        Raises:
            Hopeless: the approved files are not kept as they were approved.
            NotNow: the newsroom cannot be written, or the clock is before the hour.
        """
        public = self._publishing.publish(reference, revision)
        if public:
            self.see_clock()
        standing = self._ledger.standing(reference)
        if standing is None or standing.revision != revision:
            return self._channels(reference) if public else None
        owed = owed_changes(self._ledger, self._office, standing, datetime.now(UTC))
        names = [*(self._told_of(standing) if public else ()), *(each.channel for each in owed)]
        return list(dict.fromkeys(names)) if public or names else None

    def see_clock(self) -> None:
        """Mail the desk, once, where an entry of the ledger is ahead of the clock: until somebody says which is wrong.

        Lifts go on meanwhile: a clock that is behind makes them late, and never early.
        """
        last = self._ledger.last()
        doubt = clock_doubt(last, datetime.now(UTC))
        if last is None or not doubt or last.latest in self._doubted:
            return
        self._doubted.add(last.latest)
        self._tell(doubt)
        text = (
            f"{doubt}\n\nLifts go on. Everything else is refused until then: submit, approve, issue, schedule, move.\n"
        )
        self._mail("The clock and the ledger differ", text, key_of("clock", last.latest.isoformat()))

    def announce(self, reference: str, revision: int, channel: str) -> None:
        """Announce it to one channel, or send it to one list, and record that.

        Raises:
            Hopeless: the channel refuses it for good.
            NotNow: it does not answer.
        """
        standing = self._ledger.standing(reference)
        key = key_of(reference, str(revision), channel)
        if standing is None or standing.public_since is None:
            return
        if standing.state is State.WITHDRAWN or key in self._announced(reference, "ok"):
            self._tell_changes(standing, channel)  # and nobody is sent to a page that is withdrawn
            return
        if channel in self._office.lift_lists:
            outcome = self._lists.send_public(standing, channel)
        else:
            address = self._front.address(standing, standing.public_since)
            text, pages = self._front.public.text(standing), approved_pages(self._ledger, standing.version)
            news = News(standing, address, text, pages, self._early(standing))
            outcome = self._announcer.announce(news, channel)
        if not outcome.ok:
            raise Hopeless(outcome.detail) if outcome.permanent else NotNow(outcome.detail)
        done = Announced(revision=revision, channel=channel, outcome="ok", detail=outcome.detail, key=key)
        self._record(standing, done)
        self._tell(f"{reference}: {channel} told; {outcome.detail}")

    def failed(self, reference: str, revision: int, channel: str, detail: str) -> None:
        """Record that a lift, or one channel of it, fails, and mail it to the desk."""
        self._tell(f"{reference}: {channel or 'the lift'} fails: {detail}")
        standing = self._ledger.standing(reference)
        if standing is None or standing.revision != revision:
            return
        event: Event = LiftFailed(revision=revision, detail=detail)
        if channel:
            key = key_of(reference, str(revision), channel)
            event = Announced(revision=revision, channel=channel, outcome="failed", detail=detail, key=key)
        with suppress(PressgenError):  # a ledger that cannot be written is the likeliest reason of all
            self._record(standing, event)
        self._mail_desk(standing, channel, detail)

    def issue(self, reference: str, number: int, at_ms: int) -> None:
        """Issue what was ordered, if it is still to be issued at that instant.

        Raises:
            Hopeless: it may not go any more, or some of it is refused for good.
            NotNow: some of it was not taken; the next call tries that alone.
        """
        if done := self._orders.send(reference, number, at_ms):
            self._tell(done)

    def issue_failed(self, reference: str, number: int, detail: str, *, final: bool) -> None:
        """Mail it to the desk, and if it is final, record it."""
        self._tell(f"{reference}: the issue that was ordered fails: {detail}")
        standing = self._ledger.standing(reference)
        if standing is None or all(each.number != number for each in standing.pending_issues):
            return
        if final:
            with suppress(PressgenError):  # as above
                self._orders.end(reference, number, "failed", detail)
        self._mail_desk(standing, f"issue {number}", detail, "the issue that was ordered was not sent to everybody")

    def due(self, before: datetime) -> list[Due]:
        """Lifts and issues that the ledger owes before an instant, and lifts of which a channel has heard nothing.

        A lift that failed is not among them: the engine still tries it, or a person must look.
        """
        owed: list[Due] = []
        for standing in self._ledger.standings().values():
            owed += owed_issues(standing, before)
            at = standing.lift_at or standing.lifted_at
            if at is None or at > before:
                continue
            if (standing.lift_at and standing.state is not State.FAILED) or self._unheard(standing, before):
                owed.append(Due(at, standing.reference, standing.revision))
        return owed

    def _tell_changes(self, standing: Standing, channel: str) -> None:
        """Tell a web hook what became of a release since its lift.

        Raises:
            NotNow: it does not answer.
        """
        for owed in owed_changes(self._ledger, self._office, standing, datetime.now(UTC)):
            if owed.channel == channel and standing.public_since is not None:
                address = self._front.address(standing, standing.public_since)
                now = datetime.now(UTC)
                why = tell_change(self._workspace, self._office, self._ledger, owed, address, now)
                if why:
                    raise NotNow(why)
                self._tell(f"{standing.reference}: {channel} told that it was {owed.stamp.event.kind}")

    def _unheard(self, standing: Standing, now: datetime) -> bool:
        """Whether it was lifted, and a channel has heard nothing of it, or of what became of it since."""
        if self._heard.get(standing.reference) == standing:
            return False
        if owed_changes(self._ledger, self._office, standing, now):
            return True
        if standing.state in {State.CORRECTED, State.WITHDRAWN}:
            self._heard[standing.reference] = standing
        if standing.state not in OUT or standing.lifted_at is None or now - standing.lifted_at > LOOKED_FOR:
            return False
        told = self._announced(standing.reference, "ok", "failed")
        return any(
            key_of(standing.reference, str(standing.revision), name) not in told for name in self._told_of(standing)
        )

    def _channels(self, reference: str) -> list[str]:
        standing = self._ledger.standing(reference)
        return self._told_of(standing) if standing else []

    def _told_of(self, standing: Standing) -> list[str]:
        """The channels to announce a lift to; where an embargo was ended by decision, those told at issue as well.

        One mail channel is enough: it writes to everybody who has the release. Where the office has none any more, the
        one that brought the copies is named, so that its failure is recorded and the desk hears of it.
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
        """The decision by which the embargo ended before its hour, if one did."""
        if standing.embargo_ended is None:
            return None
        events = [stamp.event for stamp in self._ledger.entries(standing.reference)]
        return next((each for each in reversed(events) if isinstance(each, EmbargoEnded)), None)

    def _announced(self, reference: str, *outcomes: str) -> set[str]:
        """The keys of the announcements that were made, or tried, with one of the outcomes."""
        events = [stamp.event for stamp in self._ledger.entries(reference)]
        return {each.key for each in events if isinstance(each, Announced) and each.outcome in outcomes}

    def _record(self, standing: Standing, event: Event) -> None:
        now = datetime.now(UTC)
        with self._publishing.pen:
            self._ledger.append(event, reference=standing.reference, slug=standing.slug, actor=ROBOT, at=now)

    def _mail_desk(self, standing: Standing, channel: str, detail: str, what: str = "") -> None:
        what = what or (f"channel “{channel}” was not told" if channel else "the lift failed")
        text = (
            f"{standing.reference} (releases/{standing.slug}): {what}.\n\n{detail}\n\n"
            f"See: pressgen status {standing.slug}\nWhen the cause is mended: pressgen engine retry\n"
        )
        key = key_of(standing.reference, str(standing.revision), channel, detail)
        self._mail(f"Failed: {standing.reference}, {what}", text, key)

    def _mail(self, subject: str, text: str, key: str) -> None:
        try:
            self._announcer.tell_desk(subject, text, key)
        except PressgenError as lack:
            self._tell(f"the desk could not be mailed: {lack}")


def _now() -> datetime:
    return datetime.now(UTC)
