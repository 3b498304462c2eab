"""A public release as the newsroom shows it.

It has a history, and an edition for each language.
"""

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
class LanguageEdition:
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
class PublishedCorrection:
    """A correction as readers see it: its time and its line."""

    at: datetime
    line: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """The withdrawal of a public release: its time and reason.

    The reason is the one given to readers.
    """

    at: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicRelease:
    """A release that is, or was, public.

    Attributes:
        slug: the name of its folder and of its files.
        zone: the IANA zone in which its times are shown, and its year is counted.
        embargo: until when it was under embargo; None if it never was.
        lifted: when it became public.
        known_at: the newsroom's address that its permanent ids contain; empty for the present one.
        editions: the release itself, then its translations.
    """

    reference: str
    slug: str
    zone: str
    embargo: datetime | None
    lifted: datetime
    editions: tuple[LanguageEdition, ...]
    corrections: tuple[PublishedCorrection, ...] = ()
    withdrawn: Withdrawal | None = None
    known_at: str = ""

    @property
    def version(self) -> int:
        """The number of its version, from 1.

        Each correction adds one, and so does a withdrawal.
        """
        return 1 + len(self.corrections) + (self.withdrawn is not None)

    @property
    def changed(self) -> datetime:
        """When it last changed for readers."""
        ends = [self.withdrawn.at] if self.withdrawn else []
        return max([self.lifted, *(each.at for each in self.corrections), *ends])

    @property
    def original(self) -> LanguageEdition:
        """The release itself, not a translation."""
        return self.editions[0]

    def moment(self, instant: datetime) -> Moment:
        """Return an instant in the zone of the release."""
        return Moment(instant, self.zone)

    def stamp(self, instant: datetime) -> str:
        """Return an instant for machines.

        It has seconds and the offset of the release's zone.
        """
        return self.moment(instant).local.isoformat(timespec="seconds")

    @property
    def year(self) -> int:
        """The year in which it became public, in its own zone."""
        return self.moment(self.lifted).local.year


@dataclass(frozen=True, slots=True)
class NewsroomIdentity:
    """The name of the newsroom and the address of its folder.

    Attributes:
        known_at: the permanent address in the id of its feed; empty for the present one.
    """

    name: str
    address: str
    known_at: str = ""

    def link(self, path: str = "") -> str:
        """Return the whole address of a path of the site."""
        return f"{self.address.rstrip('/')}/{quote(path)}"

    @property
    def id(self) -> str:
        """The permanent id of the newsroom's feed.

        It stays the same when the address changes.
        """
        return f"{(self.known_at or self.address).rstrip('/')}/"


def make_urn(item: PublicRelease, edition: LanguageEdition, about: NewsroomIdentity) -> str:
    """Return the permanent tag URI of an edition (RFC 4151)."""
    language = f":{edition.suffix[1:]}" if edition.suffix else ""
    host = urlsplit(item.known_at or about.address).hostname or "localhost"
    return f"tag:{host},{item.year:04}:{item.reference}{language}"


def assign_folders(items: Iterable[PublicRelease]) -> dict[str, str]:
    """Assign each release its folder in the newsroom.

    Such as `2027/river-survey`, by its reference. A folder belongs to the first release that was public under its name.
    A later one of the same name and year gets a number.
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


def make_page_path(place: str, edition: LanguageEdition) -> str:
    """Return the path of an edition's page, as in links.

    This is a folder, for which a web server sends its index.html.
    """
    return f"{place}/{edition.suffix[1:]}/" if edition.suffix else f"{place}/"


def make_file_path(place: str, item: PublicRelease, edition: LanguageEdition, ending: str) -> str:
    """Return the path of one of an edition's files."""
    return f"{place}/{item.slug}{edition.suffix}.{ending}"
