"""The shape of the code: layers that break on a violation, files and functions that fit on a screen or two."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from machine import ROOT

SOURCES = sorted((ROOT / "src").rglob("*.py"))
LINT = Path(sys.executable).with_name("lint-imports")
LONGEST_FILE, LONGEST_FUNCTION, FIRST_WORDS = 300, 50, 12
RIM = {"cli", "actions", "channels", "scheduler", "files"}


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
        ("model/words.py", "import jinja2", "The document model knows no library but pydantic"),
        ("render/word.py", "import docx", "Only copies of Word files and letterheads know python-docx"),
        ("word/python_docx.py", "import docxtpl", "Shipped code does not know docxtpl"),
        (
            "actions/build/build.py",
            "import pressgen.actions.publish.lift_handlers",
            "Each room of actions knows only those below it",
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


PROTECTED = {
    "click": {"cli"}, "rich": {"cli"}, "yaml": {"load"}, "weasyprint": {"render", "pdf"}, "httpx": {"channels"},
    "smtplib": {"channels"}, "msal": {"channels"}, "fsspec": {"channels"}, "dbos": {"scheduler"},
    "sqlalchemy": {"ledger", "search", "scheduler"}, "matplotlib": {"report"}, "icalendar": {"planner"},
}  # fmt: skip
"""Libraries, and the rooms that may import them."""


def test_a_library_that_is_imported_in_a_room_where_it_does_not_belong_breaks_a_contract(copy: Path) -> None:
    packages = [path for path in (copy / "src" / "pressgen").rglob("__init__.py") if path.parent.name != "pressgen"]
    planted = []
    for package in packages:
        room = package.relative_to(copy / "src" / "pressgen").parts[0]
        wrong = [library for library, rooms in PROTECTED.items() if room not in rooms]
        module = package.with_name("planted_import.py")
        module.write_text("".join(f"import {each}\n" for each in wrong))
        name = ".".join(module.relative_to(copy / "src").with_suffix("").parts)
        planted += [f"{name} -> {each}" for each in wrong]

    told = contracts(copy)

    assert len(planted) > 100
    assert [each for each in planted if each not in told] == []


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


VERBS = frozenset((ROOT / "tests" / "verbs.txt").read_text().split())
"""The first words that a public function may have; each new one is a verb of the field's, in the imperative."""
PARTICIPLES = frozenset(
    {"told", "said", "found", "shown", "made", "held", "known", "spoken", "drawn", "folded", "marked"}
)
STANDARD = sys.stdlib_module_names
TREES = {path: ast.parse(path.read_text()) for path in SOURCES}


def is_exempt(function: ast.FunctionDef) -> bool:
    """Click's commands are called as users type them, and `rule` reads as what it makes of a function."""
    decorators = [ast.unparse(each) for each in function.decorator_list]
    return function.name == "rule" or any(".command(" in each or ".group(" in each for each in decorators)


def public(kind: type[ast.stmt]) -> list[tuple[Path, ast.stmt]]:
    """The public definitions of a kind, with their files."""
    return [
        (path, node)
        for path, tree in TREES.items()
        for node in tree.body
        if isinstance(node, kind) and not getattr(node, "name", "_").startswith("_")
    ]


def test_a_public_function_begins_with_a_verb() -> None:
    assert [
        f"{path.name}: {node.name}"
        for path, node in public(ast.FunctionDef)
        if isinstance(node, ast.FunctionDef) and not is_exempt(node) and node.name.split("_")[0] not in VERBS
    ] == []


def test_no_function_is_named_by_a_participle() -> None:
    functions = [
        (path, node) for path, tree in TREES.items() for node in tree.body if isinstance(node, ast.FunctionDef)
    ]

    assert [f"{path.name}: {node.name}" for path, node in functions if node.name.strip("_") in PARTICIPLES] == []


def test_a_public_class_is_defined_once_in_the_package() -> None:
    names = Counter(node.name for _, node in public(ast.ClassDef) if isinstance(node, ast.ClassDef))

    assert [name for name, times in names.items() if times > 1] == []


def test_an_exception_s_name_ends_in_error() -> None:
    assert [
        node.name
        for _, node in public(ast.ClassDef)
        if isinstance(node, ast.ClassDef)
        and any(ast.unparse(base).endswith(("Error", "Exception")) for base in node.bases)
        and not node.name.endswith("Error")
    ] == []


def test_no_module_has_the_name_of_one_of_the_standard_library() -> None:
    folders = {path.parent for path in SOURCES}

    assert [path.name for path in [*SOURCES, *folders] if path.stem in STANDARD] == []


def test_a_docstring_begins_with_at_most_twelve_words() -> None:
    """Help of commands, pages of rules and texts of the schema are for users, and as long as they need to be."""
    texts_for_users = {"cli", "rules"}
    texts_of_the_schema = {f"model/{name}.py" for name in ("release", "house", "office", "style")}
    long = [
        f"{path.relative_to(ROOT / 'src' / 'pressgen')}: {getattr(node, 'name', 'module')}"
        for path, tree in TREES.items()
        if not texts_for_users & set(path.parts) and "/".join(path.parts[-2:]) not in texts_of_the_schema
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Module)
        and len((ast.get_docstring(node) or "").partition("\n\n")[0].split()) > FIRST_WORDS
    ]

    assert long == []
