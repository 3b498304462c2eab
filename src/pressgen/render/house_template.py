"""Parse, check and fill a house's text templates (`release.html`, `mail.txt`).

They run in Jinja's sandbox. An unknown name is a fault before any release exists. An error while a template is filled
is reported at its line.
"""

from __future__ import annotations

import re
import traceback
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError, meta, nodes, pass_context

from pressgen.errors import InputError, Place, Problem, describe_fault
from pressgen.render.template_syntax import find_unclosed_statement, list_bound_names, parse_readable_prints
from pressgen.sandbox.budget import TemplateBudget, TemplateBudgetExceededError, charge_budget, use_budget
from pressgen.sandbox.environment import BoundedEnvironment
from pressgen.text.expression import suggest_name

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from jinja2.runtime import Context

    from pressgen.model.house import HouseFolder

LARGEST, LONGEST_OUTPUT = 1_000_000, 3_000_000
"""The most bytes of a template, and characters of a filled one; the longest release has a tenth of that."""
SHOW = "how values are shown"
"""A name that no template can write."""

TAG = re.compile(r"\{\{|\{%")
OTHER_FILES = (nodes.Include, nodes.Extends, nodes.FromImport, nodes.Import)
THE_PROGRAMS = "is a part of the program, which no template can use; print a name of the vocabulary: {{ headline }}"
OTHER_FILE = "a template cannot bring in another file; write its text here"
UNEXPECTED_END = "Unexpected end of template"
"""How Jinja says that a statement is never closed."""
PLAIN = (
    (r"expected token 'end of print statement', got '\{'", r"“{{” is never closed by “}}”"),
    (r"expected token 'end of print statement', got '(.*)'", r"“\1” is too much here; print one value: {{ headline }}"),
    (r"Encountered unknown tag '(\w+)'.*", r"there is no statement “\1”"),
    (r"access to attribute '(_\w*)' of '\w+' object is unsafe\.?", rf"“\1” {THE_PROGRAMS}"),
    (r"access to attribute '(\w+)' of 'str' object is unsafe\.?", r"“\1” is nothing a template can do with a text"),
    (r"access to attribute '(\w+)' of '(\w+)' object is unsafe\.?", r"“\1” is not a part of a \2 for templates"),
    (r"'pressgen\.[\w.]*?(\w+) object' has no attribute '(\w+)'\.?", r"a \1 has no “\2”"),
    (r"'(\w+)' object is not callable", r"a \1 is not a macro or a method: delete the brackets after it"),
    (r"(?:integer |float )?(?:division|modulo).* by zero", r"this divides by zero"),
)  # fmt: skip
"""Messages of Jinja and Python on a failed template, as patterns, and pressgen's plain words for them."""


@dataclass(frozen=True, slots=True)
class ParsedTemplate:
    """A parsed template, or None with the problems that prevent its use."""

    template: Template | None
    problems: tuple[Problem, ...]


def fill_template(folder: HouseFolder, file: str, values: Mapping[str, object], show: Callable[[object], str]) -> str:
    """Fill a template file of the house with values.

    `show` prints each value.

    Raises:
        InputError: there is no such file, or it is not a template, or it uses a name that does not exist.
    """
    reading = parse_template(folder.shown, file, folder.files.get(file), frozenset(values))
    if reading.template is None:
        raise InputError(reading.problems)
    try:
        with use_budget(TemplateBudget()):
            return "".join(_limit_output(reading.template.generate({**values, SHOW: show})))
    except (InputError, MemoryError):
        raise
    except Exception as fault:  # noqa: BLE001 - a template may fail in as many ways as a program
        source = folder.files[file].decode("utf-8-sig")
        raise InputError([_describe_failure(f"{folder.shown}/{file}", fault, source)]) from None


@lru_cache(maxsize=16)
def parse_template(shown: str, name: str, content: bytes | None, names: frozenset[str]) -> ParsedTemplate:
    """Parse the template file `name` of the folder `shown`.

    `content` are its bytes, and `names` are the names that it may use.
    """
    file = f"{shown}/{name}"
    if content is None:
        return ParsedTemplate(None, (_build_problem("P01", f"the house has no {name}; add one", Place(file)),))
    if len(content) > LARGEST:
        message = f"this is larger than {LARGEST:,} bytes, the limit for a template; delete what it does not need"
        return ParsedTemplate(None, (_build_problem("P01", message, Place(file)),))
    try:
        source = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        column = fault.start - content.rfind(b"\n", 0, fault.start)
        message = "this is not UTF-8; save the file as UTF-8"
        return ParsedTemplate(None, (_build_problem("P01", message, Place(file, line, column)),))
    environment = _get_markup_environment() if name.endswith(".html") else _get_text_environment()
    try:
        tree = environment.parse(source)
        problems = (*_find_unknown_names(tree, source, file, names), *_find_forbidden_parts(tree, source, file))
        return ParsedTemplate(None if problems else environment.from_string(source), problems)
    except TemplateSyntaxError as fault:
        known = {*names, *list_bound_names(source)}
        others = [
            problem
            for tree in parse_readable_prints(environment, source)
            for problem in _find_unknown_names(tree, source, file, known)
        ]
        return ParsedTemplate(None, (_describe_syntax_fault(fault, source, file), *others))
    except (TemplateError, SyntaxError, RecursionError, ValueError, OverflowError) as fault:
        return ParsedTemplate(None, (_build_problem("P02", f"this is not a template: {fault}", Place(file)),))


@lru_cache(maxsize=1)
def _get_markup_environment() -> BoundedEnvironment:
    return _make_environment(autoescape=True)


@lru_cache(maxsize=1)
def _get_text_environment() -> BoundedEnvironment:
    return _make_environment(autoescape=False)


def _make_environment(*, autoescape: bool) -> BoundedEnvironment:
    return BoundedEnvironment(
        autoescape=autoescape,
        undefined=StrictUndefined,
        finalize=_print_value,
        keep_trailing_newline=True,
        trim_blocks=not autoescape,
        lstrip_blocks=not autoescape,
    )


def _limit_output(pieces: Iterable[str]) -> Iterator[str]:
    """Yield the pieces of a filled template, up to a limit."""
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > LONGEST_OUTPUT:
            raise TemplateBudgetExceededError(
                f"this makes more than {LONGEST_OUTPUT:,} characters, more than any release has"
            )
        yield piece


@pass_context
def _print_value(context: Context, value: object) -> str:
    """Return a value as a template prints it.

    An unknown name raises its own error.
    """
    if isinstance(value, StrictUndefined):
        return str(value)
    show: Callable[[object], str] = context.parent[SHOW]
    text = show(value)
    charge_budget(1, len(text))
    return text


def _describe_syntax_fault(fault: TemplateSyntaxError, source: str, file: str) -> Problem:
    unclosed = find_unclosed_statement(source)
    if unclosed and str(fault.message).startswith(UNEXPECTED_END):
        word, line, column = unclosed
        message = f"{{% {word} %}} is never closed; add {{% end{word} %}} below it"
        return _build_problem("P02", message, Place(file, line, column))
    return _build_problem("P02", _simplify_message(str(fault.message)), Place(file, fault.lineno, 1))


def _find_unknown_names(tree: nodes.Template, source: str, file: str, names: Collection[str]) -> Iterator[Problem]:
    asked = meta.find_undeclared_variables(tree)
    lines = source.splitlines()
    for node in tree.find_all(nodes.Name):
        if node.ctx == "load" and node.name in asked and node.name not in names:
            found = re.search(rf"\b{re.escape(node.name)}\b", lines[node.lineno - 1])
            place = Place(file, node.lineno, found.start() + 1 if found else 1)
            yield _build_problem(
                "P03", f"there is no value called “{node.name}”{suggest_name(node.name, names)}", place
            )


def _find_forbidden_parts(tree: nodes.Template, source: str, file: str) -> Iterator[Problem]:
    """Yield forbidden parts of a template: program internals and other files."""
    seen: Counter[tuple[int, str]] = Counter()
    lines = source.splitlines()
    for node in tree.find_all((nodes.Getattr, nodes.Getitem, *OTHER_FILES)):
        name, message = _explain_forbidden(node)
        if message:
            met = [each.start() for each in re.finditer(re.escape(name), lines[node.lineno - 1])]
            nth, seen[node.lineno, name] = seen[node.lineno, name], seen[node.lineno, name] + 1
            column = met[nth] + 1 if nth < len(met) else 1
            yield _build_problem("P04", message, Place(file, node.lineno, column))


def _explain_forbidden(node: nodes.Node) -> tuple[str, str]:
    """Return the forbidden word in a part of a template, and why.

    The reason is empty where it is allowed.
    """
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


def _describe_failure(file: str, fault: Exception, source: str) -> Problem:
    """Return the problem of a failed template, at its last line."""
    ran = [frame.lineno for frame in traceback.extract_tb(fault.__traceback__) if frame.filename == "<template>"]
    place = Place(file)
    if ran and ran[-1]:
        tags = [each.start() + 1 for each in TAG.finditer(source.splitlines()[ran[-1] - 1])]
        place = Place(file, ran[-1], tags[0] if len(tags) == 1 else 1)  # of several tags, nobody knows which
    return _build_problem("P04", _simplify_message(str(fault) or describe_fault(fault)), place)


def _simplify_message(text: str) -> str:
    """Return a message of Jinja or Python in plain words."""
    for pattern, plain in PLAIN:
        if match := re.fullmatch(pattern, text):
            return match.expand(plain)
    return re.sub(r"'pressgen\.[\w.]*?(\w+) object'", r"a \1", text).rstrip(". ")


def _build_problem(code: str, message: str, place: Place) -> Problem:
    return Problem(code=code, message=message, place=place)
