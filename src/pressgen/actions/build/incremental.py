"""Make what is not there yet of a release, and put in place what is: nothing is made twice.

For files that may be thrown away. What somebody puts a name to is made anew each time, by `desk.signed`.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from hashlib import sha256
from itertools import product
from typing import TYPE_CHECKING

from pressgen.actions.build.build import Made, finished, put_in_place, variants_of
from pressgen.actions.build.build_record import Remembered, own_files, see
from pressgen.actions.build.cache import Damaged
from pressgen.actions.build.cache_format import Cell, pack, unpack
from pressgen.actions.workspace.bundle import MANIFEST, digest
from pressgen.actions.workspace.folder import take
from pressgen.actions.workspace.reading import home_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from pressgen.actions.build.build_record import Sighting
    from pressgen.actions.build.session import Run
    from pressgen.actions.workspace.bundle import Written
    from pressgen.actions.workspace.folder import Desk
    from pressgen.actions.workspace.houses import Sheet
    from pressgen.model.artifact import Format, Variant

    Cells = Mapping[tuple[Variant, Format], Cell]


@dataclass(frozen=True, slots=True)
class Renewed:
    """What became of a release.

    Attributes:
        written: the files that were put in place; none where nothing had to be.
        reasons: why, a few words each; none where nothing had to be.
        made: how many files were made; the others were kept from before.
    """

    written: Sequence[Written] = ()
    reasons: Sequence[str] = ()
    made: int = 0


def renew(run: Run, file: Path, reasons: Sequence[str]) -> Renewed:
    """Put every file that is ordered of the release in place, for these `reasons`; make those that are not kept.

    Raises:
        Refused, WrongUse, MachineLacks: as `build` does; nothing is written then.
    """
    began = time.time_ns()
    desks = take(run.workspace, file, run.houses.take)
    variants = variants_of(desks[0], run.order)
    sheet = run.houses.sheet(desks[0].house.name)
    sums = _sums(desks, sheet)
    state = json.dumps([run.workspace.shown(desks[0].folder), sheet.digest, sorted(sums.items())])
    keys = {cell: _key(state, *cell) for cell in product(variants, run.order.formats)}
    kept, told = _kept(run, keys)
    made = _made(desks, [cell for cell in keys if cell not in kept])
    for cell, content in made.items():
        run.made.put(keys[cell], pack(content))
    cells = {cell: kept.get(cell) or made[cell] for cell in keys}
    tools = {name: version for cell in cells.values() for name, version in cell.made_with.items()}
    place = home_of(run.workspace.root, run.order.out)
    written = put_in_place(_whole(desks, variants, cells), place, sums, tools)
    own = own_files(desks, sums, began)
    left = _left(place[1], [*(each.path for each in written), *_manifests(place[1], desks[0], variants)])
    run.remember(file, Remembered(run.ordered, own, desks[0].house.name, sheet.digest, left))
    return Renewed(written, [*reasons, *told], len(made) * len(desks))


def _sums(desks: Sequence[Desk], sheet: Sheet) -> dict[str, str]:
    """The SHA-256 of all that the release is made of; those of the house are known."""
    return {name: sheet.sums.get(name) or digest(content) for desk in desks for name, content in desk.inputs.items()}


def _key(state: str, variant: Variant, wanted: Format) -> str:
    return sha256(f"{state}\n{variant}\n{wanted}".encode()).hexdigest()


def _kept(run: Run, keys: Mapping[tuple[Variant, Format], str]) -> tuple[dict[tuple[Variant, Format], Cell], list[str]]:
    """What is kept of what is wanted, and what there is to tell of the cache."""
    found: dict[tuple[Variant, Format], Cell] = {}
    damaged = 0
    for cell, key in () if run.force else keys.items():
        try:
            kept = run.made.get(key)
        except Damaged:
            damaged += 1
            continue
        if kept is not None:
            run.made.used(key)
            found[cell] = unpack(kept)
    return found, [f"what was kept of it was damaged ({damaged} of {len(keys)})"] if damaged else []


def _made(desks: Sequence[Desk], lacking: Sequence[tuple[Variant, Format]]) -> dict[tuple[Variant, Format], Cell]:
    """What is `lacking`, made; with it the few that stand in the same row and column, if they are not the same."""
    if not lacking:
        return {}
    variants, formats = (list(dict.fromkeys(each)) for each in zip(*lacking, strict=True))
    made = finished(desks, variants, formats).artifacts
    from pressgen.actions.workspace.versions import made_with  # noqa: PLC0415 - its libraries are loaded now

    return {
        (variant, wanted): Cell(
            [artifact for each, artifact in made if each is variant and artifact.format is wanted], made_with({wanted})
        )
        for variant, wanted in product(variants, formats)
    }


def _whole(desks: Sequence[Desk], variants: Sequence[Variant], cells: Cells) -> Made:
    """All cells as if they had been made in one go: language by language, format by format."""
    artifacts = [
        (variant, cell.artifacts[number]) for number in range(len(desks)) for (variant, _), cell in cells.items()
    ]
    return Made(desks, variants, artifacts)


def _manifests(out: Path, desk: Desk, variants: Sequence[Variant]) -> list[Path]:
    return [out / desk.slug / variant / MANIFEST for variant in variants]


def _left(out: Path, files: Sequence[Path]) -> dict[str, Sighting]:
    """How these files lie now, by their path under `out`."""
    return {file.relative_to(out).as_posix(): seen for file in files if (seen := see(str(file)))}
