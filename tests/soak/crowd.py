"""What runs on each host of `runs/issue_hosts.py`: processes whose threads all issue one release at the same moment.

Reads tasks from its input, one a line as JSON, and says of each: whom it started, then, once it has been told to go,
how they ended. What each thread was told lies in a file of its process, for a killed one as far as it had come.
"""

from __future__ import annotations

import json
import os
import socket
import sys
import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

import pressgen.ledger.ledger  # noqa: F401 - so that the processes need not
from pressgen.actions.distribute.issue import issue_release
from pressgen.actions.distribute.issue_plan import IssueRequest
from pressgen.actions.distribute.message_sender import SendOptions
from pressgen.actions.workspace.folder import Workspace
from pressgen.actions.workspace.office import DATABASE
from pressgen.errors import PressgenError

if TYPE_CHECKING:
    from multiprocessing.synchronize import Event

FORK = get_context("fork")


@dataclass(frozen=True, slots=True)
class Task:
    """What a host has to do.

    Attributes:
        root: the host's own copy of the workspace.
        database: the address of the ledger, as the host sees it.
        turns: for each process and each of its threads, how many seconds it waits while others send.
    """

    root: str
    database: str
    turns: list[list[float]]


def play(task: Task, number: int, go: Event) -> None:
    """Issue the release with as many threads as the process `number` is to have."""
    os.environ[DATABASE] = task.database
    workspace = Workspace(Path(task.root))
    lines = (workspace.root / f"said-{number}.txt").open("w", buffering=1)

    def one(turn: float) -> None:
        watch = SendOptions(clock=lambda: datetime.now(UTC), tell=lambda _: None, turn=turn)
        try:
            sent = issue_release(
                workspace, workspace.root / "releases" / "bridge", IssueRequest("national"), "head", watch
            )
            said = [f"{each.outcome} {each.address}" for each in sent]
        except PressgenError as refusal:
            said = [f"refused {each}" for each in refusal.lines()]
        lines.write(f"{json.dumps(said)}\n")

    threads = [threading.Thread(target=one, args=(turn,)) for turn in task.turns[number]]
    go.wait()
    for each in threads:
        each.start()
    for each in threads:
        each.join()


def main() -> None:
    """Carry out the tasks that stand on the input, one after the other."""
    for line in sys.stdin:
        task, go = Task(**json.loads(line)), FORK.Event()
        processes = [FORK.Process(target=play, args=(task, number, go)) for number in range(len(task.turns))]
        for each in processes:
            each.start()
        _say(host=socket.gethostname(), pids=[each.pid for each in processes])
        sys.stdin.readline()
        go.set()
        for each in processes:
            each.join()
        _say(codes=[each.exitcode for each in processes])


def _say(**what: object) -> None:
    sys.stdout.write(f"{json.dumps(what)}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
