"""Made-up lines of the grid."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from pressgen.model.moment import read_moment
from pressgen.planner.grid_entry import GridEntry, list_times

CHANGED = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)


def at(wall: str, zone: str = "Europe/London", fold: str | None = None) -> datetime:
    """The instant of a wall time."""
    return read_moment(wall, zone, fold).instant


def line(reference: str = "REF-1", zone: str = "Europe/London", **changes: Any) -> GridEntry:  # noqa: ANN401 - any field
    """A line; `issue`, `embargo` and `publish` are wall times in `zone`."""
    stated = {what: changes.pop(what, None) for what in ("issue", "embargo", "publish")}
    found = {what: at(wall, zone) if isinstance(wall, str) else wall for what, wall in stated.items()}
    made: dict[str, Any] = {
        "slug": reference.lower(),
        "headline": f"Headline of {reference}",
        "state": "scheduled",
        "changed": CHANGED,
        "zone": zone,
        "times": list_times(zone, **found),
    }
    return GridEntry(reference=reference, **made | changes)
