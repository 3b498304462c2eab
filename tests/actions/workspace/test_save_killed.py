"""Saves that are killed at every step, and saves against an editor who saves at the same moment."""

from __future__ import annotations

import os
import random
import signal
import sys
import threading
import time
from pathlib import Path

import pytest

from actions.workspace.savers import WAYS, both, left_over, opens, put, save
from pressgen.actions.workspace.bundle import hash_content
from pressgen.actions.workspace.replace_files import SHORT, SWAP
from pressgen.errors import InputError

STEPS = {"open", "os.rename", "os.link", "os.remove", "fcntl.flock", "fcntl.fcntl", "os.chmod", "os.chown"}
"""The audit events (PEP 578) of the calls that a save makes to the disk."""
TRIALS = 40


def killed_at(step: int, folder: Path, *changes: object) -> bool:
    """Save in a process of its own that is killed before its call `step` to the disk; False if it ended before."""
    child = os.fork()
    if child == 0:
        left = [step]

        def count(event: str, _: object) -> None:
            if event in STEPS or event.startswith("ctypes.call"):
                left[0] -= 1
                if left[0] < 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        try:
            sys.addaudithook(count)
            save(folder, *changes)  # type: ignore[arg-type]
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def test_a_save_killed_at_any_step_leaves_whole_files_and_is_completed(workspace: Path) -> None:
    folder = workspace / "releases" / "bridge"
    file, other = folder / "release.yaml", folder / "release.cy.yaml"
    changes = both(folder)
    old, new = changes[0].before, changes[0].after
    assert old is not None
    step, states = 0, set[tuple[bool, bool]]()
    while killed_at(step, folder, *changes):
        found = file.read_bytes(), other.read_bytes()
        assert set(found) <= {old, new}, step
        states.add((found[0] == new, found[1] == new))

        save(folder, *changes)

        assert (file.read_bytes(), other.read_bytes(), left_over(folder)) == (new, new, []), step
        file.write_bytes(old)
        other.write_bytes(old)
        step += 1
    assert {(False, False), (True, True)} <= states  # kills before and behind the swaps


def test_a_save_that_a_killed_command_took_out_is_brought_back(workspace: Path) -> None:
    folder = workspace / "releases" / "bridge"
    file = folder / "release.yaml"
    before = file.read_bytes()
    change, theirs = opens(before), put(before, "Bridge opens", "Bridge opens at last")
    both_digests = f"{hash_content(before)[:SHORT]}.{hash_content(change.after)[:SHORT]}"
    (folder / f".release.yaml.{both_digests}{SWAP}").write_bytes(theirs)
    file.write_bytes(change.after)

    save(folder, change)

    assert file.read_bytes() == put(change.after, "Bridge opens", "Bridge opens at last")
    assert left_over(folder) == []


@pytest.mark.parametrize("way", WAYS)
def test_no_save_of_an_editor_is_ever_lost(workspace: Path, way: str) -> None:
    folder = workspace / "releases" / "bridge"
    file = folder / "release.yaml"
    before = file.read_bytes()
    theirs = put(before, "Bridge opens", "Bridge opens at last")
    chance = random.Random(way)  # noqa: S311 - the same each time
    for trial in range(TRIALS):
        WAYS["by rename"](file, before)
        pause = chance.random() * 0.01
        editor = threading.Thread(target=lambda pause=pause: (time.sleep(pause), WAYS[way](file, theirs)))
        editor.start()
        try:
            save(folder, opens(before))
        except InputError:
            pass
        finally:
            editor.join()

        assert b"at last" in file.read_bytes(), trial
        assert left_over(folder) == [], trial
