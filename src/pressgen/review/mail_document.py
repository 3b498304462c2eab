"""Put paragraphs of a mail into the form of a Word file.

So they are compared with what was sent as a Word file is.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pressgen.model.proposal import ProposalKind
from pressgen.review.critic_markup import read_critic_markup
from pressgen.review.mail_lines import INSERTED, PLAIN, STRUCK
from pressgen.review.paragraph_matching import MARK
from pressgen.review.word_model import Character, Comment, TrackedChange, WordDocument, WordParagraph

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Literal

    from pressgen.model.export import ExportedBlock
    from pressgen.model.proposal import Proposal
    from pressgen.review.mail_paragraphs import MailParagraph


class MailDocument:
    """A document that is made from the paragraphs of a mail."""

    def __init__(self, author: str, date: str) -> None:
        """Begin an empty document, whose changes have one author and date."""
        self._author, self._date = author, date
        self._paragraphs: list[WordParagraph] = []
        self._comments: list[Comment] = []
        self._revisions: dict[int, TrackedChange] = {}

    def add(self, paragraph: MailParagraph, block: ExportedBlock | None) -> None:
        """Add a paragraph, with the sent text that it shows."""
        marked = read_critic_markup(paragraph.text, paragraph.styles)
        number = len(self._paragraphs)
        part = block.part if block else "body"
        one = WordParagraph(f"{part}#{number}" if block and block.in_cell else part)
        if block and block.id:
            one.names.append(("bookmark", f"{MARK}{block.id}"))
        elif not block and marked.text and set(marked.styles) <= {INSERTED}:
            one.inserted = self._revise("insert")
        change: TrackedChange | None = None
        before = PLAIN
        for text, style in zip(marked.text, marked.styles, strict=True):
            if style != before:
                change = None if style == PLAIN else self._revise("delete" if style == STRUCK else "insert")
            before = style
            one.characters.append(
                Character(text, change if style == INSERTED else None, change if style == STRUCK else None)
            )
        self._paragraphs.append(one)
        for start, end, text in marked.remarks:
            ident = f"critic {len(self._comments) + 1}"
            self._comments.append(
                Comment(ident, self._author, self._date, text, "", done=False, start=(number, start), end=(number, end))
            )

    def file(self) -> WordDocument:
        """Return the document."""
        return WordDocument(self._paragraphs, self._comments, [], self._revisions, {}, [], [])

    def _revise(self, kind: Literal["insert", "delete"]) -> TrackedChange:
        change = TrackedChange(len(self._revisions) + 1, kind, self._author, self._date)
        self._revisions[change.number] = change
        return change


def join_replacements(blocks: Sequence[ExportedBlock], proposals: Iterable[Proposal]) -> Iterator[Proposal]:
    """Yield the proposals, each replacement as one.

    Only the struck words are marked in a mail; the new ones are known by comparison.
    """
    last: Proposal | None = None
    for each in proposals:
        if last is not None and (joined := _join(blocks, last, each)) is not None:
            last = joined
            continue
        if last is not None:
            yield last
        last = each
    if last is not None:
        yield last


def _join(blocks: Sequence[ExportedBlock], one: Proposal, other: Proposal) -> Proposal | None:
    """Return two changes as one, if only blanks are between them."""
    kinds = {ProposalKind.EDIT, ProposalKind.TYPOGRAPHY}
    if not {one.kind, other.kind} <= kinds or one.block != other.block or one.end > other.start:
        return None
    text = blocks[one.block].text
    between = text[one.end : other.start]
    apart = bool(one.before) == bool(other.before) or bool(one.after) == bool(other.after)
    if between and (between.strip() or apart):
        return None
    start, end = one.start, other.end
    before, after = text[start:end], one.after + between + other.after
    if text[start - 1 : start].isspace() and not before[:1].isspace():
        after = after.lstrip()
    if text[end : end + 1].isspace() and not before[-1:].isspace():
        after = after.rstrip()
    while before[-1:].isspace() and after[-1:].isspace():
        before, after, end = before[:-1], after[:-1], end - 1
    return replace(
        one, kind=ProposalKind.EDIT, start=start, end=end, before=before, after=after,
        fields=tuple(dict.fromkeys(one.fields + other.fields)), revisions=one.revisions | other.revisions, tracked=True,
    )  # fmt: skip
