"""Whether PDF files are set the fast way here, and come out as WeasyPrint alone would set them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

from pressgen.pdf.speed.patches import STOCK
from pressgen.pdf.speed.pinned_sources import VERSIONS
from pressgen.pdf.trial import differing

if TYPE_CHECKING:
    from collections.abc import Mapping

TRIAL = [sys.executable, "-m", "pressgen.pdf.trial"]


def hindrance(environment: Mapping[str, str] = os.environ) -> str:
    """What keeps WeasyPrint from being fast on this machine, and the way out; empty where nothing does.

    A few documents are made by a process with the patches and by one without, and compared to the byte.
    """
    if environment.get(STOCK) == "1":
        return f"off, for {STOCK} is 1 here; unset it"
    running = [_trial({**environment, STOCK: stock}) for stock in ("0", "1")]
    patched, untouched = (_found(process) for process in running)
    if not patched or not untouched:
        return f"off; {STOCK}=1 keeps it so: WeasyPrint failed on a trial; run: {' '.join(TRIAL)}"
    if names := differing(patched["made"], untouched["made"]):
        return f"set {STOCK}=1: on this machine the bytes differ in {', '.join(names)}"
    if out := patched["out"]:
        pinned = " ".join(f"{name}=={version}" for name, version in VERSIONS.items())
        changed = ", ".join(sorted(set(out.values())))
        return f"off in part ({', '.join(out)}), for other than known: {changed}; pip install {pinned}"
    return ""


def _trial(environment: Mapping[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(  # noqa: S603 - this very Python
        TRIAL, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )


def _found(process: subprocess.Popen[str]) -> dict[str, Any]:
    """What a trial has printed; nothing where it failed."""
    said = process.communicate()[0]
    return dict(json.loads(said)) if process.returncode == 0 else {}
