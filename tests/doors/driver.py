"""Play damaged files in processes of their own, so that a file that ends one is told and the others are played."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from doors.play import CPU
from machine import PATIENCE, ROOT

BATCH = 250
"""Files that one process plays."""


@dataclass(slots=True)
class Played:
    """What was found.

    Attributes:
        faults: a line for each, with the number that makes the file again.
        seconds: of a processor, at the most, for one command.
        megabytes: beyond what was held before, at the most, for one command.
        codes: how many files were answered with each exit code.
    """

    faults: list[str] = field(default_factory=list)
    seconds: float = 0.0
    megabytes: int = 0
    codes: Counter[int] = field(default_factory=Counter)

    def add(self, told: dict[str, Any]) -> None:
        """Count what a process told about a file."""
        self.seconds = max(self.seconds, told["seconds"])
        self.megabytes = max(self.megabytes, told["megabytes"])
        self.codes[told["codes"][-1]] += 1
        if told["fault"]:
            self.faults.append(f"{told['number']} {told['what']}: {told['fault']} ({told['kept']})")


def play(first: int, size: int) -> Played:
    """Play the files of the numbers from `first` on."""
    played, number = Played(), first
    while number < first + size:
        number = _play_batch(number, min(BATCH, first + size - number), played) + 1
    return played


def _play_batch(first: int, count: int, played: Played) -> int:
    """Play one process's files; the number of the last, which may have ended it.

    Raises:
        RuntimeError: the process ended before its first file.
    """
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "doors.play", str(first), str(count), folder]
        paths = os.pathsep.join([str(ROOT / "src"), str(ROOT / "tests")])
        output, errors = Path(folder, "told"), Path(folder, "errors")
        with output.open("wb") as out, errors.open("wb") as err:
            try:
                code = subprocess.run(
                    command, stdout=out, stderr=err, check=False, timeout=CPU * count + PATIENCE,
                    env={**os.environ, "PYTHONPATH": paths},
                ).returncode  # fmt: skip
                end = signal.Signals(-code).name if code < 0 else f"exit code {code}"
            except subprocess.TimeoutExpired:
                end = "waits for ever"
        lines = [json.loads(line) for line in output.read_text("utf-8").splitlines()]
        printed = errors.read_text("utf-8", "replace")
    for told in lines:
        if "number" in told:
            played.add(told)
    if not lines:
        raise RuntimeError(f"no file was played: {printed[-3000:]}")
    if (begun := lines[-1].get("begin")) is not None:
        played.faults.append(f"{begun} {lines[-1]['what']}: ended by {end} ({lines[-1]['kept']}) {_place(printed)}")
    return int(lines[-1].get("begin", lines[-1].get("number")))


def _place(printed: str) -> str:
    """Where in pressgen a process was when it ended, as faulthandler prints it: the innermost line."""
    return next((line.strip() for line in printed.splitlines() if "/pressgen/" in line), printed[-300:])
