"""A file that a killed save left beside a release is explained, by build and by check, and not deleted."""

from __future__ import annotations

import fcntl
import os
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from pressgen.actions.workspace.folder import Workspace
from pressgen.actions.workspace.leftovers import describe_leftovers
from pressgen.actions.workspace.replace_files import SWAP, compute_short_digest
from pressgen.cli.app import main

if TYPE_CHECKING:
    from pathlib import Path

OLD, NEW = b"old", b"new"


def leave(workspace: Path, content: bytes) -> Path:
    """A file as it is ready to be swapped."""
    folder = workspace / "releases" / "bridge"
    left = folder / f".release.yaml.{compute_short_digest(OLD)}.{compute_short_digest(NEW)}{SWAP}"
    left.write_bytes(content)
    return left


@pytest.mark.parametrize("command", ["build", "check"])
def test_a_leftover_is_told_with_what_it_is_and_what_to_do(workspace: Path, command: str) -> None:
    left = leave(workspace, OLD)

    done = CliRunner().invoke(main, [command, str(left.parent), "--workspace", str(workspace)])

    assert f"releases/bridge/{left.name}: left by a command that was killed while it saved release.yaml" in done.stderr
    assert "The next save deletes it, or you can" in done.stderr
    assert left.read_bytes() == OLD


def test_somebody_elses_save_in_it_is_not_called_superfluous(workspace: Path) -> None:
    left = leave(workspace, b"what somebody typed")

    [line] = describe_leftovers(Workspace(workspace), left.parent)

    assert "it has what somebody else saved at that moment" in line


def test_while_a_command_is_saving_nothing_is_said(workspace: Path) -> None:
    left = leave(workspace, OLD)
    handle = os.open(left.parent, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)

    assert describe_leftovers(Workspace(workspace), left.parent) == []

    os.close(handle)
    assert len(describe_leftovers(Workspace(workspace), left.parent)) == 1
