"""Lifts that are due, overdue, or not scheduled although approved."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from pressgen.actions.approve.second_look import describe_second_look
from pressgen.actions.approve.standing_checks import find_time_zone
from pressgen.actions.publish.office_snapshot import name_faulty_files, read_office_for_lifts
from pressgen.actions.publish.workspace_monitor import compare_newsroom
from pressgen.actions.workspace.office import has_ledger, has_office, load_office, open_ledger
from pressgen.errors import InputError, UsageError
from pressgen.model.standing import GRACE, ISSUE, LIFT, LIFTABLE, State

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime, timedelta

    from pressgen.actions.workspace.folder import Workspace
    from pressgen.model.office import Office
    from pressgen.model.standing import Failure, Standing


ALTERED: Final = "{}: its standing was changed by hand in the ledger; nothing is recorded of it: history --verify"

How = Literal[
    "scheduled", "overdue", "failed", "not scheduled", "second look", "issue ordered", "issue overdue", "issue failed"
]


@dataclass(frozen=True, slots=True, order=True)
class DueItem:
    """A lift, an issue or a second look that is due.

    Attributes:
        at: its hour.
        zone: the IANA zone of the clock by which the office reads it.
        how: `issue ordered` and similar ones are issues at the time of issue, all others are lifts or second looks.
            They are `scheduled`; `overdue` by more than half a minute; `failed`; `not scheduled`, though it was
            approved; `second look`, not a lift: it is owed since `at`, for an urgent approval or an embargo ended
            by decision.
        late: whether somebody must look now.
    """

    at: datetime
    reference: str
    slug: str
    zone: str
    how: How
    late: bool
    detail: str


def list_due_items(workspace: Workspace, now: datetime, within: timedelta) -> list[DueItem]:
    """List what is due at `now` or `within` this time, earliest first.

    Raises:
        EnvironmentFailureError: the ledger cannot be read.
    """
    with open_ledger(workspace) as ledger:
        standings = list(ledger.standings().values())
        failed = [each.reference for each in standings if each.failures and each.state in LIFTABLE]
        failures = ledger.failures(failed)
    office = None
    if any(each.second_looks for each in standings):
        with suppress(InputError, UsageError):  # `check_workspace_health` reports it
            office = load_office(workspace)
    return select_due_items(standings, failures, now, within, office)


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthReport:
    """Problems of the office file, the ledger and the newsroom.

    Each is one line.

    Attributes:
        office: faults of the office file, or of a list's.
        ledger: what somebody changed in the ledger by hand.
        newsroom: differences between the newsroom and the ledger, or why it cannot be read.
    """

    office: tuple[str, ...] = ()
    ledger: tuple[str, ...] = ()
    newsroom: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        """Return all problems."""
        return (*self.office, *self.ledger, *self.newsroom)

    def advice(self) -> Iterator[str]:
        """Yield what to do about each kind of problem that there is."""
        if self.newsroom:
            yield "a worker repairs the newsroom; to do it now: pressgen engine resync"
        if self.office:
            yield (
                f"correct {name_faulty_files(self.office)[0]}, at the places listed above; then start the worker again"
            )
        if self.ledger:
            yield "to see what was changed in the ledger: pressgen history --verify"


def check_workspace_health(workspace: Workspace) -> HealthReport:
    """Find problems of the office file, the ledger and the newsroom.

    Raises:
        EnvironmentFailureError: the ledger cannot be read.
    """
    if not has_office(workspace):
        return HealthReport()
    altered: tuple[str, ...] = ()
    office: tuple[str, ...] = ()
    try:
        office = read_office_for_lifts(workspace).problems
        if not has_ledger(workspace):
            return HealthReport(office=office)
        with open_ledger(workspace) as ledger:
            altered = tuple(ALTERED.format(each) for each in ledger.altered())
            differences = tuple(map(str, compare_newsroom(workspace, ledger)))
    except InputError as refusal:
        return HealthReport(office=tuple(dict.fromkeys([*office, *refusal.lines()])), ledger=altered)
    except OSError as error:
        return HealthReport(office=office, ledger=altered, newsroom=(f"the newsroom cannot be read: {error.strerror}",))
    return HealthReport(office=office, ledger=altered, newsroom=differences)


def select_due_items(
    standings: Iterable[Standing],
    failures: Mapping[str, Sequence[Failure]],
    now: datetime,
    within: timedelta,
    office: Office | None = None,
) -> list[DueItem]:
    """Select what is due, given all standings and failures by reference.

    `office` has the people who may give a second look; None if that is not asked, or not known.
    """
    found: list[DueItem] = []
    for standing in standings:
        failed = failures.get(standing.reference, ())
        lift = _find_due_lift(standing, failed, now)
        found += [
            *([lift] if lift else []),
            *_list_due_issues(standing, failed, now),
            *_list_second_looks(standing, office),
        ]
    return sorted(each for each in found if each.at <= now + within or each.late)


def _find_due_lift(standing: Standing, failures: Sequence[Failure], now: datetime) -> DueItem | None:
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
    return DueItem(hour, standing.reference, standing.slug, find_time_zone(standing), how, late, detail)


def _list_due_issues(standing: Standing, failures: Sequence[Failure], now: datetime) -> Iterator[DueItem]:
    """Yield the scheduled issues of a release, and those that failed."""

    def owed(at: datetime, how: How, detail: str) -> DueItem:
        late = how != "issue ordered"
        return DueItem(at, standing.reference, standing.slug, find_time_zone(standing), how, late=late, detail=detail)

    for order in standing.pending_issues:
        at = standing.issue_at
        if at is None:
            yield owed(order.at, "issue overdue", f"to {order.list}, although its time of issue was removed")
        else:
            yield owed(at, "issue overdue" if now > at + GRACE else "issue ordered", f"to {order.list}")
    for failure in failures if standing.state in LIFTABLE else ():
        if failure.key.startswith(ISSUE):
            yield owed(failure.at, "issue failed", f"{failure.key.removeprefix('issue ')}: {failure.detail}")


def _list_second_looks(standing: Standing, office: Office | None) -> Iterator[DueItem]:
    """Yield the second looks that somebody still has to give.

    They are never late.
    """
    for each in standing.second_looks:
        did = "ended the embargo early" if each.act == "embargo ended" else "approved it as urgent"
        detail = f"{each.actor} {did}: pressgen approve {standing.slug} --second-look"
        if office:
            detail = f"{each.actor} {did}; {describe_second_look(standing.slug, office, standing.second_looks)}"
        yield DueItem(
            each.at,
            standing.reference,
            standing.slug,
            find_time_zone(standing),
            "second look",
            late=False,
            detail=detail,
        )
