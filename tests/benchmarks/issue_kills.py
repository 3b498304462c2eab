"""Kill `pressgen issue` at random moments, run it again, and count what was lost and what was sent twice.

    cd tests && ../.venv/bin/python -m benchmarks.issue_kills [RUNS]

Each run is killed once or twice with SIGKILL, then ends undisturbed. PRESSGEN_DATABASE may name a PostgreSQL, which is
then shared by all runs, each with a reference of its own.
"""

from __future__ import annotations

import os
import random
import shutil
import sys
import time
from collections import Counter
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from deliver.servers import Postbox, mail_server
from desk.room import IMMEDIATE, OFFICE, again
from machine import ROOT
from pressgen.desk.issuing.issue import IssueOrder, issue
from pressgen.desk.issuing.sending import Watch
from pressgen.desk.office.office import DATABASE, open_ledger
from pressgen.desk.workspace.folder import Workspace
from pressgen.model.event import Sent

if TYPE_CHECKING:
    from collections.abc import Sequence

READERS = 12
PEOPLE = "\n".join(
    f"      - {{id: desk-{n}, name: Desk {n}, outlet: Paper {n}, email: desk{n}@paper.example}}" for n in range(READERS)
)
PLACE = OFFICE.partition("    recipients:\n")[2].partition("\n  ministers:")[0]
WARM = get_context("forkserver")
"""Processes that have everything imported, so that a kill meets the issue and not Python's start."""


def office(folder: Path, number: int, port: int) -> Path:
    """A workspace with an approved release of its own reference."""
    root = folder / f"office-{number}"
    shutil.copytree(ROOT / "templates" / "inspectorate", root / "templates" / "inspectorate")
    release = root / "releases" / f"bridge-{number}"
    release.mkdir(parents=True)
    (release / "release.yaml").write_text(IMMEDIATE.replace("B-1", f"B-{number}"))
    text = OFFICE.replace("2525", str(port)).replace(PLACE, PEOPLE)
    (root / "releases" / "pressgen.yaml").write_text(text)
    again(root, datetime.now(UTC), release.name)
    return root


def send(root: Path, number: int) -> None:
    """What the command does, in a process of its own."""
    watch = Watch(clock=lambda: datetime.now(UTC), tell=lambda _: None)
    issue(Workspace(root), root / "releases" / f"bridge-{number}", IssueOrder("national"), "head", watch)


def run(root: Path, number: int, after: float | None) -> int:
    """Issue, killed `after` so many seconds; the exit code, below 0 for a kill."""
    process = WARM.Process(target=send, args=(root, number))
    process.start()
    process.join(after)
    if process.is_alive():
        process.kill()
        process.join()
    return process.exitcode or 0


def played(root: Path, number: int, postbox: Postbox, span: float) -> Counter[str]:
    """One run; what came of it."""
    before = len(postbox.letters)
    kills = sum(run(root, number, random.uniform(span / 4, span)) < 0 for _ in range(random.randint(1, 2)))  # noqa: S311
    code = run(root, number, None)
    mails = postbox.mails[before:]
    copies = Counter(str(mail["To"]) for mail in mails)
    names = {str(mail["Message-ID"]) for mail in mails}
    with open_ledger(Workspace(root)) as ledger:
        events = [stamp.event for stamp in ledger.entries(f"B-{number}")]
        whole = ledger.verify() is None
    recorded = Counter(event.address for event in events if isinstance(event, Sent) and event.outcome == "ok")
    shutil.rmtree(root)
    return Counter(
        runs=1,
        kills=kills,
        failed=int(code != 0),
        lost=READERS - len(copies),
        twice=sum(copies.values()) - len(copies),
        under_another_name=len(names) - len(copies),
        recorded_otherwise=int(recorded != Counter({f"desk{n}@paper.example": 1 for n in range(READERS)})),
        broken_chains=int(not whole),
    )


def main(arguments: Sequence[str]) -> None:
    """Play the runs and print the sum."""
    runs, shared = int(arguments[0]) if arguments else 200, DATABASE in os.environ
    WARM.set_forkserver_preload(
        [
            "pressgen.ledger.ledger",
            "pressgen.desk.issuing.issue",
            "pressgen.desk.issuing.sending",
            "pressgen.pdf.stamp",
            "httpx",
        ]
    )
    total: Counter[str] = Counter()
    with TemporaryDirectory() as folder, mail_server() as postbox:
        first = office(Path(folder), 0, postbox.port)
        spare = Path(shutil.copytree(first, Path(folder) / "spare"))
        run(first, 0, None)
        began = time.monotonic()
        run(Path(shutil.copytree(spare, Path(folder) / "timed")), 0, None)
        span = time.monotonic() - began
        try:
            for number in range(1, runs + 1):
                if shared:
                    total.update(played(office(Path(folder), number, postbox.port), number, postbox, span))
                else:
                    copy = Path(shutil.copytree(spare, Path(folder) / f"copy-{number}"))
                    total.update(played(copy, 0, postbox, span))
        finally:  # whoever breaks it off sees what there was
            where = "PostgreSQL" if shared else "SQLite"
            sys.stdout.write(f"{where}, {READERS} readers a run, {span:.1f} s each: {dict(total)}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
