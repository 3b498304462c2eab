"""A mail that comes back is recorded once, for the reader whose mail it was and nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from actions.room import OFFICE, Room, room
from channels.imap_server import PASSWORD, imap_server
from channels.servers import Postbox, mail_server
from channels.test_bounces import plain, report
from pressgen.actions.distribute.issue import IssueRequest, issue_release
from pressgen.actions.distribute.returned_mail import (
    ReturnedMailReport,
    collect_returned_mails,
    read_returned_mails_once,
)
from pressgen.actions.status.format_status import format_status_report, format_status_table
from pressgen.actions.status.status import list_status_reports
from pressgen.actions.workspace.office import open_ledger
from pressgen.cli.app import main
from pressgen.errors import UsageError
from pressgen.model.event import Sent
from pressgen.model.readers import Bounced

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BOUNCES = OFFICE.replace("at_issue:", "bounces: {address: bounces+KEY@county.example, folder: returned}\nat_issue:")


@pytest.fixture
def postbox() -> Iterator[Postbox]:
    with mail_server() as found:
        yield found


@pytest.fixture
def desk(tmp_path: Path, postbox: Postbox) -> Room:
    """A release that was issued to two readers by an office which reads what comes back."""
    made = room(tmp_path, postbox.port, office=BOUNCES)
    issue_release(made.workspace, made.folder, IssueRequest("national"), "head", made.watch)
    (made.root / "returned").mkdir()
    return made


def keys(desk: Room) -> list[str]:
    return [each.bounce_key for each in desk.events if isinstance(each, Sent)]


def returns(desk: Room, *mails: bytes) -> ReturnedMailReport:
    for number, mail in enumerate(mails):
        (desk.root / "returned" / f"{number}.eml").write_bytes(mail)
    return collect_returned_mails(desk.workspace, None, lambda: desk.now)


def address(key: str) -> str:
    return f"bounces+{key}@county.example"


def bounced(desk: Room) -> list[tuple[str, bool]]:
    return [(each.recipient, each.final) for each in desk.events if isinstance(each, Bounced)]


def test_each_mail_has_an_envelope_sender_of_its_own_and_the_offices_name(desk: Room, postbox: Postbox) -> None:
    assert [each.mail_from for each in postbox.envelopes] == [address(key) for key in keys(desk)]
    assert len(set(keys(desk))) == 2
    assert {str(each["From"]) for each in postbox.mails} == {"Press office <press@example.org>"}


def test_a_bounce_is_recorded_once_and_shown(desk: Room) -> None:
    first = returns(desk, report(to=address(keys(desk)[1])))
    second = returns(desk)

    assert [(reference, each.recipient) for reference, each in first.recorded] == [("B-1", "agency")]
    assert (second.recorded, second.known) == ([], 1)
    (shown,) = list_status_reports(desk.workspace, [desk.folder], desk.now)
    line = "  bounced: agency, news@agency.example: 5.1.1 550 5.1.1 <desk@daily.example>: no such desk"
    assert (line, True) in list(format_status_report(shown))
    assert "1 bounced" in next(format_status_table([shown]))[0]
    with open_ledger(desk.workspace) as ledger:
        assert ledger.verify() is None


def test_a_delay_is_none_for_good_and_a_failure_after_it_is(desk: Room) -> None:
    to = address(keys(desk)[0])
    returns(desk, report("delayed", "4.4.1", to))
    returns(desk, report("delayed", "4.4.1", to), report("delayed", "4.4.1", to))
    returns(desk, report("failed", "4.4.7", to))

    assert bounced(desk) == [("daily", False), ("daily", True)]
    assert (desk.standing.bounces, desk.standing.delays) == (1, 0)


def test_a_vacation_notice_and_a_key_that_is_not_ours_mark_nobody(desk: Room) -> None:
    found = returns(
        desk,
        plain("Out of office: Bridge", sender="ada@x.example", to=address(keys(desk)[0])),
        report(to=address("f" * 20)),
        report(to="press@example.org"),
    )

    assert bounced(desk) == []
    assert (found.foreign, found.others["auto-reply"]) == (2, 1)


def test_links_in_the_folder_are_not_followed(desk: Room, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside") / "a.eml"
    outside.write_bytes(report(to=address(keys(desk)[0])))
    (desk.root / "returned" / "a.eml").symlink_to(outside)

    assert returns(desk).read == 0


def test_a_mailbox_is_read_too(desk: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOUNCE_WORD", PASSWORD)
    file = desk.root / "releases" / "pressgen.yaml"
    with imap_server(report(to=address(keys(desk)[0]))) as box:
        mailbox = (
            f"mailbox: {{host: 127.0.0.1, port: {box.port}, security: none, user: bounces, password_env: BOUNCE_WORD}}"
        )
        file.write_text(file.read_text().replace("folder: returned", mailbox))
        collect_returned_mails(desk.workspace, None, lambda: desk.now)
        again = collect_returned_mails(desk.workspace, None, lambda: desk.now)

    assert bounced(desk) == [("daily", True)]
    assert again.read == 0


def test_an_office_without_an_address_for_it_is_told(tmp_path: Path, postbox: Postbox) -> None:
    with pytest.raises(UsageError, match="no address for returned mails"):
        collect_returned_mails(room(tmp_path, postbox.port).workspace, tmp_path, lambda: room(tmp_path, 1).now)


def test_where_returned_mails_are_must_be_said(tmp_path: Path) -> None:
    desk = room(tmp_path, 1, office=BOUNCES.replace(", folder: returned", ""))

    with pytest.raises(UsageError, match="give the folder of the returned mails, or write bounces.mailbox in releases"):
        collect_returned_mails(desk.workspace, None, lambda: desk.now)


def test_a_mailbox_that_cannot_be_read_holds_no_worker_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOUNCE_WORD", "geheim")
    mailbox = ", mailbox: {host: 127.0.0.1, port: 1, security: none, user: bounces, password_env: BOUNCE_WORD}"
    desk = room(tmp_path, 1, office=BOUNCES.replace(", folder: returned", mailbox))

    hindered = read_returned_mails_once(desk.workspace, lambda: desk.now, print)

    assert hindered.startswith("cannot read the returned mails: the mailbox of returned mails, 127.0.0.1:1, cannot be")


def test_a_folder_that_is_not_there_is_refused(desk: Room) -> None:
    with pytest.raises(UsageError, match="nowhere cannot be read: No such file or directory; give the folder of the"):
        collect_returned_mails(desk.workspace, desk.root / "nowhere", lambda: desk.now)


def test_mails_that_are_not_from_pressgen_are_counted(desk: Room) -> None:
    (desk.root / "returned" / "0.eml").write_bytes(report(to=address("0" * 24)))
    result = CliRunner().invoke(main, ["bounces", "--workspace", str(desk.root)])

    assert "1 of mails that were not sent by pressgen" in result.output
