"""Workers: processes that make releases, one at a time, for as long as there are any.

They stay, so that houses, stylesheets and fonts are read once in each. A release that ends its worker is told like
any other fault. Whoever stops the run stops it between two releases.
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

from pressgen.actions.build.session import Run
from pressgen.errors import MachineLacks, Place, Problem, Refused

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess
    from pathlib import Path

    from pressgen.actions.build.build import Order
    from pressgen.actions.build.incremental import Renewed
    from pressgen.actions.workspace.folder import Workspace

    Task = tuple[Path, list[str]]
    Outcome = Renewed | Refused
    Answer = Renewed | tuple[Problem, ...] | str

PATIENCE = 20
"""Seconds that a worker has to finish the release that it is at, when the run is stopped."""

SELDOM = 50_000
"""New objects after which what points at itself is looked for: a release makes several times as many, and few last."""

TERM = 400
"""Releases after which a worker gives way to a fresh one: what libraries never give back stays small."""


@dataclass(slots=True)
class Worker:
    """A process that works.

    Attributes:
        connection: the way to it and back.
        file: the release that it is at.
    """

    process: BaseProcess
    connection: Connection[Task, tuple[Answer, bool]]
    file: Path

    def begin(self, task: Task) -> None:
        """Hand it a release."""
        self.file = task[0]
        self.connection.send(task)


def shared(run: Run, tasks: Sequence[Task], workers: int) -> Generator[tuple[Path, Outcome]]:
    """What becomes of releases, made by so many processes, each as soon as it is known.

    Args:
        run: what is ordered.
        tasks: the files of the releases, with the reasons why they are made.
        workers: how many processes.

    Raises:
        MachineLacks: as `renew` does.
    """
    waiting = deque(tasks)
    crew: list[Worker] = []
    try:
        crew.extend(_hire(run, waiting.popleft()) for _ in range(workers))
        while crew:
            ready = wait([each.connection for each in crew])
            for worker in [each for each in crew if each.connection in ready]:
                file = worker.file
                outcome, stays = _heard(run, worker)
                if stays and waiting:
                    worker.begin(waiting.popleft())
                else:
                    _see_off([worker])
                    crew.remove(worker)
                    crew += [_hire(run, waiting.popleft())] if waiting else []
                yield file, outcome
    finally:
        _see_off(crew)


def _hire(run: Run, task: Task) -> Worker:
    """One worker more, with its first task."""
    context = get_context("forkserver")
    context.set_forkserver_preload(["__main__", "pressgen.actions.build.preload"])
    ours, theirs = context.Pipe()
    resource_tracker.ensure_running()  # to start it makes a process hear again
    process = context.Process(target=_work, args=(run.workspace, run.order, run.force, theirs), daemon=True)
    with _deaf():
        process.start()
    theirs.close()
    worker = Worker(process, ours, task[0])
    worker.begin(task)
    return worker


@contextmanager
def _deaf() -> Iterator[None]:
    """Ctrl-C reaches a terminal's every process; those that are started meanwhile do not hear it, and finish."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _heard(run: Run, worker: Worker) -> tuple[Outcome, bool]:
    """What a worker says of the release it was given, and whether it stays."""
    try:
        answer, stays = worker.connection.recv()
    except (EOFError, ConnectionError):
        worker.process.join()
        code = worker.process.exitcode
        message = f"the process that made it came to its end (exit code {code}); make it alone to see why"
        return Refused([Problem(code="B02", message=message, place=Place(run.workspace.shown(worker.file)))]), False
    if isinstance(answer, str):
        raise MachineLacks(answer)
    return (Refused(answer) if isinstance(answer, tuple) else answer), stays


def _see_off(crew: Sequence[Worker]) -> None:
    """Let each finish what it is at, and nothing more; none outlives this."""
    for worker in crew:
        worker.connection.close()
    try:
        for worker in crew:
            worker.process.join(PATIENCE)
    finally:
        for worker in crew:
            worker.process.terminate()


def _work(workspace: Workspace, order: Order, force: bool, connection: Connection[tuple[Answer, bool], Task]) -> None:  # noqa: FBT001 - as handed on
    """Make what comes through the connection, until it is closed or the term is over."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # unfinished files are cleared away on the way out
    run = Run.of(workspace, order, force=force)
    gc.freeze()  # what has been imported is never looked through again
    gc.set_threshold(SELDOM)
    with suppress(EOFError, ConnectionError):  # nobody listens any more
        for number in range(1, TERM + 1):
            task = connection.recv()
            connection.send((_answer(run, task), number < TERM))


def _answer(run: Run, task: Task) -> Answer:
    """What becomes of one release, in a form that another process can be told."""
    from pressgen.actions.build.incremental import renew  # noqa: PLC0415 - who hires does not make

    try:
        return renew(run, *task)
    except Refused as refusal:
        return refusal.problems
    except MachineLacks as lack:
        return str(lack)
