"""Problems in the formats that terminals, programs and code hosts read.

One of them is SARIF.
"""

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


def format_text(problems: Iterable[Problem], lines_of: Lines) -> Iterator[str]:
    """Format problems as lines for a terminal.

    Each problem has the line of its file below it, with carets under the place.

    Args:
        problems: in the order to show them.
        lines_of: the lines of a file by the name that problems give it; none where it has none.
    """
    for problem in problems:
        place, colour = problem.place, COLOURS[problem.severity]
        kind = "" if problem.severity is Severity.ERROR else style(f"{problem.severity.value}: ", fg=colour)
        yield f"{place}: {style(problem.code, fg=colour, bold=True)} {kind}{problem.message}"
        if text := lines_of(place.file)[place.line - 1 : place.line] if place.line else []:
            yield from _format_excerpt(text[0], place.column - 1, max(1, problem.extent), colour)


def _format_excerpt(line: str, at: int, extent: int, colour: str) -> Iterator[str]:
    """Yield the line around a place, and carets under the place."""
    first = max(0, at - WIDEST // 2) if len(line) > WIDEST else 0
    shown = line[first : first + WIDEST]
    yield f"    {shown}"
    width = min(extent, max(1, len(shown) - (at - first)))
    yield f"    {' ' * (at - first)}{style('^' * width, fg=colour)}"


def format_json(problems: Iterable[Problem]) -> str:
    """Format problems as a JSON array.

    Each object has `file`, `line`, `column`, `code`, `severity`, `path` and `message`.
    """
    return json.dumps([_to_object(each) for each in problems], ensure_ascii=False, indent=2)


def _to_object(problem: Problem) -> dict[str, Any]:
    return {
        "file": problem.place.file,
        "line": problem.place.line,
        "column": problem.place.column,
        "code": problem.code,
        "severity": problem.severity.value,
        "path": problem.path,
        "message": problem.message,
    }


def format_sarif(problems: Sequence[Problem], names: Mapping[str, str]) -> str:
    """Format problems as a SARIF 2.1.0 log (OASIS) of one run.

    `names` are the names of the rules by code.
    """
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
                "results": [_to_sarif_result(each) for each in problems],
            }
        ],
    }
    return json.dumps(log, ensure_ascii=False, indent=2)


def _to_sarif_result(problem: Problem) -> dict[str, Any]:
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


def format_github_commands(problems: Iterable[Problem]) -> Iterator[str]:
    """Format problems as GitHub workflow commands."""
    for problem in problems:
        place = problem.place
        where = f"file={_escape_property(place.file)}" + (
            f",line={place.line},col={place.column}" if place.line else ""
        )
        message = problem.message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
        yield f"::{GITHUB[problem.severity]} {where},title={_escape_property(problem.code)}::{message}"


def _escape_property(text: str) -> str:
    for char, code in (("%", "%25"), ("\r", "%0D"), ("\n", "%0A"), (":", "%3A"), (",", "%2C")):
        text = text.replace(char, code)
    return text
