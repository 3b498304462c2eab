"""Work packages: the inputs of a chunk, or all houses.

A package is one file, named by its SHA-256. So a builder needs no access to the sender's disk, and gets exactly what
was sent.
"""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pressgen.actions.build.build import BuildRequest
from pressgen.actions.workspace.bundle import hash_content
from pressgen.channels.object_store import INCOMING, QUEUE
from pressgen.files.atomic import make_folder, write_tree
from pressgen.model.artifact import Format, Variant

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pressgen.actions.workspace.folder import Workspace
    from pressgen.channels.object_store import ObjectStore

PARCELS: Final = f"{QUEUE}/parcels"
ORDER: Final = "order.json"
DATE: Final = (1980, 1, 1, 0, 0, 0)
"""The first day that a zip file can state, so that the same files make the same package on any day."""


class PackageCorruptError(Exception):
    """A work package that is missing or corrupt."""


@dataclass(frozen=True, slots=True)
class BatchRequest:
    """A request to build a batch in some formats and variants.

    `force` says whether unchanged releases are built as well.
    """

    formats: tuple[Format, ...]
    variants: tuple[Variant, ...]
    force: bool

    def for_release(self, workspace: Workspace, release: Path, out: Path) -> BuildRequest:
        """Return the request to build one release into a folder."""
        return BuildRequest(workspace, release, self.formats, self.variants, out, skip_missing=True, force=self.force)

    @property
    def text(self) -> str:
        """Return the request as one text; equal texts take equal time."""
        return " ".join([*self.formats, "as", *self.variants])

    def packed(self) -> bytes:
        """Return the request as stored in a work package."""
        return json.dumps([self.formats, self.variants, self.force]).encode()


def parse_request(files: Mapping[str, bytes]) -> BatchRequest:
    """Parse the build request in a work package."""
    formats, variants, force = json.loads(files[ORDER])
    return BatchRequest(tuple(map(Format, formats)), tuple(map(Variant, variants)), force)


def upload_package(storage: ObjectStore, files: Mapping[str, bytes]) -> str:
    """Upload files as a work package, and return its SHA-256.

    The files are named by their path in a workspace.

    Raises:
        StoreUnreachableError: the object store cannot be written.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, DATE)
            entry.external_attr = 0o600 << 16
            package.writestr(entry, files[name], zipfile.ZIP_DEFLATED, 1)
    content = packed.getvalue()
    digest = hash_content(content)
    storage.put(_get_package_path(digest), content)
    return digest


def fetch_package(storage: ObjectStore, digest: str) -> dict[str, bytes]:
    """Fetch the files of the work package with this SHA-256.

    Raises:
        PackageCorruptError: it is missing, or is another.
        StoreUnreachableError: the object store does not answer.
    """
    content = storage.get(_get_package_path(digest))
    if content is None:
        raise PackageCorruptError(f"{storage.address}/{_get_package_path(digest)} is gone; send the batch again")
    if hash_content(content) != digest:
        raise PackageCorruptError(
            f"{storage.address}/{_get_package_path(digest)} was changed after it was sent; find out who can write"
            " there, then send it again"
        )
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def write_package_files(files: Mapping[str, bytes], root: Path) -> None:
    """Write the files of a work package into a workspace.

    Only the owner can read them, and none is written outside.
    """
    make_folder(root, own=True)
    write_tree(root, files)


def delete_package(storage: ObjectStore, digest: str) -> None:
    """Delete a work package, if it exists."""
    storage.take_away(_get_package_path(digest))


def delete_leftovers(storage: ObjectStore) -> None:
    """Delete what crashed senders, crashed builders and failed chunks left.

    No batch may be in progress.

    Raises:
        StoreUnreachableError: the object store does not answer.
    """
    for folder in (PARCELS, INCOMING):
        for name in storage.names(folder):
            storage.take_away(f"{folder}/{name}")


def _get_package_path(digest: str) -> str:
    """Return the path of a work package in the object store."""
    return f"{PARCELS}/{digest}.zip"
