"""Too little memory for a PDF is told in plain words, with exit code 3, whatever Pango and its libraries do."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from pressgen.pdf import memory

WITHIN = "import resource; resource.setrlimit(resource.{}, ({},) * 2)\nfrom pressgen.pdf import weasy"
LAST = """
import ctypes
from pressgen.pdf.memory import explain_glib_aborts
explain_glib_aborts()
ctypes.CDLL("libglib-2.0.so.0").g_log(b"GLib", {}, b"creating thread: %s", b"no room")
print("lives on")
"""


def ran(program: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("limit", "mb", "told"),
    [("RLIMIT_AS", 200, "ulimit -v"), ("RLIMIT_AS", 300, "288 MB"), ("RLIMIT_DATA", 60, "ulimit -d")],
)
def test_a_limit_that_leaves_too_little_is_told_before_pango_is_loaded(limit: str, mb: int, told: str) -> None:
    done = ran(WITHIN.format(limit, mb * memory.MB))

    assert "EnvironmentFailureError: not enough memory to make a PDF" in done.stderr
    assert told in done.stderr
    assert done.returncode == 1


def test_a_limit_that_leaves_enough_is_no_hindrance() -> None:
    assert ran(WITHIN.format("RLIMIT_AS", 4096 * memory.MB)).returncode == 0


def test_the_last_words_of_glib_are_plain_and_the_exit_code_is_that_of_what_a_machine_lacks() -> None:
    done = ran(LAST.format(4))

    assert done.returncode == 3
    assert done.stdout == ""
    assert done.stderr.startswith("not enough memory to make a PDF (creating thread: no room); give the command more")


def test_a_warning_of_glib_ends_nothing() -> None:
    done = ran(LAST.format(16))

    assert (done.returncode, done.stdout) == (0, "lives on\n")


@pytest.mark.parametrize(
    ("limit", "used", "stat", "left"),
    [("100000000", "90000000", "inactive_file 30000000\nactive_file 10000000\n", 50_000_000), ("max", "1", "", None)],
)
def test_what_a_control_group_leaves(limit: str, used: str, stat: str, left: int | None, tmp_path: Path) -> None:
    for name, text in (("memory.max", limit), ("memory.current", used), ("memory.stat", stat)):
        (tmp_path / name).write_text(f"{text}\n")

    assert list(memory._read_group_limit(tmp_path, "memory.max", "memory.current")) == ([] if left is None else [left])
