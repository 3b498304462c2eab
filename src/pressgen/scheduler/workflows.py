"""The order of a lift, as DBOS runs and remembers it: make ready, hold to the hour, publish, announce."""

from __future__ import annotations

import threading
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from dbos import DBOS, SetWorkflowID

from pressgen.errors import PressgenError
from pressgen.scheduler.handlers import Hopeless

if TYPE_CHECKING:
    from collections.abc import Callable

    from pressgen.scheduler.clock import Clock
    from pressgen.scheduler.handlers import Acts

VERSION: Final = "lift-1"
"""Bumped only when the order of steps changes: under another version what is under way would wait for ever."""
LIFTS, CHANNELS, ISSUES = "lifts", "channels", "issues"
DOORS: Final = 8
"""How many announcements one channel takes at a time; no channel waits at another's door."""
RECOVERIES: Final = 100


@dataclass(frozen=True, slots=True)
class Patience:
    """How often an act is tried, and at which attempt the desk is told; seconds between attempts, and their growth."""

    attempts: int
    told_at: int
    interval: float
    growth: float


PUBLISHING: Final = Patience(attempts=43_200, told_at=16, interval=2.0, growth=1.0)
"""Told after half a minute, and tried for a day: a disk may be cleared, a database come back."""
ANNOUNCING: Final = Patience(attempts=20, told_at=6, interval=5.0, growth=1.5)
"""Told after a minute, and tried for six hours."""


def lift_id(reference: str, revision: int) -> str:
    """The name of a lift's workflow; a second one of the same name is the first."""
    return f"lift:{quote(reference, safe='')}:{revision}"


def issue_id(reference: str, number: int, at_ms: int) -> str:
    """The name of the workflow of an issue that was ordered; at another hour it has another."""
    return f"issue:{quote(reference, safe='')}:{number}:{at_ms}"


def register(acts: Acts, clock: Clock) -> None:
    """Tell DBOS, before it is launched, its workflows; they call `acts` and are held to `clock`."""
    _register_lift(acts, clock, _register_channel(acts))
    _register_issue(acts, clock)


def _register_lift(acts: Acts, clock: Clock, channel: Callable[[str, int, str], None]) -> None:
    @DBOS.step(
        name="publish", retries_allowed=True, max_attempts=PUBLISHING.attempts,
        interval_seconds=PUBLISHING.interval, backoff_rate=PUBLISHING.growth,
    )  # fmt: skip
    def publish(reference: str, revision: int) -> dict[str, Any]:
        def act() -> list[str] | None:
            channels = acts.publish(reference, revision)
            return None if channels is None else list(channels)

        return _tried(act, PUBLISHING, lambda detail: acts.failed(reference, revision, "", detail))

    @DBOS.workflow(name="lift", max_recovery_attempts=RECOVERIES)
    def lift(reference: str, revision: int, at_ms: int) -> str:
        with suppress(Exception):  # met again when it is published
            acts.prepare(reference, revision)
        clock.hold_until(at_ms)
        done = publish(reference, revision)
        if refused := done.get("refused"):
            acts.failed(reference, revision, "", refused)
            raise Hopeless(refused)
        if done["result"] is None:
            return "superseded"
        for name in done["result"]:
            with SetWorkflowID(f"{lift_id(reference, revision)}:{quote(name, safe='')}"):
                DBOS.enqueue_workflow(CHANNELS, channel, reference, revision, name)
        return "lifted"


def _register_channel(acts: Acts) -> Callable[[str, int, str], None]:
    doors: defaultdict[str, threading.Semaphore] = defaultdict(lambda: threading.Semaphore(DOORS))

    @DBOS.step(
        name="announce", retries_allowed=True, max_attempts=ANNOUNCING.attempts,
        interval_seconds=ANNOUNCING.interval, backoff_rate=ANNOUNCING.growth,
    )  # fmt: skip
    def announce(reference: str, revision: int, name: str) -> dict[str, Any]:
        def act() -> None:
            with doors[name]:
                acts.announce(reference, revision, name)

        return _tried(act, ANNOUNCING, lambda detail: acts.failed(reference, revision, name, detail))

    @DBOS.workflow(name="channel", max_recovery_attempts=RECOVERIES)
    def channel(reference: str, revision: int, name: str) -> None:
        if refused := announce(reference, revision, name).get("refused"):
            acts.failed(reference, revision, name, refused)
            raise Hopeless(refused)

    return channel


def _register_issue(acts: Acts, clock: Clock) -> None:
    @DBOS.step(
        name="send_issue", retries_allowed=True, max_attempts=ANNOUNCING.attempts,
        interval_seconds=ANNOUNCING.interval, backoff_rate=ANNOUNCING.growth,
    )  # fmt: skip
    def send_issue(reference: str, number: int, at_ms: int) -> dict[str, Any]:
        return _tried(
            lambda: acts.issue(reference, number, at_ms),
            ANNOUNCING,
            lambda detail: acts.issue_failed(reference, number, detail, final=False),
        )

    @DBOS.workflow(name="issue", max_recovery_attempts=RECOVERIES)
    def issue(reference: str, number: int, at_ms: int) -> None:
        clock.hold_until(at_ms)
        if refused := send_issue(reference, number, at_ms).get("refused"):
            acts.issue_failed(reference, number, refused, final=True)
            raise Hopeless(refused)


def _tried(act: Callable[[], Any], patience: Patience, tell: Callable[[str], None]) -> dict[str, Any]:
    """One attempt: its result, or its refusal for good; a passing fault is raised, and DBOS tries again."""
    status = DBOS.step_status
    attempt = ((status and status.current_attempt) or 0) + 1
    try:
        return {"result": act()}
    except Hopeless as refusal:
        return {"refused": str(refusal)}
    except Exception as fault:
        detail = _worded(fault)
        if attempt == patience.told_at:
            with suppress(Exception):  # telling is no reason to stop trying
                tell(f"{detail}; it is being tried again")
        if attempt < patience.attempts:
            raise
        return {"refused": detail}


def _worded(fault: Exception) -> str:
    """A fault as people are told of it: pressgen's own words as they are, those of others with their kind."""
    return "; ".join(fault.lines()) if isinstance(fault, PressgenError) else f"{type(fault).__name__}: {fault}"
