"""Events of an issue that a worker sends at the time of issue, and of proofs that people send themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pressgen.model.outcome import Outcome  # noqa: TC001 - pydantic reads the annotations

Ending = Literal["sent", "cancelled", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueOrdered:
    """A head has the release sent to a list at its time of issue, as it is approved then.

    Attributes:
        number: counted from 1 over the orders of the release.
        marked: whether each copy is marked as its reader's.
        note: what is said above the release instead of the office's own note; None for that one.
    """

    number: int
    list: str
    marked: bool = False
    note: str | None = None
    kind: Literal["issue ordered"] = "issue ordered"


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueOrderEnded:
    """An order was carried out, taken back, or failed for good; `detail` says why, or how many mails went."""

    number: int
    list: str
    ending: Ending
    detail: str
    kind: Literal["issue order ended"] = "issue order ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofSent:
    """Somebody had a mail of the issue sent to themselves, to look at it; nobody has the release by it.

    Attributes:
        recipient: the id of the person of the office.
        list: for which the mail is.
        files: name → SHA-256 of what went along.
        key: of the mail; the mark of a marked proof is made from it.
    """

    version: str
    recipient: str
    address: str
    channel: str
    list: str
    files: dict[str, str]
    outcome: Outcome
    detail: str
    key: str
    kind: Literal["proof sent"] = "proof sent"


Ordering = IssueOrdered | IssueOrderEnded | ProofSent
