"""Workspaces that an earlier version left behind go on: nothing in them is lost, and nothing is done twice."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tarfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink

from channels.servers import free_port
from machine import PATIENCE
from postgres import cluster
from wrong_clock import wrong_clock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from postgres import Cluster

HERE = Path(__file__).parent
STORES = ["sqlite", "postgres"]
MOVED_EMBARGO = datetime(2031, 4, 2, 23, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `make_workspace` made, unpacked."""
    folder = tmp_path_factory.mktemp("earlier")
    with tarfile.open(HERE / "workspaces.tar.xz") as archive:
        if hasattr(tarfile, "data_filter"):  # Python 3.11.4 and later
            archive.extraction_filter = tarfile.data_filter
        archive.extractall(folder)  # noqa: S202 - our own
    return folder


@pytest.fixture(scope="module")
def servers() -> Iterator[Cluster]:
    with cluster() as made:
        yield made


class Office:
    """A copy of a workspace, and the command line in it."""

    def __init__(self, root: Path, database: str, before: list[dict[str, Any]]) -> None:
        self.root, self.before = root, before
        self.environment = {**os.environ, "PRESSGEN_DATABASE": database, "TZ": "UTC"}

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "pressgen", *arguments]
        return subprocess.run(
            command, cwd=self.root, env={**self.environment, **environment}, capture_output=True, text=True, check=False
        )

    def status(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(self.run("status", "--format", "json").stdout)
        return found

    def states(self) -> dict[str, str]:
        return {each["release"]: each["state"] for each in self.status()}


@pytest.fixture(params=STORES)
def earlier(request: pytest.FixtureRequest, kept: Path, tmp_path: Path) -> Office:
    store = request.param
    root = tmp_path / store
    shutil.copytree(kept / store, root, symlinks=True)
    database = ""
    if store == "postgres":
        servers: Cluster = request.getfixturevalue("servers")
        database = servers.new_database()
        restore = [servers.programs / "psql", "-q", "-v", "ON_ERROR_STOP=1", "-f", kept / "ledger.sql", database]
        subprocess.run(restore, check=True, stdout=subprocess.DEVNULL)
    return Office(root, database, json.loads((kept / "before.json").read_text())[store])


def test_every_release_stands_as_it_stood(earlier: Office) -> None:
    assert earlier.status() == earlier.before


def test_the_ledger_is_consistent(earlier: Office) -> None:
    done = earlier.run("history", "--verify")

    assert done.returncode == 0, done.stdout + done.stderr


def test_what_is_scheduled_is_due(earlier: Office) -> None:
    told = earlier.run("due", "--within", "9000d").stdout

    assert "scheduled" in told
    assert "moved" in told


def test_a_copy_that_an_editor_sent_back_is_received(earlier: Office) -> None:
    done = earlier.run("review", "receive", "returned.docx", "--as", "writer")

    assert "torn" in done.stdout, done.stdout + done.stderr


def test_a_worker_lifts_what_was_scheduled_and_announces_it_once(earlier: Office, tmp_path: Path) -> None:
    server = Controller(Sink(), hostname="127.0.0.1", port=free_port())
    server.start()
    file = earlier.root / "releases" / "pressgen.yaml"
    file.write_text("".join(_with_port(line, server.port) for line in file.read_text().splitlines(keepends=True)))
    clock = wrong_clock(tmp_path)
    clock.set(round((MOVED_EMBARGO + timedelta(seconds=30) - datetime.now(UTC)).total_seconds()))
    worker = subprocess.Popen(
        [sys.executable, "-m", "pressgen", "worker"], cwd=earlier.root,
        env={**earlier.environment, **clock.environment}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    try:
        _wait_for(earlier, {"scheduled": "lifted", "moved": "lifted"}, worker)
    finally:
        worker.terminate()
        worker.communicate(timeout=PATIENCE)
        server.stop()
    states = earlier.states()
    assert {each["release"]: each["state"] for each in earlier.before} == states | {
        "scheduled": "issued",
        "moved": "issued",
    }
    assert earlier.run("history", "--verify").returncode == 0


def _with_port(line: str, port: int) -> str:
    return f"  mail: {{kind: smtp, host: 127.0.0.1, port: {port}, security: none}}\n" if "kind: smtp" in line else line


def _wait_for(office: Office, wanted: dict[str, str], worker: subprocess.Popen[str]) -> None:
    ends = time.monotonic() + PATIENCE
    while not wanted.items() <= office.states().items():
        assert worker.poll() is None, worker.communicate()[0]
        assert time.monotonic() < ends, office.states()
        time.sleep(0.5)


def test_what_was_built_is_built_again_beside_its_manifest(earlier: Office) -> None:
    done = earlier.run("build", "releases/draft", "--format", "docx", "--format", "html")
    made = [str(each) for each in (earlier.root / "dist" / "draft").rglob("draft.*")]

    assert done.returncode == 0, done.stdout + done.stderr
    assert len(made) == 4
    assert earlier.run("verify", *made).returncode == 0


def test_rules_of_somebody_s_own_are_loaded(earlier: Office) -> None:
    file = earlier.root / "releases" / "draft" / "release.yaml"
    file.write_text(file.read_text().replace("The old one is", "The old one is very unique and"))

    done = earlier.run("check", "releases/draft", PYTHONPATH=os.pathsep.join([str(HERE / "own_rules"), *sys.path]))

    assert "Z01" in done.stdout, done.stdout + done.stderr
    assert "C00" not in done.stdout
