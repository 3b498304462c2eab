"""A check whether releases in an object store are up to date.

It compares the checksums in their manifests, and reads no files.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pressgen import __version__
from pressgen.actions.workspace.bundle import MANIFEST, hash_contents
from pressgen.actions.workspace.folder import TRANSLATION
from pressgen.actions.workspace.read_files import read_files
from pressgen.model.artifact import Variant

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from pressgen.actions.batch.work_package import BatchRequest
    from pressgen.actions.workspace.folder import Workspace
    from pressgen.channels.object_store import ObjectStore

Sums = dict[str, str]
"""File → SHA-256."""


@dataclass(frozen=True, slots=True)
class UpToDateCheck:
    """A check of which releases in an object store are current.

    Attributes:
        houses: the checksums of each house's files, by the house's name and by names as in manifests.
        there: the releases that have any files there.
    """

    storage: ObjectStore
    ordered: BatchRequest
    houses: Mapping[str, Sums]
    there: Collection[str]

    def find_current(self, releases: Mapping[str, Sums]) -> set[str]:
        """Return those of the `releases` that are up to date, by slug.

        Versions of tools are not compared, except pressgen's own: sender and builders may have others.

        Raises:
            StoreUnreachableError: the object store does not answer.
        """
        if self.ordered.force:
            return set()
        paths = {
            slug: [f"{slug}/{each}/{MANIFEST}" for each in self._variants] for slug in releases if slug in self.there
        }
        found = self.storage.get_many(path for each in paths.values() for path in each)
        return {
            slug
            for slug, each in paths.items()
            if all(self._is_current(slug, releases[slug], found[path]) for path in each)
        }

    @property
    def _variants(self) -> Sequence[Variant]:
        """The variants whose manifests decide.

        An embargoed release has both variants, another only the public one. The embargoed one is uploaded first, so the
        public one vouches for both.
        """
        wanted = self.ordered.variants or (Variant.PUBLIC,)
        return [each for each in wanted if each is not Variant.EMBARGOED] or wanted

    def _is_current(self, slug: str, own: Sums, manifest: bytes | None) -> bool:
        try:
            parsed: dict[str, Any] = json.loads(manifest or b"{}")
            inputs, outputs, version = parsed["inputs"], parsed["outputs"], parsed["made_with"]["pressgen"]
        except (ValueError, KeyError, TypeError):
            return False
        house = next((name.split("/")[1] for name in inputs if name.startswith("templates/")), "")
        now = self.houses.get(house, {})
        faces = f"templates/{house}/fonts/"  # fonts of the builder's machine
        return (
            version == __version__
            and all(inputs.get(name) == each for name, each in now.items())
            and all(inputs.get(name) == each for name, each in own.items() if name in inputs or _is_release_file(name))
            and all(name in own or name in now or name.startswith(faces) for name in inputs)
            and all(f"{slug}.{each}" in outputs for each in self.ordered.formats)
        )


def _is_release_file(name: str) -> bool:
    """Return whether a file is release data or a translation.

    Such a file is an input of the build even if nothing names it.
    """
    return name == "release.yaml" or TRANSLATION.fullmatch(name) is not None


def read_release_files(workspace: Workspace, slug: str) -> dict[str, bytes]:
    """Read the files in a release's folder, by their names.

    Raises:
        InputError: one cannot be read, or is too large.
    """
    folder = workspace.root / "releases" / slug
    return read_files(workspace.root, folder, workspace.shown(folder))


def hash_house_files(houses: Mapping[str, Mapping[str, bytes]]) -> dict[str, Sums]:
    """Compute the SHA-256 of each house's files, by house and name.

    The names are as manifests have them.
    """
    return {
        house: hash_contents({f"templates/{house}/{name}": content for name, content in files.items()})
        for house, files in houses.items()
    }
