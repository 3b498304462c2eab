"""Whether a release lies in a depot as it would be made now: by the sums in its manifests, without reading it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pressgen import __version__
from pressgen.actions.workspace.bundle import MANIFEST, digest
from pressgen.actions.workspace.folder import TRANSLATION
from pressgen.actions.workspace.reading import read_files
from pressgen.model.artifact import Variant

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from pressgen.actions.batch.work_package import Ordered
    from pressgen.actions.workspace.folder import Workspace
    from pressgen.channels.object_store import Depot

Sums = dict[str, str]
"""File → SHA-256."""


@dataclass(frozen=True, slots=True)
class Look:
    """A look into a depot.

    Attributes:
        houses: the sums of each house's files, by the house's name and by names as manifests have them.
        there: the releases of which anything lies there.
    """

    depot: Depot
    ordered: Ordered
    houses: Mapping[str, Sums]
    there: Collection[str]

    def as_made(self, releases: Mapping[str, Sums]) -> set[str]:
        """Those of the `releases`, by slug, that lie there as they would be made.

        The programs that made them are not looked at, but for pressgen itself: sender and makers may have others.

        Raises:
            Unreachable: the depot does not answer.
        """
        if self.ordered.force:
            return set()
        paths = {
            slug: [f"{slug}/{each}/{MANIFEST}" for each in self._variants] for slug in releases if slug in self.there
        }
        found = self.depot.get_many(path for each in paths.values() for path in each)
        return {
            slug for slug, each in paths.items() if all(self._holds(slug, releases[slug], found[path]) for path in each)
        }

    @property
    def _variants(self) -> Sequence[Variant]:
        """The variants whose manifests tell: a release for immediate release has no embargoed one, others have both.

        The embargoed one is put first, so the other tells of it as well.
        """
        wanted = self.ordered.variants or (Variant.PUBLIC,)
        return [each for each in wanted if each is not Variant.EMBARGOED] or wanted

    def _holds(self, slug: str, own: Sums, manifest: bytes | None) -> bool:
        try:
            told: dict[str, Any] = json.loads(manifest or b"{}")
            inputs, outputs, version = told["inputs"], told["outputs"], told["made_with"]["pressgen"]
        except (ValueError, KeyError, TypeError):
            return False
        house = next((name.split("/")[1] for name in inputs if name.startswith("templates/")), "")
        now = self.houses.get(house, {})
        faces = f"templates/{house}/fonts/"  # of the maker's machine, where they are not the house's own
        return (
            version == __version__
            and all(inputs.get(name) == each for name, each in now.items())
            and all(inputs.get(name) == each for name, each in own.items() if name in inputs or _written(name))
            and all(name in own or name in now or name.startswith(faces) for name in inputs)
            and all(f"{slug}.{each}" in outputs for each in self.ordered.formats)
        )


def _written(name: str) -> bool:
    """Whether a file of a release's folder goes in by being there: its data, and each translation."""
    return name == "release.yaml" or TRANSLATION.fullmatch(name) is not None


def own_files(workspace: Workspace, slug: str) -> dict[str, bytes]:
    """The files in a release's folder, by their names from there.

    Raises:
        Refused: one cannot be read, or is too large.
    """
    folder = workspace.root / "releases" / slug
    return read_files(workspace.root, folder, workspace.shown(folder))


def house_sums(houses: Mapping[str, Mapping[str, bytes]]) -> dict[str, Sums]:
    """The SHA-256 of each house's files, by the house's name and by names as manifests have them."""
    return {
        house: {f"templates/{house}/{name}": digest(content) for name, content in files.items()}
        for house, files in houses.items()
    }


def sums(files: Mapping[str, bytes]) -> Sums:
    """The SHA-256 of each."""
    return {name: digest(content) for name, content in files.items()}
