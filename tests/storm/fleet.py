"""Interleavings in processes of their own, one for each processor: Python hashes there as it always does."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
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
    return _result(size, [_play(source, first, min(share, seed + size - first), *arguments) for first in starts])


def played_seeds(seeds: Sequence[int], *arguments: str, source: Path = ROOT / "src") -> Result:
    """Play the interleavings of these seeds."""
    first, *more = seeds
    others = ["--more", *more] if more else []
    return _result(len(seeds), [_play(source, first, 1, *arguments, *others)])


def _play(source: Path, *arguments: object) -> subprocess.Popen[str]:
    environment = {**os.environ, **ENVIRONMENT, "PYTHONPATH": f"{source}{os.pathsep}{TESTS}"}
    return subprocess.Popen(
        [sys.executable, "-m", "storm.play", *map(str, arguments)],
        cwd=TESTS, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip


def _result(size: int, running: Sequence[subprocess.Popen[str]]) -> Result:
    faults, figures = [], []
    for process in running:
        *lines, last = process.communicate()[0].splitlines() or [""]
        faults += [line for line in lines if line.startswith("seed ")]
        figures.append(last)
        if process.returncode not in {0, 1} or bool(process.returncode) != bool(faults and lines):
            command = " ".join(map(str, process.args[1:]))  # type: ignore[index]
            faults.append(f"{command}: the storm itself broke off: {' | '.join([*lines, last][-5:])}")
    return Result(size, tuple(faults), " / ".join(figures))
