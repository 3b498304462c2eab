"""`pressgen manual`, `pressgen schema`, `pressgen template` and `pressgen doctor`.

They need no release.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pressgen.cli.lazy import SummaryGroup
from pressgen.cli.options import complete_house, create_completion, resolve_workspace, workspace_option
from pressgen.cli.template_adopt import adopt
from pressgen.cli.terminal import echo, style
from pressgen.errors import EnvironmentFailureError, InputError, UsageError
from pressgen.text.plural import format_count

if TYPE_CHECKING:
    from pathlib import Path

    from pressgen.actions.setup.doctor import Dependency
    from pressgen.actions.workspace.folder import Workspace


SHOWN = 10
"""The most names of left-out parts that are printed."""


def _list_chapters() -> dict[str, str]:
    from pressgen.actions.setup.manual import list_chapters

    return list_chapters()


complete_chapter = create_completion(_list_chapters)


@click.command(
    epilog="""\b
Examples:
  pressgen schema > releases/release.schema.json
  pressgen schema --house
  pressgen schema --manual"""
)
@click.option("--house", is_flag=True, help="The format of house.yaml instead of release.yaml.")
@click.option("--manual", is_flag=True, help="The manual page of both formats, as Markdown.")
def schema(house: bool, manual: bool) -> None:
    """Print the JSON Schema of release.yaml, for your editor.

    An editor that knows JSON Schema completes and checks a release as you type.
    """
    from pressgen.actions.setup import schema as schemas

    echo(schemas.generate_format_manual() if manual else schemas.generate_schema(house=house), nl=False)


@click.command(
    name="manual",
    epilog="""\b
Examples:
  pressgen manual                  which chapters there are
  pressgen manual office | less""",
)
@click.argument("chapter", required=False, shell_complete=complete_chapter)
def manual_(chapter: str | None) -> None:
    """Print a CHAPTER of the manual, or the list of chapters."""
    from pressgen.actions.setup.manual import list_chapters, list_sections, read_chapter

    if chapter is not None:
        echo(read_chapter(chapter), nl=False)
        return
    width = max(map(len, list_chapters()))
    for section, chapters in list_sections().items():
        echo(style(section, bold=True))
        for name, summary in chapters.items():
            echo(f"  {name:<{width}}  {summary}")
    echo("To read one: pressgen manual CHAPTER")


@click.group(cls=SummaryGroup)
def template() -> None:
    """Check the templates of a house, or make them of your letterhead."""


template.add_command(adopt)


@template.command(
    epilog="""\b
Example:
  pressgen template check inspectorate"""
)
@click.argument("house", shell_complete=complete_house)
@workspace_option
def check(house: str, workspace: Path | None) -> None:
    """Find faults in a HOUSE before any release uses it.

    Lists unknown names, statements that are not closed, styles that are missing from the Word file, and misspelled
    rules of the stylesheet, each with its place. Then it makes a trial release with every kind of block, in memory, as
    embargoed file, public file and review copy, and lists what a build would refuse. Warns of pictures and names that
    may be another body's: a house that was copied keeps those of its Word file.
    """
    from pressgen.actions.setup.template import check_house

    report = check_house(resolve_workspace(workspace), house)
    if report.problems:
        raise InputError([*report.problems, *report.warnings])
    for warning in report.warnings:
        echo(str(warning))
    count = format_count(len(report.warnings), "warning")
    echo(f"{house}: no fault, but {count}; look at each" if report.warnings else f"{house}: nothing wrong")
    if report.left_out:
        more = len(report.left_out) - SHOWN
        names = ", ".join(report.left_out[:SHOWN]) + (f" and {more} more" if more > 0 else "")
        echo(f"Not on the page, and so left out of every file made from release.docx: {names}")


@click.command()
@workspace_option
def doctor(workspace: Path | None) -> None:
    """Show what this machine lacks, and how to install it.

    In a workspace, it also looks for the typefaces that the houses name for other scripts.
    """
    from pressgen.actions.setup.doctor import check_dependencies

    findings = check_dependencies(_find_optional_workspace(workspace))
    for finding in findings:
        echo(_format_finding(finding))
    if missing := [each for each in findings if each.needed and not each.there]:
        raise EnvironmentFailureError(
            "\n".join(f"{each.name} is missing; install it with: {each.install}" for each in missing)
        )


def _find_optional_workspace(given: Path | None) -> Workspace | None:
    """Return the workspace, or None where there is none.

    A workspace that is named must exist.
    """
    try:
        return resolve_workspace(given)
    except UsageError:
        if given:
            raise
        return None


def _format_finding(finding: Dependency) -> str:
    mark = style("has  ", fg="green") if finding.there else style("lacks", fg="red" if finding.needed else "yellow")
    tail = "" if finding.there else f"\n        {finding.install}"
    return f"{mark}  {finding.name}: {finding.purpose}{tail}"
