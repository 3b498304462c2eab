"""Where a release stands, from what happened to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.happening import LIFT, stamps, version
from pressgen.model.decision import SecondLook
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
    Withdrawn,
)
from pressgen.model.index import IndexKind, to_copy, to_failure
from pressgen.model.release_projection import ReleaseProjection
from pressgen.model.standing import GRACE, Copy, Failure, Standing, State

FIRST, SECOND = version("Bridge opens"), version("Bridge opens at last")
SUBMITTED, APPROVED = Submitted(version=FIRST), Approved(version=FIRST.digest)
ISSUED = Issued(version=FIRST.digest, list="national", channels=("mail",))
SCHEDULED = Scheduled(revision=1, lift_at=LIFT)
LIFTED = Lifted(revision=1, due=LIFT, actual=LIFT + timedelta(milliseconds=3))
CORRECTED = Corrected(version=SECOND.digest, correction="corrected", line="a", supersedes=FIRST.digest)
CLEARED = Cleared(speaker="ray", quotes={"body[1].quote": "0" * 64}, how="telephone")
FAILED = LiftFailed(revision=1, detail="no room")
WITHDRAWN = Withdrawn(revision=2, reason="wrong")


def sent(address: str = "desk@daily.example", outcome: str = "ok", **changes: str) -> Sent:
    fields = {"version": FIRST.digest, "recipient": "daily", "channel": "mail", "detail": "", "key": address} | changes
    return Sent(address=address, outcome=outcome, files={}, embargo=LIFT, **fields)  # type: ignore[arg-type]


def after(*events: Event) -> Standing:
    return ReleaseProjection.of(stamps(*events), "B-1", "bridge").standing


def indexed(kind: IndexKind, *events: Event) -> list[Stamp]:
    """The entries that the index of a release names after some events, in order."""
    entries = stamps(*events)
    index = ReleaseProjection.of(entries, "B-1", "bridge").index
    numbers = {number for (each, _), (_, number) in index.places.items() if each is kind}
    assert index.counts[kind] == len(numbers)
    return [each for each in entries if each.number in numbers]


def copies(*events: Event) -> list[Copy]:
    return [to_copy(each) for each in indexed(IndexKind.COPY, *events)]


def failures(*events: Event) -> list[Failure]:
    return [to_failure(each) for each in indexed(IndexKind.FAILURE, *events)]


@pytest.mark.parametrize(
    ("events", "state"),
    [
        ([], State.DRAFT),
        ([CLEARED], State.DRAFT),
        ([SUBMITTED], State.SUBMITTED),
        ([SUBMITTED, APPROVED], State.APPROVED),
        ([SUBMITTED, APPROVED, SCHEDULED], State.APPROVED),
        ([SUBMITTED, APPROVED, SCHEDULED, ISSUED], State.ISSUED),
        ([SUBMITTED, APPROVED, ISSUED, SCHEDULED, LIFTED], State.LIFTED),
        ([SUBMITTED, APPROVED, LIFTED, ISSUED], State.LIFTED),
        ([SUBMITTED, APPROVED, SCHEDULED, FAILED], State.FAILED),
        ([SUBMITTED, APPROVED, SCHEDULED, FAILED, LIFTED], State.LIFTED),
        ([SUBMITTED, APPROVED, SCHEDULED, FAILED, Unscheduled(revision=2, reason="")], State.APPROVED),
        ([SUBMITTED, APPROVED, ISSUED, SCHEDULED, FAILED, Scheduled(revision=2, lift_at=LIFT)], State.ISSUED),
        ([SUBMITTED, APPROVED, ISSUED, SCHEDULED, LIFTED, WITHDRAWN], State.WITHDRAWN),
        ([SUBMITTED, APPROVED, Submitted(version=SECOND)], State.SUBMITTED),
    ],
)
def test_the_state_follows_from_the_events(events: list[Event], state: State) -> None:
    assert after(*events).state is state


def test_a_new_submission_before_issue_voids_the_approval() -> None:
    stands = after(SUBMITTED, APPROVED, Submitted(version=SECOND))

    assert (stands.version, stands.proposed, stands.rounds) == (None, SECOND, 2)
    assert [each.act for each in stands.signatures] == ["submitted"]


def test_a_new_submission_after_issue_leaves_in_force_what_people_have() -> None:
    stands = after(SUBMITTED, APPROVED, ISSUED, Submitted(version=SECOND), Approved(version=SECOND.digest))

    assert (stands.state, stands.version, stands.correction, stands.proposed) == (State.ISSUED, FIRST, SECOND, None)


def test_a_correction_takes_the_place_of_what_people_have() -> None:
    before = (SUBMITTED, APPROVED, ISSUED, SCHEDULED, LIFTED)
    stands = after(*before, Submitted(version=SECOND), Approved(version=SECOND.digest), CORRECTED)

    assert (stands.state, stands.version, stands.correction) == (State.CORRECTED, SECOND, None)
    assert {SECOND.digest} == {each.version for each in stands.signatures}


def test_a_correction_before_the_lift_is_still_to_be_lifted() -> None:
    stands = after(SUBMITTED, APPROVED, ISSUED, Submitted(version=SECOND), Approved(version=SECOND.digest), CORRECTED)

    assert (stands.state, stands.version) == (State.ISSUED, SECOND)


def test_an_urgent_approval_owes_a_second_look_until_it_is_given() -> None:
    urgent = Approved(version=FIRST.digest, urgent=True, reason="Flood")

    assert [each.reason for each in after(SUBMITTED, urgent, ISSUED).second_looks] == ["Flood"]
    assert [each.reason for each in after(SUBMITTED, urgent, Submitted(version=SECOND)).second_looks] == ["Flood"]
    assert after(SUBMITTED, urgent, ISSUED, SecondLook(version=FIRST.digest)).second_looks == ()


def test_each_address_has_the_last_version_it_was_sent() -> None:
    events = (SUBMITTED, APPROVED, ISSUED, sent(), sent("news@agency.example"), sent(version=SECOND.digest))

    assert [(each.address, each.version) for each in copies(*events)] == [
        ("news@agency.example", FIRST.digest),
        ("desk@daily.example", SECOND.digest),
    ]
    assert after(*events).copies == 2


def test_what_failed_is_shown_until_it_is_made_good() -> None:
    failed = sent(outcome="failed", detail="mailbox full")
    wire = Announced(revision=1, channel="wire", outcome="failed", detail="502", key="k")

    assert [(each.what, each.detail) for each in failures(SUBMITTED, APPROVED, ISSUED, failed, wire)] == [
        ("mail to desk@daily.example", "mailbox full"),
        ("wire", "502"),
    ]
    assert failures(SUBMITTED, APPROVED, ISSUED, failed, sent()) == []
    assert [each.detail for each in failures(SUBMITTED, APPROVED, SCHEDULED, FAILED)] == ["no room"]
    assert after(SUBMITTED, APPROVED, SCHEDULED, FAILED, LIFTED).failures == 0


def test_a_move_says_when_it_may_be_used_from() -> None:
    later = LIFT + timedelta(hours=9)
    again = replace(FIRST, embargo=later)
    moved = Moved(version=again, revision=2, lift_at=later, was=LIFT, reason="Late figures", advisory=1)

    assert (after(SUBMITTED, APPROVED).embargo, after(SUBMITTED, APPROVED).lift_at) == (LIFT, None)
    scheduled, issued = after(SUBMITTED, APPROVED, SCHEDULED, moved), after(SUBMITTED, APPROVED, ISSUED, moved)
    assert (scheduled.embargo, scheduled.lift_at, scheduled.revision, scheduled.advisories) == (later, later, 2, 1)
    assert (issued.embargo, issued.lift_at) == (later, None)
    assert [(each.act, each.version) for each in issued.signatures] == [("approved", again.digest)]


def test_a_lift_is_overdue_half_a_minute_after_it_was_due() -> None:
    stands = after(SUBMITTED, APPROVED, SCHEDULED)

    assert not stands.overdue(LIFT + GRACE)
    assert stands.overdue(LIFT + GRACE + timedelta(microseconds=1))
    assert not after(SUBMITTED, APPROVED, SCHEDULED, LIFTED).overdue(LIFT + timedelta(days=1))


EVENTS = [SUBMITTED, APPROVED, ISSUED, SCHEDULED, LIFTED, CORRECTED, CLEARED, FAILED, WITHDRAWN, sent()]


@given(events=st.lists(st.sampled_from(EVENTS), max_size=8))
def test_a_standing_is_the_same_when_it_is_written_and_read_again(events: list[Event]) -> None:
    stands = after(*events)

    assert Standing.from_json(stands.to_json().decode()) == stands
    assert Standing.from_json(stands.to_json().decode()).to_json() == stands.to_json()


def test_a_version_is_named_by_all_that_it_is_made_of() -> None:
    assert version().digest == version().digest
    assert len({version().digest, version("Other").digest, version(**{"a.pdf": "0" * 64}).digest}) == 3
