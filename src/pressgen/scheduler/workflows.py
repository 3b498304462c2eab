"""The steps of a lift, as DBOS runs and remembers them.

They are: prepare, wait for the hour, publish, announce.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from dbos import DBOS, SetWorkflowID

from pressgen.errors import PressgenError, describe_fault
from pressgen.scheduler.handlers import PermanentFailureError, TemporaryFailureError

if TYPE_CHECKING:
    from collections.abc import Callable

    from pressgen.scheduler.clock import TrustedClock
    from pressgen.scheduler.handlers import SchedulerHandlers

VERSION: Final = "lift-1"
"""Raised only when the order of steps changes: running workflows of another version would wait for ever."""
LIFTS, CHANNELS, ISSUES = "lifts", "channels", "issues"
CHANNEL_SLOTS: Final = 8
"""How many announcements one channel takes at a time; no channel waits for another."""
RECOVERIES: Final = 100


@dataclass(frozen=True, slots=True)
class WorkflowRetryPolicy:
    """How often a step is tried, and when a failure is reported.

    Times are in seconds; the pause between attempts grows by `growth`.
    """

    attempts: int
    reported_at: int
    interval: float
    growth: float


PUBLISHING: Final = WorkflowRetryPolicy(attempts=43_200, reported_at=16, interval=2.0, growth=1.0)
"""Reported after half a minute, and tried for a day: a disk may be cleared, a database may come back."""
ANNOUNCING: Final = WorkflowRetryPolicy(attempts=20, reported_at=6, interval=5.0, growth=1.5)
"""Reported after a minute, and tried for six hours."""


def format_lift_id(reference: str, revision: int) -> str:
    """Return the workflow id of a lift.

    A second workflow of the same id is the first.
    """
    return f"lift:{quote(reference, safe='')}:{revision}"


def format_issue_id(reference: str, number: int, at_ms: int) -> str:
    """Return the workflow id of a scheduled issue.

    At another hour, the issue has another id.
    """
    return f"issue:{quote(reference, safe='')}:{number}:{at_ms}"


def register_workflows(handlers: SchedulerHandlers, clock: TrustedClock) -> None:
    """Register the workflows with DBOS before it is launched.

    They call `handlers` and wait by `clock`.
    """
    _register_lift(handlers, clock, _register_channel(handlers))
    _register_issue(handlers, clock)


def _register_lift(handlers: SchedulerHandlers, clock: TrustedClock, channel: Callable[[str, int, str], None]) -> None:
    @DBOS.step(
        name="publish", retries_allowed=True, max_attempts=PUBLISHING.attempts,
        interval_seconds=PUBLISHING.interval, backoff_rate=PUBLISHING.growth,
    )  # fmt: skip
    def publish(reference: str, revision: int) -> dict[str, Any]:
        def run() -> list[str] | None:
            channels = handlers.publish(reference, revision)
            return None if channels is None else list(channels)

        return _attempt(run, PUBLISHING, lambda detail: handlers.failed(reference, revision, "", detail))

    @DBOS.workflow(name="lift", max_recovery_attempts=RECOVERIES)
    def lift(reference: str, revision: int, at_ms: int) -> str:
        with suppress(Exception):  # met again when it is published
            handlers.prepare(reference, revision)
        clock.hold_until(at_ms)
        done = publish(reference, revision)
        if refused := done.get("refused"):
            handlers.failed(reference, revision, "", refused)
            raise PermanentFailureError(refused)
        if done["result"] is None:
            return "superseded"
        for name in done["result"]:
            with SetWorkflowID(f"{format_lift_id(reference, revision)}:{quote(name, safe='')}"):
                DBOS.enqueue_workflow(CHANNELS, channel, reference, revision, name)
        return "lifted"


def _register_channel(handlers: SchedulerHandlers) -> Callable[[str, int, str], None]:
    channel_slots: defaultdict[str, threading.Semaphore] = defaultdict(lambda: threading.Semaphore(CHANNEL_SLOTS))

    @DBOS.step(
        name="announce", retries_allowed=True, max_attempts=ANNOUNCING.attempts,
        interval_seconds=ANNOUNCING.interval, backoff_rate=ANNOUNCING.growth,
    )  # fmt: skip
    def announce(reference: str, revision: int, name: str) -> dict[str, Any]:
        def run() -> None:
            with channel_slots[name]:
                handlers.announce(reference, revision, name)

        return _attempt(run, ANNOUNCING, lambda detail: handlers.failed(reference, revision, name, detail))

    @DBOS.workflow(name="channel", max_recovery_attempts=RECOVERIES)
    def channel(reference: str, revision: int, name: str) -> None:
        if refused := announce(reference, revision, name).get("refused"):
            handlers.failed(reference, revision, name, refused)
            raise PermanentFailureError(refused)

    return channel


def _register_issue(handlers: SchedulerHandlers, clock: TrustedClock) -> None:
    @DBOS.step(
        name="send_issue", retries_allowed=True, max_attempts=ANNOUNCING.attempts,
        interval_seconds=ANNOUNCING.interval, backoff_rate=ANNOUNCING.growth,
    )  # fmt: skip
    def send_issue(reference: str, number: int, at_ms: int) -> dict[str, Any]:
        return _attempt(
            lambda: handlers.issue(reference, number, at_ms),
            ANNOUNCING,
            lambda detail: handlers.issue_failed(reference, number, detail, final=False),
        )

    @DBOS.workflow(name="issue", max_recovery_attempts=RECOVERIES)
    def issue(reference: str, number: int, at_ms: int) -> None:
        clock.hold_until(at_ms)
        if refused := send_issue(reference, number, at_ms).get("refused"):
            handlers.issue_failed(reference, number, refused, final=True)
            raise PermanentFailureError(refused)


def _attempt(run: Callable[[], Any], policy: WorkflowRetryPolicy, tell: Callable[[str], None]) -> dict[str, Any]:
    """Make one attempt; return its result, or its permanent failure.

    A temporary failure is raised, and DBOS tries again.
    """
    status = DBOS.step_status
    attempt = ((status and status.current_attempt) or 0) + 1
    try:
        return {"result": run()}
    except PermanentFailureError as refusal:
        return {"refused": str(refusal)}
    except Exception as fault:
        detail = _describe_failure(fault)
        if attempt == policy.reported_at:
            with suppress(Exception):  # a failed report is no reason to stop
                tell(f"{detail}; it is being tried again")
        if attempt < policy.attempts:
            raise
        return {"refused": detail}


def _describe_failure(fault: Exception) -> str:
    """Describe a failure for people.

    pressgen's own messages are unchanged. An error of the program itself gets a code, for a report.
    """
    match fault:
        case PressgenError():
            return "; ".join(fault.lines())
        case TemporaryFailureError():
            return str(fault)
        case OSError(strerror=str(why)):
            return f"{fault.filename}: {why}" if fault.filename else why
        case _:
            return f"pressgen itself is at fault ({describe_fault(fault)}); please report it"
