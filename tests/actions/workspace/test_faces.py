"""Faces of the machine are taken for the letters of a release, and only then."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from pressgen.actions.workspace.fonts import add_machine_fonts
from pressgen.cli.app import main
from pressgen.model.house import FontFace, HouseFolder
from render.folders import small

TEMPLATES = Path(__file__).parents[3] / "templates"
FONT = TEMPLATES / "inspectorate/fonts/SourceSans3-Regular.ttf"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user with a font of their own, for Arabic."""
    folder = tmp_path / ".fonts" / "deeper"
    folder.mkdir(parents=True)
    shutil.copy(FONT, folder / "of-this-test.ttf")
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


def house(file: str) -> HouseFolder:
    return small(faces=(FontFace(family="F", file=file, package="fonts-f", letters=("ARABIC",)),))


@pytest.mark.usefixtures("home")
def test_a_face_joins_the_files_of_a_house_where_its_letters_are_used() -> None:
    folder = house("of-this-test.ttf")

    assert add_machine_fonts(folder, "Name: سلمى").files["fonts/of-this-test.ttf"] == FONT.read_bytes()
    assert add_machine_fonts(folder, "Name: Salma, Łódź, 王") is folder


def test_a_face_that_is_not_there_is_left_out() -> None:
    folder = house("nowhere-at-all.ttf")

    assert add_machine_fonts(folder, "Name: سلمى") is folder


def test_doctor_tells_the_faces_that_the_houses_name(workspace: Path) -> None:
    sheet = workspace / "templates" / "inspectorate" / "house.yaml"
    sheet.write_text(sheet.read_text().replace("NotoSansArabic-Regular.ttf", "NowhereAtAll.ttf"))

    told = CliRunner().invoke(main, ["doctor", "--workspace", str(workspace)]).output

    assert "lacks  NowhereAtAll.ttf: sets Arabic letters of PDF files\n        apt-get install fonts-noto-core" in told


def test_the_manifest_records_the_faces_of_the_machine(workspace: Path, home: Path) -> None:
    shutil.copy(FONT, home / ".fonts" / "recorded.ttf")
    sheet = workspace / "templates" / "inspectorate" / "house.yaml"
    sheet.write_text(sheet.read_text().replace("NotoSansArabic-Regular.ttf", "recorded.ttf"))
    release = workspace / "releases" / "bridge" / "release.yaml"
    release.write_text(release.read_text().replace("Dr Ada Ray", "Dr Ada Ray (رايٍ)"))

    CliRunner().invoke(main, ["build", str(release.parent), "--format", "txt", "--workspace", str(workspace)])

    assert (
        '"templates/inspectorate/fonts/recorded.ttf"'
        in (workspace / "dist" / "bridge" / "public" / "manifest.json").read_text()
    )
