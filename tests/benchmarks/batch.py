"""Many releases at once: all cores against one, against others' ways, and where nothing has changed.

Alone: `python -m benchmarks.batch`; with a number, how making so many grows from making a hundred.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.archive import add, add_made, request_of, workspace
from benchmarks.measuring import Measurement, in_turn
from benchmarks.peers import docxtpl_and_libreoffice, pandoc_and_weasyprint
from pressgen.actions.build.build import BuildResult
from pressgen.actions.build.build_many import build_many
from pressgen.actions.build.cache import BuildCache
from pressgen.actions.workspace.folder import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

PRESSGEN = [sys.executable, "-m", "pressgen"]
PORTION, ROUNDS = 100, 3
"""Releases a round, and rounds: three hundred, each made by each in turn."""
MANY, FEW = 10_000, 100


OTHERS: dict[str, tuple[Callable[[Path, int], float | None], float]] = {
    "docxtpl + LibreOffice": (docxtpl_and_libreoffice, 1 / 4),
    "pandoc + WeasyPrint": (pandoc_and_weasyprint, 1 / 8),
}
"""How others make Word and PDF, and the part of their time that pressgen may take."""


def rates() -> list[Measurement]:
    """Three hundred different releases, Word, PDF, page and text: all cores, one process, and the other ways."""
    ours, alone, peaks = list[float](), list[float](), list[float]()
    theirs: dict[str, list[float]] = {name: [] for name in OTHERS}
    with tempfile.TemporaryDirectory() as name:
        root = workspace(Path(name))
        for number in range(ROUNDS):
            files = add(root, [f"r{number}-{each:03}" for each in range(PORTION)])
            spent = _command(root, files, os.cpu_count() or 1)
            ours.append(spent.seconds)
            peaks.append(spent.peak / 1024)
            alone.append(_command(root, files, 1).seconds)
            for way, (made, _) in OTHERS.items():
                seconds = made(root / "theirs", PORTION)
                theirs[way] += [] if seconds is None else [seconds]
    found = [_ratio("all cores against one process of our own", sum(ours), sum(alone), 1 / 1.8)]
    for way, (_, target) in OTHERS.items():
        if theirs[way]:
            found.append(_ratio(f"four formats against {way}, Word and PDF", sum(ours), sum(theirs[way]), target))
        else:
            sys.stderr.write(f"{way} is not on this machine, and was not measured\n")
    return [*found, Measurement("peak memory of a worker", max(peaks), 220, " MiB", f"{PORTION} releases a round")]


def growth(most: int = 1_000) -> list[Measurement]:
    """Making a hundred releases and `most`: a release takes no longer, and a worker no more memory."""
    with tempfile.TemporaryDirectory() as name:
        root = workspace(Path(name))
        files = add(root, [f"g{each:05}" for each in range(most)])
        few, many = (_command(root, files[:count], os.cpu_count() or 1) for count in (FEW, most))
    each, one = sum(many.worked.values()) / most * 1000, sum(few.worked.values()) / FEW * 1000
    times = f"{each:.0f} ms of a processor against {one:.0f} ms; {many.seconds:.0f} s by the clock"
    low = f"{few.peak / 1024:.0f} MiB over {FEW}"
    return [
        Measurement(f"a release of {most} made against one of {FEW}", each / one, 1.2, "x", times),
        Measurement(f"peak memory of a worker over {most}", many.peak / 1024, 220, " MiB", low),
    ]


def _ratio(what: str, ours: float, theirs: float, target: float) -> Measurement:
    number = PORTION * ROUNDS
    times = f"{ours / number * 1000:.0f} ms against {theirs / number * 1000:.0f} ms a release"
    return Measurement(f"{number} releases, {what}", ours / theirs, target, "x", times)


@dataclass(slots=True)
class _Spent:
    """What a command took: seconds by the clock, seconds of a processor by process, and the most KiB of any process."""

    seconds: float = 0.0
    worked: dict[int, float] = field(default_factory=dict)
    peak: int = 0

    def look(self, group: int) -> None:
        """Take note of what the processes of a group have used so far."""
        for each in Path("/proc").glob("[0-9]*"):
            try:
                if os.getpgid(int(each.name)) == group:
                    ticks = (each / "stat").read_text().rpartition(")")[2].split()[11:13]
                    self.worked[int(each.name)] = sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")
                    sizes = [int(line.split()[1]) for line in (each / "status").open() if line.startswith("VmHWM")]
                    self.peak = max(self.peak, *sizes)
            except (OSError, ProcessLookupError, TypeError):
                continue  # it has ended meanwhile


def _command(root: Path, files: Sequence[Path], jobs: int) -> _Spent:
    """What `pressgen build` takes for these releases."""
    command = [*PRESSGEN, "build", "--force", "--variant", "public", "--jobs", str(jobs), *map(str, files)]
    start, spent = time.perf_counter(), _Spent()
    with subprocess.Popen(command, cwd=root, stdout=subprocess.DEVNULL, start_new_session=True) as running:
        while running.poll() is None:
            spent.look(running.pid)
            time.sleep(0.2)
    assert running.returncode == 0
    spent.seconds = time.perf_counter() - start
    return spent


def nothing_changed() -> list[Measurement]:
    """Ten thousand releases that are as they were, with one of them changed, and how the time grows."""
    with tempfile.TemporaryDirectory() as name:
        few, many = (workspace(Path(name) / each) for each in ("few", "many"))
        add_made(few, [f"n{number:05}" for number in range(FEW)])
        add_made(many, [f"n{number:05}" for number in range(MANY)])
        time.sleep(0.1)
        spent = _children()
        whole = [_seconds(many, "--all") for _ in range(5)]
        user = (_children() - spent) / 5
        small, large = in_turn(lambda: [_look(few) for _ in range(MANY // FEW)], lambda: _look(many), 3)
        more = _one_changed(many)
    each = f"{large / MANY * 1e6:.0f} µs against {small / MANY * 1e6:.0f} µs a release"
    return [
        Measurement(f"{MANY} releases, nothing changed", median(whole), 3, " s", f"{user:.2f} s of user time"),
        Measurement(f"a look at one of {MANY} against one of {FEW}", large / small, 1.5, "x", each),
        Measurement(f"one changed of {MANY}, beyond building it alone", more, 1.5, " s", "medians of 5, in turn"),
    ]


def _look(root: Path) -> None:
    here = Workspace(root)
    requests = [request_of(root, folder / "release.yaml") for folder in here.releases]
    assert all(outcome == BuildResult() for _, outcome in build_many(requests, BuildCache(here)))


def _seconds(root: Path, *what: str) -> float:
    start = time.perf_counter()
    subprocess.run([*PRESSGEN, "build", *what], cwd=root, check=True, capture_output=True)
    return time.perf_counter() - start


def _children() -> float:
    """Seconds of user time of the processes that have ended."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime


def _one_changed(root: Path) -> float:
    """Seconds that `build --all` takes beyond `build` of the one release that has changed."""
    file, numbers = root / "releases" / "n00000" / "release.yaml", count()

    def change() -> None:
        file.write_text(file.read_text().replace("headline: ", f"headline: {next(numbers)} ", 1))

    both: tuple[list[float], list[float]] = ([], [])
    for _ in range(5):
        for times, what in zip(both, ("--all", "releases/n00000"), strict=True):
            change()
            times.append(_seconds(root, what))
    return median(both[0]) - median(both[1])


if __name__ == "__main__":
    for measurement in growth(int(sys.argv[1])) if sys.argv[1:] else [*nothing_changed(), *rates()]:
        sys.stdout.write(measurement.line() + "\n")
        sys.stdout.flush()
