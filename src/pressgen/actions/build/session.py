"""One run of `pressgen build`: what was ordered, what is read once for all releases, and what earlier runs left."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING

from pressgen.actions.build.build_record import Remembered, unpacked
from pressgen.actions.build.cache import Cache, Damaged
from pressgen.actions.workspace.houses import Houses

if TYPE_CHECKING:
    from pathlib import Path

    from pressgen.actions.build.build import Order
    from pressgen.actions.workspace.folder import Workspace

MIB = 1024 * 1024
FOLDER, FILES, LOOKS = ".pressgen/cache", 2048 * MIB, 256 * MIB
"""Where what was made is kept, how much of it, and how much of what is remembered of releases."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run.

    Attributes:
        force: whether all that is ordered is made, wanted or not.
        houses: what has been read of the houses.
        made: made files by what they were made of.
        looks: what is remembered of releases, by their file and where they were written to.
    """

    workspace: Workspace
    order: Order
    force: bool
    houses: Houses
    made: Cache
    looks: Cache
    _sheets: dict[str, dict[str, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, workspace: Workspace, order: Order, *, force: bool = False) -> Run:
        """A run over releases of a workspace."""
        folder = workspace.root / FOLDER
        caches = Cache(folder / "made", FILES), Cache(folder / "looks", LOOKS)
        return cls(workspace, order, force, Houses(workspace), *caches)

    @property
    def ordered(self) -> str:
        """The order as one text, but for where it goes."""
        passing_over = ["or none"] if self.order.variants and self.order.passing_over else []
        return " ".join([*self.order.formats, "as", *self.order.variants, *passing_over])

    def remembered(self, file: Path) -> Remembered | None:
        """What is remembered of the release that `file` holds.

        Raises:
            Damaged: that was damaged.
        """
        kept = self.looks.get(self._key(file))
        return unpacked(kept) if kept else None

    def remember(self, file: Path, what: Remembered) -> None:
        """Keep what is to be remembered of the release that `file` holds."""
        if what.sheet not in self._sheets:
            self._sheets[what.sheet] = dict(self.houses.sheet(what.house).sums)
            self.looks.put(what.sheet, json.dumps(self._sheets[what.sheet]).encode())
        self.looks.put(self._key(file), what.packed())

    def sheet(self, digest: str) -> dict[str, str]:
        """What the sheet of an earlier run held; empty where that is no longer known."""
        if digest not in self._sheets:
            try:
                kept = self.looks.get(digest)
            except Damaged:
                kept = None
            self._sheets[digest] = json.loads(kept) if kept else {}
        return self._sheets[digest]

    def _key(self, file: Path) -> str:
        return sha256(f"{file.absolute()}\n{self.order.out.absolute()}".encode()).hexdigest()
