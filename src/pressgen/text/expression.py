"""Evaluate expressions in prose and phrases.

Examples: `facts.crcs`, `facts.supervised | nearest(1000)`. The grammar is Jinja's own, cut down to what prose needs
(names, filters, arithmetic, a choice), so that nothing in a release can loop, call or reach into the program. An
unknown name is a fault with its place.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from pressgen.text.prose import ProseError

if TYPE_CHECKING:
    from types import CodeType

    from jinja2 import nodes
    from jinja2.sandbox import SandboxedEnvironment

SIMPLE = re.compile(
    r"\s*(?P<name>(?!(?:not|none|None|true|True|false|False)\b)[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)"
    r"(?:\s*\|\s*[A-Za-z_]\w*(?:\(\s*(?:\d+|'[^'\\]*'|\"[^\"\\]*\")\s*\))?)*\s*",
    re.ASCII,
)
"""A name with filters, as nearly every expression is: parsed without Jinja, which is slow to import."""
MANY = 1000
"""More names than anybody types by hand; comparing each with a mistyped one would take longer than the rest."""
KEYWORDS = frozenset("and else false if in is none not or true True False None".split())
LONGEST = 500
"""The most characters of an expression; real ones have at most eighty, and those too deep for Python have more."""
ALLOWED = frozenset("Name Getattr Filter Const Neg Add Sub Mul Div Concat CondExpr Compare Operand And Or Not".split())


def find_names(code: str) -> list[tuple[tuple[str, ...], int]]:
    """Return the dotted names in an expression, each with its offset.

    A name is a tuple such as `("facts", "crcs", "unit")`.

    Raises:
        ProseError: the expression cannot be read.
    """
    if match := SIMPLE.fullmatch(code):
        return [(tuple(match["name"].split(".")), match.start("name"))]
    _parse(code)
    found: list[tuple[tuple[str, ...], int]] = []
    at, before = 0, ""
    for _, kind, value in _get_environment().lex("{{" + code + "}}"):
        if kind == "name" and before == "." and found:
            found[-1] = ((*found[-1][0], value), found[-1][1])
        elif kind == "name" and before != "|" and value not in KEYWORDS:
            found.append(((value,), at - 2))
        if kind != "whitespace":
            before = value
        at += len(value)
    return found


class CalculationError(ProseError):
    """An expression whose parts are all known cannot be calculated."""


class ExpressionEvaluator:
    """An evaluator of expressions, with the filters that they may use."""

    def __init__(self, filters: Mapping[str, Callable[..., object]]) -> None:
        self._filters = dict(filters)
        self._jinja: SandboxedEnvironment | None = None

    def value(self, code: str, known: Mapping[str, object]) -> object:
        """Return the value of an expression, given without its braces.

        Args:
            code: the expression.
            known: what it may name; a value that is a mapping, or has `FIELDS`, may be looked into.

        Raises:
            ProseError: a name or a filter is unknown, or the expression cannot be read.
            CalculationError: it cannot be calculated.
        """
        faults = [(message, at) for dotted, at in find_names(code) if (message := explain_unknown_name(dotted, known))]
        faults += [
            (f"there is no filter “{name}”{suggest_name(name, self._filters)}", max(code.find(name), 0))
            for name in _find_filters(code)
            if name not in self._filters
        ]
        if faults:
            raise ProseError(faults)
        if self._jinja is None:
            self._jinja = _get_environment().overlay()
            self._jinja.filters = self._filters
        try:
            return _evaluate(self._jinja, _compile(code, frozenset(self._filters)), known)
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever an author's arithmetic may raise
            at = len(code) - len(code.lstrip())
            reason = "division by zero" if isinstance(error, ZeroDivisionError) else error
            raise CalculationError([(f"“{code.strip()}” cannot be calculated: {reason}", at)]) from None


def explain_unknown_name(dotted: tuple[str, ...], known: object) -> str:
    """Return what is wrong with a dotted name, with a suggestion.

    The text is empty if the name is known.
    """
    path = ""
    for name in dotted:
        here = known if isinstance(known, Mapping) else dict.fromkeys(getattr(known, "FIELDS", ()))
        if name not in here:
            return f"there is no value called “{path}{name}”{suggest_name(name, here)}"
        known = known[name] if isinstance(known, Mapping) else getattr(known, name)
        path += f"{name}."
    return ""


def suggest_name(name: str, known: Iterable[str]) -> str:
    """Return “did you mean …” for a mistyped name, with its punctuation.

    It is empty if no name is near, or if there are too many.
    """
    plain = {each.casefold(): each for each in known}
    if len(plain) > MANY:
        return ""
    found = difflib.get_close_matches(name.casefold(), plain, 1, 0.6)
    return f"; did you mean “{plain[found[0]]}”?" if found else ""


@lru_cache(maxsize=1024)  # a house's phrases are those of all its releases, and compiling takes longer than the rest
def _compile(code: str, filters: frozenset[str]) -> CodeType:
    """Compile an expression to Python code.

    Its filters are looked up when it is evaluated.
    """
    from jinja2 import nodes
    from jinja2.parser import Parser

    jinja = _get_environment().overlay(optimized=False)  # nothing is calculated before its filters are there
    jinja.filters = dict.fromkeys(filters, str)
    value = Parser(jinja, code, state="variable").parse_expression()
    whole = nodes.Template([nodes.Assign(nodes.Name("result", "store"), value, lineno=1)], lineno=1)
    whole.set_environment(jinja)
    return jinja.compile(whole)


def _evaluate(jinja: SandboxedEnvironment, compiled: CodeType, known: Mapping[str, object]) -> object:
    from jinja2.environment import TemplateExpression

    template = jinja.template_class.from_code(jinja, compiled, jinja.make_globals(None))
    return TemplateExpression(template, undefined_to_none=False)(**known)


@cache
def _get_environment() -> SandboxedEnvironment:
    from jinja2.sandbox import SandboxedEnvironment

    class Figures(SandboxedEnvironment):
        """An environment that multiplies numbers only.

        A text times a thousand million is not a figure.
        """

        intercepted_binops = frozenset("*")

        def call_binop(self, context: object, operator: str, left: object, right: object) -> object:  # noqa: ARG002
            if isinstance(left, int | Decimal) and isinstance(right, int | Decimal):
                return left * right
            raise TypeError("only numbers can be multiplied")

        def getattr(self, obj: object, attribute: str) -> object:
            """Return a name of the data, before a method of that name."""
            return obj[attribute] if isinstance(obj, Mapping) and attribute in obj else super().getattr(obj, attribute)

    environment = Figures(autoescape=False)
    environment.globals = {}
    return environment


@lru_cache(maxsize=1024)
def _parse(code: str) -> nodes.Template:
    from jinja2 import TemplateSyntaxError
    from jinja2.nodes import Node

    at = len(code) - len(code.lstrip())
    if len(code) > LONGEST:
        raise ProseError(
            [(f"“{code.strip()[:40]}…” is longer than {LONGEST} characters; split it into several facts", at)]
        )
    try:
        tree = _get_environment().parse("{{" + code + "}}")
        strange = next((node for node in tree.find_all(Node) if not _is_allowed(node)), None)
    except (TemplateSyntaxError, RecursionError) as error:
        reason = getattr(error, "message", None) or "too deep"
        raise ProseError([(f"“{code.strip()}” cannot be read: {reason}", at)]) from None
    if strange is not None or not code.strip():
        what = type(strange).__name__.lower() if strange is not None else "nothing"
        raise ProseError([(f"an expression names a value, with filters and arithmetic; not {what}", 0)])
    return tree


def _is_allowed(node: nodes.Node) -> bool:
    return type(node).__name__ in ALLOWED | {"Template", "Output"}


def _find_filters(code: str) -> list[str]:
    from jinja2.nodes import Filter

    return [node.name for node in _parse(code).find_all(Filter)]
