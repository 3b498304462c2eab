"""All that happened to a release, taken together: where it stands, and the index of its entries."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pressgen.model.advance import advance
from pressgen.model.index import Index, Kind
from pressgen.model.standing import Standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pressgen.model.event import Stamp


@dataclass(slots=True)
class Fold:
    """Where a release stands after the entries that were taken in, in their order, and the index of these."""

    standing: Standing
    index: Index = field(default_factory=Index)

    @classmethod
    def of(cls, stamps: Iterable[Stamp], reference: str, slug: str) -> Fold:
        """Take in everything that happened to the release `reference`, first to last."""
        made = cls(Standing(reference=reference, slug=slug))
        for stamp in stamps:
            made.add(stamp)
        return made

    def add(self, stamp: Stamp) -> None:
        """Take in one entry more."""
        self.index.add(stamp)
        self.standing = with_counts(advance(self.standing, stamp), self.index.counts)


def with_counts(standing: Standing, counts: Mapping[Kind, int]) -> Standing:
    """Return a standing that counts what the index of its release has."""
    return replace(
        standing,
        copies=counts[Kind.COPY],
        failures=counts[Kind.FAILURE],
        bounces=counts[Kind.BOUNCE],
        delays=counts[Kind.DELAY],
    )
