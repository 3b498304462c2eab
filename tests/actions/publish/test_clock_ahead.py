"""An entry of the ledger that is ahead of the clock holds up no lift, and is told until somebody explains it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from actions.lifts import acts, copies, due_in, newsroom, pressgen, today
from channels.servers import Postbox, mail_server
from pressgen.actions.publish.schedule import unschedule_lift
from pressgen.actions.workspace.clock_confirmation import confirm_clock, find_clock_conflict
from pressgen.actions.workspace.office import open_ledger
from pressgen.errors import StateError
from pressgen.model.event import Cleared
from pressgen.model.standing import State

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from actions.room import Room


@pytest.fixture
def postbox() -> Iterator[Postbox]:
    with mail_server() as found:
        yield found


@pytest.fixture
def desk(tmp_path: Path, postbox: Postbox) -> Room:
    """A release that is due, two people have it, and another release's entry is three days ahead."""
    desk = today(tmp_path, postbox.port, at_lift="at_lift: [newsroom, mail]")
    copies(desk)
    due_in(desk, -1)
    with open_ledger(desk.workspace) as ledger:
        wrong = datetime.now(UTC) + timedelta(days=3)
        event = Cleared(speaker="ray", quotes={}, how="")
        ledger.append(event, reference="C-1", slug="canal", actor="writer", at=wrong)
    return desk


def test_the_lift_is_made_recorded_and_announced(desk: Room, postbox: Postbox) -> None:
    with acts(desk) as (lifting, told):
        assert lifting.publish("B-1", 1) == ["mail"]
        lifting.announce("B-1", 1, "mail")

    assert desk.standing.state is State.LIFTED
    assert newsroom(desk)
    heard = [mail["To"].addresses[0].addr_spec for mail in postbox.mails if mail["Subject"] == "Bridge opens"]
    assert sorted(heard) == ["desk@daily.example", "news@agency.example"]
    assert any("pressgen clock --because" in line for line in told)


def test_the_desk_is_mailed_once(desk: Room, postbox: Postbox) -> None:
    with acts(desk) as (lifting, _):
        lifting.publish("B-1", 1)
        lifting.publish("B-1", 1)

    warned = [mail for mail in postbox.mails if mail["Subject"] == "The clock and the ledger differ"]
    assert {mail["To"].addresses[0].addr_spec for mail in warned} == {"head@example.org", "press@example.org"}
    assert len(warned) == 2


def test_peoples_acts_wait_until_somebody_says_that_the_clock_is_right(desk: Room) -> None:
    with pytest.raises(StateError, match="pressgen clock --because"):
        unschedule_lift(desk.workspace, desk.folder, "head", "A figure is wrong", datetime.now(UTC))
    with acts(desk) as (lifting, _):
        lifting.publish("B-1", 1)
    assert find_clock_conflict(desk.workspace, datetime.now(UTC))
    confirm_clock(desk.workspace, "head", "three days ahead", datetime.now(UTC))

    assert find_clock_conflict(desk.workspace, datetime.now(UTC)) == ""


def test_due_exits_with_4_and_says_what_to_do(desk: Room) -> None:
    with acts(desk) as (lifting, _):
        lifting.publish("B-1", 1)
    done = pressgen(desk, "due")

    assert done.returncode == 4
    assert "pressgen clock --because" in done.stderr


def test_a_lift_by_hand_works_and_run_again_records_nothing(desk: Room) -> None:
    first = pressgen(desk, "lift", "bridge", "--as", "head")
    events = len(desk.events)
    again = pressgen(desk, "lift", "bridge", "--as", "head")

    assert (first.returncode, again.returncode) == (0, 4), first.stderr
    assert "it became public on" in again.stderr
    assert len(desk.events) == events
