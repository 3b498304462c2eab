"""Find out whether a release must be rebuilt, and why.

The reason names the input that has changed.
"""

from __future__ import annotations

import time
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from pressgen.actions.build.build_record import (
    FACE,
    ReleaseInput,
    find_input_path,
    get_file_status,
    has_digest,
    keep_reliable_status,
    list_translations,
)
from pressgen.actions.build.cache import CacheEntryCorruptError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from pressgen.actions.build.build_record import BuildRecord
    from pressgen.actions.build.session import BuildSession


def find_rebuild_reasons(run: BuildSession, file: Path) -> list[str]:
    """Find the reasons why a release must be rebuilt.

    Each reason is a few words; there are none if everything is up to date.

    Raises:
        InputError: its house cannot be read.
    """
    if run.force:
        return ["--force"]
    try:
        before = run.remembered(file)
    except CacheEntryCorruptError:
        return ["what was remembered of it was damaged"]
    if before is None:
        return [f"it was not made into {run.order.out.name} before"]
    began, folder = time.time_ns(), str(file.absolute().parent)
    found = list(
        chain(
            _compare_request(run, before),
            _compare_own_files(before, folder),
            _compare_house(run, before),
            _compare_built_files(run, before),
        )
    )
    if not found and (again := _update_statuses(before, folder, began)) != before.own:
        run.remember(file, replace(before, own=again))
    return found


def _compare_request(run: BuildSession, before: BuildRecord) -> Iterator[str]:
    """Yield a reason if other formats or variants were requested."""
    if before.order != run.ordered:
        yield "other formats or variants were ordered"


def _compare_own_files(before: BuildRecord, folder: str) -> Iterator[str]:
    """Yield each change of the files of the release itself."""
    lying = list_translations(folder)
    for name, own in before.own.items():
        path = find_input_path(folder, name)
        seen = get_file_status(path)
        if seen is None and own.digest:
            yield f"{_format_name(name)} is gone"
        elif seen is not None and not own.digest:
            yield f"{_format_name(name)} is new"
        elif seen is not None and seen != own.seen and not has_digest(path, own.digest):
            yield f"{_format_name(name)} changed"
        lying.discard(name)
    for name in sorted(lying):
        yield f"{name} is new"


def _compare_house(run: BuildSession, before: BuildRecord) -> Iterator[str]:
    """Yield each change of the house and of the tools."""
    sheet = run.houses.sheet(before.house)
    if sheet.digest != before.sheet:
        earlier = run.sheet(before.sheet)
        yield from describe_changes(earlier, sheet.sums) if earlier else ["the house or a program changed"]


def describe_changes(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """Describe what differs between two sets of checksums.

    Files are listed by name, tools with both versions.
    """
    names = sorted(name for name in before.keys() | now.keys() if before.get(name) != now.get(name))
    return [_describe_change(name, before.get(name), now.get(name)) for name in names]


def _describe_change(name: str, before: str | None, now: str | None) -> str:
    """Describe what changed about one file or tool."""
    if before is None or now is None:
        return f"{name} is {'new' if before is None else 'gone'}"
    return f"{name} changed" if name.startswith("templates/") or " " in name else f"{name} {before} → {now}"


def _compare_built_files(run: BuildSession, before: BuildRecord) -> Iterator[str]:
    """Yield each built file that was changed or removed."""
    for name, left in before.left.items():
        seen = get_file_status(f"{run.order.out}/{name}")
        if seen != left:
            yield f"{run.order.out.name}/{name} {'was changed' if seen else 'is gone'}"


def _update_statuses(before: BuildRecord, folder: str, began: int) -> dict[str, ReleaseInput]:
    """Update the status of files with unchanged content."""
    return {
        name: own
        if own.seen
        else ReleaseInput(own.digest, keep_reliable_status(get_file_status(find_input_path(folder, name)), began))
        for name, own in before.own.items()
    }


def _format_name(name: str) -> str:
    """Format the name of an input file for messages."""
    return f"the machine's {name.removeprefix(FACE)}" if name.startswith(FACE) else name
