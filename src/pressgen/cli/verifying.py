"""`pressgen verify`: what is wrong with a file that is already there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pressgen.errors import Problem


@click.command(
    epilog="""\b
Examples:
  pressgen verify dist/river-survey/embargoed/river-survey.pdf
  pressgen verify --format json *.docx *.pdf

\b
Exit codes: 0 nothing wrong; 1 something is; 2 a file is not there."""
)
@click.argument(
    "files", nargs=-1, required=True, metavar="FILE...", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option(
    "--format", "shape", type=click.Choice(["text", "json"]), default="text", show_default=True,
    help="Lines to read, or an array of objects with file, where, code, severity and message.",
)  # fmt: skip
@click.pass_context
def verify(ctx: click.Context, files: tuple[Path, ...], shape: str) -> None:
    """Find what is wrong with each FILE, a PDF or Word file that pressgen or anything else made.

    A PDF is held against what a machine can check of PDF/UA-1, with the numbers of the Matterhorn Protocol, and its
    glyphs are looked up in its fonts. A Word file is searched for what shuts readers out, what Word would have to mend,
    and what tells of its authors. What each file is, its content decides, not its name.
    """
    from pressgen.desk.verify import judge  # noqa: PLC0415 - heavy

    found = {path: judge(path) for path in files}
    if shape == "json":
        objects = [_object(path, problem) for path, problems in found.items() for problem in problems]
        click.echo(json.dumps(objects, ensure_ascii=False, indent=2))
    else:
        for path, problems in found.items():
            for problem in problems:
                click.secho(str(problem), fg="red")
            if not problems:
                click.echo(f"{path}: nothing wrong")
    ctx.exit(1 if any(found.values()) else 0)


def _object(path: Path, problem: Problem) -> dict[str, str]:
    return {
        "file": str(path),
        "where": problem.place.inside,
        "code": problem.code,
        "severity": problem.severity.value,
        "message": problem.message,
    }
