"""A release sent to thousands of readers through a mail server in another process: our own CPU a mail, and our memory.

Alone: `python -m benchmarks.mails [--readers 1000 3000 10000] [--attachment OCTETS] [--store postgresql]`; with
`--kills N` the command is killed so many times on its way, with `--commands` all others are run over the release.
The exit code is 1 where a target is missed or a reader was sent it twice.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer
from typing import TYPE_CHECKING

from aiosmtpd.controller import Controller

from actions.room import EPOCH, IMMEDIATE, again
from benchmarks.many import PRESSGEN, office
from benchmarks.measuring import Measurement
from channels.servers import free_port
from pressgen.actions.workspace.folder import Workspace
from pressgen.actions.workspace.office import open_ledger
from pressgen.load.list_file import write_list_file
from pressgen.model.event import Sent
from pressgen.model.office import Recipient

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from multiprocessing.connection import Connection

    from aiosmtpd.smtp import SMTP, Envelope, Session

    from benchmarks.many import Many

COST = 10.0
"""Milliseconds of our own CPU a mail."""
STEEPER = 1.25
"""How many times as much a mail may cost among the most readers as among the fewest."""
HEAVIER = 64.0
"""MiB by which the process may grow from the fewest readers to the most."""
ATTACHED = "attachments:\n  - {file: figures.csv, title: Figures}\n"
HERE = "    recipients:\n      - {id: daily"


class _Tally:
    """Takes mails, and writes down whom each is for before it says that it has taken it."""

    def __init__(self, file: Path) -> None:
        self._file = file.open("a", buffering=1)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's
        """Take a mail."""
        del server, session
        self._file.writelines(f"{each}\n" for each in envelope.rcpt_tos)
        return "250 taken"


class _Swift(StreamRequestHandler):
    """A server that looks for nothing in a mail but its end, so that thousands of large ones take minutes."""

    file: Path

    def handle(self) -> None:
        """Talk SMTP until QUIT, or until the caller has gone."""
        self.wfile.write(b"220 swift\r\n")
        readers: list[str] = []
        while line := self.rfile.readline(1000):
            match line[:4].upper():
                case b"DATA":
                    self.wfile.write(b"354 go ahead\r\n")
                    if not self._take():
                        return
                    with self.file.open("a") as file:
                        file.writelines(f"{each}\n" for each in readers)
                    readers = []
                case b"RCPT":
                    readers.append(line.decode().partition("<")[2].partition(">")[0])
            self.wfile.write(b"221 bye\r\n" if line[:4].upper() == b"QUIT" else b"250 OK\r\n")

    def _take(self) -> bool:
        """Take a mail to its end; whether it had one."""
        tail = b""
        while piece := self.rfile.read1(1 << 20):
            tail = (tail + piece)[-5:]
            if tail == b"\r\n.\r\n":
                return True
        return False


def _serve(port: int, file: Path, swift: bool, running: Connection) -> None:  # noqa: FBT001 - a process's arguments
    if swift:
        _Swift.file = file
        server = ThreadingTCPServer(("127.0.0.1", port), _Swift)
        threading.Thread(target=server.serve_forever, daemon=True).start()
    else:
        Controller(_Tally(file), hostname="127.0.0.1", port=port).start()
    running.send(None)
    running.recv()


@contextmanager
def mail_server(file: Path, *, swift: bool) -> Iterator[int]:
    """A mail server in a process of its own, which writes whom mails are for into a file; its port."""
    port, context = free_port(), multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_serve, args=(port, file, swift, there), daemon=True)
    process.start()
    there.close()  # so that a process that cannot begin is not waited for
    here.recv()
    try:
        yield port
    finally:
        process.kill()
        process.join()


@dataclass(frozen=True, slots=True)
class Crowd:
    """An office with a release for thousands of readers, and a mail server."""

    desk: Many
    readers: int
    taken: Path

    def arrived(self) -> list[str]:
        """Whom the server has taken a mail for, one each mail."""
        return self.taken.read_text().splitlines() if self.taken.exists() else []

    def run(self, *words: str, codes: tuple[int, ...] = (0,)) -> tuple[float, float]:
        """Run a command, which ends with one of these codes; its seconds of CPU, and its largest size in MiB.

        The size is at least that of the process which starts it.
        """
        with (self.desk.root / "said.txt").open("wb") as said:
            process = subprocess.Popen([PRESSGEN, *words, "--workspace", self.desk.root], stdout=said, stderr=said)
            _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        assert process.returncode in codes, (self.desk.root / "said.txt").read_text()[-2000:]
        return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024

    def issue(self) -> tuple[float, float]:
        """Send it to all; as `run`. It ends with 1 where it tells of mails that may have gone when it was killed."""
        return self.run(*ISSUE, codes=(0, 1))

    def kill_at(self, count: int) -> None:
        """Send it, until the server has taken so many mails; then kill the process."""
        process = subprocess.Popen(
            [PRESSGEN, *ISSUE, "--workspace", self.desk.root], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        while process.poll() is None and len(self.arrived()) < count:
            time.sleep(0.01)
        process.kill()
        process.wait()


ISSUE = ("issue", "bridge", "--list", "national", "--as", "head")


@contextmanager
def crowd(readers: int, octets: int, store: str = "sqlite", *, swift: bool = False) -> Iterator[Crowd]:
    """Such an office; the release has an attachment of so many octets. A `swift` server is one of our own."""
    with office(store, at_lift="[newsroom, mail]") as desk:
        taken = desk.root / "taken.txt"
        with mail_server(taken, swift=swift) as port:
            _fill(desk, readers, octets, port)
            yield Crowd(desk, readers, taken)


def _fill(desk: Many, readers: int, octets: int, port: int) -> None:
    folder = desk.root / "releases"
    chance = random.Random(octets)  # noqa: S311 - figures, no secrets
    row = ",".join(str(chance.randrange(10**6)) for _ in range(14))
    (folder / "bridge" / "figures.csv").write_text(f"{row}\n" * (octets // (len(row) + 1)))
    (folder / "bridge" / "release.yaml").write_text(IMMEDIATE + ATTACHED)
    people = [
        Recipient(id=f"r{number}", name=f"News desk {number}", outlet=f"Paper {number}", email=address(number))
        for number in range(readers)
    ]
    (folder / "lists").mkdir()
    (folder / "lists" / "national.csv").write_bytes(write_list_file(people))
    text = (folder / "pressgen.yaml").read_text()
    begin, end = text.index(HERE), text.index("  ministers:")
    text = text[:begin] + "    file: lists/national.csv\n" + text[end:]
    (folder / "pressgen.yaml").write_text(text.replace("port: 1,", f"port: {port},"))
    again(desk.root, EPOCH)


def address(number: int) -> str:
    """The address of a reader."""
    return f"desk{number}@paper{number}.example"


def sending(
    sizes: Sequence[int] = (1000, 3000), octets: int = 200_000, store: str = "sqlite", *, swift: bool = False
) -> list[Measurement]:
    """What a mail costs, and what the process holds, among few readers and among many."""
    costs, peaks = [], []
    for readers in sizes:
        with crowd(readers, octets, store, swift=swift) as office_:
            seconds, peak = office_.issue()
            assert Counter(office_.arrived()) == Counter(map(address, range(readers)))
        costs.append(seconds / readers * 1000)
        peaks.append(peak)
        sys.stderr.write(f"{readers:,} readers: {costs[-1]:.2f} ms of CPU a mail, at most {peak:.0f} MiB\n")
    of = f"a release with {octets:,} octets attached sent to {' '.join(f'{each:,}' for each in sizes)}"
    cost = " ".join(f"{each:.2f}" for each in costs)
    peak_ = " ".join(f"{each:.0f}" for each in peaks)
    return [
        Measurement(f"{of}, CPU a mail", max(costs), COST, " ms", cost),
        Measurement(f"{of}, growth of the cost", costs[-1] / costs[0], STEEPER, "x", cost),
        Measurement(f"{of}, growth of memory", peaks[-1] - peaks[0], HEAVIER, " MiB", peak_),
    ]


def killing(readers: int, octets: int, kills: int, store: str, *, swift: bool = False) -> Iterator[str]:
    """Kill the command on its way, again and again, then let it end; who was sent it twice, and who was left out."""
    with crowd(readers, octets, store, swift=swift) as office_:
        chance = random.Random(kills)  # noqa: S311 - moments, no secrets
        for moment in sorted(chance.sample(range(1, readers), kills)):
            office_.kill_at(moment)
        before = len(office_.arrived())
        office_.issue()
        arrived = Counter(office_.arrived())
        with open_ledger(Workspace(office_.desk.root)) as ledger:
            last = {each.event.recipient: each.event for each in ledger.entries("B-1") if isinstance(each.event, Sent)}
            whole = ledger.verify() is None
    doubted = {each.address for each in last.values() if each.outcome == "unknown"}
    left = set(map(address, range(readers))) - set(arrived)
    twice = [each for each, times in arrived.items() if times > 1]
    good = not twice and left <= doubted and whole and len(last) == readers
    yield (
        f"{'ok    ' if good else 'BROKEN'} {readers:,} readers, killed {kills} times, {before:,} sent before the last"
        f" run: {len(arrived):,} have it, {len(twice)} twice; {len(doubted)} in doubt, {len(left)} of them without"
    )


def commanding(sizes: Sequence[int], octets: int, *, swift: bool = False) -> Iterator[str]:
    """Seconds of CPU of the other commands over a release that went to many."""
    commands: tuple[tuple[str, ...], ...] = (
        ("status",), ("status", "bridge"), ("status", "bridge", "--format", "json"), ("due",), ("history", "bridge"),
        ("history", "--verify"), ("breach-report", "bridge"), ISSUE, ("lift", "bridge", "--as", "head"),
        ("status", "bridge"),
    )  # fmt: skip
    for readers in sizes:
        with crowd(readers, octets, swift=swift) as office_:
            office_.issue()
            for words in commands:
                seconds, peak = office_.run(*words)
                yield f"{readers:>6,} readers  {seconds:6.2f} s  {peak:5.0f} MiB  pressgen {' '.join(words)}"
            yield f"{readers:>6,} readers  {len(office_.arrived()):,} mails taken, the lift's among them"


def main() -> int:
    """Measure what is asked for; 1 where a target is missed or a promise broken."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--readers", type=int, nargs="+", default=[1000, 3000, 10_000])
    parser.add_argument("--attachment", type=int, default=200_000)
    parser.add_argument("--store", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--commands", action="store_true")
    parser.add_argument("--swift", action="store_true", help="a mail server of our own in the place of aiosmtpd")
    given = parser.parse_args()
    if given.kills:
        lines = list(killing(given.readers[-1], given.attachment, given.kills, given.store, swift=given.swift))
    elif given.commands:
        lines = list(commanding(given.readers, given.attachment, swift=given.swift))
    else:
        lines = [each.line() for each in sending(given.readers, given.attachment, given.store, swift=given.swift)]
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    return int(any(line.startswith(("BROKEN", "MISSED")) for line in lines))


if __name__ == "__main__":
    sys.exit(main())
