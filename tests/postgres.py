"""A PostgreSQL cluster of the tests' own, on a free port of this machine, run by a user without rights."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest

from machine import PATIENCE, lack, need_program

if TYPE_CHECKING:
    from collections.abc import Iterator

UNPRIVILEGED = "postgres"


@dataclass
class Cluster:
    """A running cluster."""

    programs: Path
    data: Path
    port: int
    connections: int = 100
    databases: int = 0

    def url(self, database: str = "postgres", *, user: str = "press", host: str = "127.0.0.1") -> str:
        return f"postgresql://{user}@{host}:{self.port}/{database}"

    def new_database(self) -> str:
        """The URL of a fresh, empty database."""
        self.databases += 1
        name = f"office{self.databases}"
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return self.url(name)

    def start(self, listening: str = "127.0.0.1") -> None:
        options = f"-p {self.port} -c listen_addresses={listening} -c unix_socket_directories={self.data}"
        options += f" -c max_connections={self.connections}"
        self._control("start", "-w", "-t", str(PATIENCE), "-o", options, "-l", f"{self.data}/log")

    def stop(self, mode: str = "fast") -> None:
        """End it: `fast` as an administrator would, `immediate` as a fault of the machine."""
        self._control("stop", "-w", "-m", mode)

    def _control(self, *arguments: str) -> None:
        _unprivileged([str(self.programs / "pg_ctl"), "-D", str(self.data), *arguments])


@contextmanager
def cluster(listening: str = "127.0.0.1", connections: int = 100) -> Iterator[Cluster]:
    """Make a cluster, start it, and take it away at the end; it serves so many connections at most."""
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="pressgen-postgres-"))
    data = folder / "data"
    data.mkdir()
    if os.geteuid() == 0:
        folder.chmod(0o755)
        shutil.chown(data, UNPRIVILEGED)
    trust = ["--auth=trust", "--username=press", "--no-sync", "--encoding=UTF8", "--locale=C"]
    made = Cluster(programs, data, _free_port(), connections)
    try:
        _unprivileged([str(programs / "initdb"), "-D", str(data), *trust])
        if listening != "127.0.0.1":
            with (data / "pg_hba.conf").open("a") as rules:
                rules.write("host all all samenet trust\n")
        made.start(listening)
        try:
            yield made
        finally:
            made.stop("immediate")
    finally:
        shutil.rmtree(folder)


def _programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else Path(need_program("initdb")).parent


def _unprivileged(command: list[str]) -> None:
    if os.geteuid() == 0:
        try:
            pwd.getpwnam(UNPRIVILEGED)
        except KeyError:
            lack(f"PostgreSQL does not run as root, and there is no user {UNPRIVILEGED}")
        command = [need_program("runuser"), "-u", UNPRIVILEGED, "--", *command]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/", timeout=PATIENCE)
    if done.returncode:
        pytest.fail(f"{' '.join(command)}: {done.stderr or done.stdout}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(true: object, seconds: float = PATIENCE) -> None:
    """Wait until a function says so, and fail if it never does."""
    assert callable(true)
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)
