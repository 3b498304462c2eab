"""The shorter way through WeasyPrint's import."""

from __future__ import annotations

import runpy
import subprocess
import sys
from pathlib import Path

import _cffi_backend
import cffi
from fontTools.ttLib import TTFont

from machine import ROOT
from pressgen.pdf import weasy_abi
from pressgen.pdf.weasy_import import CLOSING, OPENING, _read_source

PAGE = "'<html lang=en><title>T</title><p>Any &amp; text</p>'"
RENDER = (
    f"from pressgen.pdf.weasy import weasyprint; made = weasyprint.HTML(string={PAGE}).write_pdf();"
    " import hashlib, sys; print(hashlib.sha256(made).hexdigest(), 'pycparser' in sys.modules,"
    " 'fontTools.subset' in sys.modules, 'fontTools.varLib' in sys.modules)"
)
UNKNOWN = "import pressgen.pdf.weasy_import as ours; ours.KNOWN = 'another text'; "
ALL = "import fontTools.subset, fontTools.varLib.instancer; "


def said(script: str) -> list[str]:
    """What `script` prints in a process of its own, in words."""
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c", script],
        env={"PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.split()


def test_declarations_are_not_parsed_and_fonttools_waits() -> None:
    assert said(RENDER)[1:] == ["False", "False", "False"]


def test_declarations_that_are_not_the_known_ones_are_parsed_as_ever() -> None:
    digest, parsed, *_ = said(UNKNOWN + RENDER)

    assert parsed == "True"
    assert digest == said(RENDER)[0]


def test_what_is_loaded_already_is_left_alone() -> None:
    digest, _, *loaded = said(ALL + RENDER)

    assert loaded == ["True", "True"]
    assert digest == said(RENDER)[0]


def test_fonttools_comes_when_it_is_called() -> None:
    script = (
        "import pressgen.pdf.weasy; from weasyprint.pdf import fonts; print(fonts.subset.Options().hinting)\n"
        "try:\n    fonts.instantiateVariableFont({}, {})\n"
        "except ValueError as fault:\n    print('fvar' in str(fault))\n"
        "import fontTools.varLib.instancer, fontTools.subset; print(type(fontTools.subset).__name__)"
    )

    assert said(script) == ["True", "True", "module"]


def test_a_font_in_woff2_is_unpacked_when_there_is_one(tmp_path: Path) -> None:
    """What reads it is seldom needed, and comes then."""
    packed = tmp_path / "face.woff2"
    face = TTFont(ROOT / "templates" / "inspectorate" / "fonts" / "SourceSans3-Regular.ttf")
    face.flavor = "woff2"
    face.save(packed)
    script = (
        "import io, sys, pressgen.pdf.weasy; from weasyprint.text import fonts\n"
        "print('fontTools.ttLib.woff2' in sys.modules); unpacked = io.BytesIO()\n"
        f"fonts.woff2.decompress(open({str(packed)!r}, 'rb'), unpacked); print(unpacked.getvalue()[:4].hex())"
    )

    assert said(script) == ["False", "00010000"]


def test_the_ready_declarations_are_those_of_the_source(tmp_path: Path) -> None:
    """Made anew by cffi of the text that WeasyPrint has; the two write the same."""
    declared = _read_source().decode().partition(OPENING)[2].partition("'''")[2].partition(CLOSING)[0]
    parser = cffi.FFI()
    parser.cdef(declared)
    parser.set_source(weasy_abi.__name__, None)
    made = tmp_path / "abi.py"
    parser.emit_python_code(str(made))
    fresh = made.read_text().partition("import _cffi_backend")[2]

    assert fresh in Path(weasy_abi.__file__).read_text().replace("  # type: ignore[import-untyped]", "")
    assert isinstance(runpy.run_path(str(made))["ffi"], _cffi_backend.FFI)
