from __future__ import annotations

import ast
import re
from pathlib import Path

import pressgen.load
from pressgen.load.problem_codes import CODES


def used() -> set[str]:
    """Every code that a module of the room mentions, but for the table itself."""
    modules = [path for path in Path(pressgen.load.__path__[0]).glob("*.py") if path.name != "codes.py"]
    nodes = [node for module in modules for node in ast.walk(ast.parse(module.read_text("utf-8")))]
    texts = [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return {text for text in texts if re.fullmatch(r"[A-Z]\d\d", text)}


def test_the_table_has_the_codes_that_the_code_uses_and_no_others() -> None:
    assert used() == set(CODES)


def test_codes_are_numbered_without_gaps() -> None:
    for letter in "YRHOEL":
        numbers = [int(code[1:]) for code in CODES if code.startswith(letter)]
        assert numbers == list(range(1, len(numbers) + 1))


def test_the_manual_says_the_same_of_each() -> None:
    manual = (Path(pressgen.load.__path__[0]).parent / "manual" / "codes.md").read_text("utf-8")
    rows = dict(re.findall(r"^\| `([A-Z]\d\d)` \| (.*) \|$", manual, re.MULTILINE))

    assert {code: rows.get(code) for code in CODES} == CODES
