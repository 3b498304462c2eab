"""An embargo is ended before its hour by decision: by a head, for a reason, once, and somebody else looks at it."""

from __future__ import annotations

import re
import shutil
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from actions.lifts import acts, copies, newsroom, pressgen
from actions.publish.test_lift_lists import GENERAL
from actions.room import EPOCH, IMMEDIATE, LIFT, OFFICE, RELEASE, Room, approved, room, room_of_today
from channels.servers import Postbox, mail_server
from pressgen.actions.amend.move import MoveRequest, move_embargo
from pressgen.actions.amend.withdraw import withdraw_release
from pressgen.actions.approve.approve import give_second_look
from pressgen.actions.approve.second_look import list_open_second_looks
from pressgen.actions.distribute.issue import issue_release
from pressgen.actions.distribute.issue_plan import IssueRequest
from pressgen.actions.distribute.reader_copies import CopyOptions
from pressgen.actions.publish.due import list_due_items
from pressgen.actions.publish.end_embargo import (
    EndEmbargoOutcome,
    EndEmbargoRequest,
    EndEmbargoResult,
    describe_next_steps,
    end_embargo,
    find_dated_words,
    require_lift_announced,
)
from pressgen.actions.publish.schedule import schedule_immediate_lift, schedule_lift, unschedule_lift
from pressgen.actions.status.breach import format_breach_report
from pressgen.actions.workspace.office import open_ledger
from pressgen.errors import InputError, StateError, UsageError
from pressgen.model.decision import EmbargoEnded
from pressgen.model.event import Scheduled
from pressgen.model.standing import Standing, State
from pressgen.scheduler.handlers import PermanentFailureError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HELD = RELEASE.replace("2031-04-02", "2096-04-02")
PEOPLE = OFFICE.replace(
    "lists:",
    "  deputy: {name: Deputy, email: deputy@example.org, roles: [head]}\nlists:",
)
WHY = "The Daily has printed it"


@pytest.fixture
def postbox() -> Iterator[Postbox]:
    with mail_server() as found:
        yield found


@pytest.fixture
def desk(tmp_path: Path, postbox: Postbox) -> Room:
    return held(tmp_path, postbox.port)


def held(folder: Path, port: int, release: str = HELD) -> Room:
    """An office on the machine's clock, whose approved release is under embargo for many years."""
    shutil.copytree(approved(release, PEOPLE, EPOCH), folder / "office")
    (folder / "office" / "releases" / "pressgen.yaml").write_text(PEOPLE.replace("2525", str(port)))
    return Room(folder / "office", datetime.now(UTC))


def ends(desk: Room, who: str = "head", because: str = WHY, notice: str | None = None) -> EndEmbargoResult:
    decision = EndEmbargoRequest(because=because, notice=notice)
    return end_embargo(desk.workspace, desk.folder, who, decision, datetime.now(UTC))


def lifts(desk: Room) -> list[str]:
    """Have a worker's acts carry the lift on, to its last channel."""
    revision = desk.standing.revision
    with acts(desk) as (lifting, _):
        channels = lifting.publish("B-1", revision) or []
        for name in channels:
            lifting.announce("B-1", revision, name)
    return channels


def test_what_was_approved_becomes_public_at_the_instant_of_the_decision(desk: Room) -> None:
    before = datetime.now(UTC)
    ends(desk)
    lifts(desk)

    standing = desk.standing
    assert standing.state is State.LIFTED
    assert standing.public_since
    assert before <= standing.public_since <= datetime.now(UTC)
    page = desk.root / "public" / str(standing.public_since.year) / "bridge"
    assert standing.version
    with open_ledger(desk.workspace) as ledger:
        for name in ("bridge.pdf", "bridge.docx"):
            assert (page / name).read_bytes() == ledger.fetch(standing.version.files[f"public/{name}"])


def test_nothing_that_is_public_tells_the_hour_at_which_the_embargo_was_to_end(desk: Room) -> None:
    ends(desk)
    lifts(desk)

    text = "".join(
        (desk.root / "public" / name).read_bytes().decode(errors="ignore")
        for name in newsroom(desk)
        if not name.endswith((".pdf", ".docx"))
    )
    text = re.sub(r'<meta name="dcterms\.\w+" content="[^"]*">', "", text)  # of the approved page, kept to the byte
    assert "00:01" not in text
    assert "2096-04-0" not in text


def test_the_ledger_says_who_ended_it_when_and_why(desk: Room) -> None:
    ends(desk)

    with open_ledger(desk.workspace) as ledger:
        stamp = ledger.entries("B-1")[-1]
        assert ledger.verify() is None
    assert stamp.actor == "head"
    event = stamp.event
    assert isinstance(event, EmbargoEnded)
    assert (event.reason, event.was) == (WHY, datetime(2096, 4, 1, 23, 1, tzinfo=UTC))
    assert WHY in format_breach_report(desk.workspace, desk.folder, datetime.now(UTC))


def test_everybody_who_has_it_is_told_once_that_it_ended_and_not_why(desk: Room, postbox: Postbox) -> None:
    copies(desk)
    ends(desk)
    assert lifts(desk) == lifts(desk) == ["mail"]

    assert sorted(mail["To"].addresses[0].addr_spec for mail in postbox.mails) == [
        "desk@daily.example", "news@agency.example"
    ]  # fmt: skip
    mail = postbox.mails[0]
    assert mail["Subject"] == "EMBARGO ENDED: Bridge opens"
    text = " ".join(mail.get_body(("plain",)).get_content().split())
    assert "may be used from now on. The embargo until 00:01 BST on Monday 2 April 2096" in text
    assert "https://news.example.org/" in text
    assert "£3.2 million" in text
    assert WHY not in text


def test_a_line_of_the_offices_own_is_told_besides(desk: Room, postbox: Postbox) -> None:
    copies(desk)
    ends(desk, notice="One outlet has published it.")
    lifts(desk)

    assert "One outlet has published it." in postbox.mails[0].get_body(("plain",)).get_content()


def test_run_twice_it_records_nothing_more(desk: Room) -> None:
    assert ends(desk).outcome is EndEmbargoOutcome.ENDED
    assert ends(desk).outcome is EndEmbargoOutcome.ENDED
    lifts(desk)
    events = len(desk.events)
    assert ends(desk).outcome is EndEmbargoOutcome.ALREADY_PUBLIC

    assert len(desk.events) == events
    assert [type(each) for each in desk.events].count(EmbargoEnded) == 1


def test_the_lift_that_was_scheduled_before_is_superseded(desk: Room) -> None:
    schedule_lift(desk.workspace, desk.folder, "head", datetime.now(UTC))
    ends(desk)

    with acts(desk) as (lifting, _):
        assert lifting.publish("B-1", 1) is None
        assert newsroom(desk) == set()
        assert [each.revision for each in lifting.due(datetime.now(UTC))] == [2]


def test_somebody_else_owes_it_a_second_look_until_it_is_given(desk: Room) -> None:
    assert ends(desk).second == ("deputy",)
    lifts(desk)
    within = timedelta(days=1)

    [owed] = list_due_items(desk.workspace, datetime.now(UTC), within)
    who = "deputy gives it with: pressgen approve bridge --second-look --as deputy"
    assert (owed.how, owed.detail) == ("second look", f"head ended the embargo early; {who}")
    assert list(list_open_second_looks(desk.workspace, [desk.folder])) == [f"B-1 needs a second look: {who}"]
    with pytest.raises(StateError, match="deputy must give it"):
        give_second_look(desk.workspace, desk.folder, "head", datetime.now(UTC))
    with pytest.raises(StateError, match="writer may not"):
        give_second_look(desk.workspace, desk.folder, "writer", datetime.now(UTC))
    give_second_look(desk.workspace, desk.folder, "deputy", datetime.now(UTC))
    assert list_due_items(desk.workspace, datetime.now(UTC), within) == []
    assert list(list_open_second_looks(desk.workspace, [desk.folder])) == []


@pytest.mark.parametrize("act", ["move", "unschedule", "issue"])
def test_between_the_decision_and_the_lift_nothing_takes_it_back(act: str, desk: Room) -> None:
    ends(desk)
    wishes = {
        "move": lambda: move_embargo(
            desk.workspace, desk.folder, MoveRequest(to="2096-04-03 00:01", because="No"), "head", desk.watch
        ),
        "unschedule": lambda: unschedule_lift(desk.workspace, desk.folder, "head", "No", datetime.now(UTC)),
        "issue": lambda: issue_release(
            desk.workspace, desk.folder, IssueRequest("national", CopyOptions()), "head", live(desk)
        ),
    }
    with pytest.raises(StateError, match="ended"):
        wishes[act]()
    assert isinstance(desk.events[-1], EmbargoEnded)


def live(desk: Room) -> object:
    desk.now = datetime.now(UTC)
    return desk.watch


def test_it_may_be_withdrawn_before_it_is_public(desk: Room) -> None:
    ends(desk)
    live(desk)
    withdraw_release(desk.workspace, desk.folder, "It is wrong", "head", desk.watch)
    with acts(desk) as (lifting, _):
        assert lifting.publish("B-1", 1) is None
    assert newsroom(desk) == set()


@pytest.mark.parametrize(
    ("who", "because", "kind", "match"),
    [
        ("writer", WHY, StateError, "writer may not end an embargo early; ask head or deputy"),
        ("head", "  ", UsageError, "--because needs a text"),
    ],
)
def test_it_is_a_heads_to_decide_and_for_a_reason(
    who: str, because: str, kind: type[Exception], match: str, desk: Room
) -> None:
    before = len(desk.events)
    with pytest.raises(kind, match=match):
        ends(desk, who, because)
    assert len(desk.events) == before


def test_what_is_withdrawn_stays_so(desk: Room) -> None:
    withdraw_release(desk.workspace, desk.folder, "It is wrong", "head", desk.watch)
    with pytest.raises(StateError, match="is withdrawn: It is wrong"):
        ends(desk)


def test_a_release_for_nobody_becomes_public_like_any_other(tmp_path: Path, postbox: Postbox) -> None:
    desk = held(tmp_path, postbox.port, HELD.replace("people:", "audience: nobody\npeople:", 1))
    ends(desk)
    lifts(desk)
    assert desk.standing.state is State.LIFTED
    assert postbox.mails == []


def test_once_the_hour_has_passed_it_is_an_ordinary_lift(desk: Room) -> None:
    hour = datetime.now(UTC) - timedelta(minutes=5)
    with open_ledger(desk.workspace) as ledger:
        ledger.append(Scheduled(revision=1, lift_at=hour), reference="B-1", slug="bridge", actor="head", at=hour)
    ended = ends(desk)

    assert (ended.outcome, ended.was) == (EndEmbargoOutcome.NO_EMBARGO, hour)
    assert desk.standing.second_looks == ()


def test_what_a_standing_says_of_it_is_kept(desk: Room) -> None:
    ends(desk)
    assert Standing.from_json(desk.standing.to_json().decode()) == desk.standing


def test_lift_names_the_way_to_end_an_embargo_and_the_way_is_there(desk: Room) -> None:
    with pytest.raises(StateError, match="pressgen lift bridge --before-embargo --because TEXT"):
        schedule_immediate_lift(desk.workspace, desk.folder, "head", datetime.now(UTC))


def test_a_decision_that_was_recorded_and_no_more_is_carried_on_by_whoever_lifts_next(
    desk: Room, postbox: Postbox
) -> None:
    copies(desk)
    ends(desk)
    for file in (desk.root / ".pressgen").glob("engine.sqlite*"):
        file.unlink()
    done = pressgen(desk, "lift", "--due", "--horizon", "1s")

    assert done.returncode == 0, done.stderr
    assert desk.standing.state is State.LIFTED
    assert len(postbox.mails) == 2


def test_a_web_hook_that_was_told_at_issue_is_told_that_the_embargo_has_ended(desk: Room) -> None:
    file = desk.root / "releases" / "pressgen.yaml"
    file.write_text(file.read_text().replace("at_issue: [mail]", "at_issue: [wire, early]"))
    ends(desk)
    with acts(desk) as (lifting, _):
        assert lifting.publish("B-1", desk.standing.revision) == ["wire"]


def test_where_no_mail_is_left_to_tell_them_by_the_failure_is_recorded_and_not_passed_over(desk: Room) -> None:
    copies(desk)
    file = desk.root / "releases" / "pressgen.yaml"
    text = file.read_text().replace("at_issue: [mail]", "at_issue: []")
    file.write_text("".join(line for line in text.splitlines(keepends=True) if "kind: smtp" not in line))
    ends(desk)
    with acts(desk) as (lifting, _):
        assert lifting.publish("B-1", desk.standing.revision) == ["mail"]
        with pytest.raises(PermanentFailureError, match="mail is not a channel that can be notified"):
            lifting.announce("B-1", desk.standing.revision, "mail")


def test_the_command_lifts_tells_and_says_what_is_owed(desk: Room, postbox: Postbox) -> None:
    copies(desk)
    done = pressgen(desk, "lift", "bridge", "--before-embargo", "--because", WHY, "--as", "head")

    assert done.returncode == 0, done.stderr
    assert "B-1 was published on" in done.stdout
    assert "informed that the embargo has ended: 2 people who had a copy under it" in done.stdout
    assert "its text says" not in done.stdout  # nothing in it names a day
    assert "it needs a second look by deputy: pressgen approve bridge --second-look" in done.stdout
    assert len(postbox.mails) == 2
    again = pressgen(desk, "lift", "bridge", "--before-embargo", "--because", WHY, "--as", "head")
    assert again.returncode == 0, again.stderr
    assert len(postbox.mails) == 2
    assert "has needed a second look since" in pressgen(desk, "status", "bridge").stdout


def test_readers_of_a_list_at_the_lift_are_not_counted_among_those_who_had_a_copy(desk: Room) -> None:
    copies(desk)
    file = desk.root / "releases" / "pressgen.yaml"
    text = file.read_text().replace("channels:\n", GENERAL)
    file.write_text(text.replace("at_lift: [newsroom]", "at_lift: [newsroom, mail, general]"))

    done = pressgen(desk, "lift", "bridge", "--before-embargo", "--because", WHY, "--as", "head")

    assert done.returncode == 0, done.stderr
    assert "informed that the embargo has ended: 2 people who had a copy under it\n" in done.stdout
    assert "sent the public release: 1 person on the lists of at_lift\n" in done.stdout


def test_where_nobody_had_a_copy_nobody_is_said_to_have_been_told(desk: Room) -> None:
    done = pressgen(desk, "lift", "bridge", "--before-embargo", "--because", WHY, "--as", "head")

    assert done.returncode == 0, done.stderr
    assert "told that" not in done.stdout


@pytest.mark.parametrize(
    ("words", "found"),
    [("after", []), ("today, after", ["today"]), ("on 2 April 2096, after", ["2 April 2096"]),
     ("on 3 April 2096, after", []), ("on Monday, after", ["Monday"])],
)  # fmt: skip
def test_words_that_hold_on_the_planned_day_only_are_found_in_the_approved_text(
    tmp_path: Path, words: str, found: list[str]
) -> None:
    desk = held(tmp_path, 1, HELD.replace("opened after", f"opened {words}"))
    version = desk.standing.version
    assert version
    assert version.hour

    with open_ledger(desk.workspace) as ledger:
        assert find_dated_words(ledger, version, version.hour) == found


def test_the_archive_says_no_more_that_it_is_under_embargo(desk: Room) -> None:
    assert "under embargo until 2 April 2096" in pressgen(desk, "find", "bridge").stdout

    ends(desk)
    lifts(desk)

    assert "under embargo" not in pressgen(desk, "find", "bridge").stdout


def test_the_archive_says_of_a_withdrawn_release_that_it_is_not_to_be_used(desk: Room) -> None:
    withdraw_release(desk.workspace, desk.folder, "It is wrong", "head", desk.watch)

    assert "withdrawn: not to be used" in pressgen(desk, "find", "bridge").stdout


def test_what_is_left_after_an_early_end_is_said(tmp_path: Path) -> None:
    desk = held(tmp_path, 1, HELD.replace("opened after", "opened today, after"))
    (desk.root / "releases" / "pressgen.yaml").write_text(OFFICE)
    ended = ends(desk)
    lifts(desk)

    lines = list(describe_next_steps(desk.workspace, ended, desk.standing))

    assert lines[0].startswith("its text was written for Mon 2 Apr 2096 00:01 BST, and is public on ")
    assert lines[0].endswith("its text says “today”; if that is wrong now, change that, and pressgen correct bridge")
    assert lines[1] == (
        "it needs a second look, and nobody else in releases/pressgen.yaml may give it: add an approver or another head"
        " there, who then runs pressgen approve bridge --second-look"
    )


def test_a_channel_that_heard_nothing_of_an_early_end_is_named(desk: Room) -> None:
    ends(desk)
    with acts(desk) as (lifting, _):
        lifting.publish("B-1", desk.standing.revision)
        lifting.failed("B-1", desk.standing.revision, "wire", "502 Bad Gateway")

    with pytest.raises(InputError) as refusal:
        require_lift_announced(desk.workspace, desk.standing)

    assert str(refusal.value).endswith(
        "D03 has not been told yet: 502 Bad Gateway; a worker tries again; to try now: pressgen engine retry"
    )


def test_what_has_no_embargo_is_published_like_any_other_release(tmp_path: Path) -> None:
    desk = room_of_today(tmp_path)

    done = pressgen(desk, "lift", "bridge", "--before-embargo", "--because", WHY, "--as", "head")

    assert done.returncode == 0, done.stderr
    assert "it has no embargo: it was published like any other release; the reason was not recorded" in done.stdout


@pytest.mark.parametrize(
    ("release", "told"),
    [
        (IMMEDIATE, "it has no embargo"),
        (
            RELEASE.replace("2031-04-02 00:01", "2019-05-08 00:01"),
            "the embargo of B-1, Wed 8 May 2019 00:01 BST, has already",
        ),
    ],
)
def test_an_embargo_that_is_over_is_not_ended_but_the_release_is_published(
    release: str, told: str, tmp_path: Path
) -> None:
    desk = held(tmp_path, 25, release)
    result = pressgen(desk, "lift", "bridge", "--before-embargo", "--because", WHY, "--as", "head")

    assert told in result.stdout
    assert "it was published like any other release; the reason was not recorded" in result.stdout
    assert re.search("^B-1 was published ", result.stdout, re.MULTILINE)


def test_a_lift_between_the_embargo_and_its_own_time_is_too_early(tmp_path: Path) -> None:
    desk = room(tmp_path, 25, release=RELEASE.replace("  embargo:", "  publish: 2031-04-02 09:00\n  embargo:"))

    with pytest.raises(StateError, match="B-1 is not to be public until Wed 2 Apr 2031 09:00 BST: a worker lifts it"):
        schedule_immediate_lift(desk.workspace, desk.folder, "head", LIFT + timedelta(hours=1))


def test_what_was_due_already_is_published_and_not_scheduled(tmp_path: Path) -> None:
    desk = room(tmp_path, 25)

    with pytest.raises(StateError, match="B-1 was due to be lifted at .*; to publish it now: pressgen lift bridge"):
        schedule_lift(desk.workspace, desk.folder, "head", LIFT + timedelta(hours=1))
