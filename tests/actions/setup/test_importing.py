"""`pressgen import`: files in, releases out."""

from __future__ import annotations

import os
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from importer.drafts import MUSEUM
from importer.samples import CHARITY, GERMAN
from machine import ROOT
from pressgen.actions.setup.importing import create_release_slug
from pressgen.cli.app import main

MANUAL = (ROOT / "src" / "pressgen" / "manual" / "import.md").read_text()


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with a folder of old releases."""
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    old = tmp_path / "old"
    (old / "1990s").mkdir(parents=True)
    (old / "Owl, 2019.txt").write_text(MUSEUM)
    (old / "1990s" / "carers.txt").write_text(CHARITY)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["import", *arguments])


def test_a_file_becomes_a_release_that_builds(desk: Path) -> None:
    done = run("old/1990s/carers.txt")

    assert done.exit_code == 0
    built = CliRunner().invoke(main, ["build", "releases/carers", "--format", "txt"])
    assert built.exit_code == 0, built.output
    assert "Gwen Harries said: “Children are being asked" in " ".join(
        (desk / "dist" / "carers" / "embargoed" / "carers.txt").read_text().split()
    )


def test_the_command_says_how_sure_each_part_is(desk: Path) -> None:
    output = run("old/1990s/carers.txt").output

    assert output.splitlines()[0] == "releases/carers/release.yaml"
    assert re.search(r"embargo +sure", output)
    assert desk.joinpath("releases/release.schema.json").exists()


@pytest.mark.usefixtures("desk")
def test_the_command_says_which_house_it_chose() -> None:
    chosen = "House: inspectorate, the first in templates/. For another, add --house NAME"

    assert chosen in run("old/1990s/carers.txt").output
    assert "House:" not in run("old/1990s/carers.txt", "--house", "inspectorate", "--into", "in").output


def test_a_folder_is_reported_worst_first(desk: Path) -> None:
    (desk / "old" / "messy.txt").write_text("12 Pier Road\n\nhttps://x.example\n\n" + GERMAN)

    done = run("old", "--into", "in")

    assert done.exit_code == 0
    assert done.output.startswith("3 imported, 1 of them without doubts\n")
    listed = re.findall(r"in/([\w-]+)/release\.yaml", done.output.partition("Worst first:")[2])
    assert listed == ["messy", "owl-2019"]


def test_one_bad_file_stops_no_other(desk: Path) -> None:
    (desk / "old" / "secret.docx").write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
    )

    done = run("old")

    assert done.exit_code == 1
    assert "2 imported" in done.output
    assert "old/secret.docx: I01 has a password; open it with that" in done.output


def test_a_release_that_is_there_is_not_overwritten(desk: Path) -> None:
    file = desk / "releases" / "carers" / "release.yaml"
    file.parent.mkdir(parents=True)
    file.write_text("mine")

    done = run("old/1990s/carers.txt")

    assert done.exit_code == 1
    assert "I04 releases/carers is already there" in done.output
    assert file.read_text() == "mine"


def test_what_has_no_place_is_refused_by_build(desk: Path) -> None:
    (desk / "letter.txt").write_text(CHARITY.replace("One in three", "PO Box 7, Wrentown\n\nOne in three", 1))
    run("letter.txt")

    built = CliRunner().invoke(main, ["build", "releases/letter"])

    assert built.exit_code == 1
    assert "R28 “PO Box 7, Wrentown” has no place yet" in built.output


def test_an_open_year_is_refused_by_build(desk: Path) -> None:
    (desk / "year.txt").write_text(CHARITY.replace(" JULY 2024", " JULY"))
    run("year.txt")

    built = CliRunner().invoke(main, ["build", "releases/year"])

    assert "R29 the year is still missing in “YYYY-07-12 09:30”" in built.output


@pytest.mark.parametrize(("arguments", "message"), [((), "No file is named"), (("gone.txt",), "gone.txt is not there")])
def test_a_call_that_means_nothing_is_refused(desk: Path, arguments: tuple[str, ...], message: str) -> None:
    done = run(*arguments)

    assert (done.exit_code, message in done.output) == (2, True)
    assert not (desk / "releases").exists()


@pytest.mark.parametrize(
    ("name", "slug"),
    [("2014-05 Museum (final).docx", "r-2014-05-museum-final"), ("Café.txt", "cafe"), ("x" * 90 + ".txt", "x" * 40)],
)
def test_a_release_is_called_after_its_file(name: str, slug: str) -> None:
    assert create_release_slug(Path(name)) == slug


def test_the_manual_shows_what_the_importer_writes(desk: Path) -> None:
    run("old/Owl, 2019.txt")
    result = (desk / "releases" / "owl-2019" / "release.yaml").read_text()
    shown = re.findall(r"```yaml\n(.*?)```", MANUAL, re.DOTALL)

    assert shown[0] in result


def test_the_manual_names_every_code() -> None:
    sources = [
        *(ROOT / "src" / "pressgen" / "importer").glob("*.py"),
        ROOT / "src" / "pressgen" / "actions" / "setup" / "importing.py",
        ROOT / "src" / "pressgen" / "actions" / "write" / "merge_models.py",
        ROOT / "src" / "pressgen" / "actions" / "write" / "reimport.py",
    ]
    used = {code for path in sources for code in re.findall(r'"(I\d\d)"', path.read_text())}

    assert set(re.findall(r"`(I\d\d)`", MANUAL)) == used


def test_the_manual_shows_an_open_year_as_it_is_written(desk: Path) -> None:
    shown = re.findall(r"```yaml\n(.*?)```", MANUAL, re.DOTALL)[1]
    text = CHARITY.partition("\n\n")[2].replace(
        "• The survey", "• The report is available at x.example on Wednesday 08 May 00.01.\n• The survey"
    )
    (desk / "open.txt").write_text(text.replace("1 and 20 May 2024", "1 and 20 January 2019"))
    run("open.txt")

    result = (desk / "releases" / "open" / "release.yaml").read_text()

    for line in shown.splitlines():
        assert re.sub(r"line \d+", "line", line) in re.sub(r"line \d+", "line", result)


def test_a_text_that_makes_too_large_a_release_is_refused(desk: Path) -> None:
    (desk / "old" / "large.txt").write_text("Large\n\n" + "ŵŷâêîô " * 20_000)

    assert re.search(r"I02 makes a release of 2\d\d,\d{3} bytes, but the limit is 250,000", run("old/large.txt").output)


def test_a_folder_without_a_file_that_can_be_imported_is_refused(desk: Path) -> None:
    (desk / "empty").mkdir()

    assert "empty contains no file that can be imported: .doc, .docm, " in run("empty").output


def test_a_folder_names_every_file_that_is_not_read(desk: Path) -> None:
    for name in (
        "chart.xlsx", "owl.JPG", "~$owl.docx", ".~lock.owl.odt#", ".DS_Store", "README", "old.pages", "all.zip",
        "a.xyz",
    ):  # fmt: skip
        (desk / "old" / name).write_bytes(b"x")
    (desk / "old" / ".git").mkdir()
    (desk / "old" / "bundle.pages").mkdir()
    (desk / "old" / "bundle.pages" / "index.txt").write_text("x")
    (desk / "old" / "away.txt").symlink_to("nowhere")
    (desk / "old" / "elsewhere").symlink_to(desk / "templates")
    os.mkfifo(desk / "old" / "pipe.txt")

    output = run("old", "--house", "inspectorate").output

    assert output.startswith("2 imported, 1 of them without doubts; 14 not read\n")
    assert output.partition("Not read:\n")[2].splitlines() == [
        "  old/.DS_Store is a hidden file",
        "  old/.git is a hidden folder",
        "  old/.~lock.owl.odt# is a lock file: the document is open in Word or LibreOffice, or was",
        "  old/README has no ending, such as .txt",
        "  old/a.xyz is of a kind that is not read (.xyz)",
        "  old/all.zip is an archive; unpack it, and import what is in it",
        "  old/away.txt is a link to nothing",
        "  old/bundle.pages is a Pages document; export it from Pages as Word",
        "  old/chart.xlsx is a table; copy its text into a Word file",
        "  old/elsewhere is a link to a folder, which is not followed; name that folder itself",
        "  old/old.pages is a Pages document; export it from Pages as Word",
        "  old/owl.JPG is a picture",
        "  old/pipe.txt is no regular file",
        "  old/~$owl.docx is a lock file: the document is open in Word or LibreOffice, or was",
    ]


def test_a_folder_of_nothing_readable_names_its_files_as_well(desk: Path) -> None:
    (desk / "empty").mkdir()
    (desk / "empty" / "owl.png").write_bytes(b"x")

    done = run("empty")

    assert (done.exit_code, "  empty/owl.png is a picture" in done.output) == (2, True)


@pytest.mark.usefixtures("desk")
def test_a_folder_that_cannot_be_opened_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def scan(path: Path) -> Iterator[os.DirEntry[str]]:
        if str(path).endswith("1990s"):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    scandir = os.scandir
    monkeypatch.setattr("pressgen.actions.setup.import_listing.os.scandir", scan)

    assert "  old/1990s cannot be opened: Permission denied" in run("old").output


def test_a_named_file_of_a_kind_that_nobody_reads_says_which(desk: Path) -> None:
    with zipfile.ZipFile(desk / "release.pages", "w") as archive:
        archive.writestr("Index/Document.iwa", "x")

    assert "release.pages: I01 is a Pages document; export it from Pages as Word" in run("release.pages").output


@pytest.mark.parametrize("command", ["import old", "new bridge"])
def test_a_workspace_without_a_house_has_nothing_to_begin_a_release_with(desk: Path, command: str) -> None:
    shutil.rmtree(desk / "templates")
    (desk / "templates").mkdir()

    assert "templates/ has no house" in CliRunner().invoke(main, command.split()).output


def test_the_command_explains_what_it_weighed(desk: Path) -> None:
    (desk / "ferry.txt").write_text(
        "Ferry sails on hydrogen\n\nThe ferry sails on hydrogen from today.\n\n"
        "Contact: Ann Reed, 0400 000 000, a@osier.gov.au\n"
    )

    output = run("ferry.txt", "--explain").output

    assert "releases/ferry/release.yaml: language en-AU, zone Australia/Sydney" in output
    assert re.search(r"country +AU +\+8 +line 5 +domain +osier\.gov\.au", output)
    assert re.search(r"country +AU +\+5 +line 5 +telephone +0400 000 000", output)
    assert re.search(r"headline .* as long as a headline +Ferry sails on hydrogen", output)
    assert re.search(r"zone +likely: Australia has several zones, and no place in the text decides", output)
