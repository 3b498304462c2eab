"""Proposals tried on a release: which of them can be put in together, and why the others cannot."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressgen.actions.review.receive import source_of
from pressgen.actions.review.shared_values import SharedValues, read_changed
from pressgen.errors import Place, Problem, Refused

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from pressgen.actions.review.receive import Received, Told
    from pressgen.actions.workspace.folder import Desk, Workspace
    from pressgen.load.source import SourceText
    from pressgen.model.change import Change, Value
    from pressgen.model.export import Export
    from pressgen.model.proposal import Proposal
    from pressgen.review.applying import Plan


class Trial:
    """Proposals of one copy, tried on its release.

    Attributes:
        desk: the release in the language of the copy, as it is now.
        sound: the proposals that can be put in together.
        left: the numbers of those that cannot, with the reason.
    """

    def __init__(
        self, workspace: Workspace, received: Received, desks: Sequence[Desk], everywhere: Collection[int] = ()
    ) -> None:
        """Begin with none.

        Args:
            workspace: where the release lies.
            received: the copy that came back.
            desks: the release in the language of the copy, and after it in its others.
            everywhere: the numbers of proposals that may change a value in every place that prints it.
        """
        self.desk = desks[0]
        self.sound: list[Told] = []
        self.left: dict[int, str] = {}
        self._workspace, self._export, self._everywhere = workspace, received.export, everywhere
        self._sent = source_of(workspace, received.export)
        self._values = SharedValues(workspace, received, desks, self._sent)

    def largest(self, wanted: Sequence[Told]) -> str:
        """The release file with as many of the proposals as it takes, the first ones first.

        All changes of one value stand or fall together, after the others: whether a value may change hangs on what
        becomes of every place that prints it.
        """
        of_values: dict[str, list[Told]] = defaultdict(list)
        for each in wanted:
            of_values[self._values.path_of(each)].append(each)
        self._take([[each] for each in of_values.pop("", [])])
        self._take(list(of_values.values()))
        text, _ = self._tried(self.sound)
        return text

    def find_reasons(self, wanted: Sequence[Told]) -> dict[int, str]:
        """Find which of the proposals change a value that other places print otherwise, each with the reason."""
        reasons = self._values.find_reasons(self._plan(wanted))
        paths = {each.number: self._values.path_of(each) for each in wanted}
        return {number: reasons[path] for number, path in paths.items() if path in reasons}

    def _take(self, units: list[list[Told]]) -> None:
        """Join the units to the sound ones; where they cannot be, by halves, down to the one at fault."""
        if not units:
            return
        wanted = [each for unit in units for each in unit]
        try:
            _, plan = self._tried([*self.sound, *wanted])
        except Refused as refusal:
            if len(units) == 1:
                reason = "; ".join(problem.message for problem in refusal.problems[:2])
                self.left |= {each.number: reason for each in wanted}
                return
            half = len(units) // 2
            self._take(units[:half])
            self._take(units[half:])
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
            self._refuse_silent_changes(wanted, plan)
            self._read_anew(text, plan)
        return text, plan

    def _edited(self, wanted: Sequence[Told]) -> tuple[str, Plan]:
        """The file with the proposals in it, and how they were put there; whether it loads is not seen.

        Raises:
            Refused: the release has moved on there.
        """
        from pressgen.actions.review.threeway import carried_over  # noqa: PLC0415 - slow to import, as all that follows
        from pressgen.load.edits import edited  # noqa: PLC0415

        plan = self._plan(wanted)
        return edited(self.desk.source, carried_over(self._sent, self.desk.source, plan.changes)), plan

    def _plan(self, wanted: Sequence[Told]) -> Plan:
        from pressgen.review.applying import planned  # noqa: PLC0415 - as above

        language = self.desk.release.language or self.desk.house.house.language
        return planned(self._export.blocks, [each.proposal for each in wanted], _Data(self._sent, language))

    def _refuse_silent_changes(self, wanted: Sequence[Told], plan: Plan) -> None:
        """See that no value changes in a place that the copy leaves alone.

        Raises:
            Refused: one does.
        """
        allowed = {self._values.path_of(each) for each in wanted if each.number in self._everywhere}
        if reasons := self._values.find_reasons(plan, allowed):
            place = Place(self.desk.source.shown)
            raise Refused([Problem(code="M08", message=each, place=place) for each in reasons.values()])

    def _read_anew(self, text: str, plan: Plan) -> None:
        from pressgen.actions.workspace.compose import composed  # noqa: PLC0415 - as above
        from pressgen.model.artifact import Variant  # noqa: PLC0415
        from pressgen.model.document import leaves  # noqa: PLC0415

        desk = read_changed(self._workspace, self.desk, text)
        (document,) = composed(desk, [Variant.REVIEW])
        now = {_folded(str(leaf)) for leaf in leaves(document.blocks)}
        if self._sent.text != self.desk.source.text:
            return  # other words than the copy's are to be expected
        for wanted in _expected(self._export, plan):
            if _folded(wanted) not in now:
                message = f"the release would not read as the copy does: “{wanted}”; make the change yourself"
                raise Refused([Problem(code="M08", message=message, place=Place(self.desk.source.shown))])


@dataclass(frozen=True, slots=True)
class _Data:
    """The data of a copy as it was made, for the plan."""

    source: SourceText
    language: str

    def text_at(self, path: str) -> str | None:
        return self.source.text_at(path)

    def value_at(self, path: str) -> Value:
        from pressgen.load.tree import plain  # noqa: PLC0415 - as above

        return plain(self.source.nodes[path])  # type: ignore[return-value]  # which is made of nothing else

    def names_at(self, path: str) -> list[str]:
        from pressgen.load.tree import Sequence  # noqa: PLC0415 - as above

        node = self.source.nodes.get(path)
        return list(node.names) if isinstance(node, Sequence) else []


def _expected(export: Export, plan: Plan) -> Iterator[str]:
    """The paragraphs that the release must say then, but for those that show something which changes with others."""
    from pressgen.review.completeness import with_origins  # noqa: PLC0415 - as above

    unsure = _unsure(export, plan.changes, plan.done)
    for text, made_of in with_origins(export.blocks, plan.done):
        if made_of and not made_of & unsure:
            yield text


def _unsure(export: Export, changes: Sequence[Change], done: Sequence[Proposal]) -> set[int]:
    """The sent texts whose words depend on others: a note's number, who spoke first, a value that changes.

    What becomes of every place that prints a value, `SharedValues` has seen before.
    """
    from pressgen.model.words import Field  # noqa: PLC0415 - as above
    from pressgen.review.data_paths import data_path  # noqa: PLC0415

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
    from pressgen.review.similarity import plain  # noqa: PLC0415 - as above

    return " ".join(plain(text).split())
