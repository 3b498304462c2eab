"""`pressgen build --queue`, `pressgen worker --queue archive`, `pressgen engine batch`.

Many machines build releases together.
"""

from __future__ import annotations

import os
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pressgen.cli.progress import show_progress
from pressgen.cli.terminal import echo, echo_styled
from pressgen.errors import UsageError

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Sequence

    from pressgen.actions.build.build import BuildRequest
    from pressgen.scheduler.batches import Batch

GLANCE = 1.0
"""Seconds between two checks of a batch."""
SCRATCH = "PRESSGEN_SCRATCH"


def queue_build(requests: Sequence[BuildRequest], to: str, *, wait: bool) -> int:
    """Send releases to workers on other machines; return the exit code."""
    from pressgen.actions.batch.send import BatchSender  # noqa: PLC0415
    from pressgen.actions.batch.work_package import BatchRequest  # noqa: PLC0415
    from pressgen.channels.object_store import ObjectStore  # noqa: PLC0415 - only who shares work needs it

    depot = ObjectStore(to)
    first = requests[0]  # they differ in the release alone
    request = BatchRequest(tuple(first.formats), tuple(first.variants), first.force)
    with show_progress(len(requests)) as advance:
        sender = BatchSender(first.workspace, depot, request)
        sent = sender.send([each.release for each in requests], datetime.now(UTC), advance)
    for _, refusal in sent.refused:
        _print_in_red(refusal.lines())
    same = f", {sent.same} are there as they would be made" * bool(sent.same)
    if not sent.batch:
        echo(f"nothing is to be made{same}", err=True)
        return 1 if sent.refused else 0
    echo(f"batch {sent.batch}: {sent.releases} releases in {sent.chunks} chunks{same}")
    if wait:
        return max(report_batch(sent.batch, wait=True), 1 if sent.refused else 0)
    echo("made by: pressgen worker --queue archive; follow it with: pressgen engine batch --wait", err=True)
    return 1 if sent.refused else 0


def run_archive_worker(
    name: str, jobs: int | None, say: Callable[[str], None], stopped: threading.Event, *, once: bool
) -> None:
    """Build releases that others send, until stopped.

    With `once`, end when nothing is left.
    """
    from pressgen.actions.batch.work import run_build_service as make  # noqa: PLC0415 - heavy

    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    make(name, Path(os.environ.get(SCRATCH) or Path(home) / "pressgen"), jobs, say, stopped, until_empty=once)


def report_batch(name: str | None, *, wait: bool = False, cancel: bool = False) -> int:
    """Print the state of a batch; return the exit code.

    With `wait`, follow it to its end. The code is 1 if anything was refused or not made.
    """
    from pressgen.actions.batch.record import find_batch, open_batches  # noqa: PLC0415
    from pressgen.actions.batch.results import read_refusals  # noqa: PLC0415
    from pressgen.channels.object_store import ObjectStore  # noqa: PLC0415 - as in queue_build

    with open_batches() as held:
        found = find_batch(held, name)
        if cancel:
            held.cancel(found)
            found = find_batch(held, found.name)
        if wait and found.under_way:
            with suppress(KeyboardInterrupt):  # the batch continues without us
                found = _follow_batch(found, lambda: find_batch(held, found.name))
    echo(_format_batch(found))
    for each in found.failed:
        _print_in_red([f"chunk {each.chunk.number}: {each.detail or 'was ended'}; its releases go with the next batch"])
    for reasons in read_refusals(ObjectStore(found.depot), found).values() if found.counted()["refused"] else ():
        _print_in_red(reasons)
    return 1 if found.failed or found.counted()["refused"] else 0


def list_latest_batches(latest: int) -> list[str]:
    """Return a line for each of the latest batches.

    There are none where the scheduler serves only this machine.
    """
    from pressgen.actions.batch.record import open_batches  # noqa: PLC0415 - heavy

    with suppress(UsageError), open_batches() as held:
        return [_format_batch(each) for each in held.batches()[-latest:]]
    return []


def _follow_batch(found: Batch, look: Callable[[], Batch]) -> Batch:
    """Wait for the end of a batch, and return it.

    A terminal shows a progress bar.
    """
    told = 0
    with show_progress(found.releases) as advance:
        while True:
            done = sum(found.counted().values())
            for _ in range(done - told):
                advance(f"batch {found.name}")
            told = done
            if not found.under_way:
                return found
            time.sleep(GLANCE)
            found = look()


def _format_batch(found: Batch) -> str:
    counted = {**found.counted()}
    left = found.releases - sum(counted.values())
    told = [f"{number} {what}" for what, number in {**counted, "to be made": left}.items() if number]
    at_work = sorted({each.worker for each in found.sent if each.state.value == "running" and each.worker})
    chunks = found.sent[0].chunk.chunks
    parts = f"; only {len(found.sent)} of {chunks} chunks were sent" * (len(found.sent) < chunks)
    hands = f"; at work: {', '.join(at_work)}" * bool(at_work)
    return f"batch {found.name} into {found.depot}: {found.releases} releases: {', '.join(told)}{hands}{parts}"


def _print_in_red(lines: Sequence[str]) -> None:
    for line in lines:
        echo_styled(line, err=True, fg="red")
