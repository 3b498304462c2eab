"""`pressgen template adopt`, as it is typed."""

from __future__ import annotations

import shutil
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pressgen.actions.setup import adoption as adopting
from pressgen.actions.setup.start import create_workspace
from pressgen.cli import template_adopt
from pressgen.cli.app import main
from word.letterheads import LETTER, make_letterhead, picture, save, save_as, save_with_libreoffice


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with samples, which is the current folder, and a letterhead in it."""
    create_workspace(tmp_path / "office", samples=True, now=datetime(2027, 1, 4, tzinfo=UTC))
    (tmp_path / "office" / "letterhead.dotm").write_bytes(save_as(save(make_letterhead()), "dotm"))
    monkeypatch.chdir(tmp_path / "office")
    return tmp_path / "office"


def run(*words: str, code: int = 0, typed: str | None = None) -> Result:
    shown = CliRunner().invoke(main, words, input=typed)
    assert shown.exit_code == code, shown.output
    return shown


def adopt(*options: str, code: int = 0, typed: str | None = None) -> str:
    """What the command prints."""
    return run("template", "adopt", "letterhead.dotm", "--into", "ours", *options, code=code, typed=typed).output


def test_a_new_house_is_made_that_nothing_is_wrong_with_and_releases_build_in_it(office: Path) -> None:
    before = (office / "letterhead.dotm").read_bytes()

    said = adopt("--name", "Harbour Board", "--alt", "Harbour Board")

    assert "letterhead.dotm is now templates/ours/release.docx; the file itself is unchanged." in said
    assert "Made templates/ours/ from the house inspectorate." in said
    assert "  - macros\n" in said
    assert "Next: pressgen template check ours, then: pressgen new my-release --house ours\n" in said
    assert (office / "letterhead.dotm").read_bytes() == before
    assert run("template", "check", "ours").output.startswith("ours: nothing wrong\n")
    release = office / "releases" / "elmbrook-reading" / "release.yaml"
    release.write_text(
        release.read_text().replace("house: university", "house: ours").replace("house: inspectorate", "house: ours")
    )
    run("build", "elmbrook-reading")
    made = sorted(path.suffix for path in (office / "dist" / "elmbrook-reading").rglob("*.*"))
    assert made.count(".docx") == made.count(".pdf") == 2


def test_the_new_house_says_nothing_of_the_body_that_it_was_made_from(office: Path) -> None:
    adopt("--name", "Harbour Board: the “Quays”", "--alt", "Harbour Board", "--from", "university")

    yaml = (office / "templates" / "ours" / "house.yaml").read_text()

    assert "Ashgrove State" not in yaml
    assert "Harbour Board: the “Quays”" in yaml.split("\n")[0]
    assert not (office / "templates" / "ours" / "logo.svg").exists()
    assert (office / "templates" / "ours" / "logo.png").read_bytes().startswith(b"\x89PNG")
    assert "nothing wrong" in run("template", "check", "ours").output


def test_a_house_that_is_there_keeps_all_but_its_word_template(office: Path) -> None:
    before = {path.name: path.read_bytes() for path in (office / "templates" / "university").glob("*.*")}

    said = run("template", "adopt", "letterhead.dotm", "--into", "university", "--alt", "Logo", "--replace").output

    after = {path.name: path.read_bytes() for path in (office / "templates" / "university").glob("*.*")}
    assert {name for name in before if before[name] != after[name]} == {"release.docx"}
    assert "Made templates" not in said


@pytest.mark.usefixtures("office")
def test_a_word_template_that_is_there_is_not_replaced_unasked() -> None:
    said = run("template", "adopt", "letterhead.dotm", "--into", "university", code=2).output

    assert "the house university already has a Word template; to replace it, add --replace, or name a new house" in said


@pytest.mark.usefixtures("office")
def test_a_house_needs_a_name_for_a_folder() -> None:
    said = run("template", "adopt", "letterhead.dotm", "--into", "../ours", code=2).output

    assert "“../ours” cannot be the name of a house: use small letters, digits and single hyphens" in said


def test_a_workspace_without_a_house_has_none_to_begin_with(office: Path) -> None:
    shutil.rmtree(office / "templates")
    (office / "templates").mkdir()

    assert "templates/ has no house to begin with; make a workspace with: pressgen init FOLDER" in adopt(code=2)


def test_a_picture_that_nobody_described_is_asked_for_and_nothing_is_written(office: Path) -> None:
    said = adopt(code=1)

    assert "letterhead.dotm: header: P13 what does the picture image1.png show?" in said
    assert "Write it after --alt; '' marks decoration, '-' removes the picture" in said
    assert not (office / "templates" / "ours").exists()


@pytest.mark.usefixtures("office")
def test_more_descriptions_than_pictures_are_refused() -> None:
    assert "--alt is given 2 times, but only 1 picture is without a description" in adopt(
        "--alt", "a", "--alt", "b", code=2
    )


def test_descriptions_for_no_picture_are_refused(office: Path) -> None:
    (office / "letterhead.dotm").write_bytes(save(make_letterhead(logo=False)))

    assert "--alt is given 1 time, but no picture is without a description" in adopt("--alt", "a", code=2)


@pytest.mark.usefixtures("office")
def test_the_lines_of_the_sample_letter_can_be_kept_later() -> None:
    said = adopt("--alt", "")

    assert f"the text of the sample letter: “{LETTER[0]}”, “{LETTER[1]}”" in said
    assert (
        "To keep one of the 4 lines of the sample letter: pressgen template adopt letterhead.dotm --into ours --replace"
        in said
    )


def test_on_a_terminal_name_lines_and_pictures_are_asked_for(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(template_adopt, "can_ask", lambda: True)

    said = adopt(typed="Harbour Board\n1, 9\nThe arms of Harbourtown\n")

    assert "The name of the body that issues the releases [Ours]: " in said
    assert "   2  Dear Ms Sample,\n" in said
    assert "The picture image1.png in the header has no description for people who do not see it." in said
    assert "name: Harbour Board\n" in (office / "templates" / "ours" / "house.yaml").read_text()
    assert "alt: The arms of Harbourtown\n" in (office / "templates" / "ours" / "house.yaml").read_text()
    assert f"sample letter: “{LETTER[1]}”" in said


def test_a_picture_that_covers_the_page_is_named_to_look_at(office: Path) -> None:
    document = make_letterhead(logo=False)
    document.sections[0].header.paragraphs[0].add_run().add_picture(picture(), height=9_000_000)
    (office / "letterhead.dotm").write_bytes(save(document))

    said = adopt("--alt", "Ours")

    assert "Please look at:\n  - the picture image1.png in the header: it covers the page" in said


def test_a_template_that_somebody_changed_meanwhile_is_not_overwritten(office: Path) -> None:
    (office / "letterhead.dotm").write_bytes(save(make_letterhead(logo=False)))
    workspace = adopting.Workspace(office)
    prepared = adopting.prepare_adoption(workspace, office / "letterhead.dotm", "university", None, replace=True)
    adopted = prepared.adopt(adopting.AdoptionChoices())
    (office / "templates" / "university" / "release.docx").write_bytes(b"somebody else's")

    with pytest.raises(adopting.StateError, match="somebody changed templates/university/release.docx meanwhile"):
        adopting.save_adoption(prepared, adopted, "")

    assert (office / "templates" / "university" / "release.docx").read_bytes() == b"somebody else's"


def test_a_house_that_somebody_made_meanwhile_stays_as_it_is(office: Path) -> None:
    (office / "letterhead.dotm").write_bytes(save(make_letterhead(logo=False)))
    workspace = adopting.Workspace(office)
    prepared = adopting.prepare_adoption(workspace, office / "letterhead.dotm", "ours", None, replace=False)
    adopted = prepared.adopt(adopting.AdoptionChoices())
    (office / "templates" / "ours").mkdir()
    (office / "templates" / "ours" / "house.yaml").write_text("theirs")

    with pytest.raises(adopting.EnvironmentFailureError, match="templates/ours"):
        adopting.save_adoption(prepared, adopted, "Ours")

    assert [path.name for path in (office / "templates" / "ours").iterdir()] == ["house.yaml"]
    assert not list(office.glob(".templates-*"))


def test_a_fault_that_only_the_letterheads_owner_can_mend_is_placed_in_it(office: Path) -> None:
    document = make_letterhead(logo=False)
    document.sections[0].footer.paragraphs[0].add_run(" {{ phone_number }}")
    (office / "letterhead.dotm").write_bytes(save(document))

    said = adopt(code=1)

    assert "letterhead.dotm: footer, paragraph 1: W08" in said
    assert not (office / "templates" / "ours").exists()


def test_a_review_copy_that_libreoffice_only_saved_says_what_was_sent(office: Path, tmp_path: Path) -> None:
    adopt("--alt", "Harbour Board")
    release = office / "releases" / "elmbrook-reading" / "release.yaml"
    release.write_text(release.read_text().replace("house: inspectorate", "house: ours"))
    run("review", "send", "elmbrook-reading", "--as", "writer")
    (copy,) = (office / "dist").rglob("*.docx")
    (office / "back.docx").write_bytes(save_with_libreoffice(copy.read_bytes(), tmp_path))

    said = run("review", "receive", "back.docx", "--as", "writer", "--no-ask").output

    assert said.endswith("says what was sent, word for word\n")


@pytest.mark.usefixtures("office")
def test_words_to_keep_that_no_line_has_are_named() -> None:
    said = adopt("--alt", "Harbour Board", "--keep", "Weekly bulletin")

    assert "Please look at:\n  - no line of the text has the words “Weekly bulletin”" in said


@pytest.mark.usefixtures("office")
def test_each_style_is_listed_once() -> None:
    line = next(line for line in adopt("--alt", "Harbour Board").splitlines() if " styles: " in line)

    names = line.partition(": ")[2].split(", ")
    assert len(names) == len(set(names)) == int(line.split()[1])


def test_an_opendocument_letterhead_is_refused_with_the_way_to_save_it(office: Path) -> None:
    with zipfile.ZipFile(office / "letterhead.ott", "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.text-template")
        file.writestr("content.xml", "<a/>")

    said = run("template", "adopt", "letterhead.ott", "--into", "ours", code=1).output

    assert "letterhead.ott: W01 is an OpenDocument file (.odt, .ott); in LibreOffice, save it as" in said
