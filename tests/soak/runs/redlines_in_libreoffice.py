"""Redlines of random rewrites: LibreOffice's own accept-all gives the new version, its reject-all the old one."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from review.libreoffice import shown
from review.redlines import leave_out_counted, played
from soak.result import Result

SIZE, SHORT = 300, 2
AT_ONCE = 25
"""Redlines that one LibreOffice opens."""


def soak(size: int, seed: int) -> Result:
    """Draw redlines from a seed on."""
    faults: list[str] = []
    for first in range(seed, seed + size, AT_ONCE):
        with TemporaryDirectory() as folder:
            faults += _play(Path(folder), range(first, min(first + AT_ONCE, seed + size)))
    return Result(size, tuple(faults))


def _play(folder: Path, numbers: range) -> list[str]:
    jobs: list[tuple[str, Path]] = []
    for number in numbers:
        one = played(number)
        files = {"new": one.word(one.new), "old": one.word(one.old), "redline": one.redline}
        of = {name: folder / f"{number}-{name}.docx" for name in files}
        for name, content in files.items():
            of[name].write_bytes(content)
        jobs += [("open", of["new"]), ("accept", of["redline"]), ("open", of["old"]), ("reject", of["redline"])]
    found = shown(folder, jobs)
    return [
        f"{jobs[at][1].name}, {jobs[at][0]}: LibreOffice shows something else"
        for at in range(1, len(jobs), 2)
        if found[at]["changes"] or leave_out_counted(found[at]) != leave_out_counted(found[at - 1])
    ]
