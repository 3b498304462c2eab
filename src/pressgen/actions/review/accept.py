"""Apply accepted proposals to the release, at their exact places.

Where that is not possible, say what a person has to do.

The changed release must load, compose and read like the editor's copy; proposals that prevent this are left out, with
the reason.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from pressgen.actions.review.decisions import CHANGES, authorise_decision, record_decision
from pressgen.actions.review.trial import TrialApply
from pressgen.actions.workspace.save import FileChange, save_release
from pressgen.model.proposal import ProposalKind

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from pathlib import Path

    from pressgen.actions.review.decisions import ReviewDecision
    from pressgen.actions.review.receive import NumberedProposal, ReceivedCopy
    from pressgen.actions.workspace.folder import Workspace


@dataclass(frozen=True, slots=True)
class AppliedProposals:
    """The result of putting accepted proposals into a release.

    Attributes:
        file: the changed file; None if nothing was changed.
        done: the numbers of the proposals that are in the release now.
        had: the numbers of those that were in it before.
        left: the numbers of those that are not, each with the reason.
        merged: whether somebody else saved the file meanwhile, so that both changes are in it.
    """

    file: Path | None
    done: list[int]
    left: list[tuple[int, str]]
    had: list[int] = field(default_factory=list)
    merged: bool = False


def apply_decision(
    workspace: Workspace, received: ReceivedCopy, decision: ReviewDecision, now: datetime
) -> AppliedProposals:
    """Apply accepted proposals to the release, then record the decisions.

    A second run after a kill or a failure applies nothing twice. An accepted proposal that cannot be applied stays
    open. An accepted remark is settled, since it changes no text. Decisions are recorded only in a workspace with an
    office.

    Raises:
        InputError: the release is missing, at fault before anything is applied, or cannot be saved.
        UsageError: the person who decides is not in the office, or a reason is not one line.
        EnvironmentFailureError, StateError: it cannot be recorded; the message says whether the file was saved.
    """
    from pressgen.load.source import encode_like
    from pressgen.review.by_hand import explain_by_hand

    actor = authorise_decision(workspace, decision)
    trial = TrialApply(workspace, received, decision.everywhere)
    text = trial.apply_most([each for each in received.proposals if _is_to_apply(each, decision)])
    folder, name = trial.release.folder, received.export.name
    before = trial.release.inputs[name]
    changes = [FileChange(name, before, encode_like(text, before))] if text != trial.release.source.text else []
    done = sorted(each.number for each in trial.applied)
    settled = {*done, *(each.number for each in received.proposals if explain_by_hand(each.proposal.kind))}
    kept = {number: reason for number, reason in decision.accepted.items() if number in settled}
    recorded = replace(decision, accepted=kept)
    record = partial(record_decision, workspace, received, recorded, actor, now) if actor else None
    merged = save_release(workspace, folder, changes, record)
    had = sorted(set(done).difference(trial.find_effective(trial.applied)))
    return AppliedProposals(folder / name if changes else None, done, sorted(trial.left.items()), had, bool(merged))


def _is_to_apply(numbered: NumberedProposal, decision: ReviewDecision) -> bool:
    """Return whether an accepted proposal is to be applied.

    A remark that is answered needs nothing else.
    """
    answered = numbered.proposal.kind is ProposalKind.COMMENT and decision.accepted.get(numbered.number)
    return numbered.number in decision.accepted and not answered


def find_missing(workspace: Workspace, received: ReceivedCopy, numbers: Collection[int]) -> list[int]:
    """Find applicable proposals that the release does not contain now.

    That happens when somebody restores an older file, or changes the words again.

    Raises:
        InputError: the release is missing, or at fault.
    """
    trial = TrialApply(workspace, received)
    chosen = [each for each in received.proposals if each.number in numbers and each.proposal.kind in CHANGES]
    return trial.find_effective(chosen)


def find_shared_changes(workspace: Workspace, received: ReceivedCopy) -> dict[int, str]:
    """Find proposals that change a value printed in several places.

    Only those are listed where the copy does not change every place alike.

    Returns:
        the reason why each is not applied on its own, by number.

    Raises:
        InputError: the release is missing, or at fault.
    """
    trial = TrialApply(workspace, received)
    return trial.find_reasons([each for each in received.proposals if each.proposal.kind in CHANGES])
