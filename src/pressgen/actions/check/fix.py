"""Fix what the rules found and can fix safely.

Fixes go into the release's own file, at the exact places.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING

from pressgen.actions.workspace.save import FileChange, save_release
from pressgen.errors import InputError, Problem
from pressgen.model.change import EditText

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pressgen.actions.check.check import Fix
    from pressgen.actions.workspace.folder import Workspace
    from pressgen.model.change import AddField


@dataclass(frozen=True, slots=True)
class FixedFile:
    """A file before and after its fixes.

    `shown` is its path within the workspace, for messages; `original` is its bytes.
    """

    shown: str
    before: str
    after: str
    original: bytes


def apply_fixes(mends: Sequence[Fix]) -> list[FixedFile]:
    """Apply fixes to the files as they were checked.

    Comments and layout stay. Of two fixes that change the same words, only the first is applied; the next `--fix`
    applies the other.
    """
    from pressgen.load.edits import apply_changes
    from pressgen.load.source import read_source

    files = {each.file: each.original for each in mends}
    found = []
    for shown, data in files.items():
        source, _ = read_source(data, shown)
        changes = [*_drop_overlapping_changes(each.change for each in mends if each.file == shown)]
        found.append(FixedFile(shown, source.text, apply_changes(source, changes), data))
    return [each for each in found if each.before != each.after]


def format_diff(files: Sequence[FixedFile]) -> Iterator[str]:
    """Format the fixes as a unified diff, line by line."""
    for each in files:
        before, after = each.before.splitlines(), each.after.splitlines()
        yield from unified_diff(before, after, each.shown, each.shown, n=1, lineterm="")


@dataclass(frozen=True, slots=True)
class FixOutcome:
    """The outcome of saving fixed files.

    Attributes:
        saved: the names of the saved files.
        merged: the saved files that somebody else also saved meanwhile; both changes are in them.
        problems: why the others were not saved.
    """

    saved: list[str]
    merged: list[str]
    problems: list[Problem]


def save_fixes(workspace: Workspace, files: Sequence[FixedFile]) -> FixOutcome:
    """Save the fixed files; all or none of each release.

    Raises:
        StateError: another command keeps saving one of the releases.
    """
    from pressgen.load.source import encode_like

    by_folder: dict[Path, list[FixedFile]] = {}
    for each in files:
        by_folder.setdefault((workspace.root / each.shown).parent, []).append(each)
    outcome = FixOutcome([], [], [])
    for folder, mends in by_folder.items():
        changes = [
            FileChange(Path(each.shown).name, each.original, encode_like(each.after, each.original)) for each in mends
        ]
        try:
            outcome.merged.extend(save_release(workspace, folder, changes))
        except InputError as refusal:
            outcome.problems.extend(refusal.problems)
        else:
            outcome.saved.extend(each.shown for each in mends)
    return outcome


def _drop_overlapping_changes(changes: Iterable[EditText | AddField]) -> Iterator[EditText | AddField]:
    """Drop changes that overlap an earlier change of the same file."""
    edits: list[EditText] = []
    for change in changes:
        if isinstance(change, EditText):
            edits.append(change)
        else:
            yield change
    last: dict[str, int] = {}
    for each in sorted(edits, key=lambda each: (each.path, each.start)):
        if each.start >= last.get(each.path, 0):
            last[each.path] = max(each.end, each.start + 1)
            yield each
