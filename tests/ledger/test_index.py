"""A standing counts its readers; an index says which entry each of them has, and the entries are the truth."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import NullPool, create_engine, text

from ledger.earlier import lists_of, write_as_before
from ledger.happening import LIFT, NOON, version
from pressgen.errors import InputError
from pressgen.ledger.ledger import Ledger
from pressgen.ledger.migrate import migrate_ledger
from pressgen.model.event import Announced, Approved, Event, Issued, LiftFailed, Scheduled, Sent, Submitted
from pressgen.model.issue_order import IssueOrdered, IssueOrderEnded
from pressgen.model.readers import Bounced, IssueFailed, Reissued
from pressgen.model.standing import State

ADDRESSES = ("desk@daily.example", "Desk@Daily.EXAMPLE", "news@agency.example")
START = (Submitted(version=version()), Approved(version=version().digest), Issued(version="v", list="n", channels=()))


def sent(address: str = ADDRESSES[0], outcome: str = "ok", key: str = "k1", recipient: str = "daily") -> Sent:
    return Sent(
        version="v", recipient=recipient, address=address, channel="mail", files={}, embargo=LIFT, outcome=outcome,
        detail="why", key=key,  # type: ignore[arg-type]
    )  # fmt: skip


def bounced(address: str = ADDRESSES[0], key: str = "k1", *, final: bool = True) -> Bounced:
    return Bounced(
        version="v", recipient="daily", address=address, channel="mail", key=key, bounce_key="b", final=final,
        status="5.1.1", reason="gone",
    )  # fmt: skip


def reissued(address: str) -> Reissued:
    return Reissued(version="v", list="n", recipient="daily", address=address, number=1, reason="")


MANY = (
    *START, sent(), sent(ADDRESSES[2], "unknown", "k2", "agency"), sent("x@y.example", "failed", "k3", "third"),
    bounced(), bounced(ADDRESSES[2], "k2", final=False),
    Announced(revision=1, channel="wire", outcome="failed", detail="502", key="w"), LiftFailed(revision=1, detail="no"),
)  # fmt: skip
"""Things of each kind."""


def record(ledger: Ledger, *events: Event, minutes: int = 0) -> None:
    ledger.keep(b"release")  # on which versions rest
    for number, event in enumerate(events):
        ledger.append(
            event, reference="B-1", slug="bridge", actor="moss", at=NOON + timedelta(minutes=minutes + number)
        )


def change(url: str, statement: str, **values: str) -> None:
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"), poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(text(statement), values)


def stored(url: str, query: str = "SELECT standing FROM pressgen_standings") -> list[Any]:
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"), poolclass=NullPool)
    with engine.begin() as connection:
        return list(connection.scalars(text(query)))


def shown(ledger: Ledger) -> tuple[list[str], list[str], list[tuple[str, bool]]]:
    """The copies, the failures and the bounces of a release."""
    return (
        [each.address for each in ledger.copies("B-1")],
        [each.what for each in ledger.failures(["B-1"]).get("B-1", [])],
        [(each.address, each.final) for each in ledger.bounces(["B-1"]).get("B-1", [])],
    )


PLACES = "SELECT number FROM pressgen_index"
OF_MANY = (
    ["desk@daily.example", "news@agency.example"],
    ["mail to news@agency.example", "mail to x@y.example", "wire", "lift"],
    [("desk@daily.example", True), ("news@agency.example", False)],
)


def test_a_standing_counts_and_the_ledger_says_which_they_are(ledger: Ledger) -> None:
    record(ledger, *MANY)
    stands = ledger.standing("B-1")

    assert stands
    assert (stands.copies, stands.failures, stands.bounces, stands.delays) == (2, 4, 1, 1)
    assert shown(ledger) == OF_MANY
    assert ledger.verify() is None


def test_a_standing_is_no_larger_for_more_readers(ledger: Ledger, url: str) -> None:
    record(ledger, *START, *(sent(f"desk{n}@paper.example", key=f"k{n}") for n in range(10, 19)))
    [few] = stored(url)
    record(ledger, *(sent(f"desk{n}@paper.example", key=f"k{n}") for n in range(19, 90)), minutes=60)
    [many] = stored(url)

    assert len(many) == len(few) + len("80") - len("9")


STEPS = st.one_of(
    st.builds(
        sent,
        st.sampled_from(ADDRESSES),
        st.sampled_from(["ok", "failed", "deferred", "unknown"]),
        st.sampled_from(["k1", "k2", "k3"]),
        st.sampled_from(["daily", "agency", ""]),
    ),
    st.builds(bounced, st.sampled_from(ADDRESSES), st.sampled_from(["k1", "k2"]), final=st.booleans()),
    st.builds(reissued, st.sampled_from(ADDRESSES)),
    st.sampled_from(
        [
            Issued(version="v", list="n", channels=()),
            IssueFailed(version="v", list="n"),
            IssueOrdered(number=1, list="n"),
            IssueOrderEnded(number=1, list="n", ending="sent", detail=""),
            IssueOrderEnded(number=1, list="n", ending="failed", detail="no"),
            Announced(revision=1, channel="wire", outcome="failed", detail="", key="w"),
            Announced(revision=1, channel="wire", outcome="ok", detail="", key="w"),
            LiftFailed(revision=1, detail="no room"),
            Scheduled(revision=2, lift_at=LIFT),
        ]
    ),
)


@given(events=st.lists(STEPS, max_size=25))
def test_the_index_says_what_the_version_before_listed(
    tmp_path_factory: pytest.TempPathFactory, events: list[Event]
) -> None:
    url = f"sqlite:///{tmp_path_factory.mktemp('index')}/ledger.sqlite"
    with Ledger.open(url) as ledger:
        record(ledger, *events)
        lists = lists_of(json.loads(each.to_json()) for each in ledger.entries("B-1"))

        assert ledger.verify() is None
        assert [each.address for each in ledger.copies("B-1")] == [each["address"] for each in lists["copies"]]
        for name, found in (("failures", ledger.failures(["B-1"])), ("bounces", ledger.bounces(["B-1"]))):
            assert [each.key for each in found.get("B-1", [])] == [each["key"] for each in lists[name]]
        if stands := ledger.standing("B-1"):
            assert stands.copies == len(lists["copies"])
            assert stands.failures == len(lists["failures"])
            assert stands.bounces + stands.delays == len(lists["bounces"])


def test_a_ledger_of_the_version_before_is_read_as_it_is(url: str) -> None:
    with Ledger.open(url) as ledger:
        record(ledger, *MANY)
        stands = ledger.standing("B-1")
    write_as_before(url)

    assert '"copies":[{' in stored(url)[0]
    with Ledger.open(url) as ledger:
        assert ledger.standing("B-1") == ledger.standings()["B-1"] == ledger.named("bridge") == stands
        assert shown(ledger) == OF_MANY
        assert (ledger.altered(), ledger.verify()) == ([], None)
    assert '"copies":[{' in stored(url)[0]
    assert stored(url, PLACES) == []


def test_its_first_entry_more_gives_a_release_an_index_and_a_short_standing(url: str) -> None:
    with Ledger.open(url) as ledger:
        record(ledger, *MANY)
    write_as_before(url)

    with Ledger.open(url) as ledger:
        record(ledger, sent("x@y.example", "ok", "k3", "third"), minutes=60)
        assert shown(ledger) == (
            [*OF_MANY[0], "x@y.example"],
            ["mail to news@agency.example", *OF_MANY[1][2:]],
            OF_MANY[2],
        )
        assert ledger.verify() is None
    assert "[{" not in stored(url)[0].partition('"copies"')[2]
    assert len(stored(url, PLACES)) == 8


def test_a_release_that_an_older_program_wrote_again_gets_its_index_anew(url: str) -> None:
    """As where a worker of the version before is still running."""
    with Ledger.open(url) as ledger:
        record(ledger, *MANY)
        places = stored(url, PLACES)
    write_as_before(url)
    Ledger.open(url).close()
    change(url, "INSERT INTO pressgen_index VALUES ('B-1', 'copies', 'a@b.example', 'a@b.example', 1)")

    with Ledger.open(url) as ledger:
        assert shown(ledger) == OF_MANY
        assert ledger.verify() is None
        record(ledger, Scheduled(revision=2, lift_at=LIFT), minutes=60)
        assert ledger.verify() is None
        assert shown(ledger) == (OF_MANY[0], OF_MANY[1][:-1], OF_MANY[2])
    assert len(stored(url, PLACES)) == len(places) - 1


def test_a_ledger_of_the_version_before_is_carried_over(tmp_path: Path, url: str) -> None:
    source = f"sqlite:///{tmp_path}/before.sqlite"
    with Ledger.open(source) as ledger:
        record(ledger, *MANY)
    write_as_before(source)

    assert migrate_ledger(source, url) == len(MANY)
    with Ledger.open(url) as ledger:
        assert shown(ledger) == OF_MANY


LISTS: dict[str, Callable[[str], str]] = {
    "a copy less": lambda long: long.replace('"recipient":"agency",', '"recipient":"third",', 1),
    "another failure": lambda long: long.replace('"detail":"502"', '"detail":"200"'),
    "a bounce for good": lambda long: long.replace('"final":false', '"final":true'),
}


@pytest.mark.parametrize("hand", LISTS)
def test_a_standing_of_the_version_before_that_says_something_else_is_found(url: str, hand: str) -> None:
    with Ledger.open(url) as ledger:
        record(ledger, *MANY)
    write_as_before(url)
    [long] = stored(url)
    assert LISTS[hand](long) != long
    change(url, "UPDATE pressgen_standings SET standing = :long", long=LISTS[hand](long))

    with Ledger.open(url) as ledger:
        assert str(ledger.verify()).startswith("B-1 has a recorded state that differs from its entries")
        assert shown(ledger) == OF_MANY


HANDS = {
    "taken out": "DELETE FROM pressgen_index WHERE kind = 'copies' AND key = 'news@agency.example'",
    "all taken out": "DELETE FROM pressgen_index",
    "of another entry": "UPDATE pressgen_index SET number = 1 WHERE kind = 'copies'",
    "of another mailbox": "UPDATE pressgen_index SET key = 'a@b.example' WHERE key = 'news@agency.example'",
    "of no entry": "UPDATE pressgen_index SET number = 99 WHERE kind = 'failures'",
    "put in": "INSERT INTO pressgen_index VALUES ('B-1', 'copies', 'a@b.example', 'a@b.example', 4)",
    "of another address": "UPDATE pressgen_index SET address = 'a@b.example' WHERE kind = 'bounces'",
}


@pytest.mark.parametrize("hand", HANDS)
def test_an_index_that_was_changed_by_hand_is_found_and_misleads_nobody(ledger: Ledger, url: str, hand: str) -> None:
    record(ledger, *MANY)
    change(url, HANDS[hand])

    assert str(ledger.verify()) == "B-1 has an index of its readers that differs from its entries"
    assert shown(ledger) == OF_MANY


def test_an_issue_that_reached_nobody_is_none_and_one_that_reached_somebody_is(ledger: Ledger) -> None:
    record(ledger, *START, sent(outcome="failed"), IssueFailed(version="v", list="n"))
    before = ledger.standing("B-1")
    record(ledger, START[2], sent(), IssueFailed(version="v", list="n"), minutes=60)
    after = ledger.standing("B-1")

    assert before
    assert after
    assert (before.state, after.state) == (State.APPROVED, State.ISSUED)


def test_entries_that_are_followed_are_each_read_once(ledger: Ledger) -> None:
    followed = ledger.follow("B-1")
    assert followed.read() == []
    record(ledger, *START)
    assert [each.event for each in followed.read()] == list(START)
    ledger.append(START[0], reference="A-2", slug="road", actor="moss", at=NOON + timedelta(hours=1))
    assert followed.read() == []
    record(ledger, sent(), minutes=61)
    assert [each.event for each in followed.read()] == [sent()]


def test_a_ledger_that_was_changed_by_hand_is_not_copied(tmp_path: Path) -> None:
    source = f"sqlite:///{tmp_path}/before.sqlite"
    with Ledger.open(source) as ledger:
        record(ledger, *MANY)
    change(source, "UPDATE pressgen_entries SET entry = replace(entry, 'B-1', 'B-2') WHERE number = 1")

    with pytest.raises(InputError, match="G01 entry 1 was changed: its digest is different; nothing was copied"):
        migrate_ledger(source, f"sqlite:///{tmp_path}/after.sqlite")
