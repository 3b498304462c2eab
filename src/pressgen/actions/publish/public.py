"""What is public, from the ledger: each release with its approved files, as the newsroom takes it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from pressgen.model.event import Corrected, Lifted, Withdrawn
from pressgen.model.standing import State
from pressgen.newsroom.item import Correction, Edition, Item, Withdrawal
from pressgen.newsroom.reading import editions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from pressgen.ledger.ledger import Ledger
    from pressgen.model.event import Version
    from pressgen.model.standing import Standing

PUBLIC: Final = "public/"
"""Before the names of a version's files that everybody may see."""
WHOLE: Final = 40
"""Of so many of the newest the pages are at hand, for feeds show them whole; of others what a listing says."""


class Public:
    """The public releases of a ledger. What a listing says of a version is read once."""

    def __init__(self, ledger: Ledger, published_address: Callable[[], str] = lambda: "") -> None:
        """Read from `ledger`; `published_address` is that of the newsroom's present feed, empty where it has none."""
        self._ledger, self._published_address = ledger, published_address
        self._known_at: str | None = None
        self._lines: dict[str, tuple[Edition, ...]] = {}

    def out(self) -> list[tuple[Standing, datetime]]:
        """Where everything stands that was ever public, and since when it is."""
        standings = self._ledger.standings().values()
        return [(each, each.public_since) for each in standings if each.public_since is not None]

    def items(self, out: Iterable[tuple[Standing, datetime]]) -> list[Item]:
        """What is `out`, the newest first; the first `WHOLE` with their pages."""
        newest = sorted(out, key=lambda each: (each[1], each[0].reference), reverse=True)
        return [
            self._item(each, since, self._pages(each) if place < WHOLE else self._line(each))
            for place, (each, since) in enumerate(newest)
        ]

    def whole(self) -> list[Item]:
        """Everything that was ever public, with all its files."""
        return [self.item(each, since) for each, since in self.out()]

    def item(self, standing: Standing, lifted: datetime) -> Item:
        """A release with all its public files, public since `lifted`.

        Raises:
            Refused: an approved file is not in the ledger as it was approved.
        """
        names = _names(standing.version)
        files = {name: self._ledger.fetch(digest) for name, digest in names.items()}
        found = editions(files, standing.slug)
        self._keep_line(standing, found)
        return self._item(standing, lifted, found)

    def text(self, standing: Standing) -> str:
        """The public release as plain text, its translations after it.

        Raises:
            Refused: as `item`.
        """
        names = [name for name in _names(standing.version) if name.endswith(".txt")]
        kept = [self._ledger.fetch(_names(standing.version)[name]) for name in sorted(names, key=len)]
        return "\n\n".join(each.decode().rstrip() for each in kept) + "\n"

    def _item(self, standing: Standing, lifted: datetime, shown: tuple[Edition, ...]) -> Item:
        corrections, withdrawn = self._after(standing)
        version = standing.version
        return Item(
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
        """The address by which the newsroom's feed is known, and whatever was lifted before lifts recorded it.

        It is the first in the ledger; before any is there, the one that the feed now has; empty where there is none.
        """
        if self._known_at is None:
            self._known_at = self._ledger.first_newsroom_address() or self._published_address()
        return self._known_at

    def _after(self, standing: Standing) -> tuple[tuple[Correction, ...], Withdrawal | None]:
        """What became of it since it was public."""
        if standing.state not in {State.CORRECTED, State.WITHDRAWN}:
            return (), None
        stamps = self._ledger.entries(standing.reference)
        lifted = next((place for place, each in enumerate(stamps) if isinstance(each.event, Lifted)), len(stamps))
        stamps = stamps[lifted:]
        corrections = [
            Correction(at=each.at, line=each.event.line) for each in stamps if isinstance(each.event, Corrected)
        ]
        ends = [
            Withdrawal(at=each.at, reason=each.event.reason) for each in stamps if isinstance(each.event, Withdrawn)
        ]
        return tuple(corrections), ends[-1] if ends else None

    def _pages(self, standing: Standing) -> tuple[Edition, ...]:
        pages = {name: each for name, each in _names(standing.version).items() if name.endswith(".html")}
        return editions({name: self._ledger.fetch(digest) for name, digest in pages.items()}, standing.slug)

    def _line(self, standing: Standing) -> tuple[Edition, ...]:
        digest = standing.version.digest if standing.version else ""
        if digest not in self._lines:
            self._keep_line(standing, self._pages(standing))
        return self._lines[digest]

    def _keep_line(self, standing: Standing, found: tuple[Edition, ...]) -> None:
        if standing.version:
            self._lines[standing.version.digest] = tuple(replace(each, files={}) for each in found)


def _names(version: Version | None) -> Mapping[str, str]:
    """The public files of a version, their SHA-256 by their names."""
    files = version.files if version else {}
    return {name.removeprefix(PUBLIC): digest for name, digest in files.items() if name.startswith(PUBLIC)}
