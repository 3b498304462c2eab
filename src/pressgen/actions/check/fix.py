"""Mend what the rules found and can mend safely: in the release's own file, at the exact places."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING

from pressgen.actions.workspace.save import FileChange, save_release
from pressgen.errors import Problem, Refused
from pressgen.model.change import Edit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pressgen.actions.check.check import Mend
    from pressgen.actions.workspace.folder import Workspace
    from pressgen.model.change import Give


@dataclass(frozen=True, slots=True)
class Mended:
    """A file before and after; `shown` is its name in messages, from the workspace on, `original` its bytes."""

    shown: str
    before: str
    after: str
    original: bytes


def mended(mends: Sequence[Mend]) -> list[Mended]:
    """What the files of `mends`, as they were checked, would be; comments and layout as they were.

    Where two mends want the same words, the first is made, and the next `--fix` makes the other.
    """
    from pressgen.load.edits import edited  # noqa: PLC0415 - only with --fix
    from pressgen.load.source import read_source  # noqa: PLC0415

    files = {each.file: each.original for each in mends}
    found = []
    for shown, data in files.items():
        source, _ = read_source(data, shown)
        changes = [*_apart(each.change for each in mends if each.file == shown)]
        found.append(Mended(shown, source.text, edited(source, changes), data))
    return [each for each in found if each.before != each.after]


def difference(files: Sequence[Mended]) -> Iterator[str]:
    """The change as a unified difference, a line each."""
    for each in files:
        before, after = each.before.splitlines(), each.after.splitlines()
        yield from unified_diff(before, after, each.shown, each.shown, n=1, lineterm="")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of mended files.

    Attributes:
        saved: the names of those that were saved.
        merged: the names of those of them that somebody else saved meanwhile; both changes are in them.
        problems: why the others were not.
    """

    saved: list[str]
    merged: list[str]
    problems: list[Problem]


def save(workspace: Workspace, files: Sequence[Mended]) -> Outcome:
    """Save the mended files; those of one release all or none.

    Raises:
        StateForbids: another command is saving one of the releases all the while.
    """
    from pressgen.load.source import encode_like  # noqa: PLC0415 - as in mended

    by_folder: dict[Path, list[Mended]] = {}
    for each in files:
        by_folder.setdefault((workspace.root / each.shown).parent, []).append(each)
    outcome = Outcome([], [], [])
    for folder, mends in by_folder.items():
        changes = [
            FileChange(Path(each.shown).name, each.original, encode_like(each.after, each.original)) for each in mends
        ]
        try:
            outcome.merged.extend(save_release(workspace, folder, changes))
        except Refused as refusal:
            outcome.problems.extend(refusal.problems)
        else:
            outcome.saved.extend(each.shown for each in mends)
    return outcome


def _apart(changes: Iterable[Edit | Give]) -> Iterator[Edit | Give]:
    """Return the changes of a file that do not touch one another."""
    edits: list[Edit] = []
    for change in changes:
        if isinstance(change, Edit):
            edits.append(change)
        else:
            yield change
    last: dict[str, int] = {}
    for each in sorted(edits, key=lambda each: (each.path, each.start)):
        if each.start >= last.get(each.path, 0):
            last[each.path] = max(each.end, each.start + 1)
            yield each
