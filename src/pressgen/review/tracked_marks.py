"""Write the marks of tracked changes into a Word file.

Source: ECMA-376 part 1 (transitional), 17.13.5; moves are marked as Word marks them.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lxml import etree

from pressgen.review.styled_characters import BOX, FIELD, build_runs, is_content, iter_paragraphs
from pressgen.word.names import END, ID, LINK, NAME, PPR, RPR, VAL, Element, P, R, W

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pressgen.review.styled_characters import StyledCharacter

UNTRACKED = frozenset({RPR, W + "sectPr", W + "pPrChange"})
"""What a paragraph's properties hold that its former properties may not."""
FIRST_MOVE = 500_000_000
"""The number in the name of the first move; Word takes nine digits."""


@dataclass(slots=True)
class ChangeMarker:
    """A maker of marks, numbered over the whole file."""

    author: str
    date: str
    count: int = 9000
    moves: int = FIRST_MOVE

    def mark(self, change: str) -> Element:
        """Return a mark of a kind, such as `ins`."""
        self.count += 1
        return etree.Element(W + change, {ID: str(self.count), W + "author": self.author, W + "date": self.date})

    def name_move(self) -> str:
        """Return a name for another move."""
        self.moves += 1
        return f"move{self.moves}"

    def mark_row(self, row: Element, change: str) -> None:
        """Mark a row of a table as `ins` or `del`."""
        properties = row.find(W + "trPr")
        if properties is None:
            properties = etree.Element(W + "trPr")
            row.insert(1 if row.find(W + "tblPrEx") is not None else 0, properties)
        properties.append(self.mark(change))

    def mark_end(self, paragraph: Element, change: str) -> None:
        """Mark the end of a paragraph."""
        properties = _get_properties(paragraph)
        formatting = properties.find(RPR)
        if formatting is None:
            formatting = etree.Element(RPR)
            section = properties.find(W + "sectPr")
            properties.insert(len(properties) if section is None else properties.index(section), formatting)
        formatting.insert(0, self.mark(change))

    def mark_labels(self, paragraph: Element, change: str) -> None:
        """Insert the margin labels of a paragraph, or remove them.

        A label is of the version that its text is of. With a struck text goes the watermark of a header too: each of
        its shapes has a name that is used once.
        """
        leaves = change in {"del", "moveFrom"}
        for run in [each for each in paragraph if each.tag == R and not is_content(each)]:
            if leaves:
                paragraph.remove(run)
            elif next(run.iter(BOX), None) is not None:
                mark = self.mark("ins")  # also where a text moved: the label is another one there
                run.addprevious(mark)
                mark.append(run)

    def mark_style(self, paragraph: Element, former: Element) -> None:
        """Record the properties that a paragraph had before."""
        change = self.mark("pPrChange")
        kept = etree.SubElement(change, PPR)
        properties = former.find(PPR)
        kept.extend(deepcopy(each) for each in (() if properties is None else properties) if each.tag not in UNTRACKED)
        _get_properties(paragraph).append(change)


def _get_properties(paragraph: Element) -> Element:
    properties = paragraph.find(PPR)
    if properties is None:
        properties = etree.Element(PPR)
        paragraph.insert(0, properties)
    return properties


def get_style(paragraph: Element) -> tuple[str, str]:
    """Return the style of a paragraph, and its level in a list."""
    found = (paragraph.find(f"{PPR}/{W}{path}") for path in ("pStyle", f"numPr/{W}ilvl"))
    style, level = ("" if each is None else str(each.get(VAL)) for each in found)
    return style, level


def mark_range(marker: ChangeMarker, move: str, name: str) -> tuple[Element, Element]:
    """Return the marks around one end of a move."""
    start = marker.mark(f"{move}RangeStart")
    start.set(NAME, name)
    return start, etree.Element(W + f"{move}RangeEnd", {ID: str(start.get(ID))})


def wrap_range(node: Element, start: Element, end: Element) -> list[Element]:
    """Put the marks of a move around a paragraph, table or row.

    Return the node and, for a paragraph, the mark that has to follow it.
    """
    paragraphs = list(iter_paragraphs(node))
    first = paragraphs[0]
    properties = first.find(PPR)
    first.insert(0 if properties is None else first.index(properties) + 1, start)
    if node.tag == P:
        return [node, end]
    paragraphs[-1].append(end)
    return [node]


@dataclass(frozen=True, slots=True)
class TrackedText:
    """Characters with one kind of change.

    Attributes:
        change: `ins`, `del`, `moveFrom`, `moveTo`, or empty.
        characters: what is written.
        former: the same characters with their former formatting, if it was another.
        note: what a comment says of it, or nothing.
    """

    change: str
    characters: Sequence[StyledCharacter]
    former: Sequence[StyledCharacter] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class LinkNote:
    """A comment to be added to some nodes of a paragraph."""

    text: str
    first: Element
    last: Element


def fill_paragraph(paragraph: Element, texts: Sequence[TrackedText], marker: ChangeMarker) -> list[LinkNote]:
    """Replace the text of a paragraph by tracked text.

    What is not text, such as a watermark, stays before it. Return the comments that its links need; one for texts with
    the same note in a row.
    """
    ends = [node for node in paragraph if node.tag == END]
    for node in [*ends, *filter(is_content, list(paragraph))]:
        paragraph.remove(node)
    notes: list[LinkNote] = []
    for text in texts:
        nodes = list(_build_nodes(text, marker))
        paragraph.extend(nodes)
        if nodes and text.note:
            if notes and notes[-1].text == text.note and notes[-1].last.getnext() is nodes[0]:
                notes[-1] = replace(notes[-1], last=nodes[-1])
            else:
                notes.append(LinkNote(text.note, nodes[0], nodes[-1]))
    paragraph.extend(ends)
    return notes


def _build_nodes(text: TrackedText, marker: ChangeMarker) -> Iterator[Element]:
    """Build the runs of tracked text, in marks and links."""
    for link, run in _build_runs(text, marker):
        tracked = run
        if run.tag == FIELD and text.change in {"del", "moveFrom"}:
            continue  # a field cannot be tracked by itself
        if text.change and run.tag != FIELD:
            tracked = marker.mark(text.change)
            tracked.append(run)
        if link is not None and link.attrib:
            linked = etree.Element(LINK)
            linked.attrib.update(link.attrib)
            linked.append(tracked)
            yield linked
        else:
            yield tracked


def _build_runs(text: TrackedText, marker: ChangeMarker) -> Iterator[tuple[Element | None, Element]]:
    if not text.former:
        yield from build_runs(text.characters, struck=text.change == "del")
        return
    start = 0
    for end in range(1, len(text.characters) + 1):
        if end < len(text.characters) and text.former[end].formatting is text.former[start].formatting:
            continue
        for link, run in build_runs(text.characters[start:end], struck=False):
            if run.tag != FIELD:
                _mark_formatting(run, text.former[start].formatting, marker)
            yield link, run
        start = end


def _mark_formatting(run: Element, former: Element | None, marker: ChangeMarker) -> None:
    """Record the formatting that a run had before."""
    formatting = run.find(RPR)
    if formatting is None:
        formatting = etree.Element(RPR)
        run.insert(0, formatting)
    change = marker.mark("rPrChange")
    change.append(etree.Element(RPR) if former is None else deepcopy(former))
    formatting.append(change)
