"""The archive asked: `pressgen find` over ten thousand releases, first, again, and after one has changed."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.archive import add, workspace
from benchmarks.measuring import Measurement, process

RELEASES, ROUNDS = 10_000, 5
PRESSGEN = Path(sys.executable).with_name("pressgen")
FIRST, AGAIN, CHANGED = 60.0, 1.5, 2.0
"""Seconds that the first question may take, one when nothing has changed, and one when one release has."""


def asking() -> list[Measurement]:
    """Seconds of a question, each in a process of its own."""
    with TemporaryDirectory() as folder:
        root = workspace(Path(folder))
        *_, last = add(root, [f"r{number:05}" for number in range(RELEASES)])
        text = last.read_text()
        first = _seconds(root, "orchard")
        again = [_seconds(root, "supervised", "r04711") for _ in range(ROUNDS)]
        changed = []
        for number in range(ROUNDS):
            last.write_text(text.replace("headline: ", f"headline: orchard{number} "))
            changed.append(_seconds(root, f"orchard{number}"))
        return [
            _measurement("the first question", [first], FIRST),
            _measurement("nothing changed", again, AGAIN),
            _measurement("one changed", changed, CHANGED),
        ]


def _seconds(root: Path, *words: str) -> float:
    start = time.perf_counter()
    process([PRESSGEN, "find", *words], root)()
    return time.perf_counter() - start


def _measurement(what: str, taken: list[float], target: float) -> Measurement:
    shown = " ".join(f"{each:.2f}" for each in taken)
    return Measurement(f"pressgen find over {RELEASES:,} releases, {what}", median(taken), target, " s", shown)


if __name__ == "__main__":
    for each in asking():
        sys.stdout.write(each.line() + "\n")
