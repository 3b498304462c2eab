"""What this machine has for the fullest tests; a test that lacks its tool skips, but not where all must run."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
PATIENCE = 300
"""Seconds to wait for anything: far more than it takes, for no test says how fast a machine is."""


@cache
def listed_programs() -> dict[str, list[str]]:
    """The packages of each program that `.ci/system` installs for the tests; those without a program are under “-”."""
    found: dict[str, list[str]] = {}
    listed = subprocess.run([ROOT / ".ci" / "system", "--list"], capture_output=True, text=True, check=True).stdout
    for line in filter(None, listed.splitlines()):
        program, *packages = line.split()
        found.setdefault(program, []).extend(packages)
    return found


def need_program(name: str) -> str:
    """The path of a program, which must be one that `.ci/system` installs."""
    assert name in listed_programs(), f"{name} is not in .ci/system: give it a line there, with its package"
    found = shutil.which(name)
    if found is None:
        lack(f"{name} is not installed")
    return str(found)


def need_root() -> None:
    """An account that may give files away and act as others."""
    if os.geteuid() != 0:
        lack("only root can do this")


def need_module(name: str) -> None:
    """A Python package that only some machines can use."""
    if importlib.util.find_spec(name) is None:
        lack(f"the Python package {name} is not installed")


def need_shared(*parts: str) -> Path:
    """A file or folder beside the project, which a checkout by itself does not have."""
    path = SHARED.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"{path} is not here")
    return path


def lack(reason: str) -> None:
    """Skip the test that lacks something of the machine, or fail it where all must run."""
    if os.environ.get("PRESSGEN_TESTS") == "all":
        pytest.fail(reason)
    pytest.skip(reason)


def build_wheel(source: Path, folder: Path) -> Path:
    """Build the wheel of a project into a folder, as `make wheel` does."""
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    before = set(folder.glob("*.whl"))
    subprocess.run(build, cwd=source, check=True, capture_output=True, timeout=PATIENCE)
    (wheel,) = set(folder.glob("*.whl")) - before
    return wheel
