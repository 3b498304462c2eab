"""Threads of processes on two hosts issue one release over PostgreSQL, some killed: each reader gets one mail."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections import Counter
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg

from hosts import Host, hosts
from machine import ROOT, need_root
from postgres import wait_until
from pressgen.ledger.tables import LEASES
from soak.crowd import Task
from soak.issuing import READERS, Soaked, judge_ledger, open_office, sent_twice
from soak.result import Result

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SIZE, SHORT = 20, 2
NETWORK = 217
CROWD, SMALL = (4, 8), (2, 2)
"""Processes on each host, and threads of each: in a soak, and in the suite."""
LONG, BRIEF = 300.0, 0.2
"""Seconds that a thread waits while others send: until it has its turn, or not even for one mail."""
HOLDER = re.compile(r"head on pressissue[12] \(process (\d+)\)")
REFUSED = re.compile(rf"refused B-1 is being sent by {HOLDER.pattern}, since .*, then run the command again")


@dataclass
class Machine:
    """A host with a program on it that carries out tasks."""

    host: Host
    program: subprocess.Popen[str]

    def ask(self, line: str) -> dict[str, Any]:
        """What it answers to a line."""
        self.say(line)
        return self.hear()

    def say(self, line: str) -> None:
        """Give it a line."""
        assert self.program.stdin
        self.program.stdin.write(f"{line}\n")
        self.program.stdin.flush()

    def hear(self) -> dict[str, Any]:
        """Its next answer."""
        assert self.program.stdout
        return dict(json.loads(self.program.stdout.readline()))


def soak(size: int, seed: int) -> Result:
    """Issue so many times; in every other round the process that is sending is killed."""
    need_root()
    crowd = CROWD if size > SHORT else SMALL
    faults: list[str] = []
    figures: Counter[str] = Counter()
    with _stage() as (office, machines):
        for number in range(size):
            chance = random.Random(f"{seed} {number}")  # noqa: S311 - not a secret
            trial = Trial(office, machines, f"round-{number}", _turns(crowd, chance), chance.randrange(READERS - 3))
            wrong = trial.play(kill=number % 2 == 1)
            figures.update(trial.figures)
            faults += [f"seed {seed}, round {number}: {each}" for each in wrong]
    told = ", ".join(f"{count} {what}" for what, count in figures.items())
    size_ = f"2 hosts × {crowd[0]} processes × {crowd[1]} threads, {READERS} readers"
    return Result(size, tuple(faults), f"{size_}; {told}.")


def _turns(crowd: tuple[int, int], chance: random.Random) -> list[list[list[float]]]:
    """How long each thread of each process of each host waits; on each host at least one as long as it takes."""
    processes, threads = crowd
    made = [[[chance.choice((LONG, BRIEF)) for _ in range(threads)] for _ in range(processes)] for _ in range(2)]
    for host in made:
        host[0][0] = LONG
    return made


@contextmanager
def _stage() -> Iterator[tuple[Soaked, list[Machine]]]:
    """An office whose mail server and database both hosts reach, each by a cable of its own."""
    with ExitStack() as stack:
        made = stack.enter_context(hosts("pressissue", NETWORK, 2))
        office = stack.enter_context(open_office(postgres=True, also=tuple(each.ours for each in made)))
        yield office, [stack.enter_context(_machine(each)) for each in made]


@contextmanager
def _machine(host: Host) -> Iterator[Machine]:
    command = [*host.inside_as_named, sys.executable, "-m", "soak.crowd"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT / "tests", stdin=pipe, stdout=pipe, text=True) as program:
        yield Machine(host, program)
        assert program.stdin
        program.stdin.close()


@dataclass
class Trial:
    """One issue by all of them.

    Attributes:
        turns: how long each thread of each process of each host waits while others send.
        letters: after so many the sender is killed, if one is.
        figures: what happened, counted.
    """

    office: Soaked
    machines: Sequence[Machine]
    name: str
    turns: list[list[list[float]]]
    letters: int
    figures: Counter[str] = field(default_factory=Counter)

    def play(self, *, kill: bool) -> list[str]:
        """What is wrong with it."""
        before = len(self.office.postbox.letters)
        database = self.office.ledger(self.name)
        roots = [self._copy(each.host) for each in self.machines]
        begun = [
            machine.ask(json.dumps(asdict(Task(str(root), database.replace("127.0.0.1", machine.host.ours), turns))))
            for machine, root, turns in zip(self.machines, roots, self.turns, strict=True)
        ]
        wrong = [f"{each.host.name} is called {said['host']}" for each, said in zip(self.machines, begun, strict=True)
                 if said["host"] != each.host.name or said["host"] == socket.gethostname()]  # fmt: skip
        for each in self.machines:
            each.say("go")
        killed = self._kill(database, before + self.letters) if kill else 0
        ended = [code for each in self.machines for code in each.hear()["codes"]]
        mails = self.office.postbox.mails[before:]
        doubted, unsound = judge_ledger(roots[0], database, {str(each["To"].addresses[0].addr_spec) for each in mails})
        wrong += [*sent_twice(mails), *unsound, *self._judge_threads(roots)]
        if len(doubted) > killed or Counter(ended) - Counter({0: len(ended), -signal.SIGKILL: killed}):
            wrong.append(f"{len(doubted)} mails are in doubt after {killed} kills; the processes ended with {ended}")
        self.figures.update(mails=len(mails), kills=killed, doubts=len(doubted))
        self.figures["rounds in which both hosts sent"] = int(len(set(self.office.postbox.peers[before:])) > 1)
        if not wrong:
            shutil.rmtree(self.office.folder / self.name)
        return wrong

    def _copy(self, host: Host) -> Path:
        """The host's own copy of the workspace, with its own way to the mail server."""
        root = Path(shutil.copytree(self.office.first, self.office.folder / self.name / host.name))
        file = root / "releases" / "pressgen.yaml"
        way = f"host: {host.ours}, plaintext: accepted,"
        file.write_text(file.read_text().replace("host: 127.0.0.1,", way))
        return root

    def _kill(self, database: str, letters: int) -> int:
        """Kill whoever holds the lease once so many letters have come; how many were killed."""
        with psycopg.connect(database) as connection:
            wait_until(lambda: len(self.office.postbox.letters) >= letters)
            found = connection.execute(f"SELECT holder FROM {LEASES.name}").fetchall()  # noqa: S608
        pids = [int(each) for row in found for each in HOLDER.findall(row[0])]
        for each in pids:
            with suppress(ProcessLookupError):  # it has ended at this moment
                os.kill(each, signal.SIGKILL)
        return len(pids)

    def _judge_threads(self, roots: Sequence[Path]) -> Iterator[str]:
        """What threads were told that they should not have been."""
        for root in roots:
            for line in [line for file in root.glob("said-*.txt") for line in file.read_text().splitlines()]:
                for each in json.loads(line):
                    if REFUSED.fullmatch(each):
                        self.figures["threads told who sends"] += 1
                    elif not each.startswith(("ok ", "unknown ")):
                        yield f"on {root.name} a thread was told: {each}"
