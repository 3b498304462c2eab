"""When WeasyPrint is patched, and when it is left as it is."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import pressgen.pdf.speed
from machine import ROOT
from pressgen.pdf import weasy
from pressgen.pdf.speed.faces import KEPT
from pressgen.pdf.speed.patches import OTHERS, PATCHES, STOCK
from pressgen.pdf.speed.pinned_sources import SOURCES, has_pinned_source

ROOM = Path(pressgen.pdf.speed.__file__).parent
SAYING = """
import json
from pressgen.pdf.weasy import stock
from pressgen.pdf.trial import FEW, TrialDocument, compute_digests
from weasyprint.draw.text import draw_first_line
from weasyprint.css import StyleFor
made = compute_digests((name, TrialDocument(body)) for name, body in FEW.items())
print(json.dumps([stock, draw_first_line.__module__, StyleFor.__init__.__module__, made]))
"""


def said(before: str = "", stock: str = "0") -> tuple[dict[str, str], str, str, dict[str, str]]:
    """What is left out, where two functions of WeasyPrint come from, and what is made, by a process of its own."""
    ran = subprocess.run(
        [sys.executable, "-c", before + SAYING],
        env={**os.environ, "PYTHONPATH": ":".join(sys.path), STOCK: stock},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    out, lines, styles, made = json.loads(ran.stdout)
    return out, lines, styles, made


@pytest.fixture(scope="module")
def untouched() -> dict[str, str]:
    """What WeasyPrint makes as it is."""
    return said(stock="1")[3]


def test_nothing_is_replaced_where_the_environment_says_so() -> None:
    out, *modules, _ = said(stock="1")

    assert out == dict.fromkeys(PATCHES, "")
    assert modules == ["weasyprint.draw.text", "weasyprint.css"]


def test_all_is_in_place_here() -> None:
    """The versions that are installed are those that the patches were written for."""
    assert weasy.stock == (dict.fromkeys(PATCHES, "") if os.environ.get(STOCK) == "1" else {})


def test_a_patch_is_left_out_where_a_source_is_another(untouched: dict[str, str]) -> None:
    out, *modules, made = said(
        "from pressgen.pdf.speed.pinned_sources import SOURCES; SOURCES['weasyprint.draw.text'] = 'another';"
    )

    assert out == {name: "weasyprint.draw.text" for name, sources in PATCHES.items() if "draw.text" in sources}
    assert modules == ["weasyprint.draw.text", "pressgen.pdf.speed.styles"]
    assert made == untouched


def test_another_version_of_weasyprint_is_left_as_it_is(untouched: dict[str, str]) -> None:
    out, *modules, made = said(
        "from pressgen.pdf.speed.pinned_sources import VERSIONS; VERSIONS['weasyprint'] = '70.1';"
    )

    assert out.keys() == PATCHES.keys() - {"objects"}
    assert modules == ["weasyprint.draw.text", "weasyprint.css"]
    assert made == untouched


def test_the_manual_says_how_to_keep_them_out() -> None:
    assert f"`{STOCK}=1`" in (ROOT / "src" / "pressgen" / "manual" / "install.md").read_text()


def test_a_source_that_nobody_has_compared_is_not_known() -> None:
    assert not has_pinned_source("weasyprint.layout.grid")


@pytest.mark.parametrize("name", PATCHES)
def test_a_patch_names_every_source_that_it_takes_something_from(name: str) -> None:
    taken = {
        each.module.removeprefix("weasyprint.")
        for file in (name, *({"styles": ["cascade"]}.get(name, [])))
        for each in ast.walk(ast.parse((ROOM / f"{file}.py").read_text()))
        if isinstance(each, ast.ImportFrom) and (each.module or "").startswith("weasyprint.")
    }

    assert taken - {"logger"} <= set(PATCHES[name])


def test_lines_of_paragraphs_are_never_without_what_draws_them() -> None:
    assert set(PATCHES["glyphs"]) <= set(PATCHES["paragraphs"])


@pytest.mark.parametrize("name", PATCHES)
def test_what_is_kept_with_fonts_is_forgotten_when_they_change(name: str) -> None:
    keeping = re.findall(r'__dict__\.setdefault\("(\w+)"', (ROOM / f"{name}.py").read_text())
    kept = [each for each in keeping if each in KEPT]

    assert not kept or "text.fonts" in PATCHES[name]
    assert next(iter(PATCHES)) == "faces"


def test_each_source_that_is_known_is_leant_on() -> None:
    leant_on = {each if each in OTHERS else f"weasyprint.{each}" for sources in PATCHES.values() for each in sources}

    assert leant_on == SOURCES.keys()
