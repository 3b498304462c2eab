"""Expressions in prose and phrases: `facts.crcs`, `facts.supervised | nearest(1000)`.

Jinja's own grammar, cut down to what prose needs (names, filters, arithmetic, a choice), so that nothing in a
release can loop, call or reach into the program. A name that is not there is a fault with its place.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from pressgen.text.prose import ProseFault

if TYPE_CHECKING:
    from types import CodeType

    from jinja2 import nodes
    from jinja2.sandbox import SandboxedEnvironment

SIMPLE = re.compile(
    r"\s*(?P<name>(?!(?:not|none|None|true|True|false|False)\b)[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)"
    r"(?:\s*\|\s*[A-Za-z_]\w*(?:\(\s*(?:\d+|'[^'\\]*'|\"[^\"\\]*\")\s*\))?)*\s*",
    re.ASCII,
)
"""A name with filters, nearly every expression there is: understood without Jinja, which is slow to import."""
MANY = 1000
"""More names than anybody types by hand; likening each to a mistyped one would take longer than the rest."""
KEYWORDS = frozenset("and else false if in is none not or true True False None".split())
LONGEST = 500
"""Characters of an expression; the longest of a release has eighty, and what is deeper than Python goes has more."""
ALLOWED = frozenset("Name Getattr Filter Const Neg Add Sub Mul Div Concat CondExpr Compare Operand And Or Not".split())


def names(code: str) -> list[tuple[tuple[str, ...], int]]:
    """The dotted names in an expression, such as `("facts", "crcs", "unit")`, each with its offset in `code`.

    Raises:
        ProseFault: the expression cannot be read.
    """
    if match := SIMPLE.fullmatch(code):
        return [(tuple(match["name"].split(".")), match.start("name"))]
    _parsed(code)
    found: list[tuple[tuple[str, ...], int]] = []
    at, before = 0, ""
    for _, kind, value in _jinja().lex("{{" + code + "}}"):
        if kind == "name" and before == "." and found:
            found[-1] = ((*found[-1][0], value), found[-1][1])
        elif kind == "name" and before != "|" and value not in KEYWORDS:
            found.append(((value,), at - 2))
        if kind != "whitespace":
            before = value
        at += len(value)
    return found


class Expressions:
    """Works expressions out, with the filters that may follow a `|`."""

    def __init__(self, filters: Mapping[str, Callable[..., object]]) -> None:
        self._filters = dict(filters)
        self._jinja: SandboxedEnvironment | None = None

    def value(self, code: str, known: Mapping[str, object]) -> object:
        """The value of an expression, given without its braces.

        Args:
            code: the expression.
            known: what it may name; a value that is a mapping, or has `FIELDS`, may be looked into.

        Raises:
            ProseFault: a name or a filter is unknown, or the expression cannot be read or worked out.
        """
        faults = [(message, at) for dotted, at in names(code) if (message := unknown(dotted, known))]
        faults += [
            (f"there is no filter “{name}”{near(name, self._filters)}", max(code.find(name), 0))
            for name in _filters(code)
            if name not in self._filters
        ]
        if faults:
            raise ProseFault(faults)
        if self._jinja is None:
            self._jinja = _jinja().overlay()
            self._jinja.filters = self._filters
        try:
            return _worked_out(self._jinja, _compiled(code, frozenset(self._filters)), known)
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever an author's arithmetic may raise
            at = len(code) - len(code.lstrip())
            reason = "division by zero" if isinstance(error, ZeroDivisionError) else error
            raise ProseFault([(f"“{code.strip()}” cannot be worked out: {reason}", at)]) from None


def unknown(dotted: tuple[str, ...], known: object) -> str:
    """What is wrong with a dotted name, with the nearest one there is; empty if it is known."""
    path = ""
    for name in dotted:
        here = known if isinstance(known, Mapping) else dict.fromkeys(getattr(known, "FIELDS", ()))
        if name not in here:
            return f"nothing is named “{path}{name}”{near(name, here)}"
        known = known[name] if isinstance(known, Mapping) else getattr(known, name)
        path += f"{name}."
    return ""


def near(name: str, known: Iterable[str]) -> str:
    """A suggestion for a name mistyped, with the mark it follows on; empty if none is near, or there are too many."""
    plain = {each.casefold(): each for each in known}
    if len(plain) > MANY:
        return ""
    found = difflib.get_close_matches(name.casefold(), plain, 1, 0.6)
    return f"; did you mean “{plain[found[0]]}”?" if found else ""


@lru_cache(maxsize=1024)  # a house's phrases are those of all its releases, and compiling takes longer than the rest
def _compiled(code: str, filters: frozenset[str]) -> CodeType:
    """An expression as Python; what its filters do is looked up when it is worked out."""
    from jinja2 import nodes  # noqa: PLC0415 - as in _jinja
    from jinja2.parser import Parser  # noqa: PLC0415

    jinja = _jinja().overlay(optimized=False)  # nothing is worked out before its filters are there
    jinja.filters = dict.fromkeys(filters, str)
    value = Parser(jinja, code, state="variable").parse_expression()
    whole = nodes.Template([nodes.Assign(nodes.Name("result", "store"), value, lineno=1)], lineno=1)
    whole.set_environment(jinja)
    return jinja.compile(whole)


def _worked_out(jinja: SandboxedEnvironment, compiled: CodeType, known: Mapping[str, object]) -> object:
    from jinja2.environment import TemplateExpression  # noqa: PLC0415 - as in _jinja

    template = jinja.template_class.from_code(jinja, compiled, jinja.make_globals(None))
    return TemplateExpression(template, undefined_to_none=False)(**known)


@cache
def _jinja() -> SandboxedEnvironment:
    from jinja2.sandbox import SandboxedEnvironment  # noqa: PLC0415 - slow to import, and many texts need none

    class Figures(SandboxedEnvironment):
        """Multiplies numbers only: a text times a thousand million is no figure."""

        intercepted_binops = frozenset("*")

        def call_binop(self, context: object, operator: str, left: object, right: object) -> object:  # noqa: ARG002
            if isinstance(left, int | Decimal) and isinstance(right, int | Decimal):
                return left * right
            raise TypeError("only numbers can be multiplied")

        def getattr(self, obj: object, attribute: str) -> object:
            """A name of the data comes before a method of the same name."""
            return obj[attribute] if isinstance(obj, Mapping) and attribute in obj else super().getattr(obj, attribute)

    environment = Figures(autoescape=False)
    environment.globals = {}
    return environment


@lru_cache(maxsize=1024)
def _parsed(code: str) -> nodes.Template:
    from jinja2 import TemplateSyntaxError  # noqa: PLC0415 - as above
    from jinja2.nodes import Node  # noqa: PLC0415

    at = len(code) - len(code.lstrip())
    if len(code) > LONGEST:
        raise ProseFault(
            [(f"“{code.strip()[:40]}…” is longer than {LONGEST} characters; make it a figure of its own", at)]
        )
    try:
        tree = _jinja().parse("{{" + code + "}}")
        strange = next((node for node in tree.find_all(Node) if not _plain(node)), None)
    except (TemplateSyntaxError, RecursionError) as error:
        reason = getattr(error, "message", None) or "too deep"
        raise ProseFault([(f"“{code.strip()}” cannot be read: {reason}", at)]) from None
    if strange is not None or not code.strip():
        what = type(strange).__name__.lower() if strange is not None else "nothing at all"
        raise ProseFault([(f"an expression names a value, with filters and arithmetic; not {what}", 0)])
    return tree


def _plain(node: nodes.Node) -> bool:
    return type(node).__name__ in ALLOWED | {"Template", "Output"}


def _filters(code: str) -> list[str]:
    from jinja2.nodes import Filter  # noqa: PLC0415 - as above

    return [node.name for node in _parsed(code).find_all(Filter)]
