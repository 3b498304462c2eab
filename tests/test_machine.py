"""A fresh machine gets every program that the tests call."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from machine import ROOT, listed_programs, need_program

HERE = Path(__file__).parent
FILES = sorted(path for path in HERE.rglob("*.py") if "benchmarks" not in path.parts)
STARTERS = {"run", "Popen", "call", "check_call", "check_output"}
FINDERS = {"need_program", "which"}


class Calls(ast.NodeVisitor):
    """The programs that one file of tests calls or looks for, as far as they stand in it."""

    def __init__(self, file: ast.Module) -> None:
        self.values: dict[str, list[ast.expr]] = {}
        for node in ast.walk(file):
            for target in node.targets if isinstance(node, ast.Assign) else ():
                if isinstance(target, ast.Name):
                    self.values.setdefault(target.id, []).append(node.value)
        self.programs: set[str] = set()
        self.visit(file)

    def visit_Call(self, call: ast.Call) -> None:
        """Collect the program of a call that starts or finds one."""
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        owner = getattr(getattr(call.func, "value", None), "id", "")
        if call.args and (name in FINDERS or (owner == "subprocess" and name in STARTERS)):
            self.programs |= self.first(call.args[0])
        self.generic_visit(call)

    def first(self, node: ast.expr, seen: frozenset[str] = frozenset()) -> set[str]:
        """The texts that an expression, or the first item of the list that it is, may be."""
        match node:
            case ast.Constant(value=str(text)):
                return {text}
            case ast.List(elts=[first, *_]) | ast.Tuple(elts=[first, *_]):
                return self.first(first, seen)
            case ast.Starred(value=value) | ast.Subscript(value=value) | ast.BinOp(left=value):
                return self.first(value, seen)
            case ast.Dict(values=values):
                return set().union(*(self.first(each, seen) for each in values))
            case ast.IfExp(body=one, orelse=other):
                return self.first(one, seen) | self.first(other, seen)
            case ast.Name(id=name) if name not in seen:
                return set().union(*(self.first(each, seen | {name}) for each in self.values.get(name, [])))
        return set()


def test_every_program_that_a_test_calls_is_named_in_ci_system() -> None:
    called = {path.relative_to(HERE).as_posix(): Calls(ast.parse(path.read_text())).programs for path in FILES}

    assert {"cc", "git", "mount", "script"} <= set().union(*called.values())
    assert {
        file: lacking for file, programs in called.items() if (lacking := programs - listed_programs().keys())
    } == {}


@pytest.mark.parametrize(
    "text",
    [
        'subprocess.run(["xeyes", "-v"])',
        'command = ["xeyes"]\nsubprocess.Popen([*command, "-v"])',
        'PROGRAMS = {"eyes": ["xeyes"]}\nsubprocess.run(PROGRAMS["eyes"] + ["-v"])',
        'program = "xeyes"\nneed_program(program)',
        'shutil.which("xeyes")',
        'eyes = "xeyes" if big else "xeyes"\nsubprocess.run([eyes])',
    ],
)
def test_a_program_is_found_however_it_is_called(text: str) -> None:
    assert Calls(ast.parse(text)).programs == {"xeyes"}


@pytest.mark.parametrize("program", ["xeyes"])
def test_a_program_that_ci_system_does_not_name_is_not_looked_for(program: str) -> None:
    with pytest.raises(AssertionError, match=r"xeyes is not in \.ci/system"):
        need_program(program)


def test_every_program_has_a_package_and_ci_installs_all_of_them() -> None:
    assert all(listed_programs().values())
    assert ".ci/system --full" in (ROOT / ".ci" / "run").read_text()
