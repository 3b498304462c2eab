"""Mend what the rules found and can mend safely: in the release's own file, at the exact places."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import unified_diff
from typing import TYPE_CHECKING

from pressgen.desk.workspace.bundle import write_whole
from pressgen.desk.workspace.folder import read_file
from pressgen.errors import Place, Problem, Refused

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pressgen.desk.checking.check import Mend
    from pressgen.desk.workspace.folder import Workspace


@dataclass(frozen=True, slots=True)
class Mended:
    """A file before and after; `shown` is its name in messages, from the workspace on."""

    shown: str
    before: str
    after: str


def mended(workspace: Workspace, mends: Sequence[Mend]) -> list[Mended]:
    """What the files of `mends` would be; comments and layout as they were.

    Where two mends want the same words, the first is made, and the next `--fix` makes the other.

    Raises:
        Refused: a file cannot be read any more.
    """
    from pressgen.load.edits import Edit, edited  # noqa: PLC0415 - only with --fix
    from pressgen.load.source import read_source  # noqa: PLC0415

    files = dict.fromkeys(each.file for each in mends)
    found = []
    for shown in files:
        source, _ = read_source(read_file(workspace.root / shown, shown), shown)
        edits = [Edit(each.path, each.start, each.end, each.text) for each in _apart(mends, shown)]
        found.append(Mended(shown, source.text, edited(source, edits)))
    return [each for each in found if each.before != each.after]


def difference(files: Sequence[Mended]) -> Iterator[str]:
    """The change as a unified difference, a line each."""
    for each in files:
        before, after = each.before.splitlines(), each.after.splitlines()
        yield from unified_diff(before, after, each.shown, each.shown, n=1, lineterm="")


def write(workspace: Workspace, files: Sequence[Mended]) -> None:
    """Write the mended files.

    Raises:
        Refused: one cannot be written, or is no longer what it was when the mend was made.
    """
    for each in files:
        path = workspace.root / each.shown
        mark = "\ufeff" if path.read_bytes().startswith(b"\xef\xbb\xbf") else ""
        if path.read_bytes().decode("utf-8") != mark + each.before:
            message = "was changed in the meantime; nothing was mended: check it again"
            raise Refused([Problem(code="F03", message=message, place=Place(each.shown))])
        try:
            write_whole(path.parent, {path.name: (mark + each.after).encode()})
        except OSError as error:
            message = f"cannot be written: {error.strerror}"
            raise Refused([Problem(code="F02", message=message, place=Place(each.shown))]) from None


def _apart(mends: Sequence[Mend], shown: str) -> Iterator[Mend]:
    """The mends of a file that do not touch one another."""
    last: dict[str, int] = {}
    for each in sorted((each for each in mends if each.file == shown), key=lambda each: (each.path, each.start)):
        if each.start >= last.get(each.path, 0):
            last[each.path] = max(each.end, each.start + 1)
            yield each
