"""What comes back is decided on, at once or one by one; who decided what, why, and what waits is on record."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import sys
import termios
import time
from pathlib import Path

import pytest
from docx import Document

from actions.editors import RELEASE, change, edited, remark, run
from actions.reviewers import strike
from machine import PATIENCE
from postgres import wait_until

TWO = (change("two years", "three years"), change("further down", "higher up"))


@pytest.fixture
def newsroom(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with one release, where commands are run."""
    (workspace / "releases" / "bridge" / "release.yaml").write_text(RELEASE)
    monkeypatch.chdir(workspace)
    return workspace


@pytest.fixture
def desk(newsroom: Path, office: object, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same with an office, at whose desk moss sits; a copy went out to legal."""
    assert office
    monkeypatch.setenv("PRESSGEN_AS", "moss")
    run("review", "send", "releases/bridge", "--to", "legal")
    return newsroom


def source(newsroom: Path) -> str:
    return (newsroom / "releases" / "bridge" / "release.yaml").read_text()


def status(*more: str) -> str:
    """What status says, without its hours."""
    return re.sub(r", \w{3} \d.*? (?:GMT|BST)", "", run("status", *more).output)


def decided() -> list[tuple[int, int, str]]:
    """How many were accepted and refused, and why, entry by entry."""
    entries = json.loads(run("history", "releases/bridge", "--format", "json").output)
    events = [each["event"] for each in entries if each["event"]["kind"] == "decided"]
    return [(len(each["accepted"]), len(each["refused"]), each["reason"]) for each in events]


@pytest.mark.usefixtures("desk")
def test_a_round_that_is_out_is_told_with_its_readers() -> None:
    assert status() == "bridge  draft      round 1 of review is out to legal\n"
    assert "  round 1 of review: out to legal\n" in status("releases/bridge")


@pytest.mark.usefixtures("desk")
def test_the_hour_of_a_round_is_told_on_the_clock_of_the_release_before_it_is_submitted() -> None:
    (line,) = [each for each in run("status", "releases/bridge").output.splitlines() if "out to legal" in each]

    assert re.search(r" (?:GMT|BST)$", line)


def test_what_came_back_waits_until_it_is_decided_on(desk: Path) -> None:
    file = edited(desk, *TWO)

    run("review", "receive", str(file))
    assert status() == "bridge  draft      2 proposals wait\n"
    assert "    back from Ann Editor: 2 proposals wait, of 2\n" in status("releases/bridge")

    run("review", "receive", str(file), "--accept", "1")
    assert status() == "bridge  draft      1 proposal waits\n"

    run("review", "receive", str(file), "--refuse", "2", "--reason", "It lies lower")
    assert status() == "bridge  draft\n"
    assert "    back from Ann Editor: all 2 decided\n" in status("releases/bridge")
    assert decided() == [(1, 0, ""), (0, 1, "It lies lower")]


def test_what_is_decided_is_only_named_when_the_file_is_looked_at_again(desk: Path) -> None:
    file = edited(desk, *TWO)
    run("review", "receive", str(file), "--accept", "1")

    again = run("review", "receive", str(file)).output

    assert "   1  accepted by moss already\n" in again
    assert "{+three years+}" not in again
    assert "{+higher up+}" in again


def test_an_accepted_change_that_the_release_has_lost_is_open_again(desk: Path) -> None:
    file = edited(desk, *TWO)
    run("review", "receive", str(file), "--accept", "1")
    (desk / "releases" / "bridge" / "release.yaml").write_text(RELEASE)

    assert "{+three years+}" in run("review", "receive", str(file)).output


def strike_with_note(desk: Path, note: str) -> Path:
    """The PDF of the round with “two years” struck out, and a note in the mark."""
    (sent,) = (desk / "dist" / "bridge" / "review").glob("*.pdf")
    file = desk / "in.pdf"
    file.write_bytes(strike(sent.read_bytes(), "two years", note))
    return file


def test_struck_words_with_a_note_stay_until_somebody_decides_on_them_by_number(desk: Path) -> None:
    file = strike_with_note(desk, "three years")

    said = run("review", "receive", str(file), "--apply").output

    assert source(desk) == RELEASE
    assert "[-two years-]{+three years+}" in said
    assert "the note may be the new words or a remark" in said
    assert "“two years”: three years" in said
    assert "bridge/release.yaml: nothing was changed, 2 wait for a decision: 1, 2" in said


def test_a_note_on_struck_words_goes_in_their_place_where_it_is_accepted_by_number(desk: Path) -> None:
    file = strike_with_note(desk, "three years")

    said = run("review", "receive", str(file), "--accept", "1").output

    assert source(desk) == RELEASE.replace("two years", "three years")
    assert "release.yaml: 1 of 1 put in, 1 waits for a decision: 2" in said


def test_struck_words_with_a_long_note_are_deleted_only_by_number(desk: Path) -> None:
    file = strike_with_note(desk, "Do not delete this yet.\nLegal wants to see it first.")

    said = run("review", "receive", str(file), "--apply").output

    assert source(desk) == RELEASE
    assert "there is a note on it; read that first" in said
    assert "“two years”: Do not delete this yet.¶Legal wants to see it first." in said


def test_a_mark_without_a_date_is_signed_with_the_name_alone(desk: Path) -> None:
    said = run("review", "receive", str(strike_with_note(desk, "")), "--no-ask").output

    assert "  Bo Desk\n" in said


def test_what_was_refused_and_what_waits_is_said_with_what_was_put_in(desk: Path) -> None:
    file = edited(desk, *TWO, change("in the rain", "in the sun"))

    said = run("review", "receive", str(file), "--accept", "1", "--refuse", "2", "--reason", "No").output

    assert "release.yaml: 1 of 1 put in, 1 refused, 1 waits for a decision: 3" in said


def test_help_says_which_proposals_the_keys_for_all_leave(desk: Path) -> None:
    file = strike_with_note(desk, "three years")

    said = run("review", "receive", str(file), "--ask", typed="?\nA\ny\n").output

    assert "A and R leave remarks and changes with a question" in said
    assert "Accept 0 changes?" in said
    assert source(desk) == RELEASE


def test_what_was_in_before_is_not_counted_again(desk: Path) -> None:
    file = edited(desk, *TWO)
    run("review", "receive", str(file), "--accept", "1")

    said = run("review", "receive", str(file), "--apply").output

    assert "release.yaml: 1 of 1 put in, 1 needed no change\n" in said
    assert (
        "bridge/release.yaml already says it, so nothing was changed\n"
        in run("review", "receive", str(file), "--apply").output
    )


def test_a_row_that_an_editor_took_out_counts_as_put_in(desk: Path) -> None:
    """No cell of it changes the release without the others."""
    table = "  - table: {caption: Costs, header: [Year, Stage], rows: [[First, a], [Last, b], [Later, c]]}\n"
    path = desk / "releases" / "bridge" / "release.yaml"
    path.write_text(RELEASE.replace("contacts:", f"{table}contacts:"))
    run("review", "send", "releases/bridge")
    sent = max((desk / "dist" / "bridge" / "review").glob("*.docx"))
    copy = Document(str(sent))
    row = next(each for table in copy.tables for each in table.rows if "Last" in each.cells[0].text)
    row._tr.getparent().remove(row._tr)
    copy.save(str(desk / "in.docx"))

    said = run("review", "receive", str(desk / "in.docx"), "--apply").output

    assert "2 of 2 put in\n" in said
    assert "Last" not in source(desk)
    assert "already says it, so nothing was changed\n" in run("review", "receive", "in.docx", "--apply").output


def test_a_paragraph_added_at_the_end_is_told_where_it_may_go(desk: Path) -> None:
    def add_paragraph(path: Path) -> None:
        document = Document(str(path))
        document.add_paragraph("A wholly new paragraph.")
        document.save(str(path))

    file = edited(desk)
    add_paragraph(file)
    said = run("review", "receive", str(file), "--accept", "1").output

    lines = len(RELEASE.splitlines())
    place = re.search(r"releases/bridge/release\.yaml:(\d+):\d+: 1: not put in: (.*)", said)
    assert place is not None
    assert 1 < int(place[1]) <= lines
    assert "write it into `body` or `notes`" in place[2]


def test_programs_get_rounds_out_and_back(desk: Path) -> None:
    run("review", "receive", str(edited(desk, *TWO)))

    (found,) = json.loads(run("status", "--format", "json").output)

    (round_,) = found["reviews"]
    (back,) = round_["back"]
    assert (round_["round"], round_["to"], found["waiting"]) == (1, ["legal"], 2)
    assert (back["by"], back["proposals"], back["waiting"]) == (["Ann Editor"], 2, 2)


def test_a_file_that_is_looked_at_twice_came_back_once(desk: Path) -> None:
    file = edited(desk, *TWO)

    for _ in range(2):
        run("review", "receive", str(file))

    assert run("history", "releases/bridge").output.count("received a copy of round 1 back from Ann Editor") == 1


def test_what_could_not_be_put_in_goes_on_waiting(desk: Path) -> None:
    file = edited(desk, *TWO)
    (desk / "releases" / "bridge" / "release.yaml").write_text(RELEASE.replace("two years", "four years"))

    run("review", "receive", str(file), "--apply")

    assert decided() == [(1, 0, "")]
    assert "1 proposal waits" in status()


def test_each_is_shown_with_the_words_round_it_and_asked_about(desk: Path) -> None:
    file = edited(desk, *TWO)

    said = run("review", "receive", str(file), "--ask", typed="a\nr\nIt lies lower\n")

    assert said.exit_code == 0, said.output
    assert "releases/bridge/release.yaml:14:59  edit  body[0]  Ann Editor, 2026-11-20 10:00" in said.output
    assert "Wend opened on Monday after [-two years-]{+three years+} of work, and people" in said.output
    assert "in.docx: 1 accepted, 1 refused, 0 for later" in said.output
    assert source(desk) == RELEASE.replace("two years", "three years")
    assert decided() == [(1, 0, ""), (0, 1, "It lies lower")]


def test_later_and_quit_leave_a_proposal_waiting_and_it_is_asked_again(desk: Path) -> None:
    file = edited(desk, *TWO)

    first = run("review", "receive", str(file), "--ask", typed="l\nq\n")
    assert "in.docx: 0 accepted, 0 refused, 2 for later" in first.output
    run("review", "receive", str(file), "--ask", typed="a\nl\n")
    last = run("review", "receive", str(file), "--ask", typed="a\n")

    assert "1 of 1: " in last.output
    assert source(desk) == RELEASE.replace("two years", "three years").replace("further down", "higher up")


def test_what_was_accepted_and_does_not_stand_in_the_release_is_asked_again(desk: Path) -> None:
    """Somebody puts an older release.yaml back."""
    file = edited(desk, *TWO)
    run("review", "receive", str(file), "--apply")
    (desk / "releases" / "bridge" / "release.yaml").write_text(RELEASE)

    said = run("review", "receive", str(file), "--ask", typed="a\na\n")

    assert "1: moss accepted it, but the release no longer says it: decide again" in said.output
    assert "[-two years-]{+three years+}" in said.output
    assert "in.docx: 2 accepted, 0 refused, 0 for later" in said.output
    assert source(desk) == RELEASE.replace("two years", "three years").replace("further down", "higher up")


def test_only_what_is_missing_is_asked_again(desk: Path) -> None:
    file = edited(desk, *TWO)
    run("review", "receive", str(file), "--apply")
    (desk / "releases" / "bridge" / "release.yaml").write_text(RELEASE.replace("two years", "three years"))

    said = run("review", "receive", str(file), "--ask", typed="a\n")

    assert "1 of 1: " in said.output
    assert "[-two years-]" not in said.output
    assert source(desk) == RELEASE.replace("two years", "three years").replace("further down", "higher up")


def test_words_that_were_changed_again_since_they_were_accepted_are_asked_about(desk: Path) -> None:
    file = edited(desk, *TWO)
    run("review", "receive", str(file), "--apply")
    now = source(desk).replace("three years", "five years")
    (desk / "releases" / "bridge" / "release.yaml").write_text(now)

    said = run("review", "receive", str(file), "--ask", typed="l\n")

    assert "1: moss accepted it, but the release no longer says it" in said.output
    assert source(desk) == now


def test_where_all_is_decided_and_stands_in_the_release_nothing_is_asked(desk: Path) -> None:
    file = edited(desk, *TWO)
    run("review", "receive", str(file), "--accept", "1", "--refuse", "2")

    said = run("review", "receive", str(file), "--ask", typed="")

    assert said.exit_code == 0, said.output
    assert "everything in it has been decided on, and the accepted changes are in the release" in said.output


def test_all_that_remain_are_decided_on_at_once_but_for_remarks(desk: Path) -> None:
    file = edited(desk, *TWO, remark("any other bridge", "Is that so?"))

    said = run("review", "receive", str(file), "--ask", typed="A\ny\n")

    assert "Accept 2 changes?" in said.output
    assert "2 accepted, 0 refused, 1 for later" in said.output
    assert "1 proposal waits" in status()


def test_all_are_refused_for_one_reason(desk: Path) -> None:
    run("review", "receive", str(edited(desk, *TWO)), "--ask", typed="R\ny\nToo late\n")

    assert source(desk) == RELEASE
    assert decided() == [(0, 2, "Too late")]


def test_who_says_no_to_all_is_asked_one_by_one(desk: Path) -> None:
    run("review", "receive", str(edited(desk, *TWO)), "--ask", typed="A\nn\na\nl\n")

    assert source(desk) == RELEASE.replace("two years", "three years")


def test_a_remark_is_answered(desk: Path) -> None:
    file = edited(desk, remark("any other bridge", "Is that so?"))

    said = run("review", "receive", str(file), "--ask", typed="a\nIt is; see the audit.\n")

    assert "“any other bridge”: " in said.output
    assert "Is that so?" in said.output
    assert "not put in" not in said.output
    assert decided() == [(1, 0, "It is; see the audit.")]


def test_breaking_off_leaves_everything_as_it_was(desk: Path) -> None:
    said = run("review", "receive", str(edited(desk, *TWO)), "--ask", typed="a\n")

    assert said.exit_code == 1
    assert source(desk) == RELEASE
    assert decided() == []


def test_an_unknown_key_explains_the_keys(desk: Path) -> None:
    said = run("review", "receive", str(edited(desk, *TWO)), "--ask", typed="?\nq\n")

    assert "Ctrl-C leaves everything as it was" in said.output


def test_asking_and_choosing_exclude_each_other(desk: Path) -> None:
    file = str(edited(desk, *TWO))

    for other in (["--apply"], ["--accept", "1"], ["--refuse", "1"], ["--format", "json"]):
        assert run("review", "receive", file, "--ask", *other).exit_code == 2


def test_who_answers_is_known_before_the_first_question(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PRESSGEN_AS")

    said = run("review", "receive", str(edited(desk, *TWO)), "--ask", typed="a\na\n")

    assert said.exit_code == 2
    assert "1 of 2" not in said.output


def test_on_a_terminal_keys_alone_decide_and_colour_is_not_all_that_tells(desk: Path) -> None:
    """In a process of its own on a pseudo-terminal, where nothing but FILE is given."""
    file = edited(desk, *TWO)
    child, terminal = pty.fork()
    if child == 0:  # pragma: no cover - another process
        os.execv(Path(sys.executable).with_name("pressgen"), ["pressgen", "review", "receive", str(file)])  # noqa: S606

    said = ""
    for key in (b"a", b"l"):
        said += until(terminal, "? help: ")
        wait_until(lambda: not termios.tcgetattr(terminal)[3] & termios.ICANON)  # single keys are handed over
        os.write(terminal, key)
    said += until(terminal, "1 of 1 put in")

    assert os.waitpid(child, 0)[1] == 0
    assert "\x1b[31m\x1b[9m[-two years-]\x1b[0m\x1b[32m\x1b[4m{+three years+}\x1b[0m" in said
    assert source(desk) == RELEASE.replace("two years", "three years")


def until(terminal: int, awaited: str) -> str:
    """What a terminal shows until it shows `awaited`."""
    said, ends = "", time.monotonic() + PATIENCE
    while awaited not in said:
        assert time.monotonic() < ends, said
        if select.select([terminal], [], [], 1)[0]:
            said += os.read(terminal, 4096).decode()
    return said


def test_what_two_editors_did_apart_goes_in_from_both_copies(desk: Path) -> None:
    one = edited(desk, change("two years", "three years"), name="ann.docx")
    two = edited(desk, change("further down", "higher up", by=1), change("banks", "sides", by=1), name="bo.docx")

    said = run("review", "receive", str(one), str(two), "--apply")

    assert said.exit_code == 0, said.output
    wanted = RELEASE.replace("two years", "three years").replace("further down", "higher up")
    assert source(desk) == wanted.replace("banks", "sides")
    assert "    back from Ann Editor: all 1 decided\n    back from Bo Desk: all 2 decided\n" in status(
        "releases/bridge"
    )


def test_where_two_editors_want_other_words_both_and_what_was_sent_are_shown(desk: Path) -> None:
    one = edited(desk, change("two years", "three years"), name="ann.docx")
    edits = change("two years", "four years", by=1), change("further down", "higher up", by=1)
    two = edited(desk, *edits, name="bo.docx")

    said = run("review", "receive", str(one), str(two), "--apply").output

    (conflict,) = [line for line in said.splitlines() if "not put in" in line]
    assert "it was “The bridge over the river Wend opened on Monday after two years" in conflict
    assert "is now “The bridge over the river Wend opened on Monday after three years" in conflict
    assert "the editor wants “The bridge over the river Wend opened on Monday after four years" in conflict
    assert source(desk) == RELEASE.replace("two years", "three years").replace("further down", "higher up")
    assert status() == "bridge  draft      1 proposal waits\n"


def test_a_number_of_a_proposal_that_is_none_is_refused(newsroom: Path) -> None:
    result = run("review", "receive", str(edited(newsroom, TWO[0])), "--accept", "two")

    assert (result.exit_code, "“two” is not a number; write 3, 1-4 or 1-4,7" in result.output) == (2, True)


def test_changes_of_spaces_alone_are_counted_apart(newsroom: Path) -> None:
    output = run("review", "receive", str(edited(newsroom, change("two years", "two\u00a0years")))).output

    assert "1 changes only quotation marks, dashes, spaces or line breaks, which pressgen sets itself: 1" in output


def test_a_release_that_is_gone_takes_no_changes(newsroom: Path) -> None:
    run("review", "send", "releases/bridge")
    file = edited(newsroom, TWO[0])
    (newsroom / "releases" / "bridge" / "release.yaml").unlink()

    output = run("review", "receive", str(file), "--apply").output

    assert "M06 bridge/release.yaml is missing; put it back, or read the proposals without --apply" in output
