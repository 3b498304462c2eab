"""What the README promises is so: its commands run, in order, as they stand there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner

from machine import PATIENCE, ROOT, build_wheel, need_program
from pressgen.cli.app import main

README = (ROOT / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
PARTS = ["Who it is for", "Install", "Five minutes", "Your brand", "I want to …", "Licence, help, contributing"]
NOT_RUN = {
    "sudo apt-get install git make python3": "it changes the machine; the tests run on one that has them",
    "make release": "it makes the environment that these tests run in, with packages from the network",
    "make test": "it runs these very tests",
    ". .venv/bin/activate": "it needs the environment of make release; the tests put their own first",
    "make wheel": "it needs the environment of make release; test_the_wheel_is_built does the same",
    "pipx install dist/pressgen-*.whl": "test_the_wheel_that_pipx_installs_… does the same in a home of its own",
    "docker build --tag pressgen .": "it fetches an image from the network; the file is tested below",
    'docker run --rm --user "$(id -u):$(id -g)" --volume "$PWD:/work" pressgen build --all': "it needs that image",
}
"""The commands of the README that no test runs, each with the reason."""


class Step(NamedTuple):
    """A command of the README, the exit code that it names, and what the README shows of its output."""

    command: str
    code: int
    shown: str


def read_steps() -> list[Step]:
    """Every command of every block, in order; a `text` block is what the command before it prints."""
    found: list[Step] = []
    for kind, text in BLOCKS:
        if kind == "text":
            found[-1] = found[-1]._replace(shown=text)
            continue
        for line in text.splitlines():
            command, _, remark = re.sub(r"\s{2,}# ", "\0", line).partition("\0")
            code = re.match(r"exit code (\d)", remark)
            found.append(Step(command, int(code[1]) if code else 0, ""))
    return found


OWN = Path(sys.executable).parent
STEPS = read_steps()
RUN = [each for each in STEPS if each.command not in NOT_RUN]


def test_the_readme_is_short_and_in_its_order() -> None:
    assert len(README.splitlines()) <= 150
    assert re.findall(r"^## (.*)$", README, re.MULTILINE) == PARTS


def test_every_block_is_a_command_or_what_one_prints() -> None:
    assert {kind for kind, _ in BLOCKS} == {"sh", "text"}
    assert sum(bool(each.shown) for each in STEPS) == sum(kind == "text" for kind, _ in BLOCKS)


def test_only_what_changes_the_machine_or_needs_the_network_is_not_run() -> None:
    assert sorted(NOT_RUN) == sorted(each.command for each in STEPS if each.command in NOT_RUN)
    assert not [each for each in NOT_RUN if each.startswith("pressgen ")]
    assert RUN[0].command == "pressgen init newsroom --samples"


def run_readme(folder: Path, home: Path, programs: Path) -> Path:
    """Run the README's commands with the programs of a folder first; the last folder that they are in."""
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH" or programs == OWN}
    for step in RUN:
        done = subprocess.run(
            ["bash", "-c", f"{step.command}\ncode=$?; pwd > {home}/folder; exit $code"],
            cwd=folder, env={**environment, "PATH": path, "HOME": str(home)}, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, timeout=PATIENCE,
        )  # fmt: skip
        folder = Path((home / "folder").read_text().strip())

        assert done.returncode == step.code, f"{step.command}\n{done.stdout}"
        assert step.shown in done.stdout, f"{step.command}\n{done.stdout}"
        assert "Traceback" not in done.stdout, done.stdout
    return folder


def test_every_command_runs_in_order_in_an_empty_folder_and_prints_what_is_shown(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()

    folder = run_readme(tmp_path, tmp_path / "home", OWN)

    assert (folder / "public" / "index.html").is_file()
    assert {each.name for each in (folder / "outbox" / "elmbrook-reading").iterdir()} >= {
        "elmbrook-reading-EMBARGOED.docx", "elmbrook-reading-EMBARGOED.pdf",
    }  # fmt: skip
    assert {each.suffix for each in (folder / "dist" / "elmbrook-reading" / "public").iterdir()} == {
        ".docx", ".pdf", ".html", ".txt", ".json",
    }  # fmt: skip


def test_the_wheel_that_pipx_installs_in_an_empty_home_passes_the_readme(tmp_path: Path) -> None:
    pipx, home, work = need_program("pipx"), tmp_path / "home", tmp_path / "work"
    home.mkdir()
    work.mkdir()
    mine = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PIPX", "VIRTUAL_ENV"))}

    installed = subprocess.run(
        [pipx, "install", "--python", sys.executable, build_wheel(ROOT, tmp_path)],
        env={**mine, "HOME": str(home)}, capture_output=True, text=True, check=False, timeout=PATIENCE,
    )  # fmt: skip

    assert installed.returncode == 0, installed.stderr
    assert (home / ".local" / "bin" / "pressgen").is_symlink()
    run_readme(work, home, home / ".local" / "bin")


def test_every_file_that_is_linked_is_there() -> None:
    links = re.findall(r"\]\((?!http)([^)#]+)\)", README)

    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_every_chapter_of_the_manual_is_linked() -> None:
    linked = set(re.findall(r"src/pressgen/manual/([\w-]+)\.md", README))

    assert linked == {each.stem for each in (ROOT / "src" / "pressgen" / "manual").glob("*.md")}


@pytest.mark.parametrize("target", ["release", "test", "wheel"])
def test_every_make_target_that_is_named_exists(target: str) -> None:
    assert f"make {target}" in README
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(), re.MULTILINE)


def test_the_wheel_is_built_with_the_samples(tmp_path: Path) -> None:
    assert "python -m hatchling build --target wheel" in (ROOT / "Makefile").read_text()

    wheel = build_wheel(ROOT, tmp_path)

    names = subprocess.run(
        [sys.executable, "-m", "zipfile", "-l", wheel], check=True, capture_output=True, text=True
    ).stdout
    for name in ("releases/pressgen.yaml", "releases/elmbrook-reading/release.yaml", "releases/lists/national.csv"):
        assert f"pressgen/starter/{name}" in names


def test_the_container_is_made_with_the_scripts_that_make_release_calls() -> None:
    recipe = (ROOT / "Dockerfile").read_text()
    release = re.search(r"^\$\(RELEASE_READY\):.*\n((?:\t.*\n)+)", (ROOT / "Makefile").read_text(), re.MULTILINE)

    assert release
    for script in (".ci/system", ".ci/environment"):
        assert script in recipe
        assert script in release[1]


@pytest.mark.parametrize("folder", sorted(path.parent for path in (ROOT / "releases").glob("*/release.yaml")))
def test_every_sample_builds(folder: Path, tmp_path: Path) -> None:
    built = CliRunner().invoke(main, ["build", str(folder), "--out", str(tmp_path), "--workspace", str(ROOT)])

    assert built.exit_code == 0, built.output
