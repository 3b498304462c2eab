"""Turn a reply by mail into proposals.

What somebody typed into the quoted text is a change, what stands outside it a remark. A text that is not quoted is not
deleted. Where a mail leaves open what is meant, the proposal has a question.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from pressgen.model.proposal import Proposal, ProposalKind
from pressgen.review.critic_markup import read_critic_markup
from pressgen.review.mail_document import MailDocument, join_replacements
from pressgen.review.mail_layout import drop_layout
from pressgen.review.mail_lines import STRUCK, sort_lines
from pressgen.review.mail_paragraphs import join_lines
from pressgen.review.mail_places import WORD, SentTexts, list_addresses
from pressgen.review.mail_questions import BETWEEN, CITATION, NOT_QUOTED, OLDER, RETYPED, RUN_ON, ask_about_change
from pressgen.review.similarity import normalise_marks
from pressgen.review.word_proposals import propose_from_word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pressgen.model.export import ExportedBlock
    from pressgen.review.mail_paragraphs import MailParagraph
    from pressgen.review.mail_reader import MailReply

MOSTLY = 0.5
"""The share of its words that a paragraph outside the quote must have of a text to be that text, typed anew."""
SHORT = 100
"""The most characters of words between two quoted lines that may belong into the text."""
FEW = 2
"""The most texts in a row that somebody may have deleted from a quote; more are not quoted."""


@dataclass(slots=True)
class MailProposals:
    """What a mail proposes, and what the person should know about it."""

    proposals: list[Proposal] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


def propose_from_mail(blocks: Sequence[ExportedBlock], reply: MailReply) -> MailProposals:
    """Return a proposal for every change and remark of a mail.

    Everything else that the sender typed is named in a notice.
    """
    sorted_lines = sort_lines(reply.lines)
    paragraphs = join_lines(sorted_lines.lines, SentTexts(blocks))
    mail = _MailReader(blocks, reply, paragraphs)
    found = MailProposals([*mail.changes(), *mail.remarks()])
    if sorted_lines.signatures:
        texts = ", ".join(f"“{_shorten(each)}”" for each in sorted_lines.signatures)
        found.notices.append(f"has a signature or legal notice that was left alone: {texts}")
    if mail.others:
        texts = ", ".join(f"“{_shorten(each.text)}”" for each in mail.others)
        found.notices.append(f"quotes other text that is not of the release, and was left alone: {texts}")
    found.notices += mail.notices
    return found


class _MailReader:
    """A reader of the paragraphs of one mail.

    Attributes:
        others: quoted paragraphs that are no text of the release.
        notices: what the person should know.
    """

    def __init__(self, blocks: Sequence[ExportedBlock], reply: MailReply, paragraphs: Sequence[MailParagraph]) -> None:
        self.others: list[MailParagraph] = []
        self.notices: list[str] = []
        self._blocks, self._reply, self._paragraphs = blocks, reply, paragraphs
        self._depth = self._find_depth()
        self._texts: list[MailParagraph] = []
        self._remarks: list[tuple[MailParagraph, int]] = []
        self._sort()

    def _find_depth(self) -> int:
        """Return the depth at which most of the release is quoted."""
        words: dict[int, int] = defaultdict(int)
        for each in self._paragraphs:
            if each.block >= 0:
                words[each.depth] += len(WORD.findall(each.text))
        return max(words, key=lambda depth: (words[depth], -depth), default=0)

    def _sort(self) -> None:
        """Sort the paragraphs into texts of the release, remarks and others."""
        shown = [at for at, each in enumerate(self._paragraphs) if self._is_text(each)]
        last, interleaved = -1, False
        for at, each in enumerate(self._paragraphs):
            if self._is_text(each):
                if self._blocks[each.block].id:  # else it is a line of the template, such as the foot of a page
                    last = each.block
                    self._texts.append(each)
                continue
            each.block = -1
            between = bool(shown) and shown[0] < at < shown[-1]
            if each.depth < self._depth or not shown or (self._depth == 0 and not between):
                beside = between or (bool(shown) and at > shown[-1] and (len(shown) <= FEW or interleaved))
                self._remarks.append((each, last if beside else -1))
                interleaved = interleaved or between
            elif between:
                self._texts.append(each)
            else:
                self.others.append(each)

    def _is_text(self, each: MailParagraph) -> bool:
        if each.block < 0 or each.within is not None:
            return False
        if self._depth == 0 and "{" not in each.text:  # nothing is quoted: a remark may repeat a few words
            return min(each.share, each.coverage) >= MOSTLY
        return each.depth >= self._depth or each.share >= MOSTLY or "{" in each.text

    def _is_nested_quotation(self, each: MailParagraph) -> bool:
        """Return whether a page quotes a quotation of the release."""
        quotation = each.block >= 0 and self._blocks[each.block].kind == "quotation"
        return quotation and each.depth == self._depth + 1

    def changes(self) -> Iterator[Proposal]:
        """Yield the changes of the texts that the mail quotes."""
        addresses = list_addresses(self._blocks)
        for each in self._texts:
            if each.block >= 0:
                each.text, each.styles = drop_layout(each.text, each.styles, self._blocks[each.block], addresses)
        first, *older = self._split_layers()
        quoted = {each.block for each in self._texts if each.depth >= max(self._depth, 1) and each.block >= 0}
        found = list(self._propose(first))
        anew = {each.block for each in first if each.depth < self._depth and each.block in quoted}
        for one in found:
            yield replace(one, question=RETYPED) if one.block in anew and one.kind is ProposalKind.EDIT else one
        known = {(one.kind, one.block, one.start, one.end, one.after) for one in found}
        for one in (one for layer in older for one in self._propose(layer)):
            if (one.kind, one.block, one.start, one.end, one.after) not in known:
                yield one if one.kind is ProposalKind.COMMENT else replace(one, question=OLDER)
        yield from self._deletions()
        yield from self._joins()

    def _split_layers(self) -> list[list[MailParagraph]]:
        """Return the quoted texts, each text once in each list.

        The first list has what the sender changed last; copies as they were sent are left out where another differs.
        """
        copies: dict[int, list[list[MailParagraph]]] = defaultdict(list)
        for each in self._texts:
            if each.block < 0:
                continue
            last = copies[each.block][-1] if copies[each.block] else None
            if last and last[-1].depth == each.depth and last[-1].last < each.first:
                last[-1].text, last[-1].styles = f"{last[-1].text} ", f"{last[-1].styles} "  # the blank stays
                last.append(each)
            else:
                copies[each.block].append([each])
        layers: list[set[int]] = [set()]
        for block, several in copies.items():
            changed = [each for each in several if not self._is_as_sent(block, each)]
            ordered = sorted(changed or several[:1], key=lambda copy: copy[0].depth)
            for number, copy in enumerate(ordered):
                if number == len(layers):
                    layers.append(set())
                layers[number].update(map(id, copy))
        new = {id(each) for each in self._texts if each.block < 0}
        return [
            [each for each in self._texts if id(each) in layer or (not number and id(each) in new)]
            for number, layer in enumerate(layers)
        ]

    def _is_as_sent(self, block: int, copy: Sequence[MailParagraph]) -> bool:
        plain = len(copy) == 1 and STRUCK not in copy[0].styles
        return plain and normalise_marks(copy[0].text) == normalise_marks(self._blocks[block].text)

    def _propose(self, paragraphs: Sequence[MailParagraph]) -> Iterator[Proposal]:
        """Yield what paragraphs propose, as a Word file would."""
        used = sorted({each.block for each in paragraphs if each.block >= 0})
        if not used:
            return
        own = all(each.depth - self._is_nested_quotation(each) <= 1 for each in paragraphs)
        author, date = (self._reply.author, self._reply.date) if own else ("", "")
        document = MailDocument(author, date)
        for paragraph in paragraphs:
            document.add(paragraph, self._blocks[paragraph.block] if paragraph.block >= 0 else None)
        before, blocks = used[0] - 1, [self._blocks[number] for number in used]
        proposed = list(join_replacements(blocks, propose_from_word(blocks, document.file())))
        cited = {each.block for each in proposed if any(name.startswith("notes[") for name in each.fields)}
        for found in proposed:
            asked = (
                "" if found.tracked else ask_about_change(found, blocks[found.block].text if found.block >= 0 else "")
            )
            if found.block in cited and found.kind is ProposalKind.EDIT:
                asked = CITATION
            yield replace(
                found, author=author, date=date, tracked=own, block=used[found.block] if found.block >= 0 else -1,
                anchor=used[found.anchor] if found.anchor >= 0 else before, question=asked,
            )  # fmt: skip

    def _deletions(self) -> Iterator[Proposal]:
        """Yield texts that are missing between two quoted ones, as questions."""
        used = sorted({each.block for each in self._texts if each.block >= 0})
        ours = [at for at, each in enumerate(self._blocks) if self._is_data(each)]
        missing = [at for at in ours if at not in used]
        if missing and used:
            self.notices.append(
                f"quotes {len([at for at in ours if at in used])} of {len(ours)} texts of the release; nothing is"
                " proposed for the others, unless it is listed"
            )
        for low, high in pairwise(used):
            gap = [at for at in missing if low < at < high and not self._blocks[at].in_cell]
            if 0 < high - low - 1 <= FEW and len(gap) == high - low - 1:
                for at in gap:
                    block = self._blocks[at]
                    yield Proposal(
                        kind=ProposalKind.DELETE, path=block.path, before=block.text, block=at,
                        author=self._reply.author, date=self._reply.date, tracked=True, question=NOT_QUOTED,
                    )  # fmt: skip

    def _joins(self) -> Iterator[Proposal]:
        """Yield texts on one line with the text before, as questions."""
        pairs = [
            (one, other)
            for one, other in pairwise(self._texts)
            if other.run_on and other.block == one.block + 1 > 0 and self._is_data(self._blocks[other.block])
        ]
        for one, other in pairs if len(pairs) <= FEW else ():
            yield Proposal(
                kind=ProposalKind.JOIN, path=self._blocks[other.block].path, block=other.block, anchor=one.block,
                author=self._reply.author, date=self._reply.date, tracked=True, question=RUN_ON,
            )  # fmt: skip

    def _is_data(self, block: ExportedBlock) -> bool:
        return bool(block.id and block.text.strip()) and not block.path.startswith(("house.", "template"))

    def remarks(self) -> Iterator[Proposal]:
        """Yield what the sender wrote outside the quoted text.

        Paragraphs in a row are one remark.
        """
        for number, (paragraphs, block) in enumerate(self._join_remarks(), 1):
            text = "\n".join(each.text for each in (read_critic_markup(one.text, one.styles) for one in paragraphs))
            within = paragraphs[0].within
            spot = self._find_spot(within) if within else None
            at = len(self._blocks[block].text) if block >= 0 else 0
            start = spot[1] if spot else at
            own = paragraphs[0].depth == 0
            remark = Proposal(
                kind=ProposalKind.COMMENT, path=self._blocks[block].path if block >= 0 else "", after=text,
                author=self._reply.author if own else "", date=self._reply.date if own else "", tracked=own,
                block=block, start=start, end=start, name=f"mail {number}",
            )  # fmt: skip
            if spot and len(paragraphs) == 1 and len(text) <= SHORT and not paragraphs[0].blank:
                yield replace(remark, kind=ProposalKind.EDIT, after=f" {text}", question=BETWEEN, name="")
            yield remark

    def _join_remarks(self) -> Iterator[tuple[list[MailParagraph], int]]:
        position = {id(each): at for at, each in enumerate(self._paragraphs)}
        run: list[MailParagraph] = []
        last = -1
        for each, block in self._remarks:
            block = each.within[0] if each.within else block  # noqa: PLW2901 - the text that it stands in
            alike = run and block == last and each.within == run[-1].within and each.depth == run[-1].depth
            if run and not (alike and position[id(each)] == position[id(run[-1])] + 1):
                yield run, last
                run = []
            run.append(each)
            last = block
        if run:
            yield run, last

    def _find_spot(self, within: tuple[int, int]) -> tuple[int, int] | None:
        """Return the text and offset that a remark stands at."""
        block, word = within
        words = list(WORD.finditer(self._blocks[block].text))
        return (block, words[word].end()) if 0 <= word < len(words) else None


def _shorten(text: str, most: int = 60) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[:most].rpartition(' ')[0]} …"
