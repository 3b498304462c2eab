"""Save a release.

This is the only way in which a command changes `release.yaml` or a translation.

A command reads a release, runs for seconds, then writes. Meanwhile people save the same files with their editors, and
other commands change them. So a save knows the content of each file when the command read it. It takes these steps:

1. It locks the release's folder against other commands, on this machine and, where the file system can, on others.
2. It compares each file with the content that the command read. A file that somebody saved meanwhile is merged, word by
   word. Where both changed the same words, or the merged release does not load, the save is refused.
3. It writes the new files next to the old ones and syncs them, with owner and permissions of the old ones.
4. It swaps each with the old one in one step, waits until nobody is writing the old file, and compares that with the
   expected content. If it differs, somebody saved in between: all files are restored, and step 2 begins again.
5. It syncs the folder, deletes the old files, and only then lets the command record its change in the ledger.

This guarantees:

- On a local Linux file system no save is lost, in whatever way the editor writes: by rename, in place, or by deleting
  and creating the file.
- After a kill at any step each file is completely the old one or the new one. Of several files some may be new: no file
  system renames two files in one step. The same command completes them. If the kill came just after a swap that removed
  somebody's save, the next save restores it.
- A command that is run again after a kill or a failure writes nothing twice: a file with the change is not changed
  again.

It cannot guarantee: a program that saves later, from a copy it read before, overwrites our save (good editors ask
first). Without `renameat2` (NFS), a file that an editor renames to the target within the last microseconds is lost.
"""

from __future__ import annotations

import fcntl
import os
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressgen.actions.workspace.file_exchange import DirectoryEntry, read_when_idle
from pressgen.actions.workspace.folder import TRANSLATION, load_release
from pressgen.actions.workspace.read_files import resolve_folder
from pressgen.actions.workspace.replace_files import (
    ATTEMPTS,
    Replacement,
    compute_short_digest,
    recover_interrupted_save,
    replace_files,
)
from pressgen.actions.workspace.text_merge import Conflict, merge_texts
from pressgen.errors import EnvironmentFailureError, InputError, Place, Problem, StateError
from pressgen.files.within import open_folder_within

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from pressgen.actions.workspace.folder import Workspace

    Check = Callable[[Mapping[str, bytes]], None]

PATIENCE, PAUSE = 60.0, 0.02
"""Seconds to wait for another command that is saving the release, and between two tries."""
SHOWN = 240
"""The most characters of a text that an error quotes."""
AGAIN = "nothing was written: run the command again"


@dataclass(frozen=True, slots=True)
class FileChange:
    """The content of a file before and after a command's change.

    Attributes:
        name: the file's, within the release's folder.
        before: its bytes when the command read it; None for a file that must not exist.
        after: its new bytes.
    """

    name: str
    before: bytes | None
    after: bytes


def save_release(
    workspace: Workspace,
    folder: Path,
    changes: Sequence[FileChange],
    record: Callable[[], None] | None = None,
    check: Check | None = None,
) -> list[str]:
    """Save a release's changed files, all or none, then record the change.

    Args:
        workspace: the release's.
        folder: the release's, which exists.
        changes: the files; others stay unchanged.
        record: enters the change in the ledger. It is called once the files are on disk, and a later run may call
            it again.
        check: raises InputError if the files, by name, do not load after a merge; None for those of a release.

    Returns:
        the files, as in messages, that somebody else saved meanwhile, so that both changes are in them.

    Raises:
        InputError: somebody changed the same words meanwhile, or a file is missing, is there already, is read-only,
            or cannot be written; no file and no ledger was changed. Or `record` failed, and the message says so.
        StateError: another command keeps saving this release; or as `record`.
        EnvironmentFailureError: as `record`.
    """
    folder = resolve_folder(workspace.root, folder, workspace.shown(folder))
    with lock_folder(workspace, folder):
        merged = _merge_and_write(workspace, folder, changes, check) if changes else []
        if record:
            _record_change(record, [workspace.shown(folder / each.name) for each in changes])
    return merged


@contextmanager
def lock_folder(workspace: Workspace, folder: Path) -> Iterator[None]:
    """Lock a folder against other commands that save into it.

    The lock holds for threads and processes, and for other machines where the file system supports it.

    Raises:
        StateError: another one holds the lock for a minute.
        OSError: the folder is not there, or may not be read.
    """
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        ends = time.monotonic() + PATIENCE
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() > ends:
                    shown = workspace.shown(folder)
                    raise StateError(f"another command is saving {shown}; run this one again after it") from None
                time.sleep(PAUSE)
            except OSError:  # NFS locks no folders: there, only comparing helps
                break
            else:
                break
        yield
    finally:
        os.close(handle)


def _merge_and_write(
    workspace: Workspace, folder: Path, changes: Sequence[FileChange], check: Check | None
) -> list[str]:
    """Merge and write files until nothing interferes; return the merged files."""
    bases = {compute_short_digest(each.before): each.before for each in changes if each.before is not None}
    for _ in range(ATTEMPTS):
        try:
            with ExitStack() as opened:
                steps, merged = _plan_replacements(workspace, folder, changes, bases, check, opened)
                bases |= {
                    compute_short_digest(each.expected): each.expected for each in steps if each.expected is not None
                }
                if replace_files(steps):
                    return merged
        except OSError as error:
            at = str(folder / os.fspath(error.filename)) if error.filename else str(folder)
            message = f"cannot be written: {error.strerror}; {AGAIN} when that is fixed"
            raise InputError([Problem(code="K02", message=message, place=Place(at))]) from None
    message = f"is constantly being saved by another program; {AGAIN} after it"
    raise InputError([Problem(code="K03", message=message, place=Place(workspace.shown(folder)))])


def _plan_replacements(
    workspace: Workspace,
    folder: Path,
    changes: Sequence[FileChange],
    bases: Mapping[str, bytes],
    check: Check | None,
    opened: ExitStack,
) -> tuple[list[Replacement], list[str]]:
    """Plan the replacements, and list the files that had to be merged."""
    problems: list[Problem] = []
    steps: list[Replacement] = []
    merged: dict[str, bytes] = {}
    for change in changes:
        shown = workspace.shown(folder / change.name)
        try:
            target = _open_target(workspace, folder, change.name, opened)
            recover_interrupted_save(target, shown, bases)
            there = read_when_idle(target) if target.exists() else None
            content = _merge_change(change, there, shown)
        except InputError as refusal:
            problems += refusal.problems
            continue
        if content == there:
            continue
        if there is not None and not os.access(target.name, os.W_OK, dir_fd=target.folder):
            message = f"is read-only; {AGAIN} when you are allowed to write it"
            problems.append(Problem(code="K02", message=message, place=Place(shown)))
        if content != change.after:
            merged[change.name] = content
        steps.append(Replacement(target, there, content))
    if problems:
        raise InputError(problems)
    if merged:
        _check_merged_files(workspace, folder, merged, check)
    return steps, [workspace.shown(folder / name) for name in merged]


def _open_target(workspace: Workspace, folder: Path, name: str, opened: ExitStack) -> DirectoryEntry:
    """Resolve a file through links that stay inside the workspace.

    Links may also stay inside the release's folder. Its folder is open until `opened` is closed, so that nothing is
    written to a folder that replaces it meanwhile.
    """
    target = (folder / name).resolve()
    home = next((each for each in (workspace.root.resolve(), folder) if target.is_relative_to(each)), None)
    if home is None:
        message = f"is a link to {target}, which is outside the workspace; put the file itself here, and {AGAIN}"
        raise InputError([Problem(code="K06", message=message, place=Place(workspace.shown(folder) + f"/{name}"))])
    return DirectoryEntry(opened.enter_context(open_folder_within(home, target.parent)), target.name)


def _merge_change(change: FileChange, there: bytes | None, shown: str) -> bytes:
    """Merge a change with another person's save, if there is one."""
    if there in {change.before, change.after}:
        return change.after
    if there is None or change.before is None:
        what = "is no longer there" if there is None else "already exists with other contents"
        raise InputError([Problem(code="K03", message=f"{what}; nothing was written", place=Place(shown))])
    try:
        before, now, after = (each.decode() for each in (change.before, there, change.after))
    except UnicodeDecodeError:
        message = f"was saved by somebody else in the meantime, but not as UTF-8; {AGAIN}"
        raise InputError([Problem(code="K03", message=message, place=Place(shown))]) from None
    found = merge_texts(before, now, after)
    if isinstance(found, str):
        return found.encode()
    raise InputError([_build_conflict_problem(found, now, shown)])


def _build_conflict_problem(conflict: Conflict, now: str, shown: str) -> Problem:
    """Build the problem that shows both conflicting texts."""
    base, theirs, ours = (
        f"“{text if len(text) <= SHOWN else text[:SHOWN] + '…'}”" if text else "nothing"
        for text in (" ".join(each.split()) for each in (conflict.base, conflict.theirs, conflict.ours))
    )
    message = (
        f"was saved by somebody else in the meantime, with the same words changed: they were {base}, are now {theirs},"
    )
    message += f" and this command makes them {ours}; {AGAIN}"
    line = now.count("\n", 0, conflict.offset) + 1
    return Problem(code="K03", message=message, place=Place(shown, line, 1))


def _check_merged_files(workspace: Workspace, folder: Path, merged: dict[str, bytes], check: Check | None) -> None:
    """Check that the release loads with the merged files."""
    own = [name for name in merged if not TRANSLATION.fullmatch(name)]
    try:
        if check:
            check(merged)
        else:
            load_release(workspace, folder / own[0] if own else folder, instead=merged)
    except InputError as refusal:
        message = f"was saved by somebody else in the meantime, and is not valid with both changes in it; {AGAIN}"
        places = [Place(workspace.shown(folder / name)) for name in merged]
        clashes = [Problem(code="K03", message=message, place=place) for place in places]
        raise InputError([*clashes, *refusal.problems]) from None


def _record_change(record: Callable[[], None], shown: Sequence[str]) -> None:
    """Record the change; if that fails, report that files are saved."""
    saved = f"{', '.join(shown)} saved, but not recorded in the ledger; fix that and run the command again,"
    saved += " which writes nothing twice"
    try:
        record()
    except (EnvironmentFailureError, StateError) as error:
        raise type(error)(f"{error}\n{saved}" if shown else str(error)) from None
    except InputError as refusal:
        more = [Problem(code="K04", message=saved, place=Place(shown[0]))] if shown else []
        raise InputError([*refusal.problems, *more]) from None
