"""`pressgen build`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pressgen.cli.options import complete_release, workspace_of, workspace_option
from pressgen.cli.progress import progress
from pressgen.desk.build import Order
from pressgen.desk.build import build as build_release
from pressgen.errors import Refused, WrongUse
from pressgen.model.artifact import Format, Variant

if TYPE_CHECKING:
    from pressgen.errors import Problem


@click.command(
    epilog="""\b
Examples:
  pressgen build releases/river-survey
  pressgen build releases/river-survey --variant embargoed --format docx --format pdf
  pressgen build --all --out /tmp/preview"""
)
@click.argument(
    "releases", nargs=-1, metavar="[RELEASE]...", type=click.Path(path_type=Path), shell_complete=complete_release
)
@click.option("--all", "every", is_flag=True, help="Every release of the workspace.")
@click.option(
    "--format", "formats", multiple=True, type=click.Choice([each.value for each in Format]),
    help="What to make; may be given more than once. Otherwise all four.",
)  # fmt: skip
@click.option(
    "--variant", "variants", multiple=True, type=click.Choice([each.value for each in Variant]),
    help="Which to make: `review` is the copy for editors. Otherwise both twins under embargo, else the public one.",
)  # fmt: skip
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), help="Where to write; otherwise dist/ in the workspace."
)
@workspace_option
def build(
    releases: tuple[Path, ...], every: bool, formats: tuple[str, ...], variants: tuple[str, ...],
    out: Path | None, workspace: Path | None,
) -> None:  # fmt: skip
    """Make Word, PDF, page and mail text of each RELEASE, a folder or its release.yaml.

    The files go to dist/NAME/VARIANT/NAME.docx and so on, with a manifest.json of checksums beside them. Nothing is
    written of a release that is refused; the others are still made.
    """
    found = workspace_of(workspace, releases)
    chosen = list(dict.fromkeys([*releases, *(found.releases if every else ())]))
    if not chosen and Path("release.yaml").is_file():
        chosen = [Path()]
    if not chosen:
        raise WrongUse("no release is named; give its folder, such as releases/NAME, or --all")
    order = Order(
        [Format(each) for each in dict.fromkeys(formats)] or list(Format),
        [Variant(each) for each in variants],
        out or found.root / "dist",
        passing_over=every,
    )
    problems: list[Problem] = []
    with progress(len(chosen)) as advance:
        for path in chosen:
            advance(path.resolve().name)
            try:
                for written in build_release(found, path, order):
                    click.echo(_shown(written.path))
                    for note in written.notes:
                        click.secho(f"{_shown(written.path)}: {note}", err=True, fg="yellow")
            except Refused as refusal:
                problems += refusal.problems
    if problems:
        raise Refused(problems)


def _shown(path: Path) -> str:
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)
