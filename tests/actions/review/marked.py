"""Files of ../shared that editors sent back, and the workspace whose round was sent to them."""

from __future__ import annotations

import json
import tarfile
from pathlib import Path

import pytest

from actions.editors import run
from machine import ROOT

CASES = ROOT.parent / "shared" / "cases" / "round-trip"
needs_cases = pytest.mark.skipif(not CASES.is_dir(), reason="needs ../shared")
NAME = Path("releases") / "warm-rivers" / "release.yaml"


class MarkedWorkspace:
    """The workspace of the cases, unpacked into a folder."""

    def __init__(self, root: Path) -> None:
        """Unpack the workspace into `root`."""
        with tarfile.open(CASES / "workspace.tar.gz") as archive:
            archive.extractall(root, filter="data")
        self.root = root
        self.before = self.now

    @property
    def now(self) -> str:
        """The text of the release."""
        return (self.root / NAME).read_text()

    def tell(self, file: str | Path) -> list[dict[str, object]]:
        """What a file proposes, nothing being written."""
        result = run("review", "receive", str(CASES / "marked" / file), "--format", "json", *self._here)
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)

    def receive(self, file: str | Path, *options: str) -> str:
        """What the command says about a file."""
        result = run("review", "receive", str(CASES / "marked" / file), "--as", "writer", *options, *self._here)
        assert result.exit_code == 0, result.output
        return result.output

    def changed(self, file: str | Path, *options: str) -> tuple[str, str]:
        """The lines of the release that a file changes, as words: before, and after."""
        self.receive(file, *(options or ("--apply",)))
        old, new = self.before.splitlines(), self.now.splitlines()
        gone, come = [each for each in old if each not in new], [each for each in new if each not in old]
        return " ".join(" ".join(gone).split()), " ".join(" ".join(come).split())

    @property
    def _here(self) -> tuple[str, str]:
        return "--workspace", str(self.root)
