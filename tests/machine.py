"""What this machine has for the fullest tests; a test that lacks its tool skips, but not where all must run."""

from __future__ import annotations

import importlib.util
import os
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"


def need_program(name: str) -> str:
    """The path of a program."""
    found = shutil.which(name)
    if found is None:
        lack(f"{name} is not installed")
    return str(found)


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
