"""Two hundred copies of one release, a person each, against as many builds of it.

Alone: `python -m benchmarks.copies`.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from benchmarks.archive import SEED
from benchmarks.measuring import Measurement, in_turn
from machine import ROOT
from pressgen.actions.build.build import BuildRequest, build
from pressgen.actions.distribute.reader_copies import CopyOptions, create_reader_copy
from pressgen.actions.workspace.folder import Workspace
from pressgen.model.artifact import Format, Variant

COPIES, ROUNDS = 200, 10
"""Copies of a release, made a tenth at a time with a tenth of the builds' time beside them."""


def stamping() -> Measurement:
    """A Word file and a PDF marked for each of two hundred people, beside builds of these two files."""
    workspace, each = Workspace(ROOT), COPIES // ROUNDS
    with tempfile.TemporaryDirectory() as name:
        order = BuildRequest(workspace, SEED, [Format.DOCX, Format.PDF], [Variant.EMBARGOED], Path(name))
        files = {artifact.name: artifact.content for _, artifact in build(replace(order, out=None)).artifacts}
        for content in map(str, range(2)):
            create_reader_copy(files, content, "Daily Paper", CopyOptions(marked=True))
        numbers = iter(range(COPIES + 1))

        def copies() -> None:
            for _ in range(each):
                create_reader_copy(files, f"key {next(numbers)}", "News desk, Daily Paper", CopyOptions(marked=True))

        ours, theirs = in_turn(copies, lambda: build(order), ROUNDS)
    times = f"{ours / each * 1000:.1f} ms a copy against {theirs * 1000:.0f} ms a build"
    return Measurement(
        f"{COPIES} copies of a release against {COPIES} builds", ours / each / theirs, 1 / 15, "x", times
    )


if __name__ == "__main__":
    sys.stdout.write(stamping().line() + "\n")
