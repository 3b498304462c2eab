"""One run of `pressgen build`.

It has the request, what is read once for all releases, and what earlier runs left.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING

from pressgen.actions.build.build_record import BuildRecord, unpack_record
from pressgen.actions.build.cache import Cache, CacheEntryCorruptError
from pressgen.actions.workspace.houses import HouseCache

if TYPE_CHECKING:
    from pathlib import Path

    from pressgen.actions.build.build import BuildRequest
    from pressgen.actions.workspace.folder import Workspace

MIB = 1024 * 1024
FOLDER, FILES, LOOKS = ".pressgen/cache", 2048 * MIB, 256 * MIB
"""The cache folder, its size limit, and the size limit of the build records."""


@dataclass(frozen=True, slots=True)
class BuildSession:
    """A run of `pressgen build`, with its request and its caches.

    Attributes:
        force: whether to build unchanged releases as well.
        houses: the houses read so far.
        made: the cache of built files.
        looks: the build records, by the release's file and the output folder.
    """

    workspace: Workspace
    order: BuildRequest
    force: bool
    houses: HouseCache
    made: Cache
    looks: Cache
    _sheets: dict[str, dict[str, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, workspace: Workspace, order: BuildRequest, *, force: bool = False) -> BuildSession:
        """Return a run over releases of a workspace."""
        folder = workspace.root / FOLDER
        caches = Cache(folder / "made", FILES), Cache(folder / "looks", LOOKS)
        return cls(workspace, order, force, HouseCache(workspace), *caches)

    @property
    def ordered(self) -> str:
        """The request as one text, without the output folder."""
        passing_over = ["or none"] if self.order.variants and self.order.passing_over else []
        return " ".join([*self.order.formats, "as", *self.order.variants, *passing_over])

    def remembered(self, file: Path) -> BuildRecord | None:
        """Return the build record of the release in `file`.

        Raises:
            CacheEntryCorruptError: the record was damaged.
        """
        kept = self.looks.get(self._key(file))
        return unpack_record(kept) if kept else None

    def remember(self, file: Path, what: BuildRecord) -> None:
        """Store the build record of the release in `file`."""
        if what.sheet not in self._sheets:
            self._sheets[what.sheet] = dict(self.houses.sheet(what.house).sums)
            self.looks.put(what.sheet, json.dumps(self._sheets[what.sheet]).encode())
        self.looks.put(self._key(file), what.packed())

    def sheet(self, digest: str) -> dict[str, str]:
        """Return the checksums of an earlier run, or nothing if lost."""
        if digest not in self._sheets:
            try:
                kept = self.looks.get(digest)
            except CacheEntryCorruptError:
                kept = None
            self._sheets[digest] = json.loads(kept) if kept else {}
        return self._sheets[digest]

    def _key(self, file: Path) -> str:
        return sha256(f"{file.absolute()}\n{self.order.out.absolute()}".encode()).hexdigest()
