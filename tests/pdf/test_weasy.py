"""WeasyPrint at hand."""

from __future__ import annotations

import ctypes.util
import logging
import subprocess
import sys

from pressgen.pdf.weasy import capture_warnings, weasyprint


def run(script: str) -> subprocess.CompletedProcess[str]:
    paths = {"PYTHONPATH": ":".join(sys.path)}
    return subprocess.run([sys.executable, "-c", script], env=paths, capture_output=True, text=True, check=False)


def test_libraries_can_be_searched_for_afterwards() -> None:
    ran = run("import ctypes.util as c; was = c.find_library; import pressgen.pdf.weasy; assert c.find_library is was")

    assert (ran.returncode, ran.stderr) == (0, "")
    assert ctypes.util.find_library("c")


def test_a_machine_without_pango_is_told_what_to_install() -> None:
    ran = run(
        "from types import SimpleNamespace\n"
        "from pressgen.pdf import weasy_abi\n"
        "def dlopen(name, flags=0): raise OSError(f'no {name}')\n"
        "weasy_abi.ffi = SimpleNamespace(dlopen=dlopen, RTLD_NOW=2)\n"
        "from pressgen.errors import EnvironmentFailureError\n"
        "try:\n    import pressgen.pdf.weasy\n"
        "except EnvironmentFailureError as lack:\n    print(lack)\n"
    )

    assert "run: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0" in ran.stdout
    assert len(ran.stdout.splitlines()) == 1


def test_a_machine_whose_harfbuzz_makes_no_subsets_is_told_what_to_install() -> None:
    ran = run(
        "from weasyprint.text import ffi\n"
        "ffi.harfbuzz_subset = None\n"
        "from pressgen.errors import EnvironmentFailureError\n"
        "try:\n    import pressgen.pdf.weasy\n"
        "except EnvironmentFailureError as lack:\n    print(lack)\n"
    )

    assert ran.stdout.startswith(
        "making a PDF needs HarfBuzz's subsetter, which is missing on this machine; run: apt-get"
    )


def test_what_weasyprint_complains_of_is_heard() -> None:
    with capture_warnings() as heard:
        weasyprint.CSS(string="p { colour: red; }")

    assert [each.getMessage() for each in heard] == ["Ignored `colour: red` at 1:5, unknown property."]


def test_the_log_is_left_as_it_was() -> None:
    logger = logging.getLogger("weasyprint")
    before = logger.level, logger.propagate, list(logger.handlers)
    with capture_warnings():
        pass

    assert before == (logger.level, logger.propagate, list(logger.handlers))
