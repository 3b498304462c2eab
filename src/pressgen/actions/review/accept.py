"""Apply accepted proposals to the release, at their exact places.

Where that is not possible, say what a person has to do.

The changed release must load, compose and read like the editor's copy; proposals that prevent this are left out, with
the reason.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from pressgen.actions.review.decisions import CHANGES, record_decision, record_return
from pressgen.actions.review.rounds import identify_reviewer
from pressgen.actions.review.trial import TrialApply
from pressgen.actions.workspace.folder import load_release
from pressgen.actions.workspace.permissions import require_one_line
from pressgen.actions.workspace.save import FileChange, save_release
from pressgen.errors import InputError, Place, Problem
from pressgen.model.proposal import ProposalKind

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime
    from pathlib import Path

    from pressgen.actions.review.decisions import ReviewDecision
    from pressgen.actions.review.receive import NumberedProposal, ReceivedCopy
    from pressgen.actions.workspace.folder import LoadedRelease, Workspace
    from pressgen.model.export import Export


@dataclass(frozen=True, slots=True)
class AppliedProposals:
    """The result of putting accepted proposals into a release.

    Attributes:
        file: the changed file; None if nothing was changed.
        done: the numbers of the proposals that are in the release now.
        left: the numbers of those that are not, each with the reason.
        merged: whether somebody else saved the file meanwhile, so that both changes are in it.
    """

    file: Path | None
    done: list[int]
    left: list[tuple[int, str]]
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
    from pressgen.load.source import encode_like  # noqa: PLC0415 - as below

    actor = identify_reviewer(workspace, decision.who)
    for reason in filter(None, [*decision.accepted.values(), *decision.refused.values()]):
        require_one_line(reason, "--reason")
    desks, name = _load_languages(workspace, received.export), received.export.name
    answered = {number for number, reason in decision.accepted.items() if reason} & _list_remarks(received)
    trial, desk = TrialApply(workspace, received, desks, decision.everywhere), desks[0]
    wanted = set(decision.accepted) - answered
    text = trial.largest([each for each in received.told if each.number in wanted])
    before = desk.inputs[name]
    changes = [FileChange(name, before, encode_like(text, before))] if text != desk.source.text else []
    done = [each.number for each in trial.sound]
    record = (
        partial(_record_decision, workspace, received, _drop_unapplied(received, decision, done), actor, now)
        if actor
        else None
    )
    merged = save_release(workspace, desk.folder, changes, record)
    return AppliedProposals(
        desk.folder / name if changes else None, sorted(done), sorted(trial.left.items()), bool(merged)
    )


def find_missing(workspace: Workspace, received: ReceivedCopy, numbers: Collection[int]) -> list[int]:
    """Find applicable proposals that the release does not contain now.

    That happens when somebody restores an older file, or changes the words again.

    Raises:
        InputError: the release is missing, or at fault.
    """
    trial = TrialApply(workspace, received, _load_languages(workspace, received.export))
    chosen = [each for each in received.told if each.number in numbers and each.proposal.kind in CHANGES]
    if not chosen or not trial.would_change(chosen):
        return []
    return [each.number for each in chosen if trial.would_change([each])]


def find_shared_changes(workspace: Workspace, received: ReceivedCopy) -> dict[int, str]:
    """Find proposals that change a value printed in several places.

    Only those are listed where the copy does not change every place alike.

    Returns:
        the reason why each is not applied on its own, by number.

    Raises:
        InputError: the release is missing, or at fault.
    """
    trial = TrialApply(workspace, received, _load_languages(workspace, received.export))
    return trial.find_reasons([each for each in received.told if each.proposal.kind in CHANGES])


def _drop_unapplied(received: ReceivedCopy, decision: ReviewDecision, done: Sequence[int]) -> ReviewDecision:
    """Remove accepted proposals that could not be applied from the decision."""
    settled = {*done, *(each.number for each in received.told if _needs_manual_work(each))}
    accepted = {number: reason for number, reason in decision.accepted.items() if number in settled}
    return replace(decision, accepted=accepted)


def _record_decision(
    workspace: Workspace, received: ReceivedCopy, decision: ReviewDecision, actor: str, now: datetime
) -> None:
    """Record in the ledger that the copy came back, and the decision."""
    record_return(workspace, received, actor, now)
    record_decision(workspace, received, decision, actor, now)


def _list_remarks(received: ReceivedCopy) -> set[int]:
    """List the numbers of the proposals that are remarks."""
    return {each.number for each in received.told if each.proposal.kind is ProposalKind.COMMENT}


def _needs_manual_work(told: NumberedProposal) -> bool:
    """Return whether pressgen cannot apply a proposal by itself.

    That is a remark, a change of appearance, or a change with no place in the data.
    """
    from pressgen.review.applying import BY_HAND  # noqa: PLC0415 - slow to import, as all that follows

    return told.proposal.kind in BY_HAND


def _load_languages(workspace: Workspace, export: Export) -> list[LoadedRelease]:
    """Load the present release, the copy's language first.

    Raises:
        InputError: it is missing, or at fault.
    """
    folder = workspace.root / "releases" / export.slug
    if not (folder / export.name).is_file():
        message = f"{export.slug}/{export.name} is not here any more; put it back, or read the proposals only"
        raise InputError([Problem(code="M06", message=message, place=Place(workspace.shown(folder)))])
    return sorted(load_release(workspace, folder), key=lambda each: f"release{each.suffix}.yaml" != export.name)
