"""A release is issued as it was approved, to those it is for, once each, and never after its hour."""

from __future__ import annotations

import json
import re
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from lxml import html

from actions.room import LIFT, NOON, OFFICE, RELEASE, Room, again, room, room_with
from channels.scripted import BODY, DROP, Script, scripted_server
from channels.servers import Postbox, free_port, mail_server, web_server
from channels.test_webhook import answering
from pressgen.actions.amend.withdraw import withdraw_release
from pressgen.actions.distribute.copy_tracing import trace_copy
from pressgen.actions.distribute.issue import issue_release
from pressgen.actions.distribute.issue_plan import IssueRequest
from pressgen.actions.distribute.message_sender import SendOptions, create_lease_request
from pressgen.actions.distribute.reader_copies import CopyOptions
from pressgen.actions.workspace.bundle import hash_content
from pressgen.actions.workspace.office import open_ledger
from pressgen.channels.credentials import Secret
from pressgen.channels.letter import Letter
from pressgen.channels.outcome import DeliveryOutcome
from pressgen.channels.smtp import SmtpSender
from pressgen.errors import InputError, StateError, UsageError
from pressgen.model.event import Issued, Lifted, Sent
from pressgen.model.standing import State

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage
    from pathlib import Path

    from pressgen.actions.workspace.folder import Workspace

PRESS = IssueRequest("national")
BANNER = "STRICTLY EMBARGOED UNTIL 00:01 BST ON WEDNESDAY 2 APRIL 2031"


@pytest.fixture
def postbox() -> Iterator[Postbox]:
    with mail_server() as found:
        yield found


@pytest.fixture
def desk(tmp_path: Path, postbox: Postbox) -> Room:
    return room(tmp_path, postbox.port)


def sends(desk: Room, order: IssueRequest = PRESS) -> list[Sent]:
    return issue_release(desk.workspace, desk.folder, order, "head", desk.watch)


def files(mail: EmailMessage) -> dict[str, bytes]:
    return {str(each.get_filename()): each.get_content() for each in mail.iter_attachments()}


def body(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def test_each_person_gets_one_mail_with_the_approved_files_and_the_whole_text(desk: Room, postbox: Postbox) -> None:
    sends(desk)

    kept = desk.standing.version.files  # type: ignore[union-attr]
    assert [each["To"] for each in postbox.mails] == [
        "Home desk <desk@daily.example>",
        "News desk <news@agency.example>",
    ]
    assert [each.rcpt_tos for each in postbox.envelopes] == [["desk@daily.example"], ["news@agency.example"]]
    for mail in postbox.mails:
        assert {name: hash_content(content) for name, content in files(mail).items()} == {
            "bridge-EMBARGOED.docx": kept["embargoed/bridge.docx"],
            "bridge-EMBARGOED.pdf": kept["embargoed/bridge.pdf"],
        }
        assert hash_content(body(mail).encode()) == kept["embargoed/bridge.txt"]
        assert not mail["Cc"]


def test_subject_and_first_line_say_the_embargo(desk: Room, postbox: Postbox) -> None:
    sends(desk)

    assert postbox.mails[0]["Subject"] == "EMBARGO 00:01 BST Wed 2 Apr: Bridge opens"
    assert body(postbox.mails[0]).splitlines()[0] == BANNER


def test_the_ledger_holds_who_got_what_under_which_embargo(desk: Room) -> None:
    sends(desk)

    standing, version = desk.standing, desk.standing.version
    assert version is not None
    issued, *sent = desk.events[2:]
    assert issued == Issued(version=version.digest, list="national", channels=("mail",))
    assert [(each.recipient, each.address, each.outcome) for each in sent if isinstance(each, Sent)] == [
        ("daily", "desk@daily.example", "ok"),
        ("agency", "news@agency.example", "ok"),
    ]
    assert all(isinstance(each, Sent) and each.embargo == LIFT for each in sent)
    assert sent[0].files["bridge-EMBARGOED.pdf"] == version.files["embargoed/bridge.pdf"]  # type: ignore[union-attr]
    assert (standing.state, standing.copies) == (State.ISSUED, 2)


def test_nobody_gets_it_twice(desk: Room, postbox: Postbox) -> None:
    sends(desk)
    assert sends(desk) == []
    assert len(postbox.letters) == 2


def test_one_mailbox_on_two_lists_in_capitals_gets_one_mail(tmp_path: Path, postbox: Postbox) -> None:
    desk = room(tmp_path, postbox.port, office=OFFICE.replace("minister@gov.example", "Desk@Daily.EXAMPLE"))
    sends(desk)

    assert sends(desk, IssueRequest("ministers")) == []
    assert len(postbox.letters) == 2


def test_a_mail_whose_answer_was_lost_is_not_sent_again_and_its_reader_is_told_of_changes(tmp_path: Path) -> None:
    script = Script({BODY: [DROP]})
    with scripted_server(script):
        desk = room(tmp_path, script.port)
        first, second = sends(desk), sends(desk)
        withdraw_release(desk.workspace, desk.folder, "The bridge is shut", "head", desk.watch)

    assert [(each.recipient, each.outcome) for each in first] == [("daily", "unknown"), ("agency", "ok")]
    assert [(each.recipient, each.outcome) for each in second] == [("daily", "unknown")]
    assert len(script.bodies) == 4
    assert ["it may have arrived" in each.detail for each in desk.failures] == [True]


def test_a_passing_refusal_is_recorded_once_and_tried_by_the_next_run(desk: Room, postbox: Postbox) -> None:
    postbox.answers["desk@daily.example"] = ["450 greylisted"] * 6
    outcomes = [[(each.recipient, each.outcome) for each in sends(desk)] for _ in range(3)]

    assert outcomes == [[("agency", "ok"), ("daily", "deferred")], [("daily", "deferred")], [("daily", "ok")]]
    assert [each.outcome for each in desk.events if isinstance(each, Sent)] == ["ok", "deferred", "ok"]
    assert desk.standing.failures == 0


def test_whom_a_crash_left_out_gets_it_the_next_time_and_nobody_else(desk: Room, postbox: Postbox) -> None:
    def crash(_: Sent) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        issue_release(desk.workspace, desk.folder, PRESS, "head", replace(desk.watch, tell=crash))
    sends(desk)

    assert [each["To"].addresses[0].addr_spec for each in postbox.mails] == [
        "desk@daily.example",
        "news@agency.example",
    ]
    assert [type(each) for each in desk.events[2:]] == [Issued, Sent, Sent]


def test_a_mail_that_is_sent_again_has_the_same_message_id(tmp_path: Path, postbox: Postbox) -> None:
    """As after a crash between the server's acceptance and the record."""
    for name in ("one", "two"):
        sends(room(tmp_path / name, postbox.port))

    assert len({each["Message-ID"] for each in postbox.mails}) == 2


def test_an_address_that_is_refused_is_told_and_tried_again_by_the_next_run(desk: Room, postbox: Postbox) -> None:
    postbox.answers["desk@daily.example"] = ["550 no such desk"]
    first, second = sends(desk), sends(desk)

    assert [(each.recipient, each.outcome) for each in first] == [("daily", "failed"), ("agency", "ok")]
    assert "550 no such desk" in first[0].detail
    assert [(each.recipient, each.outcome) for each in second] == [("daily", "ok")]
    assert [each.address for each in desk.copies] == ["news@agency.example", "desk@daily.example"]


def test_a_server_that_is_busy_is_tried_a_few_times(desk: Room, postbox: Postbox) -> None:
    postbox.answers["desk@daily.example"] = ["451 busy", "451 busy"]

    assert [each.outcome for each in sends(desk)] == ["ok", "ok"]


@pytest.mark.parametrize("late", [0, 1, 3600])
def test_from_the_hour_on_nothing_is_issued_under_the_embargo(late: int, desk: Room, postbox: Postbox) -> None:
    desk.now = LIFT.replace(second=late % 60, hour=LIFT.hour)
    with pytest.raises(StateError, match="T13 the embargo of B-1 ended at Wed 2 Apr 2031 00:01 BST"):
        sends(desk)

    assert postbox.letters == []
    assert not any(isinstance(each, Issued) for each in desk.events)


def lifted(desk: Room) -> None:
    """The release has been public since its hour, by the ledger."""
    desk.now = LIFT
    with open_ledger(desk.workspace) as ledger:
        event = Lifted(revision=1, due=LIFT, actual=LIFT)
        ledger.append(event, reference="B-1", slug="bridge", actor="worker", at=LIFT)


def test_once_it_is_public_it_is_issued_as_public_to_those_who_have_not_got_it(desk: Room, postbox: Postbox) -> None:
    sends(desk)
    lifted(desk)
    done = sends(desk, IssueRequest("ministers"))

    assert [(each.recipient, each.embargo) for each in done] == [("minister", None)]
    mail = postbox.mails[-1]
    assert (mail["To"].addresses[0].addr_spec, mail["Subject"]) == ("minister@gov.example", "Bridge opens")
    kept = desk.standing.version.files  # type: ignore[union-attr]
    assert {name: hash_content(content) for name, content in files(mail).items()} == {
        "bridge.docx": kept["public/bridge.docx"],
        "bridge.pdf": kept["public/bridge.pdf"],
    }
    assert "EMBARGO" not in body(mail).upper()
    assert sends(desk, IssueRequest("ministers")) == sends(desk) == []


def test_at_the_hour_the_rest_of_a_list_is_not_sent(desk: Room, postbox: Postbox) -> None:
    def strike(_: Sent) -> None:
        desk.now = LIFT

    with pytest.raises(StateError, match="no more mails are sent under it"):
        issue_release(desk.workspace, desk.folder, PRESS, "head", replace(desk.watch, tell=strike))
    assert len(postbox.letters) == 1


@pytest.mark.parametrize(
    ("audience", "list_", "allowed"),
    [
        ("press", "national", True),
        ("press", "ministers", True),
        ("named", "national", False),
        ("named", "ministers", True),
        ("nobody", "national", False),
        ("nobody", "ministers", False),
    ],
)
def test_a_banner_is_not_permission(
    audience: str,
    list_: str,
    allowed: bool,  # noqa: FBT001
    tmp_path: Path,
    postbox: Postbox,
) -> None:
    desk = room(tmp_path, postbox.port, RELEASE.replace("people:", f"audience: {audience}\npeople:"))
    if allowed:
        sends(desk, IssueRequest(list_))
    else:
        with pytest.raises(
            StateError, match="must not be sent to anybody before its lift|may be sent to named people only"
        ):
            sends(desk, IssueRequest(list_))

    assert bool(postbox.letters) == allowed


def test_what_has_changed_since_it_was_approved_is_not_issued(desk: Room, postbox: Postbox) -> None:
    desk.edit("£3.2", "£3.3")
    with pytest.raises(StateError, match="has changed since it was approved"):
        sends(desk)

    assert postbox.letters == []


@pytest.mark.parametrize("change", ["UPDATE pressgen_kept SET content = x'00'", "DELETE FROM pressgen_kept"])
def test_a_kept_file_that_somebody_changed_or_took_is_refused_before_anything_goes(
    change: str, desk: Room, postbox: Postbox
) -> None:
    kept = desk.standing.version.files["embargoed/bridge.pdf"]  # type: ignore[union-attr]
    with sqlite3.connect(desk.root / ".pressgen" / "ledger.sqlite") as ledger:
        ledger.execute(f"{change} WHERE digest = ?", [kept])
    ledger.close()
    with pytest.raises(InputError, match="restore a backup of the ledger"):
        sends(desk)

    assert postbox.letters == []
    assert not any(isinstance(each, Issued) for each in desk.events)


def test_only_a_head_issues_and_only_to_a_list_there_is(desk: Room) -> None:
    with pytest.raises(StateError, match="writer may not issue; ask head"):
        issue_release(desk.workspace, desk.folder, PRESS, "writer", desk.watch)
    with pytest.raises(UsageError, match="“nationl” is not a list of the office; did you mean “national”"):
        sends(desk, IssueRequest("nationl"))


def test_a_release_for_immediate_release_goes_out_as_the_public_one(tmp_path: Path, postbox: Postbox) -> None:
    desk = room(
        tmp_path, postbox.port, RELEASE.replace("  embargo: 2031-04-02 00:01     # a minute past midnight\n", "")
    )
    sends(desk)

    kept = desk.standing.version.files  # type: ignore[union-attr]
    assert hash_content(files(postbox.mails[0])["bridge.pdf"]) == kept["public/bridge.pdf"]
    assert "embargo" not in str(postbox.mails[0]["Subject"]).lower()


def test_each_marked_copy_tells_whose_it_is(desk: Room, postbox: Postbox, tmp_path: Path) -> None:
    sends(desk, IssueRequest("national", CopyOptions(marked=True)))
    (tmp_path / "text.txt").write_text(body(postbox.mails[1]))
    for name, content in files(postbox.mails[1]).items():
        (tmp_path / name).write_bytes(content)

    with open_ledger(desk.workspace) as ledger:
        for name in ("text.txt", "bridge-EMBARGOED.pdf", "bridge-EMBARGOED.docx"):
            (whose,) = trace_copy(ledger, tmp_path / name)
            assert whose.sent.address == "news@agency.example"
    assert [each.detail for each in desk.told] == ["accepted by 127.0.0.1; marked"] * 2
    assert body(postbox.mails[1]).rstrip().endswith("· News desk, An agency")
    assert files(postbox.mails[0]) != files(postbox.mails[1])


def test_what_is_locked_goes_alone_and_neither_ledger_nor_mail_has_the_password(
    desk: Room, postbox: Postbox, tmp_path: Path
) -> None:
    sends(desk, IssueRequest("national", CopyOptions(marked=True, password=Secret("geheim"))))
    mail = postbox.mails[0]
    (tmp_path / "copy.pdf").write_bytes(files(mail)["bridge-EMBARGOED.pdf"])

    assert list(files(mail)) == ["bridge-EMBARGOED.pdf"]
    assert "£3.2" not in body(mail)
    assert "Bridge" not in mail["Subject"]
    assert body(mail).startswith(BANNER)
    assert "no PDF/A" in desk.told[0].detail
    with open_ledger(desk.workspace) as ledger:
        assert [each.sent.recipient for each in trace_copy(ledger, tmp_path / "copy.pdf")] == ["daily"]
    for file in (desk.root / ".pressgen").iterdir():
        assert b"geheim" not in file.read_bytes()
    assert b"geheim" not in b"".join(postbox.letters)


def test_a_folder_and_a_web_hook_are_further_ways(
    tmp_path: Path, postbox: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WIRE_KEY", "key")
    office = OFFICE.replace("at_issue: [mail]", "at_issue: [mail, early, wire]")
    with web_server(answering(200)) as heard:
        desk = room(tmp_path, postbox.port, office=office, hook=heard.url)
        sends(desk)
        sends(desk)

    ((_, said),) = heard.posts
    kept = desk.standing.version.files  # type: ignore[union-attr]
    told = json.loads(said)
    assert (told["event"], told["reference"], told["embargo"]) == ("issued", "B-1", LIFT.isoformat())
    assert told["files"]["bridge-EMBARGOED.pdf"] == kept["embargoed/bridge.pdf"]
    assert {each.name for each in (desk.root / "early" / "bridge").iterdir()} == {
        "bridge-EMBARGOED.pdf", "bridge-EMBARGOED.docx", "release.txt"
    }  # fmt: skip
    assert [(each.channel, each.outcome) for each in desk.told] == [
        ("mail", "ok"), ("mail", "ok"), ("early", "ok"), ("wire", "ok")
    ]  # fmt: skip


WELSH = RELEASE.replace("Bridge opens          # as the board agreed", "Pont yn agor")
WELSH = WELSH.replace("reference", "language: cy\nreference").replace("The bridge opened after works", "Agorodd y bont")
WELSH = WELSH.replace("that cost £3.2 million", "ar ôl gwaith gwerth £3.2 miliwn").replace("It holds", "Mae’n dal")


def test_a_translation_goes_along_in_files_and_text(tmp_path: Path, postbox: Postbox) -> None:
    desk = room_with(tmp_path, postbox.port, RELEASE, cy=WELSH)
    sends(desk)

    mail = postbox.mails[0]
    assert set(files(mail)) == {
        f"{each}-EMBARGOED.{kind}" for each in ("bridge", "bridge.cy") for kind in ("pdf", "docx")
    }
    assert body(mail).index("The bridge opened") < body(mail).index("Agorodd y bont")


def test_an_attachment_goes_along_and_one_that_changed_forbids_the_issue(tmp_path: Path, postbox: Postbox) -> None:
    desk = room_with(
        tmp_path, postbox.port, RELEASE + "attachments:\n  - {file: figures.csv, title: Figures}\n", figures="a,1\n"
    )
    sends(desk, IssueRequest("ministers"))
    (desk.folder / "figures.csv").write_text("a,2\n")
    with pytest.raises(StateError, match="has changed since it was approved"):
        sends(desk)

    (mail,) = postbox.mails
    assert [each.get_payload(decode=True) for each in mail.iter_attachments()][-1] == b"a,1\n"


def test_two_programs_do_not_send_one_release_at_a_time(desk: Room, postbox: Postbox) -> None:
    asked = create_lease_request("B-1", "bridge", "head", clock=lambda: desk.now, wait=0.0)
    said = r"B-1 is being sent by head on \S+ \(process \d+\), since 2031-04-01 12:00:00 UTC"
    with open_ledger(desk.workspace) as ledger, ledger.lease(asked), pytest.raises(StateError, match=said):
        sends(desk)

    assert postbox.letters == []
    assert len(sends(desk)) == 2


def test_eight_threads_send_each_reader_one_mail(desk: Room, postbox: Postbox) -> None:
    watch = replace(desk.watch, turn=60.0)
    with ThreadPoolExecutor(8) as threads:
        done = list(threads.map(lambda _: issue_release(desk.workspace, desk.folder, PRESS, "head", watch), range(8)))

    assert sorted(str(each["To"]) for each in postbox.mails) == [
        "Home desk <desk@daily.example>",
        "News desk <news@agency.example>",
    ]
    assert sorted(map(len, done)) == [0] * 7 + [2]


def test_a_mail_whose_answer_nobody_recorded_is_told_and_not_sent_again(
    desk: Room, postbox: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_off(way: SmtpSender, letter: Letter) -> DeliveryOutcome:
        send(way, letter)
        raise KeyboardInterrupt

    send = SmtpSender.send
    with monkeypatch.context() as patch:
        patch.setattr(SmtpSender, "send", break_off)
        with pytest.raises(KeyboardInterrupt):
            sends(desk)
    first, second = sends(desk), sends(desk)

    assert [(each.recipient, each.outcome) for each in first] == [("daily", "unknown"), ("agency", "ok")]
    assert [(each.recipient, each.outcome) for each in second] == [("daily", "unknown")]
    assert [len(postbox.letters), desk.standing.copies] == [2, 2]


def test_what_is_locked_goes_to_no_folder_and_no_change_goes_where_the_release_never_went(
    tmp_path: Path, postbox: Postbox
) -> None:
    desk = room(tmp_path, postbox.port, office=OFFICE.replace("at_issue: [mail]", "at_issue: [mail, early]"))
    locked = IssueRequest("national", CopyOptions(marked=True, password=Secret("geheim")))
    sends(desk, locked)
    sends(desk, locked)
    withdraw_release(desk.workspace, desk.folder, "The bridge is shut", "head", desk.watch)

    assert not (desk.root / "early").exists()
    assert [each.channel for each in desk.told] == ["mail"] * 4


def test_a_dead_mail_server_is_told_for_each_and_the_rest_still_goes(tmp_path: Path) -> None:
    desk = room(tmp_path, free_port(), office=OFFICE.replace("at_issue: [mail]", "at_issue: [mail, early]"))

    assert [(each.channel, each.outcome) for each in sends(desk)] == [
        ("early", "ok"), ("mail", "deferred"), ("mail", "deferred")
    ]  # fmt: skip
    assert [each.what for each in desk.failures] == [
        "mail to desk@daily.example",
        "mail to news@agency.example",
    ]


def page(mail: EmailMessage) -> str:
    """The HTML beside the text, that programs show in its place."""
    assert [each.get_content_type() for each in mail.walk()][:4] == [
        "multipart/mixed", "multipart/alternative", "text/plain", "text/html"
    ]  # fmt: skip
    part = mail.get_body(("html",))
    assert part is not None
    return str(part.get_content())


def test_beside_the_text_stands_html_with_the_same_words(desk: Room, postbox: Postbox) -> None:
    """Another reader than pressgen's own compares them: lxml, which knows nothing of lists and links."""
    sends(desk)

    for mail in postbox.mails:
        words = " ".join(html.document_fromstring(page(mail)).find("body").text_content().split())
        assert words == " ".join(re.sub(r"(?m)^\d\. ", "", body(mail)).split())
        assert words.startswith(BANNER)
        assert "£3.2 million" in words


def test_a_marked_copy_has_its_line_in_its_html_too(desk: Room, postbox: Postbox) -> None:
    sends(desk, IssueRequest("national", CopyOptions(marked=True)))

    for mail in postbox.mails:
        line = body(mail).strip().splitlines()[-1]
        assert line.startswith("Copy ")
        assert line in page(mail)


def test_a_locked_copy_has_no_word_of_the_release_in_its_html(desk: Room, postbox: Postbox) -> None:
    sends(desk, IssueRequest("national", CopyOptions(password=Secret("hunter2"))))

    assert "opens with a password" in page(postbox.mails[0])
    assert not any("The bridge opened" in page(mail) or "Bridge opens" in page(mail) for mail in postbox.mails)


def test_a_version_without_a_page_and_a_house_whose_page_says_something_else_go_as_text(
    tmp_path: Path, postbox: Postbox
) -> None:
    """Ledgers of older versions may have no page; a house may put into it what its mail.txt leaves out."""
    desk = room(tmp_path, postbox.port)
    template = desk.root / "templates" / "inspectorate" / "release.html"
    template.write_text(template.read_text().replace("<main>", "<main><p>Press office, day and night</p>"))
    again(desk.root, NOON)
    sends(desk)

    assert [each.get_content_type() for each in postbox.mails[0].walk()][:2] == ["multipart/mixed", "text/plain"]


def test_what_was_never_approved_is_not_issued_even_where_the_ledger_calls_it_public(office: Workspace) -> None:
    (office.root / "releases" / "pressgen.yaml").write_text(OFFICE)
    with open_ledger(office) as ledger:
        event = Lifted(revision=0, due=NOON, actual=NOON)
        ledger.append(event, reference="B-1", slug="bridge", actor="worker", at=NOON)
    options = SendOptions(clock=lambda: NOON, tell=print)

    with pytest.raises(StateError, match="B-1 has no approved version"):
        issue_release(office, office.root / "releases" / "bridge", PRESS, "head", options)
