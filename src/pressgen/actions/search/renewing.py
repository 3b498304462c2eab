"""The index kept up with the files: what has not changed since it was last looked at is not read again.

What the file system told of each file is remembered beside the index, in a file of this machine alone, so that several
machines can share an index in PostgreSQL. Both can be deleted at any time.
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

from pressgen.actions.build.build_record import see, translations, trusted
from pressgen.actions.workspace.folder import RELEASE
from pressgen.actions.workspace.office import DATABASE, state_folder
from pressgen.errors import Refused
from pressgen.files.within import UnfitError, read_within
from pressgen.files.writing import write_into
from pressgen.search.entry import NoIndex
from pressgen.search.index import open_index

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager

    from pressgen.actions.build.build_record import Sighting
    from pressgen.actions.workspace.folder import Workspace
    from pressgen.search.entry import Entry
    from pressgen.search.index import Index

    Watched = Callable[[int], AbstractContextManager[Callable[[str], None]]]

INDEX = "archive.sqlite"
SEEN = "archive.json"
EDITION = 2
"""Of what is read of a file; when it changes, everything is read again."""
FEW = 200
"""Up to so many files are read before other processes would have started."""
PORTION = 50
"""Files that a process reads at a time."""
TOGETHER = 500
"""Files that go into the index at once: what was read stays there when the rest is broken off."""
LARGEST_SEEN = 1024 * 1024 * 1024
LARGEST = 4 * 1024 * 1024  # bytes; more than any release may have


@dataclass(frozen=True, slots=True)
class Seen:
    """A file as it was last looked at; `sighting` is None where it was too fresh to be told from a later state."""

    digest: str
    sighting: Sighting | None


def renewed_index(workspace: Workspace, watched: Watched) -> Index:
    """The index of a workspace, with all its files as they are now; close it. `watched` shows how the reading goes on.

    Raises:
        MachineLacks: the index cannot be opened or written.
        WrongUse: PRESSGEN_DATABASE is no address.
    """
    folder = state_folder(workspace)
    index = _opened(folder / INDEX)
    try:
        _renew(workspace, folder, index, watched)
    except BaseException:
        index.close()
        raise
    return index


def _opened(file: Path) -> Index:
    url = os.environ.get(DATABASE, "")
    try:
        return open_index(file, url)
    except NoIndex:
        for each in file.parent.glob(f"{file.name}*"):  # with what SQLite keeps beside it
            each.unlink(missing_ok=True)
        return open_index(file, url)


def _renew(workspace: Workspace, folder: Path, index: Index, watched: Watched) -> None:
    before, known = _remembered(folder), index.known()
    seen = dict(_look(workspace, before))
    stale = [name for name, each in seen.items() if known.get(name) != _edition(each.digest)]
    gone = known.keys() - seen.keys()
    if gone:
        index.renew([], gone)
    with watched(len(stale)) as advance:
        for portion in _portions(_entries(workspace, stale)):
            index.renew(portion, ())
            for each in portion:
                advance(each.facts.slug)
                if each.facts.digest != _edition(seen[each.facts.file].digest):
                    seen.pop(each.facts.file)  # it was written meanwhile: it is looked at anew next time
    if seen != before:
        _remember(folder, seen)


def _look(workspace: Workspace, before: Mapping[str, Seen]) -> Iterator[tuple[str, Seen]]:
    """Every file of the archive; one that looks as it did is not read."""
    began = time.time_ns()
    for name in _names(workspace):
        path = f"{workspace.root}/{name}"
        sighting, known = see(path), before.get(name)
        if sighting is None:
            continue
        if known is not None and known.sighting == sighting:
            yield name, known
            continue
        with suppress(OSError):
            data = _data(workspace.root, Path(path))
            yield name, Seen(sha256(data).hexdigest(), trusted(sighting, began))


def _names(workspace: Workspace) -> Iterator[str]:
    """The files of releases and of their translations, from the workspace."""
    try:
        folders = sorted(os.listdir(workspace.root / "releases"))  # noqa: PTH208 - as in see
    except OSError:
        return
    for slug in folders:
        try:
            others = sorted(translations(f"{workspace.root}/releases/{slug}"))
        except OSError:  # no folder, or one that nobody may read
            continue
        yield f"releases/{slug}/{RELEASE}"
        yield from (f"releases/{slug}/{name}" for name in others)


def _entries(workspace: Workspace, names: Sequence[str]) -> Iterator[Entry]:
    """Each file as it goes into the index; in several processes where there are many."""
    root = str(workspace.root)
    if len(names) <= FEW:
        for name in names:
            yield from _read(root, [name])
        return
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - few files need no other process
    from multiprocessing import get_context  # noqa: PLC0415

    portions = [names[first : first + PORTION] for first in range(0, len(names), PORTION)]
    with ProcessPoolExecutor(os.cpu_count() or 1, mp_context=get_context("forkserver")) as pool:
        for read in pool.map(partial(_read, root), portions):
            yield from read


def _read(root: str, names: Sequence[str]) -> list[Entry]:
    from pressgen.actions.search.reading import entry  # noqa: PLC0415 - slow to import, and seldom wanted

    found = []
    for name in names:
        with suppress(OSError):
            made = entry(_data(Path(root), Path(root, name)), name, partial(_spoken, root))
            found.append(replace(made, facts=replace(made.facts, digest=_edition(made.facts.digest))))
    return found


def _data(root: Path, file: Path) -> bytes:
    """The bytes of a file; none of one that leads out of the workspace or is too large, so that it counts as faulty."""
    try:
        return read_within(root, file, LARGEST)
    except UnfitError:
        return b""


@lru_cache(maxsize=64)
def _spoken(root: str, house: str) -> str:
    """The language of a house; none where the house cannot be read."""
    from pressgen.load.source import read_source  # noqa: PLC0415 - as above

    file = Path(root, "templates", house, "house.yaml")
    try:
        return read_source(read_within(Path(root), file, LARGEST), file.name)[0].text_at("language") or ""
    except (OSError, ValueError, Refused):
        return ""


def _portions(entries: Iterator[Entry]) -> Iterator[list[Entry]]:
    portion: list[Entry] = []
    for entry in entries:
        portion.append(entry)
        if len(portion) == TOGETHER:
            yield portion
            portion = []
    if portion:
        yield portion


def _edition(digest: str) -> str:
    """A file's digest with the edition of what is read of it."""
    return f"{EDITION}:{digest}"


def _remembered(folder: Path) -> dict[str, Seen]:
    """What was remembered; nothing where it is lost or damaged."""
    try:
        told: dict[str, Any] = json.loads(read_within(folder, folder / SEEN, LARGEST_SEEN))
        return {name: Seen(digest, sighting) for name, (digest, sighting) in told.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _remember(folder: Path, seen: Mapping[str, Seen]) -> None:
    told = json.dumps({name: [each.digest, each.sighting] for name, each in seen.items()})
    with suppress(OSError):  # then all is read again next time
        write_into(folder, {SEEN: told.encode()})
