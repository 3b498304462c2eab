"""Compare the newsroom's folder with the ledger.

Find what is missing, stale, left over, or there too early.

Names are compared each time. Contents are rendered and compared only if a file, or the ledger's record of its release,
has changed since the last comparison, which is remembered: ten thousand releases cannot be rendered each minute.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from pressgen import __version__
from pressgen.actions.publish.newsroom_reconcile import (
    NUMBERED,
    assign_places,
    is_lift_imminent,
    list_release_paths,
    list_year_folders,
    select_own_files,
)
from pressgen.actions.workspace.office import write_state_file
from pressgen.actions.workspace.read_files import LARGEST
from pressgen.channels.folder import list_published_files
from pressgen.errors import EnvironmentFailureError, PressgenError
from pressgen.files.within import UnsuitableFileError, read_within

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from pathlib import Path

    from pressgen.actions.publish.newsroom_folder import NewsroomFolder
    from pressgen.model.standing import Standing

LISTINGS: Final = ("index.html", "feed.atom", "feed.json", "sitemap.xml")
SHOWN: Final = 3
"""The most paths that are named for a difference."""

Kind = Literal["early", "left over", "missing", "stale"]
Seen = dict[str, Any]
"""The last comparison of a folder: by reference, what the ledger said and the status of the files."""


@dataclass(frozen=True, slots=True, order=True)
class NewsroomDifference:
    """Files of one release that differ from what the ledger says.

    Attributes:
        kind: `early` means that its files are public and it is not; the gravest kind comes first.
        reference: empty for the listings.
    """

    kind: Kind
    reference: str
    folder: str
    paths: tuple[str, ...]

    def __str__(self) -> str:
        said = {
            "early": "is not public, but the newsroom shows it",
            "left over": "has files in the newsroom that it no longer has",
            "missing": "is public, but files of it are missing in the newsroom",
            "stale": "has files in the newsroom that differ from the ledger",
        }[self.kind]
        more = f" and {len(self.paths) - SHOWN} more" if len(self.paths) > SHOWN else ""
        return f"{self.reference or 'the listings'}: {said}: {', '.join(self.paths[:SHOWN])}{more} in {self.folder}"


class NewsroomInspector:
    """Compares the folders of a newsroom with the ledger.

    `memory` is the file that remembers the last comparison.
    """

    def __init__(self, newsroom: NewsroomFolder, memory: Path) -> None:
        self._newsroom, self._memory = newsroom, memory

    def inspect(
        self, standings: Mapping[str, Standing], now: datetime, renders: int, most: int
    ) -> tuple[list[NewsroomDifference], int]:
        """Compare the newsroom with the ledger.

        Args:
            standings: the standings of all releases.
            now: the present instant.
            renders: how many releases may be rendered to compare their contents.
            most: the largest number of public releases for which the listings may be rendered.

        Returns:
            the differences, the gravest first; and the number of releases with contents that were not compared.

        Raises:
            OSError: a folder cannot be read.
        """
        remembered = self._remembered()
        found: list[NewsroomDifference] = []
        unseen = 0
        for folder in self._newsroom.folders:
            one = _FolderComparison(self._newsroom, folder, standings, now, most, remembered.get(str(folder), {}))
            found += one.differences(renders)
            unseen += one.unseen
            remembered[str(folder)] = one.seen
        self._remember(remembered)
        return sorted(found), unseen

    def _remembered(self) -> dict[str, Seen]:
        try:
            read = json.loads(read_within(self._memory.parent, self._memory, LARGEST))
        except (OSError, ValueError):
            return {}
        return read["folders"] if isinstance(read, dict) and read.get("version") == __version__ else {}

    def _remember(self, folders: dict[str, Seen]) -> None:
        with suppress(EnvironmentFailureError):  # then the next one compares more
            write_state_file(self._memory, json.dumps({"version": __version__, "folders": folders}).encode())


class _FolderComparison:
    """One comparison of one folder with the ledger."""

    def __init__(
        self,
        newsroom: NewsroomFolder,
        folder: Path,
        standings: Mapping[str, Standing],
        now: datetime,
        most: int,
        before: Seen,
    ) -> None:
        self._newsroom, self._folder, self._standings, self._now, self._most = newsroom, folder, standings, now, most
        self._public = {name: each for name, each in standings.items() if each.public_since}
        self._places = assign_places(self._public.values())
        self._there: dict[str, os.stat_result] = {}
        self._by_place: dict[str, list[str]] = defaultdict(list)
        for year in list_year_folders(folder):
            for path, found in list_published_files(folder, year).items():
                self._there[path] = found
                self._by_place["/".join(path.split("/")[:2])].append(path)
        self._before, self.seen, self.unseen = before, Seen(), 0

    def differences(self, renders: int) -> list[NewsroomDifference]:
        """Return the differences."""
        found: list[NewsroomDifference] = []
        waiting: list[tuple[Standing, set[str]]] = []
        for name, standing in self._public.items():
            place = self._places[name]
            wanted = set(list_release_paths(standing, place))
            missing = sorted(wanted - self._there.keys())
            extra = sorted(set(select_own_files(self._by_place[place], standing.slug)) - wanted)
            found += self._difference("missing", name, missing) + self._difference("left over", name, extra)
            if not missing:
                waiting.append((standing, wanted))
        for standing, wanted in sorted(waiting, key=lambda each: str(each[0].public_since), reverse=True):
            found += self._stale(standing, wanted, may_make=renders > 0)
            renders -= standing.reference not in self.seen or self.seen[standing.reference] != self._before.get(
                standing.reference
            )
        return [*found, *self._strays(), *self._listings()]

    def _stale(self, standing: Standing, wanted: set[str], *, may_make: bool) -> list[NewsroomDifference]:
        """Return the files of a public release with outdated contents.

        Only contents that need to be compared are compared.
        """
        name = standing.reference
        state = [self._key(standing), {path: _describe_file_state(self._there[path]) for path in sorted(wanted)}]
        if state == self._before.get(name):
            self.seen[name] = state
            return []
        if not may_make:
            self.unseen += 1
            return []
        try:
            made = self._newsroom.files_of(standing, standing.public_since or self._now)
        except PressgenError:  # a file that is not kept as it was approved: nothing to compare with
            self.unseen += 1
            return []
        notices = {path for path in wanted if path.endswith("/index.html")} if standing.withdrawn else set()
        stale = [path for path in sorted(wanted - notices) if self._content(path) != made.get(path)]
        if not stale:
            self.seen[name] = state
        return self._difference("stale", name, stale)

    def _strays(self) -> list[NewsroomDifference]:
        """Return the files at places where nothing is public."""
        taken = set(self._places.values())
        by_slug: dict[str, list[Standing]] = defaultdict(list)
        for each in self._standings.values():
            by_slug[each.slug].append(each)
        found: list[NewsroomDifference] = []
        for place, paths in self._by_place.items():
            if place in taken or "/" not in place:
                continue
            name = place.split("/")[1]
            numbered = NUMBERED.fullmatch(name)
            owners = by_slug.get(name) or (by_slug.get(numbered["slug"], []) if numbered else [])
            if not owners or any(is_lift_imminent(each, self._now) for each in owners):
                continue
            owner = next((each for each in owners if not each.public_since), owners[0])
            kind: Kind = "left over" if owner.public_since else "early"
            found += self._difference(kind, owner.reference, sorted(select_own_files(paths, owner.slug)))
        return found

    def _listings(self) -> list[NewsroomDifference]:
        """Return the listings that are missing or outdated."""
        if not self._public:
            return []
        wanted = self._listing_paths()
        root = {name: (self._folder / name).lstat() for name in LISTINGS if (self._folder / name).is_file()}
        there = self._there | root
        if missing := sorted(wanted - there.keys()):
            return self._difference("missing", "", missing)
        key = hashlib.sha256("".join(map(self._key, self._public.values())).encode()).hexdigest()
        state = [key, {path: _describe_file_state(there[path]) for path in sorted(wanted)}]
        if state != self._before.get(""):
            if len(self._public) > self._most:
                return []  # nothing is stored, so that a worker compares it
            out = [(each, each.public_since) for each in self._public.values() if each.public_since]
            made = self._newsroom.listings(out, self._now)
            stale = [path for path in sorted(wanted) if self._content(path) != made.get(path)]
            if stale:
                return self._difference("stale", "", stale)
        self.seen[""] = state
        return []

    def _content(self, path: str) -> bytes | None:
        """Return the bytes of a newsroom file.

        None for a link that leads out of it, as pressgen makes no such links.
        """
        try:
            return read_within(self._folder, self._folder / path, LARGEST)
        except UnsuitableFileError:
            return None

    def _listing_paths(self) -> set[str]:
        years_of = {f"{place[:4]}/index.html" for place in self._places.values()}
        withdrawn = [
            list_release_paths(each, self._places[name]) for name, each in self._public.items() if each.withdrawn
        ]
        notices = {path for paths in withdrawn for path in paths if path.endswith("/index.html")}
        return {*LISTINGS, *years_of, *notices}

    def _difference(self, kind: Kind, reference: str, paths: Iterable[str]) -> list[NewsroomDifference]:
        named = tuple(paths)
        return [NewsroomDifference(kind, reference, str(self._folder), named)] if named else []

    def _key(self, standing: Standing) -> str:
        """Return a digest of the inputs of a release's files.

        Whatever changes the files changes the digest.
        """
        files = standing.version.files if standing.version else {}
        known_at = standing.newsroom_address or self._newsroom.public.known_at()
        described = [
            standing.reference, str(standing.public_since), standing.state.value, standing.rounds, standing.revision,
            standing.withdrawn, str(standing.embargo), self._places[standing.reference], self._newsroom.about_key,
            known_at, files,
        ]  # fmt: skip
        return hashlib.sha256(json.dumps(described, sort_keys=True).encode()).hexdigest()


def _describe_file_state(found: os.stat_result) -> list[int]:
    return [found.st_size, found.st_mtime_ns, found.st_ino]


def list_differing_releases(references: Iterable[NewsroomDifference]) -> list[str]:
    """List the references of the releases that differ, each once."""
    return sorted({each.reference for each in references if each.reference})
