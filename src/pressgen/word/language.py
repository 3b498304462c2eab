"""The language of templates: Jinja in its sandbox, yielding values as they are and telling of every missing name."""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Protocol

from jinja2 import Undefined, nodes, pass_context
from jinja2.nativetypes import NativeCodeGenerator
from jinja2.sandbox import safe_range
from jinja2.utils import Namespace, missing

from pressgen.sandbox.environment import BoundedEnvironment, CountingCode
from pressgen.word.faults import suggestion

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jinja2.compiler import Frame
    from jinja2.runtime import Context


class Listener(Protocol):
    """Who hears of names that are not there."""

    def missing(self, name: Missing) -> None:
        """Hear that `name` has been used."""


LISTENER: ContextVar[Listener] = ContextVar("listener")


class Missing(Undefined):
    """A name that is not there: reported when used, then as good as nothing, so that the rest is still looked at."""

    def _report(self, *_: object, **__: object) -> Missing:
        LISTENER.get().missing(self)
        return self

    def told(self, names: Iterable[str]) -> str:
        """What to say of it, where `names` are the template's own."""
        if self._undefined_hint:
            return self._undefined_hint
        owner = self._undefined_obj
        known = names if owner is missing else owner if isinstance(owner, Mapping) else dir(owner)
        public = (name for name in map(str, known) if not name.startswith("_"))
        return unknown(str(self._undefined_name), public)

    def __getattr__(self, name: str) -> Missing:
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


class Generator(CountingCode, NativeCodeGenerator):
    """As Jinja's own, but that `a if b` without an else is nothing, and no fault."""

    def visit_CondExpr(self, node: nodes.CondExpr, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        """Write the code of an inline if."""
        node.expr2 = node.expr2 or nodes.Const("", lineno=node.lineno)
        super().visit_CondExpr(node, frame)


class Environment(BoundedEnvironment):
    """Jinja in its sandbox; a key of a mapping comes before a method of its."""

    code_generator_class = Generator

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401 - as Jinja declares it
        """The part `attribute` of a value."""
        if isinstance(obj, Mapping) and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)


@pass_context
def _as_it_is(_: Context, value: object) -> tuple[object]:
    """Wrap a value, so that it cannot pass for text of the script; the context keeps Jinja from folding constants."""
    return (value,)


def environment() -> Environment:
    """The Jinja that Word templates speak."""
    jinja = Environment(undefined=Missing, finalize=_as_it_is, autoescape=False)
    jinja.globals = {"range": safe_range, "namespace": Namespace}
    return jinja


def unknown(name: str, known: Iterable[str]) -> str:
    """Say that `name` is unknown, and which known name is nearest to it."""
    return f"no name “{name}”{suggestion(name, known)}"
