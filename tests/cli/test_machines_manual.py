"""The manual's chapter for many machines names commands, options and figures that there are."""

from __future__ import annotations

import re
import shlex

import pytest
from click.testing import CliRunner

from machine import ROOT
from pressgen.actions.batch.chunk_builder import PAUSES
from pressgen.actions.batch.chunking import LARGEST, LONGEST, SHARED_BY, SHORTEST
from pressgen.channels.object_store import QUEUE, QUICKLY
from pressgen.cli.build import build
from pressgen.cli.engine import batch
from pressgen.cli.schedule_lift_worker import worker
from pressgen.scheduler.worker_lock import KEEPALIVES

MANUAL = (ROOT / "src" / "pressgen" / "manual" / "machines.md").read_text()
WORDS = " ".join(MANUAL.split())
COMMANDS = {"build": build, "worker": worker, "batch": batch}
NAMED = sorted(set(re.findall(r"pressgen (build|worker|engine batch)([^`#\n]*)", WORDS.replace("`", "`\n"))))


@pytest.mark.parametrize(("command", "rest"), NAMED)
def test_every_command_that_is_shown_has_its_options(command: str, rest: str) -> None:
    known = CliRunner().invoke(COMMANDS[command.rpartition(" ")[2]], ["--help"]).output

    assert [each for each in shlex.split(rest) if each.startswith("--") and each not in known] == []


def test_the_figures_are_those_of_the_code() -> None:
    idle, interval, count = (int(each) for each in KEEPALIVES.values())

    assert idle + interval * count == 11
    assert QUICKLY == 8
    assert f"takes a worker {SHORTEST:.0f} to {LONGEST:.0f} seconds" in WORDS
    assert SHARED_BY == 16
    assert f"at most {LARGEST // 1024 // 1024} MiB of files" in WORDS
    assert f"Under `{QUEUE}/` lie" in WORDS
    assert 45 < sum(PAUSES) < 75
