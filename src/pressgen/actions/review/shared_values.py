"""Values that a release prints in several places.

A copy may change only some of those places.

A new value in the data changes every place that prints it. So each new value is tried alone: the release is composed
with and without it, and every text that differs must differ as in the copy.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from pressgen.actions.review.changed_release import load_with_changes
from pressgen.errors import InputError
from pressgen.model.artifact import Variant
from pressgen.model.change import ReplaceValue

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from pressgen.actions.review.receive import NumberedProposal, ReceivedCopy
    from pressgen.actions.workspace.folder import LoadedRelease, Workspace
    from pressgen.load.source import SourceText
    from pressgen.model.document import Document
    from pressgen.review.change_plan import ChangePlan
    from pressgen.review.other_places import OtherPlace, OtherPlaceReason


class SharedValues:
    """The values that a release prints in several places.

    It works out what a change of one value does to all places that print it.
    """

    def __init__(
        self, workspace: Workspace, received: ReceivedCopy, languages: Sequence[LoadedRelease], sent: SourceText
    ) -> None:
        """Compose the release in its present form.

        Args:
            workspace: the release's.
            received: the copy that came back.
            languages: the release in the language of the copy, and after it in its others.
            sent: the source file at the time when the copy went out.
        """
        from pressgen.actions.review.rebase_changes import make_path_mapper
        from pressgen.actions.workspace.compose import compose_release
        from pressgen.model.document import iter_leaves
        from pressgen.review.other_places import find_printed_paths

        self._workspace, self._received, self._sent = workspace, received, sent
        self._loaded, *self._others = languages
        self._path_now = make_path_mapper(sent, self._loaded.source)
        self._after: dict[ReplaceValue, tuple[LoadedRelease, Document]] = {}
        self._paths = find_printed_paths(each for each in received.export.blocks if each.id)
        self._before: Document | InputError
        try:
            (self._before,) = compose_release(self._loaded, [Variant.REVIEW])
        except InputError as refusal:
            self._before = refusal  # no value changes then, but a change of words may mend it
        else:
            self._paths |= find_printed_paths(iter_leaves(self._before.blocks))

    def path_of(self, numbered: NumberedProposal) -> str:
        """Return the path of the printed value that a proposal changes.

        It is empty if the proposal changes none, or more than one.
        """
        from pressgen.review.completeness import WITHIN

        return numbered.path if numbered.proposal.kind in WITHIN and numbered.path in self._paths else ""

    def find_reasons(self, plan: ChangePlan, everywhere: Collection[str] = ()) -> dict[str, str]:
        """Find the new values that may not be applied on their own.

        The reason is listed by the path of the value.

        Args:
            plan: the changes.
            everywhere: the paths of values that may change in every place that the copy leaves unchanged.
        """
        shared = [each for each in plan.changes if isinstance(each, ReplaceValue) and each.path in self._paths]
        reasons = {
            each: self._reason(each, plan, each.path in everywhere) for each in shared if str(each.value) == each.value
        }
        return {each.path: reason for each, reason in reasons.items() if reason}

    def _reason(self, change: ReplaceValue, plan: ChangePlan, allowed: bool) -> str:  # noqa: FBT001 - one question
        from pressgen.review.other_places import OtherPlaceReason, ReviewedCopy, find_other_places

        try:
            before, (loaded, after) = self._composed(), self._with(change)
        except InputError as refusal:
            return "; ".join(problem.message for problem in refusal.problems[:2])
        proposals = [each.proposal for each in self._received.proposals]
        copy = ReviewedCopy(self._received.export.blocks, proposals, plan.done, self._path_now)
        by_why: dict[OtherPlaceReason, list[OtherPlace]] = defaultdict(list)
        for each in find_other_places(copy, before, after):
            if not allowed or each.why is OtherPlaceReason.OTHERWISE:
                by_why[each.why].append(each)
        reasons = [
            f"{self._words(why, places)} {', '.join(dict.fromkeys(map(self._named, places)))}"
            for why, places in by_why.items()
        ]
        languages = list(self._disagreeing(loaded))
        if languages:
            reasons.append(f"another language of the release must change too: {', '.join(languages)}")
        by_hand = bool(languages) or OtherPlaceReason.OTHERWISE in by_why
        return self._whole_reason(change, "; ".join(reasons), by_hand) if reasons else ""

    def _composed(self) -> Document:
        if isinstance(self._before, InputError):
            raise self._before
        return self._before

    def _with(self, change: ReplaceValue) -> tuple[LoadedRelease, Document]:
        from pressgen.actions.review.rebase_changes import rebase_changes
        from pressgen.actions.workspace.compose import compose_release
        from pressgen.load.edits import apply_changes

        if change not in self._after:
            text = apply_changes(self._loaded.source, rebase_changes(self._sent, self._loaded.source, [change]))
            loaded = load_with_changes(self._workspace, self._loaded, text)
            (document,) = compose_release(loaded, [Variant.REVIEW])
            self._after[change] = loaded, document
        return self._after[change]

    def _disagreeing(self, loaded: LoadedRelease) -> Iterator[str]:
        from pressgen.load.release import ParsedRelease
        from pressgen.load.translation_checks import find_disagreements

        changed = ParsedRelease(loaded.release, loaded.source)
        for other in self._others:
            pair = changed, ParsedRelease(other.release, other.source)
            original, translation = pair if other.suffix else pair[::-1]
            if loaded.suffix and other.suffix:
                continue  # each translation is compared with the original
            language = (other.suffix or loaded.suffix).removeprefix(".")
            for problem in find_disagreements(original, translation, language):
                yield f"{problem.path} ({other.source.place(problem.path)})"

    def _words(self, why: OtherPlaceReason, places: Sequence[OtherPlace]) -> str:
        from pressgen.review.other_places import OtherPlaceReason

        match why:
            case OtherPlaceReason.UNCHANGED:
                return "the copy does not change it in"
            case OtherPlaceReason.OTHERWISE:
                return "the copy has something else in"
            case OtherPlaceReason.UNDECIDED:
                waiting = {id(proposal) for each in places for proposal in each.proposals}
                numbers = [str(each.number) for each in self._received.proposals if id(each.proposal) in waiting]
                return f"{', '.join(numbers)}, which must be accepted along with it, changes it in"
            case OtherPlaceReason.HIDDEN:
                return "the copy does not show (its editor may not know of them)"
            case OtherPlaceReason.MOVED_ON:
                return "since the copy was sent, the text has changed in"

    def _named(self, each: OtherPlace) -> str:
        return f"{each.path} ({self._loaded.locate(each.path, each.offset)})"

    def _whole_reason(self, change: ReplaceValue, reason: str, by_hand: bool) -> str:  # noqa: FBT001 - one question
        here = self._loaded.source.place(self._path_now(change.path) or change.path)
        hand = f"change {change.path} by hand ({here})"
        way = hand if by_hand else f"run again with --everywhere and this number, or {hand}"
        return (
            f"other places also print {change.path} and would change with it: {reason}. If all are to"
            f" change, {way}; if only this one is, write its new words there instead of the expression"
        )
