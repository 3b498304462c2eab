"""List what was counted in a returned file and not proposed.

The reader's proposals must account for every word that the inventory counts. Words that they do not account for are
listed, and so is other markup of the same words: links, emphasis, headings, lists and alternative texts.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from pressgen.model.proposal import Proposal, ProposalKind
from pressgen.review.added_markup import add_markup
from pressgen.review.completeness import apply_proposals
from pressgen.review.markup_comparison import compare_markup

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pressgen.model.contents import CountedText, FileContents
    from pressgen.model.export import ExportedBlock

TOKEN = re.compile(r"\w+|[^\w\s]")
UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
"""Characters that show nothing; programs add and drop them."""
MARGINS = frozenset({"header", "footer"})
LABEL = "Label "
"""The beginning of the names of the labels in a copy's margin; the rest is what they say."""
BACKLINK = "↩"
"""The beginning of the alternative text of a picture that leads back from a note, and goes with it."""
BOXES = frozenset({"text box", "equation", "chart", "diagram", "symbol", "inserted file"})
APART = BOXES | {"table description"}
"""Places that hold nothing of a release, so that the reader passes them by."""


@dataclass(frozen=True, slots=True)
class InventoryPair:
    """The contents of a file as it was sent, and as returned.

    Of a file that an older version sent, only the texts are known.
    """

    sent: FileContents | None
    received: FileContents


def add_unlisted(proposals: Sequence[Proposal], pair: InventoryPair, blocks: Sequence[ExportedBlock]) -> list[Proposal]:
    """Return the proposals with those of everything that they do not say.

    A tracked change of formatting that only set a link or emphasis is said by that, with its author. A change without
    words is left out where the words of the same author are listed.
    """
    proposals = add_markup(proposals, pair.received.texts)
    unlisted = list(find_unlisted(pair, blocks, proposals))
    found: list[Proposal] = []
    for each in proposals:
        same = [at for at, other in enumerate(unlisted) if _reports(other, each)]
        for at in same:
            unlisted[at] = replace(
                unlisted[at], author=each.author, date=each.date, tracked=True,
                revisions=unlisted[at].revisions | each.revisions,
            )  # fmt: skip
        found += [] if same else [each]
    return [*found, *unlisted]


def _reports(unlisted: Proposal, each: Proposal) -> bool:
    """Return whether something unlisted is what a proposal reports without words."""
    if each.kind is ProposalKind.FORMAT and unlisted.kind is ProposalKind.MARKUP:
        return unlisted.block == each.block and unlisted.start < each.end and each.start < unlisted.end
    blank = each.kind is ProposalKind.UNMAPPED and not (each.before or each.after)
    return blank and unlisted.kind is ProposalKind.UNMAPPED and unlisted.author == each.author


def find_unlisted(
    pair: InventoryPair, blocks: Sequence[ExportedBlock], proposals: Sequence[Proposal]
) -> Iterator[Proposal]:
    """Find what was counted and is neither unchanged nor proposed.

    Args:
        pair: the contents of both files.
        blocks: the texts that were sent.
        proposals: what the reader found.
    """
    yield from _find_words(pair, blocks, proposals)
    yield from _find_struck_words(pair.received)
    for name in pair.received.uncounted:
        yield Proposal(kind=ProposalKind.UNMAPPED, after=f"the part {name} cannot be read", mark="damaged part")
    if pair.sent is None:
        return
    yield from _find_missing_boxes(pair.sent, pair.received)
    carried = {line for each in proposals if each.entries for line in each.after.split("\n")}
    received = [each for each in _main_texts(pair.received) if each.text not in carried]
    yield from compare_markup(_main_texts(pair.sent), received, blocks)
    yield from _find_alternative_texts(pair.sent, pair.received)


def _find_words(
    pair: InventoryPair, blocks: Sequence[ExportedBlock], proposals: Sequence[Proposal]
) -> Iterator[Proposal]:
    """Find texts with words that no proposal explains."""
    sent = pair.sent.texts if pair.sent else ()
    own = _count_tokens(each.text for each in _once(sent))
    explained = _count_tokens(apply_proposals(blocks, proposals))
    explained += own - _count_tokens(block.text for block in blocks)
    explained += _count_tokens(
        each.after for each in proposals if each.kind in {ProposalKind.COMMENT, ProposalKind.UNMAPPED}
    )
    received = list(_once(pair.received.texts))
    surplus = _count_tokens(each.text for each in received) - explained
    known = {each.text for each in sent}
    for each in sorted(received, key=lambda each: (each.place not in APART, each.text in known)):
        if not surplus:
            return
        tokens = _split(each.text)
        more = [token for token in tokens if surplus[token] > 0]
        if not more or not any(token.isalnum() or each.place in APART for token in more):
            continue
        surplus -= Counter(more)
        text = each.text if each.place in APART else " ".join(more)
        block = _find_beside(pair.received.texts, each, blocks)
        yield Proposal(
            kind=ProposalKind.UNMAPPED, after=text.strip(), author=each.author, tracked=bool(each.author),
            mark=each.place, block=block, path=blocks[block].path if block >= 0 else "",
        )  # fmt: skip


def _find_beside(texts: Sequence[CountedText], each: CountedText, blocks: Sequence[ExportedBlock]) -> int:
    """Return the sent text that something stands beside, or -1.

    A paragraph is counted after what is anchored in it.
    """
    at = next(at for at, other in enumerate(texts) if other is each)
    near = next((other for other in texts[at + 1 :] if other.place not in APART), None)
    if each.place not in APART or near is None:
        return -1
    return next((number for number, block in enumerate(blocks) if block.id and block.text == near.text), -1)


def _find_struck_words(received: FileContents) -> Iterator[Proposal]:
    """Find words struck in boxes, where the reader sees no tracked change."""
    for each in _once(received.texts):
        if each.place in APART and each.struck.strip():
            yield Proposal(kind=ProposalKind.UNMAPPED, before=each.struck.strip(), mark=each.place, tracked=True)


def _find_missing_boxes(sent: FileContents, received: FileContents) -> Iterator[Proposal]:
    """Find what stood in boxes and is gone.

    A label goes with its paragraph.
    """
    there = Counter(each.text.strip() for each in received.texts)
    for each in _once(sent.texts):
        if each.place in BOXES and not there[each.text.strip()] and not _is_label(each):
            yield Proposal(kind=ProposalKind.UNMAPPED, before=each.text.strip(), mark=each.place)
        there[each.text.strip()] -= 1


def _find_alternative_texts(sent: FileContents, received: FileContents) -> Iterator[Proposal]:
    """Find new and missing pictures, and other alternative texts."""
    old, new = Counter(sent.pictures), Counter(received.pictures)
    gone, come = list((old - new).elements()), list((new - old).elements())
    gone = [each for each in gone if not each.startswith(BACKLINK)]
    for before, after in zip_longest(gone, come):
        mark = "picture" if before is None or after is None else "alternative text"
        texts = [each if each is None else each or "a picture without alternative text" for each in (before, after)]
        yield Proposal(kind=ProposalKind.UNMAPPED, before=texts[0] or "", after=texts[1] or "", mark=mark)


def _main_texts(contents: FileContents) -> list[CountedText]:
    return [each for each in _once(contents.texts) if each.place not in APART | {"comment"}]


def _once(texts: Iterable[CountedText]) -> Iterator[CountedText]:
    """Yield texts, those of equal headers and footers once, and no labels."""
    seen: set[tuple[str, str]] = set()
    for each in texts:
        key = each.place, " ".join(each.text.split())
        if not _is_label(each) and (each.place not in MARGINS or key not in seen):
            yield each
        seen.add(key)


def _is_label(each: CountedText) -> bool:
    return each.place == "text box" and each.name == LABEL + each.text.strip()


def _split(text: str) -> list[str]:
    return TOKEN.findall(text.translate(UNSEEN))


def _count_tokens(texts: Iterable[str]) -> Counter[str]:
    return Counter(token for text in texts for token in _split(text))
