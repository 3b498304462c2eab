"""The runs of a paragraph: which text they hold, and how to part them where a tag begins or ends."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from lxml import etree

from pressgen.ooxml.names import BR, MATH_RUN, PPR, RPR, SPACE, TAB, TYPE, P, R, T, W

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.ooxml.names import Element

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


def isolate(paragraph: Element, start: int, size: int) -> list[Element]:
    """Part the runs so that some of them hold just the `size` characters from `start`; return those."""
    _cut(paragraph, start)
    _cut(paragraph, start + size)
    held: list[Element] = []
    at = 0
    for run in runs_of(paragraph):
        length = sum(len(text_of(child)) for child in run)
        if start <= at < start + size and length:
            held.append(run)
        at += length
    return held


def _cut(paragraph: Element, at: int) -> None:
    for run in runs_of(paragraph):
        for child in run:
            length = len(text_of(child))
            if at < length:
                _begin_run(run, child, at)
                return
            at -= length


def _begin_run(run: Element, child: Element, offset: int) -> None:
    """Begin a new run, dressed alike, at `offset` in `child`."""
    if offset:
        right, text = deepcopy(child), child.text or ""
        child.text, right.text = text[:offset], text[offset:]
        child.addnext(right)
        child.set(SPACE, "preserve")
        right.set(SPACE, "preserve")
        child = right
    new, dress, index = etree.Element(R), run.find(RPR), run.index(child)
    if index > (dress is not None):
        new.extend([*([] if dress is None else [deepcopy(dress)]), *list(run)[index:]])
        run.addnext(new)
