"""Build many releases, on all cores.

Unchanged releases are skipped at once. Worker processes build the others, one at a time each. They stay alive, so that
each reads houses, stylesheets and fonts only once. A release that kills its worker is reported like any other fault. An
interrupt stops the run between two releases.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections import deque
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pressgen.actions.build.build import BuildResult, build, find_rebuild_reasons
from pressgen.actions.build.cache import BuildCache
from pressgen.errors import EnvironmentFailureError, InputError, Place, Problem

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess
    from pathlib import Path

    from pressgen.actions.build.build import BuildRequest
    from pressgen.actions.workspace.folder import Workspace

    Task = tuple[BuildRequest, list[str]]
    Outcome = BuildResult | InputError
    Answer = BuildResult | tuple[Problem, ...] | str

PATIENCE = 20
"""Seconds for a worker to finish its release when the run is stopped."""

GC_THRESHOLD = 50_000
"""New objects between two searches for reference cycles: a release makes several times as many, and few last."""

LIFETIME = 400
"""Releases after which a worker is replaced by a fresh one, so that memory leaks of libraries stay small."""


def build_many(
    requests: Sequence[BuildRequest], cache: BuildCache, jobs: int | None = None
) -> Generator[tuple[Path, BuildResult | InputError]]:
    """Build many releases that changed, and yield each result when ready.

    Args:
        requests: one for each release, in one workspace.
        cache: what earlier builds left.
        jobs: how many processes to use; None for one a core.

    Yields:
        the file of a release, and its result or why it is refused. Results of other processes have no contents.

    Raises:
        EnvironmentFailureError: a library for PDF is missing on this machine.
    """
    tasks: list[Task] = []
    for request in requests:
        try:
            reasons = find_rebuild_reasons(request, cache)
        except InputError as refusal:
            yield request.release, refusal
            continue
        if reasons:
            tasks.append((request, reasons))
        else:
            yield request.release, BuildResult()
    workers = min(jobs or os.cpu_count() or 1, len(tasks))
    if workers > 1:
        yield from _build_in_parallel(tasks, workers)
        return
    for request, reasons in tasks:
        try:
            yield request.release, build(request, cache, reasons)
        except InputError as refusal:
            yield request.release, refusal


@dataclass(slots=True)
class BuildWorker:
    """A worker process that builds releases.

    Attributes:
        connection: the pipe to it and back.
        request: what it is building.
    """

    process: BaseProcess
    connection: Connection[Task, tuple[Answer, bool]]
    request: BuildRequest

    def begin(self, task: Task) -> None:
        """Send it a release to build."""
        self.request = task[0]
        self.connection.send(task)


def _build_in_parallel(tasks: Sequence[Task], number: int) -> Generator[tuple[Path, Outcome]]:
    """Build releases in worker processes, and yield each result when ready.

    Raises:
        EnvironmentFailureError: as `build` does.
    """
    from multiprocessing.connection import wait

    waiting = deque(tasks)
    workers: list[BuildWorker] = []
    try:
        workers.extend(_start_worker(waiting.popleft()) for _ in range(number))
        while workers:
            ready = wait([each.connection for each in workers])
            for worker in [each for each in workers if each.connection in ready]:
                file = worker.request.release
                outcome, stays = _receive_result(worker)
                if stays and waiting:
                    worker.begin(waiting.popleft())
                else:
                    _stop_workers([worker])
                    workers.remove(worker)
                    workers += [_start_worker(waiting.popleft())] if waiting else []
                yield file, outcome
    finally:
        _stop_workers(workers)


def _start_worker(task: Task) -> BuildWorker:
    """Start a worker with its first task."""
    from multiprocessing import get_context, resource_tracker

    context = get_context("forkserver")
    context.set_forkserver_preload(["__main__", "pressgen.actions.build.preload"])
    ours, theirs = context.Pipe()
    resource_tracker.ensure_running()  # starting it unblocks signals
    process = context.Process(target=_run_worker, args=(task[0].workspace, theirs), daemon=True)
    with _block_interrupts():
        process.start()
    theirs.close()
    worker = BuildWorker(process, ours, task[0])
    worker.begin(task)
    return worker


@contextmanager
def _block_interrupts() -> Iterator[None]:
    """Block Ctrl-C for the processes that are started meanwhile.

    A terminal sends it to every process; workers that do not get it finish their release.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _receive_result(worker: BuildWorker) -> tuple[Outcome, bool]:
    """Receive a worker's result, and whether the worker continues."""
    try:
        answer, stays = worker.connection.recv()
    except (EOFError, ConnectionError):
        worker.process.join()
        code = worker.process.exitcode
        message = f"the process that built it ended early (exit code {code}); build it alone to see why"
        place = Place(worker.request.workspace.shown(worker.request.release))
        return InputError([Problem(code="B02", message=message, place=place)]), False
    if isinstance(answer, str):
        raise EnvironmentFailureError(answer)
    return (InputError(answer) if isinstance(answer, tuple) else answer), stays


def _stop_workers(workers: Sequence[BuildWorker]) -> None:
    """Let each worker finish its release, then stop it."""
    for worker in workers:
        worker.connection.close()
    try:
        for worker in workers:
            worker.process.join(PATIENCE)
    finally:
        for worker in workers:
            worker.process.terminate()


def _run_worker(workspace: Workspace, connection: Connection[tuple[Answer, bool], Task]) -> None:
    """Build releases from the connection until it closes.

    A worker also ends after a fixed number of releases.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # exit handlers delete unfinished files
    cache = BuildCache(workspace)
    gc.freeze()  # garbage collection skips imported modules
    gc.set_threshold(GC_THRESHOLD)
    with suppress(EOFError, ConnectionError):  # the parent has gone
        for number in range(1, LIFETIME + 1):
            request, reasons = connection.recv()
            connection.send((_run_task(request, cache, reasons), number < LIFETIME))


def _run_task(request: BuildRequest, cache: BuildCache, reasons: Sequence[str]) -> Answer:
    """Build one release, and return a result that can be sent."""
    try:
        return replace(build(request, cache, reasons), languages=(), artifacts=())
    except InputError as refusal:
        return refusal.problems
    except EnvironmentFailureError as lack:
        return str(lack)
