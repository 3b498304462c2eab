"""A release that is withdrawn is off the schedule, gone from the newsroom, and killed with everybody who has it."""

from __future__ import annotations

from dataclasses import replace
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from actions.amend.test_correct import corrects, lift, mend
from actions.distribute.test_issue import PRESS, body, desk, files, postbox, sends
from actions.room import EPOCH, NOON, OFFICE, RELEASE, Room, room
from channels.servers import mail_server
from postgres import wait_until
from pressgen.actions.amend.withdraw import withdraw_release
from pressgen.actions.approve.submit import submit_release
from pressgen.actions.distribute.issue import issue_release
from pressgen.actions.distribute.issue_plan import IssueRequest
from pressgen.actions.distribute.message_sender import SendOptions
from pressgen.actions.publish.schedule import schedule_lift
from pressgen.actions.publish.scheduler_access import open_scheduler_client
from pressgen.errors import EnvironmentFailureError, StateError
from pressgen.model.event import Sent, Withdrawn
from pressgen.model.standing import State

if TYPE_CHECKING:
    from pathlib import Path

    from channels.servers import Postbox
    from pressgen.actions.workspace.folder import Workspace

__all__ = ["desk", "postbox"]


def kills(desk: Room) -> list[Sent]:
    return withdraw_release(desk.workspace, desk.folder, "The bridge is shut", "head", desk.watch)


def test_everybody_who_has_any_version_gets_a_kill_notice_without_files(desk: Room, postbox: Postbox) -> None:
    sends(desk)
    mend(desk)
    corrects(desk)
    sends(desk, IssueRequest("ministers"))
    kills(desk)

    mails = postbox.mails[5:]
    assert [each.rcpt_tos[0] for each in postbox.envelopes[5:]] == [
        "desk@daily.example", "news@agency.example", "minister@gov.example"
    ]  # fmt: skip
    for mail in mails:
        assert mail["Subject"] == "WITHDRAWN, DO NOT USE: Bridge opens"
        assert body(mail).startswith("WITHDRAWN – DO NOT USE\n\n“Bridge opens” (B-1) is withdrawn.")
        assert "Reason: The bridge is shut" in body(mail)
        assert files(mail) == {}
    assert mails[0]["In-Reply-To"] == postbox.mails[0]["Message-ID"]
    assert desk.standing.state is State.WITHDRAWN


def test_somebody_who_left_the_list_is_told_and_a_broken_file_stops_nothing(desk: Room, postbox: Postbox) -> None:
    sends(desk)
    file = desk.root / "releases" / "pressgen.yaml"
    file.write_text("\n".join(line for line in file.read_text().splitlines() if "daily.example" not in line) + "\n")
    (desk.folder / "release.yaml").write_text("{")
    kills(desk)

    assert [each.rcpt_tos[0] for each in postbox.envelopes[2:]] == ["desk@daily.example", "news@agency.example"]


def test_its_lift_is_taken_off(desk: Room) -> None:
    schedule_lift(desk.workspace, desk.folder, "head", desk.now)
    kills(desk)

    assert desk.standing.lift_at is None
    with open_scheduler_client(desk.workspace) as held:
        assert [each.state for each in held.status()] == ["withdrawn"]


def test_a_notice_takes_its_place_in_the_newsroom(desk: Room) -> None:
    sends(desk)
    lift(desk)
    mend(desk)
    corrects(desk)
    folder = desk.root / "public" / "2031" / "bridge"
    assert (folder / "bridge.pdf").exists()
    kills(desk)

    assert "The bridge is shut" in (folder / "index.html").read_text()
    assert "£4.2" not in (folder / "index.html").read_text()
    assert not (folder / "bridge.pdf").exists()
    assert not (folder / "bridge.docx").exists()


def test_it_is_finished_by_the_same_command_and_done_once(desk: Room, postbox: Postbox) -> None:
    sends(desk)
    postbox.answers["desk@daily.example"] = ["550 full"]

    assert [each.outcome for each in kills(desk)] == ["failed", "ok"]
    assert [each.outcome for each in kills(desk)] == ["ok"]
    assert kills(desk) == []
    assert len([each for each in desk.events if isinstance(each, Withdrawn)]) == 1


def test_a_folder_of_early_files_holds_the_notice_alone(tmp_path: Path, postbox: Postbox) -> None:
    desk = room(tmp_path, postbox.port, office=OFFICE.replace("at_issue: [mail]", "at_issue: [mail, early]"))
    sends(desk)
    kills(desk)

    (left,) = (desk.root / "early" / "bridge").iterdir()
    assert left.read_text().startswith("WITHDRAWN")


def test_an_issue_under_way_stops_at_once(desk: Room, postbox: Postbox) -> None:
    """Whoever withdraws in another window need not wait for the end of the list, and tells whoever got it by then."""
    patient = replace(desk.watch, turn=60.0)
    other = Thread(target=lambda: withdraw_release(desk.workspace, desk.folder, "The bridge is shut", "head", patient))

    def strike(_: Sent) -> None:
        other.start()
        wait_until(lambda: desk.standing.state is State.WITHDRAWN, 60)

    with pytest.raises(
        StateError, match="B-1 was withdrawn in the meantime, so this version is not sent to anybody else"
    ):
        issue_release(desk.workspace, desk.folder, PRESS, "head", replace(desk.watch, tell=strike))
    other.join()

    assert [each["Subject"].partition(":")[0] for each in postbox.mails] == [
        "EMBARGO 00", "WITHDRAWN, DO NOT USE"
    ]  # fmt: skip


def test_nothing_follows_a_withdrawal(desk: Room) -> None:
    sends(desk)
    kills(desk)
    for verb in (sends, corrects):
        with pytest.raises(StateError, match="withdrawn"):
            verb(desk)


def test_what_was_never_approved_cannot_be_withdrawn(tmp_path: Path) -> None:
    desk = room(tmp_path, 25)
    with pytest.raises(StateError, match="has not been submitted"):
        withdraw_release(desk.workspace, desk.root / "releases" / "other", "No reason", "head", desk.watch)


def test_a_kill_notice_is_in_the_language_of_the_release_in_text_and_html(tmp_path: Path) -> None:
    """Its mails thread to the first; the page that says the language is the approved one, whatever lies there now."""
    welsh = RELEASE.replace("headline: Bridge opens ", "language: cy\nheadline: Pont yn agor ")
    with mail_server() as postbox:
        desk = room(tmp_path, postbox.port, welsh)
        issue_release(desk.workspace, desk.folder, IssueRequest("national"), "head", desk.watch)
        (desk.folder / "release.yaml").write_text("gone")
        withdraw_release(desk.workspace, desk.folder, "Ar gau", "head", desk.watch)

    for mail in postbox.mails[2:]:
        assert mail["Subject"] == "TYNNWYD YN ÔL, PEIDIWCH Â’I DDEFNYDDIO: Pont yn agor"
        assert "Rheswm: Ar gau" in body(mail)
        page = mail.get_body(("html",)).get_content()
        assert '<html lang="cy" dir="ltr">' in page
        assert "Rheswm: Ar gau" in page
        assert mail["In-Reply-To"] in {first["Message-ID"] for first in postbox.mails[:2]}


def test_what_was_only_submitted_cannot_be_withdrawn(office: Workspace) -> None:
    submit_release(office, office.root / "releases" / "bridge", "moss", EPOCH)

    options = SendOptions(clock=lambda: NOON, tell=print)

    with pytest.raises(StateError, match="B-1 was never approved and nobody has it, so there is nothing to withdraw"):
        withdraw_release(office, office.root / "releases" / "bridge", "Too early", "reed", options)


def test_a_newsroom_that_cannot_be_written_still_shows_the_page_and_is_told(desk: Room) -> None:
    lift(desk)
    (desk.root / "public").write_text("no folder")

    with pytest.raises(EnvironmentFailureError, match="the newsroom still shows the old page: .*; fix that, then run"):
        kills(desk)
