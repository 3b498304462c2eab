"""What is to be lifted next, what is overdue, and what nobody has scheduled though its hour comes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pressgen.desk.office.office import open_ledger
from pressgen.desk.signoff.allowed import zone_of
from pressgen.model.standing import GRACE, LIFT, State

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime, timedelta

    from pressgen.desk.workspace.folder import Workspace
    from pressgen.model.standing import Standing


@dataclass(frozen=True, slots=True, order=True)
class Owed:
    """A lift that is owed.

    Attributes:
        at: its hour.
        zone: the IANA zone on whose clock the office reads it.
        how: `scheduled`; `overdue` by more than half a minute; `failed`; `not scheduled`, though it was approved.
        late: whether somebody must look now.
    """

    at: datetime
    reference: str
    slug: str
    zone: str
    how: Literal["scheduled", "overdue", "failed", "not scheduled"]
    late: bool
    detail: str


def due(workspace: Workspace, now: datetime, within: timedelta) -> list[Owed]:
    """What is owed at `now` or is so `within` this time, the earliest first.

    Raises:
        MachineLacks: the ledger cannot be read.
    """
    with open_ledger(workspace) as ledger:
        return owed(ledger.standings().values(), now, within)


def owed(standings: Iterable[Standing], now: datetime, within: timedelta) -> list[Owed]:
    """As `due`, from where the releases stand."""
    found = [each for standing in standings if (each := _owed(standing, now)) is not None]
    return sorted(each for each in found if each.at <= now + within or each.late)


def _owed(standing: Standing, now: datetime) -> Owed | None:
    if standing.state not in {State.APPROVED, State.ISSUED, State.FAILED}:
        return None
    hour = standing.lift_at or (standing.version.hour if standing.version else None)
    if hour is None:
        return None
    late, detail = now > hour + GRACE, ""
    how: Literal["scheduled", "overdue", "failed", "not scheduled"] = "overdue" if late else "scheduled"
    if standing.lift_at is None:
        how = "not scheduled"
    if standing.state is State.FAILED:
        how, late = "failed", True
        detail = next((each.detail for each in standing.failures if each.key == LIFT), "")
    return Owed(hour, standing.reference, standing.slug, zone_of(standing), how, late, detail)
