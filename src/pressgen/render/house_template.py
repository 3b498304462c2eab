"""A house's template that is text (`release.html`, `mail.txt`): read, judged, filled.

Jinja in its sandbox. A name that is unknown is a fault before any release is there; whatever a template does wrong
while it is filled is a fault at its line.
"""

from __future__ import annotations

import re
import traceback
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError, meta, nodes, pass_context

from pressgen.errors import Place, Problem, Refused
from pressgen.sandbox.budget import Budget, TooMuchWork, spend, work_within
from pressgen.sandbox.environment import BoundedEnvironment
from pressgen.text.expression import near

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from jinja2.runtime import Context

    from pressgen.model.house import HouseFolder

LARGEST, LONGEST_OUTPUT = 1_000_000, 3_000_000
"""Bytes of a template, and characters of a text made of one; the longest release makes a tenth of that."""
SHOW = "how values are shown"
"""A name that no template can write."""

TAG = re.compile(r"\{\{|\{%")
OTHER_FILES = (nodes.Include, nodes.Extends, nodes.FromImport, nodes.Import)
THE_PROGRAMS = "is a part of the program, which no template can use; print a name of the vocabulary: {{ headline }}"
OTHER_FILE = "a template cannot bring in another file; write its text here"
PLAIN = (
    (r"access to attribute '(_\w*)' of '\w+' object is unsafe\.?",
     rf"“\1” {THE_PROGRAMS}"),
    (r"access to attribute '(\w+)' of 'str' object is unsafe\.?", r"“\1” is nothing a template can do with a text"),
    (r"access to attribute '(\w+)' of '(\w+)' object is unsafe\.?", r"“\1” is nothing that a template can use of a \2"),
    (r"'pressgen\.[\w.]*?(\w+) object' has no attribute '(\w+)'\.?", r"a \1 has no “\2”"),
    (r"'(\w+)' object is not callable", r"a \1 is no macro and no method: take the brackets after it out"),
    (r"(?:integer |float )?(?:division|modulo).* by zero", r"this divides by zero"),
)  # fmt: skip
"""What Jinja and Python say of a template that fails, as patterns, and how that is said here."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A template as read: None where it cannot be filled, with the problems that say why."""

    template: Template | None
    problems: tuple[Problem, ...]


def fill(folder: HouseFolder, file: str, values: Mapping[str, object], show: Callable[[object], str]) -> str:
    """The house's `file` filled with `values`, each printed as `show` says.

    Raises:
        Refused: there is no such file, or it is not a template, or it asks for what there is not.
    """
    reading = read(folder.shown, file, folder.files.get(file), frozenset(values))
    if reading.template is None:
        raise Refused(reading.problems)
    try:
        with work_within(Budget()):
            return "".join(_bounded_output(reading.template.generate({**values, SHOW: show})))
    except (Refused, MemoryError):
        raise
    except Exception as fault:  # noqa: BLE001 - a template may fail in as many ways as a program
        source = folder.files[file].decode("utf-8-sig")
        raise Refused([_failure(f"{folder.shown}/{file}", fault, source)]) from None


@lru_cache(maxsize=16)
def read(shown: str, name: str, content: bytes | None, names: frozenset[str]) -> Reading:
    """The template in `content`, the bytes of the file `name` in the folder `shown`; `names` are what it may use."""
    file = f"{shown}/{name}"
    if content is None:
        return Reading(None, (_problem("P01", f"the house has no {name}; add one", Place(file)),))
    if len(content) > LARGEST:
        message = f"this is larger than {LARGEST:,} bytes, which no template is; take out what it does not need"
        return Reading(None, (_problem("P01", message, Place(file)),))
    try:
        source = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        column = fault.start - content.rfind(b"\n", 0, fault.start)
        message = "this is not UTF-8; save the file as UTF-8"
        return Reading(None, (_problem("P01", message, Place(file, line, column)),))
    environment = _markup() if name.endswith(".html") else _text()
    try:
        tree = environment.parse(source)
        problems = (*_unknown_names(tree, source, file, names), *_forbidden_parts(tree, source, file))
        return Reading(None if problems else environment.from_string(source), problems)
    except TemplateSyntaxError as fault:
        return Reading(None, (_problem("P02", _sentence(fault.message), Place(file, fault.lineno, 1)),))
    except (TemplateError, SyntaxError, RecursionError, ValueError, OverflowError) as fault:
        return Reading(None, (_problem("P02", f"this is no template: {fault}", Place(file)),))


@lru_cache(maxsize=1)
def _markup() -> BoundedEnvironment:
    return _environment(autoescape=True)


@lru_cache(maxsize=1)
def _text() -> BoundedEnvironment:
    return _environment(autoescape=False)


def _environment(*, autoescape: bool) -> BoundedEnvironment:
    return BoundedEnvironment(
        autoescape=autoescape,
        undefined=StrictUndefined,
        finalize=_shown,
        keep_trailing_newline=True,
        trim_blocks=not autoescape,
        lstrip_blocks=not autoescape,
    )


def _bounded_output(pieces: Iterable[str]) -> Iterator[str]:
    """The pieces of a filled template, as long as they are those of a release."""
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > LONGEST_OUTPUT:
            raise TooMuchWork(f"this makes more than {LONGEST_OUTPUT:,} characters, which no release has")
        yield piece


@pass_context
def _shown(context: Context, value: object) -> str:
    """`value` as a template prints it; an unknown name makes its own fault."""
    if isinstance(value, StrictUndefined):
        return str(value)
    show: Callable[[object], str] = context.parent[SHOW]
    text = show(value)
    spend(1, len(text))
    return text


def _unknown_names(tree: nodes.Template, source: str, file: str, names: Collection[str]) -> Iterator[Problem]:
    asked = meta.find_undeclared_variables(tree)
    lines = source.splitlines()
    for node in tree.find_all(nodes.Name):
        if node.ctx == "load" and node.name in asked and node.name not in names:
            found = re.search(rf"\b{re.escape(node.name)}\b", lines[node.lineno - 1])
            place = Place(file, node.lineno, found.start() + 1 if found else 1)
            yield _problem("P03", f"nothing is named “{node.name}”{near(node.name, names)}", place)


def _forbidden_parts(tree: nodes.Template, source: str, file: str) -> Iterator[Problem]:
    """Find what no template may use, whatever it is filled with: parts of the program, and other files."""
    seen: Counter[tuple[int, str]] = Counter()
    lines = source.splitlines()
    for node in tree.find_all((nodes.Getattr, nodes.Getitem, *OTHER_FILES)):
        name, message = _forbidden(node)
        if message:
            met = [each.start() for each in re.finditer(re.escape(name), lines[node.lineno - 1])]
            nth, seen[node.lineno, name] = seen[node.lineno, name], seen[node.lineno, name] + 1
            column = met[nth] + 1 if nth < len(met) else 1
            yield _problem("P04", message, Place(file, node.lineno, column))


def _forbidden(node: nodes.Node) -> tuple[str, str]:
    """The word at which a part of a template is refused, and why; an empty reason where it is not."""
    match node:
        case nodes.Getattr(attr=str(name)) | nodes.Getitem(arg=nodes.Const(value=str(name))):
            return name, f"“{name}” {THE_PROGRAMS}" if name.startswith("_") else ""
        case nodes.Include():
            return "include", OTHER_FILE
        case nodes.Extends():
            return "extends", OTHER_FILE
        case nodes.FromImport():
            return "from", OTHER_FILE
        case nodes.Import():
            return "import", OTHER_FILE
        case _:
            return "", ""


def _failure(file: str, fault: Exception, source: str) -> Problem:
    """What a template did wrong while it was filled, at the last of its lines that ran."""
    ran = [frame.lineno for frame in traceback.extract_tb(fault.__traceback__) if frame.filename == "<template>"]
    place = Place(file)
    if ran and ran[-1]:
        tags = [each.start() + 1 for each in TAG.finditer(source.splitlines()[ran[-1] - 1])]
        place = Place(file, ran[-1], tags[0] if len(tags) == 1 else 1)  # of several, nobody knows which
    return _problem("P04", _sentence(str(fault) or type(fault).__name__), place)


def _sentence(message: str | None) -> str:
    """Return Jinja's and Python's words as a person who writes templates would say them."""
    said = message or "this is no template"
    for pattern, plain in PLAIN:
        if match := re.fullmatch(pattern, said):
            return match.expand(plain)
    return re.sub(r"'pressgen\.[\w.]*?(\w+) object'", r"a \1", said).rstrip(". ")


def _problem(code: str, message: str, place: Place) -> Problem:
    return Problem(code=code, message=message, place=place)
