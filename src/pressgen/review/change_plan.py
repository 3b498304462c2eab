"""Turn accepted proposals into changes of the data.

Texts are rewritten, and entries are added, removed and moved. A proposal without a certain place in the data is left to
a person, with the reason.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pressgen.model.change import InsertEntry, MoveEntry, RemoveNode, ReplaceValue
from pressgen.model.proposal import ProposalKind
from pressgen.review.added_entries import AddedEntries
from pressgen.review.by_hand import explain_by_hand
from pressgen.review.completeness import WITHIN, apply_moves, compute_text_order
from pressgen.review.data_entries import DataEntries, EntryNotFoundError
from pressgen.review.field_changes import FieldChanges
from pressgen.review.source_rewrite import BORDER, PrintedChange, is_typed, rewrite_source_text
from pressgen.review.typed_words import write_as_typed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pressgen.model.change import Change as DataChange
    from pressgen.model.change import Value
    from pressgen.model.export import ExportedBlock
    from pressgen.model.proposal import Proposal
    from pressgen.review.data_entries import ReleaseData

CITATION = "\ue000"  # where a text will cite a new note; no text has this character


@dataclass(slots=True)
class ChangePlan:
    """The data changes that carry out the accepted proposals.

    Attributes:
        changes: of the file as it was sent.
        done: the proposals that they carry out.
        left: the other proposals, each with the reason.
    """

    changes: list[DataChange] = field(default_factory=list)
    done: list[Proposal] = field(default_factory=list)
    left: list[tuple[Proposal, str]] = field(default_factory=list)


def plan_changes(blocks: Sequence[ExportedBlock], accepted: Sequence[Proposal], data: ReleaseData) -> ChangePlan:
    """Plan the data changes that carry out the accepted proposals."""
    planner = _ChangePlanner(blocks, data)
    for each in accepted:
        planner.sort_proposal(each)
    planner.change_fields()
    planner.remove_entries()
    planner.rewrite_texts()
    planner.join_texts()
    planner.place_texts(compute_text_order(blocks, planner.plan.done))
    return planner.plan


class _ChangePlanner:
    """Builder of a change plan, one kind of proposal at a time.

    Attributes:
        typed: the texts that a sent text becomes, more than one where it is split.
        cited: the added notes that a text cites now.
        gone: the sent texts that lose their entry: it is removed, moved or joined to another.
    """

    def __init__(self, blocks: Sequence[ExportedBlock], data: ReleaseData) -> None:
        self.blocks, self.data = blocks, data
        self.entries = DataEntries(blocks, data)
        self.fields = FieldChanges(blocks, data)
        self.plan = ChangePlan()
        self.typed: dict[int, list[str]] = {}
        self.gone: set[int] = set()
        self._within: dict[int, list[Proposal]] = defaultdict(list)
        self._shape: dict[ProposalKind, list[Proposal]] = defaultdict(list)
        self.added = AddedEntries(blocks, data, self.entries)
        self.cited: set[Proposal] = set()

    def sort_proposal(self, each: Proposal) -> None:
        """Sort a proposal by kind, or say why a person must decide."""
        if reason := explain_by_hand(each.kind):
            self._leave(reason, each)
        elif each.block >= 0 and not self.blocks[each.block].id:
            self._leave("is in the house's template; change its release.docx in Word", each)
        elif each.kind is ProposalKind.ADD and each.mark == "note" and each.block >= 0:
            self._within[each.block].append(each)
        elif each.kind not in WITHIN:
            self._shape[each.kind].append(each)
        elif each.kind is not ProposalKind.EDIT or not self.fields.add(each):
            self._within[each.block].append(each)

    def change_fields(self) -> None:
        """Change the printed values in the data."""
        self.fields.plan()
        self.plan.changes += self.fields.changes
        self.plan.done += self.fields.done
        self.plan.left += self.fields.left

    def remove_entries(self) -> None:
        """Remove every entry that has lost all its texts.

        A list that would be empty is removed with its parent.
        """
        struck = {each.block: each for each in self._shape[ProposalKind.DELETE]}
        entries: dict[str, None] = {}
        for number, each in struck.items():
            try:
                entry = self.entries.of(number)
            except EntryNotFoundError as reason:
                self._leave(str(reason), each)
                continue
            if not self.entries.members(entry) <= struck.keys():
                self._leave(
                    "is only a part of its entry; change the rest of the entry too, or type it again yourself", each
                )
                continue
            entries[entry] = None
            self.gone.add(number)
            self.plan.done.append(each)
        for entry in self._whole(list(entries)):
            self.plan.changes.append(RemoveNode(entry))

    def _whole(self, entries: list[str]) -> Iterator[str]:
        """Yield the entries to remove.

        Where all entries of a list go, yield the list's parent instead.
        """
        lists: dict[str, list[str]] = defaultdict(list)
        for entry in entries:
            lists[entry.rpartition("[")[0] if entry.endswith("]") else ""].append(entry)
        for path, held in lists.items():
            if path and path != "body" and len(held) == len(self.data.names_at(path)):
                yield path[: path.rindex("]") + 1] if "]" in path else path
            else:
                yield from held

    def rewrite_texts(self) -> None:
        """Rewrite every text that has changes within it."""
        for number, unsorted in self._within.items():
            within = sorted(unsorted, key=lambda each: each.start)
            block = self.blocks[number]
            source = self.data.text_at(block.path)
            joined = any(number in {each.block, each.anchor} for each in self._shape[ProposalKind.JOIN])
            edge = "" if joined else " "
            changes = {each: _write_change(block.text, each, within, source or "", edge) for each in within}
            typed = [each for each in within if source is not None and is_typed(block.words, block.path, changes[each])]
            self._leave("is added by pressgen or by the house", *(each for each in within if each not in typed))
            if source is None or not typed:
                continue
            try:
                parts = rewrite_source_text(block.words, block.path, source, [changes[each] for each in typed])
                if len(parts) > 1:
                    self._may_be_split(number)
            except EntryNotFoundError as reason:
                self._leave(str(reason), *typed)
            else:
                self.typed[number] = [self._cite_notes(part, typed) for part in parts]
                self.plan.done += typed

    def _cite_notes(self, text: str, typed: Sequence[Proposal]) -> str:
        """Return a text with the citations of its new notes."""
        waiting = (each for each in typed if each.mark == "note" and each not in self.cited)
        for each in waiting:
            if CITATION not in text:
                break
            name, change = self.added.add_note(each)
            self.plan.changes.append(change)
            self.cited.add(each)
            text = text.replace(CITATION, f"[^{name}]", 1)
        return text

    def _may_be_split(self, number: int) -> None:
        if self.blocks[number].path.endswith(".quote.words"):
            return
        self.entries.alike(self.entries.of(number), "")
        if self.blocks[number].kind == "cell":
            raise EntryNotFoundError("splits a table cell; add a row yourself")
        self.entries.behind(number)

    def join_texts(self) -> None:
        """Join texts that an editor joined, the later pairs first."""
        for each in sorted(self._shape[ProposalKind.JOIN], key=lambda join: -join.block):
            one, other = self._now(each.anchor), self._now(each.block)
            try:
                if one is None or other is None or not self._of_a_kind(each.anchor, each.block):
                    raise EntryNotFoundError("joins texts of different kinds or speakers; join them yourself")  # noqa: TRY301 - as above
            except EntryNotFoundError as reason:
                self._leave(str(reason), each)
                continue
            self.typed[each.anchor] = [*one[:-1], one[-1] + other[0], *other[1:]]
            self.typed.pop(each.block, None)
            self.plan.changes.append(RemoveNode(self.entries.of(each.block)))
            self.gone.add(each.block)
            self.plan.done.append(each)

    def _of_a_kind(self, *numbers: int) -> bool:
        """Return whether texts can be joined.

        Each must be alone in its entry, all in one list. Words of one person are never joined to those of another.
        """
        entries = [self.entries.of(number) for number in numbers]
        alone = all(len(self.entries.members(entry)) == 1 for entry in entries)
        kinds = {
            (self.entries.spot(entry)[0], self.blocks[number].path.removeprefix(entry))
            for entry, number in zip(entries, numbers, strict=True)
        }
        return alone and len(kinds) == 1 and not any(kind.startswith((".quote", ".pull")) for _, kind in kinds)

    def _now(self, number: int) -> list[str] | None:
        """Return the texts that a sent text has become so far."""
        if number in self.gone:
            return None
        typed = self.data.text_at(self.blocks[number].path)
        return self.typed.get(number, None if typed is None else [typed])

    def place_texts(self, order: Sequence[int]) -> None:
        """Place every text, followed by what was split off, moved or added."""
        moved = {each.block: each for each in self._shape[ProposalKind.MOVE]}
        added: dict[tuple[int, int], list[Proposal]] = defaultdict(list)
        for each in self._shape[ProposalKind.ADD]:
            added[each.anchor, each.piece].append(each)
        place = -1
        for number in [-1, *apply_moves(order, list(moved.values()))]:
            if number in moved:
                self._move(moved[number], place)
            else:
                place = number
            pieces = self.typed.get(number, [])
            if number in self.typed:
                self._put(number, pieces)
            for piece in range(max(len(pieces), 1)):
                if piece and not self.blocks[number].path.endswith(".quote.words"):
                    self._insert(place, self.entries.alike(self.entries.of(number), pieces[piece]))
                for each in added.pop((number, piece), []):
                    self._add(each, place)
        for each in (each for several in added.values() for each in several):
            self._leave("was added after a text that is no longer there; add it yourself", each)

    def _put(self, number: int, pieces: list[str]) -> None:
        path = self.blocks[number].path
        whole = len(pieces) > 1 and path.endswith(".quote.words")
        change = ReplaceValue(path, pieces if whole else pieces[0])
        if change not in self.plan.changes:  # one text may be printed at several places
            self.plan.changes.append(change)

    def _move(self, each: Proposal, place: int) -> None:
        try:
            entry = self.entries.of(each.block)
            if len(self.entries.members(entry)) > 1:
                raise EntryNotFoundError("is only a part of its entry; move it yourself")  # noqa: TRY301 - one handler for both
            home, goal = self.entries.spot(entry)[0], self.entries.behind(place)
            if home != goal[0]:
                raise EntryNotFoundError(f"would move from {home} to {goal[0]}; move it yourself")  # noqa: TRY301 - as above
        except EntryNotFoundError as reason:
            self._leave(str(reason), each)
            return
        self.plan.changes.append(MoveEntry(entry, goal[1]))
        self.plan.done.append(each)

    def _add(self, each: Proposal, place: int) -> None:
        try:
            self.plan.changes += self.added.plan(each, place)
        except EntryNotFoundError as reason:
            self._leave(str(reason), each)
        else:
            self.plan.done.append(each)

    def _insert(self, place: int, value: Value) -> None:
        path, at = self.entries.behind(place)
        self.plan.changes.append(InsertEntry(path, at, value))

    def _leave(self, reason: str, *proposals: Proposal) -> None:
        self.plan.left += [(each, reason) for each in proposals]


def _write_change(text: str, each: Proposal, within: Sequence[Proposal], source: str, edge: str) -> PrintedChange:
    """Return a change of printed words, written as the data holds words.

    A word that is deleted between two blanks takes one of them along. `edge` stands for what is beyond the text: a
    blank, or nothing where another text is joined to it.
    """
    if each.mark == "note":
        return PrintedChange(each.start, each.end, CITATION)
    if each.after == BORDER:
        return PrintedChange(each.start, each.end, each.after)
    touched = {at for other in within if other is not each for at in range(other.start, other.end + 1)}
    before, after = (
        "x" if at in touched else text[at] if 0 <= at < len(text) else edge for at in (each.start - 1, each.end)
    )
    words = write_as_typed(each.after, source, before, after)
    end = each.end + (not words and each.end > each.start and before == after == " ")
    return PrintedChange(each.start, end, words)
