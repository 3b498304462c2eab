"""Play the long runs: `python -m soak` plays all, `python -m soak NAME [SIZE [SEED]]` one, `--list` names them.

Each run has a process of its own. The table at the end has a line a run. Exit codes: 0 nothing was found, 1 something
was found or could not be played, 2 wrong use, 3 (one run) this machine lacks a program that it needs.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time

import pytest

from soak.registry import load_run, names

VERDICTS = {0: "ok", 1: "FAULTS", 3: "LACKS A PROGRAM"}


def play(name: str, size: int | None, seed: int) -> int:
    """Play one run and print its faults, then its figures."""
    os.environ["PRESSGEN_TESTS"] = "all"  # what this machine lacks is said, not skipped
    run = load_run(name)
    try:
        result = run.play(size or run.size, seed)
    except pytest.fail.Exception as lack:
        print(f"{name} cannot be played: {lack}")  # noqa: T201 - the result
        return 3
    for fault in result.faults:
        print(fault)  # noqa: T201
    print(f"{result.rounds} rounds from seed {seed}, {len(result.faults)} faults. {result.figures}")  # noqa: T201
    return int(bool(result.faults))


def play_all() -> int:
    """Play every run in a process of its own, and print the table."""
    rows = []
    for name in names():
        print(f"== {name}: {load_run(name).about}", flush=True)  # noqa: T201
        began, last = time.monotonic(), ""
        command = [sys.executable, "-u", "-m", "soak", name]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            for line in process.stdout:
                print(line, end="", flush=True)  # noqa: T201
                last = line.rstrip()
        code = process.returncode
        rows.append((name, VERDICTS.get(code, f"DIED ({code})"), time.monotonic() - began, last))
    width = max(len(name) for name, *_ in rows)
    print()  # noqa: T201
    for name, verdict, seconds, last in rows:
        print(f"{name:{width}}  {verdict:15}  {seconds:6.0f} s  {last}")  # noqa: T201
    return int(any(verdict != "ok" for _, verdict, *_ in rows))


def main() -> int:
    """Read the command line and play."""
    parser = argparse.ArgumentParser(prog="python -m soak", description=__doc__.partition("\n")[0])
    parser.add_argument("name", nargs="?", choices=names(), metavar="NAME")
    parser.add_argument("size", nargs="?", type=int, help="rounds; by default as many as `make soak` plays")
    parser.add_argument("seed", nargs="?", type=int, default=0)
    parser.add_argument("--list", action="store_true", help="name the runs")
    given = parser.parse_args()
    if given.list:
        for run in map(load_run, names()):
            print(f"{run.name}: {run.about} ({run.size} rounds)")  # noqa: T201
        return 0
    return play(given.name, given.size, given.seed) if given.name else play_all()


if __name__ == "__main__":
    sys.exit(main())
