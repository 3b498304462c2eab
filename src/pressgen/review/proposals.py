"""What an editor did, told as proposals: every difference between what was sent and what the file says now."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pressgen.model.proposal import Kind, Proposal
from pressgen.review.accept_reject import accepted, said
from pressgen.review.char_alignment import traced
from pressgen.review.moves import follow_moves
from pressgen.review.paragraph_origins import joins, owners
from pressgen.review.text_changes import BORDER, Fate, changes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pressgen.model.export import Block
    from pressgen.review.accept_reject import Text
    from pressgen.review.char_alignment import Trace
    from pressgen.review.word_model import Incoming, Revision


def told(blocks: Sequence[Block], file: Incoming) -> tuple[Trace, list[Proposal]]:
    """What `file` proposes against the texts that were sent, but for remarks; with the trace of its characters."""
    trace = traced(blocks, file)
    follow_moves(trace)
    telling = _Telling(trace)
    telling.lay_out()
    found = [*telling.added, *telling.withdrawn(), *telling.within(), *telling.joined(), *telling.moved()]
    return trace, telling.with_borders(found)


class _Telling:
    """What a file says, laid beside what was sent.

    Attributes:
        texts: the accepted paragraphs that hold anything.
        owned: the sent texts of each.
        added: the proposals of new paragraphs.
        put: what was put in, by sent text and offset.
        order: the sent texts in the order in which they stand now.
    """

    def __init__(self, trace: Trace) -> None:
        self.trace, self.file, self.blocks = trace, trace.file, trace.blocks
        self.texts = [text for text in accepted(self.file) if said(self.file, text).strip()]
        self.owned = owners(trace, self.texts)
        self.added: list[Proposal] = []
        self.put: dict[int, dict[int, list[tuple[str, Revision | None]]]] = defaultdict(lambda: defaultdict(list))
        self.order: list[int] = []
        self._pieces: Counter[int] = Counter()

    def lay_out(self) -> None:
        """Go through the accepted paragraphs: what is new in each, and where it stands against the old."""
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
        """What one hand put in and another struck again."""
        found: list[tuple[str, list[Revision | None]]] = []
        last: tuple[int, int] | None = None
        for at, paragraph in enumerate(self.file.paragraphs):
            for offset, each in enumerate(paragraph.characters):
                if not each.struck or self.trace.of((at, offset)) is not None or (at, offset) in self.trace.away:
                    continue
                hands = [each.inserted, each.struck]
                if last == (at, offset - 1) and _hands(found[-1][1][-2:]) == _hands(hands):
                    found[-1] = found[-1][0] + each.text, found[-1][1] + hands
                else:
                    found.append((each.text, hands))
                last = at, offset
            if last and last[0] == at and last[1] == len(paragraph.characters) - 1:
                found[-1][1].extend((paragraph.inserted, paragraph.struck))
        for text, hands in found:
            put, struck = hands[:2]
            told = proposal(struck, hands, kind=Kind.WITHDRAWN, before=text)
            yield replace(told, author=put.author if put else "")

    def within(self) -> Iterator[Proposal]:
        """The changes of each sent text that still stands, and the ones that are gone."""
        fates = [[Fate()] * len(block.text) for block in self.blocks]
        for (at, offset), (moved, place) in self.trace.away.items():  # who moved a text struck what is not there now
            fates[moved][place] = Fate(struck=self.file.paragraphs[at].characters[offset].struck)
        for at, paragraph in enumerate(self.file.paragraphs):
            for offset, each in enumerate(paragraph.characters):
                if (found := self.trace.of((at, offset))) is not None:
                    fates[found[0]][found[1]] = Fate(each.struck is None, each.struck)
        standing, about = set(self.order), self._about()
        for number, block in enumerate(self.blocks):
            if number in standing:
                yield from changes(number, block, fates[number], self.put[number])
            elif block.text.strip():
                struck = [each.struck for each in fates[number]]
                told = proposal(
                    _most(struck), [*struck, *about[number]], kind=Kind.DELETE, path=block.path, before=block.text,
                    block=number,
                )  # fmt: skip
                yield _by_all(told, struck)

    def joined(self) -> Iterator[Proposal]:
        """The sent texts that were joined to the one before."""
        for first, second in joins(self.owned):
            texts = [text for text, blocks in self._laid() if first in blocks and second in blocks]
            marks = [self.file.paragraphs[each].struck for text in texts for each in text.paragraphs]
            by = next((each for each in marks if each), None)
            yield proposal(by, marks, kind=Kind.JOIN, path=self.blocks[second].path, block=second, anchor=first)

    def moved(self) -> Iterator[Proposal]:
        """The sent texts that stand elsewhere.

        They are those that somebody was seen to move, and of the others all but the longest series in order.
        """
        seen = {block for block, _ in self.trace.away.values()}
        still = _longest_series([each for each in self.order if each not in seen])
        about = self._about()
        for position, block in enumerate(self.order):
            if block in still:
                continue
            texts = [text for text, blocks in self._laid() if block in blocks]
            put = [self.file.paragraphs[at].characters[offset].inserted for text in texts for at, offset in text.spots]
            marks = [self.file.paragraphs[each].inserted for text in texts for each in text.paragraphs]
            yield proposal(
                next((each for each in put if each), None), [*put, *marks, *about[block]], kind=Kind.MOVE,
                path=self.blocks[block].path, block=block, anchor=self.order[position - 1] if position else -1,
            )  # fmt: skip

    def with_borders(self, proposals: list[Proposal]) -> list[Proposal]:
        """`proposals`, each with the tracked ends of paragraphs that its hand changed along with its words."""
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

    def _about(self) -> dict[int, set[Revision | None]]:
        """The tracked changes that put the words of each sent text in or struck them, with the ends behind them."""
        found: dict[int, set[Revision | None]] = defaultdict(set)
        for at, paragraph in enumerate(self.file.paragraphs):
            block = -1
            for offset, each in enumerate(paragraph.characters):
                if place := self.trace.of((at, offset)) or self.trace.away.get((at, offset)):
                    block = place[0]
                    found[block] |= {each.inserted, each.struck}
            found[block] |= {paragraph.inserted, paragraph.struck}
        return found

    def _laid(self) -> Iterator[tuple[Text, list[int]]]:
        return zip(self.texts, self.owned, strict=True)

    def _new(self, text: Text, before: int) -> Proposal:
        """A paragraph that was not sent, behind the sent text `before`."""
        put = [self.file.paragraphs[at].characters[offset].inserted for at, offset in text.spots]
        marks = [self.file.paragraphs[each].inserted for each in text.paragraphs]
        found = proposal(
            _most(put), [*put, *marks], kind=Kind.ADD, after=said(self.file, text), anchor=before,
            piece=self._pieces[before], name=self.file.paragraphs[text.paragraphs[0]].style,
        )  # fmt: skip
        return _by_all(found, put)

    def _first(self, text: Text, block: int) -> tuple[int, int]:
        """The place of the first character in a paragraph that belongs to a sent text; the text's begin for none."""
        found = (at for each in text.paragraphs for at in self.trace.coordinates[each] if at and at[0] == block)
        return next(found, (block, 0))

    def _fill(self, text: Text, blocks: set[int], place: tuple[int, int]) -> tuple[int, int]:
        """Take note of what was put in between the sent characters of a paragraph; the place behind its last."""
        for at in text.paragraphs:
            for offset, each in enumerate(self.file.paragraphs[at].characters):
                found = self.trace.of((at, offset))
                if found is not None and found[0] in blocks:
                    place = found[0], found[1] + 1
                elif found is None and each.struck is None:
                    self.put[place[0]][place[1]].append((each.text, each.inserted))
        return place


def proposal(by: Revision | None, revisions: Iterable[Revision | None], **told: Any) -> Proposal:  # noqa: ANN401
    """A proposal by the hand of one tracked change, or of nobody that the file names; `told` is the rest of it."""
    return Proposal(
        author=by.author if by else "",
        date=by.date if by else "",
        tracked=by is not None,
        revisions=frozenset(each.number for each in revisions if each),
        **told,
    )


def _most(revisions: Sequence[Revision | None]) -> Revision | None:
    """The tracked change that most characters are of; None where more than half are of none."""
    return Counter(revisions).most_common(1)[0][0] if revisions else None


def _by_all(told: Proposal, revisions: Iterable[Revision | None]) -> Proposal:
    """A proposal with the names of all whose hands were in it, also where most of it was done without tracking."""
    names = dict.fromkeys(each.author for each in revisions if each)
    return replace(told, author="; ".join(names))


def _hands(revisions: Sequence[Revision | None]) -> list[tuple[str, str] | None]:
    return [each.hand if each else None for each in revisions]


def _longest_series(order: Sequence[int]) -> set[int]:
    """The longest series of `order` that rises, by patience sorting."""
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
