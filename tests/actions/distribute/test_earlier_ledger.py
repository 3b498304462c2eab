"""An office whose ledger the version before wrote: what it sent is known, and everything goes on from there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from actions.room import Room, room
from channels.servers import Postbox, mail_server
from ledger.earlier import write_as_before
from postgres import Cluster, cluster
from pressgen.actions.amend.withdraw import withdraw_release
from pressgen.actions.distribute.issue import issue_release
from pressgen.actions.distribute.issue_plan import IssueRequest
from pressgen.actions.status.format_status import format_status_report, format_status_table
from pressgen.actions.status.status import list_status_reports
from pressgen.actions.workspace.office import DATABASE, open_ledger
from pressgen.actions.workspace.reader_addresses import forget_reader, replace_reader_address
from pressgen.ledger.migrate import migrate_ledger
from pressgen.model.event import Sent

PRESS = IssueRequest("national")
DAILY, AGENCY, OTHER = "desk@daily.example", "news@agency.example", "news@daily.example"


@pytest.fixture(scope="module")
def postgres() -> Iterator[Cluster]:
    with cluster() as running:
        yield running


@pytest.fixture
def postbox() -> Iterator[Postbox]:
    with mail_server() as found:
        yield found


@pytest.fixture(params=["sqlite", "postgresql"])
def desk(request: pytest.FixtureRequest, tmp_path: Path, postbox: Postbox, monkeypatch: pytest.MonkeyPatch) -> Room:
    """An office that has issued a release to the agency, and to the daily in vain; then its ledger as it was before."""
    made = room(tmp_path, postbox.port)
    url = f"sqlite:///{made.root}/.pressgen/ledger.sqlite"
    if request.param == "postgresql":
        source, url = url, request.getfixturevalue("postgres").new_database()
        migrate_ledger(source, url)
        monkeypatch.setenv(DATABASE, url)
    postbox.answers[DAILY] = ["550 no such desk"]
    sends(made)
    assert went_to(postbox) == [AGENCY]
    write_as_before(url)
    return made


def sends(desk: Room, order: IssueRequest = PRESS) -> list[Sent]:
    return issue_release(desk.workspace, desk.folder, order, "head", desk.watch)


def went_to(postbox: Postbox) -> list[str]:
    return [each.rcpt_tos[0] for each in postbox.envelopes]


def is_whole(desk: Room) -> bool:
    with open_ledger(desk.workspace) as ledger:
        return ledger.verify() is None


def test_it_shows_who_has_a_release_and_what_failed(desk: Room) -> None:
    [report] = list_status_reports(desk.workspace, [desk.folder], desk.now)
    [listed] = format_status_table(list_status_reports(desk.workspace, [], desk.now))

    lines = [line for line, _ in format_status_report(report)]
    assert any(line.endswith("; 1 has it") for line in lines)
    assert any("failed: mail to desk@daily.example" in line and "550 no such desk" in line for line in lines)
    assert "1 failed" in listed[0]
    assert is_whole(desk)


def test_it_sends_to_those_who_have_not_got_it_and_to_nobody_twice(desk: Room, postbox: Postbox) -> None:
    assert [(each.address, each.outcome) for each in sends(desk)] == [(DAILY, "ok")]
    assert sends(desk) == []

    assert went_to(postbox) == [AGENCY, DAILY]
    assert (desk.standing.copies, desk.standing.failures) == (2, 0)
    assert is_whole(desk)


def test_it_sends_again_to_one_reader(desk: Room, postbox: Postbox) -> None:
    sends(desk, IssueRequest("national", again="agency", because="lost it"))

    assert went_to(postbox) == [AGENCY, AGENCY]
    assert [each.address for each in desk.copies] == [AGENCY]
    assert is_whole(desk)


def test_it_forgets_a_reader(desk: Room, postbox: Postbox) -> None:
    forget_reader(desk.workspace, AGENCY, "writer", "asked for it", lambda: desk.now)
    sends(desk)
    withdraw_release(desk.workspace, desk.folder, "wrong figures", "head", desk.watch)

    assert went_to(postbox) == [AGENCY, DAILY, DAILY]
    assert is_whole(desk)


def test_it_replaces_a_reader(desk: Room, postbox: Postbox) -> None:
    replace_reader_address(desk.workspace, DAILY, OTHER, "writer", "misaddressed", lambda: desk.now)
    sends(desk)
    withdraw_release(desk.workspace, desk.folder, "wrong figures", "head", desk.watch)

    assert went_to(postbox) == [AGENCY, OTHER, AGENCY, OTHER]
    assert [each.address for each in desk.copies] == [AGENCY, OTHER]
    assert is_whole(desk)
