"""Give damaged files to pressgen, one after another in one process: `python -m doors.play FIRST COUNT FOLDER`.

A line of JSON is written before each file and one after it, so that whoever started this knows which file ended it.
More than `CPU` seconds of a processor end it with SIGPROF, after the place has been printed on stderr.
"""

from __future__ import annotations

import faulthandler
import gc
import json
import logging
import os
import resource
import shutil
import signal
import sys
import tempfile
import time
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from click.testing import CliRunner

from doors.answers import judge_answer
from doors.room import furnish
from doors.seeds import seeds
from doors.spoiling import spoil
from doors.ways import WAYS
from pressgen.cli.app import main as pressgen

if TYPE_CHECKING:
    from doors.spoiling import Spoilt

CPU = 10.0
"""Seconds of a processor for one command."""
MEGABYTES = 500
"""Beyond what the process holds before a command."""
KEPT = Path(tempfile.gettempdir()) / "pressgen-soak" / "damaged_files"
"""Where files that show a fault are kept; a file is there while it is played."""


def _status(name: str) -> int:
    """A line of /proc/self/status in megabytes."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith(name + ":"))) // 1024


def _bounded(arguments: list[str]) -> tuple[object, float, int]:
    """Run a command within its bounds; the result, its seconds of a processor, and its megabytes at the most."""
    Path("/proc/self/clear_refs").write_text("5", "ascii")  # the peak is counted from here
    before, (_, most) = _status("VmRSS"), resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, ((_status("VmSize") + MEGABYTES) * 1024 * 1024, most))
    start = time.process_time()
    signal.setitimer(signal.ITIMER_PROF, CPU)
    try:
        done = CliRunner().invoke(pressgen, arguments)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    return done, time.process_time() - start, _status("VmHWM") - before


def _play(number: int, spoilt: Spoilt) -> dict[str, object]:
    """Put a file into its place, run the commands, and put everything back."""
    way = WAYS[spoilt.way]
    font = min(each.name for each in Path("templates/foreign/fonts").glob("*.ttf"))
    path = Path(way.path.format(ending=spoilt.seed.ending, font=font))
    path.parent.mkdir(parents=True, exist_ok=True)
    whole = path.read_bytes() if path.exists() else None
    path.write_bytes(spoilt.data)
    told: dict[str, object] = {"number": number, "what": str(spoilt), "fault": ""}
    try:
        for command in way.commands:
            arguments = [each.format(ending=spoilt.seed.ending) for each in command]
            done, seconds, megabytes = _bounded(arguments)
            told["codes"] = [*told.get("codes", []), done.exit_code]
            told["seconds"], told["megabytes"] = (
                max(seconds, told.get("seconds", 0)),
                max(megabytes, told.get("megabytes", 0)),
            )
            told["fault"] = judge_answer(done, spoilt)
            if (
                not told["fault"]
                and done.exit_code
                and way.whole
                and Path(way.whole).exists()
                and any(Path(way.whole).rglob("*.*"))
            ):
                told["fault"] = f"refused, and yet {way.whole}/ is there"
            if told["fault"] or done.exit_code:
                break
        told["output"] = done.output[:2000]
    finally:
        for folder in ("incoming", "out", "built"):
            shutil.rmtree(folder, ignore_errors=True)
        path.unlink(missing_ok=True)
        if whole is not None:
            path.write_bytes(whole)
    return told


def main() -> None:
    """Play the files of the numbers that are given."""
    first, count, folder = int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
    os.environ["PRESSGEN_DEBUG"] = "1"  # an error that nobody foresaw is a fault
    faulthandler.enable()
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    faulthandler.register(signal.SIGPROF, chain=True)
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    os.chdir(folder)
    furnish(folder)
    KEPT.mkdir(parents=True, exist_ok=True)
    all_seeds = seeds(folder)
    gc.freeze()  # what is there by now need not be looked through again for each file
    for number in range(first, first + count):
        spoilt = spoil(number, all_seeds)
        kept = KEPT / f"{number}-{spoilt.way}{spoilt.seed.ending}"
        kept.write_bytes(spoilt.data)
        print(json.dumps({"begin": number, "what": str(spoilt), "kept": str(kept)}), flush=True)  # noqa: T201 - what the driver reads
        told = _play(number, spoilt)
        print(json.dumps({**told, "kept": str(kept)}), flush=True)  # noqa: T201 - what the driver reads
        if not told["fault"]:
            kept.unlink()


if __name__ == "__main__":
    main()
