"""Run another program on a file from outside, in bounds.

It gets a folder of its own, no network where Linux allows that, and bounds of time, memory and file size. Its whole
process group ends with the call.
"""

from __future__ import annotations

import os
import signal
import subprocess
from contextlib import suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MEMORY, LARGEST_BLOCKS = 4_000_000, 400_000
"""The most memory in kB, and the most blocks of 512 bytes in a file that it writes."""
BOUNDS = f'ulimit -v {MEMORY}; ulimit -f {LARGEST_BLOCKS}; exec "$@"'
HERE = "{folder}"
"""Stands for the folder in a command."""


class ProgramLateError(Exception):
    """A program that needed more time than it got, and was ended."""


def convert_file(files: Mapping[str, bytes], command: Sequence[str], result: str, patience: float) -> bytes | None:
    """Run a program in a folder; return a file of it.

    Args:
        files: what is put into the folder, by path.
        command: the program and its arguments; `{folder}` in one is the folder's path.
        result: the path of the file in the folder.
        patience: the seconds that it may take.

    Returns:
        The file; None if the program did not make it.

    Raises:
        ProgramLateError: it took longer.
    """
    with TemporaryDirectory(prefix="pressgen-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        for path, data in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(data)
        _run([each.replace(HERE, name) for each in command], folder, patience)
        made = folder / result
        return made.read_bytes() if made.is_file() else None


def _run(command: list[str], folder: Path, patience: float) -> None:
    environment = {
        "PATH": os.environ.get("PATH", os.defpath), "HOME": str(folder), "TMPDIR": str(folder), "OMP_THREAD_LIMIT": "1",
    }  # fmt: skip
    started = subprocess.Popen(  # noqa: S603 - a list; the shell gets no text from outside
        ["sh", "-c", BOUNDS, "sh", *_list_isolation(), *command],  # noqa: S607 - whichever shell the system has
        cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    try:
        started.wait(patience)
    except subprocess.TimeoutExpired:
        raise ProgramLateError from None
    finally:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(started.pid, signal.SIGKILL)
        started.wait()


@cache
def _list_isolation() -> list[str]:
    """Return the command that takes the network away, where it works."""
    command = ["unshare", "--map-root-user", "--net"]
    with suppress(OSError, subprocess.SubprocessError):
        if subprocess.run([*command, "true"], capture_output=True, timeout=10, check=False).returncode == 0:  # noqa: S603
            return command
    return []
