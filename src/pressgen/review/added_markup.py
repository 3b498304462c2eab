"""Give added paragraphs their links, emphasis and lists.

The reader knows their words, the inventory how they look. Entries of one new list become one proposal.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from pressgen.model.proposal import Proposal, ProposalKind
from pressgen.review.typed_words import write_as_typed
from pressgen.text.prose import escape_marks

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pressgen.model.contents import CountedMark, CountedText

STARS = {(False, False): "", (False, True): "*", (True, False): "**", (True, True): "***"}
LIST, NUMBERED = "list", "numbered list"


def add_markup(proposals: Sequence[Proposal], texts: Iterable[CountedText]) -> list[Proposal]:
    """Return the proposals, with added paragraphs as typed in a release.

    `texts` is what was counted in the returned file. A paragraph that was counted twice and looks different each time
    stays plain.
    """
    by_text: dict[str, list[CountedText]] = defaultdict(list)
    for text in texts:
        if text.place == "body":
            by_text[text.text].append(text)
    found: list[Proposal] = []
    for key, group in groupby((_mark_up(each, by_text) for each in proposals), _get_list):
        parts = list(group)
        found += parts if key is None else [_merge(parts)]
    return found


def _mark_up(each: Proposal, by_text: Mapping[str, list[CountedText]]) -> Proposal:
    counted = by_text.get(each.after, [])
    looks = {(text.level, text.ordered, text.marks) for text in counted}
    if each.kind is not ProposalKind.ADD or each.mark or len(looks) != 1:
        return each
    text = counted[0]
    if not text.level and not text.marks:
        return each
    mark = "" if not text.level else NUMBERED if text.ordered else LIST
    return replace(each, entries=((text.level, format_as_typed(text)),), mark=mark)


def _get_list(each: Proposal) -> tuple[int, int, str] | None:
    """Return what entries of one list have in common, or None."""
    return (each.anchor, each.piece, each.mark) if each.mark in {LIST, NUMBERED} else None


def _merge(parts: Sequence[Proposal]) -> Proposal:
    """Return one proposal for the entries of a list."""
    authors = [name for each in parts for name in each.author.split("; ") if name]
    return replace(
        parts[0], after="\n".join(each.after for each in parts),
        entries=tuple(entry for each in parts for entry in each.entries),
        author="; ".join(dict.fromkeys(authors)), tracked=all(each.tracked for each in parts),
        revisions=frozenset[int]().union(*(each.revisions for each in parts)),
    )  # fmt: skip


def format_as_typed(text: CountedText) -> str:
    """Return a paragraph as it is typed in a release."""
    borders = sorted({0, len(text.text), *(at for mark in text.marks for at in (mark.start, mark.end))})
    return "".join(_format_span(text, start, end) for start, end in pairwise(borders)).strip()


def _format_span(text: CountedText, start: int, end: int) -> str:
    marks = [each for each in text.marks if each.start <= start and end <= each.end]
    words = write_as_typed(text.text[start:end], "", text.text[max(start - 1, 0) : start], text.text[end : end + 1])
    core = words.strip()
    if not core:
        return words
    head, _, tail = words.partition(core)
    return f"{head}{_format_marks(escape_marks(core), marks)}{tail}"


def _format_marks(core: str, marks: Sequence[CountedMark]) -> str:
    kinds = {each.kind for each in marks}
    stars = STARS["strong" in kinds, "emphasis" in kinds]
    address = next((each.target for each in marks if each.kind == "link"), "")
    return f"{stars}[{core}]({address}){stars}" if address else f"{stars}{core}{stars}"
