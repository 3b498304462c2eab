"""Every command and option that a message, a help text, the README or the manual names is one that there is."""

from __future__ import annotations

import ast
import re
from functools import cache
from typing import TYPE_CHECKING

import click
import pytest

from machine import ROOT
from pressgen.cli.app import main
from pressgen.cli.lazy import LazyCommand

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SOURCES = sorted((ROOT / "src" / "pressgen").rglob("*.py"))
PAGES = sorted([ROOT / "README.md", *(ROOT / "src" / "pressgen" / "manual").glob("*.md")])
NAMED = re.compile(r"\bpressgen ((?:[a-z]+(?:-[a-z]+)*)(?: [a-z]+(?:-[a-z]+)*)*)?([^`\n;:]*)")
OPTION = re.compile(r"(?<![\w-])--[a-z]+(?:-[a-z]+)*")
ENGLISH = set(
    "a allows and as brings builds by can cancels cannot checks comes compares copy did does draws fills for has is"
    " itself keeps knows made mail makes may needs on or publishes puts reaches reads refuses remembers runs says"
    " sets stops then turns types uses waits was will would write writes".split()
)
"""Words that follow the program's name in a sentence, and are no commands."""
NOT_SAID = {
    ("worker", "pressgen.actions.amend.correct"),  # these say what is wrong with a person's own options; a worker
    ("worker", "pressgen.actions.amend.move"),  # finishes what they ordered, and gives none
    ("worker", "pressgen.actions.amend.withdraw"),
    ("worker", "pressgen.actions.distribute.issue"),
    ("worker", "pressgen.actions.distribute.release_holders"),
    ("worker", "pressgen.actions.workspace.permissions"),
}
"""Commands, and modules that they use without ever printing those messages that name an option."""
OTHERS = {"--no-show-signature", "--paper", "--accent", "--ink", "--label-face", "--text-face"}
"""Options of git, and names of a style sheet."""


@cache
def commands() -> dict[tuple[str, ...], click.Command]:
    """Every command, by its words."""
    found: dict[tuple[str, ...], click.Command] = {}

    def walk(group: click.Command, words: tuple[str, ...]) -> None:
        for name, each in getattr(group, "commands", {}).items():
            command = each.command if isinstance(each, LazyCommand) else each
            found[(*words, name)] = command
            walk(command, (*words, name))

    walk(main, ())
    return found


def options(command: click.Command) -> set[str]:
    names = {name for each in command.params for name in (*each.opts, *each.secondary_opts)}
    return (
        names
        | {"--help", "--version"}
        | {n for each in getattr(command, "commands", {}).values() for n in options(_own(each))}
    )


def _own(command: click.Command) -> click.Command:
    return command.command if isinstance(command, LazyCommand) else command


def faults(text: str) -> Iterator[str]:
    """What a text names that is not there."""
    for match in NAMED.finditer(text):
        words, rest = tuple((match[1] or "").split()), match[2]
        command = next((found for n in (2, 1) if (found := commands().get(words[:n]))), None)
        if command is None:
            if words and words[0] not in ENGLISH:
                yield f"pressgen {' '.join(words[:2])}"
            continue
        rest = rest.partition("pressgen ")[0]
        yield from (f"{match[0]}: {each}" for each in OPTION.findall(rest) if each not in options(command))


def strings(file: Path) -> Iterator[str]:
    """Every text of a module, what is filled in standing for itself as `X`."""
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(each.value) if isinstance(each, ast.Constant) else "X" for each in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


@pytest.mark.parametrize("file", PAGES, ids=lambda file: file.name)
def test_every_page_names_what_there_is(file: Path) -> None:
    assert list(faults(file.read_text())) == []


def test_every_text_of_the_program_names_what_there_is() -> None:
    found = {
        (file.name, each) for file in SOURCES for text in strings(file) for each in faults(" ".join(text.split("\n")))
    }

    assert found == set()


def test_what_is_not_there_is_noticed() -> None:
    assert list(faults("see pressgen unshedule x")) == ["pressgen unshedule x"]
    assert len(list(faults("use pressgen unschedule X --reason TEXT"))) == 1


@cache
def modules() -> dict[str, tuple[dict[str, ast.AST], dict[str, tuple[str, str]]]]:
    """What each module defines at its top, and what it imports from pressgen, by the name that it has there."""
    found = {}
    for file in SOURCES:
        tree = ast.parse(file.read_text())
        name = ".".join(file.relative_to(ROOT / "src").with_suffix("").parts).removesuffix(".__init__")
        own = {
            each.name: each for each in tree.body if isinstance(each, ast.FunctionDef | ast.ClassDef)
        }  # fmt: skip
        imported = {
            alias.asname or alias.name: (node.module, alias.name)
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("pressgen")
            for alias in node.names
        }
        found[name] = own, imported
    return found


def reached(module: str, name: str) -> set[tuple[str, str]]:
    """The functions and classes that a function uses by name, over all modules."""
    found: set[tuple[str, str]] = set()
    waiting = [(module, name)]
    while waiting:
        at, what = waiting.pop()
        own, imported = modules().get(at, ({}, {}))
        if what not in own or (at, what) in found or (found and _is_command(own[what])):
            continue
        found.add((at, what))
        for node in ast.walk(own[what]):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in imported:
                waiting.append((".".join(imported[node.value.id]), node.attr))  # a module under its own name
            elif isinstance(node, ast.Name):
                waiting.append(imported.get(node.id, (at, node.id)))
    return found


def _is_command(node: ast.AST) -> bool:
    return any("click.command" in ast.unparse(each) for each in getattr(node, "decorator_list", ()))


def lone_options(node: ast.AST) -> Iterator[str]:
    """The options that the messages of a function name without naming a command, docstrings left out."""
    inner = {id(part) for each in ast.walk(node) if isinstance(each, ast.JoinedStr) for part in each.values}
    told = {id(each.value) for each in ast.walk(node) if isinstance(each, ast.Expr)}
    for each in ast.walk(node):
        if isinstance(each, ast.JoinedStr):
            text = "".join(str(part.value) if isinstance(part, ast.Constant) else "X" for part in each.values)
        elif isinstance(each, ast.Constant) and isinstance(each.value, str) and {id(each)}.isdisjoint(inner | told):
            text = each.value
        else:
            continue
        yield from OPTION.findall(NAMED.sub("", text))


def test_an_option_that_a_message_names_alone_is_one_of_every_command_that_may_print_it() -> None:
    wrong = {
        (" ".join(words), module, option)
        for words, command in commands().items()
        if (function := getattr(command, "callback", None)) and not hasattr(command, "commands")
        for module, name in reached(function.__module__, function.__name__)
        if module.startswith(("pressgen.cli.", "pressgen.actions."))
        for option in lone_options(modules()[module][0][name])
        if option not in options(command) | OTHERS
    }

    assert {each for each in wrong if each[:2] not in NOT_SAID} == set()
