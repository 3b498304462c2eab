"""Interleavings in processes of their own, one for each processor: Python hashes there as it always does."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from machine import ROOT
from soak.result import Result

TESTS = ROOT / "tests"
ENVIRONMENT = {"PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"}


def played(size: int, seed: int, *arguments: str, source: Path = ROOT / "src") -> Result:
    """Play `size` interleavings from `seed` on.

    Args:
        size: how many.
        seed: the first.
        arguments: of storm.play, such as `--postgres`.
        source: the code that is played.
    """
    processors = min(os.cpu_count() or 1, max(1, size // 50))
    share = -(-size // processors)
    starts = range(seed, seed + size, share)
    environment = {**os.environ, **ENVIRONMENT, "PYTHONPATH": f"{source}{os.pathsep}{TESTS}"}
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "storm.play", str(first), str(min(share, seed + size - first)), *arguments],
            cwd=TESTS, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )
        for first in starts
    ]  # fmt: skip
    faults, figures = [], []
    for process in running:
        *lines, last = process.communicate()[0].splitlines() or [""]
        faults += [line for line in lines if line.startswith("seed ")]
        figures.append(last)
        if process.returncode not in {0, 1} or bool(process.returncode) != bool(faults and lines):
            faults.append(f"seed {seed}: the storm itself broke off: {' | '.join([*lines, last][-5:])}")
    return Result(size, tuple(faults), " / ".join(figures))
