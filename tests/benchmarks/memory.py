"""Memory over many builds in one process: what each leaves behind."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from benchmarks.measuring import Measurement
from machine import ROOT
from pressgen.actions.build.build import BuildRequest, build
from pressgen.actions.workspace.folder import Workspace
from pressgen.model.artifact import Format, Variant

BUILDS, WARM = 300, 60
"""Builds in all, and those after which caches are full."""
MIB = 1024 * 1024


def flat() -> Measurement:
    """How much more memory the process holds after the last build than after the caches were full."""
    workspace, release = Workspace(ROOT), ROOT / "releases" / "new-chief-inspector"
    with tempfile.TemporaryDirectory() as name:
        order = BuildRequest(workspace, release, [Format.PDF, Format.DOCX], [Variant.PUBLIC], Path(name))
        held = []
        for _ in range(BUILDS):
            build(order)
            held.append(_resident())
    growth = (held[-1] - held[WARM]) / MIB
    detail = f"{held[WARM] / MIB:.0f} MiB after {WARM} builds, {held[-1] / MIB:.0f} MiB after {BUILDS}"
    return Measurement(f"growth of memory over {BUILDS} builds in one process", growth, 8, " MiB", detail)


def _resident() -> int:
    """Bytes of memory that this process holds now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    sys.stdout.write(flat().line() + "\n")
