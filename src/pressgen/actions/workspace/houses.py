"""The houses of one run: each is read once, and known by the sums of all that is in it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pressgen.actions.workspace.bundle import digest
from pressgen.actions.workspace.folder import house_files, take_house

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pressgen.actions.workspace.folder import Workspace
    from pressgen.errors import Place
    from pressgen.load.source import SourceText
    from pressgen.model.house import HouseFolder

BRINGS_FONTS = b"@font-face"


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that files are made of beside the release itself: its house, and the programs that make them.

    Attributes:
        sums: the SHA-256 of each file, and the version of each program, by name.
        digest: one sum for them all.
    """

    sums: Mapping[str, str]
    digest: str


@dataclass(frozen=True, slots=True)
class Houses:
    """The houses of a workspace as they are when they are first asked for, or after `look_again`."""

    workspace: Workspace
    _files: dict[str, Mapping[str, bytes]] = field(default_factory=dict)
    _sheets: dict[str, Sheet] = field(default_factory=dict)
    _read: dict[str, tuple[Mapping[str, bytes], tuple[HouseFolder, SourceText]]] = field(default_factory=dict)

    def take(self, workspace: Workspace, name: str, named_at: Place) -> tuple[HouseFolder, SourceText]:
        """As `take_house`, but read once.

        Raises:
            Refused: as `take_house` does, each time that it is asked for.
        """
        files = self._files_of(name)
        known, read = self._read.get(name, ({}, None))
        if read is None or known != files:
            read = take_house(workspace, name, named_at, files)
            self._read[name] = files, read
        return read

    def sheet(self, name: str) -> Sheet:
        """What the files of the house `name` are made of; the name of none gives the programs alone.

        Raises:
            Refused: a file cannot be read.
        """
        if name not in self._sheets:
            from pressgen.actions.workspace.tool_versions import machine_fonts, makers  # noqa: PLC0415 - a refused release gets by

            files = self._files_of(name)
            sums = makers() | {f"templates/{name}/{each}": digest(content) for each, content in files.items()}
            if BRINGS_FONTS not in files.get("release.css", b""):
                sums["the machine's fonts"] = machine_fonts()
            listed = json.dumps(sums, sort_keys=True)
            self._sheets[name] = Sheet(sums, digest(listed.encode()))
        return self._sheets[name]

    def _files_of(self, name: str) -> Mapping[str, bytes]:
        if name not in self._files:
            self._files[name] = house_files(self.workspace, name)
        return self._files[name]

    def look_again(self) -> None:
        """See afterwards what the houses are now; what has not changed is not read again."""
        self._files.clear()
        self._sheets.clear()
