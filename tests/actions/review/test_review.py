"""A copy goes out to an editor and comes back."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from actions.editors import RELEASE, add, change, edited, run
from machine import PATIENCE, need_program
from pressgen.actions.review.record_lookup import find_copy_record
from pressgen.actions.workspace.folder import Workspace
from pressgen.errors import InputError
from pressgen.model.document import Document
from pressgen.render import word
from review.dialects import DIALECTS
from review.editing import Editing


@pytest.fixture
def newsroom(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with one release, where commands are run."""
    (workspace / "releases" / "bridge" / "release.yaml").write_text(RELEASE)
    monkeypatch.chdir(workspace)
    return workspace


def told(file: Path, *options: str) -> list[dict[str, object]]:
    result = run("review", "receive", str(file), "--format", "json", *options)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def source(newsroom: Path) -> str:
    return (newsroom / "releases" / "bridge" / "release.yaml").read_text()


def test_a_change_is_told_with_its_place_its_words_and_its_author(newsroom: Path) -> None:
    (proposal,) = told(edited(newsroom, change("two years", "three years")))

    assert proposal == {
        "number": 1, "kind": "edit", "path": "body[0]", "file": "releases/bridge/release.yaml", "line": 14,
        "before": "two years", "after": "three years", "author": "Ann Editor", "date": "2026-11-20T10:00:00Z",
        "tracked": True, "fields": [], "comment": "", "answers": "", "mark": "", "question": "", "speaker": "",
    }  # fmt: skip


def test_nothing_is_written_unless_it_is_accepted(newsroom: Path) -> None:
    told(edited(newsroom, change("two years", "three years")))

    assert source(newsroom) == RELEASE


def test_what_is_accepted_changes_its_words_and_not_another_byte(newsroom: Path) -> None:
    file = edited(newsroom, change("two years", "three long years"), change("further down", "higher up"))

    result = run("review", "receive", str(file), "--apply")

    assert result.exit_code == 0, result.output
    assert "2 of 2 put in" in result.output
    assert source(newsroom) == RELEASE.replace("two years", "three long years").replace("further down", "higher up")


def test_what_is_refused_stays_out(newsroom: Path) -> None:
    file = edited(newsroom, change("two years", "three years"), change("further down", "higher up"))

    run("review", "receive", str(file), "--apply", "--refuse", "1")

    assert source(newsroom) == RELEASE.replace("further down", "higher up")


def test_only_what_is_named_goes_in(newsroom: Path) -> None:
    file = edited(newsroom, change("two years", "three years"), change("further down", "higher up"))

    run("review", "receive", str(file), "--accept", "1")

    assert source(newsroom) == RELEASE.replace("two years", "three years")


def test_a_number_that_is_not_there_is_wrong_use(newsroom: Path) -> None:
    result = run("review", "receive", str(edited(newsroom, change("two years", "three years"))), "--accept", "7")

    assert (result.exit_code, result.output) == (2, result.output)
    assert "there is no proposal 7; they are numbered 1 to 1" in result.output


def test_marks_typed_in_the_text_stay_with_the_words_that_stay(newsroom: Path) -> None:
    file = edited(newsroom, change("walked across", "ran across"), change("banks", "sides"))

    run("review", "receive", str(file), "--apply")

    assert source(newsroom) == RELEASE.replace("walked", "ran").replace("banks", "sides")


def test_a_figure_is_proposed_on_its_fact(newsroom: Path) -> None:
    file = edited(newsroom, change("3,930", "3,940"))

    (proposal,) = told(file, "--apply")

    assert (proposal["path"], proposal["before"], proposal["after"]) == ("facts.cost.value", "3,930", "3,940")
    assert source(newsroom) == RELEASE.replace("value: 3930", "value: 3940")


def test_a_new_paragraph_becomes_an_entry_of_the_body(newsroom: Path) -> None:
    file = edited(newsroom, add("It cost", "Both banks paid for it."))

    run("review", "receive", str(file), "--apply")

    line = "  - The next bridge"
    assert source(newsroom) == RELEASE.replace(line, f"  - Both banks paid for it.\n{line}")


def test_text_that_looks_like_a_mark_goes_in_as_text(newsroom: Path) -> None:
    file = edited(newsroom, change("two years", "2 * 3 {{ years }}: [so]"))

    run("review", "receive", str(file), "--apply")

    assert "after 2 \\* 3 \\{\\{ years }}: \\[so] of work" in source(newsroom)


def test_what_pressgen_makes_is_left_to_a_person_with_the_reason(newsroom: Path) -> None:
    result = run("review", "receive", str(edited(newsroom, change("said", "shouted"))), "--apply")

    assert "1: not put in: " in result.output
    assert source(newsroom) == RELEASE


def test_a_change_that_the_release_would_not_load_with_is_left_and_the_others_go_in(newsroom: Path) -> None:
    def empty(editing: Editing) -> None:
        para = next(p for p in editing.paras if "".join(c.text for c in p.chars) == "Bridge opens")
        editing._strike(para, 0, len(para.chars), None)

    result = run("review", "receive", str(edited(newsroom, empty, change("two years", "three years"))), "--apply")

    assert "not put in: “headline” is missing" in result.output
    assert source(newsroom) == RELEASE.replace("two years", "three years")


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_change_finds_its_place_whatever_program_saved_the_file(newsroom: Path, dialect: str) -> None:
    (proposal,) = told(edited(newsroom, change("two years", "three years", tracked=False), dialect=dialect))

    assert (proposal["path"], proposal["before"], proposal["after"]) == ("body[0]", "two", "three")
    assert (proposal["tracked"], proposal["author"]) == (False, "")


def test_a_file_without_any_trace_of_us_is_known_by_its_words(newsroom: Path) -> None:
    file = edited(newsroom, change("two years", "three years"), dialect="bare")
    strip_names(file)

    result = run("review", "receive", str(file))

    assert "has no mark from pressgen; by its words it is B-1" in result.output
    assert "[-two-]{+three+}" in result.output.replace("two years", "two").replace("three years", "three")


def strip_names(file: Path) -> None:
    """Take out what a file says of itself, and the line that it shows."""
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(file, "w", 8) as archive:
        for name, part in parts.items():
            if not name.startswith(("docProps", "customXml")):
                archive.writestr(name, re.sub(rb"(?:urn:pressgen|Ref [^<]* review)[^<\"]*", b"", part))


def test_a_file_of_another_office_is_refused_and_the_nearest_named(newsroom: Path) -> None:
    file = edited(newsroom)
    shutil.rmtree(newsroom / "releases" / "bridge")
    other = newsroom / "releases" / "other"
    other.mkdir()
    (other / "release.yaml").write_text("""\
reference: O-1
house: inspectorate
headline: Museum closes
times: {zone: Europe/London, publish: 2019-05-08 00:01}
people: {ray: {name: Dr Ada Ray, phone: 01632 960000}}
body: [Nobody came to see the collection of spoons.]
contacts: [ray]
""")

    result = run("review", "receive", str(file))

    assert result.exit_code == 1
    assert "M05 does not belong to any release here; the nearest is O-1" in result.output


def test_no_release_is_rendered_for_a_file_of_another_office(newsroom: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rendered: list[Document] = []
    monkeypatch.setattr(word, "render", lambda document, *_: rendered.append(document))
    said = "The bridge inspectorate of another country has published its report on the harbour in spring."

    with pytest.raises(InputError, match="M05 does not belong to any release here; the nearest is B-1"):
        find_copy_record(Workspace(newsroom), "", said, "foreign.docx")

    assert rendered == []


def test_copies_bear_a_round_that_counts_on_when_the_release_changes(newsroom: Path) -> None:
    first = run("review", "send", "releases/bridge", "--to", "legal").stdout.splitlines()
    again = run("review", "send", "releases/bridge").stdout.splitlines()
    (newsroom / "releases" / "bridge" / "release.yaml").write_text(RELEASE.replace("two years", "three years"))
    second = run("review", "send", "releases/bridge").stdout.splitlines()

    assert first == again
    assert [Path(each).name for each in first + second] == [
        f"bridge-review-{count}.{ending}" for count in (1, 2) for ending in ("docx", "pdf")
    ]


@pytest.mark.usefixtures("newsroom")
def test_sending_says_for_whom_the_copies_are_and_what_comes_next() -> None:
    said = run("review", "send", "releases/bridge", "--to", "legal").stderr

    assert said == (
        "Made the review copies of bridge for legal, listed above. Next: give the files to the editors, since nothing"
        " was mailed without --by; when a file comes back: pressgen review receive FILE\n"
    )


def test_a_copy_of_an_earlier_round_is_merged_with_what_has_changed_since(newsroom: Path) -> None:
    run("review", "send", "releases/bridge")
    file = edited(newsroom, change("two years", "three years"))
    now = RELEASE.replace("further down", "higher up").replace("walked across", "crossed")
    (newsroom / "releases" / "bridge" / "release.yaml").write_text(now)
    run("review", "send", "releases/bridge")

    result = run("review", "receive", str(file), "--apply")

    assert "is from round 1; the latest is 2" in result.output
    assert source(newsroom) == now.replace("two years", "three years")


def test_what_both_sides_changed_is_shown_and_not_guessed(newsroom: Path) -> None:
    run("review", "send", "releases/bridge")
    file = edited(newsroom, change("two years", "three years"))
    now = RELEASE.replace("two years", "four years")
    (newsroom / "releases" / "bridge" / "release.yaml").write_text(now)

    result = run("review", "receive", str(file), "--apply")

    assert all(each in result.output for each in ("after two years of", "after four years of", "after three years of"))
    assert source(newsroom) == now


def test_libreoffice_may_save_a_copy_and_nothing_is_proposed(newsroom: Path) -> None:
    office = need_program("soffice")
    file = edited(newsroom, change("two years", "three years"))
    command = [
        office,
        f"-env:UserInstallation=file://{newsroom}/profile",
        "--headless",
        "--convert-to",
        "docx:MS Word 2007 XML",
    ]
    subprocess.run(
        [*command, "--outdir", str(newsroom / "saved"), str(file)], check=True, capture_output=True, timeout=PATIENCE
    )

    (proposal,) = told(newsroom / "saved" / "in.docx")

    assert (proposal["path"], proposal["before"], proposal["after"]) == ("body[0]", "two years", "three years")
    assert proposal["author"] == "Ann Editor"


@pytest.mark.usefixtures("office", "newsroom")
def test_an_office_without_mail_channels_is_told_so() -> None:
    said = run("review", "send", "releases/bridge", "--to", "legal", "--by", "mail", "--as", "moss").output

    assert "“mail” is not a mail channel of the office; it has none yet: add one to releases/pressgen.yaml" in said


@pytest.mark.usefixtures("office")
def test_the_ledger_has_who_sent_a_copy_and_who_decided_what_and_why(newsroom: Path) -> None:
    run("review", "send", "releases/bridge", "--to", "legal", "--as", "moss")
    file = edited(newsroom, change("two years", "three years"), change("further down", "higher up"))

    result = run(
        "review", "receive", str(file), "--apply", "--refuse", "2", "--as", "moss", "--reason", "Legal says so"
    )

    assert result.exit_code == 0, result.output
    told = run("history", "releases/bridge").output
    assert "moss sent copies of round 1 for review to legal" in " ".join(told.split())
    assert "moss accepted 1 and refused 0 of round 1" in " ".join(told.split())
    assert "moss accepted 0 and refused 1 of round 1: Legal says so" in " ".join(told.split())


@pytest.mark.usefixtures("office")
def test_an_office_wants_to_know_who_decides(newsroom: Path) -> None:
    file = edited(newsroom, change("two years", "three years"))

    result = run("review", "receive", str(file), "--apply")

    assert result.exit_code == 2
    assert "Who are you? Add --as " in result.output
    assert source(newsroom) == RELEASE


def test_words_of_a_speaker_are_told_as_such(newsroom: Path) -> None:
    file = edited(newsroom, change("go on holding", "stand"))

    (proposal,) = told(file)

    assert (proposal["path"], proposal["speaker"]) == ("body[1].quote.words", "ray")
    assert (
        "words of ray; if they were cleared, they must be cleared again" in run("review", "receive", str(file)).output
    )


@pytest.mark.usefixtures("newsroom")
def test_without_an_office_no_copy_is_mailed() -> None:
    result = run("review", "send", "releases/bridge", "--to", "legal", "--by", "mail")

    assert result.exit_code == 2
    assert "copies are mailed by the office; list its people in releases/pressgen.yaml" in result.output


def test_a_record_that_is_damaged_is_named(newsroom: Path) -> None:
    file = edited(newsroom)
    run("review", "send", "releases/bridge")
    (record,) = (newsroom / ".pressgen" / "reviews").glob("*/*.json")
    record.write_text("{")

    result = run("review", "send", "releases/bridge")

    assert file
    assert result.exit_code == 1
    assert "M04 is damaged, and no longer the record of a review copy; restore it from a backup" in result.output


def test_a_damaged_pdf_is_read_with_a_warning(newsroom: Path) -> None:
    run("review", "send", "releases/bridge")
    (sent,) = (newsroom / "dist" / "bridge" / "review").glob("*.pdf")
    sent.write_bytes(sent.read_bytes().replace(b"startxref", b"startxxxx"))

    result = run("review", "receive", str(sent), "--no-ask")

    assert "is damaged, so another program may show other words than those listed here" in result.output
