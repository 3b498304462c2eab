from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from actions.distribute.test_issue import WELSH
from actions.room import RELEASE, Room, room, room_with
from machine import need_program
from pressgen.actions.approve.speaker_clearances import record_clearance
from pressgen.actions.approve.submit import submit_release
from pressgen.cli.app import main
from pressgen.model.event import Submitted
from pressgen.pdf.text import read_body
from pressgen.review.word_reader import read_word_document
from pressgen.validate.file import validate_file


@pytest.fixture
def release(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of a release in a workspace where commands are run."""
    monkeypatch.chdir(workspace)
    return workspace / "releases" / "bridge" / "release.yaml"


@pytest.fixture
def signed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Room:
    """An office whose release is approved, where commands are run."""
    made = room(tmp_path, 25)
    monkeypatch.chdir(made.root)
    return made


@pytest.fixture
def room_with_welsh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Room:
    """The same with a translation."""
    made = room_with(tmp_path, 25, RELEASE, cy=WELSH)
    monkeypatch.chdir(made.root)
    return made


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["redline", *arguments])


def other(release: Path) -> str:
    """Another version beside the release, by its folder."""
    folder = release.parents[1] / "other"
    folder.mkdir()
    (folder / "release.yaml").write_text(release.read_text().replace("It holds.", "It will hold."))
    return "releases/other"


def test_each_text_that_differs_is_told_with_its_place_and_field(release: Path) -> None:
    result = run("releases/bridge", other(release))

    assert result.output.splitlines() == [
        "releases/other/release.yaml:11:29: body[1].quote.words: It [-holds.-]{+will hold.+}",
        "Summary: 2 words put in, 1 struck",
    ]


def test_programs_get_data(release: Path) -> None:
    result = run("releases/bridge", other(release), "--format", "json")

    assert json.loads(result.output) == [
        {
            "kind": "changed", "path": "body[1].quote.words", "label": "2",
            "file": "releases/other/release.yaml", "line": 11, "before": "It holds.", "after": "It will hold.",
        }
    ]  # fmt: skip


def test_word_has_true_tracked_changes(release: Path) -> None:
    assert run("releases/bridge", other(release), "--format", "docx", "--out", "changes.docx").exit_code == 0

    file = read_word_document(Path("changes.docx").read_bytes(), "changes.docx")

    assert {each.kind for each in file.revisions.values()} == {"insert", "delete"}
    assert {each.author for each in file.revisions.values()} == {"bridge to other"}


def test_a_version_may_be_a_revision_of_git(release: Path, workspace: Path) -> None:
    git = [need_program("git"), "-c", "user.name=a", "-c", "user.email=a@b.example", "-C", str(workspace)]
    for command in (["init", "-q"], ["add", "releases"], ["commit", "-q", "-m", "first"]):
        subprocess.run([*git, *command], check=True)
    release.write_text(release.read_text().replace("Bridge opens", "Bridge closes"))

    assert "headline: Bridge [-opens-]{+closes+}" in run("HEAD", "releases/bridge").output


def test_a_version_may_be_a_round_of_review(release: Path) -> None:
    CliRunner().invoke(main, ["review", "send", "releases/bridge"])
    release.write_text(release.read_text().replace("Bridge opens", "Bridge closes"))

    assert "headline: Bridge [-opens-]{+closes+}" in run("round:1", "releases/bridge").output


def test_a_version_may_be_what_was_approved(signed: Room) -> None:
    signed.edit("Bridge opens", "Bridge closes")

    assert run("approved", "releases/bridge").output == (
        "releases/bridge/release.yaml:3:11: headline: Bridge [-opens-]{+closes+}\nSummary: 1 word put in, 1 struck\n"
    )


def test_the_wording_of_the_house_is_compared_as_well(signed: Room) -> None:
    """The ledger keeps the house: a boilerplate that changed after the approval is a change of what goes out."""
    house = signed.root / "templates" / "inspectorate" / "house.yaml"
    house.write_text(house.read_text().replace("  end: ENDS", "  end: END OF TEXT", 1))

    assert "house.wording.end: [-ENDS-]{+END OF TEXT+}" in run("approved", "releases/bridge").output


def test_a_version_may_be_a_hash_or_an_entry_of_the_history(signed: Room) -> None:
    signed.edit("Bridge opens", "Bridge closes")
    first = signed.events[0]
    assert isinstance(first, Submitted)

    wanted = run("approved", "releases/bridge").output
    assert run(first.version.digest[:12], "releases/bridge").output == wanted
    assert run("entry:1", "bridge").output == wanted


def test_both_versions_may_be_of_the_ledger(signed: Room) -> None:
    signed.edit("Bridge opens", "Bridge closes")
    submit_release(signed.workspace, signed.folder, "writer", signed.now)

    assert "headline: Bridge [-opens-]{+closes+}" in run("bridge@approved", "submitted").output


def test_what_was_cleared_is_told_against_what_is_quoted_now(signed: Room) -> None:
    record_clearance(signed.workspace, signed.folder, "ray", "writer", "by mail", signed.now)
    assert run("cleared", "releases/bridge").output == "no word differs\n"
    signed.edit("It holds.", "It will hold.")

    assert "body[1].quote: It [-holds.-]{+will hold.+}" in run("cleared", "releases/bridge").output
    assert run("cleared", "releases/bridge", "--format", "pdf").exit_code == 2


TABLE = """\
  - First of all the bridge is inspected by an engineer every single year.
  - table:
      header: [Year, Crossings]
      rows: [[2019, 4210], [2020, 4399], [2021, 5012]]
"""


def test_a_paragraph_that_moves_over_a_table_is_moved_and_the_figure_that_changed_is_seen(release: Path) -> None:
    first, *table = TABLE.splitlines(keepends=True)
    moved = "".join([*table, first]).replace("4399", "4390").replace("every single", "each")
    old, new = (release.read_text().replace("body:\n", f"body:\n{each}") for each in (TABLE, moved))
    release.write_text(old)
    second = release.parents[1] / "other" / "release.yaml"
    second.parent.mkdir()
    second.write_text(new)

    told = run("bridge", "other").output.splitlines()

    assert [line.partition(": ")[2] for line in told[:-1]] == [
        "body[0].table.rows[1][1]: [-4399-]{+4390+}",
        "body[1]: moved here from body[0], with changes: …all the bridge is inspected by an engineer"
        " [-every single-]{+each+} year.",
    ]
    assert told[-1] == "Summary: 2 words put in, 3 struck, 11 moved; changed: 1 table"


def test_a_version_with_faults_is_compared_but_its_words_are_not_counted(release: Path) -> None:
    second = release.parents[2] / other(release) / "release.yaml"
    second.write_text(second.read_text().replace("house: inspectorate", "house: university"))  # wants a place

    assert run("releases/bridge", "releases/other").output.splitlines()[-1] == (
        "Summary: the words cannot be counted, because a version has faults; pressgen check lists them"
    )


def test_a_note_that_moved_is_told_as_moved(release: Path) -> None:
    notes = "notes:\n  - {id: a, text: The first note.}\n  - {id: b, text: The second note.}\n"
    cited = release.read_text().replace("The bridge opened.", "The bridge opened.[^a][^b]")
    release.write_text(cited + notes)
    second = release.parents[1] / "other" / "release.yaml"
    second.parent.mkdir()
    second.write_text(cited + "\n".join([notes.splitlines()[each] for each in (0, 2, 1)]) + "\n")

    told = run("bridge", "other").output

    assert re.search(r"notes\[\w\].text: moved here from notes\[\w\].text: The \w+ note.", told)
    assert "{+" not in told


@pytest.mark.parametrize("house", ["inspectorate", "university"])
def test_pdf_shows_both_versions_and_is_sound(release: Path, house: str) -> None:
    release.write_text(release.read_text().replace("house: inspectorate", f"house: {house}\nplace: Wick"))
    result = run("releases/bridge", other(release), "--format", "pdf", "--out", "changes.pdf")
    assert (result.stdout, result.stderr) == ("changes.pdf\n", "Summary: 2 words put in, 1 struck\n")

    content = Path("changes.pdf").read_bytes()
    text = " ".join("".join(read_body(content)).split())

    assert "Changes to B-1 From releases/bridge" in text
    assert re.search("It holds. ?will hold.", text)
    assert validate_file(content, "changes.pdf") == []


def test_a_terminal_shows_words_struck_and_underlined(release: Path) -> None:
    """Colour only adds to it."""
    script = need_program("script")
    command = f"{sys.executable} -m pressgen redline releases/bridge {other(release)}"
    told = subprocess.run([script, "-qec", command, "/dev/null"], capture_output=True, text=True, check=True).stdout

    assert "\x1b[31m\x1b[9mholds." in told
    assert "\x1b[32m\x1b[4mwill hold." in told
    assert "[-" not in re.sub(r"\x1b\[\d*m", "", told)


@pytest.mark.parametrize("shape", ["docx", "pdf"])
def test_a_redline_is_no_review_copy(release: Path, shape: str) -> None:
    """An editor who types into one would have all its changes told as his own."""
    run("releases/bridge", other(release), "--format", shape, "--out", f"changes.{shape}")
    result = CliRunner().invoke(main, ["review", "receive", f"changes.{shape}"])

    assert result.exit_code == 1
    assert "is a redline of two versions, not a review copy" in result.output


@pytest.mark.parametrize("shape", ["docx", "pdf"])
def test_each_language_of_both_versions_gets_a_file(room_with_welsh: Room, shape: str) -> None:
    room_with_welsh.edit("Bridge opens", "Bridge closes")

    assert run("approved", "bridge", "--format", shape).stdout == f"bridge-redline.{shape}\nbridge-redline.cy.{shape}\n"


@pytest.mark.usefixtures("release")
def test_what_is_no_version_is_wrong_use() -> None:
    for name in ("round:7", "yesterday", "--upload-pack=x"):
        assert run("--", name, "releases/bridge").exit_code == 2


@pytest.mark.usefixtures("release")
def test_two_versions_of_no_release_are_refused() -> None:
    result = run("submitted", "approved")

    assert result.exit_code == 2
    assert "neither “submitted” nor “approved” is a release; give a folder for one of them, or RELEASE@approved" in (
        result.output
    )


def test_an_attachment_with_other_bytes_is_told(release: Path) -> None:
    release.write_text(release.read_text() + "attachments: [{file: plan.txt, title: The plan}]\n")
    release.with_name("plan.txt").write_text("The plan")
    folder = other(release)
    (release.parents[1] / "other" / "plan.txt").write_text("Another plan")

    assert "plan.txt has other bytes" in run("releases/bridge", folder).output.replace(": ", " ")


def test_a_file_that_only_one_version_has_is_told(release: Path) -> None:
    other(release)
    (release.parent / "release.cy.yaml").write_text(WELSH.replace("2031-04-02", "2019-05-08"))

    assert "release.cy.yaml was taken out" in run("releases/bridge", "releases/other").output


@pytest.mark.usefixtures("release")
def test_a_version_that_the_ledger_does_not_have_is_refused() -> None:
    output = run("approved", "releases/bridge").output

    assert "the ledger has no version of bridge that “approved” names; see pressgen history" in output


def test_a_revision_of_git_without_the_release_is_refused(release: Path, workspace: Path) -> None:
    git = [need_program("git"), "-c", "user.name=a", "-c", "user.email=a@b.example", "-C", str(workspace)]
    (release.parent / "plan.txt").write_text("The plan")
    for command in (["init", "-q"], ["add", "releases/bridge/plan.txt"], ["commit", "-q", "-m", "first"]):
        subprocess.run([*git, *command], check=True)

    assert "“HEAD” has no releases/bridge/release.yaml" in run("HEAD", "releases/bridge").output
