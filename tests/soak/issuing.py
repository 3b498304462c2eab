"""`pressgen issue` killed at random moments and run again: what arrived, what the ledger says, what it said itself."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from itertools import count
from multiprocessing import get_context
from pathlib import Path
from tempfile import mkdtemp

import psycopg

from actions.room import IMMEDIATE, OFFICE, again
from channels.servers import Postbox, mail_server
from machine import ROOT
from postgres import Cluster, cluster
from pressgen.actions.workspace.folder import Workspace
from pressgen.actions.workspace.office import DATABASE, open_ledger
from pressgen.model.event import Sent
from soak.result import Result

READERS = 12
PEOPLE = "\n".join(
    f"      - {{id: desk-{n}, name: Desk {n}, outlet: Paper {n}, email: desk{n}@paper.example}}" for n in range(READERS)
)
PLACE = OFFICE.partition("    recipients:\n")[2].partition("\n  ministers:")[0]
CONNECTIONS = 300
"""So many threads do their work at once."""
WARM = get_context("forkserver")
"""Processes that have everything imported, so that a kill meets the issue and not Python's start."""
IMPORTED = [
    "pressgen.cli.issue_trace",
    "pressgen.ledger.ledger",
    "pressgen.actions.distribute.issue",
    "pressgen.actions.distribute.message_sender",
    "pressgen.load.release",
    "pressgen.load.office",
    "pressgen.word.personal_copy",
    "pressgen.pdf.stamp",
]


@dataclass
class Soaked:
    """An office from which each round has a copy of its own.

    Attributes:
        first: its workspace.
        servers: the PostgreSQL that has its ledger in the database `first`; None for SQLite.
        folder: where the copies are made; one in which something went wrong stays there.
    """

    folder: Path
    first: Path
    postbox: Postbox
    servers: Cluster | None

    def copy(self, name: str) -> tuple[Path, str]:
        """A copy, and the address of its ledger."""
        return Path(shutil.copytree(self.first, self.folder / name)), self.ledger(name)

    def ledger(self, name: str) -> str:
        """The address of a copy of the ledger; empty for the one in the workspace."""
        if self.servers is None:
            return ""
        database = name.replace("-", "_")
        with psycopg.connect(self.servers.url(), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {database} TEMPLATE first")  # type: ignore[arg-type]
        return self.servers.url(database)


@contextmanager
def open_office(*, postgres: bool, also: tuple[str, ...] = ()) -> Iterator[Soaked]:
    """An office with an approved release, whose servers listen at the addresses `also`, too."""
    folder = Path(mkdtemp(prefix="pressgen-issue-kills-"))
    first = folder / "first"
    shutil.copytree(ROOT / "templates" / "inspectorate", first / "templates" / "inspectorate")
    (first / "releases" / "bridge").mkdir(parents=True)
    (first / "releases" / "bridge" / "release.yaml").write_text(IMMEDIATE)
    with mail_server(also=also) as postbox, _servers(postgres=postgres, also=also) as servers:
        office = OFFICE.replace("2525", str(postbox.port)).replace(PLACE, PEOPLE)
        (first / "releases" / "pressgen.yaml").write_text(office)
        with _ledger_at(servers.url("first") if servers else ""):
            again(first, datetime.now(UTC))
        yield Soaked(folder, first, postbox, servers)
    if not any(each != first for each in folder.iterdir()):
        shutil.rmtree(folder)


@contextmanager
def _servers(*, postgres: bool, also: tuple[str, ...]) -> Iterator[Cluster | None]:
    if not postgres:
        yield None
        return
    with cluster(",".join(("127.0.0.1", *also)), CONNECTIONS) as made:
        with psycopg.connect(made.url(), autocommit=True) as connection:
            connection.execute("CREATE DATABASE first")
        yield made


@contextmanager
def _ledger_at(address: str) -> Iterator[None]:
    """Have this process find the ledger at an address, or in the workspace where it is empty."""
    before = os.environ.pop(DATABASE, None)
    if address:
        os.environ[DATABASE] = address
    try:
        yield
    finally:
        os.environ.pop(DATABASE, None)
        if before is not None:
            os.environ[DATABASE] = before


@contextmanager
def _busy(*, really: bool) -> Iterator[None]:
    """Both processors, or however many there are, have other work at the moment; try again when it is done."""
    processors = 2 * (os.cpu_count() or 1) if really else 0
    busy = f"import os\nwhile os.getppid() == {os.getpid()}: pass"  # and no longer, if this process is killed
    others = [subprocess.Popen([sys.executable, "-c", busy], stdout=subprocess.DEVNULL) for _ in range(processors)]
    try:
        yield
    finally:
        for each in others:
            each.kill()
            each.wait()


def _issue(root: Path, address: str, said: Path) -> None:
    """The command, in a process of its own; what it prints goes into a file."""
    from pressgen.cli.app import main  # noqa: PLC0415 - in this process alone

    with said.open("w") as out:
        os.dup2(out.fileno(), 1)
        os.dup2(out.fileno(), 2)
        if address:
            os.environ[DATABASE] = address
        arguments = ["issue", "bridge", "--list", "national", "--as", "head", "--workspace", str(root)]
        main(arguments, prog_name="pressgen")


def _run(root: Path, address: str, said: Path, after: float | None) -> int:
    """Issue, killed `after` so many seconds; the exit code, below 0 for a kill."""
    process = WARM.Process(target=_issue, args=(root, address, said))
    process.start()
    process.join(after)
    if process.is_alive():
        process.kill()
        process.join()
    return process.exitcode or 0


def _round(soaked: Soaked, name: str, span: float, chance: random.Random) -> tuple[int, int, list[str]]:
    """One round: how many kills, how many mails are in doubt after them, and what is wrong in the end."""
    root, address = soaked.copy(name)
    before = len(soaked.postbox.letters)
    moments = [chance.uniform(0, span) for _ in range(chance.randint(1, 2))]
    kills = sum(_run(root, address, root / f"said-{each}.txt", at) < 0 for each, at in enumerate(moments))
    code = _run(root, address, root / "said.txt", None)
    mails = soaked.postbox.mails[before:]
    doubted, wrong = judge_ledger(root, address, {str(mail["To"].addresses[0].addr_spec) for mail in mails})
    wrong += sent_twice(mails)
    if len(doubted) > kills:
        wrong.append(f"{len(doubted)} mails are in doubt after {kills} kills")
    if code and not doubted:
        wrong.append(f"it ends with {code}: {(root / 'said.txt').read_text()[-400:]!r}")
    if not wrong:
        shutil.rmtree(root)
    return kills, len(doubted), [f"{each} (workspace kept: {root})" for each in wrong]


def sent_twice(mails: Iterable[EmailMessage]) -> list[str]:
    """Who got more than one of the mails."""
    got = Counter(str(mail["To"].addresses[0].addr_spec) for mail in mails)
    return [f"{to} got {count} mails" for to, count in got.items() if count > 1]


def judge_ledger(root: Path, address: str, taken: set[str]) -> tuple[set[str], list[str]]:
    """Whose mails are in doubt in the ledger, since a kill came before the answer; what else is wrong with it.

    Args:
        root: of the workspace.
        address: of its ledger; empty for the one in the workspace.
        taken: the addresses whose mails arrived.
    """
    with _ledger_at(address), open_ledger(Workspace(root)) as ledger:
        events = [stamp.event for stamp in ledger.entries("B-1")]
        breach = ledger.verify()
    sent = [event for event in events if isinstance(event, Sent)]
    found = [f"{each.address}: {each.outcome}, {each.detail}" for each in sent if each.outcome not in {"ok", "unknown"}]
    arrived = Counter(each.address for each in sent if each.outcome == "ok")
    doubted = {each.address for each in sent if each.outcome == "unknown"}
    recorded = arrived + Counter(doubted)
    for each in (f"desk{n}@paper.example" for n in range(READERS)):
        if recorded[each] != 1:
            found.append(f"{each} is recorded {recorded[each]} times")
        if each not in taken | doubted:
            found.append(f"{each} got nothing")
    return doubted, [*found, *([str(breach)] if breach else [])]


def killed(kills: int, seed: int, *, postgres: bool) -> Result:
    """Kill `issue` so many times with the processors quiet, and as often again with them busy."""
    WARM.set_forkserver_preload(IMPORTED)
    faults: list[str] = []
    rounds, figures = 0, []
    with open_office(postgres=postgres) as office:
        for load in ("quiet", "busy"):
            chance, done, doubts = random.Random(f"{seed} {load}"), 0, 0  # noqa: S311
            with _busy(really=load == "busy"):
                span = _timed(office, load)
                for number in count():
                    if done >= kills:
                        break
                    some, more, wrong = _round(office, f"{load}-{number}", span, chance)
                    rounds, done, doubts = rounds + 1, done + some, doubts + more
                    faults += [f"seed {seed}, {load}, round {number}: {each}" for each in wrong]
            figures.append(f"{load}: {done} kills in {number} rounds of {span:.1f} s, {doubts} mails in doubt")
    return Result(rounds, tuple(faults), f"{READERS} readers; {'; '.join(figures)}.")


def _timed(soaked: Soaked, load: str) -> float:
    """The seconds that a run takes that nobody kills; the first one starts the server of processes too."""
    for name in (f"first-{load}", f"timed-{load}"):
        root, address = soaked.copy(name)
        began = time.monotonic()
        _run(root, address, root / "said.txt", None)
        spent = time.monotonic() - began
        shutil.rmtree(root)
    return spent
