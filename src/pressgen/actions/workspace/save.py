"""Save a release: the one way in which a command changes `release.yaml` or a translation.

A command reads a release, thinks for seconds, then writes. People save the same files with their editors meanwhile, and
other commands change them. So a save says what each file was when the command read it, and:

1. locks the release's folder against other commands, on this machine and, where the file system can, on others;
2. compares each file with what the change was based on. A file that somebody saved meanwhile is merged, word by word;
   where both changed the same words, or the merged release does not load, the save is refused;
3. writes the new files beside the old ones and syncs them, with owner and permissions of the old ones;
4. swaps each with the old one in one step, waits until nobody is writing the file that came out, and compares that
   with what was expected. If it differs, a save came in between: everything is put back, and it begins again at 2;
5. syncs the folder, deletes the old files, and only then lets the command record in the ledger what it did.

What holds then:
- On a local Linux file system no save is lost, in whatever way the editor writes: by rename, in place, or by deleting
  and creating the file.
- After a kill at any step each file is the old one or the new one, whole. Of several files some may be new: no file
  system renames two files in one step. The same command completes them. If the kill hit just after a swap that
  brought out somebody's save, the next save brings that back.
- A command that is run again after a kill or a failure writes nothing twice: a file that says it already is left.

What cannot hold: a program that saves later, from a copy it read before, overwrites ours (good editors ask first).
Without `renameat2` (NFS), a file that an editor renames into place within the last microseconds is lost.
"""

from __future__ import annotations

import fcntl
import os
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressgen.actions.workspace.exchange import Slot, read_settled
from pressgen.actions.workspace.folder import TRANSLATION, take
from pressgen.actions.workspace.merge import Conflict, merge_texts
from pressgen.actions.workspace.reading import find_folder
from pressgen.actions.workspace.replacement import ATTEMPTS, Replacement, recover, replace_files, short_digest
from pressgen.errors import MachineLacks, Place, Problem, Refused, StateForbids
from pressgen.files.within import folder_within

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from pressgen.actions.workspace.folder import Workspace

    Check = Callable[[Mapping[str, bytes]], None]

PATIENCE, PAUSE = 60.0, 0.02
"""Seconds to wait for another command that is saving the release, and between two tries."""
SHOWN = 240
"""The most characters of a text that a refusal quotes."""
AGAIN = "nothing was written: run the command again"


@dataclass(frozen=True, slots=True)
class FileChange:
    """What a command makes of a file.

    Attributes:
        name: the file's, within the release's folder.
        before: its bytes when the command read it; None for a file that must not be there.
        after: what it is to be.
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
    """Save changed files of the release in `folder`, all or none, then record it.

    Args:
        workspace: where the release lies.
        folder: the release's, which is there.
        changes: the files; what is not named stays as it is.
        record: enters in the ledger what was done. It is called once the files are on disk, and must bear to be
            called again by a later run.
        check: raises Refused where files, by name, do not load as they are after a merge; None for those of a release.

    Returns: the files, as messages show them, that somebody else saved meanwhile, so that both changes are in them.

    Raises:
        Refused: somebody changed the same words meanwhile, or a file is gone, is there already, is read-only, or
            cannot be written; no file and no ledger was changed. Or `record` refused, and the message says so.
        StateForbids: another command is saving this release all the while; or as `record`.
        MachineLacks: as `record`.
    """
    folder = find_folder(workspace.root, folder, workspace.shown(folder))
    with lock_folder(workspace, folder):
        merged = _write(workspace, folder, changes, check) if changes else []
        if record:
            _record(record, [workspace.shown(folder / each.name) for each in changes])
    return merged


@contextmanager
def lock_folder(workspace: Workspace, folder: Path) -> Iterator[None]:
    """Keep others who save into `folder` away: threads, processes and, where the file system can, machines.

    Raises:
        StateForbids: another one holds the lock for a minute.
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
                    raise StateForbids(f"another command is saving {shown}; run this one again after it") from None
                time.sleep(PAUSE)
            except OSError:  # NFS locks no folders: there, comparing alone has to do
                break
            else:
                break
        yield
    finally:
        os.close(handle)


def _write(workspace: Workspace, folder: Path, changes: Sequence[FileChange], check: Check | None) -> list[str]:
    """Compare, merge and write until nothing came in between; the files that were merged."""
    bases = {short_digest(each.before): each.before for each in changes if each.before is not None}
    for _ in range(ATTEMPTS):
        try:
            with ExitStack() as opened:
                steps, merged = _plan(workspace, folder, changes, bases, check, opened)
                bases |= {short_digest(each.expected): each.expected for each in steps if each.expected is not None}
                if replace_files(steps):
                    return merged
        except OSError as error:
            at = str(folder / os.fspath(error.filename)) if error.filename else str(folder)
            message = f"cannot be written: {error.strerror}; {AGAIN} when that is put right"
            raise Refused([Problem(code="K02", message=message, place=Place(at))]) from None
    message = f"is being saved again and again by another program; {AGAIN} after it"
    raise Refused([Problem(code="K03", message=message, place=Place(workspace.shown(folder)))])


def _plan(
    workspace: Workspace,
    folder: Path,
    changes: Sequence[FileChange],
    bases: Mapping[str, bytes],
    check: Check | None,
    opened: ExitStack,
) -> tuple[list[Replacement], list[str]]:
    """What is to be written, compared with what stands there now; and which files had to be merged."""
    problems: list[Problem] = []
    steps: list[Replacement] = []
    merged: dict[str, bytes] = {}
    for change in changes:
        shown = workspace.shown(folder / change.name)
        try:
            target = _target(workspace, folder, change.name, opened)
            recover(target, shown, bases)
            there = read_settled(target) if target.exists() else None
            content = _merge(change, there, shown)
        except Refused as refusal:
            problems += refusal.problems
            continue
        if content == there:
            continue
        if there is not None and not os.access(target.name, os.W_OK, dir_fd=target.folder):
            message = f"is read-only; {AGAIN} when you may write it"
            problems.append(Problem(code="K02", message=message, place=Place(shown)))
        if content != change.after:
            merged[change.name] = content
        steps.append(Replacement(target, there, content))
    if problems:
        raise Refused(problems)
    if merged:
        _check_merged(workspace, folder, merged, check)
    return steps, [workspace.shown(folder / name) for name in merged]


def _target(workspace: Workspace, folder: Path, name: str, opened: ExitStack) -> Slot:
    """The file behind `name`, through links that stay in the workspace or the release's folder.

    Its folder is open until `opened` is closed: what is put in that folder's place meanwhile is not written to.
    """
    target = (folder / name).resolve()
    home = next((each for each in (workspace.root.resolve(), folder) if target.is_relative_to(each)), None)
    if home is None:
        message = f"is a link to {target}, out of the workspace; put the file itself here, and {AGAIN}"
        raise Refused([Problem(code="K02", message=message, place=Place(workspace.shown(folder) + f"/{name}"))])
    return Slot(opened.enter_context(folder_within(home, target.parent)), target.name)


def _merge(change: FileChange, there: bytes | None, shown: str) -> bytes:
    """What a file is to be, given what stands there: the change, or the change merged with somebody's save."""
    if there in {change.before, change.after}:
        return change.after
    if there is None or change.before is None:
        what = "is not there any more" if there is None else "is there already, and says something else"
        raise Refused([Problem(code="K03", message=f"{what}; nothing was written", place=Place(shown))])
    try:
        before, now, after = (each.decode() for each in (change.before, there, change.after))
    except UnicodeDecodeError:
        message = f"was saved by somebody else meanwhile, and not as UTF-8; {AGAIN}"
        raise Refused([Problem(code="K03", message=message, place=Place(shown))]) from None
    found = merge_texts(before, now, after)
    if isinstance(found, str):
        return found.encode()
    raise Refused([_clash(found, now, shown)])


def _clash(conflict: Conflict, now: str, shown: str) -> Problem:
    """The refusal that shows both texts."""
    base, theirs, ours = (
        f"“{text if len(text) <= SHOWN else text[:SHOWN] + '…'}”" if text else "nothing"
        for text in (" ".join(each.split()) for each in (conflict.base, conflict.theirs, conflict.ours))
    )
    message = f"was saved by somebody else meanwhile, at the same words: they were {base}, are now {theirs},"
    message += f" and this command makes them {ours}; {AGAIN}"
    line = now.count("\n", 0, conflict.offset) + 1
    return Problem(code="K03", message=message, place=Place(shown, line, 1))


def _check_merged(workspace: Workspace, folder: Path, merged: dict[str, bytes], check: Check | None) -> None:
    """See that what is saved loads with the merged files in it."""
    own = [name for name in merged if not TRANSLATION.fullmatch(name)]
    try:
        if check:
            check(merged)
        else:
            take(workspace, folder / own[0] if own else folder, instead=merged)
    except Refused as refusal:
        message = f"was saved by somebody else meanwhile, and does not load with both changes in it; {AGAIN}"
        places = [Place(workspace.shown(folder / name)) for name in merged]
        clashes = [Problem(code="K03", message=message, place=place) for place in places]
        raise Refused([*clashes, *refusal.problems]) from None


def _record(record: Callable[[], None], shown: Sequence[str]) -> None:
    """Record what was done; a failure says that the files are saved."""
    saved = f"{', '.join(shown)} saved, but not recorded in the ledger; put that right and run the command again,"
    saved += " which writes nothing twice"
    try:
        record()
    except (MachineLacks, StateForbids) as error:
        raise type(error)(f"{error}\n{saved}" if shown else str(error)) from None
    except Refused as refusal:
        more = [Problem(code="K04", message=saved, place=Place(shown[0]))] if shown else []
        raise Refused([*refusal.problems, *more]) from None
