"""A release's standing and index, computed from all its events."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pressgen.model.advance import apply_event
from pressgen.model.index import Index, IndexKind
from pressgen.model.standing import Standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pressgen.model.event import Stamp


@dataclass(slots=True)
class ReleaseProjection:
    """A release's standing and index after its ledger entries.

    The entries are applied in their order.
    """

    standing: Standing
    index: Index = field(default_factory=Index)

    @classmethod
    def of(cls, stamps: Iterable[Stamp], reference: str, slug: str) -> ReleaseProjection:
        """Apply all events of the release `reference`, first to last."""
        made = cls(Standing(reference=reference, slug=slug))
        for stamp in stamps:
            made.add(stamp)
        return made

    def add(self, stamp: Stamp) -> None:
        """Apply one more entry."""
        self.index.add(stamp)
        self.standing = set_counts(apply_event(self.standing, stamp), self.index.counts)


def set_counts(standing: Standing, counts: Mapping[IndexKind, int]) -> Standing:
    """Return a standing with the counts of its release's index."""
    return replace(
        standing,
        copies=counts[IndexKind.COPY],
        failures=counts[IndexKind.FAILURE],
        bounces=counts[IndexKind.BOUNCE],
        delays=counts[IndexKind.DELAY],
    )
