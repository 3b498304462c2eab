"""Put a made release where its makers' depot has it: each file whole, the manifest last, and by nobody who is late."""

from __future__ import annotations

import json
import shutil
import time
from typing import TYPE_CHECKING, Any, Final, Protocol

from pressgen.actions.workspace.bundle import MANIFEST
from pressgen.actions.workspace.reading import LARGEST
from pressgen.channels.object_store import Unreachable
from pressgen.files.within import read_within
from pressgen.model.artifact import Variant

if TYPE_CHECKING:
    from pathlib import Path

    from pressgen.channels.object_store import Depot


TRIES: Final = 3
RECENT: Final = 1.0
"""Seconds for which an answer holds, but for a manifest."""


class Claim(Protocol):
    """The claim to the chunk that is being made."""

    def check(self, within: float = 0.0) -> None:
        """Let nothing go on that is another's by now; no need to ask again who has asked `within` so many seconds."""


def put(depot: Depot, folder: Path, claim: Claim) -> None:
    """Put everything under `folder`, a release's own under its slug, into the depot, and clear it away.

    A variant that is put over another of other data has no manifest meanwhile: it is not whole. The embargoed variant
    goes first, so where the public one is whole, both are.

    Raises:
        Unreachable: the depot cannot be written.
    """
    for made in sorted(folder.iterdir(), key=lambda each: (each.name != Variant.EMBARGOED, each.name)):
        _put(depot, f"{folder.name}/{made.name}", made, claim)
    shutil.rmtree(folder)


def _put(depot: Depot, where: str, made: Path, claim: Claim) -> None:
    manifest: dict[str, Any] = json.loads(read_within(made, made / MANIFEST, LARGEST))
    former = _former(depot.get(f"{where}/{MANIFEST}"))
    same = former["inputs"] == manifest["inputs"]
    if former["outputs"] and not same:
        claim.check()
        depot.take_away(f"{where}/{MANIFEST}")
    for name in manifest["outputs"]:
        _try(depot, f"{where}/{name}", read_within(made, made / name, LARGEST), claim, RECENT)
    stale = [] if same else [name for name in former["outputs"] if name not in manifest["outputs"]]
    if same:  # formats that an earlier order made of the very same data stay
        for part in ("made_with", "outputs"):
            manifest[part] = former[part] | manifest[part]
        manifest["outputs"] = dict(sorted(manifest["outputs"].items()))
    text = json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"
    _try(depot, f"{where}/{MANIFEST}", text.encode(), claim)
    for name in stale:
        depot.take_away(f"{where}/{name}")


def _try(depot: Depot, path: str, content: bytes, claim: Claim, within: float = 0.0) -> None:
    """Put a file; before each attempt see that it is still ours to put."""
    for number in range(1, TRIES + 1):
        claim.check(within if number == 1 else 0.0)
        try:
            depot.put(path, content)
        except Unreachable:
            if number == TRIES:
                raise
            time.sleep(number)
        else:
            return


def _former(manifest: bytes | None) -> dict[str, Any]:
    try:
        told = json.loads(manifest or b"{}")
        return {part: dict(told[part]) for part in ("inputs", "outputs", "made_with")}
    except (ValueError, KeyError, TypeError):
        return {part: {} for part in ("inputs", "outputs", "made_with")}
