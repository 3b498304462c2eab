"""The public releases of the ledger.

Each comes with its approved files, in the form that the newsroom takes.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from pressgen.model.event import Corrected, Lifted, Withdrawn
from pressgen.model.standing import State
from pressgen.newsroom.approved_page import read_editions
from pressgen.newsroom.public_release import LanguageEdition, PublicRelease, PublishedCorrection, Withdrawal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from pressgen.ledger.ledger import Ledger
    from pressgen.model.event import Version
    from pressgen.model.standing import Standing

PUBLIC: Final = "public/"
"""The prefix of a version's public files."""
WHOLE: Final = 40
"""Pages are loaded for this number of the newest releases, since feeds show them whole; for others only the listing."""


class PublicReleases:
    """The public releases of a ledger, as the newsroom shows them.

    The part of a version that listings show is read only once.
    """

    def __init__(self, ledger: Ledger, published_address: Callable[[], str] = lambda: "") -> None:
        """Read from `ledger`.

        `published_address` returns the address of the newsroom's present feed, empty where it has none.
        """
        self._ledger, self._published_address = ledger, published_address
        self._known_at: str | None = None
        self._lines: dict[str, tuple[LanguageEdition, ...]] = {}

    def out(self) -> list[tuple[Standing, datetime]]:
        """Return every standing that was ever public, with its time."""
        standings = self._ledger.standings().values()
        return [(each, each.public_since) for each in standings if each.public_since is not None]

    def items(self, out: Iterable[tuple[Standing, datetime]]) -> list[PublicRelease]:
        """Return the releases of `out`, the newest first.

        The first `WHOLE` have their pages.
        """
        newest = sorted(out, key=lambda each: (each[1], each[0].reference), reverse=True)
        return [
            self._item(each, since, self._pages(each) if place < WHOLE else self._line(each))
            for place, (each, since) in enumerate(newest)
        ]

    def whole(self) -> list[PublicRelease]:
        """Return everything that was ever public, with all its files."""
        return [self.item(each, since) for each, since in self.out()]

    def item(self, standing: Standing, lifted: datetime) -> PublicRelease:
        """Return a release with all its public files, public since `lifted`.

        Raises:
            InputError: an approved file is not in the ledger as it was approved.
        """
        names = _list_public_files(standing.version)
        files = {name: self._ledger.fetch(digest) for name, digest in names.items()}
        found = read_editions(files, standing.slug)
        self._keep_line(standing, found)
        return self._item(standing, lifted, found)

    def text(self, standing: Standing) -> str:
        """Return the public release as plain text, its translations after it.

        Raises:
            InputError: as `item`.
        """
        names = [name for name in _list_public_files(standing.version) if name.endswith(".txt")]
        kept = [self._ledger.fetch(_list_public_files(standing.version)[name]) for name in sorted(names, key=len)]
        return "\n\n".join(each.decode().rstrip() for each in kept) + "\n"

    def _item(self, standing: Standing, lifted: datetime, shown: tuple[LanguageEdition, ...]) -> PublicRelease:
        corrections, withdrawn = self._after(standing)
        version = standing.version
        return PublicRelease(
            reference=standing.reference,
            slug=standing.slug,
            zone=version.zone if version else "UTC",
            embargo=standing.embargo,
            lifted=lifted,
            editions=shown,
            corrections=corrections,
            withdrawn=withdrawn,
            known_at=standing.newsroom_address or (self.known_at() if standing.public_since else ""),
        )

    def known_at(self) -> str:
        """Return the address of the newsroom's feed.

        Lifts that did not record an address have this one, too. It is the first in the ledger; if there is none yet,
        that of the present feed; empty where there is no feed.
        """
        if self._known_at is None:
            self._known_at = self._ledger.first_newsroom_address() or self._published_address()
        return self._known_at

    def _after(self, standing: Standing) -> tuple[tuple[PublishedCorrection, ...], Withdrawal | None]:
        """Return the corrections and withdrawal since it was public."""
        if standing.state not in {State.CORRECTED, State.WITHDRAWN}:
            return (), None
        stamps = self._ledger.entries(standing.reference)
        lifted = next((place for place, each in enumerate(stamps) if isinstance(each.event, Lifted)), len(stamps))
        stamps = stamps[lifted:]
        corrections = [
            PublishedCorrection(at=each.at, line=each.event.line)
            for each in stamps
            if isinstance(each.event, Corrected)
        ]
        ends = [
            Withdrawal(at=each.at, reason=each.event.reason) for each in stamps if isinstance(each.event, Withdrawn)
        ]
        return tuple(corrections), ends[-1] if ends else None

    def _pages(self, standing: Standing) -> tuple[LanguageEdition, ...]:
        pages = {name: each for name, each in _list_public_files(standing.version).items() if name.endswith(".html")}
        return read_editions({name: self._ledger.fetch(digest) for name, digest in pages.items()}, standing.slug)

    def _line(self, standing: Standing) -> tuple[LanguageEdition, ...]:
        digest = standing.version.digest if standing.version else ""
        if digest not in self._lines:
            self._keep_line(standing, self._pages(standing))
        return self._lines[digest]

    def _keep_line(self, standing: Standing, found: tuple[LanguageEdition, ...]) -> None:
        if standing.version:
            self._lines[standing.version.digest] = tuple(replace(each, files={}) for each in found)


def _list_public_files(version: Version | None) -> Mapping[str, str]:
    """Return the public files of a version: their SHA-256 by name."""
    files = version.files if version else {}
    return {name.removeprefix(PUBLIC): digest for name, digest in files.items() if name.startswith(PUBLIC)}
