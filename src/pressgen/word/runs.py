"""The runs of a paragraph: which text they hold, and how to part them where a tag begins or ends."""

from __future__ import annotations

from bisect import bisect_left
from copy import deepcopy
from itertools import pairwise
from typing import TYPE_CHECKING

from lxml import etree

from pressgen.word.names import BR, MATH_RUN, PPR, RPR, SPACE, TAB, TYPE, P, R, T, W

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pressgen.word.names import Element

TEXT_OF = {TAB: "\t", BR: "\n", W + "cr": "\n", RPR: "", W + "softHyphen": "\xad", W + "noBreakHyphen": "\u2011"}
OTHER = "\ufffc"
"""Stands for a picture, a footnote's number, a field: something that is seen and is no text."""


def runs_of(node: Element) -> Iterator[Element]:
    """The runs of a paragraph, but not those of text boxes that hang on it."""
    for child in node:
        if child.tag == R:
            yield child
        elif child.tag not in (PPR, P):
            yield from runs_of(child)


def text_of(child: Element) -> str:
    """The text of what stands in a run."""
    return child.text or "" if child.tag == T else TEXT_OF.get(str(child.tag), OTHER)


def shows(block: Element) -> bool:
    """Whether anything but white space is to be seen in a block, or a page breaks there."""
    return any(
        text_of(child).strip() or child.get(TYPE) in ("page", "column")
        for run in block.iter(R, MATH_RUN)
        for child in run
    )


def isolate(paragraph: Element, spans: Sequence[tuple[int, int]]) -> list[list[Element]]:
    """Part the runs so that each span of characters has runs of its own, in one pass over the paragraph.

    Args:
        paragraph: is changed.
        spans: where each begins and ends in the paragraph's text, in order; none is empty, none over another.

    Returns:
        The runs of each span.
    """
    cuts = sorted({edge for span in spans for edge in span})
    held: list[list[Element]] = [[] for _ in spans]
    at = index = 0
    for whole in list(runs_of(paragraph)):
        for run in _part_run(whole, at, cuts):
            while index < len(spans) and spans[index][1] <= at:
                index += 1
            length = sum(len(text_of(child)) for child in run)
            if length and index < len(spans) and spans[index][0] <= at:
                held[index].append(run)
            at += length
    return held


def _part_run(run: Element, at: int, cuts: Sequence[int]) -> list[Element]:
    """Part a run, whose text begins at `at`, at each cut; return it and the new ones, dressed alike."""
    pieces: list[list[Element]] = [[]]
    for child in list(run):
        length = len(text_of(child))
        offsets = [cut - at for cut in cuts[bisect_left(cuts, at) : bisect_left(cuts, at + length)]]
        first, *rest = _part_text(child, [offset for offset in offsets if offset])
        if 0 in offsets and any(each.tag != RPR for each in pieces[-1]):
            pieces.append([])
        pieces[-1].append(first)
        pieces += ([each] for each in rest)
        at += length
    dress, runs = run.find(RPR), [run]
    if len(pieces) > 1:
        run[:] = pieces[0]
    for piece in pieces[1:]:
        new = etree.Element(R)
        new.extend([*([] if dress is None else [deepcopy(dress)]), *piece])
        runs[-1].addnext(new)
        runs.append(new)
    return runs


def _part_text(child: Element, offsets: Sequence[int]) -> list[Element]:
    """Part a text at each offset; anything else has no offset within it."""
    if not offsets:
        return [child]
    text, parts = child.text or "", [child]
    for start, end in pairwise([*offsets, len(text)]):
        part = etree.Element(T)
        part.text = text[start:end]
        parts.append(part)
    child.text = text[: offsets[0]]
    for part in parts:
        part.set(SPACE, "preserve")
    return parts
