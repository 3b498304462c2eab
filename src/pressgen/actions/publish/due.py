"""What is to be lifted next, what is overdue, and what nobody has scheduled though its hour comes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from pressgen.actions.approve.allowed import zone_of
from pressgen.actions.publish.lasting import name_files, read_office_for_lifts
from pressgen.actions.publish.watch import compare_newsroom
from pressgen.actions.workspace.office import has_ledger, has_office, open_ledger
from pressgen.errors import Refused
from pressgen.model.standing import GRACE, ISSUE, LIFT, LIFTABLE, State

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime, timedelta

    from pressgen.actions.workspace.folder import Workspace
    from pressgen.model.standing import Failure, Standing


ALTERED: Final = "{}: its standing was changed by hand in the ledger; nothing is recorded of it: history --verify"

How = Literal[
    "scheduled", "overdue", "failed", "not scheduled", "second look", "issue ordered", "issue overdue", "issue failed"
]


@dataclass(frozen=True, slots=True, order=True)
class Owed:
    """A lift, an issue or a second look that is owed.

    Attributes:
        at: its hour.
        zone: the IANA zone on whose clock the office reads it.
        how: `issue ordered` and the like are of issues at the time of issue, all others of lifts or second looks:
            `scheduled`; `overdue` by more than half a minute; `failed`; `not scheduled`, though it was approved;
            `second look` is no lift: it is owed since `at`, for an urgent approval or an embargo ended by decision.
        late: whether somebody must look now.
    """

    at: datetime
    reference: str
    slug: str
    zone: str
    how: How
    late: bool
    detail: str


def due(workspace: Workspace, now: datetime, within: timedelta) -> list[Owed]:
    """What is owed at `now` or is so `within` this time, the earliest first.

    Raises:
        MachineLacks: the ledger cannot be read.
    """
    with open_ledger(workspace) as ledger:
        standings = list(ledger.standings().values())
        failed = [each.reference for each in standings if each.failures and each.state in LIFTABLE]
        return owed(standings, ledger.failures(failed), now, within)


@dataclass(frozen=True, slots=True, kw_only=True)
class Concerns:
    """What is wrong beside the lifts, a line each.

    Attributes:
        office: faults of the office file, or of a list's.
        ledger: what somebody changed in the ledger by hand.
        newsroom: where the newsroom is not what the ledger says, or cannot be read.
    """

    office: tuple[str, ...] = ()
    ledger: tuple[str, ...] = ()
    newsroom: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        """All of them."""
        return (*self.office, *self.ledger, *self.newsroom)

    def advice(self) -> Iterator[str]:
        """What to do about each kind that there is."""
        if self.newsroom:
            yield "a worker repairs the newsroom, or by hand: pressgen engine resync"
        if self.office:
            yield f"correct {name_files(self.office)[0]}, at the places named above; then start the worker again"
        if self.ledger:
            yield "see what was changed in the ledger: pressgen history --verify"


def find_concerns(workspace: Workspace) -> Concerns:
    """Find what is wrong beside the lifts.

    Raises:
        MachineLacks: the ledger cannot be read.
    """
    if not has_office(workspace):
        return Concerns()
    altered: tuple[str, ...] = ()
    office: tuple[str, ...] = ()
    try:
        office = read_office_for_lifts(workspace).problems
        if not has_ledger(workspace):
            return Concerns(office=office)
        with open_ledger(workspace) as ledger:
            altered = tuple(ALTERED.format(each) for each in ledger.altered())
            differences = tuple(map(str, compare_newsroom(workspace, ledger)))
    except Refused as refusal:
        return Concerns(office=tuple(dict.fromkeys([*office, *refusal.lines()])), ledger=altered)
    except OSError as error:
        return Concerns(office=office, ledger=altered, newsroom=(f"the newsroom cannot be read: {error.strerror}",))
    return Concerns(office=office, ledger=altered, newsroom=differences)


def owed(
    standings: Iterable[Standing], failures: Mapping[str, Sequence[Failure]], now: datetime, within: timedelta
) -> list[Owed]:
    """As `due`, from where the releases stand, and what failed of those that are not public yet, by reference."""
    found: list[Owed] = []
    for standing in standings:
        failed = failures.get(standing.reference, ())
        lift = _owed(standing, failed, now)
        found += [*([lift] if lift else []), *_issues(standing, failed, now), *_second_looks(standing)]
    return sorted(each for each in found if each.at <= now + within or each.late)


def _owed(standing: Standing, failures: Sequence[Failure], now: datetime) -> Owed | None:
    if standing.state not in {State.APPROVED, State.ISSUED, State.FAILED}:
        return None
    hour = standing.lift_at or (standing.version.hour if standing.version else None)
    if hour is None:
        return None
    late, detail = now > hour + GRACE, ""
    how: How = "overdue" if late else "scheduled"
    if standing.lift_at is None:
        how = "not scheduled"
    if standing.state is State.FAILED:
        how, late = "failed", True
        detail = next((each.detail for each in failures if each.key == LIFT), "")
    return Owed(hour, standing.reference, standing.slug, zone_of(standing), how, late, detail)


def _issues(standing: Standing, failures: Sequence[Failure], now: datetime) -> Iterator[Owed]:
    """The issues that a worker is to send at the time of issue, and those that failed."""

    def owed(at: datetime, how: How, detail: str) -> Owed:
        late = how != "issue ordered"
        return Owed(at, standing.reference, standing.slug, zone_of(standing), how, late=late, detail=detail)

    for order in standing.pending_issues:
        at = standing.issue_at
        if at is None:
            yield owed(order.at, "issue overdue", f"to {order.list}, at no time of issue any more")
        else:
            yield owed(at, "issue overdue" if now > at + GRACE else "issue ordered", f"to {order.list}")
    for failure in failures if standing.state in LIFTABLE else ():
        if failure.key.startswith(ISSUE):
            yield owed(failure.at, "issue failed", f"{failure.key.removeprefix('issue ')}: {failure.detail}")


def _second_looks(standing: Standing) -> Iterator[Owed]:
    """The second looks that a release owes; nobody is late with them, but somebody must give them."""
    for each in standing.second_looks:
        did = "ended the embargo before its hour" if each.act == "embargo ended" else "approved it urgently"
        detail = f"{each.actor} {did}: pressgen approve {standing.slug} --second-look"
        yield Owed(
            each.at, standing.reference, standing.slug, zone_of(standing), "second look", late=False, detail=detail
        )
