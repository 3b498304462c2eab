"""What a copied house kept of another body is found by `template check`."""

from __future__ import annotations

import io
import shutil
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from machine import ROOT
from pressgen import api
from pressgen.actions.setup.samples import TOUR
from pressgen.actions.setup.start import create_workspace
from pressgen.actions.setup.template import check_house
from pressgen.actions.workspace.folder import find_workspace
from pressgen.cli.app import main

OLD, NEW = "Inspectorate of Custody and Resettlement", "The Hearth Trust"
LOGO = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M1 1h7v7z"/></svg>'


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    """The folder of the houses, in a workspace that has both of pressgen's."""
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    (tmp_path / "releases").mkdir()
    return tmp_path / "templates"


def copy_house(templates: Path, source: str = "inspectorate", old: str = OLD, new: str = NEW) -> Path:
    """Copy a house, and change its name and logo as somebody does who never opens the Word file."""
    house = shutil.copytree(templates / source, templates / "hearth")
    (house / "logo.svg").write_bytes(LOGO)
    text = (house / "house.yaml").read_text()
    (house / "house.yaml").write_text(text.partition("\nlanguages:")[0].replace(old, new) + "\n")
    return house


def edit_word(house: Path, change: dict[str, tuple[bytes, bytes]]) -> None:
    """Replace bytes in parts of a house's Word file."""
    out = io.BytesIO()
    with zipfile.ZipFile(house / "release.docx") as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            before, after = change.get(name, (b"", b""))
            new.writestr(name, old.read(name).replace(before, after) if before else old.read(name))
    (house / "release.docx").write_bytes(out.getvalue())


def warnings(templates: Path) -> list[str]:
    report = check_house(find_workspace(templates.parent, [], templates.parent), "hearth")
    assert report.problems == []
    return [str(each) for each in report.warnings]


def test_the_logo_in_the_word_file_of_a_copied_house_is_found(templates: Path) -> None:
    copy_house(templates)

    (line,) = warnings(templates)

    assert line.startswith(
        "templates/hearth/release.docx: P12 warning: the picture in its first-page header is that of"
    )
    assert "the house inspectorate, whose logo is another; replace it in Word (right-click, Change Picture)" in line


def test_a_logo_without_a_description_is_found_by_its_bytes(templates: Path) -> None:
    copy_house(templates, "university", "Ashgrove State University")

    assert any("the picture in its first-page header is that of the house university" in each
               for each in warnings(templates))  # fmt: skip


def test_an_old_description_is_found_where_the_old_house_is_gone(templates: Path) -> None:
    copy_house(templates)
    shutil.rmtree(templates / "inspectorate")

    (line,) = warnings(templates)

    assert f"is described as “{OLD}”, but the house’s logo as “{NEW}”" in line


def test_a_house_without_a_logo_is_compared_by_its_name(templates: Path) -> None:
    house = copy_house(templates)
    shutil.rmtree(templates / "inspectorate")
    text = (house / "house.yaml").read_text()
    (house / "house.yaml").write_text(text.replace(f"logo:\n  file: logo.svg\n  alt: {NEW}\n", ""))

    (line,) = warnings(templates)

    assert f"is described as “{OLD}”, but the house is called “{NEW}”" in line


def test_a_replaced_picture_with_its_description_is_free(templates: Path) -> None:
    house = copy_house(templates)
    with zipfile.ZipFile(house / "release.docx") as word:
        picture = word.read("word/media/mark.png")
    edit_word(house, {
        "word/header2.xml": (OLD.encode(), NEW.encode()), "word/media/mark.png": (picture, picture + b"\0"),
    })  # fmt: skip

    assert warnings(templates) == []


def test_two_houses_of_one_body_may_share_its_logo(templates: Path) -> None:
    house = copy_house(templates)
    shutil.copy(templates / "inspectorate" / "logo.svg", house / "logo.svg")
    edit_word(house, {"word/header2.xml": (OLD.encode(), NEW.encode())})

    assert warnings(templates) == []


def test_another_name_in_the_text_of_the_word_file_is_found(templates: Path) -> None:
    house = copy_house(templates)
    edit_word(house, {"word/footer1.xml": (b"Page ", b"INSPECTORATE of Custody  and Resettlement, page ")})

    assert any(f"its text has “{OLD}”, the name of the house inspectorate" in each for each in warnings(templates))


@pytest.mark.parametrize("file", ["mail.txt", "release.html"])
def test_another_name_in_a_template_is_found_at_its_place(templates: Path, file: str) -> None:
    house = copy_house(templates)
    text = (house / file).read_text()
    (house / file).write_text(f"{text.rstrip()}\n{OLD}\n")

    line = (
        f"templates/hearth/{file}:{text.rstrip().count(chr(10)) + 2}:1: P12 warning: “{OLD}” is the name of the house"
    )
    assert any(each.startswith(line) for each in warnings(templates))


def test_a_name_within_the_own_name_is_free(templates: Path) -> None:
    house = copy_house(templates)
    university = templates / "university" / "house.yaml"
    university.write_text(university.read_text().replace("Ashgrove State University", "Hearth"))
    (house / "mail.txt").write_text(f"{NEW}\n" + (house / "mail.txt").read_text())

    assert not any("“Hearth”" in each for each in warnings(templates))


def test_the_command_does_not_say_that_nothing_is_wrong(templates: Path) -> None:
    copy_house(templates)

    found = CliRunner().invoke(main, ["template", "check", "hearth", "--workspace", str(templates.parent)])

    assert (found.exit_code, found.output.splitlines()[-1]) == (0, "hearth: no fault, but 1 warning; look at each")


def test_a_check_of_a_release_blames_the_logo_for_its_text(tmp_path: Path) -> None:
    create_workspace(tmp_path / "office", samples=True, now=datetime.now(UTC))
    logo = tmp_path / "office" / "templates" / "inspectorate" / "logo.svg"
    logo.write_bytes(LOGO.replace(b"<path", b'<text font-family="sans-serif">Hearth</text><path'))

    found = api.check(tmp_path / "office" / "releases" / TOUR, now=datetime.now(UTC))

    assert [(each.code, each.place.file) for each in found.problems if each.code != "AT"] == [
        ("P11", "templates/inspectorate/logo.svg")
    ]
