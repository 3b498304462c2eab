"""Upload a built release to the object store.

Each file appears complete, the manifest comes last, and a service without a valid claim uploads nothing.
"""

from __future__ import annotations

import json
import shutil
import time
from typing import TYPE_CHECKING, Any, Final, Protocol

from pressgen.actions.workspace.bundle import MANIFEST
from pressgen.actions.workspace.read_files import LARGEST
from pressgen.channels.object_store import StoreUnreachableError
from pressgen.files.within import read_within
from pressgen.model.artifact import Variant

if TYPE_CHECKING:
    from pathlib import Path

    from pressgen.channels.object_store import ObjectStore


TRIES: Final = 3
RECENT: Final = 1.0
"""Seconds for which a check of the claim is valid, except for a manifest."""


class ChunkClaim(Protocol):
    """A worker's claim to the chunk that it is building."""

    def check(self, within: float = 0.0) -> None:
        """Raise an error if another service has the chunk now.

        A call that was made `within` so many seconds is not repeated.
        """


def upload_release(storage: ObjectStore, folder: Path, claim: ChunkClaim) -> None:
    """Upload the built files of a release, then delete them here.

    A variant that replaces one of other data has no manifest meanwhile, so it counts as incomplete. The embargoed
    variant is uploaded first; where the public one is complete, both are.

    Raises:
        StoreUnreachableError: the object store cannot be written.
    """
    for made in sorted(folder.iterdir(), key=lambda each: (each.name != Variant.EMBARGOED, each.name)):
        _upload_variant(storage, f"{folder.name}/{made.name}", made, claim)
    shutil.rmtree(folder)


def _upload_variant(storage: ObjectStore, where: str, made: Path, claim: ChunkClaim) -> None:
    """Upload the files of one variant, the manifest last."""
    manifest: dict[str, Any] = json.loads(read_within(made, made / MANIFEST, LARGEST))
    former = _parse_manifest(storage.get(f"{where}/{MANIFEST}"))
    same = former["inputs"] == manifest["inputs"]
    if former["outputs"] and not same:
        claim.check()
        storage.take_away(f"{where}/{MANIFEST}")
    for name in manifest["outputs"]:
        _upload_file(storage, f"{where}/{name}", read_within(made, made / name, LARGEST), claim, RECENT)
    stale = [] if same else [name for name in former["outputs"] if name not in manifest["outputs"]]
    if same:  # formats that an earlier request built from the same data stay
        for part in ("made_with", "outputs"):
            manifest[part] = former[part] | manifest[part]
        manifest["outputs"] = dict(sorted(manifest["outputs"].items()))
    text = json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"
    _upload_file(storage, f"{where}/{MANIFEST}", text.encode(), claim)
    for name in stale:
        storage.take_away(f"{where}/{name}")


def _upload_file(storage: ObjectStore, path: str, content: bytes, claim: ChunkClaim, within: float = 0.0) -> None:
    """Upload a file with retries, as long as the claim holds."""
    for number in range(1, TRIES + 1):
        claim.check(within if number == 1 else 0.0)
        try:
            storage.put(path, content)
        except StoreUnreachableError:
            if number == TRIES:
                raise
            time.sleep(number)
        else:
            return


def _parse_manifest(manifest: bytes | None) -> dict[str, Any]:
    """Parse an earlier manifest; return an empty one if unreadable."""
    try:
        data = json.loads(manifest or b"{}")
        return {part: dict(data[part]) for part in ("inputs", "outputs", "made_with")}
    except (ValueError, KeyError, TypeError):
        return {part: {} for part in ("inputs", "outputs", "made_with")}
