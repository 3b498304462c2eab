"""`pressgen init` and `pressgen new`: start a workspace or a release."""

from __future__ import annotations

import shlex
from datetime import UTC, datetime
from pathlib import Path

import click

from pressgen.cli.options import complete_house, resolve_workspace, workspace_option
from pressgen.cli.terminal import echo


@click.command(
    epilog="""\b
Examples:
  pressgen init newsroom
  pressgen init try-out --samples    an invented office, with releases to try everything on"""
)
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--samples", is_flag=True, help="Put in an invented office: its people, a mailing list and six releases.")
def init(folder: Path, samples: bool) -> None:
    """Make FOLDER a workspace for releases and templates.

    The workspace gets releases/, with an office to fill in, and templates/, with two houses to change into your own.
    """
    from pressgen.actions.setup import start as starting

    starting.create_workspace(folder, samples=samples, now=datetime.now(UTC))
    following = "build elmbrook-reading" if samples else "new my-release"
    echo(f"Created {folder}/. Next: cd {shlex.quote(str(folder))}, then: pressgen {following}")
    if not samples:
        echo("Your office is described in releases/pressgen.yaml: fill it in before you send anything.", err=True)


@click.command(
    epilog="""\b
Examples:
  pressgen new river-survey
  pressgen new library-prize --house university"""
)
@click.argument("slug")
@click.option("--house", help="Whose wording and design; otherwise the first by name.", shell_complete=complete_house)
@workspace_option
def new(slug: str, house: str | None, workspace: Path | None) -> None:
    """Start a release: releases/SLUG/release.yaml, to fill in.

    SLUG names its folder and files: small letters, digits and hyphens. An editor that knows YAML schemas (VS Code with
    its YAML extension) completes and checks the file as you type.
    """
    from pressgen.actions.setup import start as starting

    found = resolve_workspace(workspace)
    echo(starting.create_release(found, slug, house, now=datetime.now(UTC)))
    echo(f"Next: pressgen build {slug}", err=True)
    echo(f"It contains examples; pressgen check {slug} lists those that you have not replaced yet.", err=True)
