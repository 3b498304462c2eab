"""Compare two texts of a Document: their words, links and emphasis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from pressgen.model.document import Heading, Quotation
from pressgen.model.redline import ChangeKind, RedlineSummary, Span
from pressgen.model.words import GeneratedText, Piece, Words
from pressgen.review.alignment import pair_texts
from pressgen.text.word_diff import diff_words, split_into_tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.model.document import Leaf

Tokens = Sequence[tuple[str, Piece]]
Style = tuple[bool, bool, str]
ADDRESS = "%:/?#[]@!$&'()*+,;=~-._"
"""Characters of an address that are shown as they are; a house's fonts may lack others."""


class LeafChange(NamedTuple):
    """Words of two texts that are the same, or differ.

    `notes` says how words that are the same differ in their link or emphasis; it is empty where they do not.
    """

    old: Words
    new: Words
    same: bool
    links: str = ""
    emphasis: str = ""

    @property
    def plain(self) -> bool:
        """Whether nothing differs."""
        return self.same and not self.links and not self.emphasis

    @property
    def note(self) -> Words:
        """The note on a changed link or emphasis, or nothing."""
        return make_note("; ".join(filter(None, (self.links, self.emphasis))))


def look_alike(old: Words, new: Words) -> bool:
    """Return whether two texts have the same pieces, which look the same."""
    one, other = ([(each.text, bool(each.note), *_get_style(each)) for each in words] for words in (old, new))
    return one == other


def compare_leaves(old: Words, new: Words) -> list[LeafChange]:
    """Compare two texts, in parts that differ in one way."""
    before, after = list(_split_tokens(old)), list(_split_tokens(new))
    found: list[LeafChange] = []
    for was, is_, same in diff_words([each for each, _ in before], [each for each, _ in after]):
        gone, come = before[was.start : was.stop], after[is_.start : is_.stop]
        found += (
            _split_by_style(gone, come) if same else [LeafChange(_join_pieces(gone), _join_pieces(come), same=False)]
        )
    return found


def compare_moved(
    old: Sequence[Leaf], new: Sequence[Leaf]
) -> Iterator[tuple[Leaf | None, Leaf | None, list[LeafChange]]]:
    """Yield the texts of a moved block, with counterparts and changes."""
    for one, other in pair_texts([str(each) for each in old], [str(each) for each in new]):
        was, is_ = None if one is None else old[one], None if other is None else new[other]
        words: tuple[Words, Words] = was.words if was else (), is_.words if is_ else ()
        yield was, is_, compare_leaves(*words)


def _split_by_style(gone: Tokens, come: Tokens) -> Iterator[LeafChange]:
    def compare(pair: tuple[tuple[str, Piece], tuple[str, Piece]]) -> tuple[Style, Style] | None:
        (_, old), (_, new) = pair
        one, other = _get_style(old), _get_style(new)
        return None if one == other else (one, other)

    for styles, run in groupby(zip(gone, come, strict=True), compare):
        pairs = list(run)
        old, new = _join_pieces([one for one, _ in pairs]), _join_pieces([other for _, other in pairs])
        links, emphasis = (_describe_link(*styles), _describe_emphasis(*styles)) if styles else ("", "")
        yield LeafChange(old, new, same=True, links=links, emphasis=emphasis)


def _get_style(piece: Piece) -> Style:
    return piece.strong, piece.emphasis, piece.href


def _describe_link(old: Style, new: Style) -> str:
    was, now = (quote(each[2], safe=ADDRESS) for each in (old, new))
    if was == now:
        return ""
    if was and now:
        return f"link changed from {was} to {now}"
    return f"link to {now} added" if now else f"link to {was} removed"


def _describe_emphasis(old: Style, new: Style) -> str:
    return ", ".join(
        f"{name} {'added' if is_ else 'removed'}"
        for name, was, is_ in zip(("bold", "italics"), old[:2], new[:2], strict=True)
        if was != is_
    )


def describe_kind(leaf: Leaf) -> str:
    """Return what kind of text a leaf is."""
    match leaf:
        case Heading():
            return f"a heading of level {leaf.level}"
        case Quotation():
            return "a quotation"
        case _:
            return "a paragraph"


def make_note(text: str) -> Words:
    """Return a note in brackets; nothing for an empty text."""
    return (Piece(text=f" [{text}]", origin=GeneratedText("redline")),) if text else ()


def list_spans(changes: Sequence[LeafChange]) -> tuple[Span, ...]:
    """Return the words of both versions of a text in place."""
    found = []
    for each in changes:
        if each.same:
            found += [Span(each.new, ChangeKind.STAYS if each.plain else ChangeKind.RESTYLED)]
            found += [Span(each.note, ChangeKind.NOTE)] * bool(each.note)
        else:
            found += [Span(each.old, ChangeKind.GONE)] * bool(each.old)
            found += [Span(each.new, ChangeKind.COME)] * bool(each.new)
    return tuple(found)


def list_spans_away(changes: Sequence[LeafChange]) -> tuple[Span, ...]:
    """Return the words of a moved text at its old place."""
    return tuple(
        Span(each.old, ChangeKind.MOVED_AWAY if each.same else ChangeKind.GONE) for each in changes if each.old
    )


def list_spans_here(changes: Sequence[LeafChange]) -> tuple[Span, ...]:
    """Return the words of a moved text at its new place."""
    found = []
    for each in changes:
        if each.new:
            found.append(Span(each.new, ChangeKind.MOVED_HERE if each.same else ChangeKind.COME))
            found += [Span(each.note, ChangeKind.NOTE)] * bool(each.note)
    return tuple(found)


def count_changes(changes: Sequence[LeafChange], *, moved: bool) -> RedlineSummary:
    """Count what differs in one text.

    With `moved`, words that are the same count as moved.
    """
    total = RedlineSummary()
    for each in changes:
        if each.same:
            moves = count_words(each.new) if moved else 0
            total += RedlineSummary(moved=moves, links=bool(each.links), emphasis=bool(each.emphasis))
        else:
            total += RedlineSummary(put_in=count_words(each.new), struck=count_words(each.old))
    return total


def count_words(words: Words) -> int:
    """Count the words and figures of a text, without marks."""
    text = "".join(piece.text for piece in words)
    return sum(any(map(str.isalnum, each)) for each in split_into_tokens(text))


def _split_tokens(words: Words) -> Iterator[tuple[str, Piece]]:
    for piece in words:
        if piece.note:
            yield f"[{piece.text}]", piece
        else:
            yield from ((each, replace(piece, text=each)) for each in split_into_tokens(piece.text))


def _join_pieces(found: Tokens) -> Words:
    """Join adjacent pieces that have the same formatting and origin."""
    runs = groupby((piece for _, piece in found), lambda piece: replace(piece, text=""))
    return tuple(replace(like, text="".join(piece.text for piece in run)) for like, run in runs)
