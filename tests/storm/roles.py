"""Who acts in a storm: workers, and people at their commands. Each is pressgen's own act, as the command calls it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from pressgen.actions.amend.correct import CorrectionRequest, correct_release
from pressgen.actions.amend.move import MoveRequest, move_embargo
from pressgen.actions.amend.withdraw import withdraw_release
from pressgen.actions.approve.approve import approve_release
from pressgen.actions.approve.submit import submit_release
from pressgen.actions.check.check import check_release
from pressgen.actions.check.fix import apply_fixes, save_fixes
from pressgen.actions.distribute.issue import issue_release
from pressgen.actions.distribute.issue_plan import IssueRequest
from pressgen.actions.publish.lift_handlers import WorkspaceHandlers
from pressgen.actions.review.accept import apply_decision
from pressgen.actions.review.decisions import ReviewDecision
from pressgen.actions.review.receive import read_returned_copy
from pressgen.errors import InputError, PressgenError
from pressgen.scheduler.clock import TrustedClock
from pressgen.scheduler.handlers import DueJob, PermanentFailureError
from storm.office import RETURNED, Office, now
from storm.scheduler import Process, Scheduler, actor_here, unseen
from storm.world import world

LEAD = 60.0
"""Seconds before the hour at which a worker takes a lift; as in pressgen.scheduler.client."""
ROUND = 6.0
"""Seconds between two rounds: fewer than a worker has, since most find nothing to do, and cost as much as a lift."""
COMPARED = 5
"""Every how many rounds a worker asks the ledger what is owed: each half minute, as in pressgen.scheduler.worker."""
AGAIN = 2.0
TRIES = 60
LATER, EARLIER = "2031-04-02 00:03", "2031-04-02 00:00"


@dataclass
class Saves:
    """What was saved in the release's file, and what pressgen said of what it put in."""

    notes: list[str] = field(default_factory=list)
    put_in: list[str] = field(default_factory=list)


@dataclass
class Act:
    """A person's command, done until it ends by itself.

    Attributes:
        done: whether it was ended by pressgen, well or by a refusal; a killed one is begun again.
        said: what it refused.
    """

    name: str
    do: Callable[[Office], object]
    done: bool = False
    said: list[str] = field(default_factory=list)

    def run(self, office: Office) -> None:
        try:
            self.do(office)
        except PressgenError as refusal:
            self.said.append("; ".join(refusal.lines()))
        self.done = True


def issuing(slug: str) -> Act:
    return Act(
        f"issue {slug}",
        lambda office: issue_release(
            office.workspace, office.folder(slug), IssueRequest("national"), "head", office.watch()
        ),
    )


def moving(slug: str, to: str) -> Act:
    order = MoveRequest(to=to, because="asked")
    return Act(
        f"move {slug} {to}",
        lambda office: move_embargo(office.workspace, office.folder(slug), order, "head", office.watch()),
    )


def withdrawing(slug: str) -> Act:
    return Act(
        f"withdraw {slug}",
        lambda office: withdraw_release(office.workspace, office.folder(slug), "wrong", "head", office.watch()),
    )


def correcting(slug: str) -> Act:
    return Act(
        f"correct {slug}",
        lambda office: correct_release(
            office.workspace, office.folder(slug), CorrectionRequest(), "head", office.watch()
        ),
    )


def submitting(slug: str) -> Act:
    return Act(f"submit {slug}", lambda office: submit_release(office.workspace, office.folder(slug), "writer", now()))


def approving(slug: str) -> Act:
    return Act(f"approve {slug}", lambda office: approve_release(office.workspace, office.folder(slug), "head", now()))


def reviewing(slug: str, saves: Saves, wanted: tuple[int, ...]) -> Act:
    words = {1: "three years", 2: "higher up"}

    def do(office: Office) -> None:
        one = read_returned_copy(office.workspace, office.root / RETURNED)
        applied = apply_decision(office.workspace, one, ReviewDecision(dict.fromkeys(wanted, ""), {}, "head"), now())
        if applied.file:
            saves.put_in += [words[each] for each in applied.done]

    return Act(f"review {slug} {wanted}", do)


def mending(slug: str, saves: Saves) -> Act:
    def do(office: Office) -> None:
        files = apply_fixes(check_release(office.workspace, office.folder(slug), now()).mends)
        outcome = save_fixes(office.workspace, files)
        if outcome.saved:
            saves.put_in.append("in the rain")
        if outcome.problems:
            raise InputError(outcome.problems)

    return Act(f"fix {slug}", do)


def editing(slug: str, saves: Saves, count: int) -> Act:
    """An editor's program, which saves the file as it lies there with a line more."""

    def do(office: Office) -> None:
        file = office.folder(slug) / "release.yaml"
        here = world()
        assert here
        for number in range(count):
            here.scheduler.sleep(here.scheduler.chance.expovariate(1 / 0.03))
            here.scheduler.cross(f"an editor saves {number}")
            with unseen(actor_here()):
                note = f"# note {len(saves.notes)}\n"
                new = file.with_suffix(".new")
                new.write_text(file.read_text() + note)
                os.replace(new, file)  # noqa: PTH105
                saves.notes.append(note)

    return Act(f"edit {slug}", do)


@dataclass
class Worker:
    """A worker: a process that lifts what falls due, each lift in a thread of its own, until `ends`.

    It stands for pressgen.scheduler.worker without DBOS: each lift reaches every worker, as after a takeover.
    """

    name: str
    ends: float
    told: list[str] = field(default_factory=list)
    overdue: int = 0

    def run(self, office: Office, scheduler: Scheduler, process: Process) -> None:
        clock = TrustedClock()
        lifting = WorkspaceHandlers(office.workspace, self.told.append)
        lifting.check_clock()
        begun: set[tuple[str, int]] = set()
        rounds = 0
        while scheduler.clock.true < self.ends:
            jobs = dict(office.wakings.due)
            if rounds % COMPARED == 0:
                with suppress(PressgenError):
                    jobs |= _owed(lifting)
            for key, job in sorted(jobs.items()):
                if key not in begun and job.at.timestamp() - scheduler.clock.wall < LEAD:
                    begun.add(key)
                    at = round(job.at.timestamp() * 1000)
                    work = _lift(lifting, clock, key, at)
                    scheduler.spawn(f"{self.name}/{key[0]}.{key[1]}", process, work)
            lifting.check_workspace()
            clock.now()
            rounds += 1
            scheduler.sleep(ROUND)
        lifting.close()


def _owed(lifting: WorkspaceHandlers) -> dict[tuple[str, int], DueJob]:
    return {(each.reference, each.revision): each for each in lifting.due(now() + timedelta(minutes=2))}


def _lift(lifting: WorkspaceHandlers, clock: TrustedClock, key: tuple[str, int], at_ms: int) -> Callable[[], None]:
    """The order of a lift, as pressgen.scheduler.workflows has it."""

    def work() -> None:
        with suppress(Exception):
            lifting.prepare(*key)
        clock.hold_until(at_ms, time.sleep)
        try:
            channels = _tried(lambda: lifting.publish(*key))
        except PermanentFailureError as refusal:
            lifting.failed(*key, "", str(refusal))
            return
        for channel in channels or ():
            try:
                _tried(lambda name=channel: lifting.announce(*key, name))  # type: ignore[misc]
            except PermanentFailureError as refusal:
                lifting.failed(*key, channel, str(refusal))

    return work


def _tried(act: Callable[[], Any]) -> Any:  # noqa: ANN401
    """What comes of it at last: passing faults are tried again, as DBOS does."""
    here = world()
    assert here
    for attempt in range(TRIES):
        try:
            return act()
        except PermanentFailureError:
            raise
        except Exception as fault:  # noqa: BLE001 - as pressgen.scheduler.workflows has it
            here.scheduler.trace.append(f"{here.scheduler.stamp} fault {attempt}: {fault!r}")
            here.scheduler.sleep(AGAIN)
    raise PermanentFailureError("tried in vain")
