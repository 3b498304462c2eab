"""The lock files hold what pyproject.toml asks for, each file by its hash."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from locks import read_lock
from machine import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
EXTRAS = PROJECT["project"]["optional-dependencies"]
ASKED = {
    "release": [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["build"]],
    "test": EXTRAS["test"] + EXTRAS["docs"],
    "test-java": EXTRAS["java"],
}
WITHIN = {"release": ["release"], "test": ["release", "test"], "test-java": ["release", "test", "test-java"]}
LOCKS = sorted(WITHIN)


@pytest.mark.parametrize("lock", LOCKS)
def test_every_direct_dependency_is_locked_within_its_bounds(lock: str) -> None:
    """Where it fails, `make lock` writes the files anew."""
    locked = read_lock(lock)
    for line in [line for name in WITHIN[lock] for line in ASKED[name]]:
        asked = Requirement(line)
        pins = [each for each in locked if each.name == canonicalize_name(asked.name)]

        assert pins, f"{asked.name} is not in lock/{lock}.txt: run make lock"
        assert all(asked.specifier.contains(each.version, prereleases=True) for each in pins), line


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_hashes(lock: str) -> None:
    assert [each.name for each in read_lock(lock) if not each.hashes] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_host(lock: str) -> None:
    text = (ROOT / "lock" / f"{lock}.txt").read_text()

    assert "://" not in text
    assert [line for line in text.splitlines() if line.startswith("-") or " @ " in line] == []


def test_what_is_in_two_locks_is_the_same_in_both() -> None:
    release, test, java = (
        {(each.name, each.version, each.hashes) for each in read_lock(name)}
        for name in ("release", "test", "test-java")
    )

    assert release <= test <= java


def test_what_builds_pressgen_is_what_is_locked() -> None:
    build = {Requirement(line).name for line in PROJECT["build-system"]["requires"]}

    assert build <= {Requirement(line).name for line in PROJECT["dependency-groups"]["build"]}


def test_an_environment_that_another_python_made_is_made_again(tmp_path: Path) -> None:
    """Its packages are for another Python; nothing is installed here, as the lock names a package that is nowhere."""
    folder = tmp_path / "environment"
    (folder / "bin").mkdir(parents=True)
    old = folder / "bin" / "python"
    old.write_text("#!/bin/sh\necho 3.11.0 in /elsewhere\n")
    old.chmod(0o755)
    lock = tmp_path / "lock.txt"
    lock.write_text("no-such-package==1 --hash=sha256:0\n")

    ran = subprocess.run(
        [ROOT / ".ci" / "environment", folder, sys.executable, lock], capture_output=True, text=True, check=False
    )

    assert ran.returncode != 0  # nothing is installed that the lock does not have by its hash
    assert "was made by Python 3.11.0 in /elsewhere; making it again with Python" in ran.stdout
    assert re.match(r"home = ", (folder / "pyvenv.cfg").read_text())


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("exit 1", "does not run"),
        ('case "$2" in *exit*) exit 1;; *) echo 3.9.1 in /old;; esac', "needs Python 3.11 or later"),
    ],
)
def test_a_python_that_cannot_be_used_is_refused(script: str, said: str, tmp_path: Path) -> None:
    python = tmp_path / "python"
    python.write_text(f"#!/bin/sh\n{script}\n")
    python.chmod(0o755)

    ran = subprocess.run(
        [ROOT / ".ci" / "environment", tmp_path / "environment", python, ROOT / "lock" / "release.txt"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert ran.returncode == 1
    assert said in ran.stderr
    assert not (tmp_path / "environment").exists()
