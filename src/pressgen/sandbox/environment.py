"""The Jinja environment of house templates.

Its operators, filters and methods are listed, and all of them are counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sized
from decimal import Decimal
from functools import wraps
from typing import TYPE_CHECKING, Any

from jinja2 import TemplateSyntaxError, Undefined, nodes
from jinja2.compiler import CodeGenerator
from jinja2.filters import FILTERS
from jinja2.runtime import Macro, markup_join, str_join
from jinja2.sandbox import ImmutableSandboxedEnvironment

from pressgen.sandbox.budget import TemplateBudgetExceededError, charge_budget, limit_value, measure_size
from pressgen.sandbox.limits import BEFORE, refuse_longer

if TYPE_CHECKING:
    from jinja2.compiler import Frame
    from jinja2.runtime import Context

MOST_POWER = 64
"""The largest number on either side of `**`."""
WEIGHT_OF_A_MACRO = 2000
"""Characters that a call of a macro counts for, because it may print as many uncounted ones."""
PASSES = "pass by pass"
"""The name of the filter that counts a loop; no template can write it."""
NUMBERS, SEQUENCES = int | float | Decimal, str | list | tuple
FILTER_NAMES = frozenset(
    "abs batch capitalize center count d default dictsort e escape first float forceescape format groupby indent int"
    " items join last length list lower map max min reject rejectattr replace reverse round safe select selectattr"
    " slice sort string striptags sum title trim truncate unique upper urlencode wordcount wordwrap".split()
)
TEXT_METHODS = frozenset(
    "capitalize casefold count endswith find index isalnum isalpha isdecimal isdigit islower isspace istitle"
    " isupper join lower lstrip partition removeprefix removesuffix replace rfind rindex rpartition rsplit rstrip split"
    " splitlines startswith strip swapcase title upper".split()
)
METHODS: dict[type, frozenset[str]] = {
    str: TEXT_METHODS,
    list: frozenset({"count", "index"}),
    tuple: frozenset({"count", "index"}),
    dict: frozenset({"get", "items", "keys", "values"}),
    bytes: frozenset(), int: frozenset(), float: frozenset(), Decimal: frozenset(),
}  # fmt: skip
"""The methods of Python's own types that a template may call."""


class CountingCodeGenerator(CodeGenerator):
    """A Jinja code generator that counts what templates build.

    It counts texts joined by `~`, lists, tuples and mappings.
    """

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:
        """Write the code of `~`."""
        self.write("environment.join_texts((")
        for each in node.nodes:
            self.visit(each, frame)
            self.write(", ")
        self.write("))")

    def visit_List(self, node: nodes.List, frame: Frame) -> None:
        """Write the code of a list."""
        self._write_counted(super().visit_List, node, frame)

    def visit_Tuple(self, node: nodes.Tuple, frame: Frame) -> None:
        """Write the code of a tuple, unchanged if it is assigned to."""
        if node.ctx == "load":
            self._write_counted(super().visit_Tuple, node, frame)
        else:
            super().visit_Tuple(node, frame)

    def visit_Dict(self, node: nodes.Dict, frame: Frame) -> None:
        """Write the code of a mapping."""
        self._write_counted(super().visit_Dict, node, frame)

    def _write_counted(self, visit: Callable[[Any, Frame], None], node: nodes.Expr, frame: Frame) -> None:
        self.write("environment.bounded(")
        visit(node, frame)
        self.write(")")


class BoundedEnvironment(ImmutableSandboxedEnvironment):
    """A Jinja sandbox with listed and counted operators, filters and methods.

    It has no globals.
    """

    code_generator_class = CountingCodeGenerator
    intercepted_binops = frozenset(ImmutableSandboxedEnvironment.default_binop_table)
    bounded = staticmethod(limit_value)

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, optimized=False)  # nothing is evaluated before it is counted
        self.filters = {name: _build_counted_filter(name) for name in FILTER_NAMES} | {PASSES: _count_passes}
        self.globals = {}

    def _generate(
        self,
        source: nodes.Template,
        name: str | None,
        filename: str | None,
        defer_init: bool = False,
    ) -> str:
        for loop in list(source.find_all(nodes.For)):
            if loop.recursive:
                raise TemplateSyntaxError("a loop cannot be recursive; write a loop inside a loop", loop.lineno)
            weight = nodes.Const(sum(len(each.data) for each in loop.find_all(nodes.TemplateData)), lineno=loop.lineno)
            loop.iter = nodes.Filter(loop.iter, PASSES, [weight], [], None, None, lineno=loop.lineno)
        code: str = super()._generate(source, name, filename, defer_init)
        return code

    def join_texts(self, values: Iterable[object]) -> str:
        """Return the result of `~`."""
        text: str = limit_value((markup_join if self.autoescape else str_join)(map(limit_value, values)))
        return text

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Return the result of an allowed operator on two values."""
        if isinstance(left, Undefined) or isinstance(right, Undefined):
            return super().call_binop(context, operator, left, right)
        if isinstance(left, NUMBERS) and isinstance(right, NUMBERS):
            if operator == "**" and any(abs(each) > MOST_POWER for each in (left, right)):
                raise TemplateBudgetExceededError("this makes a number that is too large")
        elif operator == "*" and isinstance(left, SEQUENCES) and isinstance(right, int):
            refuse_longer(measure_size(left) * right)
        elif operator == "%" and isinstance(left, str):
            return self.filters["format"](left, *(right if isinstance(right, tuple) else (right,)))
        elif not (operator == "+" and isinstance(left, SEQUENCES) and isinstance(right, SEQUENCES)):
            raise TypeError(f"{operator} cannot be used on {_describe_kind(left)} and {_describe_kind(right)}")
        return limit_value(super().call_binop(context, operator, left, right))

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Return whether a template may use an attribute of a value.

        Of Python's own types, only the listed methods are allowed.
        """
        for kind, methods in METHODS.items():
            if isinstance(obj, kind) and callable(value):
                return attr in methods
        return super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, value: Any) -> None:
        """Return None: the filter `format` exists, the method does not."""

    def call(self, context: Context, called: Any, *args: Any, **kwargs: Any) -> Any:
        """Call a macro, a method, or a name that the template has."""
        owner, name = getattr(called, "__self__", None), getattr(called, "__name__", "")
        if isinstance(owner, str) and name in BEFORE:
            BEFORE[name](owner, *args, **kwargs)
        charge_budget(1, WEIGHT_OF_A_MACRO if isinstance(called, Macro) else 0)
        return limit_value(super().call(context, called, *args, **kwargs))


def _describe_kind(value: object) -> str:
    """Return what kind of value it is, for somebody who writes templates."""
    match value:
        case None | bool():
            return str(value).lower()
        case int() | float() | Decimal():
            return "a number"
        case str():
            return "a text"
        case list() | tuple():
            return "a list"
        case _:
            return type(value).__name__


def _build_counted_filter(name: str) -> Callable[..., Any]:
    """Build a counted version of one of Jinja's filters."""
    jinja, before = FILTERS[name], BEFORE.get(name)
    first = int(hasattr(jinja, "jinja_pass_arg"))

    @wraps(jinja)
    def counted(*args: Any, **kwargs: Any) -> Any:
        value = args[first]
        charge_budget(1 + (len(value) if isinstance(value, Sized) and not isinstance(value, Undefined) else 0))
        if before:
            before(*args[first:], **kwargs)
        made = jinja(*args, **kwargs)
        return limit_value(list(_count_passes(made, 0)) if isinstance(made, Iterator) else made)

    return counted


def _count_passes(values: Iterable[object], weight: int) -> Iterator[object]:
    """Count each pass of a loop.

    `weight` is the number of characters that each pass prints at least.
    """
    for each in values:
        charge_budget(1, weight)
        yield each
