"""`pressgen redline`."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import click

from pressgen.cli.options import complete_release, workspace_of, workspace_option


@click.command(
    epilog="""\b
Examples:
  pressgen redline HEAD~1 releases/river-survey
  pressgen redline round:1 releases/river-survey --format docx --out changes.docx
  pressgen redline releases/river-survey releases/river-survey-2 --format json"""
)
@click.argument("old")
@click.argument("new", type=click.Path(exists=True, path_type=Path), shell_complete=complete_release)
@click.option(
    "--format", "shape", type=click.Choice(["text", "json", "docx"]), default="text",
    help="Words on the terminal, data for programs, or Word with tracked changes.",
)  # fmt: skip
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Where the Word file is written.")
@workspace_option
def redline(old: str, new: Path, shape: str, out: Path | None, workspace: Path | None) -> None:
    """Show what NEW, a release, says otherwise than OLD.

    OLD is a release as well, round:N for what review copies of round N showed, or a revision of git. In Word, every
    difference is a tracked change in the house's template: accept all for NEW, reject all for OLD.
    """
    from pressgen.desk.reviewing.redline import differences, versions, word  # noqa: PLC0415 - slow to import
    from pressgen.text.redline import redline as marked  # noqa: PLC0415

    found = workspace_of(workspace, [new])
    before, after = versions(found, old, new.resolve())
    if shape == "docx":
        file = out or Path(f"{after.slug}-redline.docx")
        word(before, after, file.resolve(), f"{old} to now", datetime.now(UTC))
        click.echo(file)
        return
    told = differences(before, after)
    if shape == "json":
        rows = [
            {"path": d.path, "file": d.place.file, "line": d.place.line, "before": d.before, "after": d.after}
            for d in told
        ]
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
        return
    for each in told:
        click.echo(f"{each.place}: {each.path}: {marked(each.before or '', each.after or '')}")
    if not told:
        click.echo("no word differs")
