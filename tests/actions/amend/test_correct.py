"""A correction is a new approved version in the place of the one that people have."""

from __future__ import annotations

from datetime import timedelta
from email import message_from_bytes
from typing import TYPE_CHECKING

import pytest

from actions.distribute.test_issue import body, desk, files, postbox, sends
from actions.room import LIFT, NOON, RELEASE, Room, again, room
from pressgen.actions.amend.correct import CorrectionRequest, correct_release, preview_correction
from pressgen.actions.approve.submit import submit_release
from pressgen.actions.distribute.issue_plan import IssueRequest
from pressgen.actions.distribute.reader_copies import CopyOptions
from pressgen.actions.publish.schedule import schedule_lift
from pressgen.actions.workspace.bundle import hash_content
from pressgen.actions.workspace.office import open_ledger
from pressgen.channels.credentials import Secret
from pressgen.errors import StateError
from pressgen.model.event import Corrected, Lifted, Sent
from pressgen.model.standing import State
from pressgen.text.correction import CorrectionClass

if TYPE_CHECKING:
    from pathlib import Path

    from channels.servers import Postbox

__all__ = ["desk", "postbox"]
LINE = "“that cost £3.2 million.” should read “that cost £4.2 million.”"


def corrects(desk: Room, order: CorrectionRequest | None = None) -> list[Sent]:
    return correct_release(desk.workspace, desk.folder, order or CorrectionRequest(), "head", desk.watch)


def mend(desk: Room, was: str = "£3.2", now: str = "£4.2") -> None:
    """Another version, submitted and approved."""
    desk.edit(was, now)
    again(desk.root, desk.now)


def lift(desk: Room) -> None:
    """Say that it was lifted, as a worker does at the hour."""
    with open_ledger(desk.workspace) as ledger:
        event = Lifted(revision=desk.standing.revision, due=LIFT, actual=LIFT)
        ledger.append(event, reference="B-1", slug="bridge", actor="worker", at=LIFT)
    desk.now = LIFT + timedelta(hours=9)


def test_everybody_gets_the_new_files_with_what_was_wrong_and_the_hashes_of_the_old(
    desk: Room, postbox: Postbox
) -> None:
    sends(desk)
    old = desk.standing.version
    mend(desk)
    corrects(desk)

    mail, new = postbox.mails[2], desk.standing.version
    assert old
    assert new
    told = body(mail)
    assert mail["Subject"].startswith("CORRECTED: EMBARGO 00:01 BST Wed 2 Apr: ")
    assert LINE in " ".join(told.split())
    assert f"{old.files['embargoed/bridge.pdf']}  bridge-EMBARGOED.pdf" in told
    assert "embargoed/" not in told
    assert old.files["public/bridge.pdf"] not in told  # nobody has that one
    assert hash_content(files(mail)["bridge-EMBARGOED.pdf"]) == new.files["embargoed/bridge.pdf"]
    assert mail["In-Reply-To"] == postbox.mails[0]["Message-ID"]
    assert [each.rcpt_tos for each in postbox.envelopes[2:]] == [["desk@daily.example"], ["news@agency.example"]]


def test_a_preview_shows_the_mails_and_changes_nothing(desk: Room, postbox: Postbox) -> None:
    sends(desk)
    mend(desk)
    before = desk.standing

    label, line, files = preview_correction(
        desk.workspace, desk.folder, CorrectionRequest(), "head", desk.now, folder=None
    )  # fmt: skip

    assert (label, line, desk.standing, len(postbox.mails)) == ("CORRECTED", LINE, before, 2)
    assert [each.name for each in files] == ["daily.eml", "agency.eml"]
    corrects(desk)
    shown, sent = (message_from_bytes(each) for each in (files[0].read_bytes(), postbox.letters[2]))
    assert (shown["Subject"], shown["To"]) == (sent["Subject"], sent["To"])
    assert "bridge-EMBARGOED.pdf" in files[0].read_text()


def test_the_ledger_says_what_took_the_place_of_what(desk: Room) -> None:
    sends(desk)
    old = desk.standing.version
    mend(desk)
    corrects(desk)

    standing = desk.standing
    assert old
    assert standing.version
    (event,) = [each for each in desk.events if isinstance(each, Corrected)]
    assert event == Corrected(version=standing.version.digest, correction="corrected", line=LINE, supersedes=old.digest)
    assert (standing.state, standing.correction) == (State.ISSUED, None)


def test_of_a_welsh_release_the_whole_notice_is_welsh(tmp_path: Path, postbox: Postbox) -> None:
    welsh = RELEASE.replace("headline: Bridge opens ", "language: cy\nheadline: Pont yn agor ")
    desk = room(tmp_path, postbox.port, welsh)
    sends(desk)
    mend(desk)
    corrects(desk)

    assert postbox.mails[2]["Subject"].startswith("CYWIRWYD: ")
    told = " ".join(body(postbox.mails[2]).split())
    assert "“Pont yn agor”: dylai “that cost £3.2 million.” ddarllen “that cost £4.2 million.”. Mae’r hyn" in told


@pytest.mark.parametrize(
    ("was", "now", "label"),
    [("£3.2", "£4.2", "corrected"), ("bridge opened", "bridge openned", "refile"), ("# as the", "# as our", "repeat")],
)
def test_the_class_follows_from_the_difference(was: str, now: str, label: str, desk: Room, postbox: Postbox) -> None:
    sends(desk)
    mend(desk, was, now)
    corrects(desk)

    assert str(postbox.mails[2]["Subject"]).startswith(f"{label.upper()}: ")


def test_a_person_may_say_it_better(desk: Room, postbox: Postbox) -> None:
    sends(desk)
    mend(desk)
    corrects(desk, CorrectionRequest(label=CorrectionClass.REFILE, line="The works cost £4.2 million."))

    assert "REFILE\n\n“Bridge opens”: The works cost £4.2 million.\n" in body(postbox.mails[2])


def test_what_is_public_is_corrected_in_the_newsroom(desk: Room, postbox: Postbox) -> None:
    sends(desk)
    lift(desk)
    mend(desk)
    corrects(desk)

    page = (desk.root / "public" / "2031" / "bridge" / "index.html").read_text()
    feed = (desk.root / "public" / "feed.atom").read_text()
    assert "£4.2 million" in page
    assert "should read “that cost £4.2" in page
    assert "£4.2" in feed
    assert desk.standing.state is State.CORRECTED
    assert "EMBARGOED" not in postbox.mails[2]["Subject"]
    kept = desk.standing.version.files  # type: ignore[union-attr]
    assert hash_content(files(postbox.mails[2])["bridge.pdf"]) == kept["public/bridge.pdf"]


def test_it_is_finished_by_the_same_command_and_done_once(desk: Room, postbox: Postbox) -> None:
    sends(desk)
    mend(desk)
    postbox.answers["desk@daily.example"] = ["550 full"]

    assert [each.outcome for each in corrects(desk)] == ["failed", "ok"]
    assert [each.outcome for each in corrects(desk)] == ["ok"]
    assert corrects(desk) == []
    assert len([each for each in desk.events if isinstance(each, Corrected)]) == 1


def test_what_nobody_has_approved_is_no_correction(desk: Room) -> None:
    with pytest.raises(StateError, match="nobody has B-1 yet"):
        corrects(desk)
    sends(desk)
    with pytest.raises(StateError, match="B-1 has no approved correction"):
        corrects(desk)
    mend(desk)
    desk.edit("£4.2", "£5.2")
    with pytest.raises(StateError, match="has changed since it was approved"):
        corrects(desk)


def test_a_correction_that_waits_is_what_a_schedule_asks_for(desk: Room) -> None:
    sends(desk)
    mend(desk)
    with pytest.raises(StateError, match="correction that was not sent yet; send it first: pressgen correct bridge$"):
        schedule_lift(desk.workspace, desk.folder, "head", desk.now)
    corrects(desk)
    desk.edit("£4.2", "£5.2")
    submit_release(desk.workspace, desk.folder, "writer", desk.now)
    with pytest.raises(StateError, match="but not approved; approve it first: pressgen approve bridge$"):
        schedule_lift(desk.workspace, desk.folder, "head", desk.now)


def test_another_time_is_a_move_and_no_correction(desk: Room) -> None:
    sends(desk)
    mend(desk, "2031-04-02 00:01", "2031-04-03 00:01")
    with pytest.raises(StateError, match="has a different embargo now"):
        corrects(desk)

    assert desk.now == NOON


def test_a_correction_of_what_went_locked_needs_the_password(desk: Room) -> None:
    sends(desk, IssueRequest("national", CopyOptions(marked=True, password=Secret("geheim"))))
    mend(desk)

    with pytest.raises(StateError, match="B-1 was sent locked with a password, so its correction must be locked too"):
        corrects(desk)
