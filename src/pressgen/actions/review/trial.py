"""Proposals tried on a release.

The trial finds which of them can be applied together, and why the others cannot.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressgen.actions.review.changed_release import load_with_changes
from pressgen.actions.review.proposal_readers import parse_sent_source
from pressgen.actions.review.shared_values import SharedValues
from pressgen.actions.workspace.folder import load_release
from pressgen.errors import InputError, Place, Problem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from pressgen.actions.review.receive import NumberedProposal, ReceivedCopy
    from pressgen.actions.workspace.folder import LoadedRelease, Workspace
    from pressgen.load.source import SourceText
    from pressgen.model.change import Change, Value
    from pressgen.model.export import Export
    from pressgen.model.proposal import Proposal
    from pressgen.review.change_plan import ChangePlan


class TrialApply:
    """A trial that finds which proposals can be applied together.

    Attributes:
        release: the present release in the language of the copy.
        applied: the proposals that can be applied together.
        left: the numbers of the others, with the reason.
    """

    def __init__(self, workspace: Workspace, received: ReceivedCopy, everywhere: Collection[int] = ()) -> None:
        """Load the release, and start without any proposals.

        Args:
            workspace: the release's.
            received: the copy that came back.
            everywhere: the numbers of proposals that may change a value in every place that prints it.

        Raises:
            InputError: the release is missing, or at fault.
        """
        languages = _load_languages(workspace, received.export)
        self.release = languages[0]
        self.applied: list[NumberedProposal] = []
        self.left: dict[int, str] = {}
        self._workspace, self._export, self._everywhere = workspace, received.export, everywhere
        self._sent = parse_sent_source(workspace, received.export)
        self._values = SharedValues(workspace, received, languages, self._sent)
        self._results: dict[tuple[int, ...], tuple[str, ChangePlan] | InputError] = {}

    def apply_most(self, wanted: Sequence[NumberedProposal]) -> str:
        """Return the release file with as many proposals as possible.

        The first ones are tried first. All changes of one value are applied together or not at all, after the others:
        whether a value may change depends on every place that prints it.
        """
        of_values: dict[str, list[NumberedProposal]] = defaultdict(list)
        for each in wanted:
            of_values[self._values.path_of(each)].append(each)
        self._apply_units([[each] for each in of_values.pop("", [])])
        self._apply_units(list(of_values.values()))
        text, _ = self._try(self.applied)
        return text

    def find_reasons(self, wanted: Sequence[NumberedProposal]) -> dict[int, str]:
        """Find proposals that would also change other places.

        They change a value that other places print, and each has a reason.
        """
        reasons = self._values.find_reasons(self._plan(wanted))
        paths = {each.number: self._values.path_of(each) for each in wanted}
        return {number: reasons[path] for number, path in paths.items() if path in reasons}

    def find_effective(self, wanted: Sequence[NumberedProposal]) -> list[int]:
        """Return the numbers of proposals that would change the release.

        One has an effect alone or only with the others, as the cells of a row that is removed. One that cannot be
        applied any more is among them.
        """
        whole = self._find_text(wanted)
        if whole == self.release.source.text:
            return []
        return [
            each.number
            for each in wanted
            if self._find_text([each]) != self.release.source.text
            or (whole is not None and self._find_text([other for other in wanted if other is not each]) != whole)
        ]

    def _find_text(self, wanted: Sequence[NumberedProposal]) -> str | None:
        """Return the file with the proposals; None if they cannot be applied."""
        try:
            text, _ = self._edit(wanted)
        except InputError:
            return None
        return text

    def _apply_units(self, units: list[list[NumberedProposal]]) -> None:
        """Apply units with what is applied; on failure, try halves.

        So the units at fault are found.
        """
        if not units:
            return
        wanted = [each for unit in units for each in unit]
        try:
            _, plan = self._try([*self.applied, *wanted])
        except InputError as refusal:
            if len(units) == 1:
                reason = "; ".join(problem.message for problem in refusal.problems[:2])
                self.left |= {each.number: reason for each in wanted}
                return
            half = len(units) // 2
            self._apply_units(units[:half])
            self._apply_units(units[half:])
            return
        left = {id(proposal): reason for proposal, reason in plan.left}
        self.applied += [each for each in wanted if id(each.proposal) not in left]
        self.left |= {each.number: left[id(each.proposal)] for each in wanted if id(each.proposal) in left}

    def _try(self, wanted: Sequence[NumberedProposal]) -> tuple[str, ChangePlan]:
        """Return the file with the proposals applied, and the plan.

        A trial loads and composes the release, so each set of proposals is tried once.

        Raises:
            InputError: it would not load or compose, would read differently from the copy, or has changed there.
        """
        key = tuple(each.number for each in wanted)
        if key not in self._results:
            try:
                self._results[key] = self._edit_and_check(wanted)
            except InputError as refusal:
                self._results[key] = refusal
        if isinstance(result := self._results[key], InputError):
            raise result
        return result

    def _edit_and_check(self, wanted: Sequence[NumberedProposal]) -> tuple[str, ChangePlan]:
        text, plan = self._edit(wanted)
        if plan.changes:
            self._refuse_silent_changes(wanted, plan)
            self._check_result(text, plan)
        return text, plan

    def _edit(self, wanted: Sequence[NumberedProposal]) -> tuple[str, ChangePlan]:
        """Return the file with the proposals applied, and the plan.

        It does not check whether the file loads.

        Raises:
            InputError: the release has changed there.
        """
        from pressgen.actions.review.rebase_changes import rebase_changes
        from pressgen.load.edits import apply_changes

        plan = self._plan(wanted)
        return apply_changes(self.release.source, rebase_changes(self._sent, self.release.source, plan.changes)), plan

    def _plan(self, wanted: Sequence[NumberedProposal]) -> ChangePlan:
        from pressgen.review.change_plan import plan_changes

        language = self.release.release.language or self.release.house.house.language
        return plan_changes(self._export.blocks, [each.proposal for each in wanted], SentData(self._sent, language))

    def _refuse_silent_changes(self, wanted: Sequence[NumberedProposal], plan: ChangePlan) -> None:
        """Raise an error if a value changes where the copy is unchanged.

        Raises:
            InputError: one does.
        """
        allowed = {self._values.path_of(each) for each in wanted if each.number in self._everywhere}
        if reasons := self._values.find_reasons(plan, allowed):
            place = Place(self.release.source.shown)
            raise InputError([Problem(code="M08", message=each, place=place) for each in reasons.values()])

    def _check_result(self, text: str, plan: ChangePlan) -> None:
        from pressgen.actions.workspace.compose import compose_release
        from pressgen.model.artifact import Variant
        from pressgen.model.document import iter_leaves

        changed = load_with_changes(self._workspace, self.release, text)
        (document,) = compose_release(changed, [Variant.REVIEW])
        now = {_normalise(str(leaf)) for leaf in iter_leaves(document.blocks)}
        if self._sent.text != self.release.source.text:
            return  # other words than the copy's are to be expected
        for wanted in _list_expected_paragraphs(self._export, plan):
            if _normalise(wanted) not in now:
                message = f"the release would not read as the copy does: “{wanted}”; change it by hand"
                raise InputError([Problem(code="M08", message=message, place=Place(self.release.source.shown))])


def _load_languages(workspace: Workspace, export: Export) -> list[LoadedRelease]:
    """Load the present release, the copy's language first.

    Raises:
        InputError: it is missing, or at fault.
    """
    folder = workspace.root / "releases" / export.slug
    if not (folder / export.name).is_file():
        message = f"{export.slug}/{export.name} is missing; put it back, or read the proposals without --apply"
        raise InputError([Problem(code="M06", message=message, place=Place(workspace.shown(folder)))])
    return sorted(load_release(workspace, folder), key=lambda each: f"release{each.suffix}.yaml" != export.name)


@dataclass(frozen=True, slots=True)
class SentData:
    """The data that a copy was made from."""

    source: SourceText
    language: str

    def text_at(self, path: str) -> str | None:
        """Return the text at a path, None where there is none."""
        return self.source.text_at(path)

    def value_at(self, path: str) -> Value:
        """Return the value at a path, of whatever kind."""
        from pressgen.load.tree import to_plain_data

        return to_plain_data(self.source.nodes[path])  # type: ignore[return-value]  # which is made of nothing else

    def names_at(self, path: str) -> list[str]:
        """Return the names of the entries of a list, in order."""
        from pressgen.load.tree import Sequence

        node = self.source.nodes.get(path)
        return list(node.names) if isinstance(node, Sequence) else []


def _list_expected_paragraphs(export: Export, plan: ChangePlan) -> Iterator[str]:
    """List the paragraphs that the changed release must contain.

    Paragraphs with words that depend on other changes are left out.
    """
    from pressgen.review.completeness import apply_proposals_with_origins

    unsure = _find_dependent_blocks(export, plan.changes, plan.done)
    for text, made_of in apply_proposals_with_origins(export.blocks, plan.done):
        if made_of and not made_of & unsure:
            yield text


def _find_dependent_blocks(export: Export, changes: Sequence[Change], done: Sequence[Proposal]) -> set[int]:
    """Find the sent texts with words that depend on other changes.

    Examples are a value shown in several places, the number of a note, or who spoke first. `SharedValues` has checked
    every place that prints a value before.
    """
    from pressgen.model.words import Field
    from pressgen.review.data_paths import find_value_path

    paths = {change.path for change in changes}
    shaped = {export.blocks[each.block].kind for each in done if each.kind.value in {"delete", "move", "join"}}
    cited = {each.block for each in done if each.kind.value == "add"}
    renumbered = bool(cited - {-1}) or "notes" in paths or "note" in shaped
    found = set()
    for number, block in enumerate(export.blocks):
        shown = [piece for piece in block.words if isinstance(piece.origin, Field)]
        prints_value = any(
            find_value_path(piece.origin.name) in paths for piece in shown if isinstance(piece.origin, Field)
        )
        cites = renumbered and any(piece.note for piece in shown)
        spoken = block.kind == "quotation" and "quotation" in shaped
        if not block.id or number in cited or prints_value or cites or spoken:
            found.add(number)
    return found


def _normalise(text: str) -> str:
    from pressgen.review.similarity import normalise_marks

    return normalise_marks(text)
