"""`pressgen check --watch`: a save shows what is wrong now, and Ctrl-C ends it quietly."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from machine import PATIENCE, ROOT
from messages.recording import RECORDER
from pressgen.cli.watch_files import WATCHING
from pressgen.files.atomic import write_into

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

RELEASE = """\
reference: B-1
house: inspectorate
headline: Bridge opens on Tuesday 8 May 2019
times: {zone: Europe/London, publish: 2019-05-08 10:00}
people: {ray: {name: Dr Ada Ray, role: Engineer, phone: 01632 960000, email: ray@example.org}}
body:
  - The bridge is open.
contacts: [ray]
"""


@pytest.fixture
def release(tmp_path: Path) -> Path:
    """A release with a wrong weekday, in a workspace of its own."""
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    folder = tmp_path / "releases" / "bridge"
    folder.mkdir(parents=True)
    (folder / "release.yaml").write_text(RELEASE)
    return folder / "release.yaml"


class Watching:
    """A `pressgen check --watch` that runs, and what it has printed."""

    def __init__(self, folder: Path) -> None:
        command = [sys.executable, "-m", "pressgen", "check", "--watch", "releases/bridge"]
        self.said = folder / "said"
        with self.said.open("w") as out:
            self.process = subprocess.Popen(command, cwd=folder, stdout=out, stderr=out)

    def wait_for(self, words: str) -> str:
        """What it has printed, once `words` are among it."""
        end = time.monotonic() + PATIENCE
        while words not in (told := self.said.read_text()):
            assert time.monotonic() < end, told
            assert self.process.poll() is None, told
            time.sleep(0.05)
        RECORDER.hear(told)
        return told

    def stop(self) -> int:
        """Press Ctrl-C; the exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE)


@pytest.fixture
def watching(release: Path) -> Iterator[Watching]:
    """It, once it has said what is wrong at first and waits."""
    started = Watching(release.parents[2])
    try:
        started.wait_for("1 error")
        started.wait_for(WATCHING)
        yield started
    finally:
        if started.process.poll() is None:
            started.process.kill()
            started.process.wait()


def test_a_save_shows_what_is_wrong_now(release: Path, watching: Watching) -> None:
    assert "T01" in watching.wait_for("T01 8 May 2019 is a Wednesday")

    release.write_text(RELEASE.replace("The bridge is open.", "Tolls are £TBC."))

    assert "N07" in watching.wait_for("placeholder “TBC”")


def test_a_save_by_an_editor_that_renames_is_seen(release: Path, watching: Watching) -> None:
    write_into(release.parent, {release.name: RELEASE.replace("Tuesday", "Wednesday").encode()})

    watching.wait_for("1 release: 2 style notes")
    assert watching.stop() == 0


def test_ctrl_c_ends_it_with_the_code_of_the_last_check_and_no_traceback(watching: Watching) -> None:
    assert watching.stop() == 1
    assert "Traceback" not in watching.said.read_text()


def test_a_release_that_cannot_be_read_for_a_moment_does_not_end_it(release: Path, watching: Watching) -> None:
    release.write_text("headline: [")
    watching.wait_for("Y0")

    release.write_text(RELEASE.replace("Tuesday", "Thursday"))

    watching.wait_for("not a Thursday")


def test_a_release_that_is_gone_for_a_moment_does_not_end_it(release: Path, watching: Watching) -> None:
    release.unlink()
    watching.wait_for("holds no release")

    release.write_text(RELEASE.replace("Tuesday", "Thursday"))

    watching.wait_for("not a Thursday")
    assert watching.stop() == 1
