"""Two workers on two hosts, which are network namespaces of this machine with a cable each to the database."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from engine.conftest import PROGRAM, House
from engine.paper_office import PaperOffice
from machine import lack, need_program
from postgres import cluster, wait_until
from pressgen.engine.store import Store


@dataclass(frozen=True)
class Host:
    """A namespace, and the database's address as it is seen there."""

    name: str
    cable: str
    database: str

    def begin(self, house: House) -> subprocess.Popen[bytes]:
        """A worker on this host, called as the host is."""
        worker = [sys.executable, PROGRAM, house.office.folder, self.name, self.database]
        process = subprocess.Popen(["ip", "netns", "exec", self.name, *worker])
        house.workers.append(process)
        wait_until(lambda: house.office.events("ready", self.name) != [])
        return process

    def cut(self) -> None:
        """Pull the cable out."""
        _ip("link", "set", self.cable, "down")


def _ip(*arguments: str) -> None:
    done = subprocess.run([need_program("ip"), *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        lack(f"this machine makes no network namespaces: {done.stderr.strip()}")


@pytest.fixture
def hosts(tmp_path: Path) -> Iterator[tuple[House, list[Host]]]:
    names = ["presshost1", "presshost2"]
    try:
        for number, name in enumerate(names, 1):
            cable = f"presscable{number}"
            _ip("netns", "add", name)
            _ip("link", "add", cable, "type", "veth", "peer", "name", "eth0", "netns", name)
            _ip("address", "add", f"10.213.{number}.1/24", "dev", cable)
            _ip("link", "set", cable, "up")
            for command in (("address", "add", f"10.213.{number}.2/24", "dev", "eth0"), ("link", "set", "eth0", "up")):
                _ip("-n", name, *command)
        with cluster("127.0.0.1,10.213.1.1,10.213.2.1") as made:
            url = made.new_database()
            house = House(PaperOffice(tmp_path), Store(tmp_path / ".pressgen", url))
            yield (
                house,
                [
                    Host(name, f"presscable{number}", url.replace("127.0.0.1", f"10.213.{number}.1"))
                    for number, name in enumerate(names, 1)
                ],
            )
            for process in house.workers:
                process.kill()
                process.wait()
    finally:
        for name in names:
            subprocess.run(["ip", "netns", "delete", name], capture_output=True, check=False)


def test_the_work_of_a_host_whose_cable_is_cut_is_taken_up_by_the_other(hosts: tuple[House, list[Host]]) -> None:
    house, (first, second) = hosts
    at = datetime.now(UTC) + timedelta(seconds=12)
    with house.timetable() as timetable:
        for number in range(6):
            timetable.schedule(house.office.owe(f"P{number}", at), datetime.now(UTC))
    first.begin(house)
    wait_until(lambda: len(house.office.events("prepared")) == 6)
    second.begin(house)
    first.cut()

    wait_until(lambda: len(house.office.events("announced")) == 6, 90)

    assert house.published() == [f"P{number}" for number in range(6)]
    assert datetime.now(UTC) >= at
