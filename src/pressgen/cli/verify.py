"""`pressgen verify`: check a finished file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pressgen.actions.check.origin_release import OriginRelease
from pressgen.actions.workspace.folder import find_workspace
from pressgen.cli.options import complete_release, workspace_option
from pressgen.cli.terminal import echo, echo_json, echo_styled
from pressgen.errors import Severity, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pressgen.actions.workspace.folder import Workspace
    from pressgen.errors import Problem


NOT_COMPARED = "no problems found, but its words were not compared with any release (see above)"
"""Said of a file of ours whose words may be others by now."""


@click.command(
    epilog="""\b
Examples:
  pressgen verify dist/river-survey/embargoed/river-survey.pdf
  pressgen verify --format json *.docx *.pdf
  pressgen verify --release releases/river-survey ~/Downloads/river-survey.docx

\b
Exit codes: 0 nothing wrong; 1 something is, or a file cannot be read; 2 a file is not there."""
)
@click.argument(
    "files", nargs=-1, required=True, metavar="FILE...", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option(
    "--format", "shape", type=click.Choice(["text", "json"]), default="text", show_default=True,
    help="Lines to read, or an array of objects with file, where, code, severity and message.",
)  # fmt: skip
@click.option(
    "--release", type=click.Path(exists=True, path_type=Path), shell_complete=complete_release,
    help="The release that the files were made from; otherwise the one in the workspace that they name.",
)  # fmt: skip
@workspace_option
@click.pass_context
def verify(
    ctx: click.Context, files: tuple[Path, ...], shape: str, release: Path | None, workspace: Path | None
) -> None:
    """Find faults in any PDF or Word file, whoever made it.

    A PDF is checked for everything in PDF/UA-1 that a machine can check, by the numbers of the Matterhorn Protocol, and
    for glyphs that its fonts lack. A Word file is checked for barriers for readers, damage that Word would repair, and
    data about its authors. The content of a file decides what it is, not its name.

    A PDF, Word file or page that pressgen made names its release, and is compared with the data in the workspace: every
    headline, quotation, figure and note must be in it, once and in its place, and nothing else. If the data have
    changed since, the differences are listed.
    """
    from pressgen.actions.build.render_file import render_document
    from pressgen.actions.check.verify import verify_file

    origins = OriginRelease(
        _find_optional_workspace(workspace, [*([release] if release else []), *files]), render_document, release
    )
    found = {path: verify_file(path, origins) for path in files}
    wrong = {path: any(each.severity is not Severity.STYLE for each in found[path]) for path in files}
    if shape == "json":
        objects = [_to_object(path, problem) for path, problems in found.items() for problem in problems]
        echo_json(json.dumps(objects, ensure_ascii=False, indent=2))
    else:
        for path, problems in found.items():
            for problem in problems:
                echo_styled(str(problem), fg="yellow" if problem.severity is Severity.STYLE else "red")
            if not wrong[path]:
                compared = all(each.code != "X08" for each in problems)
                echo(f"{path}: {'nothing wrong' if compared else NOT_COMPARED}")
    ctx.exit(1 if any(wrong.values()) else 0)


def _find_optional_workspace(given: Path | None, paths: Sequence[Path]) -> Workspace | None:
    """Return the workspace of the files or current folder, or None.

    A workspace that is named must exist.
    """
    try:
        return find_workspace(given, [*paths, Path.cwd()], paths[0])
    except UsageError:
        if given:
            raise
        return None


def _to_object(path: Path, problem: Problem) -> dict[str, str]:
    return {
        "file": str(path),
        "where": problem.place.inside,
        "code": problem.code,
        "severity": problem.severity.value,
        "message": problem.message,
    }
