"""The cache of builds, so that nothing is built twice.

The keys are hashes of all inputs, and the folder can be deleted at any time. Several programs may use it at once. It
never grows beyond its bounds, and deletes the oldest first. It returns exactly what was stored, or nothing.
"""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final, NamedTuple

from pressgen.actions.workspace.houses import HouseCache
from pressgen.files.atomic import make_folder, write_into
from pressgen.model.artifact import Artifact  # noqa: TC001 - pydantic reads the type

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pydantic import TypeAdapter

    from pressgen.actions.workspace.folder import Workspace
    from pressgen.files.status import FileStatus

FOLDER: Final = ".pressgen/cache"
MIB: Final = 1024 * 1024
LARGEST_FILES: Final = 2048 * MIB
LARGEST_RECORDS: Final = 256 * MIB
"""How many bytes the built files, and the build records, may take together."""
SUBFOLDERS: Final = 64
"""Subfolders that contents are spread over by their key, so that only one must be counted at each `put`."""
SUM: Final = hashlib.sha256().digest_size


@dataclass(frozen=True, slots=True)
class FormatOutput:
    """The built files of one format and variant.

    Attributes:
        artifacts: the file of the release, and after it that of each translation.
        made_with: the versions of the tools, by name.
    """

    artifacts: tuple[Artifact, ...]
    made_with: dict[str, str]

    __pydantic_config__: ClassVar = {"ser_json_bytes": "base64", "val_json_bytes": "base64"}


class InputState(NamedTuple):
    """An input file that belongs to one release.

    It is its data, a translation, a picture, or a machine's font for its letters.

    Attributes:
        digest: its SHA-256; empty for a font that the machine lacks.
        status: its status; None where the file was so recent that a later change might not alter the status.
    """

    digest: str
    status: FileStatus | None


class BuildRecord(NamedTuple):
    """A record of a build: its inputs and the files it wrote.

    Attributes:
        request: the request as one text.
        own: the release's own files, by name.
        house: the name of its house.
        checksums: the digest of the checksums of all other inputs.
        outputs: the status of the built files, by their path in the output folder.
    """

    request: str
    own: Mapping[str, InputState]
    house: str
    checksums: str
    outputs: Mapping[str, FileStatus]


class CacheEntryCorruptError(Exception):
    """A corrupt cache entry, which has been deleted."""


class BuildCache:
    """The cache of a workspace, for the builds of one run.

    Attributes:
        houses: the houses read so far.
        corrupt: how many files were found corrupt, and so were made again.
    """

    def __init__(self, workspace: Workspace) -> None:
        folder = workspace.root / FOLDER
        self.houses, self.corrupt = HouseCache(workspace), 0
        self._files = CacheFolder(folder / "made", LARGEST_FILES)
        self._records = CacheFolder(folder / "looks", LARGEST_RECORDS)
        self._checksums: dict[str, dict[str, str]] = {}

    def get_or_make(self, key: str, make: Callable[[], FormatOutput], *, force: bool = False) -> FormatOutput:
        """Return the files stored under `key`, or make and store them.

        With `force`, they are made in any case.

        Raises:
            Exception: as `make` does; then nothing is stored.
        """
        try:
            stored = None if force else self._files.get(key)
        except CacheEntryCorruptError:
            self.corrupt += 1
            stored = None
        if stored is not None:
            self._files.mark_used(key)
            return _output_adapter().validate_json(stored)
        output = make()
        self._files.put(key, _output_adapter().dump_json(output))
        return output

    def read_record(self, file: Path, out: Path) -> BuildRecord | None:
        """Read the record of the last build of a release.

        `file` is its `release.yaml`, `out` the folder of the built files.

        Raises:
            CacheEntryCorruptError: the record was damaged.
        """
        stored = self._records.get(_record_key(file, out))
        if stored is None:
            return None
        request, own, house, checksums, outputs = json.loads(stored)
        return BuildRecord(request, {name: InputState(*each) for name, each in own.items()}, house, checksums, outputs)

    def write_record(self, file: Path, out: Path, record: BuildRecord) -> None:
        """Store the record of a build, for the same release and folder."""
        if record.checksums not in self._checksums:
            self._checksums[record.checksums] = dict(self.houses.checksums(record.house).sums)
            self._records.put(record.checksums, json.dumps(self._checksums[record.checksums]).encode())
        self._records.put(_record_key(file, out), json.dumps(record).encode())

    def read_checksums(self, digest: str) -> dict[str, str]:
        """Read the checksums of an earlier build, or nothing if lost."""
        if digest not in self._checksums:
            stored = None
            with suppress(CacheEntryCorruptError):
                stored = self._records.get(digest)
            self._checksums[digest] = json.loads(stored or b"{}")
        return self._checksums[digest]


def _record_key(file: Path, out: Path) -> str:
    return hashlib.sha256(f"{file.absolute()}\n{out.absolute()}".encode()).hexdigest()


@cache
def _output_adapter() -> TypeAdapter[FormatOutput]:
    from pydantic import TypeAdapter

    return TypeAdapter(FormatOutput)


@dataclass(frozen=True, slots=True)
class CacheFolder:
    """A folder with contents by key, which takes at most `bound` bytes."""

    folder: Path
    bound: int

    def get(self, key: str) -> bytes | None:
        """Return the content stored under `key`; None if there is none.

        Raises:
            CacheEntryCorruptError: the stored content was damaged.
        """
        path = self._path(key)
        try:
            with open(path, "rb") as file:  # noqa: PTH123 - ten thousand times in a second or two
                stored = file.read()
        except OSError:
            return None
        content = stored[SUM:]
        if stored[:SUM] == _compute_checksum(key, content):
            return content
        with suppress(OSError):
            os.unlink(path)  # noqa: PTH108 - as above
        raise CacheEntryCorruptError(key)

    def put(self, key: str, content: bytes) -> None:
        """Store `content`.

        If the folder cannot be written, or the content alone would fill it, nothing is stored.
        """
        if len(content) > self.bound // SUBFOLDERS:
            return
        subfolder = Path(self._path(key)).parent
        with suppress(OSError):
            make_folder(self.folder, own=True)  # only the owner may read embargoed files
            write_into(subfolder, {key: _compute_checksum(key, content) + content})
            self._delete_oldest(subfolder)

    def mark_used(self, key: str) -> None:
        """Mark `key` as used now, so that older entries go first."""
        with suppress(OSError):
            os.utime(self._path(key))

    def _path(self, key: str) -> str:
        return f"{self.folder}/{int(key[:2], 16) % SUBFOLDERS:02}/{key}"

    def _delete_oldest(self, subfolder: Path) -> None:
        """Delete the oldest entries until the subfolder is within its bound."""
        entries = sorted((each.stat().st_mtime_ns, each.stat().st_size, each.path) for each in os.scandir(subfolder))
        surplus = sum(size for _, size, _ in entries) - self.bound // SUBFOLDERS
        for _, size, path in entries:
            if surplus <= 0:
                return
            os.unlink(path)  # noqa: PTH108 - as in get
            surplus -= size


def _compute_checksum(key: str, content: bytes) -> bytes:
    """Compute the checksum of a content together with its key.

    So a content that was moved to another key counts as corrupt.
    """
    return hashlib.sha256(key.encode() + content).digest()
