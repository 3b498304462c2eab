"""The archive in figures: `pressgen statistics` over ten thousand releases, of which the ledger has lifted half."""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.archive import add, workspace
from benchmarks.measuring import Measurement, process
from benchmarks.planning import version
from pressgen.ledger.ledger import Ledger
from pressgen.model.event import Approved, Lifted, Scheduled, Submitted

RELEASES, ROUNDS = 10_000, 3
START = datetime(2019, 1, 1, 0, 1, tzinfo=UTC)
TARGET = 6.0
PRESSGEN = Path(sys.executable).with_name("pressgen")


def counting() -> list[Measurement]:
    """Seconds of the command, in a process of its own, once the index is there."""
    with TemporaryDirectory() as folder:
        root = workspace(Path(folder))
        add(root, [f"release-{number:05}" for number in range(RELEASES)])
        for file in (root / "releases").glob("*/release.yaml"):
            file.write_text(file.read_text().replace("2027-03-", "2017-03-"))
        (root / ".pressgen").mkdir(mode=0o700)
        _fill(root / ".pressgen" / "ledger.sqlite")
        process([PRESSGEN, "find", "orchard"], root)()
        taken = []
        for _ in range(ROUNDS):
            start = time.perf_counter()
            process([PRESSGEN, "statistics"], root)()
            taken.append(time.perf_counter() - start)
        shown = " ".join(f"{each:.2f}" for each in taken)
        return [Measurement(f"pressgen statistics over {RELEASES:,} releases", median(taken), TARGET, " s", shown)]


def _fill(file: Path) -> None:
    """A ledger in which every other release was approved, scheduled and lifted."""
    with Ledger.open(f"sqlite:///{file}") as ledger, ledger.turns() as turn_of:
        for number in range(0, RELEASES, 2):
            turn = turn_of(f"REF-{number:05}", f"release-{number:05}")
            made, lift = version(number), START + timedelta(hours=3 * number)
            for event, before in (
                (Submitted(version=made), 5),
                (Approved(version=made.digest), 4),
                (Scheduled(revision=1, lift_at=lift), 4),
                (Lifted(revision=1, due=lift, actual=lift), 0),
            ):
                turn.append(event, actor="head", at=lift - timedelta(hours=before))


if __name__ == "__main__":
    for each in counting():
        sys.stdout.write(each.line() + "\n")
