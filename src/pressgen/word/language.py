"""The Jinja sandbox in which templates run.

It yields values unchanged and reports every missing name.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Protocol

from jinja2 import Undefined, nodes, pass_context
from jinja2.nativetypes import NativeCodeGenerator
from jinja2.sandbox import safe_range
from jinja2.utils import Namespace, missing

from pressgen.sandbox.environment import BoundedEnvironment, CountingCodeGenerator
from pressgen.word.faults import suggest_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jinja2.compiler import Frame
    from jinja2.runtime import Context


class MissingNameListener(Protocol):
    """A listener for missing names."""

    def missing(self, name: MissingName) -> None:
        """Note that the missing `name` has been used."""


LISTENER: ContextVar[MissingNameListener] = ContextVar("listener")


class MissingName(Undefined):
    """A name that does not exist.

    Using it is reported; it then counts as nothing, so that the rest is still checked.
    """

    def _report(self, *_: object, **__: object) -> MissingName:
        LISTENER.get().missing(self)
        return self

    def describe(self, names: Iterable[str]) -> str:
        """Describe the missing name; `names` are those that templates know."""
        if self._undefined_hint:
            return self._undefined_hint
        owner = self._undefined_obj
        known = names if owner is missing else owner if isinstance(owner, Mapping) else dir(owner)
        public = (name for name in map(str, known) if not name.startswith("_"))
        return describe_unknown_name(str(self._undefined_name), public)

    def __getattr__(self, name: str) -> MissingName:
        if name.startswith("__"):
            raise AttributeError(name)
        return self._report()

    def __str__(self) -> str:
        self._report()
        return ""

    def __len__(self) -> int:
        self._report()
        return 0

    def __bool__(self) -> bool:
        self._report()
        return False

    def __iter__(self) -> Iterator[Any]:
        self._report()
        return iter(())

    def __eq__(self, other: object) -> bool:
        return self._report() is other

    def __hash__(self) -> int:
        self._report()
        return id(self)

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = _report  # type: ignore[assignment]
    __rtruediv__ = __floordiv__ = __rfloordiv__ = __mod__ = __rmod__ = _report  # type: ignore[assignment]
    __pow__ = __rpow__ = __pos__ = __neg__ = __call__ = __getitem__ = _report  # type: ignore[assignment]
    __lt__ = __le__ = __gt__ = __ge__ = _report  # type: ignore[assignment]


class TemplateCodeGenerator(CountingCodeGenerator, NativeCodeGenerator):
    """Jinja's code generator, where an `if` without `else` gives nothing."""

    def visit_CondExpr(self, node: nodes.CondExpr, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        """Write the code of an inline if."""
        node.expr2 = node.expr2 or nodes.Const("", lineno=node.lineno)
        super().visit_CondExpr(node, frame)


class TemplateEnvironment(BoundedEnvironment):
    """The sandboxed Jinja environment of Word templates.

    A key of a mapping comes before its methods.
    """

    code_generator_class = TemplateCodeGenerator

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401 - as Jinja declares it
        """Return the part `attribute` of a value."""
        if isinstance(obj, Mapping) and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)


@pass_context
def _wrap_value(_: Context, value: object) -> tuple[object]:
    """Wrap a value, so that it cannot pass for program text.

    The context keeps Jinja from folding constants.
    """
    return (value,)


def make_environment() -> TemplateEnvironment:
    """Make the Jinja environment of Word templates."""
    jinja = TemplateEnvironment(undefined=MissingName, finalize=_wrap_value, autoescape=False)
    jinja.globals = {"range": safe_range, "namespace": Namespace}
    return jinja


def describe_unknown_name(name: str, known: Iterable[str]) -> str:
    """Say that a name is unknown, and suggest the nearest one."""
    return f"no name “{name}”{suggest_name(name, known)}"
