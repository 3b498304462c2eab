"""What happened, in words; and whether anybody touched it."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from pressgen.actions.status.history import describe_event, find_lift_deciders, read_history, verify_ledger
from pressgen.actions.workspace.clock_confirmation import confirm_clock
from pressgen.actions.workspace.folder import Workspace
from pressgen.actions.workspace.office import open_ledger
from pressgen.cli.app import main
from pressgen.errors import InputError, StateError, UsageError
from pressgen.model.decision import EmbargoEnded, SecondLook
from pressgen.model.event import (
    Announced,
    Approved,
    Cleared,
    Corrected,
    Event,
    Issued,
    Lifted,
    LiftFailed,
    Moved,
    Scheduled,
    Sent,
    Stamp,
    Submitted,
    Unscheduled,
    Version,
    Withdrawn,
)
from pressgen.model.issue_order import IssueOrdered, IssueOrderEnded, ProofSent
from pressgen.model.readers import Bounced, IssueFailed, ReaderChanged, Reissued
from pressgen.model.round import Decided, Exported, Posted
from pressgen.model.upkeep import ClockSet, NewsroomNamed

NOW = datetime(2019, 5, 7, 9, 0, tzinfo=UTC)
LIFT = datetime(2019, 5, 7, 23, 1, tzinfo=UTC)
VERSION = Version(
    headline="Bridge opens", audience="press", zone="Europe/London", issue=None, embargo=LIFT, publish=None,
    data={}, house={}, files={}, made_with={},
)  # fmt: skip
DIGEST = VERSION.digest
SENT = {"version": DIGEST, "recipient": "daily", "address": "desk@daily.example", "channel": "mail",
        "files": {"bridge.pdf": "0" * 64}, "embargo": LIFT, "key": "k"}  # fmt: skip

PROOF = ("version", "recipient", "address", "channel", "files", "key")
BOUNCE = ("version", "recipient", "address", "channel", "key")
TOLD: list[tuple[Event, str]] = [
    (Cleared(speaker="ray", quotes={"a": "b"}, how="by mail"), "had 1 quotation cleared by ray (by mail)"),
    (Cleared(speaker="ray", quotes={"a": "b", "c": "d"}, how=""), "had 2 quotations cleared by ray"),
    (Submitted(version=VERSION), f"submitted version {DIGEST[:12]}: Bridge opens"),
    (Approved(version=DIGEST), f"approved version {DIGEST[:12]}"),
    (Approved(version=DIGEST, urgent=True, reason="Flood"), f"approved version {DIGEST[:12]} urgently: Flood"),
    (SecondLook(version=DIGEST), f"gave version {DIGEST[:12]} the second look"),
    (Issued(version=DIGEST, list="national", channels=("mail",)),
     f"issued version {DIGEST[:12]} to the list national by mail"),
    (Sent(outcome="ok", detail="250 ok", **SENT), "sent it to daily <desk@daily.example> by mail: 250 ok"),
    (Sent(outcome="failed", detail="", **SENT), "sent it to daily <desk@daily.example> by mail, but it failed"),
    (Sent(outcome="deferred", detail="451 later", **SENT),
     "sent it to daily <desk@daily.example> by mail, not yet taken: 451 later"),
    (Sent(outcome="unknown", detail="", **SENT),
     "sent it to daily <desk@daily.example> by mail, and may not have arrived"),
    (Posted(round=2, recipient="legal", address="legal@a.example", channel="mail", outcome="ok", detail="250", key="k"),
     "mailed round 2 to legal <legal@a.example> by mail: 250"),
    (ProofSent(list="national", outcome="ok", detail="", **{name: SENT[name] for name in PROOF}),
     "had a proof of the mail to national sent to daily <desk@daily.example> by mail"),
    (IssueOrderEnded(number=1, list="national", ending="cancelled", detail="wrong list"),
     "cancelled the order to issue it to the list national: wrong list"),
    (IssueOrderEnded(number=1, list="national", ending="failed", detail="it was withdrawn"),
     "did not send what was ordered for the list national: it was withdrawn"),
    (ReaderChanged(was="0" * 64, now="", reason="asked by letter"), "forgot the reader 000000000000…: asked by letter"),
    (ReaderChanged(was="0" * 64, now="new@daily.example", reason="moved"),
     "has new@daily.example get what went to the reader 000000000000…: moved"),
    (Bounced(bounce_key="", final=True, status="", reason="", **{name: SENT[name] for name in BOUNCE}),
     "recorded that the mail to daily <desk@daily.example> came back: no reason was given"),
    (Sent(outcome="ok", detail="", **SENT | {"files": {}}), "sent a notice to daily <desk@daily.example> by mail"),
    (Scheduled(revision=1, lift_at=LIFT), "scheduled it for Wed 8 May 2019 00:01 BST"),
    (EmbargoEnded(revision=2, lift_at=NOW, was=LIFT, reason="It is out", notice="One outlet has it"),
     "ended its embargo, Wed 8 May 2019 00:01 BST, before its time: It is out;"
     " told those who had it: One outlet has it"),
    (Unscheduled(revision=2, reason="Not yet"), "took it off the schedule: Not yet"),
    (Moved(version=VERSION, revision=2, lift_at=LIFT + timedelta(hours=9), was=LIFT, reason="Late", advisory=1),
     "moved it from Wed 8 May 2019 00:01 BST to Wed 8 May 2019 09:01 BST (advisory 1): Late"),
    (Moved(version=VERSION, revision=2, lift_at=LIFT + timedelta(days=1), was=LIFT, reason="Late", advisory=1,
           kept_dates=("8 May", "today")),
     "moved it from Wed 8 May 2019 00:01 BST to Thu 9 May 2019 00:01 BST (advisory 1): Late;"
     " its text still says “8 May”, “today”"),
    (Lifted(revision=1, due=LIFT, actual=LIFT + timedelta(milliseconds=3)),
     "lifted it: public since Wed 8 May 2019 00:01 BST, published less than a second after it was due"),
    (Lifted(revision=1, due=LIFT, actual=LIFT + timedelta(minutes=9)),
     "lifted it: public since Wed 8 May 2019 00:10 BST, 9 minutes late: it was due on Wed 8 May 2019 00:01 BST"),
    (Announced(revision=1, channel="wire", outcome="failed", detail="502", key="k"),
     "announced it by wire, but it failed: 502"),
    (LiftFailed(revision=1, detail="no room"), "could not lift it: no room"),
    (Corrected(version=DIGEST, correction="CORRECTED", line="Nine, not ten.", supersedes="0" * 64),
     f"corrected it (CORRECTED) with version {DIGEST[:12]}: Nine, not ten."),
    (Withdrawn(revision=2, reason="It fell."), "withdrew it: It fell."),
    (Exported(round=2, digest="7f3a9c12e04b", to=("legal", "minister"), files={}),
     "sent copies of round 2 for review to legal, minister"),
    (Decided(round=2, file="0" * 64, accepted=("a", "b"), refused=("c",), reason="Legal says so"),
     "accepted 2 and refused 1 of round 2: Legal says so"),
    (Bounced(version=DIGEST, recipient="daily", address="desk@daily.example", channel="mail", key="k", bounce_key="b",
             final=True, status="5.1.1", reason="no such desk"),
     "recorded that the mail to daily <desk@daily.example> came back: 5.1.1 no such desk"),
    (Reissued(version=DIGEST, list="national", recipient="daily", address="desk@daily.example", number=1,
              reason="Lost"),
     "sends it to daily <desk@daily.example> again: Lost"),
    (IssueFailed(version=DIGEST, list="national"), "reached nobody on the list national: it is not issued"),
    (IssueOrdered(number=1, list="national", marked=False),
     "ordered its issue to the list national at its time of issue"),
    (IssueOrderEnded(number=1, list="national", ending="failed", detail="no such list"),
     "did not send what was ordered for the list national: no such list"),
    (NewsroomNamed(newsroom_address="https://news.example.org"),
     "recorded that the feeds name what was public before by https://news.example.org"),
    (ClockSet(was=LIFT, reason="Wrong"),
     "confirmed that the clock is right now and was ahead at Wed 8 May 2019 00:01 BST: Wrong"),
]  # fmt: skip


@pytest.mark.parametrize(("event", "words"), TOLD, ids=[each[1] for each in TOLD])
def test_each_event_is_told_in_words(event: Event, words: str) -> None:
    assert describe_event(event, "Europe/London") == words


PLANNED = "the end of its embargo, Wed 8 May 2019 00:01 BST"
DECIDED = "reed decided on Tue 7 May 2019 21:31 BST to end it early"


@pytest.mark.parametrize(("minutes", "words"), [
    (-150, f"public since Tue 7 May 2019 21:31 BST, by decision of reed: 2 hours 30 minutes before {PLANNED}"),
    (0, f"public since Wed 8 May 2019 00:01 BST, less than a second after {PLANNED}: {DECIDED}"),
    (9, f"public since Wed 8 May 2019 00:10 BST, 9 minutes after {PLANNED}: {DECIDED}"),
])  # fmt: skip
def test_a_lift_by_decision_says_whose_it_was_and_how_long_before_or_after_the_embargo(
    recorded: Workspace, minutes: int, words: str
) -> None:
    decided = LIFT - timedelta(minutes=150)
    ended = EmbargoEnded(revision=1, lift_at=decided, was=LIFT, reason="It is out", notice="")
    lifted = Lifted(revision=1, due=decided, actual=LIFT + timedelta(minutes=minutes))
    with open_ledger(recorded) as ledger:
        ledger.append(ended, reference="B-1", slug="bridge", actor="reed", at=decided)
        ledger.append(lifted, reference="B-1", slug="bridge", actor="worker", at=lifted.actual)

    told = CliRunner().invoke(main, ["history", "--workspace", str(recorded.root)]).output

    assert f"lifted it: {words}" in told
    assert "after it was due" not in told


@pytest.fixture
def recorded(office: Workspace) -> Workspace:
    """The office with two entries of one release, and one of another."""
    with open_ledger(office) as ledger:
        for reference, slug in (("B-1", "bridge"), ("T-1", "tunnel"), ("B-1", "bridge")):
            ledger.append(Submitted(version=VERSION), reference=reference, slug=slug, actor="moss", at=NOW)
    return office


def test_one_release_s_entries_and_all(recorded: Workspace) -> None:
    assert [each.number for each in read_history(recorded, None)] == [1, 2, 3]
    assert [each.number for each in read_history(recorded, Path("releases/bridge"))] == [1, 3]
    assert [each.number for each in read_history(recorded, Path("T-1"))] == [2]


def test_a_release_to_which_nothing_happened_has_no_history(recorded: Workspace) -> None:
    with pytest.raises(StateError, match="ferry has not been submitted"):
        read_history(recorded, Path("ferry"))


def test_a_clock_that_was_ahead_is_set_right(recorded: Workspace) -> None:
    """Else one entry of a wrong clock would keep the office waiting until that time has come."""
    yesterday = NOW - timedelta(days=1)

    confirm_clock(recorded, "reed", "a day ahead", yesterday)

    assert read_history(recorded, None)[-1].at == yesterday
    with pytest.raises(StateError, match="no entry of the ledger is ahead of the clock"):
        confirm_clock(recorded, "reed", "a day ahead", yesterday)


def test_a_whole_ledger_is_proved(recorded: Workspace) -> None:
    proof = verify_ledger(recorded)

    assert (proof.entries, len(proof.head), proof.same_up_to) == (3, 64, None)


def test_one_digest_stands_for_all_entries(recorded: Workspace) -> None:
    """Kept elsewhere, it gives away even who hashes the whole chain anew."""
    before = verify_ledger(recorded).head
    with open_ledger(recorded) as ledger:
        ledger.append(Withdrawn(revision=1, reason="x"), reference="B-1", slug="bridge", actor="moss", at=NOW)

    assert verify_ledger(recorded).head != before
    assert verify_ledger(recorded, before.upper()).same_up_to == 3


def test_a_ledger_made_anew_is_consistent_and_not_the_one_that_the_kept_digest_is_of(recorded: Workspace) -> None:
    kept = verify_ledger(recorded).head
    with open_ledger(recorded) as ledger:
        stamps = ledger.entries()
    for file in (recorded.root / ".pressgen").glob("ledger.sqlite*"):
        file.unlink()
    with open_ledger(recorded) as ledger:
        for each in stamps:
            ledger.append(each.event, reference=each.reference, slug=each.slug, actor="forger", at=each.at)

    verify_ledger(recorded)
    with pytest.raises(InputError, match="G04 no entry has the digest"):
        verify_ledger(recorded, kept)


@pytest.mark.parametrize("kept", ["", "3f1c", "g" * 64, "0" * 64 + " "])
def test_what_is_no_digest_is_wrong_use(kept: str, recorded: Workspace) -> None:
    with pytest.raises(UsageError, match="--head takes the 64 hexadecimal digits"):
        verify_ledger(recorded, kept)


def test_an_empty_ledger_is_whole(office: Workspace) -> None:
    assert (verify_ledger(office).entries, verify_ledger(office).head) == (0, "")


def test_the_first_broken_entry_is_named(recorded: Workspace) -> None:
    connection = sqlite3.connect(recorded.root / ".pressgen" / "ledger.sqlite")
    connection.execute("UPDATE pressgen_entries SET entry = replace(entry, 'moss', 'reed') WHERE number >= 2")
    connection.commit()
    connection.close()

    with pytest.raises(InputError, match="ledger: G03 entry 2 was changed: its digest is different; restore a backup"):
        verify_ledger(recorded)


def test_a_lift_that_a_person_ran_is_theirs_and_not_a_workers() -> None:
    events = [
        (Scheduled(revision=1, lift_at=NOW), "reed", NOW),
        (Lifted(revision=1, due=NOW, actual=NOW), "worker", NOW + timedelta(seconds=1)),
    ]

    assert find_lift_deciders(stamped(events)) == {2: "reed"}


def test_a_lift_that_was_scheduled_ahead_is_the_workers() -> None:
    events = [
        (Scheduled(revision=1, lift_at=LIFT), "reed", LIFT - timedelta(hours=1)),
        (Lifted(revision=1, due=LIFT, actual=LIFT), "worker", LIFT),
    ]

    assert find_lift_deciders(stamped(events)) == {}


def stamped(events: list[tuple[Event, str, datetime]]) -> list[Stamp]:
    """Entries of one release, numbered from 1."""
    return [
        Stamp(number=number, at=at, actor=actor, reference="B-1", slug="bridge", event=event)
        for number, (event, actor, at) in enumerate(events, 1)
    ]
