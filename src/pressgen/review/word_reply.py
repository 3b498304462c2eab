"""Write answers into an editor's own Word file.

An accepted change becomes text. Everything else gets a comment with the reason. Refused and undecided changes stay as
the editor made them, so that the editor can see them.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from pressgen.model.proposal import ProposalKind
from pressgen.review.accept_reject import accept_all_changes, read_state_text
from pressgen.review.accept_revisions import accept_changes
from pressgen.review.comment_writer import CommentThreads, attach_to_paragraph, attach_to_parent, attach_to_range
from pressgen.review.proposals import to_proposals
from pressgen.review.word_open import open_word_file
from pressgen.review.word_reader import read_with_nodes
from pressgen.word.archive import ZipEntry, write_zip
from pressgen.word.names import PPR, P, W, serialise_xml

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pressgen.model.export import ExportedBlock
    from pressgen.model.proposal import Proposal
    from pressgen.review.char_alignment import CharacterTrace
    from pressgen.review.word_open import WordParts
    from pressgen.review.word_reader import WordNodes
    from pressgen.word.names import Element

Verdict = Literal["accepted", "refused", "open"]


@dataclass(frozen=True, slots=True)
class ProposalAnswer:
    """The answer to a proposal of an editor.

    Attributes:
        verdict: `open` if nobody has decided.
        words: the text for the editor; empty where an accepted change is enough.
        author: who gives the answer.
        date: when it was decided, ISO 8601 in UTC.
    """

    proposal: Proposal
    verdict: Verdict
    words: str
    author: str
    date: str


def write_reply(data: bytes, shown: str, blocks: Sequence[ExportedBlock], answers: Sequence[ProposalAnswer]) -> bytes:
    """Return the editor's Word file with the answers in it.

    Args:
        data: the Word file that came back.
        shown: the name of the file in messages.
        blocks: the texts that were sent.
        answers: to the proposals of that file, in their order.

    Raises:
        InputError: it is not a Word file, or exceeds the limits for an editor's file.
    """
    file = open_word_file(data, shown)
    read, nodes = read_with_nodes(file)
    writer = _ReplyWriter(file, nodes, to_proposals(blocks, read)[0])
    for each in answers:
        if each.words:
            writer.add_answer(each)
    roots = [root for _, root in file.texts]
    accept_changes(roots, [nodes.revisions[number] for number in sorted(_find_accepted_changes(answers))])
    parts = dict(file.package.parts) | writer.threads.parts()
    parts |= {name: serialise_xml(root) for name, root in zip(file.names_of_texts, roots, strict=True)}
    return write_zip({name: ZipEntry.of(part) for name, part in parts.items()})


def _find_accepted_changes(answers: Sequence[ProposalAnswer]) -> set[int]:
    """Find the tracked changes that are accepted in full."""
    done = [each.proposal.revisions for each in answers if each.verdict == "accepted"]
    left = [each.proposal.revisions for each in answers if each.verdict != "accepted"]
    return set[int]().union(*done) - set[int]().union(*left)


class _ReplyWriter:
    def __init__(self, file: WordParts, nodes: WordNodes, trace: CharacterTrace) -> None:
        self.threads = CommentThreads(file, trace.file.comments)
        self._roots, self._nodes, self._trace = [root for _, root in file.texts], nodes, trace
        self._body = next(root for part, root in file.texts if part == "body")
        self._paragraph_of_text = {
            read_state_text(trace.file, text).strip(): text.paragraphs[0]
            for text in reversed(accept_all_changes(trace.file))
        }

    def add_answer(self, answer: ProposalAnswer) -> None:
        """Add an answer to a comment's thread, or next to a change."""
        proposal = answer.proposal
        remark = proposal.name if proposal.kind is ProposalKind.COMMENT else ""
        ident = self.threads.add(answer.words, answer.author, answer.date, remark)
        if remark and attach_to_parent(ident, remark, self._roots):
            return
        changed = [self._nodes.revisions[number] for number in sorted(proposal.revisions)]
        homes = [_find_paragraph(each) for each in changed]
        inline = [
            (_find_container(each), home)
            for each, home in zip(changed, homes, strict=True)
            if home is not None and self._in_body(home) and not _in_properties(each)
        ]
        if inline:
            here = [each for each, home in inline if home is inline[0][1]]
            attach_to_range(ident, here[0], here[-1])
            return
        found = next((each for each in homes if each is not None), None)
        attach_to_paragraph(ident, self._allowed(self._home(proposal) if found is None else found))

    def _in_body(self, paragraph: Element) -> bool:
        return any(each is self._body for each in paragraph.iterancestors())

    def _allowed(self, paragraph: Element) -> Element:
        """Return a paragraph that can carry a comment.

        Word allows no comments in headers, footers and notes.
        """
        return paragraph if self._in_body(paragraph) else next(self._body.iter(P))

    def _home(self, proposal: Proposal) -> Element:
        """Return the paragraph for the answer to an untracked change.

        This includes a change of a whole row.
        """
        at = self._paragraph_of_text.get(proposal.after.strip()) if proposal.kind is ProposalKind.ADD else None
        block = proposal.block if proposal.block >= 0 else proposal.anchor
        if at is None:
            rows = enumerate(self._trace.coordinates)
            at = next((row for row, places in rows if any(place and place.sent == block for place in places)), None)
        if at is None:
            at = next((row for row, home in self._trace.home.items() if home == block), None)
        body = (row for row, each in enumerate(self._trace.file.paragraphs) if each.part == "body")
        return self._nodes.paragraphs[next(body, 0) if at is None else at]


def _find_paragraph(node: Element) -> Element | None:
    """Return the paragraph that holds a tracked change.

    For a change of a row, or around whole paragraphs, this is the first one.
    """
    if (above := next(node.iterancestors(P), None)) is not None:
        return above
    properties = node.getparent()
    row = properties.getparent() if properties is not None and properties.tag == W + "trPr" else node
    return None if row is None else next(row.iter(P), None)


def _in_properties(node: Element) -> bool:
    return next(node.iterancestors(PPR), None) is not None


def _find_container(node: Element) -> Element:
    """Return the element right below the paragraph that holds a change."""
    return next((each for each, above in pairwise([node, *node.iterancestors()]) if above.tag == P), node)
