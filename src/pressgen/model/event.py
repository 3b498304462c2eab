"""What happens to a release: the events that the ledger holds, each to and from plain JSON.

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
    """A release as somebody put his name to it: everything that went in and came out, by SHA-256.

    Attributes:
        audience: `press`, `named` or `nobody`.
        zone: the IANA zone in which its times were stated.
        issue, embargo, publish: instants, None where the release names none.
        data: `release.yaml`, its translations, pictures and attachments, by their names in the release's folder.
        house: the files of its house, such as `templates/inspectorate/house.yaml`.
        files: what was made, such as `public/river-survey.pdf`.
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
        """When the newsroom is to show it: its own time, else the end of the embargo; None for at once."""
        return self.publish or self.embargo

    @property
    def digest(self) -> str:
        """The SHA-256 that names this version, in whatever order its files are told."""
        told = json.dumps(_VERSION.dump_python(self, mode="json"), sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(told.encode()).hexdigest()

    def same_bytes(self, other: Version) -> bool:
        """Whether the same bytes went in and came out, whatever programs made them."""
        return (self.data, self.house, self.files) == (other.data, other.house, other.files)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleared:
    """A speaker cleared words: `quotes` are the SHA-256 of each quotation's words as printed, by its path."""

    speaker: str
    quotes: Hashes
    how: str
    kind: Literal["cleared"] = "cleared"


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitted:
    """A version was put forward for approval."""

    version: Version
    kind: Literal["submitted"] = "submitted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Approved:
    """The version submitted last was approved; `urgent` without what the office asks for otherwise, for a reason."""

    version: str
    urgent: bool = False
    reason: str = ""
    kind: Literal["approved"] = "approved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """A version goes to the people of a list by these channels, under a `note`; each copy has a `Sent` of its own."""

    version: str
    list: str
    channels: tuple[str, ...]
    note: str = ""
    kind: Literal["issued"] = "issued"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A copy, an advisory or a notice went to somebody by a channel, may have gone, or did not.

    Attributes:
        recipient: the id on the list; empty for a channel without recipients.
        files: name → SHA-256 of what went along, which differs from the version's where copies are marked.
        key: by which a second sending of the same is known.
        wait: seconds that the other machine asks to be left alone before the next try.
        bounce_key: tells this mail if it comes back; nobody can guess it. Empty where returned mails are not read.
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
    """The lift is set to an instant; each change of it has the next revision."""

    revision: int
    lift_at: AwareDatetime
    kind: Literal["scheduled"] = "scheduled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unscheduled:
    """The lift is off until it is scheduled anew."""

    revision: int
    reason: str
    kind: Literal["unscheduled"] = "unscheduled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """The embargo was moved, and everybody who has the files is told by a numbered advisory.

    `version` is the approved one made again, with the new time and nothing else new; who moves it approves it.
    """

    version: Version
    revision: int
    lift_at: AwareDatetime
    was: AwareDatetime
    reason: str
    advisory: int
    kind: Literal["moved"] = "moved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lifted:
    """The newsroom shows it: `due` is when it should have, `actual` when it did.

    `newsroom_address` is the newsroom's address then, by which feeds and wire forms know the release ever after.
    """

    revision: int
    due: AwareDatetime
    actual: AwareDatetime
    newsroom_address: str = ""
    kind: Literal["lifted"] = "lifted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """A channel was told of the lift, or could not be."""

    revision: int
    channel: str
    outcome: Outcome
    detail: str
    key: str
    kind: Literal["announced"] = "announced"


@dataclass(frozen=True, slots=True, kw_only=True)
class LiftFailed:
    """The lift failed for good; a person must look."""

    revision: int
    detail: str
    kind: Literal["lift failed"] = "lift failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """The approved version takes the place of the one with the digest `supersedes`; `line` is printed about it."""

    version: str
    correction: str
    line: str
    supersedes: str
    kind: Literal["corrected"] = "corrected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn:
    """The release is killed: nobody may use it any more."""

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
    """An entry of the ledger as others see it.

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
        """The latest time that the clock must have reached, by this entry and those before it."""
        return self.ahead or self.at

    def to_json(self) -> bytes:
        """The entry as JSON, the same bytes whenever it is written."""
        return _STAMP.dump_json(self, exclude={"ahead"} if self.ahead is None else None)

    @staticmethod
    def from_json(text: str | bytes) -> Stamp:
        """The entry that `to_json` wrote.

        Raises:
            ValueError: it is none.
        """
        return _STAMP.validate_json(text)


_VERSION = TypeAdapter(Version)
_STAMP = TypeAdapter(Stamp)
