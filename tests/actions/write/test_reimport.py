"""`pressgen import` of a Word file that somebody worked on since: its changes go into the release, and nothing else."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner, Result
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from machine import ROOT
from pressgen.actions.write import merge_models
from pressgen.cli.app import main
from saves.edits import load

LEAD = "Brennick Museum opens four rooms of river charts to everybody on Saturday, after two years of repairs."
COST = "The repairs cost £4.2 million, of which the town paid 1,200,000 and the friends of the museum the rest."
CHARTS = "The charts show every ford and mill between Brennick and the sea, drawn by hand for the millers' guild."
SAID = "“Nobody alive has seen them together,” said Dr Ines Falk, director of Brennick Museum."
PAPERS = "Letters and ledgers of the guild are shown beside them, with the tools of two of its draughtsmen."
LENT = "The charts are lent by the guild until March."
PICTURE = ROOT / "src" / "pressgen" / "manual" / "outputs.png"
HYPERLINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
Edit = Callable[[WordDocument], object]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace into which `charts.docx` was imported."""
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    document = Document()
    for text in ("Museum shows every chart of the river Brenn", LEAD, COST, CHARTS, SAID, PAPERS):
        document.add_paragraph(text)
    table = document.add_table(rows=2, cols=2)
    for row, cells in enumerate([("Room", "Charts"), ("North", "14")]):
        for cell, text in zip(table.rows[row].cells, cells, strict=True):
            cell.text = text
    document.add_paragraph("ENDS")
    document.add_paragraph("Notes to editors")
    document.add_paragraph("1. The museum is closed on Mondays.")
    document.add_paragraph("2. The charts are lent by the guild until March.")
    document.save(str(tmp_path / "charts.docx"))
    monkeypatch.chdir(tmp_path)
    assert run().exit_code == 0
    return tmp_path


def run(*options: str, answers: str | None = None) -> Result:
    return CliRunner().invoke(main, ["import", "charts.docx", *options], input=answers)


def work(edit: Edit) -> None:
    """Edit the Word file, as somebody in the office does."""
    document = Document("charts.docx")
    edit(document)
    document.save("charts.docx")


def typed(old: str, new: str) -> Edit:
    """An edit of the first paragraph that has `old`."""

    def edit(document: WordDocument) -> None:
        paragraph = next(each for each in document.paragraphs if old in each.text)
        paragraph.runs[0].text = paragraph.text.replace(old, new)

    return edit


def added(behind: str, text: str) -> Edit:
    """A new paragraph after the one with `behind`."""

    def edit(document: WordDocument) -> None:
        before = next(each for each in document.paragraphs if behind in each.text)
        before._p.addnext(document.add_paragraph(text)._p)

    return edit


def yaml() -> Path:
    return Path("releases/charts/release.yaml")


def change(old: str, new: str) -> None:
    """Edit the release by hand."""
    text = yaml().read_text()
    assert old in text
    yaml().write_text(text.replace(old, new, 1))


@pytest.mark.usefixtures("desk")
def test_a_word_typed_in_word_is_the_only_difference() -> None:
    change("\nbody:\n", "\n# checked by the desk\nbody:\n")
    before = yaml().read_text()
    work(typed("four rooms", "five rooms"))

    done = run()

    assert (done.exit_code, "1 change taken in" in done.output) == (0, True)
    assert yaml().read_text() == before.replace("four rooms", "five rooms")


@pytest.mark.usefixtures("desk")
def test_a_file_that_is_as_it_was_changes_nothing() -> None:
    before = yaml().read_bytes()

    done = run()

    assert (done.exit_code, "nothing has changed since it was read" in done.output) == (0, True)
    assert yaml().read_bytes() == before


@pytest.mark.usefixtures("desk")
def test_a_new_quotation_becomes_one_with_its_speaker() -> None:
    work(added("every ford", "“It is the work of one hand,” said Jonas Weir, keeper of maps."))

    run()
    data = load(yaml().read_text())

    assert data["body"][3]["quote"] == {"by": "weir", "words": ["It is the work of one hand."]}
    assert data["people"]["weir"] == {"name": "Jonas Weir", "role": "keeper of maps"}


@pytest.mark.usefixtures("desk")
def test_a_new_row_becomes_a_row_and_a_new_note_a_note() -> None:
    def edit(document: WordDocument) -> None:
        for cell, text in zip(document.tables[0].add_row().cells, ("South", "9"), strict=True):
            cell.text = text
        added("closed on Mondays", "2. Entry is free on Sundays.")(document)
        typed("2. The charts are lent", "3. The charts are lent")(document)

    work(edit)
    run()
    data = load(yaml().read_text())

    assert data["body"][5]["table"]["rows"] == [["North", "14"], ["South", "9"]]
    assert [each["text"][:8] for each in data["notes"]] == ["The muse", "Entry is", "The char"]
    assert [each["id"] for each in data["notes"]] == ["note-1", "note-3", "note-2"]


@pytest.mark.usefixtures("desk")
def test_a_paragraph_that_moved_moves() -> None:
    change("\nbody:\n", "\n# ask the treasurer\nbody:\n")

    def edit(document: WordDocument) -> None:
        rows = {each.text: each._p for each in document.paragraphs}
        rows[PAPERS].addnext(rows[COST])

    work(edit)
    done = run()
    text = yaml().read_text()

    assert "moved    body[1]" in done.output
    assert text.index("# ask the treasurer") < text.index("Letters and ledgers") < text.index("The repairs cost")


@pytest.mark.usefixtures("desk")
def test_what_people_changed_in_the_release_stays() -> None:
    change("  falk:", "  director:")
    change("by: falk", "by: director")
    change("id: note-2", "id: guild")
    change("every ford and mill", "each ford and mill")
    work(typed("drawn by hand", "drawn in ink"))
    work(typed("until March", "until April"))
    work(typed("Dr Ines Falk, director of Brennick Museum", "Dr Ines Falk, keeper of Brennick Museum"))

    done = run()
    data = load(yaml().read_text())

    assert done.exit_code == 0, done.output
    assert data["body"][2].startswith("The charts show each ford and mill")
    assert "drawn in ink" in data["body"][2]
    assert data["notes"][1] == {"id": "guild", "text": "The charts are lent by the guild until April."}
    assert data["people"]["director"]["role"] == "keeper of Brennick Museum"


@pytest.mark.usefixtures("desk")
def test_words_that_both_changed_are_asked_about_and_neither_is_lost() -> None:
    change("two years of repairs", "three years of repairs")
    work(typed("two years of repairs", "long years of repairs"))
    work(typed("every ford", "each ford"))
    before = yaml().read_bytes()

    done = run()

    assert done.exit_code == 1
    assert "I06 both the file and the release changed this" in done.output
    assert yaml().read_bytes() == before
    assert run("--keep", "release").exit_code == 0
    assert "three years" in yaml().read_text()
    assert "each ford" in yaml().read_text()
    assert "nothing has changed" in run().output


@pytest.mark.usefixtures("desk")
def test_the_words_of_the_file_are_kept_if_a_person_says_so() -> None:
    change("two years of repairs", "three years of repairs")
    work(typed("two years of repairs", "long years of repairs"))

    assert run("--keep", "word").exit_code == 0
    assert "long years of repairs" in yaml().read_text()


@pytest.mark.usefixtures("desk")
def test_a_figure_that_the_release_prints_from_a_fact_is_not_torn_apart() -> None:
    change("£4.2 million", "{{ facts.cost }}")
    change("\nbody:\n", "\nfacts:\n  cost: {value: £4.2 million}\n\nbody:\n")
    before = yaml().read_bytes()
    work(typed("£4.2 million", "£4.3 million"))

    done = run()

    assert (done.exit_code, "I06" in done.output) == (1, True)
    assert yaml().read_bytes() == before


@pytest.mark.usefixtures("desk")
def test_words_that_a_person_gave_another_place_are_edited_there() -> None:
    change("  - >-\n    Letters and ledgers", "  - pull:\n      words: x\n  - >-\n    Letters and ledgers")
    text = yaml().read_text()
    moved = text[: text.index("  - id: note-2")]
    yaml().write_text(moved.replace("\ntimes:", f"\nsubhead: {LENT}\n\ntimes:", 1))
    work(typed("until March", "until April"))

    done = run()

    assert done.exit_code == 0, done.output
    assert "subhead: The charts are lent by the guild until April." in yaml().read_text()


@pytest.mark.usefixtures("desk")
def test_another_text_of_the_same_name_is_refused() -> None:
    document = Document()
    for text in ("Council sells its ferry", "Wrentown council sold its last ferry to a Danish line on Monday morning."):
        document.add_paragraph(text)
    document.save("charts.docx")
    before = yaml().read_bytes()

    done = run()

    assert (
        done.exit_code,
        "I04 releases/charts is already there, and was imported from another text" in done.output,
    ) == (1, True)
    assert yaml().read_bytes() == before


@pytest.mark.usefixtures("desk")
def test_the_kept_file_is_for_the_office_alone(desk: Path) -> None:
    kept = desk / ".pressgen" / "imports" / "releases" / "charts" / "last-read"

    assert kept.read_bytes() == (desk / "charts.docx").read_bytes()
    assert not stat.S_IMODE(kept.stat().st_mode) & stat.S_IRWXO


@pytest.mark.usefixtures("desk")
def test_a_new_picture_gets_a_name_of_its_own() -> None:
    def edit(document: WordDocument) -> None:
        document.add_picture(str(PICTURE))._inline.docPr.set("descr", "A chart of the mouth of the Brenn")
        next(each for each in document.paragraphs if "every ford" in each.text)._p.addnext(document.paragraphs[-1]._p)

    work(edit)

    done = run()

    assert done.exit_code == 0, done.output
    assert Path("releases/charts/picture-1.png").is_file()
    assert "file: picture-1.png" in yaml().read_text()


@pytest.mark.usefixtures("desk")
def test_changes_that_would_lose_a_word_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merge_models, "plan_model_changes", lambda *_: [])
    work(typed("four rooms", "five rooms"))
    before = yaml().read_bytes()

    done = run()

    assert (done.exit_code, "I07 changes “five”, “four”" in done.output) == (1, True)
    assert yaml().read_bytes() == before


def test_on_a_terminal_a_person_is_asked_which_words_to_keep(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    change("two years of repairs", "three years of repairs")
    work(typed("two years of repairs", "long years of repairs"))
    terminal = SimpleNamespace(isatty=lambda: True)
    monkeypatch.setattr("pressgen.cli.import_releases.sys", SimpleNamespace(stdin=terminal, stdout=terminal))

    later = run(answers="later\n")
    done = run(answers="word\n")

    assert (later.exit_code, done.exit_code) == (1, 0)
    assert "both the file and the release changed this; it was" in done.output
    assert "long years of repairs" in (desk / yaml()).read_text()


@pytest.mark.usefixtures("desk")
def test_a_link_that_came_without_words_is_named_and_left_alone() -> None:
    def edit(document: WordDocument) -> None:
        paragraph = next(each for each in document.paragraphs if "every ford" in each.text)
        relation = document.part.relate_to("https://guild.example", HYPERLINK, is_external=True)
        before, after = paragraph.text.split("millers")
        paragraph.runs[0].text = before
        paragraph._p.append(
            parse_xml(f'<w:hyperlink {nsdecls("w", "r")} r:id="{relation}"><w:r><w:t>millers</w:t></w:r></w:hyperlink>')
        )
        paragraph.add_run(after)

    before = yaml().read_bytes()
    work(edit)

    done = run()

    assert "left alone: “millers” has a link to https://guild.example now" in done.output
    assert yaml().read_bytes() == before
    work(lambda document: document.element.body.remove(document.element.body.xpath("w:p[w:hyperlink]")[0]))
    work(added("The repairs cost", CHARTS))
    assert "left alone: “millers” has no link any more" in run().output
