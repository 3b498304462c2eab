"""What the patches make is what WeasyPrint makes, to the byte."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from pressgen.pdf.speed.patches import STOCK
from pressgen.pdf.trial import find_differences

MAKING = Path(__file__).with_name("making.py")


def making(stock: str) -> subprocess.Popen[str]:
    """A process that makes them all, with WeasyPrint as it is where `stock` is 1."""
    environment = {**os.environ, "PYTHONPATH": ":".join(sys.path), STOCK: stock}
    return subprocess.Popen([sys.executable, MAKING], env=environment, stdout=subprocess.PIPE, text=True)


def test_odd_documents_and_real_releases_are_the_same_with_and_without_the_patches() -> None:
    """Twice in one process, too: what a patch keeps of one document must fit the next."""
    processes = [making("1"), making("0")]
    stock, patched = (json.loads(process.communicate()[0]) for process in processes)

    assert [process.returncode for process in processes] == [0, 0]
    assert len(stock) > 150
    assert find_differences(stock, patched) == []
