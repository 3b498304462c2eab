"""The ledger, over SQLite and over PostgreSQL."""

from __future__ import annotations

import multiprocessing
import re
import sqlite3
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.happening import DATA, NOON, WHO, appending, appending_as_nobody, version
from machine import PATIENCE
from postgres import cluster
from pressgen.errors import EnvironmentFailureError, InputError, StateError, UsageError
from pressgen.ledger import store
from pressgen.ledger.chain import FIRST, compute_entry_digest
from pressgen.ledger.ledger import Ledger
from pressgen.model.decision import SecondLook
from pressgen.model.event import Approved, Lifted, Stamp, Submitted
from pressgen.model.standing import State
from pressgen.model.upkeep import ClockSet
from pressgen.search.postgres import PostgresIndex


def test_what_is_appended_is_read_again_in_its_order(ledger: Ledger) -> None:
    first = ledger.append(Submitted(version=version()), **WHO)
    second = ledger.append(Approved(version=version().digest), **{**WHO, "actor": "reed"})
    ledger.append(Submitted(version=version()), **{**WHO, "reference": "B-2"})

    assert [first, second] == ledger.entries("B-1")
    assert [each.number for each in ledger.entries()] == [1, 2, 3]


def test_the_standing_is_kept_up(ledger: Ledger) -> None:
    ledger.append(Submitted(version=version()), **WHO)
    ledger.append(Approved(version=version().digest), **WHO)
    ledger.append(Submitted(version=version()), **{**WHO, "reference": "A-2"})

    assert {reference: each.state for reference, each in ledger.standings().items()} == {
        "A-2": State.SUBMITTED,
        "B-1": State.APPROVED,
    }
    assert ledger.standing("B-1") == ledger.standings()["B-1"]
    assert ledger.standing("B-9") is None


def test_a_release_is_found_by_its_folder_and_by_its_reference(ledger: Ledger) -> None:
    ledger.append(Submitted(version=version()), **WHO)

    assert ledger.named("bridge") == ledger.named("B-1") == ledger.standing("B-1")
    assert ledger.named("tunnel") is None


def test_a_turn_is_recorded_whole_or_not_at_all(ledger: Ledger) -> None:
    def turning() -> None:
        with ledger.exclusive("B-1", "bridge") as turn:
            turn.append(Submitted(version=version()), actor="moss", at=NOON)
            assert turn.standing.state is State.SUBMITTED
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        turning()

    assert ledger.entries() == []
    assert ledger.standing("B-1") is None


def test_the_clock_does_not_run_backwards(ledger: Ledger) -> None:
    """Entries of a wrong clock would tell another story than what happened."""
    ledger.append(Submitted(version=version()), **WHO)
    ledger.append(Submitted(version=version()), **{**WHO, "at": NOON - timedelta(minutes=2)})

    with pytest.raises(StateError, match="the clock says 2031-04-01 11:00:00 UTC, but the ledger has an entry of"):
        ledger.append(Submitted(version=version()), **{**WHO, "at": NOON - timedelta(hours=1)})
    assert len(ledger.entries()) == 2


def test_the_clock_goes_on_from_where_somebody_says_it_is_right(ledger: Ledger) -> None:
    ledger.append(Submitted(version=version()), **WHO)
    ledger.keep(b"release")
    before = {**WHO, "at": NOON - timedelta(days=1)}

    ledger.append(ClockSet(was=NOON, reason="a day ahead"), **before)
    ledger.append(Submitted(version=version()), **before)

    assert ledger.last() == ledger.entries()[-1]
    assert len(ledger.entries()) == 3
    assert ledger.verify() is None


def test_what_has_happened_is_recorded_though_an_earlier_entry_is_ahead_and_nothing_else_is(ledger: Ledger) -> None:
    ledger.keep(b"release")
    ledger.append(Submitted(version=version()), **{**WHO, "at": NOON + timedelta(days=3)})
    ledger.append(Lifted(revision=1, due=NOON, actual=NOON), **WHO)
    ledger.append(Lifted(revision=1, due=NOON, actual=NOON), **WHO)

    with pytest.raises(StateError, match="an entry of 2031-04-04 12:00:00 UTC"):
        ledger.append(Submitted(version=version()), **WHO)
    assert [each.ahead for each in ledger.entries()] == [None, *[NOON + timedelta(days=3)] * 2]
    assert ledger.verify() is None
    ledger.append(ClockSet(was=NOON + timedelta(days=3), reason="three days ahead"), **WHO)
    ledger.append(Submitted(version=version()), **WHO)
    assert ledger.entries()[-1].ahead is None


def test_once_real_time_has_caught_up_nothing_is_ahead_any_more(ledger: Ledger) -> None:
    later = NOON + timedelta(days=3)
    ledger.append(Submitted(version=version()), **{**WHO, "at": later})
    ledger.append(Lifted(revision=1, due=NOON, actual=NOON), **WHO)
    ledger.append(Submitted(version=version()), **{**WHO, "at": later})

    assert ledger.entries()[-1].ahead is None


def test_an_entry_of_the_version_before_is_read_and_written_to_the_byte(ledger: Ledger) -> None:
    stamp = ledger.append(Submitted(version=version()), **WHO)

    assert b"ahead" not in stamp.to_json()
    assert Stamp.from_json(stamp.to_json()) == stamp


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """A ledger for files alone."""
    with Ledger.open(f"sqlite:///{tmp_path_factory.mktemp('shelf')}/ledger.sqlite") as opened:
        yield opened


@given(content=st.binary(max_size=100))
def test_a_file_is_kept_by_its_hash(shelf: Ledger, content: bytes) -> None:
    [digest, other, same] = shelf.keep(content, b"other" + content, content)

    assert digest == same != other
    assert shelf.fetch(digest) == content
    assert shelf.keep(content) == [digest]


def test_a_file_that_is_not_there_is_refused(ledger: Ledger) -> None:
    with pytest.raises(InputError, match="G02 the file 000000000000… is not in the ledger; restore a backup"):
        ledger.fetch("0" * 64)


def test_the_file_is_for_its_owner_only(tmp_path: Path) -> None:
    with Ledger.open(f"sqlite:///{tmp_path}/ledger.sqlite") as ledger:
        ledger.append(Submitted(version=version()), **WHO)

        modes = {stat.S_IMODE(each.stat().st_mode) for each in tmp_path.glob("ledger.sqlite*")}
        assert modes == {0o600}


def test_a_whole_ledger_verifies(ledger: Ledger) -> None:
    filled(ledger)

    assert ledger.verify() is None


def filled(ledger: Ledger) -> None:
    """Three entries, a file."""
    ledger.append(Submitted(version=version()), **WHO)
    ledger.append(Approved(version=version().digest, urgent=True, reason="Flood"), **WHO)
    ledger.append(SecondLook(version=version().digest), **WHO)
    ledger.keep(b"release")


BY_HAND = compute_entry_digest(FIRST, "by hand")
HANDS = {
    "UPDATE pressgen_entries SET entry = replace(entry, 'Flood', 'Fire') WHERE number = 2":
        "entry 2 was changed: its digest is different",
    f"UPDATE pressgen_entries SET entry = 'by hand', digest = '{BY_HAND}' WHERE number = 1":  # noqa: S608 - a digest
        "entry 1 cannot be read: it was written by hand, or by a later pressgen",
    "UPDATE pressgen_entries SET reference = 'B-2' WHERE number = 2": "entry 2 was moved to another place",
    "DELETE FROM pressgen_entries WHERE number = 2": "entry 3 follows entry 1: entries between them were removed",
    "DELETE FROM pressgen_entries WHERE number = 1": "entry 2 follows entry 0: entries between them were removed",
    "DELETE FROM pressgen_entries WHERE number = 3":
        "B-1 has a recorded state that differs from its entries: its state, or the last",
    "DELETE FROM pressgen_entries": "B-1 has a state, but no entry: entries at the end were removed",
    "UPDATE pressgen_entries SET previous = digest WHERE number = 1":
        "entry 1 does not match the entry before it: one of the two was changed",
    "UPDATE pressgen_standings SET standing = replace(standing, 'approved', 'issued')":
        "B-1 has a recorded state that differs from its entries: its state, or the last",
    "DELETE FROM pressgen_standings": "B-1 has a recorded state that differs from its entries: its state, or the last",
    "UPDATE pressgen_kept SET content = substr(content, 1, 2)": f"entry 1 needs the file {DATA}, which was changed",
    "DELETE FROM pressgen_kept": f"entry 1 needs the file {DATA}, which does not exist",
}  # fmt: skip


@pytest.mark.parametrize(("statement", "told"), HANDS.items(), ids=HANDS)
def test_a_ledger_that_was_edited_by_hand_says_where(ledger: Ledger, statement: str, told: str) -> None:
    filled(ledger)
    edit(ledger, statement)

    assert str(ledger.verify()).startswith(told)


def edit(ledger: Ledger, statement: str) -> None:
    with ledger._store.writing() as connection:
        connection.exec_driver_sql(statement)


def test_nothing_is_built_on_an_entry_that_was_changed(ledger: Ledger) -> None:
    filled(ledger)
    edit(ledger, "UPDATE pressgen_entries SET entry = replace(entry, 'moss', 'reed') WHERE number = 3")

    with pytest.raises(
        InputError, match="G01 entry 3 was changed by hand, or written by a later pressgen; see: pressgen"
    ):
        ledger.append(Submitted(version=version()), **WHO)


def test_a_standing_that_was_changed_is_not_relied_on(ledger: Ledger) -> None:
    filled(ledger)
    edit(ledger, "UPDATE pressgen_standings SET standing = replace(standing, 'approved', 'issued')")

    with pytest.raises(InputError, match="G01 the state of B-1 was changed by hand; restore a backup"):
        ledger.standing("B-1")
    assert ledger.altered() == ["B-1"]


def test_a_standing_that_was_changed_stops_no_other_release(ledger: Ledger) -> None:
    """It stands where its entries say, for those who look at all."""
    filled(ledger)
    before = ledger.standings()
    edit(ledger, "UPDATE pressgen_standings SET standing = replace(standing, 'approved', 'issued')")

    assert ledger.standings() == before
    assert ledger.namesakes({each.slug for each in before.values()}) == list(before.values())


def test_an_entry_that_cannot_be_read_is_refused(ledger: Ledger) -> None:
    filled(ledger)
    edit(ledger, "UPDATE pressgen_entries SET entry = '{}' WHERE number = 1")

    with pytest.raises(InputError, match="G01 entry 1 was changed"):
        ledger.entries()
    assert str(ledger.verify()).startswith("entry 1 was changed")


def test_a_file_that_is_no_ledger_is_refused_with_the_way_out(tmp_path: Path) -> None:
    file = tmp_path / "ledger.sqlite"
    file.write_bytes(b"something else" * 100)

    with pytest.raises(
        EnvironmentFailureError, match="file is not a database; the file is damaged: restore a backup of it"
    ):
        Ledger.open(f"sqlite:///{file}")


def test_a_folder_that_is_not_there_is_refused_with_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFailureError, match="No such file"):
        Ledger.open(f"sqlite:///{tmp_path}/nowhere/ledger.sqlite")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("ledger.sqlite", "unable to open database file; the folder .pressgen is missing or belongs to another user"),
        ("ledger.sqlite-wal", "disk I/O error; the disk is failing or full: make room or use another disk, and run"),
        ("ledger.sqlite-shm", "readonly database; the disk or the file is read-only: mount it for writing, or correct"),
    ],
)
def test_a_folder_in_the_place_of_one_of_its_files_is_refused_with_a_way_out(
    name: str, told: str, tmp_path: Path
) -> None:
    (tmp_path / name).mkdir()

    with pytest.raises(EnvironmentFailureError, match=re.escape(told)):
        Ledger.open(f"sqlite:///{tmp_path}/ledger.sqlite")


def test_a_full_disk_leaves_the_ledger_as_it_was(tmp_path: Path) -> None:
    with Ledger.open(f"sqlite:///{tmp_path}/ledger.sqlite") as ledger:
        ledger.append(Submitted(version=version()), **WHO)
        ledger.keep(b"release")
        edit(ledger, "PRAGMA max_page_count=1")  # SQLite's own way to have no room

        with pytest.raises(EnvironmentFailureError, match="database or disk is full; make room on the disk"):
            ledger.keep(bytes(9_000_000))

        assert len(ledger.entries()) == 1
        assert ledger.verify() is None


def test_a_database_that_has_no_connection_left_is_told_apart_from_one_that_does_not_answer() -> None:
    with cluster(connections=5) as small, ExitStack() as sessions:
        url = small.new_database()
        for _ in range(5):
            sessions.enter_context(psycopg.connect(url))

        with pytest.raises(
            EnvironmentFailureError, match="too many clients already; it has no free connection: run the command"
        ):
            Ledger.open(url)


@pytest.mark.parametrize("address", ["nonsense", "mysql://press:hunter-2@host/ledger", "postgresql//hunter-2"])
def test_an_address_that_is_none_is_refused_and_not_repeated(address: str) -> None:
    with pytest.raises(UsageError, match="write postgresql://USER@HOST/NAME") as refusal:
        Ledger.open(address)

    assert "hunter" not in str(refusal.value)


def test_processes_that_append_at_once_make_one_chain(url: str) -> None:
    """Each entry needs the digest of the last: without turns, two would follow the same one."""
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=appending, args=(url, f"B-{name}", 20)) for name in range(3)]
    for each in workers:
        each.start()
    for each in workers:
        each.join()

    with Ledger.open(url) as ledger:
        assert [each.exitcode for each in workers] == [0, 0, 0]
        assert [*range(1, 61)] == [each.number for each in ledger.entries()]
        assert ledger.verify() is None


def test_whoever_reads_sees_one_moment(ledger: Ledger) -> None:
    """Else an entry that is made while the ledger is proved would look like a breach."""
    filled(ledger)

    with ledger._store.reading() as connection:
        before = connection.exec_driver_sql("SELECT count(*) FROM pressgen_entries").scalar()
        ledger.append(Submitted(version=version()), **WHO)
        after = connection.exec_driver_sql("SELECT count(*) FROM pressgen_entries").scalar()

    assert (before, after) == (3, 3)


def test_a_read_only_ledger_is_refused_with_the_way_out() -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "ledger.sqlite"
        with Ledger.open(f"sqlite:///{file}") as ledger:
            filled(ledger)
        file.chmod(0o444)
        Path(folder).chmod(0o555)
        context = multiprocessing.get_context("spawn")
        said = context.Queue()
        worker = context.Process(target=appending_as_nobody, args=(f"sqlite:///{file}", said))
        worker.start()

        assert "the disk or the file is read-only: mount it for writing" in said.get(timeout=PATIENCE)
        worker.join()
        Path(folder).chmod(0o755)


def test_an_entry_is_the_same_bytes_when_it_is_read_and_written_again(ledger: Ledger) -> None:
    stamp = ledger.append(Submitted(version=version(**{"a.pdf": "0" * 64})), **WHO)

    assert Stamp.from_json(stamp.to_json()).to_json() == stamp.to_json()


def test_a_program_that_writes_without_end_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "WAIT", 0.05)
    file = tmp_path / "ledger.sqlite"
    with Ledger.open(f"sqlite:///{file}") as ledger, closing(sqlite3.connect(file)) as other:
        other.execute("BEGIN IMMEDIATE")

        with pytest.raises(EnvironmentFailureError, match="another program has been writing for .* seconds: find it"):
            ledger.append(Submitted(version=version()), **WHO)


@pytest.mark.parametrize("opening", [Ledger.open, PostgresIndex])
def test_without_its_driver_a_database_is_not_opened(
    opening: Callable[[str], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)

    with pytest.raises(EnvironmentFailureError, match="PostgreSQL needs a driver; install it with: pip install"):
        opening("postgresql://127.0.0.1:1/press")
