"""Many releases in several processes: whatever becomes of one, the others are made, and every file is whole."""

from __future__ import annotations

import json
import multiprocessing
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Generator
from hashlib import sha256
from pathlib import Path

import pytest

from machine import PATIENCE
from pressgen.actions.build.build import BuildRequest, BuildResult
from pressgen.actions.build.build_many import build_many
from pressgen.actions.build.cache import BuildCache
from pressgen.actions.workspace.folder import Workspace
from pressgen.errors import InputError
from pressgen.model.artifact import Format

NUMBER = 8
LONG = "-and-its-approach-roads" * 6
"""A name so long that the lines about a few releases fill a pipe: the command waits there until somebody reads on."""
PIPE = 4096


@pytest.fixture
def files(workspace: Path) -> list[Path]:
    """Eight releases that differ."""
    first = workspace / "releases" / "bridge"
    for number in range(NUMBER):
        folder = workspace / "releases" / f"bridge-{number}{LONG}"
        shutil.copytree(first, folder)
        text = (folder / "release.yaml").read_text()
        (folder / "release.yaml").write_text(text.replace("B-1", f"B-{number}").replace("opens", f"{number} opens"))
    shutil.rmtree(first)
    return sorted((workspace / "releases").glob("*/release.yaml"))


def made_of(
    workspace: Path, files: list[Path], jobs: int, out: str = "dist"
) -> Generator[tuple[Path, BuildResult | InputError]]:
    here = Workspace(workspace)
    requests = [BuildRequest(here, file, [Format.DOCX, Format.TXT], out=workspace / out) for file in files]
    return build_many(requests, BuildCache(here), jobs)


def made(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_two_processes_make_what_one_makes(workspace: Path, files: list[Path]) -> None:
    one = dict(made_of(workspace, files, 1, "one"))
    shutil.rmtree(workspace / ".pressgen")
    two = dict(made_of(workspace, files, 2, "two"))

    assert made(workspace / "one") == made(workspace / "two")
    assert len(made(workspace / "two")) == NUMBER * 6
    assert sorted(one) == sorted(two) == files


def test_nothing_is_made_twice_by_whichever_process(workspace: Path, files: list[Path]) -> None:
    list(made_of(workspace, files, 2))

    assert [outcome for _, outcome in made_of(workspace, files, 2)] == [BuildResult()] * NUMBER


def test_a_bad_release_does_not_stop_the_others(workspace: Path, files: list[Path]) -> None:
    files[0].write_text("house: inspectorate\n")
    files[3].write_text(files[3].read_text().replace("by: ray", "by: roy"))

    outcomes = dict(made_of(workspace, files, 2))

    refused = {file: outcome for file, outcome in outcomes.items() if isinstance(outcome, InputError)}
    assert sorted(refused) == [files[0], files[3]]
    assert {problem.code for problem in refused[files[3]].problems} == {"R07"}
    assert len(list((workspace / "dist").iterdir())) == NUMBER - 2


def test_a_release_whose_process_is_killed_is_told_and_the_others_are_made(workspace: Path, files: list[Path]) -> None:
    outcomes = []
    for file, outcome in made_of(workspace, files, 2):
        if not outcomes:
            os.kill(multiprocessing.active_children()[0].pid or 0, signal.SIGKILL)
        outcomes.append((file, outcome))

    assert sorted(file for file, _ in outcomes) == files
    problems = [problem for _, outcome in outcomes if isinstance(outcome, InputError) for problem in outcome.problems]
    assert [problem.code for problem in problems] in ([], ["B02"])  # killed between two releases, it had made its own
    assert (
        NUMBER - len(problems) <= len(list((workspace / "dist").iterdir())) <= NUMBER
    )  # or put in place, and not told


def test_what_a_killed_process_left_is_whole_after_the_next_build(workspace: Path, files: list[Path]) -> None:
    for number, _ in enumerate(made_of(workspace, files, 2)):
        if not number:
            os.kill(multiprocessing.active_children()[0].pid or 0, signal.SIGKILL)

    assert {type(outcome) for _, outcome in made_of(workspace, files, 2)} == {BuildResult}
    assert whole(workspace / "dist")


def test_half_a_file_that_a_killed_build_left_is_deleted(workspace: Path, files: list[Path]) -> None:
    list(made_of(workspace, files[:1], 1))
    manifest = next((workspace / "dist").rglob("manifest.json"))
    manifest.with_name(f".{'0f' * 8}.part").write_bytes(b"%PDF-1.7")
    files[0].write_text(files[0].read_text().replace("opens", "reopens"))

    list(made_of(workspace, files[:1], 1))

    assert whole(workspace / "dist")


def test_who_stops_listening_leaves_no_process(workspace: Path, files: list[Path]) -> None:
    outcomes = made_of(workspace, files, 2)
    next(outcomes)
    outcomes.close()

    assert multiprocessing.active_children() == []
    assert whole(workspace / "dist")


def test_ctrl_c_leaves_every_file_whole_and_no_process_and_the_command_goes_on(
    workspace: Path, files: list[Path]
) -> None:
    command = [sys.executable, "-m", "pressgen", "build", "--all", "--jobs", "2"]
    with subprocess.Popen(
        command, cwd=workspace, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
        pipesize=PIPE,
    ) as running:  # fmt: skip
        assert running.stdout
        first = running.stdout.readline()
        os.killpg(running.pid, signal.SIGINT)  # as a terminal does: everybody hears it
        _, said = running.communicate()

    assert first.startswith("dist/bridge-")
    assert running.returncode == 130, said
    assert said == "Stopped. No file is damaged; run the same command again to continue\n"
    assert gone(running.pid)
    assert whole(workspace / "dist")
    assert 0 < len(list((workspace / "dist").iterdir())) < len(files)

    again = subprocess.run(command, cwd=workspace, capture_output=True, text=True, check=False)

    assert again.returncode == 0
    assert "unchanged" in again.stderr
    assert len(list((workspace / "dist").iterdir())) == len(files)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells which signals a process blocks")
@pytest.mark.usefixtures("files")
def test_ctrl_c_does_not_reach_what_starts_workers(workspace: Path) -> None:
    command = [sys.executable, "-m", "pressgen", "build", "--all", "--jobs", "2"]
    pipe = {"stdout": subprocess.PIPE, "pipesize": PIPE}
    with subprocess.Popen(command, cwd=workspace, start_new_session=True, **pipe) as running:
        assert running.stdout
        running.stdout.readline()
        children = Path(f"/proc/{running.pid}/task/{running.pid}/children").read_text().split()
        (server,) = (each for each in children if b"forkserver" in Path(f"/proc/{each}/cmdline").read_bytes())
        blocked = re.search(r"^SigBlk:\s*(\w+)", Path(f"/proc/{server}/status").read_text(), re.MULTILINE)
        running.terminate()

    assert blocked
    assert int(blocked[1], 16) & 1 << signal.SIGINT - 1


def gone(group: int) -> bool:
    """Whether no process of the group is left, a moment after its first has ended."""
    for _ in range(10 * PATIENCE):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


def whole(dist: Path) -> bool:
    """Whether everything that lies there is as its manifest says, and nothing else lies there."""
    lying = {path for path in dist.rglob("*") if path.is_file()}
    told = set(dist.rglob("manifest.json"))
    for manifest in list(told):
        for name, output in json.loads(manifest.read_text())["outputs"].items():
            assert sha256((manifest.parent / name).read_bytes()).hexdigest() == output["sha256"]
            told.add(manifest.parent / name)
    return lying == told
