"""The engine's own record: who may read it, what stands in it, and what happens when it goes away."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from machine import lack
from postgres import Cluster, cluster, wait_until
from pressgen.errors import EnvironmentFailureError, UsageError
from pressgen.scheduler.client import SchedulerClient
from pressgen.scheduler.handlers import DueJob
from pressgen.scheduler.service import SchedulerService, ServiceDefinition
from pressgen.scheduler.store import SchedulerDatabase
from pressgen.scheduler.worker_lock import acquire_worker_lock
from scheduler.conftest import House
from scheduler.paper_office import PaperOffice
from waiting import before, in_time, soon


def test_the_record_is_for_its_owner_only_and_written_ahead(tmp_path: Path) -> None:
    SchedulerDatabase(tmp_path / ".pressgen").prepare()

    file = tmp_path / ".pressgen" / "engine.sqlite"
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700
    with sqlite3.connect(file) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()


def test_the_record_holds_plain_json_and_no_pickle(tmp_path: Path) -> None:
    store = SchedulerDatabase(tmp_path / ".pressgen")
    store.prepare()
    at = datetime(2031, 5, 8, tzinfo=UTC)
    with SchedulerClient(store) as timetable:
        timetable.schedule(DueJob(at, "P1", 3), at - timedelta(days=1))

    with sqlite3.connect(store.folder / "engine.sqlite") as connection:
        ((words,),) = connection.execute("SELECT inputs FROM workflow_input").fetchall()
    connection.close()

    assert json.loads(words) == {"positionalArgs": ["P1", 3, 1935964800000], "namedArgs": {}}


def test_orders_to_the_library_from_the_environment_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBOS__CLOUD", "true")

    with pytest.raises(UsageError, match="DBOS__CLOUD .* unset it"):
        SchedulerDatabase(tmp_path / ".pressgen").prepare()


def test_the_environment_is_left_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBOS__APPVERSION", "other")
    monkeypatch.setenv("OTEL_SERVICE_NAME", "other")
    were = dict(os.environ)

    SchedulerDatabase(tmp_path / ".pressgen").prepare()

    assert dict(os.environ) == were


def test_a_record_that_cannot_be_made_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / ".pressgen").write_text("a file")

    with pytest.raises(EnvironmentFailureError, match=r"engine\.sqlite cannot be written"):
        SchedulerDatabase(tmp_path / ".pressgen").prepare()


def test_a_database_that_is_away_is_said_without_its_password(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFailureError) as refusal:
        SchedulerDatabase(tmp_path, "postgresql://press:open-sesame@127.0.0.1:1/office").prepare()

    assert "PRESSGEN_DATABASE" in str(refusal.value)
    assert "open-sesame" not in str(refusal.value)


@pytest.fixture
def lone() -> Cluster:
    """A cluster that a test may stop."""
    with cluster() as made:
        yield made


def held(house: House, span: float) -> tuple[str, datetime]:
    """A lift in so many seconds that a worker already holds; its reference and its hour."""
    at = soon(span)
    name = f"P{at:%M%S%f}"
    with house.timetable() as timetable:
        timetable.schedule(house.office.owe(name, at), datetime.now(UTC))
    wait_until(lambda: house.office.events("prepared", name) != [])
    return name, at


def test_a_database_killed_over_the_hour_and_back_loses_no_lift(tmp_path: Path, lone: Cluster) -> None:
    house = House(PaperOffice(tmp_path), SchedulerDatabase(tmp_path / ".pressgen", lone.new_database()))
    process = house.worker()

    def trial(span: float) -> None:
        name, at = held(house, span)
        lone.stop("immediate")
        try:
            before(at)
            wait_until(lambda: datetime.now(UTC) > at + timedelta(seconds=2))
        finally:
            lone.start()

        wait_until(lambda: house.office.events("announced", name) != [])
        assert len(house.office.events("published", name)) == 1

    try:
        in_time(trial)
        assert process.poll() is None
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()


def test_a_full_disk_holds_the_engine_up_until_there_is_room(tmp_path: Path) -> None:
    folder = tmp_path / "small"
    folder.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", folder], check=False).returncode:
        lack("this machine mounts no small disk for a test")
    house = House(PaperOffice(tmp_path), SchedulerDatabase(folder / ".pressgen"))

    def trial(span: float) -> None:
        name, at = held(house, span)
        filling = folder / "filling"
        try:
            with filling.open("wb", buffering=0) as file:
                while _room(folder):
                    file.write(b"." * min(_room(folder), 1 << 16))
            before(at)
            wait_until(lambda: datetime.now(UTC) > at + timedelta(seconds=2))
            assert house.workers[0].poll() is None
        finally:
            filling.unlink()

        wait_until(lambda: house.office.events("announced", name) != [])
        assert len(house.office.events("published", name)) == 1

    try:
        house.worker()
        in_time(trial)
    finally:
        for process in house.workers:
            process.kill()
            process.wait()
        subprocess.run(["umount", folder], check=True)


def _room(folder: Path) -> int:
    return os.statvfs(folder).f_bavail * os.statvfs(folder).f_frsize


def test_a_service_whose_library_does_not_answer_tells_it_and_goes_on(tmp_path: Path) -> None:
    database = SchedulerDatabase(tmp_path / ".pressgen")
    database.prepare()
    lock = acquire_worker_lock(database, "one")
    assert lock
    told: list[str] = []

    SchedulerService(database, "one", lock, ServiceDefinition("lifts", "1", {}, None, tuple)).look_after(told.append)

    lock.release()
    assert [line.partition(": ")[0] for line in told] == ["cannot check the scheduler"]


def test_a_worker_whose_name_is_a_path_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="“a/b” cannot be the name of a worker: use letters, digits, dots and hyphens"):
        acquire_worker_lock(SchedulerDatabase(tmp_path / ".pressgen"), "a/b")
