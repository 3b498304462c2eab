"""A check whether fast PDF rendering works on this machine.

The files must equal those that WeasyPrint alone would make.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

from pressgen.pdf.speed.patches import STOCK
from pressgen.pdf.speed.pinned_sources import VERSIONS
from pressgen.pdf.trial import find_differences

if TYPE_CHECKING:
    from collections.abc import Mapping

TRIAL = [sys.executable, "-m", "pressgen.pdf.trial"]


def find_fast_path_obstacle(environment: Mapping[str, str] = os.environ) -> str:
    """Describe what prevents fast PDF files here, and the remedy.

    The text is empty if nothing does.

    A process with the patches and one without make the same documents, which are compared byte by byte.
    """
    if environment.get(STOCK) == "1":
        return f"off, because {STOCK} is 1 here; unset it"
    running = [_start_trial({**environment, STOCK: stock}) for stock in ("0", "1")]
    patched, untouched = (_read_trial_result(process) for process in running)
    if not patched or not untouched:
        return f"off; {STOCK}=1 keeps it so: WeasyPrint failed on a trial; run: {' '.join(TRIAL)}"
    if names := find_differences(patched["made"], untouched["made"]):
        return f"set {STOCK}=1: on this machine the files differ in {', '.join(names)}"
    if out := patched["out"]:
        pinned = " ".join(f"{name}=={version}" for name, version in VERSIONS.items())
        changed = ", ".join(sorted(set(out.values())))
        return (
            f"partly off ({', '.join(out)}), because of other versions than the tested ones: {changed};"
            f" pip install {pinned}"
        )
    return ""


def _start_trial(environment: Mapping[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(  # noqa: S603 - this very Python
        TRIAL, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )


def _read_trial_result(process: subprocess.Popen[str]) -> dict[str, Any]:
    """Return what a trial printed; nothing where it failed."""
    said = process.communicate()[0]
    return dict(json.loads(said)) if process.returncode == 0 else {}
