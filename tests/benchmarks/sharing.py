"""Releases made by workers over PostgreSQL and a depot, against the same batch by `pressgen build` alone.

On one machine, in turn: what sharing costs, and that two workers of a core each are as good as one of two. Alone:
`python -m benchmarks.sharing [RELEASES [ROUNDS]]`. The rate of several machines is theirs together, as chunks have
nothing in common.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.archive import add, workspace
from benchmarks.measuring import Measurement
from bucket import NAME, bucket
from postgres import cluster, wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator

PRESSGEN = Path(sys.executable).with_name("pressgen")
NUMBER, ROUNDS = 120, 3
"""Releases a batch, and rounds."""
CORES = os.cpu_count() or 1


def shared(number: int = NUMBER, rounds: int = ROUNDS) -> list[Measurement]:
    """Seconds from the command to the last manifest: alone, by one worker on all cores, by one a core."""
    alone: list[float] = []
    found: dict[str, list[float]] = {"one worker, a folder": [], "one worker, a bucket": [], "a worker a core": []}
    with ExitStack() as things:
        root = workspace(Path(things.enter_context(tempfile.TemporaryDirectory())))
        add(root, [f"r{each:03}" for each in range(number)])
        os.environ["PRESSGEN_DATABASE"] = things.enter_context(cluster()).new_database()
        os.environ.update(things.enter_context(bucket()).environment())
        folder, away = str(root / "depot"), f"s3://{NAME}/archive"
        for _ in range(rounds):
            alone.append(_seconds(root, "--out", str(root / "plain")))
            with _workers(root, 1, CORES):
                found["one worker, a folder"].append(_seconds(root, "--queue", "--wait", "--out", folder))
                found["one worker, a bucket"].append(_seconds(root, "--queue", "--wait", "--out", away))
            with _workers(root, CORES, 1):
                found["a worker a core"].append(_seconds(root, "--queue", "--wait", "--out", folder))
    load = os.getloadavg()[0]
    return [
        Measurement(
            f"{number} releases, {what}, against pressgen build alone",
            sum(times) / sum(alone),
            1.5,
            "x",
            f"{number * rounds / sum(times):.1f} against {number * rounds / sum(alone):.1f} a second, load {load:.0f}",
        )
        for what, times in found.items()
    ]


def _seconds(root: Path, *options: str) -> float:
    start = time.perf_counter()
    subprocess.run([PRESSGEN, "build", "--all", "--force", *options], cwd=root, check=True, capture_output=True)
    return time.perf_counter() - start


@contextmanager
def _workers(root: Path, count: int, jobs: int) -> Iterator[None]:
    """So many workers, ready, with so many processes each; they end at the end."""
    started: list[subprocess.Popen[bytes]] = []
    os.environ["PRESSGEN_SCRATCH"] = str(root / "scratch")
    try:
        for number in range(count):
            log = root / f"worker-{number}.log"
            log.unlink(missing_ok=True)
            command = [PRESSGEN, "worker", "--queue", "archive", "--id", f"bench-{number}", "--jobs", str(jobs)]
            with log.open("w") as output:
                started.append(subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT))
            wait_until(lambda log=log: "ready" in log.read_text(), 60)
        yield
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.wait()


if __name__ == "__main__":
    for measurement in shared(*map(int, sys.argv[1:])):
        sys.stdout.write(measurement.line() + "\n")
        sys.stdout.flush()
