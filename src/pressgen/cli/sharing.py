"""`pressgen build --queue`, `pressgen worker --queue archive`, `pressgen engine batch`: many machines make releases."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pressgen.cli.progress import progress
from pressgen.cli.terminal import echo, secho
from pressgen.errors import WrongUse

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Sequence

    from pressgen.actions.build.build import Order
    from pressgen.actions.workspace.folder import Workspace
    from pressgen.scheduler.batches import Batch

GLANCE = 1.0
"""Seconds between two looks at a batch."""
SCRATCH = "PRESSGEN_SCRATCH"


def queue(workspace: Workspace, files: Sequence[Path], order: Order, to: str, *, force: bool, wait: bool) -> int:
    """Send the releases that `files` hold to workers, into the depot `to`; the exit code."""
    from pressgen.actions.batch.send import Sender  # noqa: PLC0415
    from pressgen.actions.batch.work_package import Ordered  # noqa: PLC0415
    from pressgen.channels.object_store import Depot  # noqa: PLC0415 - only who shares work needs it

    depot = Depot(to)
    sender = Sender(workspace, depot, Ordered(tuple(order.formats), tuple(order.variants), force))
    with progress(len(files)) as advance:
        sent = sender.send(files, datetime.now(UTC), advance)
    for _, refusal in sent.refused:
        _in_red(refusal.lines())
    same = f", {sent.same} are there as they would be made" * bool(sent.same)
    if not sent.batch:
        echo(f"nothing is to be made{same}", err=True)
        return 1 if sent.refused else 0
    echo(f"batch {sent.batch}: {sent.releases} releases in {sent.chunks} chunks{same}")
    if wait:
        return max(batch(sent.batch, wait=True), 1 if sent.refused else 0)
    echo("made by: pressgen worker --queue archive; follow it with: pressgen engine batch --wait", err=True)
    return 1 if sent.refused else 0


def work(name: str, jobs: int | None, say: Callable[[str], None], stopped: threading.Event, *, once: bool) -> None:
    """Make what is sent, until stopped; with `once`, until nothing is left."""
    from pressgen.actions.batch.work import work as make  # noqa: PLC0415 - heavy

    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    make(name, Path(os.environ.get(SCRATCH) or Path(home) / "pressgen"), jobs, say, stopped, until_empty=once)


def batch(name: str | None, *, wait: bool = False, cancel: bool = False) -> int:
    """Tell how a batch stands, or follow it to its end; the exit code: 1 where anything was refused or not made."""
    from pressgen.actions.batch.record import batch_of, batches  # noqa: PLC0415
    from pressgen.actions.batch.results import refused  # noqa: PLC0415
    from pressgen.channels.object_store import Depot  # noqa: PLC0415 - as in queue

    with batches() as held:
        found = batch_of(held, name)
        if cancel:
            held.cancel(found)
            found = batch_of(held, found.name)
        if wait and found.under_way:
            with suppress(KeyboardInterrupt):  # it goes on without anybody who looks
                found = _followed(found, lambda: batch_of(held, found.name))
    echo(_line(found))
    for each in found.failed:
        _in_red([f"chunk {each.chunk.number}: {each.detail or 'was ended'}; its releases go with the next batch"])
    for reasons in refused(Depot(found.depot), found).values() if found.counted()["refused"] else ():
        _in_red(reasons)
    return 1 if found.failed or found.counted()["refused"] else 0


def listed(latest: int) -> list[str]:
    """A line for each of the latest batches; none where the engine is this machine's alone."""
    from pressgen.actions.batch.record import batches  # noqa: PLC0415 - heavy

    with suppress(WrongUse), batches() as held:
        return [_line(each) for each in held.batches()[-latest:]]
    return []


def _followed(found: Batch, look: Callable[[], Batch]) -> Batch:
    """The batch at its end; a bar on a terminal until then."""
    told = 0
    with progress(found.releases) as advance:
        while True:
            done = sum(found.counted().values())
            for _ in range(done - told):
                advance(f"batch {found.name}")
            told = done
            if not found.under_way:
                return found
            time.sleep(GLANCE)
            found = look()


def _line(found: Batch) -> str:
    counted = {**found.counted()}
    left = found.releases - sum(counted.values())
    told = [f"{number} {what}" for what, number in {**counted, "to be made": left}.items() if number]
    at_work = sorted({each.worker for each in found.sent if each.state.value == "running" and each.worker})
    chunks = found.sent[0].chunk.chunks
    parts = f"; only {len(found.sent)} of {chunks} chunks were sent" * (len(found.sent) < chunks)
    hands = f"; at work: {', '.join(at_work)}" * bool(at_work)
    return f"batch {found.name} into {found.depot}: {found.releases} releases: {', '.join(told)}{hands}{parts}"


def _in_red(lines: Sequence[str]) -> None:
    for line in lines:
        secho(line, err=True, fg="red")
