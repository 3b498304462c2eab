"""Look whether a release is still as it was made, and if not, why: which input has changed, by its name."""

from __future__ import annotations

import time
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from pressgen.actions.build.build_record import FACE, Own, place, same_content, see, translations, trusted
from pressgen.actions.build.cache import Damaged

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from pressgen.actions.build.build_record import Remembered
    from pressgen.actions.build.session import Run


def reasons(run: Run, file: Path) -> list[str]:
    """Why the release that `file` holds must be made, a few words a reason; empty where nothing need be done.

    Raises:
        Refused: the house that it was made in cannot be read.
    """
    if run.force:
        return ["--force"]
    try:
        before = run.remembered(file)
    except Damaged:
        return ["what was remembered of it was damaged"]
    if before is None:
        return [f"it was not made into {run.order.out.name} before"]
    began, folder = time.time_ns(), str(file.absolute().parent)
    found = list(chain(_order(run, before), _own(before, folder), _around(run, before), _left(run, before)))
    if not found and (again := _seen_again(before, folder, began)) != before.own:
        run.remember(file, replace(before, own=again))
    return found


def _order(run: Run, before: Remembered) -> Iterator[str]:
    if before.order != run.ordered:
        yield "other formats or variants were ordered"


def _own(before: Remembered, folder: str) -> Iterator[str]:
    """What has changed of the files that belong to the release alone."""
    lying = translations(folder)
    for name, own in before.own.items():
        path = place(folder, name)
        seen = see(path)
        if seen is None and own.digest:
            yield f"{_shown(name)} is gone"
        elif seen is not None and not own.digest:
            yield f"{_shown(name)} is new"
        elif seen is not None and seen != own.seen and not same_content(path, own.digest):
            yield f"{_shown(name)} changed"
        lying.discard(name)
    for name in sorted(lying):
        yield f"{name} is new"


def _around(run: Run, before: Remembered) -> Iterator[str]:
    """What has changed of the house and of the programs."""
    sheet = run.houses.sheet(before.house)
    if sheet.digest != before.sheet:
        earlier = run.sheet(before.sheet)
        yield from differences(earlier, sheet.sums) if earlier else ["the house or a program changed"]


def differences(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """What is other between two sheets: files by name, programs with both versions."""
    names = sorted(name for name in before.keys() | now.keys() if before.get(name) != now.get(name))
    return [_difference(name, before.get(name), now.get(name)) for name in names]


def _difference(name: str, before: str | None, now: str | None) -> str:
    if before is None or now is None:
        return f"{name} is {'new' if before is None else 'gone'}"
    return f"{name} changed" if name.startswith("templates/") or " " in name else f"{name} {before} → {now}"


def _left(run: Run, before: Remembered) -> Iterator[str]:
    """Which of the made files are not as they were left."""
    for name, left in before.left.items():
        seen = see(f"{run.order.out}/{name}")
        if seen != left:
            yield f"{run.order.out.name}/{name} {'was changed' if seen else 'is gone'}"


def _seen_again(before: Remembered, folder: str, began: int) -> dict[str, Own]:
    """The own files as they are now, whose contents are what they were."""
    return {
        name: own if own.seen else Own(own.digest, trusted(see(place(folder, name)), began))
        for name, own in before.own.items()
    }


def _shown(name: str) -> str:
    return f"the machine's {name.removeprefix(FACE)}" if name.startswith(FACE) else name
