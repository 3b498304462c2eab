"""Build what is missing of a release, and reuse the rest.

Nothing is built twice.

This is for files that may be thrown away. Files that somebody signs are always built again, by `approve.signed`.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from hashlib import sha256
from itertools import product
from typing import TYPE_CHECKING

from pressgen.actions.build.build import BuiltFiles, build_loaded_release, select_variants, write_files
from pressgen.actions.build.build_record import BuildRecord, get_file_status, list_release_inputs
from pressgen.actions.build.cache import CacheEntryCorruptError
from pressgen.actions.build.cache_format import FormatOutput, pack_output, unpack_output
from pressgen.actions.workspace.bundle import MANIFEST, hash_content
from pressgen.actions.workspace.folder import load_release
from pressgen.actions.workspace.reading import find_write_root

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from pressgen.actions.build.build_record import Sighting
    from pressgen.actions.build.session import BuildSession
    from pressgen.actions.workspace.bundle import WrittenFile
    from pressgen.actions.workspace.folder import LoadedRelease
    from pressgen.actions.workspace.houses import HouseChecksums
    from pressgen.model.artifact import Format, Variant

    Cells = Mapping[tuple[Variant, Format], FormatOutput]


@dataclass(frozen=True, slots=True)
class BuildResult:
    """The result of rebuilding a release.

    Attributes:
        written: the files that were written; none if none had to be.
        reasons: why, a few words each; none if nothing had to be written.
        made: how many files were built; the others came from the cache.
    """

    written: Sequence[WrittenFile] = ()
    reasons: Sequence[str] = ()
    made: int = 0


def rebuild_release(run: BuildSession, file: Path, reasons: Sequence[str]) -> BuildResult:
    """Rebuild a release, and take unchanged files from the cache.

    `reasons` say why it is rebuilt.

    Raises:
        InputError, UsageError, EnvironmentFailureError: as `build_release`; nothing is written then.
    """
    began = time.time_ns()
    desks = load_release(run.workspace, file, run.houses.take)
    variants = select_variants(desks[0], run.order)
    sheet = run.houses.sheet(desks[0].house.name)
    sums = _collect_checksums(desks, sheet)
    state = json.dumps([run.workspace.shown(desks[0].folder), sheet.digest, sorted(sums.items())])
    keys = {cell: _compute_cache_key(state, *cell) for cell in product(variants, run.order.formats)}
    kept, told = _read_cached(run, keys)
    made = _build_missing(desks, [cell for cell in keys if cell not in kept])
    for cell, content in made.items():
        run.made.put(keys[cell], pack_output(content))
    cells = {cell: kept.get(cell) or made[cell] for cell in keys}
    tools = {name: version for cell in cells.values() for name, version in cell.made_with.items()}
    place = find_write_root(run.workspace.root, run.order.out)
    written = write_files(_combine_outputs(desks, variants, cells), place, sums, tools)
    own = list_release_inputs(desks, sums, began)
    left = _get_statuses(place[1], [*(each.path for each in written), *_list_manifests(place[1], desks[0], variants)])
    run.remember(file, BuildRecord(run.ordered, own, desks[0].house.name, sheet.digest, left))
    return BuildResult(written, [*reasons, *told], len(made) * len(desks))


def _collect_checksums(desks: Sequence[LoadedRelease], sheet: HouseChecksums) -> dict[str, str]:
    """Collect the SHA-256 of every input of the release.

    Those of the house's files are known already.
    """
    return {
        name: sheet.sums.get(name) or hash_content(content) for desk in desks for name, content in desk.inputs.items()
    }


def _compute_cache_key(state: str, variant: Variant, wanted: Format) -> str:
    """Compute the cache key of one format and variant."""
    return sha256(f"{state}\n{variant}\n{wanted}".encode()).hexdigest()


def _read_cached(
    run: BuildSession, keys: Mapping[tuple[Variant, Format], str]
) -> tuple[dict[tuple[Variant, Format], FormatOutput], list[str]]:
    """Read cached files, and describe any damage to the cache."""
    found: dict[tuple[Variant, Format], FormatOutput] = {}
    damaged = 0
    for cell, key in () if run.force else keys.items():
        try:
            kept = run.made.get(key)
        except CacheEntryCorruptError:
            damaged += 1
            continue
        if kept is not None:
            run.made.used(key)
            found[cell] = unpack_output(kept)
    return found, [f"what was kept of it was damaged ({damaged} of {len(keys)})"] if damaged else []


def _build_missing(
    desks: Sequence[LoadedRelease], lacking: Sequence[tuple[Variant, Format]]
) -> dict[tuple[Variant, Format], FormatOutput]:
    """Build the formats and variants that are not in the cache.

    Variants and formats are built in all combinations, so a few may be built that were cached.
    """
    if not lacking:
        return {}
    variants, formats = (list(dict.fromkeys(each)) for each in zip(*lacking, strict=True))
    made = build_loaded_release(desks, variants, formats).artifacts
    from pressgen.actions.workspace.versions import list_tool_versions_for  # noqa: PLC0415 - its libraries are loaded now

    return {
        (variant, wanted): FormatOutput(
            [artifact for each, artifact in made if each is variant and artifact.format is wanted],
            list_tool_versions_for({wanted}),
        )
        for variant, wanted in product(variants, formats)
    }


def _combine_outputs(desks: Sequence[LoadedRelease], variants: Sequence[Variant], cells: Cells) -> BuiltFiles:
    """Combine all files as if they had been built together.

    They are ordered by language, then by format.
    """
    artifacts = [
        (variant, cell.artifacts[number]) for number in range(len(desks)) for (variant, _), cell in cells.items()
    ]
    return BuiltFiles(desks, variants, artifacts)


def _list_manifests(out: Path, desk: LoadedRelease, variants: Sequence[Variant]) -> list[Path]:
    """List the path of each variant's manifest."""
    return [out / desk.slug / variant / MANIFEST for variant in variants]


def _get_statuses(out: Path, files: Sequence[Path]) -> dict[str, Sighting]:
    """Return the status of each file, by its path under `out`."""
    return {file.relative_to(out).as_posix(): seen for file in files if (seen := get_file_status(str(file)))}
