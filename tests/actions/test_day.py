"""A release's whole life on real parts: the ledger, the mails, the newsroom and the calendar say what happened.

A plain day, with all that lists may do, is in `test_day_of_lists.py`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

import feedparser
import pytest
from icalendar import Calendar

from actions.day import CLOCKS, DAYS, LONDON, Day
from actions.editors import change
from actions.reviewers import in_word, on_pdf
from channels.servers import Heard, Postbox, mail_server, web_server
from postgres import Cluster, cluster
from pressgen.channels.html_words import find_word_differences
from pressgen.model.event import Lifted, Moved, Sent
from pressgen.review.word_reader import read_word_document

LIVES = [
    ("the night the clocks go forward", "Europe/London", "sqlite"),
    ("the night the clocks go forward", "Pacific/Kiritimati", "postgresql"),
    ("the night the clocks go back", "UTC", "postgresql"),
    ("the night the clocks go back", "Europe/London", "sqlite"),
]


@pytest.fixture(scope="module")
def postgres() -> Iterator[Cluster]:
    with cluster() as made:
        yield made


@pytest.fixture
def postbox() -> Iterator[Postbox]:
    with mail_server() as found:
        yield found


@pytest.fixture
def heard() -> Iterator[Heard]:
    with web_server(lambda request: (request.send_response(200), request.end_headers())) as found:
        yield found


@pytest.fixture(params=LIVES, ids=" / ".join)
def day(request: pytest.FixtureRequest, tmp_path: Path, postbox: Postbox, heard: Heard) -> Day:
    """A day that was lived to its evening."""
    name, zone, store = request.param
    environment = {"TZ": zone}
    if store == "postgresql":
        environment["PRESSGEN_DATABASE"] = request.getfixturevalue("postgres").new_database()
    made = Day(tmp_path, DAYS[name], postbox, heard, environment)
    live(made)
    return made


def live(day: Day) -> None:
    hours = day.hours
    review(day)
    morning = hours.issue - timedelta(hours=2)
    day.run(morning, "clear", "releases/bridge", "--speaker", "ray", "--how", "by telephone", "--as", "writer")
    day.run(morning, "submit", "releases/bridge", "--as", "writer")
    day.run(hours.issue - timedelta(hours=1), "approve", "releases/bridge", "--as", "head")
    day.run(hours.issue, "issue", "releases/bridge", "--list", "national", "--as", "head")
    day.run(hours.issue + timedelta(minutes=5), "schedule", "releases/bridge", "--as", "head")
    moving = ("--to", f"{hours.moved:%Y-%m-%d %H:%M}", "--because", "The minister opens it at dawn")
    day.run(hours.issue + timedelta(hours=4), "move", "releases/bridge", *moving, "--as", "head")
    day.run(hours.issue + timedelta(hours=5), "grid", "--ics", "before.ics")
    before_the_hour(day)
    day.work_over(hours.moved)
    day.run(hours.moved + timedelta(hours=1), "due")
    correct(day)


def review(day: Day) -> None:
    """A round of review by two editors: one changes the Word file that he was mailed, the other marks up the PDF."""
    sent = day.hours.issue - timedelta(hours=6)
    day.run(sent, "review", "send", "bridge", "--to", "legal", "--to", "engineer", "--by", "mail", "--as", "writer")
    copies = [dict(attached(mail)) for mail in day.postbox.mails]
    word = in_word(
        day.root, copies[0]["bridge-review-1.docx"], change("to traffic", "to everybody"), change("works", "long works")
    )
    (day.root / "legal.docx").write_bytes(word)
    paper = on_pdf(copies[1]["bridge-review-1.pdf"], ("contract", "plan"), ("3.2", "Is that all?"))
    (day.root / "engineer.pdf").write_bytes(paper)

    back, writer = sent + timedelta(hours=2), ("--as", "writer")
    why = ("--reason", "Lorries may not use it yet")
    day.run(back, "review", "receive", "legal.docx", "--accept", "2", "--refuse", "1", *why, *writer)
    day.run(back, "review", "receive", "engineer.pdf", "--accept", "1-2", "--reason", "It is", *writer)
    assert day.run(back, "review", "reply", "legal.docx") == "legal-reply.docx: 1 accepted, 1 refused, 0 open\n"
    assert "Is that all?\n  It is\n" in day.run(back, "review", "reply", "engineer.pdf")
    assert "back from Ann Editor, " in (told := day.run(back, "status", "bridge"))
    assert "wait" not in told


def attached(mail: EmailMessage) -> Iterator[tuple[str, bytes]]:
    """The files that a mail brings, by name."""
    for each in mail.iter_attachments():
        yield str(each.get_filename()), each.get_content()


def before_the_hour(day: Day) -> None:
    """Nothing of it is in the newsroom, whatever is asked of it, until its hour."""
    day.run(day.hours.moved - timedelta(minutes=5), "lift", "--due", "--horizon", "90s")
    late = day.hours.moved - timedelta(minutes=4)
    day.run(late, "lift", "releases/bridge", "--as", "head", code=4)
    day.run(late, "engine", "resync")
    words = (b"bridge", b"Bridge", b"COUNTY-BRIDGE", b"Ouse")
    for path in day.public.rglob("*"):
        assert "bridge" not in path.name
        assert path.is_dir() or not any(word in path.read_bytes() for word in words), path


def correct(day: Day) -> None:
    now = day.hours.correction
    text = day.file.read_text().replace(CLOCKS, "")  # which come after the hour that it was moved to
    day.file.write_text(text.replace("£3.2 million", "£4.2 million"))
    day.run(now - timedelta(minutes=20), "submit", "releases/bridge", "--as", "writer")
    day.run(now - timedelta(minutes=10), "approve", "releases/bridge", "--as", "head")
    day.run(now, "correct", "releases/bridge", "--as", "head")


def test_the_day_is_told_by_the_ledger_the_mails_the_newsroom_and_the_calendar(day: Day) -> None:
    the_review(day)
    the_ledger(day)
    the_mails(day)
    the_wire(day)
    the_newsroom(day)
    the_calendar(day)


def the_review(day: Day) -> None:
    """What was accepted is in every file that went out, what was refused in none; the editors were told."""
    for_legal, for_engineer = day.postbox.mails[:2]
    assert for_legal["To"].addresses[0].addr_spec == "legal@county.example"
    assert for_engineer["Subject"].startswith("For review, round 1: ")
    near(parsedate_to_datetime(for_legal["Date"]), day.hours.issue - timedelta(hours=6))
    issued = " ".join(day.postbox.mails[2].get_body(("plain",)).get_content().split())
    assert "opens to traffic two months before the plan said, after long works that cost £3.2 million" in issued
    reply = read_word_document((day.root / "legal-reply.docx").read_bytes(), "legal-reply.docx")
    assert [each.text for each in reply.comments] == ["Not accepted. Lorries may not use it yet"]


def the_ledger(day: Day) -> None:
    day.run(day.hours.correction + timedelta(hours=1), "history", "--verify")
    stamps = day.ledger()
    told = [(stamp.event.kind, stamp.actor) for stamp in stamps]
    assert told == [
        ("exported", "writer"), ("posted", "writer"), ("posted", "writer"),
        ("returned", "writer"), ("decided", "writer"), ("decided", "writer"),
        ("returned", "writer"), ("decided", "writer"),
        ("cleared", "writer"), ("submitted", "writer"), ("approved", "head"),
        ("issued", "head"), ("sent", "head"), ("sent", "head"), ("scheduled", "head"),
        ("moved", "head"), ("sent", "head"), ("sent", "head"),
        ("lifted", "worker"), *the_announcements(told),
        ("submitted", "writer"), ("approved", "head"), ("corrected", "head"), ("announced", "worker"),
        ("sent", "head"), ("sent", "head"),
    ]  # fmt: skip
    (lifted,) = [stamp.event for stamp in stamps if isinstance(stamp.event, Lifted)]
    (moved,) = [stamp.event for stamp in stamps if isinstance(stamp.event, Moved)]
    assert (moved.was, moved.lift_at) == (day.hours.embargo, day.hours.moved)
    assert lifted.due == day.hours.moved
    assert lifted.actual >= lifted.due
    assert all(stamp.event.outcome == "ok" for stamp in stamps if isinstance(stamp.event, Sent))


def the_announcements(told: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Two mails and two channels after the lift, in whatever order they answered."""
    since = told.index(("lifted", "worker")) + 1
    found = told[since : told.index(("submitted", "writer"), since)]
    assert sorted(found) == [("announced", "worker")] * 2 + [("sent", "worker")] * 2
    return found


def the_mails(day: Day) -> None:
    mails, hours = day.postbox.mails[2:], day.hours
    assert [mail["To"].addresses[0].addr_spec for mail in mails] == ["desk@daily.example", "news@agency.example"] * 4
    assert all(len(mail["To"].addresses) == 1 and mail["Cc"] is None for mail in mails)
    issued, advisory, lifted, corrected = mails[::2]
    assert f"EMBARGO 09:00 {hours.zone_at_correction}" in issued["Subject"]
    assert f"00:01 {hours.zone_at_lift}" in advisory["Subject"]
    assert "EMBARGOED" not in lifted["Subject"]
    assert corrected["Subject"].startswith("CORRECTED")
    texts = [
        " ".join(mail.get_body(("plain",)).get_content().split()) for mail in (issued, advisory, lifted, corrected)
    ]
    pages = [mail.get_body(("html",)).get_content() for mail in (issued, advisory, lifted, corrected)]
    assert all(not find_word_differences(page, text) for page, text in zip(pages, texts, strict=True))
    assert ["Interviews from nine." in page for page in pages] == [True, False, False, False]
    assert {mail["In-Reply-To"] for mail in (advisory, lifted, corrected)} == {issued["Message-ID"]}
    assert {mail["Reply-To"] for mail in mails} == {"desk@county.example"}
    assert all(mail["List-Unsubscribe"] == f"<https://county.example/leave?mail={key_in(mail)}>" for mail in mails)
    assert "EMBARGOED UNTIL 09:00" in texts[0][:80]
    assert "The minister opens it at dawn" in texts[1]
    assert all("£3.2 million" in text for text in texts[:3])
    assert "£4.2 million" in texts[3]
    names = {each.get_filename() for each in issued.iter_attachments()}
    assert names == {"bridge-EMBARGOED.docx", "bridge-EMBARGOED.pdf"}
    assert len({mail["Message-ID"] for mail in mails}) == 8
    near(parsedate_to_datetime(issued["Date"]), hours.issue)
    near(parsedate_to_datetime(lifted["Date"]), hours.moved)
    near(parsedate_to_datetime(corrected["Date"]), hours.correction)


def key_in(mail: EmailMessage) -> str:
    """The key of a mail, by which the ledger knows it too."""
    return str(mail["Message-ID"]).strip("<>").partition("@")[0]


def the_wire(day: Day) -> None:
    said = [json.loads(body) for _, body in day.heard.posts]
    assert all(headers["webhook-signature"].startswith("v1,") for headers, _ in day.heard.posts)
    assert [each["event"] for each in said] == ["lifted", "corrected"]
    assert {each["address"] for each in said} == {f"https://news.county.example/{day.hours.moved.year}/bridge/"}


def the_newsroom(day: Day) -> None:
    hours = day.hours
    folder = day.public / str(hours.moved.year) / "bridge"
    page = (folder / "index.html").read_text()
    (article,) = map(json.loads, re.findall(r"<script type=\"application/ld\+json\">(.*?)</script>", page, re.DOTALL))
    assert datetime.fromisoformat(article["datePublished"]) == hours.moved
    assert article["datePublished"].endswith("+01:00" if hours.zone_at_lift == "BST" else ("+00:00"))
    near(datetime.fromisoformat(article["dateModified"]), hours.correction)
    assert "£4.2 million" in page
    assert "EMBARGOED" not in page
    feed = feedparser.parse(day.public / "feed.atom")
    (entry,) = feed.entries
    assert entry.title == "County bridge opens two months early"
    assert datetime.fromisoformat(entry.published) == hours.moved
    assert (folder / "bridge.pdf").read_bytes().startswith(b"%PDF")
    ninjs = json.loads((folder / "ninjs-3.json").read_text())
    assert datetime.fromisoformat(ninjs["embargoedUntil"]) == hours.moved
    near(datetime.fromisoformat(ninjs["versionCreated"]), hours.correction)


def the_calendar(day: Day) -> None:
    calendar = Calendar.from_ical((day.root / "before.ics").read_bytes())
    lifts = [each for each in calendar.walk("VEVENT") if each.decoded("DTSTART").astimezone(UTC) == day.hours.moved]
    assert len(lifts) == 1
    assert lifts[0].walk("VALARM")
    local = lifts[0].decoded("DTSTART").astimezone(LONDON)
    assert f"{local:%H:%M}" == "00:01"


def near(found: datetime, hour: datetime) -> None:
    """At an hour, but for what a command takes on a machine that has much else to do."""
    assert timedelta(seconds=-2) <= found - hour < timedelta(minutes=30), (found, hour)
