"""Find and split the runs of a paragraph."""

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
"""The placeholder of something that is seen and is no text: a picture, a footnote's number, a field."""


def find_runs(node: Element) -> Iterator[Element]:
    """Yield the runs of a paragraph.

    Those of text boxes that hang on it are left out.
    """
    for child in node:
        if child.tag == R:
            yield child
        elif child.tag not in (PPR, P):
            yield from find_runs(child)


def get_run_child_text(child: Element) -> str:
    """Return the text of a child of a run."""
    return child.text or "" if child.tag == T else TEXT_OF.get(str(child.tag), OTHER)


def has_visible_content(block: Element) -> bool:
    """Return whether a block shows anything, or breaks a page.

    White space does not count.
    """
    return any(
        get_run_child_text(child).strip() or child.get(TYPE) in ("page", "column")
        for run in block.iter(R, MATH_RUN)
        for child in run
    )


def split_runs(paragraph: Element, spans: Sequence[tuple[int, int]]) -> list[list[Element]]:
    """Split the runs so that each span has its own.

    This takes one pass over the paragraph.

    Args:
        paragraph: is changed.
        spans: where each begins and ends in the paragraph's text, in order; none is empty, none over another.

    Returns:
        The runs of each span.
    """
    cuts = sorted({edge for span in spans for edge in span})
    held: list[list[Element]] = [[] for _ in spans]
    at = index = 0
    for whole in list(find_runs(paragraph)):
        for run in _split_run(whole, at, cuts):
            while index < len(spans) and spans[index][1] <= at:
                index += 1
            length = sum(len(get_run_child_text(child)) for child in run)
            if length and index < len(spans) and spans[index][0] <= at:
                held[index].append(run)
            at += length
    return held


def _split_run(run: Element, at: int, cuts: Sequence[int]) -> list[Element]:
    """Split a run at each cut, and return all its pieces.

    The new runs have the same properties.
    """
    pieces: list[list[Element]] = [[]]
    for child in list(run):
        length = len(get_run_child_text(child))
        offsets = [cut - at for cut in cuts[bisect_left(cuts, at) : bisect_left(cuts, at + length)]]
        first, *rest = _split_text(child, [offset for offset in offsets if offset])
        if 0 in offsets and any(each.tag != RPR for each in pieces[-1]):
            pieces.append([])
        pieces[-1].append(first)
        pieces += ([each] for each in rest)
        at += length
    base, runs = run.find(RPR), [run]
    if len(pieces) > 1:
        run[:] = pieces[0]
    for piece in pieces[1:]:
        new = etree.Element(R)
        new.extend([*([] if base is None else [deepcopy(base)]), *piece])
        runs[-1].addnext(new)
        runs.append(new)
    return runs


def _split_text(child: Element, offsets: Sequence[int]) -> list[Element]:
    """Split a text at each offset.

    Anything else has no offset within it.
    """
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
