"""Timing two things in turn, so that what else the machine does meets both alike."""

from __future__ import annotations

import gc
import os
import subprocess
import time
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Measurement:
    """A figure with its target; `detail` holds the figures it is made of."""

    what: str
    figure: float
    target: float
    unit: str
    detail: str

    @property
    def holds(self) -> bool:
        """Whether the figure is within its target."""
        return self.figure <= self.target

    def line(self) -> str:
        """The measurement as printed."""
        verdict = "ok    " if self.holds else "MISSED"
        return (
            f"{verdict} {self.figure:6.2f}{self.unit} (at most {self.target:g}{self.unit})  {self.what}: {self.detail}"
        )


def in_turn(ours: Callable[[], object], theirs: Callable[[], object], rounds: int) -> tuple[float, float]:
    """The median seconds of each, run in turn."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for run, taken in zip((ours, theirs), times, strict=True):
            gc.collect()  # what one leaves behind is not counted against the other
            start = time.perf_counter()
            run()
            taken.append(time.perf_counter() - start)
    return median(times[0]), median(times[1])


def installed(folder: Path) -> dict[str, str]:
    """The environment of programs that were installed: what Python has compiled is kept, in `folder`."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": str(folder / "compiled")}


def process(
    command: Sequence[str | Path], folder: Path, *, code: int = 0, environment: Mapping[str, str] | None = None
) -> Callable[[], None]:
    """Running a command in a process of its own, which must end with `code`."""
    words = [str(each) for each in command]

    def run() -> None:
        done = subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == code, done.stderr

    return run


def peak_memory(command: Sequence[str | Path], folder: Path) -> float:
    """The largest resident size of a process, in MiB."""
    running = subprocess.Popen([str(each) for each in command], cwd=folder, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(running.pid, 0)
    running.returncode = os.waitstatus_to_exitcode(status)
    assert running.returncode == 0
    return usage.ru_maxrss / 1024
