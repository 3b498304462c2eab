"""`pressgen import`."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pressgen.cli.model_changes import ask_which_side, print_update
from pressgen.cli.options import complete_house, format_path, resolve_workspace, workspace_option
from pressgen.cli.progress import show_progress
from pressgen.cli.terminal import echo, echo_styled, style
from pressgen.errors import InputError, UsageError

if TYPE_CHECKING:
    from pressgen.actions.setup.importing import ImportedRelease
    from pressgen.actions.write.merge_models import ChooseSide
    from pressgen.actions.write.reimport import UpdatedRelease
    from pressgen.errors import Problem

SHOWN = 60
"""The most characters of the words of a sign."""
COLOURS = {"sure": "green", "likely": "cyan", "doubtful": "yellow", "open": "red", "absent": "white"}


@click.command(
    "import",
    epilog="""\b
Examples:
  pressgen import old/2014-05-museum.docx
  pressgen import old/2014-05-museum.docx                  again, after somebody worked on it in Word
  pressgen import archive/ --into releases/archive --house inspectorate
  pressgen import old/2011-sewing-group.txt --explain""",
)
@click.argument("files", nargs=-1, metavar="FILE...", type=click.Path(path_type=Path))
@click.option(
    "--into",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where to write; otherwise releases/ in the workspace.",
)
@click.option("--explain", is_flag=True, help="Show what was weighed for headline, language, country and zone.")
@click.option("--house", shell_complete=complete_house, help="The house of the new releases; otherwise the first.")
@click.option(
    "--keep",
    type=click.Choice(["word", "release"]),
    help="Where file and release both changed the same words, keep these; otherwise asks on a terminal.",
)
@workspace_option
def import_(
    files: tuple[Path, ...],
    into: Path | None,
    house: str | None,
    keep: str | None,
    workspace: Path | None,
    *,
    explain: bool,
) -> None:
    """Turn old Word files, PDFs, web pages, mails and texts into releases.

    FILE may also be a folder: each file in it becomes DIR/NAME/release.yaml, and each that is not read is listed with
    the reason. Reads plain text in any encoding, Markdown, Word (.docx), PDF, web pages and mail (.eml); and .doc, .rtf
    and .odt where the machine has LibreOffice. No word is lost: text that has no place in a release is kept under
    `unplaced`, and nothing is built until you have given it one. Anything doubtful is written as a comment beside its
    field. `sure` is only said where all signs agree; `--explain` shows them in a table.

    Import the same FILE again, and what changed in it since goes into its release; the rest of the release stays.
    """
    from pressgen.actions.setup.import_listing import ENDINGS, list_import_files
    from pressgen.actions.setup.importing import ImportedRelease, choose_import_options, import_file
    from pressgen.actions.write.reimport import UpdatedRelease

    if not files:
        raise UsageError("No file is named. Give an old release, or a folder of them")
    found = resolve_workspace(workspace)
    arrangement = choose_import_options(found, into, house)
    listing = list_import_files(files)
    if not (chosen := listing.files):
        _print_left_out(listing.left_out)
        raise UsageError(f"{files[0]} contains no file that can be imported: {', '.join(sorted(ENDINGS))}")
    done, updated = list[ImportedRelease](), list[UpdatedRelease]()
    problems: list[Problem] = []
    with show_progress(len(chosen)) as advance:
        for source in chosen:
            advance(source.name)
            try:
                result = import_file(found, source, arrangement, _make_choice(keep))
                done += [result] if isinstance(result, ImportedRelease) else []
                updated += [result] if isinstance(result, UpdatedRelease) else []
            except InputError as refusal:
                problems += refusal.problems
    _print_results(done, updated, count=len(chosen), left_out=len(listing.left_out))
    _print_left_out(listing.left_out)
    _print_evidence(done if explain else [])
    if done and house is None and len(found.houses) > 1:
        echo(f"House: {arrangement.house}, the first in templates/. For another, add --house NAME", err=True)
    if problems:
        raise InputError(problems)


def _print_results(done: list[ImportedRelease], updated: list[UpdatedRelease], *, count: int, left_out: int) -> None:
    """Print what became of the files; of a single one, every part."""
    for each in updated:
        print_update(each, whole=count == 1)
    if count == 1 and done:
        _print_import(done[0])
    elif done or not updated:
        _print_summary(done, refused=count - len(done) - len(updated), left_out=left_out)


def _make_choice(keep: str | None) -> ChooseSide | None:
    """Return what decides on conflicts: the option, a person at the terminal, or nobody."""
    from pressgen.actions.write.merge_models import KeptSide

    if keep:
        return lambda _: KeptSide(keep)
    return ask_which_side if sys.stdin.isatty() and sys.stdout.isatty() else None


def _print_import(imported: ImportedRelease) -> None:
    """Print how sure each part of a release is, and every doubt."""
    draft = imported.draft
    echo(format_path(imported.path))
    for name, sure in draft.sureness.items():
        why = f": {draft.reasons[name]}" if name in draft.reasons else ""
        echo(f"  {name:<12}" + style(sure.value, fg=COLOURS[sure.value]) + why)
    for doubt in draft.doubts:
        where = f" (line {doubt.line})" if doubt.line else ""
        echo_styled(f"  {doubt.field or 'file'}: {doubt.message}{where}", fg="yellow")
    if draft.unplaced:
        echo_styled(f"  unplaced: {len(draft.unplaced)} to be moved to their place", fg="yellow")


def _print_left_out(left_out: list[tuple[Path, str]]) -> None:
    """Print every file of a folder that was not read, and why."""
    if left_out:
        echo("Not read:")
    for path, reason in left_out:
        echo(f"  {format_path(path)} {reason}")


def _print_summary(done: list[ImportedRelease], *, refused: int, left_out: int) -> None:
    """Print how many releases are clean, and which need most work."""
    clean = [each for each in done if each.draft.clean]
    others = "".join(f"; {count} {said}" for count, said in ((refused, "refused"), (left_out, "not read")) if count)
    echo(f"{len(done)} imported, {len(clean)} of them without doubts{others}")
    kinds = Counter(kind for each in done for kind in each.draft.kinds)
    for kind, count in kinds.most_common():
        echo(f"  {count:>5}  {kind}")
    rest = sorted((each for each in done if not each.draft.clean), key=lambda each: (-each.draft.work, each.path))
    if rest:
        echo("Worst first:")
    for each in rest:
        draft = each.draft
        echo(f"  {format_path(each.path)}: {len(draft.doubts)} doubts, {len(draft.unplaced)} unplaced")


def _print_evidence(done: list[ImportedRelease]) -> None:
    """Print what was weighed for each release, a sign a line."""
    for imported in done:
        draft = imported.draft
        echo("")
        echo(f"{format_path(imported.path)}: language {draft.language}, zone {draft.zone}")
        rows = [
            (
                each.subject,
                each.speaks_for,
                f"{each.weight:+}",
                f"line {each.line}" if each.line else "",
                each.sign,
                each.words,
            )
            for each in draft.evidence
        ]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)] if rows else []
        for *cells, words in rows:
            text = "  ".join(f"{cell:<{width}}" for cell, width in zip(cells, widths, strict=False))
            echo(f"  {text}  {words if len(words) <= SHOWN else words[:SHOWN] + '…'}")
