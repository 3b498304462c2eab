"""What `pressgen build` says of what it did, and did not do."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Timer

import pytest
from click.testing import CliRunner, Result

from machine import PATIENCE
from pressgen.cli.app import main
from pressgen.cli.watch_files import WATCHING, stop_on_interrupt


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

    assert (found.exit_code, found.output) == (0, "1 release: 1 unchanged\n")


def test_the_end_says_what_became_of_all(office: Path) -> None:
    run("releases/bridge")
    file = office / "releases" / "river" / "release.yaml"
    file.write_text(file.read_text().replace("headline:", "hedline:"))

    found = run("--all")

    assert found.exit_code == 1
    assert found.stderr.splitlines()[-1] == "2 releases: 1 unchanged, 1 refused"
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

    assert found.stdout.splitlines()[-1] == "releases/bridge: made 2 of 2 files: all was to be made, changed or not"


@pytest.mark.usefixtures("office")
def test_what_is_no_release_is_told_before_anything_is_made() -> None:
    found = run("releases/bridge", "releases/nowhere")

    assert found.exit_code == 2
    assert not Path("dist").exists()


@pytest.fixture
def watching(office: Path) -> Iterator[subprocess.Popen[str]]:
    """`pressgen build --watch` over both releases, when it has made what there is and waits."""
    command = [sys.executable, "-m", "pressgen", "build", "--all", "--format", "txt", "--explain", "--watch"]
    with subprocess.Popen(command, cwd=office, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        stuck = Timer(PATIENCE, running.kill)  # then what is read ends, and the test fails
        stuck.start()
        lines(running, 6)
        assert running.stderr
        assert running.stderr.readline() == "2 releases: 2 made\n"
        assert running.stderr.readline() == f"{WATCHING}\n"
        yield running
        stuck.cancel()
        running.send_signal(signal.SIGINT)


def lines(running: subprocess.Popen[str], number: int) -> list[str]:
    assert running.stdout
    return [running.stdout.readline().rstrip() for _ in range(number)]


def change(file: Path, old: str, new: str) -> None:
    """As editors save: written beside it, then renamed."""
    text = file.read_text()
    assert old in text
    file.with_name("saving").write_text(text.replace(old, new))
    file.with_name("saving").rename(file)


def test_watch_makes_again_what_is_saved(office: Path, watching: subprocess.Popen[str]) -> None:
    change(office / "releases" / "river" / "release.yaml", "headline: ", "headline: Saved ")

    assert lines(watching, 3) == [
        "dist/river/embargoed/river.txt",
        "dist/river/public/river.txt",
        "releases/river: made 2 of 2 files: release.yaml changed",
    ]
    assert "Saved" in (office / "dist" / "river" / "public" / "river.txt").read_text()


def test_watch_makes_all_of_a_house_that_is_saved(office: Path, watching: subprocess.Popen[str]) -> None:
    change(office / "templates" / "inspectorate" / "mail.txt", "{{ end }}", "{{end}}")

    told = lines(watching, 6)

    assert [each for each in told if each.startswith("releases/")] == [
        f"releases/{name}: made 2 of 2 files: templates/inspectorate/mail.txt changed" for name in ("bridge", "river")
    ]


def test_watch_says_what_is_wrong_and_goes_on(office: Path, watching: subprocess.Popen[str]) -> None:
    file = office / "releases" / "river" / "release.yaml"
    change(file, "headline:", "hedline:")
    assert watching.stderr
    assert "headline" in watching.stderr.readline()

    change(file, "hedline:", "headline: Mended")

    assert lines(watching, 1) == ["dist/river/embargoed/river.txt"]


def test_watch_ends_with_ctrl_c(watching: subprocess.Popen[str]) -> None:
    watching.send_signal(signal.SIGINT)

    assert watching.wait() == 0


def test_the_first_ctrl_c_is_heard_at_the_next_rest_and_the_second_breaks_off() -> None:
    """In the middle of an import a KeyboardInterrupt would be lost, or end the process by the signal."""
    with stop_on_interrupt() as stopped:
        exec("signal.raise_signal(signal.SIGINT)")  # noqa: S102 - as dataclasses do when they are imported
        assert stopped.is_set()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)

    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_ctrl_c_stays_ignored_where_a_shell_ignores_it() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with stop_on_interrupt() as stopped:
            signal.raise_signal(signal.SIGINT)
        assert not stopped.is_set()
    finally:
        signal.signal(signal.SIGINT, before)


def test_what_only_the_output_folder_lost_comes_from_the_cache(office: Path) -> None:
    run("releases/bridge")
    shutil.rmtree(office / "dist")

    assert "put in place from the cache: " in run("releases/bridge", "--explain").output
