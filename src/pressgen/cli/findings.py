"""Problems as a terminal, another program, a code host or a reader of SARIF wants them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pressgen import __version__
from pressgen.cli.terminal import style
from pressgen.errors import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from pressgen.errors import Problem

    Lines = Callable[[str], Sequence[str]]

COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.STYLE: "cyan"}
WIDEST = 120
SARIF = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.STYLE: "note"}
GITHUB = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.STYLE: "notice"}


def lines(problems: Iterable[Problem], lines_of: Lines) -> Iterator[str]:
    """A line each, with the line of the file that it is about and carets under the place.

    Args:
        problems: in the order to show them.
        lines_of: the lines of a file by the name that problems give it; none where it has none.
    """
    for problem in problems:
        place, colour = problem.place, COLOURS[problem.severity]
        kind = "" if problem.severity is Severity.ERROR else style(f"{problem.severity.value}: ", fg=colour)
        yield f"{place}: {style(problem.code, fg=colour, bold=True)} {kind}{problem.message}"
        if text := lines_of(place.file)[place.line - 1 : place.line] if place.line else []:
            yield from _pointed(text[0], place.column - 1, max(1, problem.extent), colour)


def _pointed(line: str, at: int, extent: int, colour: str) -> Iterator[str]:
    """The part of a line round `at`, and carets under it."""
    first = max(0, at - WIDEST // 2) if len(line) > WIDEST else 0
    shown = line[first : first + WIDEST]
    yield f"    {shown}"
    width = min(extent, max(1, len(shown) - (at - first)))
    yield f"    {' ' * (at - first)}{style('^' * width, fg=colour)}"


def as_objects(problems: Iterable[Problem]) -> str:
    """A JSON array: `file`, `line`, `column`, `code`, `severity`, `path`, `message`."""
    return json.dumps([_object(each) for each in problems], ensure_ascii=False, indent=2)


def _object(problem: Problem) -> dict[str, Any]:
    return {
        "file": problem.place.file,
        "line": problem.place.line,
        "column": problem.place.column,
        "code": problem.code,
        "severity": problem.severity.value,
        "path": problem.path,
        "message": problem.message,
    }


def as_sarif(problems: Sequence[Problem], names: Mapping[str, str]) -> str:
    """A SARIF 2.1.0 log (OASIS) of one run; `names` are the rules' names by code."""
    codes = sorted({each.code for each in problems})
    log = {
        "$schema": SARIF,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "pressgen",
                        "version": __version__,
                        "rules": [{"id": code, "name": names.get(code, code)} for code in codes],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": [_result(each) for each in problems],
            }
        ],
    }
    return json.dumps(log, ensure_ascii=False, indent=2)


def _result(problem: Problem) -> dict[str, Any]:
    place = problem.place
    physical: dict[str, Any] = {"artifactLocation": {"uri": place.file}}
    if place.line:
        physical["region"] = {"startLine": place.line, "startColumn": place.column}
    return {
        "ruleId": problem.code,
        "level": LEVELS[problem.severity],
        "message": {"text": problem.message},
        "locations": [{"physicalLocation": physical}],
    }


def workflow_commands(problems: Iterable[Problem]) -> Iterator[str]:
    """GitHub's workflow commands."""
    for problem in problems:
        place = problem.place
        where = f"file={_property(place.file)}" + (f",line={place.line},col={place.column}" if place.line else "")
        message = problem.message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
        yield f"::{GITHUB[problem.severity]} {where},title={_property(problem.code)}::{message}"


def _property(text: str) -> str:
    for char, code in (("%", "%25"), ("\r", "%0D"), ("\n", "%0A"), (":", "%3A"), (",", "%2C")):
        text = text.replace(char, code)
    return text
