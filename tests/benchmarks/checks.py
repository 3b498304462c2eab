"""`pressgen check`: all rules over one release, ten thousand in two processes, and releases of more and more pages."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from benchmarks.measuring import Measurement
from machine import ROOT
from pressgen.actions.check.check import check_loaded_release
from pressgen.actions.workspace.folder import Workspace, load_release

if TYPE_CHECKING:
    import resource
    from collections.abc import Callable, Iterator

RELEASE = "thornmere-remand-centre"
ROUNDS = 40
MANY, PROCESSES = 10_000, 2
ADOPT = 36
"""PR_SET_CHILD_SUBREAPER of Linux."""
PAGES = (10, 25, 50, 100, 200)
PARAGRAPHS = 5
"""Paragraphs of a page."""
PARAGRAPH = (
    "Inspectors read {n} case files in the spring of 2026, and visited the wings on Monday 12 January 2026 at 9.30am."
    " “We found that the work was done,” said the team, though 20 of the 40 plans (50 per cent) were short."
)


def checking() -> list[Measurement]:
    """All measurements."""
    return [_one(), *_many(), _curve()]


def _one() -> Measurement:
    """Compose a release and run all rules over it, warm, in milliseconds of a processor; loading it beside."""
    workspace = Workspace(ROOT)
    [desk] = load_release(workspace, ROOT / "releases" / RELEASE)
    ours = _taken(lambda: check_loaded_release(workspace, desk, None))
    loading = _taken(lambda: load_release(workspace, ROOT / "releases" / RELEASE))
    detail = f"{RELEASE}, {ours / loading:.1f} times what loading it takes ({loading:.1f} ms)"
    return Measurement("all rules over a release, warm", ours, 25, " ms", detail)


def _taken(run: Callable[[], object]) -> float:
    """The median milliseconds of a processor: what else the machine does is not counted."""
    run()
    taken = []
    for _ in range(ROUNDS):
        start = time.process_time()
        run()
        taken.append(time.process_time() - start)
    return median(taken) * 1000


def _many() -> list[Measurement]:
    """Check many releases in one process and in two; on a busy machine only the time of the processors tells."""
    with TemporaryDirectory() as name:
        root = Path(name)
        _fill(root)
        alone, together = _apart(root, 1), _apart(root, PROCESSES)
    load = f"load {os.getloadavg()[0]:.0f} on {os.cpu_count()} processors"
    by_clock = (
        f"{MANY:,} releases in {alone.seconds:.0f} s alone and in {together.seconds:.0f} s,"
        f" {MANY / together.seconds:.0f} a second; {load}"
    )
    each = f"{alone.worked / MANY * 1000:.1f} ms alone, {together.worked / MANY * 1000:.1f} ms, a release"
    return [
        Measurement(f"{PROCESSES} processes against one", together.seconds / alone.seconds, 1 / 1.7, "x", by_clock),
        Measurement("and by processors' time", together.worked / alone.worked / PROCESSES, 1 / 1.7, "x", each),
        Measurement("peak memory of a process", together.peak, 160, " MiB", f"{alone.peak:.0f} MiB alone"),
    ]


def _fill(root: Path) -> None:
    shutil.copytree(ROOT / "templates", root / "templates")
    text = (ROOT / "releases" / RELEASE / "release.yaml").read_text("utf-8")
    for number in range(MANY):
        folder = root / "releases" / f"visit-{number:05}"
        folder.mkdir(parents=True)
        (folder / "release.yaml").write_text(text.replace("ICR-2027-03-11", f"ICR-{number:05}"), "utf-8")


@dataclass(frozen=True, slots=True)
class _Run:
    """Seconds by the clock, seconds of all processors, and the largest MiB of any process."""

    seconds: float
    worked: float
    peak: float


def _apart(root: Path, jobs: int) -> _Run:
    """Check everything with so many processes."""
    ctypes.CDLL(None).prctl(ADOPT, 1)  # so that the processes of the command can be waited for when it has ended
    command = [sys.executable, "-m", "pressgen", "check", "--jobs", str(jobs), "--format", "json"]
    start = time.perf_counter()
    running = subprocess.Popen(command, cwd=root, stdout=subprocess.DEVNULL)
    _, status, first = os.wait4(running.pid, 0)
    seconds = time.perf_counter() - start
    running.returncode = os.waitstatus_to_exitcode(status)
    assert running.returncode == 0
    used = [first, *_left()]
    return _Run(
        seconds, sum(each.ru_utime + each.ru_stime for each in used), max(each.ru_maxrss for each in used) / 1024
    )


def _left() -> Iterator[resource.struct_rusage]:
    """What the processes used that a command leaves behind."""
    while True:
        try:
            yield os.wait4(-1, 0)[2]
        except ChildProcessError:
            return


def _curve() -> Measurement:
    """How the time of a page grows from a release of ten pages to one of two hundred: not at all, if it is linear."""
    with TemporaryDirectory() as name:
        root = Path(name)
        shutil.copytree(ROOT / "templates", root / "templates")
        times = {pages: _paged(root, pages) for pages in PAGES}
    growth = (times[PAGES[-1]] / PAGES[-1]) / (times[PAGES[0]] / PAGES[0])
    detail = ", ".join(f"{pages} pages {taken:.0f} ms" for pages, taken in times.items())
    return Measurement("time of a page of 200 against one of 10", growth, 1.5, "x", detail)


def _paged(root: Path, pages: int) -> float:
    folder = root / "releases" / f"pages-{pages}"
    folder.mkdir(parents=True)
    text = (ROOT / "releases" / "new-chief-inspector" / "release.yaml").read_text("utf-8")
    added = "".join(f"  - {PARAGRAPH.format(n=number + 2)}\n" for number in range(pages * PARAGRAPHS))
    (folder / "release.yaml").write_text(text.replace("\nnotes:", f"{added}\nnotes:"), "utf-8")
    workspace = Workspace(root)
    [desk] = load_release(workspace, folder)
    taken = []
    for _ in range(3):
        start = time.process_time()
        check_loaded_release(workspace, desk, None)
        taken.append((time.process_time() - start) * 1000)
    return min(taken)


if __name__ == "__main__":
    for each in checking():
        sys.stdout.write(each.line() + "\n")
