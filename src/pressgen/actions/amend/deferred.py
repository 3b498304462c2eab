"""Send later, without a person, what a mail server would not take for the moment: by the command that sent it first."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from pressgen.actions.amend.correct import CorrectOrder, correct
from pressgen.actions.amend.move import MoveOrder, move
from pressgen.actions.amend.withdraw import withdraw
from pressgen.actions.distribute.copies import LOCKED, MARKED, Copying, key_of
from pressgen.actions.distribute.issue import AGAIN, issue
from pressgen.actions.distribute.message import ISSUED, WITHDRAWN
from pressgen.actions.distribute.plan import IssueOrder
from pressgen.actions.distribute.returned import read_once, watch_returned
from pressgen.actions.distribute.sending import Watch
from pressgen.actions.publish.newsroom import WORKER
from pressgen.actions.publish.worker import lift_due
from pressgen.actions.publish.worker import work as lift
from pressgen.actions.workspace.office import open_ledger
from pressgen.channels.retry import Patience
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
"""Seconds between two looks."""
FAREWELL: Final = 30.0
"""Seconds that a mail which is being handed over is waited for at the end; those in which a timer's run reads mails."""
FIRST: Final = timedelta(minutes=5)
"""Greylisting asks for minutes; each later pause is twice the one before."""
LONGEST: Final = timedelta(hours=1)
GIVEN_UP: Final = timedelta(days=2)
"""After so long nothing is tried without a person any more: a release is no news then."""


def work(workspace: Workspace, name: str, tell: Callable[[str], None], stopped: threading.Event) -> None:
    """Lift what falls due, send later what was deferred, and read what came back, until `stopped`.

    Each has a thread of its own, so that no lift waits.

    Args and errors as those of `lifting.worker.work`.
    """
    resender = Resender(workspace, lambda: datetime.now(UTC), tell)
    resending = threading.Thread(target=resender.run_until, args=(stopped,), daemon=True)
    resending.start()
    returned = (workspace, lambda: datetime.now(UTC), tell, stopped)
    threading.Thread(target=watch_returned, args=returned, daemon=True).start()
    lift(workspace, name, tell, stopped)
    resending.join(FAREWELL)


def work_due(workspace: Workspace, horizon: timedelta, tell: Callable[[str], None]) -> None:
    """Lift what is due, and what falls due within `horizon`, and read what came back; then end. For a timer.

    What a mail server deferred is left to a worker, or to the command that sent it. A mail server, or a mailbox, that
    does not answer must not hold up the end: a timer begins no run while another goes on, and lifts would be late.

    Args and errors as those of `lifting.worker.lift_due`.
    """

    def read() -> None:
        if hindered := read_once(workspace, lambda: datetime.now(UTC), tell):
            tell(hindered)

    reading, began = threading.Thread(target=read, daemon=True), time.monotonic()
    reading.start()
    lift_due(workspace, horizon, tell)
    reading.join(max(0.0, began + FAREWELL - time.monotonic()))
    if reading.is_alive():
        tell("the returned mails are not read yet; the next run goes on")


@dataclass(frozen=True, slots=True)
class _Owed:
    """What is to be sent later of one act: the sendings by key, and who sent them first."""

    act: str
    actor: str
    marked: bool
    since: datetime
    keys: frozenset[str]


@dataclass(slots=True)
class Resender:
    """Sends what was deferred, as often as `run` is called and no oftener than mail servers like.

    Attributes:
        tell: gets a line for each mail, and for what keeps one back.
    """

    workspace: Workspace
    clock: Callable[[], datetime]
    tell: Callable[[str], None]
    _next: dict[tuple[str, str], tuple[datetime, timedelta]] = field(default_factory=dict)

    def run_until(self, stopped: threading.Event) -> None:
        """Try what is due, again and again, until `stopped`; a database that is away for a while ends nothing."""
        while not stopped.wait(ROUND):
            try:
                self.run()
            except Exception as fault:  # noqa: BLE001 - whatever a database raises
                self.tell(f"cannot look after deferred mails: {str(fault).partition(chr(10))[0]}")

    def run(self) -> None:
        """Try what is due of all releases."""
        now = self.clock()
        with open_ledger(self.workspace) as ledger:
            found = [(each, _owed(ledger, each, now)) for each in ledger.standings().values() if each.failures]
        for standing, owed in found:
            for each in owed:
                due, pause = self._next.get((standing.reference, each.act), (each.since + FIRST, FIRST))
                if due <= now < each.since + GIVEN_UP:
                    self._next[standing.reference, each.act] = now + pause, min(2 * pause, LONGEST)
                    self._resend(standing, each)

    def _resend(self, standing: Standing, owed: _Owed) -> None:
        watch = Watch(clock=self.clock, tell=self._tell_sent, patience=Patience(tries=1), only=owed.keys)
        path = self.workspace.root / "releases" / standing.slug
        try:
            with open_ledger(self.workspace) as ledger:
                stamps = ledger.entries(standing.reference)
            _again(self.workspace, standing, owed, stamps, watch)
        except PressgenError as fault:
            self.tell(f"{path.name}: what a mail server deferred is still kept back: {'; '.join(fault.lines())}")

    def _tell_sent(self, sent: Sent) -> None:
        if sent.outcome != "deferred":
            self.tell(f"{sent.address}: {sent.channel}, sent later: {sent.outcome}, {sent.detail}")


def _owed(ledger: Ledger, standing: Standing, now: datetime) -> list[_Owed]:
    """What was deferred last, by act.

    Not what a worker sends, which the engine has it try again; nor copies under a password, which only a person can
    make again; nor, for as long, what a server asked to wait with.
    """
    stamps = ledger.entries(standing.reference)
    last = {stamp.event.key: stamp for stamp in stamps if isinstance(stamp.event, Sent)}
    acts = _acts(stamps)
    found: dict[tuple[str, bool], tuple[Stamp, set[str]]] = {}
    for stamp in last.values():
        sent = stamp.event
        if not isinstance(sent, Sent) or sent.outcome != "deferred" or LOCKED in sent.detail or stamp.actor == WORKER:
            continue
        if now < stamp.at + timedelta(seconds=sent.wait):
            continue
        if act := _act_of(sent, standing, acts):
            marked = sent.detail.rpartition("; ")[2] == MARKED
            found.setdefault((act, marked), (stamp, set()))[1].add(sent.key)
    return [
        _Owed(act, first.actor, marked, first.at, frozenset(keys)) for (act, marked), (first, keys) in found.items()
    ]


def _acts(stamps: Iterable[Stamp]) -> list[str]:
    """The acts by which something of a release was mailed, or may have been."""
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


def _act_of(sent: Sent, standing: Standing, acts: Iterable[str]) -> str:
    """The act that a sending belongs to, by its key; empty for a mail of the lift, which the engine tries again."""
    where = [sent.address] if sent.recipient else []
    about = (sent.version, sent.channel, *where)
    return next((act for act in acts if key_of(standing.reference, act, *about) == sent.key), "")


def _again(workspace: Workspace, standing: Standing, owed: _Owed, stamps: Iterable[Stamp], watch: Watch) -> None:
    """Run the command of an act again, for what was deferred of it alone."""
    path, copying, version = workspace.root / "releases" / standing.slug, Copying(marked=owed.marked), standing.version
    if owed.act == WITHDRAWN:
        withdraw(workspace, path, standing.withdrawn, owed.actor, watch)
    elif version is None:
        return
    elif owed.act == ISSUED:
        issued = [stamp.event for stamp in stamps if isinstance(stamp.event, Issued)]
        for name in {each.list: None for each in issued if each.version == version.digest}:
            issue(workspace, path, IssueOrder(name, copying), owed.actor, watch)
    elif owed.act.startswith(AGAIN):
        number = int(owed.act.removeprefix(AGAIN))
        for each in [stamp.event for stamp in stamps]:
            if isinstance(each, Reissued) and (each.number, each.version) == (number, version.digest):
                order = IssueOrder(each.list, copying, again=each.recipient, because=each.reason)
                issue(workspace, path, order, owed.actor, watch)
    elif owed.act.startswith("corrected"):
        correct(workspace, path, CorrectOrder(copying=copying), owed.actor, watch)
    elif version.embargo is not None:
        to = f"{Moment(version.embargo, version.zone).local:%Y-%m-%d %H:%M}"
        move(workspace, path, MoveOrder(to=to, because="as before", copying=copying), owed.actor, watch)
