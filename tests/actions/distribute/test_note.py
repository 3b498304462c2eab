"""The covering note of an office: what it says, in which language, and where it is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from actions.distribute.test_issue import BANNER, body, desk, page, postbox, sends
from actions.room import OFFICE, Room
from offices import read_office
from pressgen.actions.distribute.covering_note import check_note, choose_note, convert_note_to_notice
from pressgen.actions.distribute.issue_plan import IssueRequest
from pressgen.actions.status.history import describe_event
from pressgen.errors import UsageError
from pressgen.model.event import Issued

if TYPE_CHECKING:
    from channels.servers import Postbox

__all__ = ["desk", "postbox"]
NOTES = '{name: Press office, note: {en: "Dear all,\\n\\nSee you at <9>.", cy: "Annwyl bawb"}, '
WITH_NOTES = OFFICE.replace("{name: Press office, ", NOTES)


@pytest.mark.parametrize(
    ("language", "note"), [("en-US", "Dear all,\n\nSee you at <9>."), ("cy", "Annwyl bawb"), ("fr", "")]
)
def test_a_note_is_said_in_the_language_of_the_release_or_not_at_all(language: str, note: str) -> None:
    office = read_office(WITH_NOTES.encode(), "office")

    assert choose_note(office, office.lists["national"], None, language) == note


def test_a_list_has_its_own_note_before_the_office_s_and_what_is_given_comes_before_both() -> None:
    own = WITH_NOTES.replace("audience: named\n", "audience: named\n    note: {en-GB: Dear minister}\n")
    office = read_office(own.encode(), "office")

    assert choose_note(office, office.lists["ministers"], None, "en-GB") == "Dear minister"
    assert choose_note(office, office.lists["ministers"], None, "cy") == "Annwyl bawb"
    assert choose_note(office, office.lists["ministers"], "Hello", "en-GB") == "Hello"
    assert choose_note(office, office.lists["ministers"], "", "en-GB") == ""


def test_the_note_stands_between_banner_and_release_in_text_and_html_and_in_the_ledger(
    desk: Room, postbox: Postbox
) -> None:
    file = desk.root / "releases" / "pressgen.yaml"
    file.write_text(file.read_text().replace("{name: Press office, ", NOTES))
    sends(desk)

    for mail in postbox.mails:
        assert body(mail).startswith(f"{BANNER}\n\nDear all,\n\nSee you at <9>.\n\n____")
        assert "<p" in page(mail).split("See you at &lt;9&gt;.")[0]
        assert page(mail).index(BANNER) < page(mail).index("Dear all,") < page(mail).index("Bridge opens</h1>")
    (issued,) = [event for event in desk.events if isinstance(event, Issued)]
    assert issued.note == "Dear all,\n\nSee you at <9>."
    assert describe_event(issued).endswith("by mail, with the note “Dear all, See you at <9>.”")


def test_whoever_is_sent_it_later_gets_the_note_that_was_given_then(desk: Room, postbox: Postbox) -> None:
    postbox.answers["desk@daily.example"] = ["550 no such desk"]
    sends(desk, IssueRequest("national", note="One hour earlier"))
    sends(desk)
    sends(desk, IssueRequest("national", again="agency", because="lost"))

    assert ["One hour earlier" in body(mail) for mail in postbox.mails] == [True, True, True]
    assert [event.note for event in desk.events if isinstance(event, Issued)] == ["One hour earlier"]


def test_another_note_that_is_given_later_is_said_from_then_on(desk: Room, postbox: Postbox) -> None:
    postbox.answers["desk@daily.example"] = ["550 no such desk"]
    sends(desk, IssueRequest("national", note="One hour earlier"))
    sends(desk, IssueRequest("national", note="Now for you"))

    assert ["Now for you" in body(mail) for mail in postbox.mails] == [False, True]
    assert [event.note for event in desk.events if isinstance(event, Issued)] == ["One hour earlier", "Now for you"]


@pytest.mark.parametrize("note", ["x" * 2001, "a\x07b", "a\u202eb", "a\u2028b"])
def test_a_note_that_is_too_long_or_holds_what_nobody_sees_is_refused(note: str) -> None:
    with pytest.raises(UsageError, match="--note: "):
        check_note(note)


def test_a_note_of_blanks_is_none() -> None:
    assert convert_note_to_notice(check_note(" \r\n\r\n "), "en-GB") is None
