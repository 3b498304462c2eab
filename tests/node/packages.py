"""Programs from npm that some tests run: installed beside `package.json` the first time that one is wanted."""

from __future__ import annotations

import fcntl
import subprocess
from pathlib import Path

from machine import PATIENCE, lack, need_program

HERE = Path(__file__).parent
MODULES = HERE / "node_modules"


def need_package(name: str) -> Path:
    """The folder of a package that `package.json` names."""
    npm = need_program("npm")
    folder = MODULES / name
    MODULES.mkdir(exist_ok=True)
    with (MODULES / ".installing").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)  # tests run in several processes
        if not (folder / "package.json").exists():
            command = [npm, "install", "--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts"]
            done = subprocess.run(command, cwd=HERE, capture_output=True, text=True, timeout=PATIENCE, check=False)
            if done.returncode:
                lack(f"npm cannot install {name}: {done.stderr.strip()[-300:]}")
    return folder
