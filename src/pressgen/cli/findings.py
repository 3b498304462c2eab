"""Check releases and print the findings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING

from pressgen.actions.workspace.leftovers import describe_leftovers
from pressgen.actions.workspace.read_files import read_file, read_file_argument
from pressgen.cli.progress import show_progress
from pressgen.cli.terminal import echo, echo_json, style
from pressgen.errors import InputError, Severity
from pressgen.text.plural import format_count

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from pressgen.actions.check.check import CheckResult, Fix
    from pressgen.actions.workspace.folder import Workspace
    from pressgen.errors import Problem


@dataclass(frozen=True, slots=True)
class PrintedFindings:
    """The findings that were printed, and what can be fixed."""

    problems: list[Problem]
    mends: list[Fix]


def print_findings(
    workspace: Workspace,
    named: Sequence[Path],
    at: datetime | None = None,
    shape: str = "text",
    jobs: int | None = 1,
) -> PrintedFindings:
    """Check releases and print the problems.

    Args:
        workspace: the releases'.
        named: folders or files; none for all releases.
        at: the instant to judge them at.
        shape: `text`, `json`, `sarif` or `github`.
        jobs: processes; None to choose.
    """
    from pressgen.actions.approve.second_look import list_open_second_looks
    from pressgen.actions.check.batch import check_all, find_releases, find_shared_references

    paths = find_releases(workspace, named)
    every: list[CheckResult] = []
    with show_progress(len(paths)) as advance:
        for path, one in check_all(workspace, paths, at, jobs, present=datetime.now(UTC)):
            advance(path.resolve().name)
            every.append(one)
    problems = [each for one in every for each in one.problems] + list(find_shared_references(every))
    for path in paths:
        for line in describe_leftovers(workspace, path if path.is_dir() else path.parent):
            echo(style(line, fg="yellow"), err=True)
    for line in list_open_second_looks(workspace, [path if path.is_dir() else path.parent for path in paths]):
        echo(style(line, fg="yellow"), err=True)
    _show(workspace, problems, shape, f"{format_count(len(paths), 'release')}: {_format_summary(problems, every)}")
    return PrintedFindings(problems, [mend for one in every for mend in one.mends])


def _show(workspace: Workspace, problems: Sequence[Problem], shape: str, summary: str) -> None:
    from pressgen.cli import problem_formats

    match shape:
        case "json":
            echo_json(problem_formats.format_json(problems))
        case "sarif":
            from pressgen.actions.check.rule_pages import list_rule_names

            echo_json(problem_formats.format_sarif(problems, list_rule_names()))
        case "github":
            echo("".join(f"{line}\n" for line in problem_formats.format_github_commands(problems)), nl=False)
        case _:
            echo(
                "".join(f"{line}\n" for line in problem_formats.format_text(problems, _make_line_reader(workspace))),
                nl=False,
            )
            echo(summary, err=bool(problems))


def _format_summary(problems: Sequence[Problem], every: Sequence[CheckResult]) -> str:
    words = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.STYLE: "style note"}
    counts = [(sum(each.severity is one for each in problems), word) for one, word in words.items()]
    parts = [format_count(count, word) for count, word in counts if count]
    settled = sum(each.settled for each in every)
    return ", ".join(parts + [f"{settled} acknowledged"] * (settled > 0)) or "nothing wrong"


def _make_line_reader(workspace: Workspace) -> Callable[[str], list[str]]:
    """Return a function that reads the lines of a file by name.

    The name is the one that problems use.
    """

    @cache
    def lines(shown: str) -> list[str]:
        file = workspace.root / shown
        try:
            data = (
                read_file(workspace.root, file, shown)
                if file.is_relative_to(workspace.root)
                else read_file_argument(file, shown)
            )
        except InputError:
            return []
        return data.decode("utf-8-sig", "replace").splitlines()

    return lines
