"""Releases sent to workers: made as one machine makes them, once, whatever becomes of a worker."""

from __future__ import annotations

import json
import signal
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from actions.batch.conftest import Archive, whole
from bucket import bucket
from machine import PATIENCE
from postgres import wait_until
from pressgen.actions.batch import chunk_builder
from pressgen.actions.batch.chunk_builder import LocalChunkBuilder
from pressgen.actions.batch.chunking import LARGEST, compute_chunk_size, estimate_seconds, split_into_chunks
from pressgen.actions.batch.refusals import read_refusals
from pressgen.actions.batch.send_to_build_services import SentBatch
from pressgen.actions.batch.shared_database import open_batches
from pressgen.actions.batch.upload import upload_release
from pressgen.actions.batch.work_package import PARCELS, BatchRequest
from pressgen.channels.object_store import ObjectStore
from pressgen.errors import StateError, UsageError
from pressgen.model.artifact import Format
from pressgen.scheduler.batches import Chunk
from pressgen.scheduler.dbos_abi import Lost
from pressgen.scheduler.store import SchedulerDatabase
from scheduler.conftest import House
from scheduler.paper_office import PaperOffice


@pytest.fixture
def in_bucket(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> Iterator[Archive]:
    """The same, into a bucket of a real store."""
    with bucket() as store:
        for name, value in store.environment().items():
            monkeypatch.setenv(name, value)
        archive.to = "s3://press/archive"
        yield archive
        archive.end()


@pytest.mark.parametrize("where", ["archive", "in_bucket"])
def test_two_workers_make_what_one_machine_makes_each_release_once(where: str, request: pytest.FixtureRequest) -> None:
    archive: Archive = request.getfixturevalue(where)
    sent = archive.send()
    archive.worker("one")
    archive.worker("two")

    done = archive.finish(sent.batch)

    assert done.counted() == {"made": 6, "unchanged": 0, "refused": 0, "not made": 0}
    assert (sent.releases, sent.chunks) == (6, 3)
    assert archive.results() == archive.plain()
    assert ObjectStore(archive.to).names(PARCELS) == {f"{done.sent[0].chunk.houses}.zip"}


def test_what_lies_there_as_it_would_be_made_is_not_sent(archive: Archive) -> None:
    first = archive.send()
    archive.worker("one")
    archive.finish(first.batch)

    again = archive.send()
    (archive.root / "releases" / "bridge-2" / "note.txt").write_text("goes into nothing")
    with_note = archive.send()
    file = archive.root / "releases" / "bridge-3" / "release.yaml"
    file.write_text(file.read_text().replace("opens", "opened"))
    one = archive.send()
    archive.finish(one.batch)

    assert (again.batch, again.same) == ("", 6)
    assert (with_note.batch, with_note.same) == ("", 6)
    assert (one.releases, one.same) == (1, 5)
    assert archive.results() == archive.plain()


def test_a_house_that_changed_and_another_order_are_sent_and_force_sends_all(archive: Archive) -> None:
    archive.worker("one")
    archive.finish(archive.send().batch)
    css = archive.root / "templates" / "inspectorate" / "release.css"
    css.write_text(css.read_text() + "\n/* another */\n")
    house = archive.send()
    archive.finish(house.batch)
    pages = archive.send(formats=[Format.HTML])
    archive.finish(pages.batch)
    nothing = archive.send(formats=[Format.HTML])
    force = archive.send(force=True)
    done = archive.finish(force.batch)

    assert (house.releases, pages.releases, nothing.releases, force.releases) == (6, 6, 0, 6)
    assert done.counted()["made"] == 6
    listed = json.loads(archive.results()["bridge-1/public/manifest.json"])["outputs"]
    assert sorted(listed) == ["bridge-1.docx", "bridge-1.html", "bridge-1.txt"]


def test_a_refused_release_is_listed_and_no_word_of_it_gets_into_the_engine(archive: Archive) -> None:
    (archive.root / "releases" / "bridge-4" / "release.yaml").write_text("headline: Secret\nhouse: nowhere\n")
    sent = archive.send()
    archive.worker("one")
    done = archive.finish(sent.batch)
    told = archive.run("engine", "batch", sent.batch)

    assert done.counted() == {"made": 5, "unchanged": 0, "refused": 1, "not made": 0}
    assert list(read_refusals(ObjectStore(archive.to), done)) == ["bridge-4"]
    assert told.returncode == 1
    assert "6 releases: 5 made, 1 refused" in told.stdout
    assert all(line.startswith("releases/bridge-4/release.yaml:") for line in told.stderr.splitlines())
    assert "bridge-4" not in archive.recorded()
    assert "Secret" not in archive.recorded()


def test_the_chunk_of_a_killed_worker_is_made_by_another_and_nothing_twice(archive: Archive) -> None:
    sent = killed_on_its_way(archive)
    archive.worker("two")

    done = archive.finish(sent.batch)

    counted = done.counted()
    assert counted["made"] + counted["unchanged"] == sent.releases
    assert counted["unchanged"] > 0  # what the first had put there was not made again
    assert archive.results() == archive.plain()
    assert set(whole(archive.results()).values()) == {2}


def killed_on_its_way(archive: Archive) -> SentBatch:
    """A batch of one chunk whose worker was killed when it had made some of it; a longer one if it was too quick."""
    for number in (20, 80, 320):
        archive.add([f"long-{number}-{each:03}" for each in range(number)])
        name, there = f"killed-{number}", len(ObjectStore(archive.to).names())
        sent = archive.send(most=number + 6)
        worker = archive.worker(name)
        wait_until(lambda: len(ObjectStore(archive.to).names()) > there + 4)  # noqa: B023 - called at once
        worker.send_signal(signal.SIGKILL)
        worker.wait()
        if "chunk" not in archive.log(name).read_text():
            return sent
    pytest.fail("every worker had made its chunk before it was killed")


def test_a_worker_that_is_stopped_leaves_its_chunk_to_others_and_every_file_whole(archive: Archive) -> None:
    archive.add([f"long-{number:02}" for number in range(20)])
    sent = archive.send(most=26)
    first = archive.worker("one")
    wait_until(lambda: len(ObjectStore(archive.to).names()) > 4)
    first.send_signal(signal.SIGTERM)

    assert first.wait(PATIENCE) == 0
    assert whole(archive.results())
    archive.worker("two", "--once").wait(PATIENCE)
    assert archive.batch(sent.batch).counted()["not made"] == 0
    assert archive.results() == archive.plain()


def test_no_second_batch_mixes_with_one_that_is_under_way(archive: Archive) -> None:
    first = archive.send()
    with pytest.raises(StateError, match=f"batch {first.batch} is still being built"):
        archive.send()
    ended = archive.run("engine", "batch", first.batch, "--cancel")

    assert ended.returncode == 1
    assert "6 not made" in ended.stdout
    assert archive.send().releases == 6


def test_a_month_later_an_ended_batch_is_forgotten_with_its_reasons(archive: Archive) -> None:
    (archive.root / "releases" / "bridge-4" / "release.yaml").write_text("house: nowhere\n")
    old = archive.send(most=6)
    archive.worker("one")
    archive.finish(old.batch)
    reasons = f".queue/{old.batch}"
    assert ObjectStore(archive.to).names(reasons) == {"00001.json"}

    archive.send(now=datetime.now(UTC) + timedelta(days=31))

    with open_batches() as held:
        assert held.batch(old.batch) is None
    assert ObjectStore(archive.to).names(reasons) == set()


def test_a_parcel_that_somebody_changed_is_not_made(archive: Archive) -> None:
    sent = archive.send(most=6)
    chunk = archive.batch(sent.batch).sent[0].chunk
    ObjectStore(archive.to).put(f"{PARCELS}/{chunk.parcel}.zip", b"something else")
    archive.worker("one")

    done = archive.finish(sent.batch)
    told = archive.run("engine", "batch")

    assert done.counted()["not made"] == 6
    assert told.returncode == 1
    assert "was changed after it was sent" in told.stderr


def test_lifts_go_on_beside_the_archive_over_one_database(archive: Archive, tmp_path: Path) -> None:
    """Two applications: a worker of the archive that starts later makes no worker of lifts an outdated one."""
    house = House(
        PaperOffice(tmp_path / "office"), SchedulerDatabase(tmp_path / "office" / ".pressgen", archive.database)
    )
    house.office.folder.joinpath(".pressgen").mkdir()
    house.store.prepare()
    lifter = house.worker("lifter")
    sent = archive.send()
    archive.worker("one")
    archive.finish(sent.batch)
    at = datetime.now(UTC)
    with house.timetable() as timetable:
        timetable.schedule(house.office.owe("P1", at), at)
        wait_until(lambda: house.published() == ["P1"])

        assert {job.reference for job in timetable.status(finished=True)} == {"P1"}
    lifter.kill()
    lifter.wait()


@pytest.mark.parametrize(("database", "said"), [("", "names none"), ("sqlite:///x.sqlite", "names a file")])
def test_without_a_postgresql_it_is_refused(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, database: str, said: str
) -> None:
    monkeypatch.setenv("PRESSGEN_DATABASE", database)

    for command in (["build", "--all", "--queue"], ["worker", "--queue", "archive"], ["engine", "batch"]):
        done = archive.run(*command)
        assert done.returncode == 2
        assert said in done.stderr


def test_the_newsrooms_folder_is_no_depot(archive: Archive) -> None:
    (archive.root / "releases" / "pressgen.yaml").write_text(
        "office: {name: P, from: a@b.example, newsroom: 'https://n.example'}\n"
        "people: {head: {name: H, email: h@b.example, roles: [head]}}\n"
        "channels: {newsroom: {kind: folder, path: public}}\n"
    )
    archive.to = str(archive.root / "public" / "archive")

    with pytest.raises(UsageError, match=r"public/archive is a folder that .* sends to"):
        archive.send()


class Held:
    """A claim that is held for so many questions."""

    def __init__(self, questions: int) -> None:
        self.left = questions

    def check(self, within: float = 0.0) -> None:  # noqa: ARG002 - as the claim has it
        self.left -= 1
        if self.left < 0:
            raise Lost("archive:b:00001")


def test_who_has_lost_the_claim_puts_nothing_any_more(archive: Archive) -> None:
    made = archive.plain()
    depot = ObjectStore(archive.to)
    with pytest.raises(Lost):
        upload_release(depot, archive.root / "plain" / "bridge-0", Held(4))

    assert sorted(depot.names("bridge-0")) == ["embargoed", "public"]
    assert depot.names("bridge-0/embargoed") == {"bridge-0.docx", "bridge-0.txt", "manifest.json"}
    assert depot.names("bridge-0/public") == {"bridge-0.docx"}
    assert depot.get("bridge-0/embargoed/manifest.json") == made["bridge-0/embargoed/manifest.json"]


def test_a_machine_that_does_not_reach_the_depot_is_not_fit_and_gives_its_chunk_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chunk_builder, "PAUSES", ())
    (tmp_path / "depot").write_text("in the way")
    making = LocalChunkBuilder(tmp_path / "scratch", 1, lambda _: None, threading.Event())
    chunk = Chunk(
        batch="b", number=1, chunks=1, releases=1, order="txt as", depot=str(tmp_path / "depot"), parcel="p", houses="h"
    )

    with pytest.raises(Lost):
        making.make(chunk, Held(9))  # type: ignore[arg-type]

    assert str(tmp_path / "depot") in making.unfit


def test_chunks_take_ten_to_sixty_seconds() -> None:
    for releases in (50, 300, 2_000, 10_000, 100_000):
        for seconds in (0.01, 0.08, 0.5, 5.0):
            assert 10 <= compute_chunk_size(releases, seconds) * seconds <= 60


def test_a_release_of_minutes_is_a_chunk_of_its_own() -> None:
    assert compute_chunk_size(100, 300.0) == 1


def test_the_estimate_grows_with_what_is_made() -> None:
    every = estimate_seconds(BatchRequest(tuple(Format), (), force=False))

    assert every > estimate_seconds(BatchRequest((Format.TXT,), (), force=False))
    assert 0.02 < every < 0.5


def test_a_chunk_holds_no_more_than_a_worker_can() -> None:
    sizes = [("a", 10), ("b", LARGEST), ("c", 10), ("d", 10), ("e", 10)]

    assert list(split_into_chunks(sizes, 2)) == [["a"], ["b"], ["c", "d"], ["e"]]


def test_what_a_release_took_lately_cuts_the_next_batch(archive: Archive) -> None:
    archive.worker("one")
    archive.finish(archive.send().batch)
    with open_batches() as held:
        seconds = held.seconds(BatchRequest((Format.DOCX, Format.TXT), (), force=False).text)
        other = held.seconds(BatchRequest((Format.PDF,), (), force=False).text)

    assert seconds
    assert other is None
