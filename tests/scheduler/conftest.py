"""Workers as processes of their own, over SQLite and over PostgreSQL."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from machine import PATIENCE
from postgres import Cluster, cluster, wait_until
from pressgen.scheduler.client import SchedulerClient
from pressgen.scheduler.store import SchedulerDatabase
from scheduler.paper_office import PaperOffice

PROGRAM = Path(__file__).with_name("paper_office.py")


@dataclass
class House:
    """An office, its store, and the workers that a test starts."""

    office: PaperOffice
    store: SchedulerDatabase
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def worker(self, name: str = "one", **environment: str) -> subprocess.Popen[bytes]:
        """A worker that is ready to lift."""
        before = len(self.office.events("ready", name))
        process = self.begin(name, **environment)
        wait_until(lambda: len(self.office.events("ready", name)) > before)
        return process

    def begin(self, name: str, **environment: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, PROGRAM, self.office.folder, name, self.store.database]
        process = subprocess.Popen(command, env={**os.environ, **environment})
        self.workers.append(process)
        return process

    def timetable(self) -> SchedulerClient:
        self.store.prepare()
        return SchedulerClient(self.store)

    def published(self) -> list[str]:
        return sorted(str(each["reference"]) for each in self.office.events("published"))


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    with cluster() as made:
        yield made


@pytest.fixture(params=["sqlite", "postgresql"])
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    database = request.getfixturevalue("postgres").new_database() if request.param == "postgresql" else ""
    made = House(PaperOffice(tmp_path), SchedulerDatabase(tmp_path / ".pressgen", database))
    yield made
    for process in made.workers:
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
        process.wait(PATIENCE)
