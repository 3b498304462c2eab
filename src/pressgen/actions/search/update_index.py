"""The search index, kept up to date with the files.

Unchanged files are not read again.

The status of each file is stored in a file of this machine next to the index, so that several machines can share an
index in PostgreSQL. Both can be deleted at any time.
"""

from __future__ import annotations

import json
import os
import time
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pressgen.actions.workspace.folder import RELEASE, list_translations
from pressgen.actions.workspace.office import DATABASE, prepare_state_folder
from pressgen.errors import InputError
from pressgen.files.atomic import write_into
from pressgen.files.status import get_file_status, keep_reliable_status
from pressgen.files.within import UnsuitableFileError, read_within
from pressgen.search.entry import IndexUnusableError
from pressgen.search.index import open_index

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager

    from pressgen.actions.workspace.folder import Workspace
    from pressgen.files.status import FileStatus
    from pressgen.search.entry import IndexEntry
    from pressgen.search.index import SearchIndex

    Watched = Callable[[int], AbstractContextManager[Callable[[str], None]]]

INDEX = "archive.sqlite"
SEEN = "archive.json"
EDITION = 2
"""The version of the index format; when it changes, everything is read again."""
FEW = 200
"""Up to this number of files, starting other processes takes longer than reading them."""
PORTION = 50
"""Files that a process reads at a time."""
TOGETHER = 500
"""Files that are saved to the index at once, so that an interruption loses only a few."""
LARGEST_SEEN = 1024 * 1024 * 1024
LARGEST = 4 * 1024 * 1024  # bytes; more than any release may have


@dataclass(frozen=True, slots=True)
class FileSnapshot:
    """The digest and status of a file at the last indexing.

    `sighting` is None where the file was so recent that a later change might not alter its status.
    """

    digest: str
    sighting: FileStatus | None


def open_updated_index(workspace: Workspace, watched: Watched) -> SearchIndex:
    """Open the search index of a workspace, updated to all files.

    The caller closes it. `watched` shows how the reading progresses.

    Raises:
        EnvironmentFailureError: the index cannot be opened or written.
        UsageError: PRESSGEN_DATABASE is not an address.
    """
    folder = prepare_state_folder(workspace)
    index = _open_index(folder / INDEX)
    try:
        _update_index(workspace, folder, index, watched)
    except BaseException:
        index.close()
        raise
    return index


def _open_index(file: Path) -> SearchIndex:
    """Open the index; recreate it if the file is damaged."""
    url = os.environ.get(DATABASE, "")
    try:
        return open_index(file, url)
    except IndexUnusableError:
        for each in file.parent.glob(f"{file.name}*"):  # with SQLite's own files
            each.unlink(missing_ok=True)
        return open_index(file, url)


def _update_index(workspace: Workspace, folder: Path, index: SearchIndex, watched: Watched) -> None:
    """Read changed files into the index, and remove deleted ones."""
    before, known = _read_snapshots(folder), index.known()
    seen = dict(_find_files(workspace, before))
    stale = [name for name, each in seen.items() if known.get(name) != _add_edition(each.digest)]
    gone = known.keys() - seen.keys()
    if gone:
        index.renew([], gone)
    with watched(len(stale)) as advance:
        for portion in _split_into_portions(_build_entries(workspace, stale)):
            index.renew(portion, ())
            for each in portion:
                advance(each.facts.slug)
                if each.facts.digest != _add_edition(seen[each.facts.file].digest):
                    seen.pop(each.facts.file)  # it was written meanwhile: check it again next time
    if seen != before:
        _write_snapshots(folder, seen)


def _find_files(workspace: Workspace, before: Mapping[str, FileSnapshot]) -> Iterator[tuple[str, FileSnapshot]]:
    """Yield every release file with its digest.

    A file with an unchanged status is not read.
    """
    began = time.time_ns()
    for name in _list_files(workspace):
        path = f"{workspace.root}/{name}"
        sighting, known = get_file_status(path), before.get(name)
        if sighting is None:
            continue
        if known is not None and known.sighting == sighting:
            yield name, known
            continue
        with suppress(OSError):
            data = _read_file(workspace.root, Path(path))
            yield name, FileSnapshot(sha256(data).hexdigest(), keep_reliable_status(sighting, began))


def _list_files(workspace: Workspace) -> Iterator[str]:
    """List the files of releases and translations, from the workspace."""
    try:
        folders = sorted(os.listdir(workspace.root / "releases"))  # noqa: PTH208 - quicker than Path.iterdir for many
    except OSError:
        return
    for slug in folders:
        try:
            others = sorted(list_translations(f"{workspace.root}/releases/{slug}"))
        except OSError:  # no folder, or one that nobody may read
            continue
        yield f"releases/{slug}/{RELEASE}"
        yield from (f"releases/{slug}/{name}" for name in others)


def _build_entries(workspace: Workspace, names: Sequence[str]) -> Iterator[IndexEntry]:
    """Build the index entry of each file.

    Several processes share the work where there are many files.
    """
    root = str(workspace.root)
    if len(names) <= FEW:
        for name in names:
            yield from _read_entries(root, [name])
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    portions = [names[first : first + PORTION] for first in range(0, len(names), PORTION)]
    with ProcessPoolExecutor(os.cpu_count() or 1, mp_context=get_context("forkserver")) as pool:
        for read in pool.map(partial(_read_entries, root), portions):
            yield from read


def _read_entries(root: str, names: Sequence[str]) -> list[IndexEntry]:
    """Read a few files into index entries."""
    from pressgen.actions.search.index_entry import build_index_entry

    found = []
    for name in names:
        with suppress(OSError):
            made = build_index_entry(
                _read_file(Path(root), Path(root, name)), name, partial(_read_house_language, root)
            )
            found.append(replace(made, facts=replace(made.facts, digest=_add_edition(made.facts.digest))))
    return found


def _read_file(root: Path, file: Path) -> bytes:
    """Read a file; return nothing if it is unsuitable.

    That is a file outside the workspace or one that is too large. It is then reported as faulty.
    """
    try:
        return read_within(root, file, LARGEST)
    except UnsuitableFileError:
        return b""


@lru_cache(maxsize=64)
def _read_house_language(root: str, house: str) -> str:
    """Read the language of a house; empty if it is unreadable."""
    from pressgen.load.source import read_source

    file = Path(root, "templates", house, "house.yaml")
    try:
        return read_source(read_within(Path(root), file, LARGEST), file.name)[0].text_at("language") or ""
    except (OSError, ValueError, InputError):
        return ""


def _split_into_portions(entries: Iterator[IndexEntry]) -> Iterator[list[IndexEntry]]:
    """Split entries into portions that are saved together."""
    portion: list[IndexEntry] = []
    for entry in entries:
        portion.append(entry)
        if len(portion) == TOGETHER:
            yield portion
            portion = []
    if portion:
        yield portion


def _add_edition(digest: str) -> str:
    """Prefix a digest with the version of the index format."""
    return f"{EDITION}:{digest}"


def _read_snapshots(folder: Path) -> dict[str, FileSnapshot]:
    """Read the snapshots of the last run; none if lost or damaged."""
    try:
        seen: dict[str, Any] = json.loads(read_within(folder, folder / SEEN, LARGEST_SEEN))
        return {name: FileSnapshot(digest, sighting) for name, (digest, sighting) in seen.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _write_snapshots(folder: Path, seen: Mapping[str, FileSnapshot]) -> None:
    """Write the snapshots for the next run."""
    text = json.dumps({name: [each.digest, each.sighting] for name, each in seen.items()})
    with suppress(OSError):  # then all is read again next time
        write_into(folder, {SEEN: text.encode()})
