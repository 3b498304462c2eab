"""Check a program's names before there is any data."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from jinja2 import TemplateError, nodes

from pressgen.word.faults import FaultCode, make_problem
from pressgen.word.language import describe_unknown_name, make_environment
from pressgen.word.tags import WHOLE

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from jinja2 import Environment

    from pressgen.errors import Problem
    from pressgen.word.program import PartProgram
    from pressgen.word.tags import Tag

LOOP = frozenset(
    {"index", "index0", "revindex", "revindex0", "first", "last", "length", "depth", "depth0"}
    | {"previtem", "nextitem", "cycle", "changed"}
)
Scope = dict[str, "Collection[str] | None"]
"""The names known at a place, each with the names of its parts, None where those are unknown."""


def find_undefined_names(script: PartProgram, names: Iterable[str]) -> list[Problem]:
    """List the names in a program that nothing defines."""
    reader = _NameChecker(partial(script.fault, FaultCode.UNKNOWN_NAME))
    scope: Scope = dict.fromkeys([*script.jinja.globals, *names])
    reader.read_all(script.jinja.parse("\n".join(script.lines)).body, scope)
    return reader.problems


def find_undefined_names_in_tags(tags: Iterable[Tag], names: Iterable[str]) -> list[Problem]:
    """List the undefined names in a part that cannot run.

    Its loops and assignments are not followed: what one of them defines counts as defined everywhere.
    """
    jinja = make_environment()
    trees = [(tag, tree) for tag in tags if not tag.echo and (tree := _parse_tag(tag, jinja)) is not None]
    stored = {each.name for _, tree in trees for each in tree.find_all(nodes.Name) if each.ctx == "store"}
    scope: Scope = dict.fromkeys([*jinja.globals, *names, *stored, "loop"])
    problems: list[Problem] = []
    for tag, tree in trees:
        reader = _NameChecker(partial(_blame_tag, tag))
        reader.read_all(tree.body, dict(scope))
        problems += reader.problems
    return problems


def _blame_tag(tag: Tag, _: int, message: str) -> Problem:
    return make_problem(FaultCode.UNKNOWN_NAME, message, tag.place, tag.text)


def _parse_tag(tag: Tag, jinja: Environment) -> nodes.Template | None:
    before, after = WHOLE.get(tag.word, ("", ""))
    try:
        return jinja.parse(before + tag.code + after)
    except (TemplateError, RecursionError):
        return None


class _NameChecker:
    """A checker that reads a program's syntax tree in running order."""

    def __init__(self, blame: Callable[[int, str], Problem]) -> None:
        self.blame = blame
        self.problems: list[Problem] = []

    def read(self, node: nodes.Node, scope: Scope) -> None:
        match node:
            case nodes.Name(ctx="load"):
                self._look(node, node.name, scope)
            case nodes.Getattr(node=nodes.Name(name=name)) if scope.get(name) is not None:
                self._look(node, node.attr, scope[name] or ())
            case nodes.Test(name="defined" | "undefined") | nodes.Filter(name="default" | "d"):
                pass
            case nodes.And(left=nodes.Test(name="defined")) | nodes.CondExpr(test=nodes.Test(name="defined")):
                pass
            case nodes.For():
                self._loop(node, scope)
            case nodes.Assign():
                self.read(node.node, scope)
                self._bind(node.target, scope)
            case nodes.With():
                inner = dict(scope)
                for target, value in zip(node.targets, node.values, strict=True):
                    self.read(value, scope)
                    self._bind(target, inner)
                self.read_all(node.body, inner)
            case _:
                self.read_all(node.iter_child_nodes(), scope)

    def read_all(self, items: Iterable[nodes.Node], scope: Scope) -> None:
        for item in items:
            self.read(item, scope)

    def _loop(self, node: nodes.For, scope: Scope) -> None:
        self.read(node.iter, scope)
        inner: Scope = {**scope, "loop": LOOP}
        self._bind(node.target, inner)
        self.read_all([*([node.test] if node.test else []), *node.body], inner)
        self.read_all(node.else_, scope)

    @staticmethod
    def _bind(target: nodes.Node, scope: Scope) -> None:
        names = [target] if isinstance(target, nodes.Name) else target.find_all(nodes.Name)
        scope.update(dict.fromkeys(each.name for each in names))

    def _look(self, node: nodes.Node, name: str, known: Mapping[str, object] | Collection[str]) -> None:
        if name not in known:
            self.problems.append(self.blame(node.lineno, describe_unknown_name(name, known)))
