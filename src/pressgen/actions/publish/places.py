"""Where in the newsroom's folder a release's files lie, and which files there can only be a release's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pressgen.actions.publish.public import PUBLIC
from pressgen.channels.folder import files_in
from pressgen.newsroom.item import OFFERED, Item, settle
from pressgen.newsroom.reading import NAME
from pressgen.newsroom.static_site import FORMS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pressgen.model.standing import Standing

YEAR: Final = re.compile(r"\d{4}")
NUMBERED: Final = re.compile(r"(?P<slug>.+)-\d+")
LANGUAGE: Final = r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*"


def files_of_slug(root: Path, slug: str) -> Iterator[str]:
    """The paths of all that pressgen may have published under the name `slug`, in whatever year; sorted."""
    for year in years(root):
        for name in _names_in(root / year):
            numbered = NUMBERED.fullmatch(name)
            if name == slug or (numbered and numbered["slug"] == slug):
                yield from own_files(files_in(root, year, name), slug)


def years(root: Path) -> list[str]:
    """The names of the folders of years."""
    return [name for name in _names_in(root) if YEAR.fullmatch(name)]


def _names_in(folder: Path) -> list[str]:
    try:
        return sorted(each.name for each in folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return []


def own_files(paths: Iterable[str], slug: str) -> list[str]:
    """Of the files in a release's folder those that pressgen publishes; an office may have put others beside them."""
    forms = "|".join(map(re.escape, ("index.html", *FORMS)))
    own = re.compile(rf"[^/]+/[^/]+/(?:(?:{LANGUAGE}/)?(?:{forms})|{re.escape(slug)}(?:\.{LANGUAGE})?\.(?:pdf|docx))")
    return [path for path in paths if own.fullmatch(path)]


def parents(slug: str) -> set[str]:
    """The names of which `slug` may be a numbered one: `report-2` and `report` for `report-2-3`."""
    found: set[str] = set()
    while match := NUMBERED.fullmatch(slug):
        slug = match["slug"]
        found.add(slug)
    return found


def places_of(standings: Iterable[Standing]) -> dict[str, str]:
    """The folder of each public release in the newsroom, by its reference."""
    return settle(
        Item(
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


def paths_of(standing: Standing, place: str) -> Iterator[str]:
    """The paths of all files of a public release whose folder is `place`, told from its version alone."""
    names = [name.removeprefix(PUBLIC) for name in (standing.version.files if standing.version else ())]
    matches = [(name, NAME.fullmatch(name.removeprefix(standing.slug))) for name in names]
    found = {(match["suffix"], match["ending"]) for name, match in matches if match and name.startswith(standing.slug)}
    for suffix in {suffix for suffix, ending in found if ending == "html"}:
        folder = f"{place}/{suffix[1:]}" if suffix else place
        yield from (f"{folder}/{name}" for name in ("index.html", *FORMS))
        if not standing.withdrawn:
            yield from (f"{place}/{standing.slug}{suffix}.{each}" for each in OFFERED if (suffix, each) in found)
