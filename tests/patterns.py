"""The patterns of the package, as Python compiles them and as they are typed."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

from machine import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FUNCTIONS = {"compile", "match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer"}
NEW = {"ATOMIC_GROUP", "POSSESSIVE_REPEAT"}
TYPED = re.compile(r"\(\?>|(?:\\.|[^\\*+?{])(?:[*+?]|\{\d*,?\d*\})\+", re.DOTALL)
"""How such a construct is typed; for what is no whole pattern."""
RECORD = """
import json, re, sys, pkgutil, importlib
import re._compiler
before, found = re._compiler.compile, []
def record(pattern, flags=0):
    frame = sys._getframe()
    while frame and "/re/" in frame.f_code.co_filename:
        frame = frame.f_back
    if frame.f_globals.get("__name__", "").startswith("pressgen") and isinstance(pattern, str):
        found.append([frame.f_globals["__name__"], pattern, int(flags)])
    return before(pattern, flags)
record.__code__ = record.__code__.replace(co_filename="/re/record")
re._compiler.compile = record
import pressgen
for each in pkgutil.walk_packages(pressgen.__path__, "pressgen."):
    if not each.name.endswith("__main__"):
        importlib.import_module(each.name)
print(json.dumps(found))
"""
"""Imports every module and prints (module, pattern, flags) for each pattern that one of them compiles."""


def compiled() -> list[tuple[str, str, int]]:
    """Every pattern that the package compiles on import: module, pattern, flags; f-strings are filled in."""
    ran = subprocess.run([sys.executable, "-c", RECORD], capture_output=True, text=True, check=True, cwd=ROOT)
    return [(module, pattern, flags) for module, pattern, flags in json.loads(ran.stdout)]


def typed(path: Path) -> Iterator[tuple[int, str, bool]]:
    """Every text in a call of `re`: its line, the text, and whether it is a whole pattern, not a piece of one."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in FUNCTIONS):
            continue
        for argument in node.args[:1]:
            whole = isinstance(argument, ast.Constant)
            for each in ast.walk(argument):
                if isinstance(each, ast.Constant) and isinstance(each.value, str):
                    yield each.lineno, each.value, whole


def newer(pattern: str, flags: int = 0, *, whole: bool = True) -> bool:
    """Whether a pattern, or a piece of one, has a possessive repeat or an atomic group."""
    if whole:
        try:
            return bool(NEW & set(_constructs(re._parser.parse(pattern, flags))))  # type: ignore[attr-defined]
        except re.error:
            pass  # no pattern: `path.match("*.yaml")`, or a piece
    return TYPED.search(pattern) is not None


def _constructs(tree: Any) -> Iterator[str]:  # noqa: ANN401 - sre's own nested tuples
    if isinstance(tree, re._parser.SubPattern):  # type: ignore[attr-defined]
        tree = list(tree)
    if isinstance(tree, (list, tuple)):
        for each in tree:
            yield from _constructs(each)
    elif hasattr(tree, "name"):
        yield tree.name
