"""The events of a release in the ledger, as plain JSON.

Nothing here says what state a release is in; `model/standing.py` derives it.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AwareDatetime, Discriminator, TypeAdapter

from pressgen.model.decision import EmbargoEnded, SecondLook
from pressgen.model.outcome import Outcome  # noqa: TC001 - pydantic reads the annotations
from pressgen.model.side_event import SideEvent

if TYPE_CHECKING:
    from datetime import datetime

Hashes = dict[str, str]
"""Name → SHA-256 in hexadecimal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A release as somebody signed it, by SHA-256.

    It covers all inputs and all outputs.

    Attributes:
        audience: `press`, `named` or `nobody`.
        zone: the IANA zone in which its times were stated.
        issue, embargo, publish: instants, None where the release names none.
        data: `release.yaml`, its translations, pictures and attachments, by their names in the release's folder.
        house: the files of its house, such as `templates/inspectorate/house.yaml`.
        files: the files made from them, such as `public/river-survey.pdf`.
        made_with: program → version.
    """

    headline: str
    audience: str
    zone: str
    issue: AwareDatetime | None
    embargo: AwareDatetime | None
    publish: AwareDatetime | None
    data: Hashes
    house: Hashes
    files: Hashes
    made_with: dict[str, str]

    @property
    def hour(self) -> datetime | None:
        """When the newsroom is to show it; None for at once.

        This is its own time, else the end of the embargo.
        """
        return self.publish or self.embargo

    @property
    def digest(self) -> str:
        """The SHA-256 that names this version, whatever the order of files."""
        record = json.dumps(_VERSION.dump_python(self, mode="json"), sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(record.encode()).hexdigest()

    def same_bytes(self, other: Version) -> bool:
        """Return whether the inputs and outputs have the same bytes.

        The programs that made them may differ.
        """
        return (self.data, self.house, self.files) == (other.data, other.house, other.files)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleared:
    """The clearance of quotations, each as SHA-256 by its path."""

    speaker: str
    quotes: Hashes
    how: str
    kind: Literal["cleared"] = "cleared"


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitted:
    """The submission of a version for approval."""

    version: Version
    kind: Literal["submitted"] = "submitted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Approved:
    """The approval of the submitted version; if urgent, for a reason."""

    version: str
    urgent: bool = False
    reason: str = ""
    kind: Literal["approved"] = "approved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """The issue of a version to a list by some channels."""

    version: str
    list: str
    channels: tuple[str, ...]
    note: str = ""
    kind: Literal["issued"] = "issued"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """The outcome of sending a copy, advisory or notice to somebody.

    Attributes:
        recipient: the id on the list; empty for a channel without recipients.
        files: name → SHA-256 of the attached files, which differ from the version's where copies are marked.
        key: identifies a second sending of the same.
        wait: seconds that the other machine asks us to wait before the next try.
        bounce_key: identifies this mail if it comes back; nobody can guess it. Empty where returned mails are not read.
    """

    version: str
    recipient: str
    address: str
    channel: str
    files: Hashes
    embargo: AwareDatetime | None
    outcome: Outcome
    detail: str
    key: str
    wait: float = 0.0
    bounce_key: str = ""
    kind: Literal["sent"] = "sent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheduled:
    """The scheduling of the lift; each change has the next revision."""

    revision: int
    lift_at: AwareDatetime
    kind: Literal["scheduled"] = "scheduled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unscheduled:
    """The cancellation of the scheduled lift, until it is scheduled again."""

    revision: int
    reason: str
    kind: Literal["unscheduled"] = "unscheduled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """The move of an embargo, reported by a numbered advisory.

    Everybody who has the files is told. `version` is the approved one made again, with the new time and nothing else
    new. The person who moves it approves it. `kept_dates` are the words for the old day that this person let stand.
    """

    version: Version
    revision: int
    lift_at: AwareDatetime
    was: AwareDatetime
    reason: str
    advisory: int
    kept_dates: tuple[str, ...] = ()
    kind: Literal["moved"] = "moved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lifted:
    """The publication of a release in the newsroom.

    `due` is when it should have happened, `actual` when it did. `newsroom_address` is the newsroom's address at that
    time; feeds and wire formats identify the release by it ever after.
    """

    revision: int
    due: AwareDatetime
    actual: AwareDatetime
    newsroom_address: str = ""
    kind: Literal["lifted"] = "lifted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """The outcome of telling a channel about the lift."""

    revision: int
    channel: str
    outcome: Outcome
    detail: str
    key: str
    kind: Literal["announced"] = "announced"


@dataclass(frozen=True, slots=True, kw_only=True)
class LiftFailed:
    """A lift that failed for good and needs a person."""

    revision: int
    detail: str
    kind: Literal["lift failed"] = "lift failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """The approved correction that replaces the version `supersedes`."""

    version: str
    correction: str
    line: str
    supersedes: str
    kind: Literal["corrected"] = "corrected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn:
    """The withdrawal of a release, which nobody may use any more."""

    revision: int
    reason: str
    kind: Literal["withdrawn"] = "withdrawn"


Event = (
    Cleared
    | Submitted
    | Approved
    | SecondLook
    | Issued
    | Sent
    | Scheduled
    | Unscheduled
    | Moved
    | EmbargoEnded
    | Lifted
    | Announced
    | LiftFailed
    | Corrected
    | Withdrawn
    | SideEvent
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """An entry of the ledger as other modules see it.

    Attributes:
        number: counted from 1 over all releases.
        ahead: the time of an earlier entry, ahead of `at`, where nobody has said yet which of the two is wrong.
        actor: the id of the person who did it, or the name of a program.
        reference, slug: of the release, and of its folder.
    """

    number: int
    at: AwareDatetime
    actor: str
    reference: str
    slug: str
    event: Annotated[Event, Discriminator("kind")]
    ahead: AwareDatetime | None = None

    @property
    def latest(self) -> datetime:
        """The latest time in the ledger up to this entry.

        The clock must have reached it.
        """
        return self.ahead or self.at

    def to_json(self) -> bytes:
        """Return the entry as JSON, always with the same bytes."""
        return _STAMP.dump_json(self, exclude={"ahead"} if self.ahead is None else None)

    @staticmethod
    def from_json(text: str | bytes) -> Stamp:
        """Read an entry that `to_json` wrote.

        Raises:
            ValueError: it is not valid.
        """
        return _STAMP.validate_json(text)


_VERSION = TypeAdapter(Version)
_STAMP = TypeAdapter(Stamp)
