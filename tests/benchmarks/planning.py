"""The commands that look at everything: `grid` and `status` over ten thousand pending releases."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.measuring import Measurement, process
from pressgen.ledger.ledger import Ledger
from pressgen.ledger.transaction import LedgerTransaction
from pressgen.model.event import Approved, Event, Scheduled, Submitted, Version
from pressgen.model.round import Exported, Returned

RELEASES, ROUNDS = 10_000, 5
TARGET = 1.5
START = datetime(2031, 1, 1, 0, 1, tzinfo=UTC)
REVIEW = (
    Exported(round=1, digest="0" * 12, to=("legal", "minister"), files={"a.docx": "0" * 64, "a.pdf": "0" * 64}),
    Returned(round=1, file="1" * 64, by=("Ann Editor",), proposals=3),
    Returned(round=1, file="2" * 64, by=("Bo Desk",), proposals=5),
)
PRESSGEN = Path(sys.executable).with_name("pressgen")


def looking() -> list[Measurement]:
    """Seconds of each command, each in a process of its own."""
    with TemporaryDirectory() as folder:
        plain, reviewed = Path(folder) / "plain", Path(folder) / "reviewed"
        for root, events in ((plain, ()), (reviewed, REVIEW)):
            for each in (root / "templates", root / "releases"):
                each.mkdir(parents=True)
            (root / ".pressgen").mkdir(mode=0o700)
            fill(root / ".pressgen" / "ledger.sqlite", events)
        found = [_measured(plain, command) for command in ("grid", "status")]
        return [*found, _measured(reviewed, "status", ", each with a round of review out and two copies back")]


def fill(file: Path, review: Sequence[Event] = ()) -> None:
    """A ledger in which everything is approved and scheduled, an hour apart, after a `review`."""
    with Ledger.open(f"sqlite:///{file}") as ledger, ledger._store.writing() as connection:
        for number in range(RELEASES):
            turn = LedgerTransaction(connection, f"REF-{number:05}", f"release-{number:05}")
            made = version(number)
            for event in (*review, Submitted(version=made), Approved(version=made.digest)):
                turn.append(event, actor="head", at=START - timedelta(days=2))
            turn.append(
                Scheduled(revision=1, lift_at=made.embargo or START), actor="head", at=START - timedelta(days=2)
            )


def version(number: int) -> Version:
    """A version as large as true ones are."""
    at, name, digest = START + timedelta(hours=number), f"release-{number:05}", "0" * 64
    files = [f"{variant}/{name}.{end}" for variant in ("embargoed", "public") for end in ("docx", "html", "pdf", "txt")]
    house = ["house.yaml", "logo.svg", "mail.txt", "release.css", "release.docx", "release.html"]
    return Version(
        headline=f"Headline number {number} about rivers and their warmth", audience="press", zone="Europe/London",
        issue=at - timedelta(days=1), embargo=at, publish=at, data={"release.yaml": digest},
        house={f"templates/inspectorate/{each}": digest for each in house}, files=dict.fromkeys(files, digest),
        made_with={"pressgen": "0.1.0", "weasyprint": "70.0"},
    )  # fmt: skip


def _measured(root: Path, command: str, what: str = "") -> Measurement:
    run = process([PRESSGEN, command], root)
    taken = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        run()
        taken.append(time.perf_counter() - start)
    shown = " ".join(f"{each:.2f}" for each in taken)
    return Measurement(f"pressgen {command} over {RELEASES:,} releases{what}", median(taken), TARGET, " s", shown)
