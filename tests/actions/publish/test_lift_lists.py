"""Lists at the lift: whoever had no embargoed copy gets the public files, each once, after the hour."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from actions.lifts import acts, copies, due_in, owed, today
from channels.scripted import BODY, DROP, Script, scripted_server
from channels.servers import Postbox, mail_server
from pressgen.actions.amend.withdraw import withdraw_release
from pressgen.actions.workspace.office import open_ledger
from pressgen.model.event import Announced, Issued, Sent
from pressgen.scheduler.handlers import PermanentFailureError, TemporaryFailureError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage
    from pathlib import Path

    from actions.room import Room

GENERAL = """  general:
    audience: press
    recipients:
      - {id: weekly, name: Editor, outlet: A weekly, email: editor@weekly.example}
      - {id: desk, name: Home desk, outlet: A daily paper, email: Desk@Daily.EXAMPLE}
channels:
"""


@pytest.fixture
def postbox() -> Iterator[Postbox]:
    with mail_server() as found:
        yield found


def general(folder: Path, port: int) -> Room:
    """An office with a general list at the lift, one of whose people has an embargoed copy; its hour has come."""
    desk = today(folder, port, at_lift="at_lift: [newsroom, mail, general]")
    file = desk.root / "releases" / "pressgen.yaml"
    file.write_text(file.read_text().replace("channels:\n", GENERAL))
    copies(desk)
    due_in(desk, -1)
    return desk


def to(mail: EmailMessage) -> str:
    return str(mail["To"].addresses[0].addr_spec)


def attached(mail: EmailMessage) -> set[str]:
    return {str(each.get_filename()) for each in mail.iter_attachments()}


@pytest.mark.parametrize("order", [("general", "mail"), ("mail", "general")])
def test_whoever_had_no_copy_gets_the_public_files_and_the_others_the_word_alone(
    tmp_path: Path, postbox: Postbox, order: tuple[str, str]
) -> None:
    desk = general(tmp_path, postbox.port)
    with acts(desk) as (lifting, _):
        assert set(lifting.publish("B-1", 1) or []) == {"mail", "general"}
        for name in (*order, *order):
            lifting.announce("B-1", 1, name)
        assert owed(lifting) == []

    found = {to(mail): attached(mail) for mail in postbox.mails}
    assert len(postbox.mails) == 3
    assert found == {
        "editor@weekly.example": {"bridge.docx", "bridge.pdf"},
        "desk@daily.example": set(),
        "news@agency.example": set(),
    }
    assert {each.list for each in desk.events if isinstance(each, Issued)} == {"general"}
    assert {each.channel for each in desk.events if isinstance(each, Announced)} == {"mail", "general"}
    assert all("EMBARGO" not in str(mail["Subject"]) for mail in postbox.mails)


def test_what_a_server_does_not_take_is_tried_for_that_one_person_and_sent_once(
    tmp_path: Path, postbox: Postbox
) -> None:
    desk = general(tmp_path, postbox.port)
    postbox.answers["editor@weekly.example"] = ["451 later", "451 later"]
    with acts(desk) as (lifting, _):
        lifting.publish("B-1", 1)
        for _ in range(2):
            with pytest.raises(TemporaryFailureError, match=r"1 has not received it: editor@weekly\.example"):
                lifting.announce("B-1", 1, "general")
        lifting.announce("B-1", 1, "general")

    assert [to(mail) for mail in postbox.mails] == ["editor@weekly.example"]
    tried = [each.outcome for each in desk.events if isinstance(each, Sent) and each.recipient == "weekly"]
    assert tried == ["deferred", "ok"]


def test_a_lost_answer_is_not_sent_again(tmp_path: Path) -> None:
    with scripted_server(Script({BODY: [DROP]})) as server:
        desk = general(tmp_path, server.port)
        with acts(desk) as (lifting, told):
            lifting.publish("B-1", 1)
            lifting.announce("B-1", 1, "general")
            lifting.announce("B-1", 1, "general")

    assert [each.outcome for each in desk.events if isinstance(each, Sent) and each.recipient == "weekly"] == [
        "unknown"
    ]
    assert any("1 of which may not have arrived" in line for line in told)


def test_the_approved_release_goes_whatever_lies_in_its_folder_by_then(tmp_path: Path, postbox: Postbox) -> None:
    desk = general(tmp_path, postbox.port)
    desk.edit("3.2 million", "3.3 million")
    with acts(desk) as (lifting, _):
        lifting.publish("B-1", 1)
        lifting.announce("B-1", 1, "general")

    (mail,) = postbox.mails
    assert "£3.2\N{NO-BREAK SPACE}million" in mail.get_body().get_content()  # type: ignore[union-attr]


def test_nothing_goes_to_a_list_once_the_release_is_withdrawn(tmp_path: Path, postbox: Postbox) -> None:
    desk = general(tmp_path, postbox.port)
    with acts(desk) as (lifting, _):
        lifting.publish("B-1", 1)
        desk.now = datetime.now(UTC)
        withdraw_release(desk.workspace, desk.folder, "It is wrong", "head", desk.watch)
        postbox.letters.clear()
        lifting.announce("B-1", 1, "general")

    assert postbox.letters == []


def test_before_the_lift_nothing_goes_to_a_list(tmp_path: Path, postbox: Postbox) -> None:
    desk = general(tmp_path, postbox.port)
    with acts(desk) as (lifting, _):
        lifting.announce("B-1", 1, "general")

    assert postbox.letters == []


def test_an_address_that_is_refused_for_good_is_told_as_final(tmp_path: Path, postbox: Postbox) -> None:
    desk = general(tmp_path, postbox.port)
    postbox.answers["editor@weekly.example"] = ["550 nobody here"]
    with acts(desk) as (lifting, _):
        lifting.publish("B-1", 1)
        with pytest.raises(PermanentFailureError, match="550 nobody here"):
            lifting.announce("B-1", 1, "general")
    with open_ledger(desk.workspace) as ledger:
        assert ledger.verify() is None


def test_a_list_whose_people_all_have_a_copy_gets_no_mail(tmp_path: Path, postbox: Postbox) -> None:
    desk = general(tmp_path, postbox.port)
    file = desk.root / "releases" / "pressgen.yaml"
    file.write_text("".join(line for line in file.read_text().splitlines(keepends=True) if "weekly" not in line))
    with acts(desk) as (lifting, _):
        lifting.publish("B-1", 1)
        lifting.announce("B-1", 1, "general")

    assert postbox.mails == []
    assert [each.detail for each in desk.events if isinstance(each, Announced)] == ["everybody already has it"]
