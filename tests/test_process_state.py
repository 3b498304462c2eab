"""Nothing changes the state that all threads of the process share; the few exceptions have reasons."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from machine import ROOT

SOURCE = ROOT / "src" / "pressgen"
CALLS = {
    "chdir", "fchdir", "umask", "putenv", "unsetenv", "setlocale", "setrecursionlimit", "setswitchinterval",
    "setdefaulttimeout", "setrlimit", "disable", "enable", "freeze", "unfreeze", "set_threshold", "setLevel",
    "addHandler", "removeHandler", "addFilter", "removeFilter", "basicConfig", "dictConfig", "captureWarnings",
    "filterwarnings", "simplefilter", "resetwarnings", "catch_warnings", "redirect_stdout", "redirect_stderr",
    "signal", "setitimer", "alarm", "set_wakeup_fd", "setcontext", "getcontext", "seed", "set_start_method", "dup2",
    "tzset", "nice", "setuid", "setgid", "setpriority", "settrace", "setprofile", "register_at_fork",
}  # fmt: skip
"""Calls that change what the whole process shares, by their last name, whatever object they are of."""
SHARED = {
    "os.environ", "sys.path", "sys.modules", "sys.meta_path", "sys.stdout", "sys.stderr", "sys.stdin",
    "sys.excepthook", "warnings.filters",
}  # fmt: skip
WRITES = {"setdefault", "update", "pop", "clear", "popitem", "insert", "append", "remove", "extend"}
ALLOWED = {
    ("cli/__init__.py", "set_threshold"): "once, when the command begins; the process is the command's own",
    ("cli/app.py", "os.environ"): "once, when the command begins, before pydantic is imported",
    ("cli/app.py", "dup2"): "on the way out, when nobody reads what is printed any more",
    ("cli/schedule_lift_worker.py", "signal"): "the process is the command's own",
    ("cli/watch_files.py", "signal"): "the process is the command's own",
    ("actions/build/build_many.py", "signal"): "in a process of its own, at its beginning",
    ("actions/build/build_many.py", "freeze"): "in a process of its own, at its beginning",
    ("actions/build/build_many.py", "set_threshold"): "in a process of its own, at its beginning",
    ("scheduler/store.py", "setLevel"): "the engine's library is silent: the same each time, and never put back",
    ("importer/markdown_text.py", "enable"): "of a parser that is made there",
    ("importer/markdown_text.py", "disable"): "of a parser that is made there",
    ("importer/addresses/workbook.py", "filterwarnings"): "once, at import, for the library of workbooks alone",
    ("validate/pictures.py", "filterwarnings"): "once, at import, for the library of pictures alone; never put back",
    ("pictures/read.py", "filterwarnings"): "once, at import, for the library of pictures alone; never put back",
    ("pictures/read.py", "ImageFile.LOAD_TRUNCATED_IMAGES"): "the same each time, and never put back",
    ("model/__init__.py", "os.environ"): "once, at import, before pydantic is imported; never put back",
    ("pdf/captured_warnings.py", "getLogger().__class__"): "once, at import; the logger hands records to their context",
    ("pdf/weasy.py", "ImageFile.LOAD_TRUNCATED_IMAGES"): "once, at import: WeasyPrint had changed it",
    ("pdf/weasy_import.py", "sys.meta_path"): "at import, for one module's name, which nobody else imports meanwhile",
    ("pdf/weasy_import.py", "sys.modules"): "at import; what stands there meanwhile acts as the module does",
}
"""Where such a change is allowed, and why."""


def named(node: ast.expr) -> str:
    """The dotted name of an expression, calls as `()`."""
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value, attr=name):
            return f"{named(value)}.{name}"
        case ast.Call(func=func):
            return f"{named(func)}()"
        case _:
            return ""


def changes(text: str) -> Iterator[str]:
    """What a module changes of the process's state: the call, or the name that is written to."""
    tree = ast.parse(text)
    modules = {
        alias.asname or alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names
    }
    modules |= {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and not (node.module or "").startswith("pressgen")
        for alias in node.names
        if alias.name[:1].isupper()
    }
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(value=value, attr=name)) if named(value) in SHARED and name in WRITES:
                yield named(value)
            case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name)) if name in CALLS:
                yield name
            case ast.Assign(targets=targets) | ast.Delete(targets=targets):
                for target in targets:
                    yield from _written(target, modules)
            case ast.AugAssign(target=target) | ast.AnnAssign(target=target):
                yield from _written(target, modules)
            case ast.Global():
                yield "global"


def _written(target: ast.expr, modules: set[str]) -> Iterator[str]:
    """The shared thing that an assignment writes to: an entry of `os.environ`, an attribute of an imported module."""
    match target:
        case ast.Tuple(elts=parts):
            for part in parts:
                yield from _written(part, modules)
        case ast.Subscript(value=value) if named(value) in SHARED:
            yield named(value)
        case ast.Attribute(value=value) if named(target) in SHARED or named(value) in modules:
            yield named(target)
        case ast.Attribute(value=ast.Call(func=func), attr=name) if named(func).endswith("getLogger"):
            yield f"getLogger().{name}"


@pytest.mark.parametrize(
    "text",
    [
        "import os\nos.environ['A'] = 'b'",
        "import os\ndel os.environ['A']",
        "import os\nos.environ.pop('A')",
        "import os\nos.umask(0)",
        "import gc\ngc.disable()",
        "import logging\nlogging.getLogger('x').disabled = True",
        "import sys\nsys.stdout = None",
        "import socket\nsocket.setdefaulttimeout(1)",
        "from PIL import ImageFile\nImageFile.LOAD_TRUNCATED_IMAGES = True",
        "import ctypes.util\nctypes.util.find_library = None",
        "def f():\n    global x\n    x = 1",
    ],
)
def test_a_change_of_the_process_is_found(text: str) -> None:
    assert list(changes(text)) != []


def test_nothing_changes_what_all_threads_share() -> None:
    """`pdf/speed` is left out: it replaces functions of WeasyPrint, once, while that is imported."""
    found = {
        (path.relative_to(SOURCE).as_posix(), change)
        for path in sorted(SOURCE.rglob("*.py"))
        if not path.is_relative_to(SOURCE / "pdf" / "speed")
        for change in changes(path.read_text())
    }

    assert found - ALLOWED.keys() == set()
    assert ALLOWED.keys() - found == set(), "allowed, and not there any more"
