"""What `pressgen build` says of what it did, and did not do."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pressgen.cli.app import main


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["build", "--format", "txt", *arguments])


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with two releases, and the current folder."""
    CliRunner().invoke(main, ["init", str(tmp_path)])
    monkeypatch.chdir(tmp_path)
    for name in ("bridge", "river"):
        CliRunner().invoke(main, ["new", name])
    return tmp_path


@pytest.mark.usefixtures("office")
def test_a_release_that_is_as_it_was_is_counted() -> None:
    run("releases/bridge")

    found = run("releases/bridge")

    assert (found.exit_code, found.output) == (0, "1 release: 1 as before\n")


def test_the_end_says_what_became_of_all(office: Path) -> None:
    run("releases/bridge")
    file = office / "releases" / "river" / "release.yaml"
    file.write_text(file.read_text().replace("headline:", "hedline:"))

    found = run("--all")

    assert found.exit_code == 1
    assert found.stderr.splitlines()[-1] == "2 releases: 1 as before, 1 refused"
    assert "R01" in found.stderr


def test_explain_names_what_changed(office: Path) -> None:
    run("--all", "--jobs", "1")
    style = office / "templates" / "inspectorate" / "mail.txt"
    style.write_text(style.read_text() + "\n")
    file = office / "releases" / "river" / "release.yaml"
    file.write_text(f"{file.read_text()}\n")

    found = run("--all", "--explain", "--jobs", "1")

    told = sorted(line for line in found.stdout.splitlines() if line.startswith("releases/"))
    assert told == [
        "releases/bridge: made 2 of 2 files: templates/inspectorate/mail.txt changed",
        "releases/river: made 2 of 2 files: release.yaml changed, templates/inspectorate/mail.txt changed",
    ]
    assert "releases/bridge: nothing has changed" in run("--all", "--explain").stdout


@pytest.mark.usefixtures("office")
def test_force_makes_what_has_not_changed() -> None:
    run("releases/bridge")

    found = run("releases/bridge", "--force", "--explain")

    assert found.stdout.splitlines()[-1] == "releases/bridge: made 2 of 2 files: --force"


@pytest.mark.usefixtures("office")
def test_what_is_no_release_is_told_before_anything_is_made() -> None:
    found = run("releases/bridge", "releases/nowhere")

    assert found.exit_code == 2
    assert not Path("dist").exists()
