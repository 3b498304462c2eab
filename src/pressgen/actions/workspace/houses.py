"""The houses of one run.

Each is read once, and identified by the checksums of its files.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pressgen.actions.workspace.bundle import hash_content
from pressgen.actions.workspace.folder import load_house, read_house_files

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pressgen.actions.workspace.folder import Workspace
    from pressgen.errors import Place
    from pressgen.load.source import SourceText
    from pressgen.model.house import HouseFolder

BRINGS_FONTS = b"@font-face"


@dataclass(frozen=True, slots=True)
class HouseChecksums:
    """Checksums of a house's files, and versions of the build tools.

    Attributes:
        sums: the SHA-256 of each file, and the version of each program, by name.
        digest: one checksum for them all.
    """

    sums: Mapping[str, str]
    digest: str


@dataclass(frozen=True, slots=True)
class HouseCache:
    """The houses of one run, each read only once.

    `forget` makes the next builds look at the files again.
    """

    workspace: Workspace
    _files: dict[str, Mapping[str, bytes]] = field(default_factory=dict)
    _checksums: dict[str, HouseChecksums] = field(default_factory=dict)
    _read: dict[str, tuple[Mapping[str, bytes], tuple[HouseFolder, SourceText]]] = field(default_factory=dict)

    def load(self, workspace: Workspace, name: str, named_at: Place) -> tuple[HouseFolder, SourceText]:
        """Load a house as `load_house` does, but read it only once.

        Raises:
            InputError: as `load_house`, at every call.
        """
        files = self._files_of(name)
        known, read = self._read.get(name, ({}, None))
        if read is None or known != files:
            read = load_house(workspace, name, named_at, files)
            self._read[name] = files, read
        return read

    def checksums(self, name: str) -> HouseChecksums:
        """Return the checksums of the house `name`.

        An empty name gives only the tools.

        Raises:
            InputError: a file cannot be read.
        """
        if name not in self._checksums:
            from pressgen.actions.workspace.tool_versions import hash_machine_fonts, list_tool_versions

            files = self._files_of(name)
            sums = list_tool_versions() | {
                f"templates/{name}/{each}": hash_content(content) for each, content in files.items()
            }
            if BRINGS_FONTS not in files.get("release.css", b""):
                sums["the machine's fonts"] = hash_machine_fonts()
            listed = json.dumps(sums, sort_keys=True)
            self._checksums[name] = HouseChecksums(sums, hash_content(listed.encode()))
        return self._checksums[name]

    def _files_of(self, name: str) -> Mapping[str, bytes]:
        if name not in self._files:
            self._files[name] = read_house_files(self.workspace, name)
        return self._files[name]

    def forget(self) -> None:
        """Forget the files read so far, so that changes are noticed.

        A house is parsed again only if one of its files has changed.
        """
        self._files.clear()
        self._checksums.clear()
