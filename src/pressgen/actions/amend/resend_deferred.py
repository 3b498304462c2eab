"""Resend mails that a server deferred, without a person.

They go by the command that sent them first.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from pressgen.actions.amend.correct import CorrectionRequest, correct_release
from pressgen.actions.amend.move import MoveRequest, move_embargo
from pressgen.actions.amend.withdraw import withdraw_release
from pressgen.actions.distribute.issue import AGAIN, issue_release
from pressgen.actions.distribute.issue_plan import IssueRequest
from pressgen.actions.distribute.message import ISSUED, WITHDRAWN
from pressgen.actions.distribute.message_sender import SendOptions
from pressgen.actions.distribute.reader_copies import LOCKED, MARKED, CopyOptions, compute_delivery_key
from pressgen.actions.distribute.returned_mail import read_returned_mails_once, watch_returned_mails
from pressgen.actions.publish.lift_worker import lift_due_releases
from pressgen.actions.publish.lift_worker import run_lift_worker as lift
from pressgen.actions.publish.newsroom_folder import WORKER_ACTOR
from pressgen.actions.workspace.office import open_ledger
from pressgen.channels.retry import RetryPolicy
from pressgen.errors import PressgenError
from pressgen.model.event import Corrected, Issued, Moved, Sent
from pressgen.model.moment import Moment
from pressgen.model.readers import Reissued

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pressgen.actions.workspace.folder import Workspace
    from pressgen.ledger.ledger import Ledger
    from pressgen.model.event import Stamp
    from pressgen.model.standing import Standing

ROUND: Final = 60.0
"""Seconds between two rounds."""
FAREWELL: Final = 30.0
"""Seconds at the end to wait for a mail that is being sent. A timer's run reads mails for as long."""
FIRST: Final = timedelta(minutes=5)
"""The first pause: greylisting asks for minutes. Each later pause is twice the one before."""
LONGEST: Final = timedelta(hours=1)
GIVEN_UP: Final = timedelta(days=2)
"""After this time nothing is tried without a person: the release is no longer news."""


def run_worker(workspace: Workspace, name: str, tell: Callable[[str], None], stopped: threading.Event) -> None:
    """Lift what is due, resend deferred mails and read returned mails.

    It runs until `stopped` is set.

    Each has a thread of its own, so that no lift waits.

    Args and errors as those of `publish.lift_worker.run_lift_worker`.
    """
    resender = Resender(workspace, lambda: datetime.now(UTC), tell)
    resending = threading.Thread(target=resender.run_until, args=(stopped,), daemon=True)
    resending.start()
    returned = (workspace, lambda: datetime.now(UTC), tell, stopped)
    threading.Thread(target=watch_returned_mails, args=returned, daemon=True).start()
    lift(workspace, name, tell, stopped)
    resending.join(FAREWELL)


def run_worker_once(workspace: Workspace, horizon: timedelta, tell: Callable[[str], None]) -> None:
    """Lift what is due within `horizon`, and read returned mails.

    Then it ends; it is for a timer.

    Deferred mails are left to a worker, or to the command that sent them. A mail server or mailbox that does not answer
    must not delay the end: a timer starts no run while another one goes on, and lifts would be late.

    Args and errors as those of `publish.lift_worker.lift_due_releases`.
    """

    def read() -> None:
        if hindered := read_returned_mails_once(workspace, lambda: datetime.now(UTC), tell):
            tell(hindered)

    reading, began = threading.Thread(target=read, daemon=True), time.monotonic()
    reading.start()
    lift_due_releases(workspace, horizon, tell)
    reading.join(max(0.0, began + FAREWELL - time.monotonic()))
    if reading.is_alive():
        tell("not all returned mails have been read; the next run reads the rest")


@dataclass(frozen=True, slots=True)
class _DeferredDeliveries:
    """The deferred deliveries of one act, by key, and their first sender."""

    act: str
    actor: str
    marked: bool
    since: datetime
    keys: frozenset[str]


@dataclass(slots=True)
class Resender:
    """Sends deferred mails again, as often as mail servers accept.

    It does so whenever `run` is called.

    Attributes:
        tell: gets a line for each mail, and for each obstacle.
    """

    workspace: Workspace
    clock: Callable[[], datetime]
    tell: Callable[[str], None]
    _next: dict[tuple[str, str], tuple[datetime, timedelta]] = field(default_factory=dict)

    def run_until(self, stopped: threading.Event) -> None:
        """Resend what is due, again and again, until `stopped`.

        A database that is away for a while does not end it.
        """
        while not stopped.wait(ROUND):
            try:
                self.run()
            except Exception as fault:  # noqa: BLE001 - whatever a database raises
                self.tell(f"cannot send deferred mails again: {str(fault).partition(chr(10))[0]}")

    def run(self) -> None:
        """Resend what is due, for all releases."""
        now = self.clock()
        with open_ledger(self.workspace) as ledger:
            found = [
                (each, _list_deferred_deliveries(ledger, each, now))
                for each in ledger.standings().values()
                if each.failures
            ]
        for standing, owed in found:
            for each in owed:
                due, pause = self._next.get((standing.reference, each.act), (each.since + FIRST, FIRST))
                if due <= now < each.since + GIVEN_UP:
                    self._next[standing.reference, each.act] = now + pause, min(2 * pause, LONGEST)
                    self._resend(standing, each)

    def _resend(self, standing: Standing, owed: _DeferredDeliveries) -> None:
        watch = SendOptions(clock=self.clock, tell=self._tell_sent, patience=RetryPolicy(tries=1), only=owed.keys)
        path = self.workspace.root / "releases" / standing.slug
        try:
            with open_ledger(self.workspace) as ledger:
                stamps = ledger.entries(standing.reference)
            _rerun_act(self.workspace, standing, owed, stamps, watch)
        except PressgenError as fault:
            self.tell(f"{path.name}: mails that a server deferred cannot be sent yet: {'; '.join(fault.lines())}")

    def _tell_sent(self, sent: Sent) -> None:
        if sent.outcome != "deferred":
            self.tell(f"{sent.address}: {sent.channel}, sent later: {sent.outcome}, {sent.detail}")


def _list_deferred_deliveries(ledger: Ledger, standing: Standing, now: datetime) -> list[_DeferredDeliveries]:
    """List the deliveries that were deferred last, by act.

    Left out are those of a worker, since the scheduler tries them again; copies under a password, since only a person
    can make them again; and those that a server asked to delay, until then.
    """
    stamps = ledger.entries(standing.reference)
    last = {stamp.event.key: stamp for stamp in stamps if isinstance(stamp.event, Sent)}
    acts = _list_acts(stamps)
    found: dict[tuple[str, bool], tuple[Stamp, set[str]]] = {}
    for stamp in last.values():
        sent = stamp.event
        if (
            not isinstance(sent, Sent)
            or sent.outcome != "deferred"
            or LOCKED in sent.detail
            or stamp.actor == WORKER_ACTOR
        ):
            continue
        if now < stamp.at + timedelta(seconds=sent.wait):
            continue
        if act := _find_act(sent, standing, acts):
            marked = sent.detail.rpartition("; ")[2] == MARKED
            found.setdefault((act, marked), (stamp, set()))[1].add(sent.key)
    return [
        _DeferredDeliveries(act, first.actor, marked, first.at, frozenset(keys))
        for (act, marked), (first, keys) in found.items()
    ]


def _list_acts(stamps: Iterable[Stamp]) -> list[str]:
    """List the acts that mailed something of a release, or may have."""
    acts = [ISSUED, WITHDRAWN]
    for stamp in stamps:
        match stamp.event:
            case Corrected(version=version):
                acts.append(f"corrected {version}")
            case Reissued(number=number):
                acts.append(f"{AGAIN} {number}")
            case Moved(advisory=advisory):
                acts.append(f"moved {advisory}")
            case _:
                pass
    return list(dict.fromkeys(acts))


def _find_act(sent: Sent, standing: Standing, acts: Iterable[str]) -> str:
    """Return the act that a delivery belongs to, by its key.

    It is empty for a mail of the lift, which the scheduler tries again.
    """
    where = [sent.address] if sent.recipient else []
    about = (sent.version, sent.channel, *where)
    return next((act for act in acts if compute_delivery_key(standing.reference, act, *about) == sent.key), "")


def _rerun_act(
    workspace: Workspace, standing: Standing, owed: _DeferredDeliveries, stamps: Iterable[Stamp], watch: SendOptions
) -> None:
    """Run an act again for its deferred deliveries only."""
    path, copying, version = (
        workspace.root / "releases" / standing.slug,
        CopyOptions(marked=owed.marked),
        standing.version,
    )
    if owed.act == WITHDRAWN:
        withdraw_release(workspace, path, standing.withdrawn, owed.actor, watch)
    elif version is None:
        return
    elif owed.act == ISSUED:
        issued = [stamp.event for stamp in stamps if isinstance(stamp.event, Issued)]
        for name in {each.list: None for each in issued if each.version == version.digest}:
            issue_release(workspace, path, IssueRequest(name, copying), owed.actor, watch)
    elif owed.act.startswith(AGAIN):
        number = int(owed.act.removeprefix(AGAIN))
        for each in [stamp.event for stamp in stamps]:
            if isinstance(each, Reissued) and (each.number, each.version) == (number, version.digest):
                order = IssueRequest(each.list, copying, again=each.recipient, because=each.reason)
                issue_release(workspace, path, order, owed.actor, watch)
    elif owed.act.startswith("corrected"):
        correct_release(workspace, path, CorrectionRequest(copying=copying), owed.actor, watch)
    elif version.embargo is not None:
        to = f"{Moment(version.embargo, version.zone).local:%Y-%m-%d %H:%M}"
        move_embargo(workspace, path, MoveRequest(to=to, because="as before", copying=copying), owed.actor, watch)
