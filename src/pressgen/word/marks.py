"""Put a mark, one node each, in place of the tags of a part.

A tag is found in the text of its paragraph, so it does not matter over how many runs Word has split it. A paragraph or
a table row that holds nothing but statements gives way to their marks, and so leaves no blank behind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from pressgen.errors import Place
from pressgen.word.faults import Fault, fault
from pressgen.word.names import END, FALLBACK, NAME, RPR, SECTION, START, STYLE, TR, VAL, W14, P, R, W, remove
from pressgen.word.runs import OTHER, isolate, runs_of, shows, text_of
from pressgen.word.tags import LOOSE, TAG, Tag

if TYPE_CHECKING:
    from collections.abc import Collection

    from pressgen.errors import Problem
    from pressgen.word.names import Element

MARK = "{urn:pressgen}mark"
OURS = "_pg_"
"""How the names of pressgen's own bookmarks begin."""
SCATTER = (W + "proofErr", W + "lastRenderedPageBreak")
WRAPPERS = (W + "smartTag", W + "customXml")
CONTROL, CONTENT = W + "sdt", W + "sdtContent"
UNSETTLED = tuple(
    W + name for name in ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "commentReference")
)
SHORT = 60
"""Characters of a heading in a message."""


def mark_tags(root: Element, file: str, part: str, headings: Collection[str]) -> tuple[list[Tag], list[Problem]]:
    """Put marks in place of the tags of a part.

    Args:
        root: the part, which is changed.
        file: what messages call the file.
        part: what they call the part, such as `first-page header`.
        headings: the ids of its heading styles.

    Returns:
        The tags, in the order of their marks' numbers, and what is wrong with them.
    """
    problems = _clean(root, Place(file, inside=part))
    tags: list[Tag] = []
    heading, number = "", 0
    for paragraph in list(root.iter(P)):
        echo = next(paragraph.iterancestors(FALLBACK), None) is not None
        number += not echo
        under = f" (under “{heading}”)" if heading else ""
        place = Place(file, inside=f"{part}, paragraph {number}{under}")
        text = "".join(text_of(child) for run in runs_of(paragraph) for child in run)
        if LOOSE.search(text):
            tags += _mark(paragraph, text, place, echo=echo, first=len(tags))
        if not echo and LOOSE.search(TAG.sub("", text)):
            problems.append(fault(Fault.TORN, "a tag must open and close in one paragraph", place, _short(text)))
        style = paragraph.find(STYLE)
        if style is not None and style.get(VAL) in headings and text.strip():
            heading = _short(text)
    _dissolve_controls(root)
    return tags, problems + _hoist(root, tags)


def marked(mark: Element) -> int:
    """The number of the tag that a mark stands for."""
    return int(mark.get("n") or 0)


def _short(text: str) -> str:
    return text.replace(OTHER, "").strip()[:SHORT]


def _clean(root: Element, place: Place) -> list[Problem]:
    """Drop what Word scatters for itself and what an earlier release left; refuse changes that nobody has settled."""
    stale = {node.get(W + "id") for node in root.iter(START) if (node.get(NAME) or "").startswith(OURS)}
    for node in list(root.iter(*SCATTER, *((START, END) if stale else ()))):
        if node.tag in SCATTER or node.get(W + "id") in stale:
            remove(node)
    for node in reversed(list(root.iter(*WRAPPERS))):
        _unwrap(node, [child for child in node if not str(child.tag).endswith("Pr")])
    for node in root.iter(P, R, TR):
        for name in [name for name in map(str, node.attrib) if name.startswith(W14)]:
            del node.attrib[name]
    if next(root.iter(*UNSETTLED), None) is None:
        return []
    return [fault(Fault.UNSETTLED, "has tracked changes or comments; accept or reject them all, then save", place)]


def _unwrap(node: Element, children: list[Element]) -> None:
    for child in children:
        node.addprevious(child)
    remove(node)


def _mark(paragraph: Element, text: str, place: Place, *, echo: bool, first: int) -> list[Tag]:
    tags: list[Tag] = []
    matches = list(TAG.finditer(text))
    for number, (match, runs) in enumerate(
        zip(matches, isolate(paragraph, [each.span() for each in matches]), strict=True), first
    ):
        runs[0].addprevious(etree.Element(MARK, {"n": str(number)}))
        tags.append(Tag(match.group(), place, _dress(runs[0]), echo))
        for run in runs:
            remove(run)
    return tags


def _dress(run: Element) -> Element | None:
    """How a tag looks; the language that Word took its letters for says nothing about the value."""
    props = run.find(RPR)
    for node in [] if props is None else props.findall(W + "lang"):
        remove(node)
    return props if props is not None and len(props) else None


def _dissolve_controls(root: Element) -> None:
    """The author's content control round a tag gives way: Word would refill a bound one with its old text."""
    for control in reversed(list(root.iter(CONTROL))):
        content = control.find(CONTENT)
        if content is not None and next(content.iter(MARK), None) is not None:
            _unwrap(control, list(content))


def _hoist(root: Element, tags: list[Tag]) -> list[Problem]:
    """Let paragraphs and rows that hold only statements give way to them."""
    problems: list[Problem] = []
    for block in [*root.iter(P), *reversed(list(root.iter(TR)))]:
        marks = list(block.iter(MARK))
        held = [tags[marked(mark)] for mark in marks]
        if not held or any(tag.prints for tag in held) or shows(block):
            continue
        if block.find(SECTION) is not None:
            message = "cannot stand on the last paragraph of a section; put it on a paragraph of its own above"
            problems.append(fault(Fault.OUT_OF_REACH, message, held[0].place, held[0].text))
        _unwrap(block, marks)
    for mark in list(root.iter(MARK)):
        if tags[marked(mark)].remarks:
            remove(mark)
    return problems
