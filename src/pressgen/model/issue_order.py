"""Events of ordered issues, and of proofs that people send themselves.

A worker sends an ordered issue at the time of issue.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pressgen.model.outcome import Outcome  # noqa: TC001 - pydantic reads the annotations

Ending = Literal["sent", "cancelled", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueOrdered:
    """An order to issue the release to a list on time.

    A head gives it. The worker sends the version that is approved at the time of issue.

    Attributes:
        number: counted from 1 over the orders of the release.
        marked: whether each copy is marked as its reader's.
        note: the note above the release, in place of the office's own; None for that one.
    """

    number: int
    list: str
    marked: bool = False
    note: str | None = None
    kind: Literal["issue ordered"] = "issue ordered"


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueOrderEnded:
    """The end of an order: carried out, cancelled, or failed.

    `detail` says why, or how many mails went.
    """

    number: int
    list: str
    ending: Ending
    detail: str
    kind: Literal["issue order ended"] = "issue order ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofSent:
    """The sending of an issue's mail to oneself, as a proof.

    It does not count as having the release.

    Attributes:
        recipient: the id of the person of the office.
        list: the list that the mail is for.
        files: name → SHA-256 of the attached files.
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
