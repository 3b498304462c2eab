"""Find out whether a release must be rebuilt, and why.

Each build leaves a record of its inputs and of the files it wrote. The next one compares the status of these files, and
reads only those whose status differs. The reason names what has changed.
"""

from __future__ import annotations

import time
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from pressgen.actions.build.cache import CacheEntryCorruptError, InputState
from pressgen.actions.workspace.folder import list_translations
from pressgen.actions.workspace.fonts import find_machine_font, list_needed_fonts
from pressgen.files.status import get_file_status, keep_reliable_status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pressgen.actions.build.cache import BuildCache, BuildRecord
    from pressgen.actions.workspace.folder import LoadedRelease

MACHINE_FONT = "face:"
"""The prefix of the name of a machine's font."""


def find_changes(cache: BuildCache, file: Path, out: Path, request: str) -> list[str]:
    """Find what has changed since a release was last built.

    Args:
        cache: has the record of that build.
        file: the release's `release.yaml`.
        out: the folder of the built files.
        request: the formats and variants, as one text.

    Returns:
        a few words for each change; nothing if everything is up to date.

    Raises:
        InputError: its house cannot be read.
    """
    try:
        before = cache.read_record(file, out)
    except CacheEntryCorruptError:
        return ["the record of the last build was damaged"]
    if before is None:
        return [f"it was not built into {out.name} before"]
    began, folder = time.time_ns(), str(file.absolute().parent)
    changes = list(
        chain(
            ["other formats or variants were asked for"] if before.request != request else [],
            _compare_own_files(before, folder),
            _compare_house(cache, before),
            _compare_outputs(before, out),
        )
    )
    if not changes and (own := _update_statuses(before, folder, began)) != before.own:
        cache.write_record(file, out, before._replace(own=own))
    return changes


def _compare_own_files(before: BuildRecord, folder: str) -> Iterator[str]:
    """Yield each change of the files of the release itself."""
    for name, own in before.own.items():
        path = _find_input_path(folder, name)
        status = get_file_status(path)
        if status is None and own.digest:
            yield f"{_format_name(name)} is gone"
        elif status is not None and not own.digest:
            yield f"{_format_name(name)} is new"
        elif status is not None and status != own.status and not _has_digest(path, own.digest):
            yield f"{_format_name(name)} changed"
    yield from (f"{name} is new" for name in sorted(list_translations(folder) - before.own.keys()))


def _compare_house(cache: BuildCache, before: BuildRecord) -> Iterable[str]:
    """Return each change of the house and of the tools."""
    now = cache.houses.checksums(before.house)
    if now.digest == before.checksums:
        return []
    earlier = cache.read_checksums(before.checksums)
    return _describe_changes(earlier, now.sums) if earlier else ["the house or a program has changed"]


def _describe_changes(before: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    """Describe what differs between two sets of checksums.

    Files are listed by name, tools with both versions.
    """
    for name in sorted(before.keys() | now.keys()):
        old, new = before.get(name), now.get(name)
        if old is None or new is None:
            yield f"{name} is {'new' if old is None else 'gone'}"
        elif old != new:
            yield f"{name} changed" if name.startswith("templates/") or " " in name else f"{name} {old} → {new}"


def _compare_outputs(before: BuildRecord, out: Path) -> Iterator[str]:
    """Yield each built file that was changed or removed."""
    for name, left in before.outputs.items():
        status = get_file_status(f"{out}/{name}")
        if status != left:
            yield f"{out.name}/{name} {'was changed' if status else 'is gone'}"


def _update_statuses(before: BuildRecord, folder: str, began: int) -> dict[str, InputState]:
    """Update the status of files with unchanged content."""
    return {
        name: own if own.status else _create_state(own.digest, _find_input_path(folder, name), began)
        for name, own in before.own.items()
    }


def list_own_inputs(
    languages: Sequence[LoadedRelease], digests: Mapping[str, str], began: int
) -> dict[str, InputState]:
    """List the input files that belong to one release.

    Args:
        languages: the release and its translations.
        digests: the SHA-256 of every input, by name.
        began: the instant before any of them was read, in nanoseconds.
    """
    own: dict[str, InputState] = {}
    for each in languages:
        for name in (next(iter(each.inputs)), *each.media):
            own[name] = _create_state(digests[name], f"{each.folder}/{name}", began)
        for font in list_needed_fonts(each.house, each.source.text):
            digest = digests.get(f"templates/{each.house.name}/fonts/{font}", "")
            own[MACHINE_FONT + font] = _create_state(digest, _find_input_path("", MACHINE_FONT + font), began)
    return own


def _create_state(digest: str, path: str, began: int) -> InputState:
    return InputState(digest, keep_reliable_status(get_file_status(path), began))


def _find_input_path(folder: str, name: str) -> str:
    """Find the path of an input file of a release.

    It is empty for a font that the machine lacks.
    """
    if name.startswith(MACHINE_FONT):
        return str(find_machine_font(name.removeprefix(MACHINE_FONT)) or "")
    return f"{folder}/{name}"


def _format_name(name: str) -> str:
    """Format the name of an input file for messages."""
    return f"the machine's {name.removeprefix(MACHINE_FONT)}" if name.startswith(MACHINE_FONT) else name


def _has_digest(path: str, digest: str) -> bool:
    """Return whether a file has a SHA-256."""
    try:
        return sha256(Path(path).read_bytes()).hexdigest() == digest
    except OSError:
        return False
