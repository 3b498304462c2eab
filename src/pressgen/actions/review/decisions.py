"""Returned copies and the decisions on their proposals.

They are recorded in the ledger, each once, and read from it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressgen.actions.review.copy_records import identify_reviewer
from pressgen.actions.workspace.office import has_ledger, open_ledger
from pressgen.actions.workspace.permissions import require_one_line
from pressgen.model.proposal import ProposalKind
from pressgen.model.round import Decided, Returned

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from pressgen.actions.review.receive import ReceivedCopy
    from pressgen.actions.workspace.folder import Workspace
    from pressgen.model.event import Stamp
    from pressgen.model.proposal import Proposal

CHANGES = frozenset(
    {ProposalKind.EDIT, ProposalKind.SPLIT, ProposalKind.JOIN, ProposalKind.MOVE, ProposalKind.DELETE, ProposalKind.ADD}
)
"""Changes of words and of their order."""
WAITING = CHANGES | {ProposalKind.COMMENT, ProposalKind.MARKUP, ProposalKind.UNMAPPED}
"""Proposals that need a decision; changes of appearance or quotation marks only do not."""


@dataclass(frozen=True, slots=True)
class ProposalVerdict:
    """A person's verdict on a proposal, with an optional reason."""

    accepted: bool
    actor: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class ReviewDecision:
    """A person's decision on the proposals of a returned copy.

    Proposals in neither list stay open.

    Attributes:
        accepted: the numbers of the proposals to apply, or to handle by hand, each with the reason or nothing.
        refused: the numbers of the refused ones, in the same form.
        who: the id of the person; None where nobody said.
        everywhere: the numbers of those accepted proposals that may change a value in every place that prints it.
    """

    accepted: Mapping[int, str]
    refused: Mapping[int, str]
    who: str | None = None
    everywhere: frozenset[int] = frozenset()


def authorise_decision(workspace: Workspace, decision: ReviewDecision) -> str | None:
    """Return the person who decides; None in a workspace without an office.

    Raises:
        UsageError: the person is not in the office, or a reason is not one line.
    """
    actor = identify_reviewer(workspace, decision.who)
    for reason in filter(None, [*decision.accepted.values(), *decision.refused.values()]):
        require_one_line(reason, "--reason")
    return actor


def record_return(workspace: Workspace, received: ReceivedCopy, actor: str, now: datetime) -> None:
    """Record in the ledger that a copy came back, once per file.

    Raises:
        EnvironmentFailureError, StateError: it cannot be entered.
    """
    export = received.export
    by = dict.fromkeys(name for each in received.proposals for name in each.proposal.author.split("; ") if name)
    event = Returned(
        round=export.round,
        file=received.digest,
        by=tuple(by),
        proposals=len(list_open_proposals(received, frozenset())),
    )
    with open_ledger(workspace) as ledger, ledger.exclusive(export.reference, export.slug) as transaction:
        if not any(back.file == received.digest for each in transaction.standing.reviews for back in each.back):
            transaction.append(event, actor=actor, at=now)


def record_decision(
    workspace: Workspace, received: ReceivedCopy, decision: ReviewDecision, actor: str, now: datetime
) -> None:
    """Record in the ledger who accepted and refused which proposals.

    There is an entry for each reason. That the copy came back is recorded before.

    Raises:
        EnvironmentFailureError, StateError: it cannot be entered.
    """
    record_return(workspace, received, actor, now)
    words = {each.number: str(each) for each in received.proposals}
    by_reason: dict[str, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for numbers, at in ((decision.accepted, 0), (decision.refused, 1)):
        for number, reason in sorted(numbers.items()):
            by_reason[require_one_line(reason, "--reason") if reason else ""][at].append(words[number])
    settled = {*read_verdicts(workspace, received), *decision.accepted, *decision.refused}
    left, export = len(list_open_proposals(received, settled)), received.export
    with open_ledger(workspace) as ledger, ledger.exclusive(export.reference, export.slug) as transaction:
        verdicts_before = _collect_verdicts(ledger.entries(export.reference), received.digest)
        before = {text: (each.accepted, each.actor, each.reason) for text, each in verdicts_before.items()}
        for reason, (accepted, refused) in by_reason.items():
            wanted = dict.fromkeys(accepted, (True, actor, reason)) | dict.fromkeys(refused, (False, actor, reason))
            if wanted.items() <= before.items():
                continue  # nothing changes
            event = Decided(
                round=export.round, file=received.digest, accepted=tuple(accepted), refused=tuple(refused),
                reason=reason, open=left,
            )  # fmt: skip
            transaction.append(event, actor=actor, at=now)


def read_verdicts(workspace: Workspace, received: ReceivedCopy) -> dict[int, ProposalVerdict]:
    """Read the verdict on each proposal of a file, by its number.

    The last of several verdicts holds.

    Raises:
        EnvironmentFailureError, InputError: the ledger cannot be read.
    """
    if not has_ledger(workspace):
        return {}
    with open_ledger(workspace) as ledger:
        found = _collect_verdicts(ledger.entries(received.export.reference), received.digest)
    return {each.number: found[str(each)] for each in received.proposals if str(each) in found}


def is_accepted_with_others(each: Proposal) -> bool:
    """Return whether a proposal may be accepted together with all others.

    A remark may not, nor a change with a question that a person must answer.
    """
    return each.kind in CHANGES and not each.question


def list_open_proposals(received: ReceivedCopy, settled: Iterable[int]) -> list[int]:
    """List the numbers of the proposals that still need a decision."""
    done = set(settled)
    return [each.number for each in received.proposals if each.proposal.kind in WAITING and each.number not in done]


def _collect_verdicts(stamps: Iterable[Stamp], file: str) -> dict[str, ProposalVerdict]:
    found: dict[str, ProposalVerdict] = {}
    for stamp in stamps:
        if isinstance(event := stamp.event, Decided) and event.file == file:
            for accepted, each in [
                *((True, each) for each in event.accepted),
                *((False, one) for one in event.refused),
            ]:
                found[each] = ProposalVerdict(accepted, stamp.actor, stamp.at, event.reason)
    return found
