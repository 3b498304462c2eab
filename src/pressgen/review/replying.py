"""The answer to an editor in his own Word file: what was accepted is text, everything else has a remark that says why.

Refused and undecided changes stay as the editor made them, so that he sees what they were.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from pressgen.model.proposal import Kind
from pressgen.review.accept_reject import accepted, said
from pressgen.review.accept_revisions import settle
from pressgen.review.proposals import told
from pressgen.review.threads import Threads, stand_beside, stand_on, stand_round
from pressgen.review.word_open import opened
from pressgen.review.word_reader import located
from pressgen.word.archive import Entry, write
from pressgen.word.names import PPR, P, W, serialise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pressgen.model.export import Block
    from pressgen.model.proposal import Proposal
    from pressgen.review.char_alignment import Trace
    from pressgen.review.word_open import Opened
    from pressgen.review.word_reader import Nodes
    from pressgen.word.names import Element

Verdict = Literal["accepted", "refused", "open"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a proposal.

    Attributes:
        verdict: `open` for one that nobody has decided on.
        words: what the editor is told; empty where an accepted change says it all.
        author: who tells it.
        date: when it was decided, ISO 8601 in UTC.
    """

    proposal: Proposal
    verdict: Verdict
    words: str
    author: str
    date: str


def replied(data: bytes, shown: str, blocks: Sequence[Block], answers: Sequence[Answer]) -> bytes:
    """The editor's file with the answers in it.

    Args:
        data: the Word file that came back.
        shown: what messages call it.
        blocks: the texts that were sent.
        answers: to the proposals of that file, in their order.

    Raises:
        Refused: it is no Word file, or beyond what an editor's file can be.
    """
    file = opened(data, shown)
    read, nodes = located(file)
    reply = _Reply(file, nodes, told(blocks, read)[0])
    for each in answers:
        if each.words:
            reply.tell(each)
    roots = [root for _, root in file.texts]
    settle(roots, [nodes.revisions[number] for number in sorted(_settled(answers))])
    parts = dict(file.package.parts) | reply.threads.parts()
    parts |= {name: serialise(root) for name, root in zip(file.names_of_texts, roots, strict=True)}
    return write({name: Entry.of(part) for name, part in parts.items()})


def _settled(answers: Sequence[Answer]) -> set[int]:
    """The tracked changes that are accepted for all that they do."""
    done = [each.proposal.revisions for each in answers if each.verdict == "accepted"]
    left = [each.proposal.revisions for each in answers if each.verdict != "accepted"]
    return set[int]().union(*done) - set[int]().union(*left)


class _Reply:
    """Remarks on their way into a file."""

    def __init__(self, file: Opened, nodes: Nodes, trace: Trace) -> None:
        self.threads = Threads(file, trace.file.comments)
        self._roots, self._nodes, self._trace = [root for _, root in file.texts], nodes, trace
        self._body = next(root for part, root in file.texts if part == "body")
        self._said = {said(trace.file, text).strip(): text.paragraphs[0] for text in reversed(accepted(trace.file))}

    def tell(self, answer: Answer) -> None:
        """Put an answer in: to a remark into its thread, to a change beside it."""
        proposal = answer.proposal
        remark = proposal.name if proposal.kind is Kind.COMMENT else ""
        ident = self.threads.add(answer.words, answer.author, answer.date, remark)
        if remark and stand_beside(ident, remark, self._roots):
            return
        changed = [self._nodes.revisions[number] for number in sorted(proposal.revisions)]
        homes = [_paragraph(each) for each in changed]
        inline = [
            (_top(each), home)
            for each, home in zip(changed, homes, strict=True)
            if home is not None and self._in_body(home) and not _in_properties(each)
        ]
        if inline:
            here = [each for each, home in inline if home is inline[0][1]]
            stand_round(ident, here[0], here[-1])
            return
        found = next((each for each in homes if each is not None), None)
        stand_on(ident, self._allowed(self._home(proposal) if found is None else found))

    def _in_body(self, paragraph: Element) -> bool:
        return any(each is self._body for each in paragraph.iterancestors())

    def _allowed(self, paragraph: Element) -> Element:
        """A paragraph on which Word takes remarks: it takes none in headers, footers and notes."""
        return paragraph if self._in_body(paragraph) else next(self._body.iter(P))

    def _home(self, proposal: Proposal) -> Element:
        """The paragraph where a change without tracking, or one of a whole row, is told."""
        at = self._said.get(proposal.after.strip()) if proposal.kind is Kind.ADD else None
        block = proposal.block if proposal.block >= 0 else proposal.anchor
        if at is None:
            rows = enumerate(self._trace.coordinates)
            at = next((row for row, places in rows if any(place and place[0] == block for place in places)), None)
        if at is None:
            at = next((row for row, home in self._trace.home.items() if home == block), None)
        body = (row for row, each in enumerate(self._trace.file.paragraphs) if each.part == "body")
        return self._nodes.paragraphs[next(body, 0) if at is None else at]


def _paragraph(node: Element) -> Element | None:
    """The paragraph that a tracked change stands in; of one of a row, or round whole paragraphs, the first."""
    if (above := next(node.iterancestors(P), None)) is not None:
        return above
    properties = node.getparent()
    row = properties.getparent() if properties is not None and properties.tag == W + "trPr" else node
    return None if row is None else next(row.iter(P), None)


def _in_properties(node: Element) -> bool:
    return next(node.iterancestors(PPR), None) is not None


def _top(node: Element) -> Element:
    """What holds a tracked change, right below its paragraph."""
    return next((each for each, above in pairwise([node, *node.iterancestors()]) if above.tag == P), node)
