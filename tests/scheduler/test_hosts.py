"""Two workers on two hosts, which are network namespaces of this machine with a cable each to the database."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hosts import Host, hosts
from postgres import cluster, wait_until
from pressgen.scheduler.store import SchedulerDatabase
from scheduler.conftest import PROGRAM, House
from scheduler.paper_office import PaperOffice


def begin(house: House, host: Host) -> None:
    """A worker on this host, called as the host is."""
    database = house.store.database.replace("127.0.0.1", host.ours)
    worker = [*host.inside, sys.executable, PROGRAM, house.office.folder, host.name, database]
    house.workers.append(subprocess.Popen(worker))
    wait_until(lambda: house.office.events("ready", host.name) != [])


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[House, list[Host]]]:
    with hosts("presshost", 213, 2) as made, cluster("127.0.0.1,10.213.1.1,10.213.2.1") as databases:
        house = House(PaperOffice(tmp_path), SchedulerDatabase(tmp_path / ".pressgen", databases.new_database()))
        yield house, made
        for process in house.workers:
            process.kill()
            process.wait()


def test_the_work_of_a_host_whose_cable_is_cut_is_taken_up_by_the_other(two: tuple[House, list[Host]]) -> None:
    house, (first, second) = two
    at = datetime.now(UTC) + timedelta(seconds=12)
    with house.timetable() as timetable:
        for number in range(6):
            timetable.schedule(house.office.owe(f"P{number}", at), datetime.now(UTC))
    begin(house, first)
    wait_until(lambda: len(house.office.events("prepared")) == 6)
    begin(house, second)
    first.cut()

    wait_until(lambda: len(house.office.events("announced")) == 6)

    assert house.published() == [f"P{number}" for number in range(6)]
    assert datetime.now(UTC) >= at
