"""The house's `release.html`: read, judged, filled.

It is a Jinja template. A name prints as what it stands for: a leaf as its words, in the element that the template
gives (`<h1>{{ headline }}</h1>`); blocks as elements of their own (`{{ body }}`); text as text. Nothing that the
data holds can become markup.
"""

from __future__ import annotations

import re
import traceback
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError, meta, nodes, pass_context
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from pressgen.errors import Place, Problem, Refused
from pressgen.model.document import Contact, Figure, Leaf, Listing, Table
from pressgen.text.expression import near

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from jinja2.runtime import Context

    from pressgen.model.house import HouseFolder
    from pressgen.render.markup import Marking

FILE = "release.html"
OWN = frozenset({"head", "logo"})
"""The names that a page has beside the vocabulary of all templates."""
MARKING = "how blocks are marked up"
"""A name that no template can write."""


@pass_context
def _shown(context: Context, value: Any) -> str:  # noqa: ANN401 - whatever a template prints
    """`value` as a template prints it."""
    marking: Marking = context.parent[MARKING]
    match value:
        case None:
            return ""
        case str() | int() | float():
            return str(value) if not hasattr(value, "__html__") else value
        case Leaf():
            return marking.leaf(value)
        case Listing() | Table() | Figure() | Contact():
            return marking.block(value)
        case tuple() | list() if all(isinstance(each, Leaf | Listing | Table | Figure | Contact) for each in value):
            return marking.blocks(value)
        case StrictUndefined():
            return str(value)
    raise TypeError("this can not be printed: print a name of the vocabulary, such as {{ headline }}")


_ENVIRONMENT = SandboxedEnvironment(
    autoescape=True, undefined=StrictUndefined, finalize=_shown, keep_trailing_newline=True
)
_ENVIRONMENT.globals.clear()


@dataclass(frozen=True, slots=True)
class Reading:
    """A template as read: None where it cannot be filled, with the problems that say why."""

    template: Template | None
    problems: tuple[Problem, ...]


def fill(folder: HouseFolder, values: Mapping[str, object], marking: Marking) -> str:
    """The house's `release.html` filled with `values`.

    Raises:
        Refused: there is no such file, or it is not a template, or it asks for what there is not.
    """
    reading = read(folder.shown, folder.files.get(FILE), frozenset(values))
    if reading.template is None:
        raise Refused(reading.problems)
    try:
        return reading.template.render({**values, MARKING: marking})
    except (Refused, MemoryError):
        raise
    except Exception as fault:  # a template may fail in as many ways as a program
        raise Refused([_failure(folder.shown, fault)]) from None


@lru_cache(maxsize=8)
def read(shown: str, content: bytes | None, names: frozenset[str]) -> Reading:
    """The template in `content`, the bytes of `release.html` in the folder `shown`; `names` are what it may use."""
    file = f"{shown}/{FILE}"
    if content is None:
        return Reading(None, (_problem("P01", "the house has no release.html; add one", Place(file)),))
    try:
        source = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        column = fault.start - content.rfind(b"\n", 0, fault.start)
        message = "this is not UTF-8; save the file as UTF-8"
        return Reading(None, (_problem("P01", message, Place(file, line, column)),))
    try:
        problems = tuple(_judge(source, file, names))
        return Reading(None if problems else _ENVIRONMENT.from_string(source), problems)
    except TemplateSyntaxError as fault:
        return Reading(None, (_problem("P02", _sentence(fault.message), Place(file, fault.lineno, 1)),))
    except (TemplateError, SyntaxError, RecursionError, ValueError, OverflowError) as fault:
        return Reading(None, (_problem("P02", f"this is no template: {fault}", Place(file)),))


def _judge(source: str, file: str, names: Collection[str]) -> Iterator[Problem]:
    """The names that a template asks for in vain; and `head`, if it does not ask for it."""
    tree = _ENVIRONMENT.parse(source)
    asked = meta.find_undeclared_variables(tree)
    lines = source.splitlines()
    for node in tree.find_all(nodes.Name):
        if node.ctx == "load" and node.name in asked and node.name not in names:
            found = re.search(rf"\b{re.escape(node.name)}\b", lines[node.lineno - 1])
            place = Place(file, node.lineno, found.start() + 1 if found else 1)
            yield _problem("P03", f"nothing is named “{node.name}”{near(node.name, names)}", place)
    if "head" not in asked:
        message = "nothing prints {{ head }}, which holds title and stylesheet; write it between <head> and </head>"
        yield _problem("P03", message, Place(file))


def _failure(shown: str, fault: Exception) -> Problem:
    """What a template did wrong while it was filled, at the last of its lines that ran."""
    ran = [frame.lineno for frame in traceback.extract_tb(fault.__traceback__) if frame.filename == "<template>"]
    place = Place(f"{shown}/{FILE}", ran[-1], 1) if ran and ran[-1] else Place(f"{shown}/{FILE}")
    return _problem("P04", _sentence(str(fault) or type(fault).__name__), place)


def _sentence(message: str | None) -> str:
    """Jinja's words without their final stop, and without the rooms of this program."""
    return re.sub(r"'pressgen\.[\w.]*?(\w+) object'", r"a \1", message or "this is no template").rstrip(". ")


def _problem(code: str, message: str, place: Place) -> Problem:
    return Problem(code=code, message=message, place=place)
