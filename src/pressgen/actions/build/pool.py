"""Worker processes that build releases, one at a time.

They stay alive, so that each reads houses, stylesheets and fonts only once. A release that kills its worker is reported
like any other fault. An interrupt stops the run between two releases.
"""

from __future__ import annotations

import gc
import signal
import sys
from collections import deque
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import wait
from typing import TYPE_CHECKING

from pressgen.actions.build.session import BuildSession
from pressgen.errors import EnvironmentFailureError, InputError, Place, Problem

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess
    from pathlib import Path

    from pressgen.actions.build.build import BuildRequest
    from pressgen.actions.build.incremental import BuildResult
    from pressgen.actions.workspace.folder import Workspace

    Task = tuple[Path, list[str]]
    Outcome = BuildResult | InputError
    Answer = BuildResult | tuple[Problem, ...] | str

PATIENCE = 20
"""Seconds for a worker to finish its release when the run is stopped."""

SELDOM = 50_000
"""New objects between two searches for reference cycles: a release makes several times as many, and few last."""

TERM = 400
"""Releases after which a worker is replaced by a fresh one, so that memory leaks of libraries stay small."""


@dataclass(slots=True)
class BuildWorker:
    """A worker process that builds releases.

    Attributes:
        connection: the pipe to it and back.
        file: the release that it is building.
    """

    process: BaseProcess
    connection: Connection[Task, tuple[Answer, bool]]
    file: Path

    def begin(self, task: Task) -> None:
        """Send it a release to build."""
        self.file = task[0]
        self.connection.send(task)


def rebuild_in_parallel(run: BuildSession, tasks: Sequence[Task], workers: int) -> Generator[tuple[Path, Outcome]]:
    """Rebuild releases in worker processes, and yield each result when ready.

    Args:
        run: has the request.
        tasks: the files of the releases, with the reasons to build them.
        workers: how many processes.

    Raises:
        EnvironmentFailureError: as `rebuild_release` does.
    """
    waiting = deque(tasks)
    crew: list[BuildWorker] = []
    try:
        crew.extend(_start_worker(run, waiting.popleft()) for _ in range(workers))
        while crew:
            ready = wait([each.connection for each in crew])
            for worker in [each for each in crew if each.connection in ready]:
                file = worker.file
                outcome, stays = _receive_result(run, worker)
                if stays and waiting:
                    worker.begin(waiting.popleft())
                else:
                    _stop_workers([worker])
                    crew.remove(worker)
                    crew += [_start_worker(run, waiting.popleft())] if waiting else []
                yield file, outcome
    finally:
        _stop_workers(crew)


def _start_worker(run: BuildSession, task: Task) -> BuildWorker:
    """Start a worker with its first task."""
    context = get_context("forkserver")
    context.set_forkserver_preload(["__main__", "pressgen.actions.build.preload"])
    ours, theirs = context.Pipe()
    resource_tracker.ensure_running()  # starting it unblocks signals
    process = context.Process(target=_run_worker, args=(run.workspace, run.order, run.force, theirs), daemon=True)
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


def _receive_result(run: BuildSession, worker: BuildWorker) -> tuple[Outcome, bool]:
    """Receive a worker's result, and whether the worker continues."""
    try:
        answer, stays = worker.connection.recv()
    except (EOFError, ConnectionError):
        worker.process.join()
        code = worker.process.exitcode
        message = f"the process that made it came to its end (exit code {code}); make it alone to see why"
        return InputError([Problem(code="B02", message=message, place=Place(run.workspace.shown(worker.file)))]), False
    if isinstance(answer, str):
        raise EnvironmentFailureError(answer)
    return (InputError(answer) if isinstance(answer, tuple) else answer), stays


def _stop_workers(crew: Sequence[BuildWorker]) -> None:
    """Let each worker finish its release, then stop it."""
    for worker in crew:
        worker.connection.close()
    try:
        for worker in crew:
            worker.process.join(PATIENCE)
    finally:
        for worker in crew:
            worker.process.terminate()


def _run_worker(
    workspace: Workspace,
    order: BuildRequest,
    force: bool,  # noqa: FBT001 - as handed on
    connection: Connection[tuple[Answer, bool], Task],
) -> None:
    """Build releases from the connection until it closes.

    A worker also ends after a fixed number of releases.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # exit handlers delete unfinished files
    run = BuildSession.of(workspace, order, force=force)
    gc.freeze()  # garbage collection skips imported modules
    gc.set_threshold(SELDOM)
    with suppress(EOFError, ConnectionError):  # the parent has gone
        for number in range(1, TERM + 1):
            task = connection.recv()
            connection.send((_run_task(run, task), number < TERM))


def _run_task(run: BuildSession, task: Task) -> Answer:
    """Build one release, and return a result that can be sent."""
    from pressgen.actions.build.incremental import rebuild_release  # noqa: PLC0415 - who hires does not make

    try:
        return rebuild_release(run, *task)
    except InputError as refusal:
        return refusal.problems
    except EnvironmentFailureError as lack:
        return str(lack)
