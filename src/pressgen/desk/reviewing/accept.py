"""Put accepted proposals into the release, at their exact places, or say which of them a person has to make.

What is put in must load, compose and read as the editor's copy does; what would not is left out, with the reason.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from pressgen.desk.office.acting import one_line
from pressgen.desk.reviewing.decisions import CHANGES, enter, note
from pressgen.desk.reviewing.receive import source_of
from pressgen.desk.reviewing.rounds import reviewer
from pressgen.desk.workspace.folder import take
from pressgen.desk.workspace.reading import home_of, list_files
from pressgen.desk.workspace.save import FileChange, save_release
from pressgen.errors import Place, Problem, Refused
from pressgen.model.proposal import Kind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from pressgen.desk.reviewing.decisions import Decision
    from pressgen.desk.reviewing.receive import Received, Told
    from pressgen.desk.workspace.folder import Desk, Workspace
    from pressgen.load.source import SourceText
    from pressgen.model.change import Change, Value
    from pressgen.model.export import Export
    from pressgen.model.proposal import Proposal
    from pressgen.review.applying import Plan


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
    desk, name = _desk_of(workspace, received.export), received.export.name
    answered = {number for number, reason in decision.accepted.items() if reason} & _remarks(received)
    trial = _Trial(workspace, received.export, desk, source_of(workspace, received.export))
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
    desk = _desk_of(workspace, received.export)
    trial = _Trial(workspace, received.export, desk, source_of(workspace, received.export))
    chosen = [each for each in received.told if each.number in numbers and each.proposal.kind in CHANGES]
    if not chosen or not trial.would_change(chosen):
        return []
    return [each.number for each in chosen if trial.would_change([each])]


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


@dataclass(slots=True)
class _Trial:
    """Proposals tried on the release.

    Attributes:
        sent: its file as it was when the copy went out.
        sound: the proposals that can be put in together.
        left: the numbers of those that cannot, with the reason.
    """

    workspace: Workspace
    export: Export
    desk: Desk
    sent: SourceText
    sound: list[Told] = field(default_factory=list)
    left: dict[int, str] = field(default_factory=dict)

    def largest(self, wanted: Sequence[Told]) -> str:
        """The release file with as many of the proposals as it takes, the first ones first."""
        self._take(list(wanted))
        text, _ = self._tried(self.sound)
        return text

    def _take(self, wanted: list[Told]) -> None:
        """Join `wanted` to the sound ones; where they cannot be, by halves, down to the one at fault."""
        if not wanted:
            return
        try:
            _, plan = self._tried([*self.sound, *wanted])
        except Refused as refusal:
            if len(wanted) == 1:
                self.left[wanted[0].number] = "; ".join(problem.message for problem in refusal.problems[:2])
                return
            half = len(wanted) // 2
            self._take(wanted[:half])
            self._take(wanted[half:])
            return
        left = {id(proposal): reason for proposal, reason in plan.left}
        self.sound += [each for each in wanted if id(each.proposal) not in left]
        self.left |= {each.number: left[id(each.proposal)] for each in wanted if id(each.proposal) in left}

    def would_change(self, wanted: Sequence[Told]) -> bool:
        """Whether the release would say something else with the proposals in it, or cannot take them any more."""
        try:
            text, _ = self._edited(wanted)
        except Refused:
            return True
        return text != self.desk.source.text

    def _tried(self, wanted: Sequence[Told]) -> tuple[str, Plan]:
        """The file with the proposals in it, and how they were put there.

        Raises:
            Refused: it would not load or compose, would read otherwise than the copy, or has moved on there.
        """
        text, plan = self._edited(wanted)
        if plan.changes:
            self._read_anew(text, plan)
        return text, plan

    def _edited(self, wanted: Sequence[Told]) -> tuple[str, Plan]:
        """The file with the proposals in it, and how they were put there; whether it loads is not seen.

        Raises:
            Refused: the release has moved on there.
        """
        from pressgen.desk.reviewing.threeway import carried_over  # noqa: PLC0415 - slow to import, as all that follows
        from pressgen.load.edits import edited  # noqa: PLC0415
        from pressgen.review.applying import planned  # noqa: PLC0415

        plan = planned(self.export.blocks, [each.proposal for each in wanted], _Data(self.sent))
        return edited(self.desk.source, carried_over(self.sent, self.desk.source, plan.changes)), plan

    def _read_anew(self, text: str, plan: Plan) -> None:
        from pressgen.desk.workspace.composing import composed  # noqa: PLC0415 - as above
        from pressgen.load.release import read_release  # noqa: PLC0415
        from pressgen.model.artifact import Variant  # noqa: PLC0415
        from pressgen.model.document import leaves  # noqa: PLC0415

        folder, houses = self.desk.folder, self.workspace.houses
        home, _ = home_of(self.workspace.root, folder)
        beside = list_files(home, folder, self.workspace.shown(folder))
        loaded = read_release(text.encode(), self.desk.source.shown, beside=beside, houses=houses)
        desk = replace(self.desk, release=loaded.release, source=loaded.source)
        (document,) = composed(desk, [Variant.REVIEW])
        now = {_folded(str(leaf)) for leaf in leaves(document.blocks)}
        if self.sent.text != self.desk.source.text:
            return  # other words than the copy's are to be expected
        for wanted in _expected(self.export, plan):
            if _folded(wanted) not in now:
                message = f"the release would not read as the copy does: “{wanted}”; make the change yourself"
                raise Refused([Problem(code="M08", message=message, place=Place(self.desk.source.shown))])


@dataclass(frozen=True, slots=True)
class _Data:
    """The data of a copy as it was made, for the plan."""

    source: SourceText

    def text_at(self, path: str) -> str | None:
        return self.source.text_at(path)

    def value_at(self, path: str) -> Value:
        from pressgen.load.tree import plain  # noqa: PLC0415 - as above

        return plain(self.source.nodes[path])  # type: ignore[return-value]  # which is made of nothing else

    def names_at(self, path: str) -> list[str]:
        from pressgen.load.tree import Sequence  # noqa: PLC0415 - as above

        node = self.source.nodes.get(path)
        return list(node.names) if isinstance(node, Sequence) else []


def _desk_of(workspace: Workspace, export: Export) -> Desk:
    """The release as it lies there now.

    Raises:
        Refused: it is not there any more, or at fault.
    """
    folder = workspace.root / "releases" / export.slug
    if not (folder / export.name).is_file():
        message = f"{export.slug}/{export.name} is not here any more; put it back, or read the proposals only"
        raise Refused([Problem(code="M06", message=message, place=Place(workspace.shown(folder)))])
    return next(each for each in take(workspace, folder) if f"release{each.suffix}.yaml" == export.name)


def _expected(export: Export, plan: Plan) -> Iterator[str]:
    """The paragraphs that the release must say then, but for those that show something which changes with others."""
    from pressgen.review.closing import with_origins  # noqa: PLC0415 - as above

    unsure = _unsure(export, plan.changes, plan.done)
    for text, made_of in with_origins(export.blocks, plan.done):
        if made_of and not made_of & unsure:
            yield text


def _unsure(export: Export, changes: Sequence[Change], done: Sequence[Proposal]) -> set[int]:
    """The sent texts whose words depend on others: a value shown in several, a note's number, who spoke first."""
    from pressgen.model.words import Field  # noqa: PLC0415 - as above
    from pressgen.review.placing import data_path  # noqa: PLC0415

    paths = {change.path for change in changes}
    shaped = {export.blocks[each.block].kind for each in done if each.kind.value in {"delete", "move", "join"}}
    renumbered = "notes" in paths or "note" in shaped
    found = set()
    for number, block in enumerate(export.blocks):
        shown = [piece for piece in block.words if isinstance(piece.origin, Field)]
        told = any(data_path(piece.origin.name) in paths for piece in shown if isinstance(piece.origin, Field))
        cites = renumbered and any(piece.note for piece in shown)
        spoken = block.kind == "quotation" and "quotation" in shaped
        if not block.id or told or cites or spoken:
            found.add(number)
    return found


def _folded(text: str) -> str:
    from pressgen.review.likeness import plain  # noqa: PLC0415 - as above

    return " ".join(plain(text).split())
