"""A public release as the newsroom shows it: what became of it, and its editions, one for each language."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from pressgen.model.moment import Moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

OFFERED = {"pdf": "application/pdf", "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}
"""The files that a page offers, by their ending, with their media types."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A release in one language.

    Attributes:
        suffix: `.cy` for the translation into Welsh, as its files are named; empty for the release itself.
        summary: one or two sentences for listings, plain.
        files: the approved bytes by their ending (`html`, `pdf`, `docx`, `txt`); a listing needs none of them.
    """

    suffix: str
    language: str
    headline: str
    summary: str
    publisher: str
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What readers are told of a new version: when, and the line that says what was wrong."""

    at: datetime
    line: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """When a public release was withdrawn, and the reason as readers are told it."""

    at: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A release that is, or was, public.

    Attributes:
        slug: the name of its folder and of its files.
        zone: the IANA zone on whose clock its times are shown, and its year is counted.
        embargo: until when it was under embargo; None if it never was.
        lifted: when it became public.
        known_at: the newsroom's address by which its ids are made for ever; empty for the present one.
        editions: the release itself, after it its translations.
    """

    reference: str
    slug: str
    zone: str
    embargo: datetime | None
    lifted: datetime
    editions: tuple[Edition, ...]
    corrections: tuple[Correction, ...] = ()
    withdrawn: Withdrawal | None = None
    known_at: str = ""

    @property
    def version(self) -> int:
        """Counted from 1; each correction is one more, and so is a withdrawal."""
        return 1 + len(self.corrections) + (self.withdrawn is not None)

    @property
    def changed(self) -> datetime:
        """When readers last saw something new of it."""
        ends = [self.withdrawn.at] if self.withdrawn else []
        return max([self.lifted, *(each.at for each in self.corrections), *ends])

    @property
    def original(self) -> Edition:
        """The release itself."""
        return self.editions[0]

    def moment(self, instant: datetime) -> Moment:
        """An instant on the clock of the release."""
        return Moment(instant, self.zone)

    def stamp(self, instant: datetime) -> str:
        """An instant as machines read it: to the second, with the offset of the release's own clock."""
        return self.moment(instant).local.isoformat(timespec="seconds")

    @property
    def year(self) -> int:
        """The year in which it became public, on its own clock."""
        return self.moment(self.lifted).local.year


@dataclass(frozen=True, slots=True)
class About:
    """The newsroom itself: whose it is, and the address under which its folder is served.

    Attributes:
        known_at: the address by which its feed is known for ever; empty for the present one.
    """

    name: str
    address: str
    known_at: str = ""

    def link(self, path: str = "") -> str:
        """The whole address of a path of the site."""
        return f"{self.address.rstrip('/')}/{quote(path)}"

    @property
    def id(self) -> str:
        """What names the newsroom's feed for ever, also when the address changes."""
        return f"{(self.known_at or self.address).rstrip('/')}/"


def urn(item: Item, edition: Edition, about: About) -> str:
    """What names an edition for ever, whatever its address: a tag URI (RFC 4151)."""
    language = f":{edition.suffix[1:]}" if edition.suffix else ""
    host = urlsplit(item.known_at or about.address).hostname or "localhost"
    return f"tag:{host},{item.year:04}:{item.reference}{language}"


def settle(items: Iterable[Item]) -> dict[str, str]:
    """The folder of each item in the newsroom, such as `2027/river-survey`, by its reference.

    A folder belongs to the first that was public under its name; a later one of the same name and year is numbered.
    """
    taken: set[str] = set()
    places: dict[str, str] = {}
    for item in sorted(items, key=lambda each: (each.lifted, each.reference)):
        name = place = f"{item.year:04}/{item.slug}"
        number = 1
        while place in taken:
            number += 1
            place = f"{name}-{number}"
        taken.add(place)
        places[item.reference] = place
    return places


def page_of(place: str, edition: Edition) -> str:
    """The path of an edition's page as links name it: a folder, which a web server answers with its index.html."""
    return f"{place}/{edition.suffix[1:]}/" if edition.suffix else f"{place}/"


def file_of(place: str, item: Item, edition: Edition, ending: str) -> str:
    """The path of one of an edition's files."""
    return f"{place}/{item.slug}{edition.suffix}.{ending}"
