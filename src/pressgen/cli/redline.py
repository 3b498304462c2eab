"""`pressgen redline`."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING

import click

from pressgen.cli.options import complete_release, create_completion, format_path, resolve_workspace, workspace_option
from pressgen.cli.terminal import echo, echo_json, style
from pressgen.errors import InputError, UsageError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from pressgen.actions.review.compare_versions import VersionDifference
    from pressgen.actions.review.versions import ReleaseVersion

MOST = 60
"""The most characters shown of a text that moved unchanged."""


def complete_version(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete releases, and the words for versions."""
    from pressgen.actions.review.versions import WORDS

    words = create_completion(lambda: dict.fromkeys([*WORDS, "cleared"], "as recorded in the ledger"))
    return [*complete_release(context, parameter, incomplete), *words(context, parameter, incomplete)]


@click.command(
    epilog="""\b
Examples:
  pressgen redline approved releases/river-survey                     what has changed since it was approved
  pressgen redline HEAD~1 releases/river-survey --format pdf          for an editor on a train
  pressgen redline round:1 releases/river-survey --format docx --out changes.docx
  pressgen redline releases/river-survey@submitted approved           what changed before it was approved
  pressgen redline 3f9c2a71 releases/river-survey --format json       a version by its hash in pressgen history
  pressgen redline releases/river-survey releases/river-survey-2

\b
Exit codes: 0 shown, or written; 1 a version is at fault; 2 there is no such version; 3 a library for PDF, or the
ledger, is not available."""
)
@click.argument("old", shell_complete=complete_version)
@click.argument("new", shell_complete=complete_version)
@click.option(
    "--format", "shape", type=click.Choice(["text", "json", "docx", "pdf"]), default="text",
    help="Words on the terminal, data for programs, Word with tracked changes, or PDF with bars in the margin.",
)  # fmt: skip
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="Where the Word file or PDF is written.",
)  # fmt: skip
@workspace_option
def redline(old: str, new: str, shape: str, out: Path | None, workspace: Path | None) -> None:
    """Show what changed between two versions, OLD and NEW.

    OLD and NEW may be a release's folder or file. If one of them is, the other may be a version of that release:
    approved, submitted, issued, lifted or corrected for what the ledger keeps, a hash or entry:N of pressgen history,
    round:N for the review copies of round N, or a revision of git. RELEASE@VERSION works for both. OLD may also be
    cleared: the words that speakers have cleared.

    Changes are listed by field, with changes in the wording of the house. In Word, every difference is a tracked change
    in the house's template: accept all for NEW, reject all for OLD. In PDF, removed words are struck through, new ones
    are underlined, and each changed line has a bar in the margin.
    """
    from pressgen.actions.review import compare_versions as action
    from pressgen.actions.review.uncleared_quotations import CLEARED, find_uncleared_quotations
    from pressgen.actions.review.versions import load_versions

    now, here = datetime.now(UTC), Path.cwd()
    found = resolve_workspace(
        workspace, [path for each in (new, old) if (path := Path(each.partition("@")[0])).exists()]
    )
    if old == CLEARED:
        if shape in {"docx", "pdf"}:
            raise UsageError("only words were cleared, so there is no layout to show: use --format text or json")
        differences = find_uncleared_quotations(found, here / new)
    else:
        before, after = load_versions(found, old, new, here, now)
        if shape in {"docx", "pdf"}:
            file = (out or Path(f"{after.languages[0].slug}-redline.{shape}")).resolve()
            written, summary = (
                action.write_word_redline(before, after, file, now)
                if shape == "docx"
                else action.write_pdf_redline(before, after, file)
            )
            for each in written:
                echo(format_path(each))
            echo(f"Summary: {summary}", err=True)  # programs read the files' names
            return
        differences = action.compare_versions(before, after)
    if shape == "json":
        echo_json(json.dumps([_as_data(each) for each in differences], indent=2, ensure_ascii=False))
        return
    for difference in differences:
        echo(_as_line(difference))
    if not differences:
        echo("no word differs")
    elif old != CLEARED:
        echo(_summarise(before, after))


def _summarise(before: ReleaseVersion, after: ReleaseVersion) -> str:
    """Return the line that counts what differs, or says why that cannot be counted."""
    from pressgen.actions.review.compare_versions import summarise_changes

    try:
        return f"Summary: {summarise_changes(before, after)}"
    except InputError:
        return "Summary: the words cannot be counted, because a version has faults; pressgen check lists them"


def _as_data(each: VersionDifference) -> dict[str, object]:
    data: dict[str, object] = {"kind": each.kind, "path": each.path, "label": each.label}
    data |= {"file": each.place.file, "line": each.place.line, "before": each.before, "after": each.after}
    return data | ({"was": each.was} if each.was else {})


def _as_line(each: VersionDifference) -> str:
    """Return a difference on one line.

    Words are struck out and underlined on a terminal, and marked with brackets elsewhere.
    """
    from pressgen.text.inline_changes import format_redline, mark_deletion, mark_insertion

    if each.kind == "file":
        return f"{each.path} {each.after}"
    gone, come = (_strike, _underline) if sys.stdout.isatty() else (mark_deletion, mark_insertion)
    where = f"{style(str(each.place), dim=True)}: {style(each.path, bold=True)}"
    if each.kind == "moved":
        moved = f"{where}: moved here from {each.was}"
        if each.before == each.after:
            return f"{moved}: {shorten(each.after or '', MOST, placeholder=' …')}"
        return f"{moved}, with changes: {format_redline(each.before or '', each.after or '', gone, come)}"
    return f"{where}: {format_redline(each.before or '', each.after or '', gone, come)}"


def _strike(text: str) -> str:
    return style(text, fg="red", strikethrough=True)


def _underline(text: str) -> str:
    return style(text, fg="green", underline=True)
