"""That a copy came back, and what was decided on its proposals: in the ledger, each once, and out of it again."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressgen.actions.workspace.office import has_ledger, open_ledger
from pressgen.actions.workspace.permissions import one_line
from pressgen.model.proposal import Kind
from pressgen.model.round import Decided, Returned

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from pressgen.actions.review.receive import Received
    from pressgen.actions.workspace.folder import Workspace
    from pressgen.model.event import Stamp

CHANGES = frozenset({Kind.EDIT, Kind.SPLIT, Kind.JOIN, Kind.MOVE, Kind.DELETE, Kind.ADD})
"""The changes of words and their order."""
WAITING = CHANGES | {Kind.COMMENT, Kind.UNMAPPED}
"""What somebody must decide on; another look or other quotation marks only, nobody must."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What somebody decided on a proposal, and why, if he said so."""

    accepted: bool
    actor: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decides about the proposals of a file; those in neither list wait on.

    Attributes:
        accepted: the numbers of the proposals that are to be put in, or seen to, each with the reason or nothing.
        refused: the numbers of those that are not, as well.
        who: the id of the person, None where nobody said.
        everywhere: the numbers of those accepted proposals that may change a value in every place that prints it.
    """

    accepted: Mapping[int, str]
    refused: Mapping[int, str]
    who: str | None = None
    everywhere: frozenset[int] = frozenset()


def note(workspace: Workspace, received: Received, actor: str, now: datetime) -> None:
    """Enter in the ledger that a copy came back, once for each file.

    Raises:
        MachineLacks, StateForbids: it cannot be entered.
    """
    export = received.export
    by = dict.fromkeys(name for each in received.told for name in each.proposal.author.split("; ") if name)
    event = Returned(
        round=export.round, file=received.digest, by=tuple(by), proposals=len(waiting(received, frozenset()))
    )
    with open_ledger(workspace) as ledger, ledger.exclusive(export.reference, export.slug) as turn:
        if not any(back.file == received.digest for each in turn.standing.reviews for back in each.back):
            turn.append(event, actor=actor, at=now)


def enter(workspace: Workspace, received: Received, decision: Decision, actor: str, now: datetime) -> None:
    """Enter in the ledger who accepted and refused what: an entry for each reason.

    Raises:
        WrongUse: a reason is not one line.
        MachineLacks, StateForbids: it cannot be entered.
    """
    words = {each.number: str(each) for each in received.told}
    by_reason: dict[str, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for numbers, at in ((decision.accepted, 0), (decision.refused, 1)):
        for number, reason in sorted(numbers.items()):
            by_reason[one_line(reason, "--reason") if reason else ""][at].append(words[number])
    settled = {*verdicts(workspace, received), *decision.accepted, *decision.refused}
    left, export = len(waiting(received, settled)), received.export
    with open_ledger(workspace) as ledger, ledger.exclusive(export.reference, export.slug) as turn:
        verdicts_before = _said(ledger.entries(export.reference), received.digest)
        before = {text: (each.accepted, each.actor, each.reason) for text, each in verdicts_before.items()}
        for reason, (accepted, refused) in by_reason.items():
            wanted = dict.fromkeys(accepted, (True, actor, reason)) | dict.fromkeys(refused, (False, actor, reason))
            if wanted.items() <= before.items():
                continue  # nothing changes
            event = Decided(
                round=export.round, file=received.digest, accepted=tuple(accepted), refused=tuple(refused),
                reason=reason, open=left,
            )  # fmt: skip
            turn.append(event, actor=actor, at=now)


def verdicts(workspace: Workspace, received: Received) -> dict[int, Verdict]:
    """What was decided on each proposal of a file, by its number; of several decisions the last holds.

    Raises:
        MachineLacks, Refused: the ledger cannot be read.
    """
    if not has_ledger(workspace):
        return {}
    with open_ledger(workspace) as ledger:
        found = _said(ledger.entries(received.export.reference), received.digest)
    return {each.number: found[str(each)] for each in received.told if str(each) in found}


def waiting(received: Received, settled: Iterable[int]) -> list[int]:
    """The numbers of the proposals that want a decision and are not among the `settled`."""
    done = set(settled)
    return [each.number for each in received.told if each.proposal.kind in WAITING and each.number not in done]


def _said(stamps: Iterable[Stamp], file: str) -> dict[str, Verdict]:
    found: dict[str, Verdict] = {}
    for stamp in stamps:
        if isinstance(event := stamp.event, Decided) and event.file == file:
            for accepted, each in [
                *((True, each) for each in event.accepted),
                *((False, one) for one in event.refused),
            ]:
                found[each] = Verdict(accepted, stamp.actor, stamp.at, event.reason)
    return found
