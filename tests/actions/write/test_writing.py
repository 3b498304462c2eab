"""`pressgen write`: what somebody types into the writing copy goes into the release, save by save."""

from __future__ import annotations

import io
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from docx import Document
from docx.document import Document as WordDocument
from docx.text.paragraph import Paragraph

from machine import PATIENCE, ROOT
from messages.recording import RECORDER
from pressgen.actions.write import prompts
from pressgen.cli.app import main
from pressgen.cli.watch_files import WATCHING
from saves.edits import load

RELEASE = """\
# the desk's own file
reference: RIVER-1
house: inspectorate
headline: Museum opens its river rooms

times:
  zone: Europe/London

people:
  falk:
    name: Dr Ines Falk
    role: Director of Brennick Museum
    phone: 01632 960000

facts:
  charts: {value: 1234, unit: charts}  # counted twice

body:
  - Brennick Museum opens four rooms with {{ facts.charts }} charts of the river on Saturday.
  # the treasurer has seen this
  - The repairs took two years, and the town paid for the roof and the windows.
  - All {{ facts.charts }} charts were drawn by hand for the guild of millers.

contacts: [falk]
"""
LEAD, COST, CHARTS = "Brennick Museum opens", "The repairs took", "charts were drawn"
COPY = Path("dist/river/writing/river.docx")
YAML = Path("releases/river/release.yaml")
Edit = Callable[[WordDocument], object]


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with a release that has no quotation and no notes."""
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    monkeypatch.chdir(tmp_path)
    YAML.parent.mkdir(parents=True)
    YAML.write_text(RELEASE)
    return tmp_path


def run(*options: str) -> Result:
    return CliRunner().invoke(main, ["write", "river", "--no-open", "--once", *options])


def find(document: WordDocument, words: str) -> Paragraph:
    return next(each for each in document.paragraphs if words in each.text)


def work(*edits: Edit) -> None:
    """Edit the copy and save it as Word does: a temporary file that takes the place of the old one."""
    document = Document(str(COPY))
    for edit in edits:
        edit(document)
    document.save(str(COPY.with_name("~WRD0001.tmp")))
    COPY.with_name("~WRD0001.tmp").replace(COPY)


def typed(old: str, new: str) -> Edit:
    """Type over some words; the runs of a paragraph stay where they do not have them."""

    def edit(document: WordDocument) -> None:
        paragraph = find(document, old)
        runs = [each for each in paragraph.runs if old in each.text]
        if runs:
            runs[0].text = runs[0].text.replace(old, new)
            return
        paragraph.runs[0].text = paragraph.text.replace(old, new)
        for run in paragraph.runs[1:]:
            run.text = ""

    return edit


def added(behind: str, text: str) -> Edit:
    def edit(document: WordDocument) -> None:
        before = find(document, behind)
        before._p.addnext(document.add_paragraph(text, style=before.style)._p)

    return edit


def test_a_copy_that_nobody_changed_changes_nothing() -> None:
    assert run().exit_code == 0

    work()
    done = run()

    assert (done.exit_code, "0 changes taken in" in done.output) == (0, True)
    assert YAML.read_text() == RELEASE


def test_words_typed_in_two_saves_are_in_the_release_with_its_comments() -> None:
    run()
    work(typed("took two years", "took three years"))
    run()
    work(typed("took three years", "took long years"), typed("its river rooms", "all its river rooms"))

    done = run()

    wanted = RELEASE.replace("took two years", "took long years").replace("its river rooms", "all its river rooms")
    assert (done.exit_code, "2 changes taken in" in done.output) == (0, True)
    assert YAML.read_text() == wanted


def test_the_copy_has_prompts_for_what_is_missing_and_the_release_never_has() -> None:
    run()
    texts = "\n".join(each.text for each in Document(str(COPY)).paragraphs)

    assert prompts.WORDS.rstrip(".") in texts
    assert prompts.SPEAKER in texts
    assert prompts.NOTE in texts
    work(typed(prompts.NOTE, "The museum is closed on Mondays."))
    run()

    assert load(YAML.read_text())["notes"] == [{"id": "note-1", "text": "The museum is closed on Mondays."}]
    assert not any(each in YAML.read_text() for each in (prompts.WORDS, prompts.SPEAKER, prompts.OFFICE))


def test_a_prompt_typed_over_is_a_quotation_and_check_asks_for_its_speaker() -> None:
    run()
    work(typed(prompts.WORDS.rstrip("."), "Nobody alive has seen them together"))

    done = run()
    quotation = load(YAML.read_text())["body"][3]["quote"]

    assert [each.rstrip(".") for each in quotation["words"]] == ["Nobody alive has seen them together"]
    assert load(YAML.read_text())["people"][quotation["by"]]["name"] == "Full name of the speaker"
    assert "N07 placeholder “Full name of the speaker”" in done.output


def test_an_empty_release_is_written_from_its_prompts() -> None:
    YAML.write_text("reference: RIVER-1\nhouse: inspectorate\ntimes: {zone: Europe/London}\n")
    run()
    work(
        typed(prompts.HEADLINE, "Museum opens"),
        typed(prompts.LEAD, "It opens on Saturday."),
        typed(prompts.CONTACT, "Ida Ray"),
    )

    done = run()
    data = load(YAML.read_text())

    assert done.exit_code == 0, done.output
    assert (data["headline"], data["body"]) == ("Museum opens", ["It opens on Saturday."])
    assert data["people"] == {"press": {"name": "Ida Ray"}}
    assert data["contacts"] == ["press"]
    assert "notes" not in data


def test_a_quotation_typed_as_a_paragraph_gets_its_speaker() -> None:
    run()
    work(
        added(COST, "“It is the work of one hand,” said Jonas Weir, keeper of maps."),
        added(LEAD, "“We are glad of every one of them,” said Dr Falk."),
    )
    run()
    data = load(YAML.read_text())

    assert data["body"][1]["quote"] == {"by": "falk", "words": ["We are glad of every one of them."]}
    assert data["body"][3]["quote"] == {"by": "weir", "words": ["It is the work of one hand."]}
    assert data["people"]["weir"] == {"name": "Jonas Weir", "role": "keeper of maps"}


def test_speech_that_names_nobody_stays_a_paragraph() -> None:
    run()
    work(added(COST, "“It is the work of one hand,” she added."))
    run()

    assert "the work of one hand" in load(YAML.read_text())["body"][2]


def test_a_figure_changed_in_every_place_changes_its_fact() -> None:
    run()
    work(typed("1,234 charts of", "1,300 charts of"), typed("All 1,234", "All 1,300"))

    run()

    assert YAML.read_text() == RELEASE.replace("value: 1234", "value: 1300")


def test_a_figure_changed_in_one_place_of_two_is_asked_about() -> None:
    run()
    work(typed("All 1,234", "All 1,300"), typed("two years", "three years"))

    done = run()

    assert "changes facts.charts.value, which 2 places print" in done.output
    assert YAML.read_text() == RELEASE.replace("two years", "three years")


def test_a_paragraph_that_moved_moves_in_the_release() -> None:
    run()
    work(lambda document: find(document, CHARTS)._p.addnext(find(document, COST)._p))
    run()

    assert [each[:10] for each in load(YAML.read_text())["body"]] == ["Brennick M", "All {{ fac", "The repair"]
    assert "# the treasurer has seen this" in YAML.read_text()


def test_what_somebody_changed_in_the_release_meanwhile_stays() -> None:
    run()
    YAML.write_text(RELEASE.replace("for the roof", "for all the roof"))
    work(typed("took two years", "took three years"))
    run()

    assert YAML.read_text() == RELEASE.replace("took two years", "took three years").replace(
        "for the roof", "for all the roof"
    )


def test_the_same_words_changed_on_both_sides_wait_until_one_gives_way() -> None:
    run()
    YAML.write_text(RELEASE.replace("two years", "five years"))
    work(typed("two years", "three years"), typed("its river", "all its river"))

    done = run()

    assert "copy and release both changed this; it was “The repairs took two years" in done.output
    assert YAML.read_text() == RELEASE.replace("two years", "five years").replace("its river", "all its river")
    work(typed("three years", "five years"))
    assert "copy and release both" not in run().output


def test_a_copy_that_was_saved_or_is_open_is_never_replaced() -> None:
    run()
    YAML.write_text(RELEASE.replace("two years", "five years"))
    (COPY.parent / "~$ver.docx").touch()
    run()
    held = COPY.read_bytes()
    (COPY.parent / "~$ver.docx").unlink()
    run()

    assert "two years" in "".join(each.text for each in Document(io.BytesIO(held)).paragraphs)
    assert "five years" in "".join(each.text for each in Document(str(COPY)).paragraphs)


def test_a_copy_that_the_workspace_does_not_know_is_left_as_it_is() -> None:
    COPY.parent.mkdir(parents=True)
    COPY.write_bytes(b"mine")

    done = run()

    assert (done.exit_code, "I08 is there, but this workspace does not know" in done.output) == (1, True)
    assert COPY.read_bytes() == b"mine"


def test_the_findings_are_comments_of_another_copy() -> None:
    run()
    work(typed("two years", "TBC years"))

    done = run("--comments")
    found = {each.text: each for each in Document(str(COPY.with_name("river-comments.docx"))).comments}

    assert "dist/river/writing/river-comments.docx" in done.output
    assert any("N07 placeholder “TBC”" in text for text in found)
    assert not list(Document(str(COPY)).comments)


def test_a_machine_without_a_program_for_word_files_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("click.launch", lambda _: 1)
    monkeypatch.setattr("pressgen.cli.write._watch", lambda *_: None)

    done = CliRunner().invoke(main, ["write", "river"])

    assert "No program opens dist/river/writing/river.docx here; open it yourself" in done.output
    assert "Took in 0 changes of 0 saves." in done.output


@pytest.fixture
def writing(desk: Path) -> Iterator[tuple[subprocess.Popen[bytes], Path]]:
    """A `pressgen write` that runs, and the file of what it prints."""
    said = desk / "said"
    with said.open("w") as out:
        command = [sys.executable, "-m", "pressgen", "write", "river", "--no-open"]
        process = subprocess.Popen(command, cwd=desk, stdout=out, stderr=out)
    try:
        wait_for(said, WATCHING)
        yield process, said
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def wait_for(said: Path, words: str) -> None:
    end = time.monotonic() + PATIENCE
    while words not in said.read_text():
        assert time.monotonic() < end, said.read_text()
        time.sleep(0.05)


def test_saves_as_word_and_others_make_them_are_taken_in_while_it_runs(
    writing: tuple[subprocess.Popen[bytes], Path],
) -> None:
    process, said = writing
    (COPY.parent / "~$ver.docx").write_bytes(b"\x05Ida")
    work(typed("took two years", "took three years"))
    wait_for(said, "“The repairs took two years")
    document = Document(str(COPY))
    typed("its river", "all its river")(document)
    document.save("whole")
    whole = Path("whole").read_bytes()
    with COPY.open("wb") as file:  # in place, and in two parts
        file.write(whole[: len(whole) // 2])
        file.flush()
        time.sleep(0.3)
        file.write(whole[len(whole) // 2 :])
    wait_for(said, "“Museum opens all its river rooms”")
    process.send_signal(signal.SIGINT)

    assert process.wait(PATIENCE) == 0
    RECORDER.hear(said.read_text())
    assert said.read_text().endswith("Took in 2 changes of 2 saves.\n")
    assert "Traceback" not in said.read_text()
    assert YAML.read_text() == RELEASE.replace("two years", "three years").replace("its river", "all its river")


def test_a_save_just_before_ctrl_c_is_taken_in(writing: tuple[subprocess.Popen[bytes], Path]) -> None:
    process, said = writing
    work(typed("took two years", "took three years"))
    process.send_signal(signal.SIGINT)

    assert process.wait(PATIENCE) == 0
    assert said.read_text().endswith("Took in 1 change of 1 save.\n")
    assert "took three years" in YAML.read_text()
