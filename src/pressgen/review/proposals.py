"""Turn every difference between sent and returned text into a proposal."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pressgen.model.proposal import Proposal, ProposalKind
from pressgen.review.accept_reject import accept_all_changes, read_state_text
from pressgen.review.char_alignment import trace_characters
from pressgen.review.moves import follow_moves
from pressgen.review.paragraph_origins import find_joins, find_origins
from pressgen.review.text_changes import BORDER, CharacterStatus, propose_text_changes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pressgen.model.export import ExportedBlock
    from pressgen.review.accept_reject import StateParagraph
    from pressgen.review.char_alignment import CharacterTrace
    from pressgen.review.word_model import TrackedChange, WordDocument


def to_proposals(blocks: Sequence[ExportedBlock], file: WordDocument) -> tuple[CharacterTrace, list[Proposal]]:
    """Return the proposals of a returned file, with its character trace.

    Comments and format changes are not included.
    """
    trace = trace_characters(blocks, file)
    follow_moves(trace)
    telling = _ProposalBuilder(trace)
    telling.lay_out()
    found = [*telling.added, *telling.withdrawn(), *telling.within(), *telling.joined(), *telling.moved()]
    return trace, telling.with_borders(found)


class _ProposalBuilder:
    """The content of a returned file, compared with the sent texts.

    Attributes:
        texts: the accepted paragraphs that hold anything.
        owned: the sent texts of each.
        added: the proposals of new paragraphs.
        put: what was inserted, by sent text and offset.
        order: the sent texts in their present order.
    """

    def __init__(self, trace: CharacterTrace) -> None:
        self.trace, self.file, self.blocks = trace, trace.file, trace.blocks
        self.texts = [text for text in accept_all_changes(self.file) if read_state_text(self.file, text).strip()]
        self.owned = find_origins(trace, self.texts)
        self.added: list[Proposal] = []
        self.put: dict[int, dict[int, list[tuple[str, TrackedChange | None]]]] = defaultdict(lambda: defaultdict(list))
        self.order: list[int] = []
        self._pieces: Counter[int] = Counter()

    def lay_out(self) -> None:
        """Go through the accepted paragraphs: find new words and their places."""
        place, before = (-1, 0), -1
        for text, blocks in zip(self.texts, self.owned, strict=True):
            if not blocks:
                self.added.append(self._new(text, before))
                continue
            if blocks[0] == before:  # the sent text goes on in a new paragraph
                mark = self.file.paragraphs[text.paragraphs[0] - 1].inserted if text.paragraphs[0] else None
                self.put[place[0]][place[1]].append((BORDER, mark))
                self._pieces[before] += 1
            else:
                place = self._first(text, blocks[0])
            place = self._fill(text, set(blocks), place)
            self.order += [block for block in blocks if self.order[-1:] != [block]]
            before = blocks[-1]

    def withdrawn(self) -> Iterator[Proposal]:
        """Yield the texts that one person inserted and another deleted."""
        found: list[tuple[str, list[TrackedChange | None]]] = []
        last: tuple[int, int] | None = None
        for at, paragraph in enumerate(self.file.paragraphs):
            for offset, each in enumerate(paragraph.characters):
                if not each.struck or self.trace.of((at, offset)) is not None or (at, offset) in self.trace.away:
                    continue
                hands = [each.inserted, each.struck]
                if last == (at, offset - 1) and _list_authors(found[-1][1][-2:]) == _list_authors(hands):
                    found[-1] = found[-1][0] + each.text, found[-1][1] + hands
                else:
                    found.append((each.text, hands))
                last = at, offset
            if last and last[0] == at and last[1] == len(paragraph.characters) - 1:
                found[-1][1].extend((paragraph.inserted, paragraph.struck))
        for text, hands in found:
            put, struck = hands[:2]
            told = make_proposal(struck, hands, kind=ProposalKind.WITHDRAWN, before=text)
            yield replace(told, author=put.author if put else "")

    def within(self) -> Iterator[Proposal]:
        """Yield the changes within each sent text, and the deleted texts."""
        fates = [[CharacterStatus()] * len(block.text) for block in self.blocks]
        # The person who moved a text deleted it at its old place.
        for (at, offset), (moved, place) in self.trace.away.items():
            fates[moved][place] = CharacterStatus(struck=self.file.paragraphs[at].characters[offset].struck)
        for at, paragraph in enumerate(self.file.paragraphs):
            for offset, each in enumerate(paragraph.characters):
                if (found := self.trace.of((at, offset))) is not None:
                    fates[found[0]][found[1]] = CharacterStatus(each.struck is None, each.struck)
        standing, about = set(self.order), self._about()
        for number, block in enumerate(self.blocks):
            if number in standing:
                yield from propose_text_changes(number, block, fates[number], self.put[number])
            elif block.text.strip():
                struck = [each.struck for each in fates[number]]
                told = make_proposal(
                    _most_frequent_change(struck), [*struck, *about[number]], kind=ProposalKind.DELETE,
                    path=block.path, before=block.text,
                    block=number,
                )  # fmt: skip
                yield _name_all_authors(told, struck)

    def joined(self) -> Iterator[Proposal]:
        """Yield the sent texts that were joined to the one before."""
        for first, second in find_joins(self.owned):
            texts = [text for text, blocks in self._laid() if first in blocks and second in blocks]
            marks = [self.file.paragraphs[each].struck for text in texts for each in text.paragraphs]
            by = next((each for each in marks if each), None)
            yield make_proposal(
                by, marks, kind=ProposalKind.JOIN, path=self.blocks[second].path, block=second, anchor=first
            )

    def moved(self) -> Iterator[Proposal]:
        """Yield the sent texts that are now elsewhere.

        They are those that somebody was seen to move, and of the others all but the longest series in order.
        """
        seen = {block for block, _ in self.trace.away.values()}
        still = _longest_increasing([each for each in self.order if each not in seen])
        about = self._about()
        for position, block in enumerate(self.order):
            if block in still:
                continue
            texts = [text for text, blocks in self._laid() if block in blocks]
            put = [self.file.paragraphs[at].characters[offset].inserted for text in texts for at, offset in text.spots]
            marks = [self.file.paragraphs[each].inserted for text in texts for each in text.paragraphs]
            yield make_proposal(
                next((each for each in put if each), None), [*put, *marks, *about[block]], kind=ProposalKind.MOVE,
                path=self.blocks[block].path, block=block, anchor=self.order[position - 1] if position else -1,
            )  # fmt: skip

    def with_borders(self, proposals: list[Proposal]) -> list[Proposal]:
        """Return the proposals with the paragraph ends that belong to them.

        A tracked paragraph end belongs to the proposal if the same person changed it along with the words.
        """
        known = frozenset[int]().union(*(each.revisions for each in proposals))
        more: dict[tuple[int, tuple[str, str]], set[int]] = defaultdict(set)
        for text, blocks in self._laid():
            for each in text.paragraphs:
                paragraph = self.file.paragraphs[each]
                here = {block for block, _ in filter(None, self.trace.coordinates[each])}
                for mark in (paragraph.inserted, paragraph.struck):
                    if mark is not None and mark.number not in known:
                        for block in here.union(blocks):
                            more[block, mark.hand].add(mark.number)
        return [
            replace(each, revisions=each.revisions | more.get((each.block, (each.author, each.date)), set()))
            for each in proposals
        ]

    def _about(self) -> dict[int, set[TrackedChange | None]]:
        """Return the tracked changes of each sent text.

        They inserted or deleted its words, or the paragraph ends after them.
        """
        found: dict[int, set[TrackedChange | None]] = defaultdict(set)
        for at, paragraph in enumerate(self.file.paragraphs):
            block = -1
            for offset, each in enumerate(paragraph.characters):
                if place := self.trace.of((at, offset)) or self.trace.away.get((at, offset)):
                    block = place[0]
                    found[block] |= {each.inserted, each.struck}
            found[block] |= {paragraph.inserted, paragraph.struck}
        return found

    def _laid(self) -> Iterator[tuple[StateParagraph, list[int]]]:
        return zip(self.texts, self.owned, strict=True)

    def _new(self, text: StateParagraph, before: int) -> Proposal:
        """Return a new paragraph that follows the sent text `before`."""
        put = [self.file.paragraphs[at].characters[offset].inserted for at, offset in text.spots]
        marks = [self.file.paragraphs[each].inserted for each in text.paragraphs]
        found = make_proposal(
            _most_frequent_change(put), [*put, *marks], kind=ProposalKind.ADD, after=read_state_text(self.file,
            text), anchor=before,
            piece=self._pieces[before], name=self.file.paragraphs[text.paragraphs[0]].style,
        )  # fmt: skip
        return _name_all_authors(found, put)

    def _first(self, text: StateParagraph, block: int) -> tuple[int, int]:
        """Return the place of the first sent character in a paragraph.

        Without one, return the start of the sent text.
        """
        found = (at for each in text.paragraphs for at in self.trace.coordinates[each] if at and at[0] == block)
        return next(found, (block, 0))

    def _fill(self, text: StateParagraph, blocks: set[int], place: tuple[int, int]) -> tuple[int, int]:
        """Record the insertions between the sent characters of a paragraph.

        Return the place after its last character.
        """
        for at in text.paragraphs:
            for offset, each in enumerate(self.file.paragraphs[at].characters):
                found = self.trace.of((at, offset))
                if found is not None and found[0] in blocks:
                    place = found[0], found[1] + 1
                elif found is None and each.struck is None:
                    self.put[place[0]][place[1]].append((each.text, each.inserted))
        return place


def make_proposal(by: TrackedChange | None, revisions: Iterable[TrackedChange | None], **told: Any) -> Proposal:  # noqa: ANN401
    """Make a proposal in the name of a tracked change's author.

    The author is empty where the file names nobody. `to_proposals` holds the other fields.
    """
    return Proposal(
        author=by.author if by else "",
        date=by.date if by else "",
        tracked=by is not None,
        revisions=frozenset(each.number for each in revisions if each),
        **told,
    )


def _most_frequent_change(revisions: Sequence[TrackedChange | None]) -> TrackedChange | None:
    """Return the tracked change that covers most of the characters.

    None where more than half belong to no tracked change.
    """
    return Counter(revisions).most_common(1)[0][0] if revisions else None


def _name_all_authors(told: Proposal, revisions: Iterable[TrackedChange | None]) -> Proposal:
    """Return a proposal that names everybody who took part in it."""
    names = dict.fromkeys(each.author for each in revisions if each)
    return replace(told, author="; ".join(names))


def _list_authors(revisions: Sequence[TrackedChange | None]) -> list[tuple[str, str] | None]:
    return [each.hand if each else None for each in revisions]


def _longest_increasing(order: Sequence[int]) -> set[int]:
    """Return the longest increasing subsequence, found by patience sorting."""
    tails: list[int] = []
    ranks = []
    for each in order:
        rank = bisect_left(tails, each)
        tails[rank : rank + 1] = [each]
        ranks.append(rank)
    series: list[int] = []
    for each, rank in zip(reversed(order), reversed(ranks), strict=True):
        if rank == len(tails) - 1 - len(series) and (not series or each < series[-1]):
            series.append(each)
    return set(series)
