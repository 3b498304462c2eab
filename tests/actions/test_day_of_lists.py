"""A release's life with lists: from a spreadsheet, at the time of issue, at the lift; a bounce, a goodbye, a resend.

The mail server queues some mails and answers late, when the program has nearly lost patience, and an impatient head
runs the command beside the worker. Nobody may get a mail twice, and nobody's may be lost.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from datetime import timedelta
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

import openpyxl
import pytest
from icalendar import Calendar

from actions.day import DAYS, OFFICE, Day
from actions.test_day import before_the_hour, correct, heard, near, postbox, postgres, the_newsroom, the_wire
from channels.servers import Heard, Postbox
from channels.test_bounces import report
from postgres import wait_until
from pressgen.model.event import Sent
from pressgen.model.issue_order import IssueOrderEnded

__all__ = ["heard", "postbox", "postgres"]
HASTY = """\
import sys
from pressgen.channels.smtp_session import SmtpTimeouts
connect, command, block, taken, farewell = SmtpTimeouts.__init__.__defaults__
SmtpTimeouts.__init__.__defaults__ = (connect, command, block, 15.0, farewell)
from pressgen.cli.app import main
main(sys.argv[1:], prog_name="pressgen")
"""
"""The program, with a patience of seconds for the word that a mail was taken, in place of ten minutes."""
LATE = 11.0
LISTS = """\
  general:   # whoever writes about us
    audience: press
    recipients:
      - {{id: blog, name: Bridge blog, email: blog@bridges.example}}
      - {{id: daily, name: Home desk, email: Desk@Daily.example}}   # on both lists
bounces: {{address: bounces+KEY@county.example, folder: returned}}
channels:
"""
LISTED = OFFICE.replace("channels:\n", LISTS).replace(
    "at_lift: [newsroom, mail, wire]", "at_lift: [newsroom, mail, wire, general]"
)
SHEET = (
    ("Our press list",),
    (),
    ("Contact", "Paper", "E-mail"),
    ("Home desk", "A daily paper", "DESK@daily.example"),
    ("News desk", "An agency", "news@agency.example"),
    ("Weekly desk", "A weekly", "mailto:weekly@week.example"),
    ("Old desk", "A closed paper", "gone@closed.example"),
    ("Ada Moss", "The Echo", "ada at echo.example"),
)
DAILY, AGENCY, WEEKLY, GONE, BLOG = (
    "desk@daily.example", "news@agency.example", "weekly@week.example", "gone@closed.example", "blog@bridges.example"
)  # fmt: skip


@pytest.fixture(params=["sqlite", "postgresql"])
def day(request: pytest.FixtureRequest, tmp_path: Path, postbox: Postbox, heard: Heard) -> Day:
    environment = {"TZ": "UTC"}
    if request.param == "postgresql":
        environment = {"TZ": "Pacific/Kiritimati"}
        environment["PRESSGEN_DATABASE"] = request.getfixturevalue("postgres").new_database()
    program = (sys.executable, "-c", HASTY)
    return Day(tmp_path, DAYS["a day in May"], postbox, heard, environment, LISTED, program)


def test_everybody_gets_each_mail_once_and_the_ledger_says_the_same(day: Day) -> None:
    hours = day.hours
    import_list(day)
    approve(day)
    issue_at_its_hour(day)
    day.run(hours.issue + timedelta(minutes=5), "schedule", "bridge", "--as", "head")
    forgotten = day.run(
        hours.issue + timedelta(hours=1), "lists", "forget", WEEKLY, "--because", "Asked by letter", "--as", "writer"
    )
    again = ("--again", "daily", "--because", "Deleted by mistake")
    day.run(hours.issue + timedelta(hours=2), "issue", "bridge", "--list", "national", *again, "--as", "head")
    come_back(day)
    moving = ("--to", f"{hours.moved:%Y-%m-%d %H:%M}", "--because", "The minister opens it at dawn")
    day.run(hours.issue + timedelta(hours=4), "move", "bridge", *moving, "--as", "head")
    before_the_hour(day)
    told = day.run(hours.moved - timedelta(minutes=3), "status", "bridge")
    known = day.run(hours.moved - timedelta(minutes=3), "issue", "bridge", "--list", "national", "--as", "head", code=1)
    assert day.postbox.late == {}
    day.postbox.late[AGENCY] = LATE
    day.work_over(hours.moved, told=3)
    correct(day)

    assert forgotten.startswith(f"No more mails are sent to {WEEKLY}. Taken off the list national.")
    assert f"  bounced: old-desk, {GONE}: 5.1.1 550 5.1.1 <desk@daily.example>: no such desk" in told
    assert known == "everybody on “national” had already been sent it\n"
    the_mails(day)
    the_ledger(day)
    the_wire(day)
    the_newsroom(day)


def import_list(day: Day) -> None:
    """The list of the press comes from a spreadsheet; a row of it has no address."""
    book = openpyxl.Workbook()
    for row in SHEET:
        book.active.append(row)
    book.save(day.root / "readers.xlsx")
    hour = day.hours.issue - timedelta(hours=3)
    said = day.run(hour, "lists", "import", "readers.xlsx", "--list", "national", "--apply", code=1)
    assert "2 added, 0 changed, 2 unchanged, 0 not in the file, 1 without a usable address" in said
    assert "The list national has 4 readers." in said


def approve(day: Day) -> None:
    morning = day.hours.issue - timedelta(hours=2)
    day.run(morning, "clear", "bridge", "--speaker", "ray", "--how", "by telephone", "--as", "writer")
    day.run(morning, "submit", "bridge", "--as", "writer")
    day.run(day.hours.issue - timedelta(hours=1), "approve", "bridge", "--as", "head")


def issue_at_its_hour(day: Day) -> None:
    """A worker issues it; the head does not see it begin, since the first answer is late, and issues it too."""
    hour = day.hours.issue
    ordered = day.run(
        hour - timedelta(minutes=50), "issue", "bridge", "--list", "national", "--at-issue-time", "--as", "head"
    )
    day.run(hour - timedelta(minutes=40), "grid", "--ics", "grid.ics")
    assert "COUNTY-BRIDGE will be issued to “national” on Tue 7 May 2019 10:00 BST" in ordered
    described = [
        str(each["DESCRIPTION"]) for each in Calendar.from_ical((day.root / "grid.ics").read_bytes()).walk("VEVENT")
    ]
    assert "COUNTY-BRIDGE (bridge), approved, issued by a worker to national" in described
    assert day.postbox.letters == []
    day.postbox.late[DAILY] = LATE
    with day.working_over(hour):
        wait_until(lambda: bool(day.postbox.letters))
        impatient = day.run_now("issue", "bridge", "--list", "national", "--as", "head")
        wait_until(lambda: day.count(IssueOrderEnded) == 1)
    assert "accepted" not in impatient.stdout, "it sent something that the worker was sending"
    assert "Traceback" not in impatient.stderr


def come_back(day: Day) -> None:
    """The mail to the closed paper is returned to where it came from."""
    (sender,) = [each.mail_from for each in day.postbox.envelopes if each.rcpt_tos == [GONE]]
    (day.root / "returned").mkdir()
    (day.root / "returned" / "1.eml").write_bytes(report(to=str(sender)))


def the_mails(day: Day) -> None:
    got: defaultdict[str, list[str]] = defaultdict(list)
    for mail in day.postbox.mails:
        got[str(mail["To"].addresses[0].addr_spec)].append(kind(mail))
    assert got == {
        DAILY: ["issued", "issued", "moved", "lifted", "corrected"],  # sent once more, since they asked for it
        AGENCY: ["issued", "moved", "lifted", "corrected"],
        WEEKLY: ["issued"],
        GONE: ["issued", "moved", "lifted", "corrected"],
        BLOG: ["public", "corrected"],
    }
    assert len({mail["Message-ID"] for mail in day.postbox.mails}) == 16
    at = defaultdict(list)
    for mail in day.postbox.mails:
        at[kind(mail)].append(parsedate_to_datetime(mail["Date"]))
    assert min(at["issued"]) >= day.hours.issue
    assert min(at["lifted"] + at["public"]) >= day.hours.moved
    near(max(at["public"]), day.hours.moved)


def kind(mail: EmailMessage) -> str:
    """By which act a mail went."""
    subject, files = str(mail["Subject"]), sorted(str(each.get_filename()) for each in mail.iter_attachments())
    if subject.startswith(("ADVISORY 1", "CORRECTED")):
        return "moved" if subject.startswith("ADVISORY") else "corrected"
    if subject.startswith("EMBARGO 09:00 BST Wed 8 May: "):
        assert files == ["bridge-EMBARGOED.docx", "bridge-EMBARGOED.pdf"]
        return "issued"
    assert subject == "County bridge opens two months early"
    assert "EMBARGO" not in mail.get_body(("plain",)).get_content()
    return "public" if files == ["bridge.docx", "bridge.pdf"] else "lifted"


def the_ledger(day: Day) -> None:
    """It has every mail that arrived and no other; an answer that was too late after all is told as in doubt."""
    day.run(day.hours.correction + timedelta(hours=1), "history", "--verify")
    stamps = day.ledger()
    sent = [each.event for each in stamps if isinstance(each.event, Sent) and each.event.recipient]
    taken = Counter(str(mail["To"].addresses[0].addr_spec).lower() for mail in day.postbox.mails)
    assert Counter(each.address.lower() for each in sent) == taken
    assert {each.outcome for each in sent} <= {"ok", "unknown"}
    assert {each.address for each in sent if each.outcome == "unknown"} <= {DAILY, AGENCY}
    kinds = Counter(each.event.kind for each in stamps)
    assert (kinds["issue ordered"], kinds["issue order ended"]) == (1, 1)
    assert kinds["issued"] == 3  # to the press, to it with the moved embargo, to the general list
    assert (kinds["reissued"], kinds["bounced"], kinds["reader changed"], kinds["announced"]) == (1, 1, 1, 4)
    worker = {each.event.key for each in stamps if isinstance(each.event, Sent) and each.actor == "worker"}
    assert len(worker) == 8
