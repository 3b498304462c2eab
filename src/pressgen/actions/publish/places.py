"""The places of a release's files in the newsroom's folder.

It also knows which files there can only be a release's.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pressgen.actions.publish.public import PUBLIC
from pressgen.channels.folder import list_published_files
from pressgen.newsroom.item import OFFERED, PublicRelease, assign_folders
from pressgen.newsroom.reading import NAME
from pressgen.newsroom.static_site import FORMS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

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
