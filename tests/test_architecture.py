"""The shape of the code: layers that break on a violation, files and functions that fit on a screen or two."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from machine import ROOT

SOURCES = sorted((ROOT / "src").rglob("*.py"))
LINT = Path(sys.executable).with_name("lint-imports")
LONGEST_FILE, LONGEST_FUNCTION = 300, 50
RIM = {"cli", "desk", "deliver", "engine", "files"}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the project that a test may spoil."""
    shutil.copytree(ROOT / "src", tmp_path / "src")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def contracts(folder: Path) -> str:
    """What import-linter says of the project in `folder`."""
    environment = {"PYTHONPATH": str(folder / "src"), "PATH": ""}
    command = [LINT, "--no-cache"]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False).stdout


def test_the_contracts_hold(copy: Path) -> None:
    assert "0 broken" in contracts(copy)


@pytest.mark.parametrize(
    ("file", "line", "contract"),
    [
        ("compose/document.py", "from pressgen.render import page", "Each layer knows only those below it"),
        ("model/moment.py", "import pressgen.text.dates", "Each layer knows only those below it"),
        ("actions/build/build.py", "import click", "Only the terminal knows click and rich"),
        ("compose/body.py", "import yaml", "Only load reads YAML"),
        ("importer/write.py", "import yaml", "Only load reads YAML"),
        ("validate/content.py", "import weasyprint", "Only render and pdf know WeasyPrint"),
        ("actions/build/build.py", "import sqlalchemy", "Only ledger and archive know the database"),
        ("actions/build/build.py", "import dbos", "Only engine knows DBOS"),
        ("render/word.py", "import docx", "Shipped code knows neither python-docx nor docxtpl"),
        ("actions/workspace/bundle.py", "import smtplib", "Only deliver hands in mail and speaks HTTP"),
        ("actions/distribute/channels.py", "import msal", "Only deliver hands in mail and speaks HTTP"),
        ("actions/batch/make.py", "import fsspec", "Only deliver knows depots of other machines"),
        ("actions/search/find.py", "import matplotlib", "Only statistics knows matplotlib"),
        ("actions/status/grid.py", "import icalendar", "Only calendar knows icalendar"),
        ("model/words.py", "import jinja2", "The document model knows no library but pydantic"),
        (
            "actions/build/build.py",
            "import pressgen.actions.publish.lift",
            "Each room of the desk knows only those below it",
        ),
        ("text/prose.py", "from pressgen.text import expression", "No cycles"),
        ("assistance/__init__.py", "", "Each layer knows only those below it"),
    ],
)
def test_a_violation_breaks_its_contract(copy: Path, file: str, line: str, contract: str) -> None:
    path = copy / "src" / "pressgen" / file
    path.parent.mkdir(exist_ok=True)
    text = path.read_text() if path.exists() else ""
    path.write_text(
        text.replace("from __future__ import annotations\n", f"from __future__ import annotations\n{line}\n")
    )

    broken = [each for each in contracts(copy).splitlines() if each.rstrip().endswith("BROKEN")]

    assert any(each.startswith(contract) for each in broken)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT / "src").as_posix())
def test_no_file_and_no_function_is_too_long(path: Path) -> None:
    text = path.read_text()

    long = [
        node.name
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION
    ]

    assert len(text.splitlines()) <= LONGEST_FILE
    assert long == []


def test_only_the_rim_writes_files_or_reads_the_clock() -> None:
    """Imports cannot prove it: a stage that wrote could leave half a file behind."""
    found = []
    for path in SOURCES:
        room = path.relative_to(ROOT / "src" / "pressgen").parts[0]
        for node in ast.walk(ast.parse(path.read_text())):
            if room in RIM or not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            clock = name in {"now", "today", "time"} and not (node.args or node.keywords)
            disk = name in {"write_text", "write_bytes", "mkdir", "unlink"} or (
                name == "open" and isinstance(node.func, ast.Name)
            )
            if clock or disk:
                found.append(f"{path.name}:{node.lineno} {name}")

    assert found == []
