"""Run many commands of pressgen, each in a process of its own, with its libraries imported once.

`python forking.py` reads a line of JSON for each command (folder, umask, words), forks, runs the command in the child
and answers with a line: the exit code and what was printed.
"""

from __future__ import annotations

import importlib
import json
import os
import pkgutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Self


class Forking:
    """A process, perhaps of another account, from which commands are forked."""

    def __init__(self, python: str, as_whom: Sequence[str] = ()) -> None:
        """Start it.

        Args:
            python: the interpreter.
            as_whom: what the command that starts it begins with, such as `setpriv …`.
        """
        command = [*as_whom, python, str(Path(__file__))]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()

    def run(self, folder: Path, umask: int, words: Sequence[str]) -> tuple[int, str]:
        """Run one command; its exit code and what it printed."""
        assert self._process.stdin
        assert self._process.stdout
        print(json.dumps([str(folder), umask, list(words)]), file=self._process.stdin, flush=True)
        code, printed = json.loads(self._process.stdout.readline())
        return int(code), str(printed)


def _serve() -> None:
    import pressgen  # noqa: PLC0415 - in the process that is started alone

    for each in pkgutil.walk_packages(pressgen.__path__, "pressgen."):
        if not each.name.endswith("__main__"):
            importlib.import_module(each.name)
    for name in ("dbos", "matplotlib.figure", "matplotlib.backends.backend_svg"):  # what is imported late
        importlib.import_module(name)
    for line in sys.stdin:
        folder, umask, words = json.loads(line)
        with tempfile.TemporaryFile() as printed:
            child = os.fork()
            if not child:
                _become(folder, umask, words, printed.fileno())
            _, status = os.waitpid(child, 0)
            printed.seek(0)
            answer = [os.waitstatus_to_exitcode(status), printed.read().decode("utf-8", "replace")]
        print(json.dumps(answer), flush=True)  # noqa: T201 - the answer


def _become(folder: str, umask: int, words: list[str], printed: int) -> None:
    """Be the command in the child, to the end."""
    from pressgen.cli.app import main  # noqa: PLC0415 - as above

    os.chdir(folder)
    os.umask(umask)
    for stream in (1, 2):
        os.dup2(printed, stream)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    code = 1
    try:
        main(words, prog_name="pressgen")
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    _serve()
