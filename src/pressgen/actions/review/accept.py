"""Put accepted proposals into the release, at their exact places, or say which of them a person has to make.

What is put in must load, compose and read as the editor's copy does; what would not is left out, with the reason.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from pressgen.actions.review.decisions import CHANGES, enter, note
from pressgen.actions.review.rounds import reviewer
from pressgen.actions.review.trial import Trial
from pressgen.actions.workspace.folder import take
from pressgen.actions.workspace.permissions import one_line
from pressgen.actions.workspace.save import FileChange, save_release
from pressgen.errors import Place, Problem, Refused
from pressgen.model.proposal import Kind

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime
    from pathlib import Path

    from pressgen.actions.review.decisions import Decision
    from pressgen.actions.review.receive import Received, Told
    from pressgen.actions.workspace.folder import Desk, Workspace
    from pressgen.model.export import Export


@dataclass(frozen=True, slots=True)
class Applied:
    """What was put into the data.

    Attributes:
        file: the file that was changed, None where nothing was.
        done: the numbers of the proposals that it says now.
        left: the numbers of those that it does not, each with the reason.
        merged: whether somebody else saved the file meanwhile, so that both changes are in it.
    """

    file: Path | None
    done: list[int]
    left: list[tuple[int, str]]
    merged: bool = False


def apply(workspace: Workspace, received: Received, decision: Decision, now: datetime) -> Applied:
    """Put the accepted proposals into the release, save it, then record who decided what, and why.

    Run again after a kill or a failure, it puts nothing in twice. What is accepted and cannot be put in goes on
    waiting; a remark is settled, since there is nothing to put in. Only a workspace with an office records.

    Raises:
        Refused: the release is not there any more, at fault before anything is put in, or cannot be saved.
        WrongUse: nobody of the office decides, or a reason is not one line.
        MachineLacks, StateForbids: it cannot be recorded; the message says whether the file was saved.
    """
    from pressgen.load.source import encode_like  # noqa: PLC0415 - as below

    actor = reviewer(workspace, decision.who)
    for reason in filter(None, [*decision.accepted.values(), *decision.refused.values()]):
        one_line(reason, "--reason")
    desks, name = _desks_of(workspace, received.export), received.export.name
    answered = {number for number, reason in decision.accepted.items() if reason} & _remarks(received)
    trial, desk = Trial(workspace, received, desks, decision.everywhere), desks[0]
    wanted = set(decision.accepted) - answered
    text = trial.largest([each for each in received.told if each.number in wanted])
    before = desk.inputs[name]
    changes = [FileChange(name, before, encode_like(text, before))] if text != desk.source.text else []
    done = [each.number for each in trial.sound]
    record = partial(_record, workspace, received, _settled(received, decision, done), actor, now) if actor else None
    merged = save_release(workspace, desk.folder, changes, record)
    return Applied(desk.folder / name if changes else None, sorted(done), sorted(trial.left.items()), bool(merged))


def find_missing(workspace: Workspace, received: Received, numbers: Collection[int]) -> list[int]:
    """Find the proposals among `numbers` that the release does not say now, though they could be put in.

    So it is where an older file was put back, or where somebody has changed the words again.

    Raises:
        Refused: the release is not there any more, or at fault.
    """
    trial = Trial(workspace, received, _desks_of(workspace, received.export))
    chosen = [each for each in received.told if each.number in numbers and each.proposal.kind in CHANGES]
    if not chosen or not trial.would_change(chosen):
        return []
    return [each.number for each in chosen if trial.would_change([each])]


def find_shared(workspace: Workspace, received: Received) -> dict[int, str]:
    """Find the proposals that change a value which other places print too, and that the copy does not change alike.

    Returns: the reason why each is not put in on its own, by number.

    Raises:
        Refused: the release is not there any more, or at fault.
    """
    trial = Trial(workspace, received, _desks_of(workspace, received.export))
    return trial.find_reasons([each for each in received.told if each.proposal.kind in CHANGES])


def _settled(received: Received, decision: Decision, done: Sequence[int]) -> Decision:
    """The decision without what was accepted and waits on, as it could not be put in."""
    settled = {*done, *(each.number for each in received.told if _by_hand(each))}
    accepted = {number: reason for number, reason in decision.accepted.items() if number in settled}
    return replace(decision, accepted=accepted)


def _record(workspace: Workspace, received: Received, decision: Decision, actor: str, now: datetime) -> None:
    note(workspace, received, actor, now)
    enter(workspace, received, decision, actor, now)


def _remarks(received: Received) -> set[int]:
    return {each.number for each in received.told if each.proposal.kind is Kind.COMMENT}


def _by_hand(told: Told) -> bool:
    """Whether a proposal is none that could be put in: a remark, another look, or what has no place in the data."""
    from pressgen.review.applying import BY_HAND  # noqa: PLC0415 - slow to import, as all that follows

    return told.proposal.kind in BY_HAND


def _desks_of(workspace: Workspace, export: Export) -> list[Desk]:
    """The release as it lies there now: in the language of a copy, and after it in its others.

    Raises:
        Refused: it is not there any more, or at fault.
    """
    folder = workspace.root / "releases" / export.slug
    if not (folder / export.name).is_file():
        message = f"{export.slug}/{export.name} is not here any more; put it back, or read the proposals only"
        raise Refused([Problem(code="M06", message=message, place=Place(workspace.shown(folder)))])
    return sorted(take(workspace, folder), key=lambda each: f"release{each.suffix}.yaml" != export.name)
