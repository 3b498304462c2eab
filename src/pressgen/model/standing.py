"""The standing of a release.

draft → submitted → approved → issued → lifted → corrected, and from anywhere withdrawn; `failed` is a lift that needs a
person. A scheduled lift is kept apart from the state, since issue and schedule come in either order.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Literal

from pydantic import AwareDatetime, TypeAdapter

from pressgen.model.event import Hashes, Lifted, Version  # noqa: TC001 - pydantic reads the annotations

GRACE = timedelta(seconds=30)
"""How late a lift may be before it is overdue."""

LIFT = "lift"
"""The key of the failure of a lift."""

ISSUE = "issue to "
"""The prefix before a list's name, for the key of the failure of an ordered issue."""

LISTS = ('"copies":[', '"failures":[', '"bounces":[')
"""What only a standing of the version before has; within a text, JSON has a backslash before each quotation mark."""


def compute_public_since(lifted: Lifted) -> datetime:
    """Return since when a release is public.

    This is its scheduled time, or the time of the lift if that was later by more than `GRACE`.
    """
    return lifted.due if lifted.actual <= lifted.due + GRACE else lifted.actual


class State(StrEnum):
    """The states of a release."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    ISSUED = "issued"
    LIFTED = "lifted"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"
    FAILED = "failed"


LIFTABLE = {State.APPROVED, State.ISSUED, State.FAILED}
"""The states that allow a lift."""

PUBLIC_STATES = {State.LIFTED, State.CORRECTED}
"""The states in which the newsroom shows the release."""

IN_HAND = {State.DRAFT, State.SUBMITTED, State.APPROVED}
"""The states in which nobody outside has the release."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """A person's signature on a version, by its digest."""

    act: Literal["submitted", "approved", "second look", "embargo ended"]
    version: str
    actor: str
    at: AwareDatetime
    urgent: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clearance:
    """A speaker's clearance of words, as SHA-256 by path."""

    speaker: str
    quotes: Hashes
    how: str
    actor: str
    at: AwareDatetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A copy of a version that somebody has."""

    recipient: str
    address: str
    channel: str
    version: str
    at: AwareDatetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingIssue:
    """An issue ordered for the time of issue, not yet sent.

    Attributes:
        number: of the order.
        list: who gets it.
        marked: whether each copy is marked as its reader's.
        note: the note above the release, in place of the office's own; None for that one.
        actor: who ordered it.
        at: when it was ordered.
    """

    number: int
    list: str
    marked: bool
    actor: str
    at: AwareDatetime
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Something that did not go out.

    `key` is that of the sending, or `lift`.
    """

    key: str
    what: str
    detail: str
    at: AwareDatetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounce:
    """A mail that came back.

    It failed for good, or still waits somewhere; `key` is that of its sending.
    """

    key: str
    recipient: str
    address: str
    final: bool
    reason: str
    at: AwareDatetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedCopy:
    """A review copy that came back.

    Attributes:
        file: its SHA-256.
        by: the editors named in it.
        waiting: how many of its proposals nobody has decided on.
    """

    file: str
    by: tuple[str, ...]
    at: AwareDatetime
    proposals: int
    waiting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """A round of review.

    Attributes:
        number: from 1; 0 for returned copies that belong to no round.
        to: the ids of its recipients.
        sent: when the last copy went out; None for round 0.
        missed: the ids of those that its mail did not reach.
        back: the returned copies, in order.
    """

    number: int
    to: tuple[str, ...] = ()
    sent: AwareDatetime | None = None
    missed: tuple[str, ...] = ()
    back: tuple[ReturnedCopy, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The state of a release, derived from its ledger entries.

    Attributes:
        rounds: how often it was submitted.
        proposed: the version that waits for approval.
        version: the version in force: approved, issued, lifted.
        correction: the version that is approved, and waits to replace the one in force.
        signatures: the signatures on one of these three, in order.
        revision: of the schedule; 0 before the first.
        lift_at: the instant it is scheduled for, None where it is not.
        advisories: how many advisories of moves there were.
        second_looks: the urgent approvals, and the embargo ended by decision, that no second person has confirmed yet.
        embargo_ended: when a head ended the embargo before its time; None where it ends, or ended, at its time.
        public_since: the scheduled time of its lift, or the actual one if that was later by more than `GRACE`. Its page
            shows it, so that a page made before that time and one made again later are the same.
        newsroom_address: that of the newsroom when it was lifted; empty where the lift did not record it.
        copies: how many mailboxes have a version of it. The index of its entries says which.
        failures: how many things failed and have not been repaired; as above.
        bounces, delays: how many mails came back for good, and how many wait somewhere; as above.
        withdrawn: the reason, empty where it was not withdrawn.
        reviews: its rounds of review, in order.
        pending_issues: the issues that a worker sends at the time of issue of `version`, in the order of their numbers.
        issue_orders: how many such orders there were.
    """

    reference: str
    slug: str
    state: State = State.DRAFT
    rounds: int = 0
    proposed: Version | None = None
    version: Version | None = None
    correction: Version | None = None
    signatures: tuple[Signature, ...] = ()
    clearances: tuple[Clearance, ...] = ()
    revision: int = 0
    lift_at: AwareDatetime | None = None
    advisories: int = 0
    second_looks: tuple[Signature, ...] = ()
    embargo_ended: AwareDatetime | None = None
    issued_at: AwareDatetime | None = None
    lifted_at: AwareDatetime | None = None
    public_since: AwareDatetime | None = None
    newsroom_address: str = ""
    copies: int = 0
    failures: int = 0
    bounces: int = 0
    delays: int = 0
    withdrawn: str = ""
    reviews: tuple[Round, ...] = ()
    pending_issues: tuple[PendingIssue, ...] = ()
    issue_orders: int = 0

    @property
    def waiting(self) -> int:
        """The number of editors' proposals that nobody has decided on."""
        return sum(back.waiting for each in self.reviews for back in each.back)

    @property
    def scheduled(self) -> bool:
        """Whether its lift is scheduled, so that nothing may change."""
        return self.lift_at is not None

    @property
    def embargo(self) -> datetime | None:
        """When it may be used from; None without embargo or version.

        This is the time that its version states, or when a head ended the embargo. The entries of what was sent say
        what readers were told.
        """
        version = self.version or self.proposed
        stated = version.embargo if version else None
        return self.embargo_ended if stated and self.embargo_ended else stated

    def overdue(self, now: datetime) -> bool:
        """Return whether its lift was due by `now` and has not happened."""
        return self.lift_at is not None and now > self.lift_at + GRACE

    @property
    def issue_at(self) -> datetime | None:
        """The issue time of the version in force, else the proposed one."""
        version = self.version or self.proposed
        return version.issue if version else None

    def to_json(self) -> bytes:
        """Return the standing as JSON."""
        return _STANDING.dump_json(self, exclude_defaults=True)

    @staticmethod
    def from_json(text: str) -> Standing:
        """Read a standing that `to_json` wrote, now or one version before."""
        return _STANDING.validate_json(json.dumps(count_lists(text)) if is_earlier_form(text) else text)


def is_earlier_form(text: str) -> bool:
    """Return whether a standing lists what is only counted now."""
    return any(each in text for each in LISTS)


def count_lists(text: str) -> dict[str, Any]:
    """Return an earlier standing with its lists replaced by counts.

    It is plain JSON.
    """
    fields: dict[str, Any] = json.loads(text)
    came_back = [each["final"] for each in fields.pop("bounces", [])]
    counts = {
        "copies": len(fields.pop("copies", [])),
        "failures": len(fields.pop("failures", [])),
        "bounces": sum(came_back),
        "delays": len(came_back) - sum(came_back),
    }
    return fields | {name: count for name, count in counts.items() if count}


_STANDING = TypeAdapter(Standing)
