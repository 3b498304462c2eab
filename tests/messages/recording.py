"""The record of what the tests made pressgen say.

An import hook passes every sentence of the inventory through `note` when it is made. Problems, errors and printed lines
give it its code and the whole message as an example. Commands in other processes are heard by what they print. Each
process appends to a file of its own in one folder.
"""

from __future__ import annotations

import ast
import builtins
import json
import os
import re
import resource
import subprocess
import sys
from collections import Counter, deque
from collections.abc import Iterable, Sequence
from functools import cache, wraps
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

from messages.inventory import (
    PACKAGE,
    TABLES,
    find_in_tables,
    find_said,
    is_room_of_messages,
    list_sentences,
    to_template,
)

FOLDER = "PRESSGEN_TEST_MESSAGES"
"""The environment variable that names the folder of the records; the workers of a run inherit it."""
NOTE = "__pressgen_note_message__"
TAKE = "__pressgen_take_message__"
TRIES = 200
"""How often a sentence is looked for in what is printed, before it is taken as a part of nothing."""
HOLES = re.compile(r"\{[^{}]*\}|\\[1-9]")
ENOUGH = 4
LONG = 10_000
"""The most characters of a message that are kept."""


class Recorder:
    """What this process said: each sentence once, with its code where one is known."""

    def __init__(self) -> None:
        self.seen: set[str] = set()
        self.placed: set[str] = set()
        self.tables: set[str] = set()
        self.held: set[str] = set()
        self.tries: Counter[str] = Counter()
        self.recent: deque[tuple[str, str]] = deque(maxlen=64)
        self.waiting: list[str] = []

    def note(self, template: str, made: str) -> str:
        """Record that a sentence was made, and return it."""
        if template not in self.placed and self.tries[template] < TRIES and len(made) < LONG:
            self.tries[template] += 1
            self.recent.append((template, made))
        if template not in self.seen:
            self.seen.add(template)
            self.write(template, "", made[:LONG])
        return made

    def hold(self, templates: Iterable[str]) -> None:
        """Know the sentences of a module's tables."""
        self.held.update(templates)
        self.tables.update(self.held)

    def take(self, value: Any) -> Any:  # noqa: ANN401 - whatever a table holds
        """Record that a sentence was taken out of a table, and return it; return anything else as it is."""
        return self.note(value, value) if isinstance(value, str) and value in self.held else value

    def place(self, code: str, message: str, shown: str) -> None:
        """Record which sentences a message of this code was made of."""
        for pair in [each for each in self.recent if each[1] in message]:
            self.recent.remove(pair)
            if pair[0] not in self.placed:
                self.placed.add(pair[0])
                self.write(pair[0], code, shown[:LONG])
        for template in [each for each in self.tables if get_longest_part(each) in message]:
            self.tables.discard(template)
            self.write(template, code, shown[:LONG])

    def hear(self, text: str) -> None:
        """Record which sentences a command printed in a process of its own; a short one only as a whole line."""
        for line in text.splitlines():
            for template in list_heard(line):
                if template not in self.seen:
                    self.seen.add(template)
                    self.write(template, "printed", line[:LONG])

    def write(self, template: str, code: str, example: str) -> None:
        """Append one sighting to this process's file; where a test limits the size of files, do it later."""
        folder = os.environ.get(FOLDER)
        if folder and Path(folder).is_dir():
            self.waiting.append(json.dumps([template, code, example]))
            if resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY:
                with (Path(folder) / f"{os.getpid()}.jsonl").open("a", encoding="utf-8") as file:
                    file.writelines(f"{line}\n" for line in self.waiting)
                self.waiting.clear()


RECORDER = Recorder()


def list_heard(line: str) -> list[str]:
    """Return the sentences in a line: those with at least four words of their own, else one that is the whole line."""
    texts = [each for each in list_texts() if get_longest_part(each).strip() in line]
    long = [each for each in texts if is_unambiguous(each) and compile_template(each).search(line)]
    return long or [each for each in texts if compile_template(each).fullmatch(line)][:1]


@cache
def list_texts() -> tuple[str, ...]:
    """Return each sentence once, the longest fixed words first."""
    return tuple(sorted({each.text for each in list_sentences()}, key=lambda each: -len(HOLES.sub("", each))))


def is_unambiguous(template: str) -> bool:
    """Return whether a sentence is recognised by its fixed words: at least four."""
    return len(re.findall(r"[^\W\d_]{2,}", HOLES.sub(" ", template))) >= ENOUGH


@cache
def compile_template(template: str) -> re.Pattern[str]:
    """Return a pattern that finds a sentence, whatever is put in."""
    return re.compile(".*?".join(map(re.escape, HOLES.split(template.strip()))), re.DOTALL)


@cache
def get_longest_part(template: str) -> str:
    """Return the longest part of a sentence between the values that are put in."""
    return max(HOLES.split(template), key=len)


class Loader(SourceFileLoader):
    """Load a module with every sentence passed through the recorder."""

    def get_code(self, fullname: str) -> CodeType:
        """Compile the module; what Python has cached of it does not know the recorder."""
        path = self.get_filename(fullname)
        tree = ast.parse(self.get_data(path), path)
        if is_room_of_messages(Path(path).relative_to(PACKAGE).as_posix()):
            RECORDER.hold(map(to_template, find_in_tables(tree)))
            tree = Wrapping({id(each) for each in find_said(tree)}).visit(tree)
        return compile(ast.fix_missing_locations(tree), path, "exec", dont_inherit=True)

    def exec_module(self, module: ModuleType) -> None:
        """Run the module, and watch what its messages are put into."""
        super().exec_module(module)
        if module.__name__ == "pressgen.errors":
            watch_errors(module)
        elif module.__name__ == "pressgen.cli.terminal":
            watch_terminal(module)


class Wrapping(ast.NodeTransformer):
    """Pass the chosen strings, and what is taken out of tables of messages, through the recorder."""

    def __init__(self, chosen: set[int]) -> None:
        self.chosen = chosen

    def visit(self, node: ast.AST) -> Any:  # noqa: ANN401 - as its base class has it
        """Wrap a chosen string or what a table gives; look into everything else."""
        if isinstance(node, ast.MatchValue):
            return node
        chosen, template = id(node) in self.chosen, ""
        if chosen:
            assert isinstance(node, ast.expr)
            template = to_template(node)
        taken = is_taken_from_table(node)
        node = self.generic_visit(node)
        if chosen:
            return _call(NOTE, ast.Constant(template), node)
        return _call(TAKE, node) if taken else node


def is_taken_from_table(node: ast.AST) -> bool:
    """Return whether an expression is a constant of messages, or takes something out of a table of them."""
    match node:
        case ast.Name(id=name, ctx=ast.Load()):
            return name in TABLES
        case ast.Subscript(value=ast.Name(id=name), ctx=ast.Load()):
            return name in TABLES
        case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="get")):
            return name in TABLES
        case _:
            return False


def _call(function: str, *args: Any) -> ast.Call:  # noqa: ANN401 - expressions
    return ast.copy_location(ast.Call(ast.Name(function, ast.Load()), list(args), []), args[-1])


class Finder(PathFinder):
    """Find pressgen's modules as Python does, for the loader above."""

    @classmethod
    def find_spec(
        cls, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return the module's spec, or nothing for any other package or another copy of pressgen."""
        if fullname.partition(".")[0] != "pressgen":
            return None
        spec = super().find_spec(fullname, path, target)
        if spec and isinstance(spec.loader, SourceFileLoader) and Path(spec.loader.path).is_relative_to(PACKAGE):
            spec.loader = Loader(spec.loader.name, spec.loader.path)
            return spec
        return None


def watch_errors(module: ModuleType) -> None:
    """Have each problem and refusal tell which sentences it was made of."""

    def watch(kind: type, code: str) -> None:
        before = kind.__init__

        @wraps(before)
        def begin(self: Any, *args: Any, **named: Any) -> None:  # noqa: ANN401 - whatever is raised
            before(self, *args, **named)
            if code:
                RECORDER.place(code, str(self), str(self))
            else:
                RECORDER.place(self.code, self.message, str(self))

        kind.__init__ = begin  # type: ignore[misc]

    watch(module.Problem, "")
    for kind in (module.UsageError, module.EnvironmentFailureError, module.StateError):
        watch(kind, f"exit {kind.exit_code}")


def watch_terminal(module: ModuleType) -> None:
    """Have each printed line tell which sentences it was made of."""
    before = module.echo

    @wraps(before)
    def echo(message: Any = "", **named: Any) -> None:  # noqa: ANN401 - as the terminal's has it
        RECORDER.place("printed", str(message), module.click.unstyle(module.escape_hidden_characters(str(message))))
        before(message, **named)

    module.echo = echo


def watch_commands() -> None:
    """Search what other processes print for sentences."""
    before = subprocess.Popen.communicate

    @wraps(before)
    def communicate(self: Any, *args: Any, **named: Any) -> tuple[Any, Any]:  # noqa: ANN401 - as Popen has it
        streams = before(self, *args, **named)
        for each in streams:
            if each and "pressgen" in str(self.args):
                RECORDER.hear(each if isinstance(each, str) else each.decode("utf-8", "replace"))
        return streams

    subprocess.Popen.communicate = communicate  # type: ignore[method-assign]


def install() -> None:
    """Watch pressgen from now on; its modules must not be imported yet."""
    setattr(builtins, NOTE, RECORDER.note)
    setattr(builtins, TAKE, RECORDER.take)
    watch_commands()
    sys.meta_path.insert(0, Finder)
