"""Values that a release prints in several places, and a copy that changes only some of them.

A new value in the data changes every place that prints it. So each new value is tried alone: the release is composed
with and without it, and every text that differs must differ as the copy says.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from pressgen.actions.workspace.reading import home_of, list_files
from pressgen.errors import Refused
from pressgen.model.artifact import Variant
from pressgen.model.change import Put

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from pressgen.actions.review.receive import Received, Told
    from pressgen.actions.workspace.folder import Desk, Workspace
    from pressgen.load.source import SourceText
    from pressgen.model.document import Document
    from pressgen.review.applying import Plan
    from pressgen.review.other_places import OtherPlace, Why


class SharedValues:
    """The values that one release prints, and what becomes of all places that print them."""

    def __init__(self, workspace: Workspace, received: Received, desks: Sequence[Desk], sent: SourceText) -> None:
        """Compose the release as it is now.

        Args:
            workspace: where it lies.
            received: the copy that came back.
            desks: the release in the language of the copy, and after it in its others.
            sent: its file as it was when the copy went out.
        """
        from pressgen.actions.review.threeway import follow_paths  # noqa: PLC0415 - slow to import, as all that follows
        from pressgen.actions.workspace.compose import composed  # noqa: PLC0415
        from pressgen.model.document import leaves  # noqa: PLC0415
        from pressgen.review.other_places import find_printed_paths  # noqa: PLC0415

        self._workspace, self._received, self._sent = workspace, received, sent
        self._desk, *self._others = desks
        self._path_now = follow_paths(sent, self._desk.source)
        self._after: dict[Put, tuple[Desk, Document]] = {}
        self._paths = find_printed_paths(each for each in received.export.blocks if each.id)
        self._before: Document | Refused
        try:
            (self._before,) = composed(self._desk, [Variant.REVIEW])
        except Refused as refusal:
            self._before = refusal  # no value changes then, but a change of words may mend it
        else:
            self._paths |= find_printed_paths(leaves(self._before.blocks))

    def path_of(self, told: Told) -> str:
        """The path of the printed value that a proposal changes; empty where it changes none, or more than one."""
        from pressgen.review.completeness import WITHIN  # noqa: PLC0415 - as above

        return told.path if told.proposal.kind in WITHIN and told.path in self._paths else ""

    def find_reasons(self, plan: Plan, everywhere: Collection[str] = ()) -> dict[str, str]:
        """Find the new values that may not go in on their own: the reason by the path of the value.

        Args:
            plan: what is to be changed.
            everywhere: the paths of values that may change in every place that the copy leaves as it was.
        """
        shared = [each for each in plan.changes if isinstance(each, Put) and each.path in self._paths]
        reasons = {
            each: self._reason(each, plan, each.path in everywhere) for each in shared if str(each.value) == each.value
        }
        return {each.path: reason for each, reason in reasons.items() if reason}

    def _reason(self, change: Put, plan: Plan, allowed: bool) -> str:  # noqa: FBT001 - one question
        from pressgen.review.other_places import Copy, Why, find_other_places  # noqa: PLC0415 - as above

        try:
            before, (desk, after) = self._composed(), self._with(change)
        except Refused as refusal:
            return "; ".join(problem.message for problem in refusal.problems[:2])
        proposals = [each.proposal for each in self._received.told]
        copy = Copy(self._received.export.blocks, proposals, plan.done, self._path_now)
        by_why: dict[Why, list[OtherPlace]] = defaultdict(list)
        for each in find_other_places(copy, before, after):
            if not allowed or each.why is Why.OTHERWISE:
                by_why[each.why].append(each)
        told = [
            f"{self._words(why, places)} {', '.join(dict.fromkeys(map(self._named, places)))}"
            for why, places in by_why.items()
        ]
        languages = list(self._disagreeing(desk))
        told += [f"another language of the release would have to change too: {', '.join(languages)}"] * bool(languages)
        by_hand = bool(languages) or Why.OTHERWISE in by_why
        return self._whole_reason(change, "; ".join(told), by_hand) if told else ""

    def _composed(self) -> Document:
        if isinstance(self._before, Refused):
            raise self._before
        return self._before

    def _with(self, change: Put) -> tuple[Desk, Document]:
        """The release with one value changed."""
        from pressgen.actions.review.threeway import carried_over  # noqa: PLC0415 - as above
        from pressgen.actions.workspace.compose import composed  # noqa: PLC0415
        from pressgen.load.edits import edited  # noqa: PLC0415

        if change not in self._after:
            text = edited(self._desk.source, carried_over(self._sent, self._desk.source, [change]))
            desk = read_changed(self._workspace, self._desk, text)
            (document,) = composed(desk, [Variant.REVIEW])
            self._after[change] = desk, document
        return self._after[change]

    def _disagreeing(self, desk: Desk) -> Iterator[str]:
        """The places in the other languages of the release that would not agree with it any more."""
        from pressgen.load.agreement import disagreements  # noqa: PLC0415 - as above
        from pressgen.load.release import LoadedRelease  # noqa: PLC0415

        loaded = LoadedRelease(desk.release, desk.source)
        for other in self._others:
            pair = loaded, LoadedRelease(other.release, other.source)
            original, translation = pair if other.suffix else pair[::-1]
            if desk.suffix and other.suffix:
                continue  # each translation is held against the original
            language = (other.suffix or desk.suffix).removeprefix(".")
            for problem in disagreements(original, translation, language):
                yield f"{problem.path} ({other.source.place(problem.path)})"

    def _words(self, why: Why, places: Sequence[OtherPlace]) -> str:
        from pressgen.review.other_places import Why  # noqa: PLC0415 - as above

        match why:
            case Why.UNCHANGED:
                return "the copy leaves it as it was in"
            case Why.OTHERWISE:
                return "the copy has something else in"
            case Why.UNDECIDED:
                waiting = {id(proposal) for each in places for proposal in each.proposals}
                numbers = [str(each.number) for each in self._received.told if id(each.proposal) in waiting]
                return f"{', '.join(numbers)}, which must be accepted along with it, changes it in"
            case Why.HIDDEN:
                return "the copy does not show, so that its editor may not know of,"
            case Why.MOVED_ON:
                return "since the copy was sent, the text has changed in"

    def _named(self, each: OtherPlace) -> str:
        return f"{each.path} ({self._desk.locate(each.path, each.offset)})"

    def _whole_reason(self, change: Put, reason: str, by_hand: bool) -> str:  # noqa: FBT001 - one question
        here = self._desk.source.place(self._path_now(change.path) or change.path)
        hand = f"change {change.path} by hand ({here})"
        way = hand if by_hand else f"run again with --everywhere and this number, or {hand}"
        return (
            f"other places print {change.path} as well, and would change with it: {reason}. If all are to"
            f" change, {way}; if only this one is, write its new words there instead of the expression"
        )


def read_changed(workspace: Workspace, desk: Desk, text: str) -> Desk:
    """Read a release with another text in its file.

    Raises:
        Refused: it does not load.
    """
    from pressgen.load.release import read_release  # noqa: PLC0415 - as above

    home, _ = home_of(workspace.root, desk.folder)
    beside = list_files(home, desk.folder, workspace.shown(desk.folder))
    loaded = read_release(text.encode(), desk.source.shown, beside=beside, houses=workspace.houses)
    return replace(desk, release=loaded.release, source=loaded.source)
