"""One holder at a time sends for a release: threads, processes, the paused and the dead."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import NullPool, create_engine, text

from ledger.happening import NOON
from ledger.holding import Other, claim, outcomes, sent
from pressgen.errors import StateError
from pressgen.ledger.lease import LeaseLostError, LeaseRequest
from pressgen.ledger.ledger import Ledger
from pressgen.ledger.migrate import migrate_ledger


def change(url: str, statement: str) -> None:
    """Reach into the database, as somebody else does."""
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"), poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(text(statement))


@pytest.fixture
def others() -> Iterator[list[Other]]:
    made: list[Other] = []
    yield made
    for each in made:
        each.process.kill()
        each.process.join()


def test_a_second_holder_is_told_who_sends_and_since_when(url: str) -> None:
    said = "B-1 is being sent by moss on hill, since 2031-04-01 12:00:00 UTC"
    with Ledger.open(url) as one, Ledger.open(url) as two, one.lease(claim()):
        refused = pytest.raises(StateError, match=said)
        with refused, two.lease(claim("reed on moor")):
            pass


def test_a_lease_of_another_release_does_not_wait(ledger: Ledger) -> None:
    other = LeaseRequest(reference="B-2", slug="road", holder="reed", clock=lambda: NOON, wait=0.0)
    with ledger.lease(claim()), ledger.lease(other):
        pass


def test_whoever_waits_gets_it_once_it_is_free(url: str) -> None:
    got = threading.Event()

    def wait() -> None:
        with Ledger.open(url) as two, two.lease(claim(wait=60)):
            got.set()

    waiting = threading.Thread(target=wait)
    with Ledger.open(url) as one, one.lease(claim()):
        waiting.start()
        assert not got.wait(0.3)
    waiting.join(60)
    assert got.is_set()


def test_threads_hold_it_one_at_a_time(url: str) -> None:
    inside: list[int] = []
    most: list[int] = []

    def hold(number: int) -> None:
        with Ledger.open(url) as ledger, ledger.lease(claim(wait=60)) as lease:
            inside.append(number)
            most.append(len(inside))
            lease.intend(sent(key=str(number)), actor="reed", at=NOON)
            lease.settle(sent("ok", str(number)), actor="reed", at=NOON)
            inside.remove(number)

    threads = [threading.Thread(target=hold, args=(number,)) for number in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert most == [1] * 8
    with Ledger.open(url) as ledger:
        assert outcomes(ledger) == ["ok"] * 8


def test_the_lease_of_a_killed_process_is_free_at_once_and_its_mail_may_have_gone(
    url: str, others: list[Other]
) -> None:
    others.append(Other(url, intends=True))
    others[0].signal(signal.SIGKILL)
    others[0].process.join()

    with Ledger.open(url) as ledger, ledger.lease(claim(wait=30)):
        assert outcomes(ledger) == ["unknown"]
        assert ledger.verify() is None


def test_a_paused_holder_loses_it_after_its_term_and_notices_before_the_next_mail(
    url: str, others: list[Other]
) -> None:
    others.append(Other(url, term=1.0, intends=True))
    others[0].signal(signal.SIGSTOP)
    with Ledger.open(url) as ledger:
        with ledger.lease(claim(wait=60)) as lease:
            others[0].signal(signal.SIGCONT)
            others[0].go_on.set()
            others[0].process.join(60)
            assert others[0].process.exitcode == 7
            lease.renew()
        assert outcomes(ledger) == ["unknown"]


def test_it_is_renewed_for_as_long_as_one_mail_takes(url: str) -> None:
    with Ledger.open(url) as one, Ledger.open(url) as two, one.lease(claim(term=0.6)) as lease:
        with pytest.raises(StateError, match="being sent by"), two.lease(claim(wait=2.0)):
            pass
        lease.renew()


def test_what_was_in_hand_when_somebody_broke_off_may_have_gone(ledger: Ledger) -> None:
    def break_off() -> None:
        with ledger.lease(claim()) as lease:
            lease.intend(sent(), actor="reed", at=NOON)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        break_off()
    assert outcomes(ledger) == ["unknown"]


def test_what_was_certainly_not_handed_in_leaves_no_doubt(ledger: Ledger) -> None:
    with ledger.lease(claim()) as lease:
        lease.intend(sent(), actor="reed", at=NOON)
        lease.drop()
    assert outcomes(ledger) == []


def test_who_lost_the_lease_still_records_what_became_of_the_mail_in_hand(url: str) -> None:
    with Ledger.open(url) as one, Ledger.open(url) as two, one.lease(claim(term=60)) as first:
        first.intend(sent(), actor="reed", at=NOON)
        change(url, "UPDATE pressgen_leases SET expires = 0")
        with two.lease(claim()):
            first.settle(sent("ok"), actor="reed", at=NOON)
            with pytest.raises(LeaseLostError, match="moss on hill has taken over"):
                first.intend(sent(key="k2"), actor="reed", at=NOON)
        assert outcomes(two) == ["unknown", "ok"]


def test_a_ledger_of_an_earlier_pressgen_gets_the_table(url: str) -> None:
    Ledger.open(url).close()
    change(url, "DROP TABLE pressgen_leases")
    with Ledger.open(url) as ledger, ledger.lease(claim()):
        pass


def test_a_mail_in_hand_is_carried_over_to_another_database(tmp_path: Path, url: str, others: list[Other]) -> None:
    source = f"sqlite:///{tmp_path}/old.sqlite"
    with Ledger.open(source) as ledger:
        ledger.append(sent("ok", "k0"), reference="B-1", slug="bridge", actor="reed", at=NOON)
    others.append(Other(source, intends=True))
    others[0].signal(signal.SIGKILL)
    others[0].process.join()
    migrate_ledger(source, url)

    with Ledger.open(url) as ledger, ledger.lease(claim(wait=30)):
        assert outcomes(ledger) == ["ok", "unknown"]


def test_no_lock_file_stays_behind(tmp_path: Path, others: list[Other]) -> None:
    url = f"sqlite:///{tmp_path}/ledger.sqlite"
    others.append(Other(url))
    others[0].signal(signal.SIGKILL)
    others[0].process.join()
    with Ledger.open(url) as ledger, ledger.lease(claim()):
        pass
    assert not list(tmp_path.glob("lease-*"))


def test_who_lost_the_lease_to_somebody_who_is_done_is_told_so(url: str) -> None:
    with Ledger.open(url) as one, Ledger.open(url) as two, one.lease(claim(term=60)) as first:
        change(url, "UPDATE pressgen_leases SET expires = 0")
        with two.lease(claim()):
            pass
        with pytest.raises(LeaseLostError, match="this command took too long, and somebody else had taken over"):
            first.intend(sent(), actor="reed", at=NOON)
