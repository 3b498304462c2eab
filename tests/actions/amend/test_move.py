"""An embargo is moved by one command: data, files, ledger, engine, and everybody who has the release."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from actions.distribute.test_issue import PRESS, WELSH, body, desk, files, postbox, sends
from actions.room import LIFT, RELEASE, Room, room, room_with
from pressgen.actions.amend import move as changing
from pressgen.actions.amend.move import MoveRequest, move_embargo
from pressgen.actions.amend.old_dates import describe_old_date, find_old_dates
from pressgen.actions.distribute.issue_plan import IssueRequest
from pressgen.actions.distribute.reader_copies import CopyOptions
from pressgen.actions.publish.schedule import schedule_lift
from pressgen.actions.publish.scheduler_access import open_scheduler_client
from pressgen.actions.workspace.bundle import hash_content
from pressgen.actions.workspace.folder import load_release
from pressgen.errors import InputError, StateError, UsageError
from pressgen.model.event import Moved, Sent
from pressgen.model.moment import read_moment
from pressgen.text.notices import format_notice_time

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from channels.servers import Postbox
    from pressgen.actions.workspace.folder import Workspace
    from pressgen.actions.workspace.save import FileChange

__all__ = ["desk", "postbox"]
LATER, SOONER = "2031-04-03 09:30", "2031-04-01 18:00"
NEW = datetime(2031, 4, 3, 8, 30, tzinfo=UTC)


def moves(desk: Room, to: str = LATER, who: str = "head") -> list[Sent]:
    return move_embargo(
        desk.workspace, desk.folder, MoveRequest(to=to, because="The minister is late"), who, desk.watch
    )


@pytest.mark.parametrize("to", [LATER, SOONER])
def test_the_data_say_the_new_time_and_no_other_byte_changes(to: str, desk: Room) -> None:
    sends(desk)
    moves(desk, to)

    assert (desk.folder / "release.yaml").read_text() == RELEASE.replace("2031-04-02 00:01", to)
    assert desk.standing.version
    assert desk.standing.version.data["release.yaml"] == hash_content((desk.folder / "release.yaml").read_bytes())
    assert desk.standing.embargo == read_moment(to, "Europe/London").instant


def test_exactly_those_who_have_it_get_an_advisory_with_the_new_files(desk: Room, postbox: Postbox) -> None:
    postbox.answers["desk@daily.example"] = ["550 no such desk"]
    sends(desk)
    (first,) = postbox.mails
    moves(desk)

    _, mail = postbox.mails
    kept = desk.standing.version.files  # type: ignore[union-attr]
    banner = "STRICTLY EMBARGOED UNTIL 09:30 BST ON THURSDAY 3 APRIL 2031"
    assert postbox.envelopes[1].rcpt_tos == ["news@agency.example"]
    assert mail["Subject"] == "ADVISORY 1, EMBARGO MOVED: EMBARGO 09:30 BST Thu 3 Apr: Bridge opens"
    assert mail["In-Reply-To"] == first["Message-ID"] != mail["Message-ID"]
    assert body(mail).splitlines()[0] == banner
    told = " ".join(body(mail).split())
    assert format_notice_time(read_moment(LATER, "Europe/London")) in told
    assert f"It was to be used from {format_notice_time(read_moment('2031-04-02 00:01', 'Europe/London'))}" in told
    assert "Reason: The minister is late" in told
    assert "£3.2 million" in told
    assert hash_content(files(mail)["bridge-EMBARGOED.pdf"]) == kept["embargoed/bridge.pdf"]
    assert files(mail)["bridge-EMBARGOED.pdf"] != files(first)["bridge-EMBARGOED.pdf"]


def test_a_scheduled_lift_moves_along(desk: Room) -> None:
    schedule_lift(desk.workspace, desk.folder, "head", desk.now)
    moves(desk)

    assert (desk.standing.lift_at, desk.standing.revision) == (NEW, 2)
    with open_scheduler_client(desk.workspace) as held:
        assert [(each.due, each.revision) for each in held.status() if each.state == "waiting"] == [(NEW, 2)]


def test_a_move_that_was_killed_before_the_engine_knew_is_finished_by_the_same_command(desk: Room) -> None:
    schedule_lift(desk.workspace, desk.folder, "head", desk.now)
    moves(desk)
    for file in (desk.root / ".pressgen").glob("engine.sqlite*"):
        file.unlink()
    moves(desk)

    with open_scheduler_client(desk.workspace) as held:
        assert [(each.due, each.state) for each in held.status()] == [(NEW, "waiting")]


def test_the_mover_signs_the_new_files_and_each_advisory_has_its_number(desk: Room) -> None:
    sends(desk)
    moves(desk)
    moves(desk, SOONER)

    standing = desk.standing
    assert [(each.act, each.actor) for each in standing.signatures] == [("approved", "head")]
    events = [each for each in desk.events if isinstance(each, Moved)]
    assert [(each.advisory, each.was) for each in events] == [(1, LIFT), (2, NEW)]
    assert {each.version for each in desk.copies} == {standing.version.digest}  # type: ignore[union-attr]


def test_before_anybody_has_it_nobody_is_told(desk: Room, postbox: Postbox) -> None:
    assert moves(desk) == []
    assert postbox.letters == []
    assert desk.standing.embargo == NEW


def test_an_advisory_that_did_not_arrive_is_sent_by_move_again_and_not_by_issue(desk: Room, postbox: Postbox) -> None:
    sends(desk)
    postbox.answers["desk@daily.example"] = ["550 full"]
    runs = [moves(desk), sends(desk), moves(desk), moves(desk)]

    assert [[(each.recipient, each.outcome) for each in run] for run in runs] == [
        [("daily", "failed"), ("agency", "ok")], [], [("daily", "ok")], []
    ]  # fmt: skip
    assert len([each for each in desk.events if isinstance(each, Moved)]) == 1


def test_a_move_that_was_killed_before_it_wrote_the_file_is_finished_by_the_same_command(desk: Room) -> None:
    sends(desk)
    moves(desk)
    (desk.folder / "release.yaml").write_text(RELEASE)
    moves(desk)

    assert LATER in (desk.folder / "release.yaml").read_text()


def test_a_text_that_tells_the_old_time_forbids_the_move(tmp_path: Path, postbox: Postbox) -> None:
    told = RELEASE + "notes:\n  - {id: time, text: This is embargoed until 00:01 on Wednesday 2 April 2031.}\n"
    desk = room(tmp_path, postbox.port, told)
    with pytest.raises(InputError, match=r"releases/bridge/release.yaml:\d+:\d+: T02"):
        moves(desk)

    assert (desk.folder / "release.yaml").read_text() == told
    assert not any(isinstance(each, Moved) for each in desk.events)


DATED = RELEASE.replace("The bridge opened after", "The bridge opened WORDS after")


@pytest.mark.parametrize(
    "words",
    ["on Wednesday 2 April 2031", "on Wednesday 2 April", "on 2 April 2031", "on April 2", "on 2nd April",
     "on 02/04/2031", "on 2031-04-02", "on Wednesday", "today",
     "tonight", "yesterday", "tomorrow", "this morning", "on Wed 2 Apr"],
)  # fmt: skip
def test_a_text_that_names_the_old_day_forbids_the_move(words: str, tmp_path: Path, postbox: Postbox) -> None:
    told = DATED.replace("WORDS", words)
    desk = room(tmp_path, postbox.port, told)
    with pytest.raises(
        InputError, match=r"releases/bridge/release.yaml:10:\d+: J01 “.*” was written for .* 2 Apr 2031"
    ):
        moves(desk)

    assert (desk.folder / "release.yaml").read_text() == told
    assert not any(isinstance(each, Moved) for each in desk.events)


@pytest.mark.parametrize("words", ["on Thursday 3 April 2031", "on 2 April 2030", "on Thursday", "for today’s drivers"])
def test_a_text_that_names_another_day_does_not_forbid_the_move(words: str, tmp_path: Path, postbox: Postbox) -> None:
    moves(room(tmp_path, postbox.port, DATED.replace("WORDS", words)), "2031-04-04 00:01")


def test_a_text_that_names_the_day_allows_another_time_on_it(tmp_path: Path, postbox: Postbox) -> None:
    moves(room(tmp_path, postbox.port, DATED.replace("WORDS", "on 2 April 2031")), "2031-04-02 09:30")


def test_an_expression_of_the_embargo_moves_along_and_is_no_old_date(tmp_path: Path, postbox: Postbox) -> None:
    moves(room(tmp_path, postbox.port, DATED.replace("WORDS", "on {{ times.embargo | date }}")))


def test_the_old_day_is_refused_outside_of_the_body_too(tmp_path: Path, postbox: Postbox) -> None:
    desk = room(tmp_path, postbox.port, RELEASE + "summary: The bridge opens on 2 April.\n")
    with pytest.raises(InputError, match=r"release.yaml:13:30: J01 “2 April”"):
        moves(desk)


@pytest.mark.parametrize("words", ["heddiw", "yfory", "Dydd Mercher"])
def test_the_old_day_in_a_translation_forbids_the_move(words: str, tmp_path: Path, postbox: Postbox) -> None:
    desk = room_with(tmp_path, postbox.port, RELEASE, cy=WELSH.replace("y bont", f"y bont {words}"))
    with pytest.raises(InputError, match=rf"release.cy.yaml:11:\d+: J01 “{words}”"):
        moves(desk)


def test_a_language_whose_days_are_not_known_is_told_to_be_read(tmp_path: Path, postbox: Postbox) -> None:
    desk = room(tmp_path, postbox.port, RELEASE)
    house = desk.root / "templates" / "inspectorate" / "house.yaml"
    house.write_text(house.read_text().replace("\n  cy:\n", "\n  pl:\n"))
    (desk.folder / "release.pl.yaml").write_text(WELSH.replace("language: cy", "language: pl"))
    day = LIFT.astimezone(ZoneInfo("Europe/London")).date()

    _, polish = load_release(desk.workspace, desk.folder)
    (problem,) = (describe_old_date(each, day) for each in find_old_dates(polish, day))

    assert str(problem).startswith("releases/bridge/release.pl.yaml:1:")
    assert "look for Wed 2 Apr 2031 and “today” in the text" in problem.message


def test_words_for_the_old_day_that_stay_right_are_kept_and_recorded(tmp_path: Path, postbox: Postbox) -> None:
    desk = room(tmp_path, postbox.port, DATED.replace("WORDS", "on 2 April, and today,"))
    order = MoveRequest(to=LATER, because="The minister is late", keep_dates=True)
    move_embargo(desk.workspace, desk.folder, order, "head", desk.watch)

    (moved,) = (each for each in desk.events if isinstance(each, Moved))
    assert moved.kept_dates == ("2 April", "today")
    assert desk.standing.embargo == NEW


def test_an_order_of_times_that_no_longer_holds_forbids_the_move(tmp_path: Path, postbox: Postbox) -> None:
    timed = RELEASE.replace("people:", "  publish: 2031-04-02 09:00\npeople:", 1)
    desk = room(tmp_path, postbox.port, timed)
    with pytest.raises(InputError, match="publish"):
        moves(desk)

    assert (desk.folder / "release.yaml").read_text() == timed


def test_a_translation_moves_along(tmp_path: Path, postbox: Postbox) -> None:
    desk = room_with(tmp_path, postbox.port, RELEASE, cy=WELSH)
    moves(desk)

    assert (desk.folder / "release.cy.yaml").read_text() == WELSH.replace("2031-04-02 00:01", LATER)


def test_a_page_that_was_to_appear_with_the_embargo_moves_along(tmp_path: Path, postbox: Postbox) -> None:
    timed = RELEASE.replace("people:", "  publish: 2031-04-02 00:01\npeople:", 1)
    desk = room(tmp_path, postbox.port, timed)
    moves(desk)

    assert desk.standing.version
    assert (desk.standing.version.publish, desk.standing.version.hour) == (NEW, NEW)


@pytest.mark.parametrize(
    ("to", "refusal", "says"),
    [
        ("2031-04-02 00:01", StateError, "ends at Wed 2 Apr 2031 00:01 BST already"),
        (
            "2031-04-01 12:59",
            StateError,
            "has passed; give a later time, or end the embargo now: pressgen lift bridge --before-embargo",
        ),
        ("tomorrow", UsageError, "--to: “tomorrow” is not a wall time"),
        ("2031-03-30 01:30", UsageError, "01:30 does not exist"),
        ("2031-10-26 01:30", UsageError, "occurs twice"),
    ],
)
def test_a_time_that_is_none_is_refused(to: str, refusal: type[Exception], says: str, desk: Room) -> None:
    with pytest.raises(refusal, match=says):
        moves(desk, to)


def test_an_embargo_that_has_ended_binds_nobody_again(desk: Room) -> None:
    desk.now = LIFT
    with pytest.raises(
        StateError, match="ended at Wed 2 Apr 2031 00:01 BST; an embargo that has ended cannot be moved"
    ):
        moves(desk)


def test_a_writer_may_not_move_an_embargo(desk: Room) -> None:
    with pytest.raises(StateError, match="writer may not move an embargo; ask head"):
        moves(desk, who="writer")


def test_whoever_had_a_marked_copy_gets_a_marked_one_again(desk: Room, postbox: Postbox) -> None:
    sends(desk, IssueRequest("national", CopyOptions(marked=True)))
    moves(desk)

    new = [files(mail)["bridge-EMBARGOED.pdf"] for mail in postbox.mails[2:]]
    assert len(set(new)) == 2
    assert [each.detail for each in desk.told[2:]] == ["accepted by 127.0.0.1; marked"] * 2


def test_somebody_who_left_the_list_is_told_all_the_same(desk: Room, postbox: Postbox) -> None:
    sends(desk, PRESS)
    file = desk.root / "releases" / "pressgen.yaml"
    lines = [line for line in file.read_text().splitlines() if "daily.example" not in line]
    file.write_text("\n".join(lines) + "\n")
    moves(desk)

    assert sorted(each.rcpt_tos[0] for each in postbox.envelopes[2:]) == ["desk@daily.example", "news@agency.example"]


def meanwhile(monkeypatch: pytest.MonkeyPatch, desk: Room, old: str, new: str) -> None:
    """Have somebody save the release between the entry in the ledger and the change of the file."""
    file = desk.folder / "release.yaml"
    real = changing.save_release

    def late(workspace: Workspace, folder: Path, changes: Sequence[FileChange]) -> list[str]:
        assert old in file.read_text()
        file.write_text(file.read_text().replace(old, new))
        return real(workspace, folder, changes)

    monkeypatch.setattr(changing, "save_release", late)


def test_a_save_made_while_the_embargo_is_moved_is_kept(desk: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    meanwhile(monkeypatch, desk, "Bridge opens", "Bridge opens at last")
    moves(desk)

    text = (desk.folder / "release.yaml").read_text()
    assert (LATER in text, "Bridge opens at last" in text) == (True, True)


def test_a_save_of_another_hour_meanwhile_is_kept_and_told_once_everybody_has_the_advisory(
    desk: Room, postbox: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    sends(desk)
    meanwhile(monkeypatch, desk, "2031-04-02 00:01", "2031-04-05 00:01")

    with pytest.raises(InputError, match="with the same words changed"):
        moves(desk)

    assert "2031-04-05 00:01" in (desk.folder / "release.yaml").read_text()
    assert desk.standing.embargo == NEW
    assert any("EMBARGO MOVED" in mail["Subject"] for mail in postbox.mails)
