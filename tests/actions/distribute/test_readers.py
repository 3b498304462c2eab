"""A reader's address can be replaced or forgotten, one reader can be sent it again, and an issue may reach nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from actions.room import OFFICE, Room, room, room_of_today
from channels.servers import Postbox, mail_server
from pressgen.actions.amend.withdraw import withdraw_release
from pressgen.actions.distribute.issue import issue_release
from pressgen.actions.distribute.issue_plan import IssueRequest
from pressgen.actions.status.format_status import format_status_report, format_status_table
from pressgen.actions.status.status import list_status_reports
from pressgen.actions.workspace.office import load_office, open_ledger
from pressgen.actions.workspace.reader_addresses import forget_reader, readmit_reader, replace_reader_address
from pressgen.cli.app import main
from pressgen.errors import StateError, UsageError
from pressgen.model.event import Sent
from pressgen.model.readers import IssueFailed, ReaderChanged, Redirects, Reissued, compute_mailbox_digest
from pressgen.model.standing import State

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PRESS = IssueRequest("national")
WRONG, RIGHT = "desk@daily.example", "news@daily.example"


@pytest.fixture
def postbox() -> Iterator[Postbox]:
    with mail_server() as found:
        yield found


@pytest.fixture
def desk(tmp_path: Path, postbox: Postbox) -> Room:
    return room(tmp_path, postbox.port)


def sends(desk: Room, order: IssueRequest = PRESS) -> list[Sent]:
    return issue_release(desk.workspace, desk.folder, order, "head", desk.watch)


def went_to(postbox: Postbox) -> list[str]:
    return [each.rcpt_tos[0] for each in postbox.envelopes]


def replaces(desk: Room, was: str = WRONG, now: str = RIGHT) -> None:
    replace_reader_address(desk.workspace, was, now, "writer", "misaddressed", lambda: desk.now)


def forgets(desk: Room, was: str = WRONG) -> None:
    forget_reader(desk.workspace, was, "writer", "asked for it", lambda: desk.now)


def kills(desk: Room) -> None:
    withdraw_release(desk.workspace, desk.folder, "wrong figures", "head", desk.watch)


def test_what_would_go_to_the_wrong_person_goes_to_the_right_one(desk: Room, postbox: Postbox) -> None:
    sends(desk)
    replaces(desk)
    sends(desk)
    kills(desk)

    assert went_to(postbox) == [WRONG, "news@agency.example", RIGHT, RIGHT, "news@agency.example"]


def test_the_office_file_has_the_new_address_and_every_comment(desk: Room) -> None:
    file = desk.root / "releases" / "pressgen.yaml"
    file.write_text(file.read_text().replace(f"email: {WRONG}}}", f"email: {WRONG}}}   # since May"))
    before = file.read_text()

    replaces(desk)

    assert file.read_text() == before.replace(WRONG, RIGHT)


def test_a_reader_is_found_by_id_too(desk: Room) -> None:
    replaces(desk, "daily")

    assert load_office(desk.workspace).lists["national"].recipients[0].email == RIGHT


def test_whoever_is_forgotten_gets_nothing_more_and_is_on_no_list(desk: Room, postbox: Postbox) -> None:
    sends(desk)
    forgets(desk)
    sends(desk)
    kills(desk)

    assert went_to(postbox) == [WRONG, "news@agency.example", "news@agency.example"]
    assert [each.id for each in load_office(desk.workspace).lists["national"].recipients] == ["agency"]


def test_a_list_that_an_editor_puts_a_forgotten_reader_back_on_does_not_reach_them(
    desk: Room, postbox: Postbox
) -> None:
    file = desk.root / "releases" / "pressgen.yaml"
    before = file.read_text()
    forgets(desk)
    file.write_text(before)
    sends(desk)

    assert went_to(postbox) == ["news@agency.example"]


def test_a_list_of_which_nobody_is_left_goes(desk: Room) -> None:
    forgets(desk, "minister")

    assert "ministers" not in load_office(desk.workspace).lists
    assert not load_office(desk.workspace).problems


def test_a_forgotten_reader_can_come_back(desk: Room, postbox: Postbox) -> None:
    file = desk.root / "releases" / "pressgen.yaml"
    before = file.read_text()
    forgets(desk)
    readmit_reader(desk.workspace, WRONG, "writer", "asked again", lambda: desk.now)
    file.write_text(before)
    sends(desk)

    assert went_to(postbox) == [WRONG, "news@agency.example"]


def test_an_address_that_is_forgotten_while_mails_go_out_gets_none(desk: Room, postbox: Postbox) -> None:
    def tell(_: Sent) -> None:
        forgets(desk, "news@agency.example")

    done = issue_release(desk.workspace, desk.folder, PRESS, "head", replace(desk.watch, tell=tell))

    assert went_to(postbox) == [WRONG]
    assert (done[1].outcome, done[1].detail) == (
        "failed", "not sent: this address was replaced or forgotten in the meantime"
    )  # fmt: skip


def test_the_entry_of_a_forgotten_reader_names_nobody(desk: Room) -> None:
    forgets(desk)

    with open_ledger(desk.workspace) as ledger:
        (stamp,) = ledger.entries("(office)")
        assert WRONG not in stamp.to_json().decode()
        assert ledger.verify() is None
        assert list(ledger.standings()) == ["B-1"]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ([("a", "b")], {"a": "b", "b": "b"}),
        ([("a", "b"), ("b", "c")], {"a": "c", "b": "c"}),
        ([("a", "b"), ("b", "a")], {"a": "a", "b": "a"}),
        ([("a", "b"), ("b", "c"), ("c", "a")], {"a": "a", "b": "a", "c": "a"}),
        ([("a", "b"), ("b", "")], {"a": None, "b": None}),
        ([("a", ""), ("a", "a")], {"a": "a"}),
    ],
)
def test_addresses_lead_where_the_last_change_says(
    changes: list[tuple[str, str]], expected: dict[str, str | None]
) -> None:
    def whole(name: str) -> str:
        return f"{name}@x.example" if name else ""

    found = Redirects.of(
        ReaderChanged(was=compute_mailbox_digest(whole(was).upper()), now=whole(now), reason="") for was, now in changes
    )

    assert {each: found.address_for(whole(each)) for each in expected} == {
        each: whole(now) if now else None for each, now in expected.items()
    }


def test_one_reader_is_sent_it_again_with_the_reason_on_record(desk: Room, postbox: Postbox) -> None:
    sends(desk)
    again = replace(PRESS, again="daily", because="deleted it")
    sends(desk, again)

    assert went_to(postbox) == [WRONG, "news@agency.example", WRONG]
    assert postbox.mails[2]["Message-ID"] != postbox.mails[0]["Message-ID"]
    assert [each.reason for each in desk.events if isinstance(each, Reissued)] == ["deleted it"]
    assert [each.address for each in desk.copies] == ["news@agency.example", WRONG]


def test_an_again_that_failed_is_gone_on_with_and_the_next_is_another_time(desk: Room, postbox: Postbox) -> None:
    sends(desk)
    again = replace(PRESS, again="daily", because="deleted it")
    postbox.answers[WRONG] = ["550 no such desk"]
    outcomes = [sends(desk, again)[0].outcome for _ in range(3)]

    assert outcomes == ["failed", "ok", "ok"]
    assert [each.number for each in desk.events if isinstance(each, Reissued)] == [1, 2]


def test_again_is_for_readers_of_the_list_and_before_the_hour(desk: Room) -> None:
    sends(desk)
    with pytest.raises(UsageError, match="did you mean “daily”"):
        sends(desk, replace(PRESS, again="dayly", because="deleted it"))
    with pytest.raises(UsageError, match="--because needs a text"):
        sends(desk, replace(PRESS, again="daily"))
    kills(desk)
    with pytest.raises(StateError):
        sends(desk, replace(PRESS, again="daily", because="deleted it"))


def test_an_issue_whose_every_mail_failed_is_none(desk: Room, postbox: Postbox) -> None:
    for each in (WRONG, "news@agency.example"):
        postbox.answers[each] = ["550 no such desk"]
    sends(desk)

    assert (desk.standing.state, desk.standing.issued_at) == (State.APPROVED, None)
    assert isinstance(desk.events[-1], IssueFailed)
    (report,) = list_status_reports(desk.workspace, [desk.folder], desk.now)
    assert ("  not issued: all 2 mails failed", True) in list(format_status_report(report))
    assert "not issued: all 2 mails failed" in next(format_status_table([report]))[0]
    with open_ledger(desk.workspace) as ledger:
        assert ledger.verify() is None


def test_after_a_failed_issue_the_next_one_counts(desk: Room, postbox: Postbox) -> None:
    for each in (WRONG, "news@agency.example"):
        postbox.answers[each] = ["550 no such desk"]
    sends(desk)
    sends(desk)

    assert (desk.standing.state, desk.standing.copies) == (State.ISSUED, 2)


def test_an_issue_that_reached_one_reader_is_an_issue(desk: Room, postbox: Postbox) -> None:
    postbox.answers[WRONG] = ["550 no such desk"]
    sends(desk)

    assert desk.standing.state is State.ISSUED


TWO = OFFICE.replace(
    "{id: minister, name: The minister, email: minister@gov", "{id: daily, name: A reader, email: home@gov"
)


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        (WRONG, "desk@DAILY.example", "are the same mailbox, so there is nothing to change"),
        ("daily", RIGHT, "“daily” has several addresses on the lists: desk@daily.example, home@gov.example; give one"),
        ("dayly", RIGHT, "“dayly” is on no list: give the address; did you mean “daily”?"),
    ],
)
def test_an_address_that_cannot_be_replaced_is_refused(was: str, now: str, told: str, tmp_path: Path) -> None:
    desk = room(tmp_path, 25, office=TWO)

    with pytest.raises((StateError, UsageError)) as refusal:
        replaces(desk, was, now)

    assert told in str(refusal.value)


def test_who_still_gets_mails_cannot_be_readmitted(desk: Room) -> None:
    with pytest.raises(
        StateError, match="desk@daily.example was neither forgotten nor replaced, so it still gets mails"
    ):
        readmit_reader(desk.workspace, WRONG, "writer", "asked again", lambda: desk.now)


def test_the_command_says_what_a_replaced_reader_does_not_have_and_who_may_get_mails_again(
    tmp_path: Path, postbox: Postbox
) -> None:
    desk = room_of_today(tmp_path, postbox.port)
    desk.now = datetime.now(UTC)
    sends(desk)
    options = ["--because", "asked", "--as", "writer", "--workspace", str(desk.root)]
    replaced = CliRunner().invoke(main, ["lists", "replace", WRONG, RIGHT, *options])
    forgets(desk, "news@agency.example")
    readmitted = CliRunner().invoke(main, ["lists", "forget", "news@agency.example", "--undo", *options])

    assert f"{RIGHT} has not received the release itself. Issue it again to send it to those" in replaced.output
    assert "news@agency.example may get mails again. It is not on any list yet; to add it" in readmitted.output
