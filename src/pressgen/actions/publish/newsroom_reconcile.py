"""Make the newsroom's files of a release match the ledger.

It does not matter who wrote or removed them before. This module also knows where the files of a release are.

A process that writes or removes newsroom files after reading the ledger may be late: another worker has lifted the
release meanwhile, or somebody has corrected or withdrawn it. So no process undoes its own writes. They come here, where
the ledger is read again after each write until it stays the same. Of several processes that write at once, the last one
to write reads the ledger after that: so in the end the files match the ledger.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pressgen.actions.publish.public_releases import PUBLIC
from pressgen.channels.folder import list_published_files, publish_files
from pressgen.channels.outcome import DeliveryOutcome
from pressgen.errors import InputError, StateError
from pressgen.model.standing import GRACE, LIFTABLE
from pressgen.newsroom.approved_page import NAME
from pressgen.newsroom.public_release import OFFERED, PublicRelease, assign_folders
from pressgen.newsroom.static_site import FORMS
from pressgen.text.plural import format_count

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from pressgen.ledger.ledger import Ledger
    from pressgen.model.standing import Standing


YEAR: Final = re.compile(r"\d{4}")
NUMBERED: Final = re.compile(r"(?P<slug>.+)-\d+")
LANGUAGE: Final = r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*"


def find_files_of_slug(root: Path, slug: str) -> Iterator[str]:
    """Find the files that pressgen may have published for `slug`, sorted.

    All years are searched.
    """
    for year in list_year_folders(root):
        for name in _list_names(root / year):
            numbered = NUMBERED.fullmatch(name)
            if name == slug or (numbered and numbered["slug"] == slug):
                yield from select_own_files(list_published_files(root, year, name), slug)


def list_year_folders(root: Path) -> list[str]:
    """List the names of the newsroom's year folders."""
    return [name for name in _list_names(root) if YEAR.fullmatch(name)]


def _list_names(folder: Path) -> list[str]:
    try:
        return sorted(each.name for each in folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return []


def select_own_files(paths: Iterable[str], slug: str) -> list[str]:
    """Select the files that pressgen publishes, from a release's folder.

    The office may have put other files there.
    """
    forms = "|".join(map(re.escape, ("index.html", *FORMS)))
    own = re.compile(rf"[^/]+/[^/]+/(?:(?:{LANGUAGE}/)?(?:{forms})|{re.escape(slug)}(?:\.{LANGUAGE})?\.(?:pdf|docx))")
    return [path for path in paths if own.fullmatch(path)]


def list_parent_slugs(slug: str) -> set[str]:
    """List the slugs of which `slug` may be a numbered copy.

    For `report-2-3` these are `report-2` and `report`.
    """
    found: set[str] = set()
    while match := NUMBERED.fullmatch(slug):
        slug = match["slug"]
        found.add(slug)
    return found


def assign_places(standings: Iterable[Standing]) -> dict[str, str]:
    """Return the newsroom folder of each public release, by reference."""
    return assign_folders(
        PublicRelease(
            reference=each.reference,
            slug=each.slug,
            zone=each.version.zone if each.version else "UTC",
            embargo=None,
            lifted=each.public_since,
            editions=(),
        )
        for each in standings
        if each.public_since is not None
    )


def list_release_paths(standing: Standing, place: str) -> Iterator[str]:
    """List the paths of a public release's files, from its version alone."""
    names = [name.removeprefix(PUBLIC) for name in (standing.version.files if standing.version else ())]
    matches = [(name, NAME.fullmatch(name.removeprefix(standing.slug))) for name in names]
    found = {(match["suffix"], match["ending"]) for name, match in matches if match and name.startswith(standing.slug)}
    for suffix in {suffix for suffix, ending in found if ending == "html"}:
        folder = f"{place}/{suffix[1:]}" if suffix else place
        yield from (f"{folder}/{name}" for name in ("index.html", *FORMS))
        if not standing.withdrawn:
            yield from (f"{place}/{standing.slug}{suffix}.{each}" for each in OFFERED if (suffix, each) in found)


ROUNDS: Final = 20
"""How often the ledger may change meanwhile before the rest is left to the next attempt."""


class NewsroomReconciler:
    """Makes the folders of a newsroom match the ledger."""

    def __init__(
        self, ledger: Ledger, folders: Sequence[Path], files_of: Callable[[Standing, datetime], Mapping[str, bytes]]
    ) -> None:
        """Reconcile `folders`.

        `files_of` returns the files of a public release from its standing and its hour.
        """
        self._ledger, self._folders, self._files_of = ledger, folders, files_of

    def reconcile(self, reference: str, now: Callable[[], datetime]) -> DeliveryOutcome:
        """Make the files of a release match the ledger.

        The caller refreshes the listings.

        Raises:
            EnvironmentFailureError: the ledger cannot be read.
        """
        written: Standing | None = None
        outcome = DeliveryOutcome(ok=True, detail="")
        for _ in range(ROUNDS):
            found = self._ledger.standing(reference)
            if found is None or found == written or not outcome.ok:
                return outcome
            try:
                outcome = self._write(found, now())
            except (InputError, StateError) as refusal:
                return DeliveryOutcome(ok=False, detail=str(refusal), permanent=True)
            written = found
        return DeliveryOutcome(
            ok=False, detail=f"{reference} keeps changing while the newsroom is written; run: pressgen engine resync"
        )

    def _write(self, standing: Standing, now: datetime) -> DeliveryOutcome:
        """Make the files of one release match `standing`."""
        since = standing.public_since
        files = self._files_of(standing, since) if since else {}
        namesakes = [each for each in self._ledger.namesakes({standing.slug}) if each.reference != standing.reference]
        keep = _list_public_paths(self._files_of, namesakes)
        for folder in self._folders:
            gone: list[str] = []
            if not any(is_lift_imminent(each, now) for each in [standing, *namesakes]):
                gone = [
                    path for path in self._published(folder, standing.slug) if path not in files and path not in keep
                ]
            if files or gone:
                outcome = publish_files(folder, files, gone)
                if not outcome.ok:
                    return outcome
        return DeliveryOutcome(ok=True, detail=format_count(len(files), "file"))

    def _published(self, folder: Path, slug: str) -> list[str]:
        """Return the files published for `slug`.

        Files that may belong to a release with the slug `slug-2` are left out.
        """
        paths = list(find_files_of_slug(folder, slug))
        names = {name for path in paths if (name := path.split("/")[1]) != slug}
        taken = {each.slug for each in self._ledger.namesakes(names)} if names else set()
        return [path for path in paths if path.split("/")[1] not in taken]


def _list_public_paths(
    files_of: Callable[[Standing, datetime], Mapping[str, bytes]], standings: Iterable[Standing]
) -> set[str]:
    """Return the newsroom paths of the public releases among these."""
    return {path for each in standings if each.public_since for path in files_of(each, each.public_since)}


def is_lift_imminent(standing: Standing, now: datetime) -> bool:
    """Return whether the lift is under way or about to start.

    Another worker may have published it this very moment.
    """
    return standing.state in LIFTABLE and standing.lift_at is not None and standing.lift_at <= now + GRACE
